"""Who is told of what happened: for every kind of event the people of its room whom it concerns, and how.

Pure. An event is told to people of its own room alone, and never to its author; what decides about it are the papers
and that room. So nobody's notices change by what happens in rooms that they are not in.
"""

from typing import Final

from mediation.case import events as e
from mediation.case.rooms import members_of, restrict
from mediation.case.state import Case, Person, Told
from mediation.case.terms import DECIDERS, PAPERS, Party
from mediation.notices.kinds import Kind
from mediation.notices.notice import Concerned, Notice, Rule
from mediation.notices.parts import parts_of
from mediation.notices.rules_of_time import longer, met, not_before, owing, paused


def notices_for(told: Told, case: Case) -> list[Notice]:
    """The notices that follow from an event; `case` is as it is after it, and may hold more than is looked at."""
    rule = RULES.get(e.kind_of(told.event))
    if rule is None:
        return []
    known = restrict(case, {PAPERS, told.room})
    members = [known.papers.people[who] for who in members_of(known, told.room) if who != told.actor]
    return [
        Notice(
            participant=person.participant,
            room=told.room,
            seq=told.seq,
            upto=told.seq,
            kind=kind,
            at=told.at,
            due=date.ends_at if date is not None and date.is_due else None,
            parts=parts_of(told, kind),
            dates=(date,) if date is not None else (),
            not_before=not_before(told, known),
        )
        for person, kind, date in rule(told, known, members)
    ]


# ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _all(kind: Kind) -> Rule:
    """Everybody in the room."""
    return lambda _told, _case, people: ((person, kind, None) for person in people)


def _others(kind: Kind, rest: Kind | None = None) -> Rule:
    """Those who decide for the side that is not `event.party`; everybody else is told `rest`, if that is anything."""

    def rule(told: Told, _case: Case, people: list[Person]) -> Concerned:
        theirs: Party = getattr(told.event, "party")  # noqa: B009 - each of these kinds has one
        for person in people:
            if person.party not in {None, theirs} and person.role in DECIDERS:
                yield person, kind, None
            elif rest is not None:
                yield person, rest, None

    return rule


def _mentioned(told: Told, _case: Case, people: list[Person]) -> Concerned:
    called = getattr(told.event, "mentions", ())
    for person in people:
        yield person, "mention" if person.participant in called else "news", None


def _disclosed(_told: Told, case: Case, people: list[Person]) -> Concerned:
    """Each side says whether it accepts the mediator; once both have, what is disclosed is to be read."""
    for person in people:
        is_asked = person.role in DECIDERS and person.party not in case.papers.accepted_by
        yield person, "answer" if is_asked else "news", None


def _appointed(_told: Told, case: Case, people: list[Person]) -> Concerned:
    """Each person accepts the ground rules before the table opens."""
    for person in people:
        is_asked = person.role != "legal" and person.participant not in case.papers.agreed
        yield person, "answer" if is_asked else "news", None


def _reflected(told: Told, case: Case, people: list[Person]) -> Concerned:
    positions = case.joint.positions if case.joint is not None else {}
    position = positions.get(getattr(told.event, "position", ""))
    for person in people:
        if position is not None and person.participant == position.owner:
            yield person, "answer", None


def _scribed(told: Told, _case: Case, people: list[Person]) -> Concerned:
    """Theirs alone until they say that it is right."""
    return [(p, "answer", None) for p in people if p.participant == getattr(told.event, "owner", "")]


def _sharing(told: Told, case: Case, people: list[Person]) -> Concerned:
    """Who proposes it does not answer it: the mediator asks the side, and the side the mediator."""
    author = case.papers.people.get(told.actor)
    for person in people:
        is_asked = author is None or (person.party is None) != (author.party is None)
        yield person, "answer" if is_asked else "news", None


def _lapsed(_told: Told, _case: Case, people: list[Person]) -> Concerned:
    """Whoever decides for a side reads the wording again."""
    return [(p, "clauses", None) for p in people if p.role in DECIDERS]


def _nobody_to_call(_told: Told, _case: Case, people: list[Person]) -> Concerned:
    """Whoever speaks for the side is asked to choose somebody."""
    return [(p, "answer" if p.role in DECIDERS else "news", None) for p in people]


_NEWS: Final = _all("news")

