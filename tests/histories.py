"""Random histories of a case: people who mostly press the buttons they have, and sometimes try what they must not."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from buttons import buttons, everything, on_the_wording, strikes
from casebook import CASE, START, Casebook, opening
from casebook import person as usual_id
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.decide import decide
from mediation.case.events import Decision
from mediation.case.policy import DEFAULT_POLICY, Policy
from mediation.case.refusals import Refusal
from mediation.case.rooms import rooms_of
from mediation.case.show import view_for
from mediation.case.terms import Party, Role

Answer = str | tuple[tuple[str, e.Event], ...]
"""The code of a refusal, or the events with their rooms."""

CAST: dict[str, tuple[Role, Party | None]] = {
    "handler": ("handler", "business"),
    "client": ("principal", "client"),
    "mediator": ("mediator", None),
    "next mediator": ("mediator", None),
    "manager": ("manager", "business"),
    "business counsel": ("counsel", "business"),
    "client counsel": ("counsel", "client"),
    "companion": ("companion", "client"),
    "legal reader": ("legal", None),
}
_FINAL = {"Leave", "EndMediation", "CloseCase", "RefuseMediator", "RemoveParticipant"}
# Always at hand, so they would otherwise be half of every history.
_SELDOM = {
    *("ProposeSharing", "StepTier", "DeclareAuthority", "Disclose", "MakeOffer", "Pause", "StrikeMessage"),
    *(
        "ReportAbuse",
        "KeepTeamRoom",
        "OpenDraft",
        "AskHold",
        "AskForAnswer",
        "ExtendTerm",
        "AgreeStandstill",
        "SetLimit",
        "CancelMeeting",
        "LiftHold",
        "Mute",
        "OpenRoom",
        "CloseRoom",
        "AddFile",
    ),
    *("ProposeReferral", "RewordReferral", "GiveContact", "ChooseExhibit"),
    *(
        "SetDraftingMode",
        "SetTextLanguage",
        "KeepVersion",
        "RestoreVersion",
        "ReadBack",
        "PostComment",
        "Reopen",
        "TakeBackSignature",
    ),
}
_PACES = tuple(timedelta(seconds=s) for s in (0, 1, 4, 30, 3_600))
_PACES_WITH_TERMS = (*_PACES, timedelta(hours=9), timedelta(days=1), timedelta(days=4))


@dataclass(frozen=True)
class Step:
    """Somebody does something at a moment."""

    at: datetime
    by: str
    what: c.Command | c.JoinCase | c.OpenCase
    policy: Policy | None = None
    """Of the case that is opened."""


@dataclass
class History:
    """What was done, in order, what came of each step, and the case as it then stood."""

    steps: list[Step] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    book: Casebook = field(default_factory=Casebook)

    def take(self, step: Step) -> Answer:
        self.steps.append(step)
        self.answers.append(take(self.book, step))
        return self.answers[-1]


def decide_step(book: Casebook, step: Step) -> Decision:
    """What follows from a step, without entering it; raises the Refusal."""
    if isinstance(step.what, c.OpenCase | c.JoinCase):
        raise TypeError("opening and joining are entered at once")
    return decide(book.knowing_the_text(step.by, step.what), step.what, step.by, step.at)


def take(book: Casebook, step: Step) -> Answer:
    """Do a step and tell what came of it; before it the portal does what is due by then."""
    book.until(step.at)
    try:
        if isinstance(step.what, c.OpenCase):
            written = book.open(step.by, "Opener", step.what, step.at, step.policy)
        elif isinstance(step.what, c.JoinCase):
            written = book.join(step.by, step.what, step.at)
        else:
            written = book.give(step.by, step.what, step.at)
    except Refusal as refusal:
        return refusal.code
    return tuple((told.room, told.event) for told in written)


class Teller:
    """Tells one history, drawing everything from `chance`."""

    def __init__(
        self,
        chance: Random,
        opener: str | None = None,
        ids: Mapping[str, str] | None = None,
        policy: Policy | None = None,
    ) -> None:
        self._chance = chance
        self._policy = policy
        # By the ladder of the portal itself nothing is due within a few days.
        self._paces = _PACES if policy in (None, DEFAULT_POLICY) else _PACES_WITH_TERMS
        self._opener = opener
        self._ids = ids or {}
        self._now = START
        self._waiting = dict(CAST)
        self.history = History()

    def tell(self, length: int) -> History:
        """A case as it might begin, and then up to `length` steps."""
        self._begin(self._chance.choice(("alone", "two", "mediator", *["begun"] * 5)))
        for _ in range(length):
            self._now += self._chance.choice(self._paces)
            self._step()
        return self.history

    def _begin(self, far: str) -> None:
        opener = self._opener or self._chance.choice(("handler", "handler", "mediator"))
        del self._waiting[opener]
        self._take(self._id(opener), opening(self._new_id(), opener=opener))
        wanted = {"alone": [], "two": ["client"], "mediator": ["client", "mediator"]}
        for nickname in wanted.get(far, ["client", "mediator", "handler", *self._some_others()]):
            self._join(nickname)
        if far == "begun":
            self._take(self._id("mediator"), c.Disclose(command_id=self._new_id(), text="No ties."))
            for side in ("handler", "client"):
                self._take(self._id(side), c.AcceptMediator(command_id=self._new_id()))
            sha256 = self.history.book.whole.papers.opened.agreement_sha256
            for known in self.history.book.whole.papers.present():
                self._take(known.participant, c.AcceptAgreement(command_id=self._new_id(), sha256=sha256))

    def _some_others(self) -> list[str]:
        return [n for n in ("client counsel", "manager", "legal reader") if self._chance.random() < 0.3]

    def _join(self, nickname: str) -> None:
        if nickname in self._waiting:
            role, party = self._waiting.pop(nickname)
            self._take(self._id(nickname), c.JoinCase(name=nickname.title(), role=role, party=party))

    def _step(self) -> None:
        papers = self.history.book.whole.papers
        here = [p.participant for p in papers.present()]
        if self._waiting and (not here or self._chance.random() < 0.07):
            self._join(self._chance.choice(sorted(self._waiting)))
        elif self._chance.random() < 0.1:
            # Anybody tries anything: mostly what is not theirs to do, or not now.
            by = self._chance.choice([*sorted(papers.people), self._id("stranger")])
            self._take(by, self._one_of(everything(self.history.book.whole, self._new_id(), self._words())))
        elif here:
            self._press(self._chance.choice([*here, *([papers.mediator] * 2 if papers.mediator else [])]))

    def _press(self, by: str) -> None:
        """Press one of the buttons on somebody's own screen, or take a message back."""
        book, new_id = self.history.book, self._new_id()
        offered = [command for _, command in buttons(view_for(by, book.known_to(by), CASE), new_id, self._words())]
        offered += strikes(book, by, new_id)[-2:] + on_the_wording(book, by, new_id)
        if self._chance.random() < 0.93:
            offered = [command for command in offered if type(command).__name__ not in _FINAL]
        if offered:
            self._take(by, self._one_of(offered))

    def _one_of(self, commands: list[c.Command]) -> c.Command:
        """First a kind, then one of it, so that what can be done in many ways does not drown the rest."""
        kinds = sorted({type(command).__name__ for command in commands})
        kind = self._chance.choice([kind for kind in kinds for _ in range(1 if kind in _SELDOM else 3)])
        return self._chance.choice([command for command in commands if type(command).__name__ == kind])

    def _take(self, by: str, what: c.Command | c.JoinCase | c.OpenCase) -> None:
        policy = self._policy if isinstance(what, c.OpenCase) else None
        self.history.take(Step(self._now, by, what, policy))

    def _new_id(self) -> str:
        return hashlib.sha256(f"step {len(self.history.steps)}".encode()).hexdigest()[:32]

    def _id(self, nickname: str) -> str:
        return self._ids.get(nickname) or usual_id(nickname)

    def _words(self) -> str:
        """Words that nobody else says."""
        return f"words-{self._new_id()[:16]}"


def a_history(chance: Random, length: int = 30, policy: Policy | None = None) -> History:
    """A random history; the same for the same draws. With a policy days pass, and what is due by then happens."""
    return Teller(chance, policy=policy).tell(length)


def everyone_here(history: History) -> list[str]:
    """Everyone with a seat at the end, who is in some room."""
    whole = history.book.whole
    return [p.participant for p in whole.papers.present() if rooms_of(whole, p.participant)]
