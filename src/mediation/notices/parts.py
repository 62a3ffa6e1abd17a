"""What an event tells in the sentences of a mail: bare facts, which its papers give to everybody on the case."""

from typing import Final

from mediation.case import events as e
from mediation.case.clocks import is_late
from mediation.case.state import Told
from mediation.case.terms import Tier
from mediation.notices.kinds import Kind, Part

_REACHED: Final[dict[Tier, Part]] = {
    "talks": "to-talks",
    "mediation": "to-mediation",
    "management": "to-management",
    "executive": "to-executive",
    "referral": "to-referral",
}
_OVER: Final[dict[str, Part]] = {"acknowledge": "nobody-came", "answer": "answer-over", "resolve": "step-over"}
_ALWAYS: Final[dict[type, Part]] = {
    e.TierSkipped: "skipped",
    e.NoticeServed: "asked",
    e.MediationBegan: "began",
    e.StandstillAgreed: "standstill",
    e.CaseRested: "rests",
    e.CaseWoken: "goes-on",
    e.TermExtended: "longer",
    e.ClocksStopped: "still",
    e.ClocksStarted: "runs",
    e.MeetingSet: "meeting-set",
    e.MeetingMoved: "meeting-moved",
    e.MeetingCancelled: "meeting-cancelled",
    e.ReferralSent: "pack-sent",
    e.ReferralOutcomeRecorded: "outcome",
}
RIDES_ALONG: Final[tuple[Part, ...]] = ("goes-on",)
"""That a case goes on follows from what somebody did, and that is what there is to look at."""
_WITH_PARTS: Final[frozenset[Kind]] = frozenset({"appointment", "time", "reminder", "served", "step"})


def parts_of(told: Told, kind: Kind) -> tuple[Part, ...]:
    """What this event tells a person to whom it is of this kind; nothing where the kind says it all."""
    if kind not in _WITH_PARTS:
        return ()
    event = told.event
    if isinstance(event, e.TermExpired) and is_late(event.due_at, told.at):
        return (*_of(event), "late")
    return _of(event)


def _of(event: e.Event) -> tuple[Part, ...]:
    match event:
        case e.TierReached(to=tier):
            return (_REACHED[tier],)
        case e.TermExpired(term=term, then=then):
            return (_OVER[term], "counts-as-no") if then == "refused" else (_OVER[term],)
        case e.Reminded(term=term):
            return ("step-runs-out",) if term == "resolve" else ()
        case _:
            part = _ALWAYS.get(type(event))
            return (part,) if part is not None else ()