RULES: Final[dict[str, Rule]] = {
    # of papers, about people
    "ParticipantJoined": _NEWS,
    "ParticipantLeft": _NEWS,
    "MediatorDisclosed": _disclosed,
    "MediatorRefused": _NEWS,
    "MediatorAppointed": _appointed,
    # of papers, about steps
    "MediationBegan": _all("step"),
    "SessionOpened": _all("meeting"),
    "SessionClosed": _NEWS,
    "TierStepAsked": _others("answer", "news"),
    "TierReached": _all("step"),
    "MediationEnded": _all("ended"),
    "CaseClosed": _NEWS,
    # of papers, about the ladder's times
    "NoticeServed": owing("served", "news"),
    "NoticeAnswered": _NEWS,
    "Reminded": owing("reminder"),
    "TermExpired": _all("step"),
    "TermExtensionAsked": _others("answer", "news"),
    "TermExtended": longer,
    "ClocksStopped": paused,
    "ClocksStarted": paused,
    "TierSkipped": _all("step"),
    "CaseRested": _all("step"),
    "CaseWoken": _all("step"),
    "StandstillAsked": _others("answer", "news"),
    "StandstillAgreed": _all("step"),
    # of papers, about having it decided elsewhere
    "ReferralProposed": _others("answer", "news"),
    "ReferralReworded": _NEWS,
    "ReferralAnswered": _NEWS,
    "ReferralWithdrawn": _NEWS,
    "ExhibitChosen": _NEWS,
    "ReferralSent": _all("step"),
    "ReferralOutcomeRecorded": _all("step"),
    # of papers and of the room where it is arranged, about a meeting
    "MeetingProposed": _others("answer", "news"),
    "MeetingAnswered": _NEWS,
    "MeetingSet": met,
    "MeetingMoved": met,
    "MeetingCancelled": met,
    "MeetingHeld": _NEWS,
    # a side's own room
    "LimitSet": _NEWS,
    "LimitTakenBack": _NEWS,
    "ManagerCalled": _NEWS,
    "NobodyToCall": _nobody_to_call,
    # of papers, about the settlement
    "SettlementFrozen": _all("frozen"),
    "SettlementReopened": _all("frozen"),
    "SettlementSigned": _all("signed"),
    "SignatureTakenBack": _all("signed"),
    "TimeToThinkWaived": _all("signed"),
    "SettlementEffective": _all("in-effect"),
    # of papers, about what is kept
    "OperatorAccess": _NEWS,
    "HoldAsked": _NEWS,
    "HoldPlaced": _NEWS,
    "HoldLifted": _NEWS,
    "TalkErased": _NEWS,
    # every room that is talked in
    "MessagePosted": _mentioned,
    "CommentPosted": _mentioned,
    "FileAdded": _NEWS,
    "RoomOpened": _NEWS,
    # the table
    "Resumed": _NEWS,
    "AuthorityDeclared": _NEWS,
    "IssuePut": _NEWS,
    "PositionStated": _NEWS,
    "PositionRevised": _NEWS,
    "PositionReflected": _reflected,
    "StatementProposed": _NEWS,
    "StatementReworded": _NEWS,
    "OfferMade": _others("answer", "news"),
    "OfferAnswered": _NEWS,
    # the text
    "DocumentOpened": _all("clauses"),
    "SuggestionMade": _all("clauses"),
    "ClauseAssentGiven": _others("clauses"),
    "ClauseAssentLapsed": _lapsed,
    "TextProposed": _all("clauses"),
    # a caucus
    "CaucusOpened": _all("meeting"),
    "AbuseReported": _all("mention"),
    "PositionScribed": _scribed,
    "ScribedAnswered": _NEWS,
    "SharingProposed": _sharing,
    "SharingAllowed": _NEWS,
    "SharingRefused": _NEWS,
}
"""What each kind of event leads to, by its name in the record. A new kind stands here or in `SILENT`."""

SILENT: Final[frozenset[str]] = frozenset(
    {
        # nobody else is there yet
        "CaseOpened",
        # what stands on the page when one next comes, and asks for nothing
        *("PartyDescribed", "MediatorAccepted", "AgreementAccepted", "PaperPrinted", "StageSet", "Paused"),
        *("Muted", "Unmuted", "VersionKept", "DraftingModeSet", "TextLanguageSet"),
        # what takes something away, or says that it is done
        *("MessageStruck", "FileWithdrawn", "CommentResolved", "IssueWithdrawn", "PositionWithdrawn"),
        *("StatementWithdrawn", "OfferWithdrawn", "SuggestionWithdrawn", "SuggestionAccepted", "SuggestionRejected"),
        *("CaucusClosed", "RoomClosed", "AssentTakenBack", "ClauseAssentTakenBack"),
        # what people do while they sit together
        *("IssueReworded", "IssueEndorsed", "ReflectionAnswered", "AssentGiven", "ClauseReadBack"),
        # who comes to a room is told by the papers; of a side's own room its people know
        *("MemberAdmitted", "MemberLeft", "RoomKept", "DraftOpened"),
        # the post, or the paper, that it leads to is told
        *("SharingPosted", "MeetingChosen", "MeetingWithdrawn"),
        # where a side can be reached, and what it does not show after all
        *("ContactGiven", "ExhibitTakenBack"),
    }
)
"""What nobody is told of. It is on the page of whoever looks."""
