"""A case in memory, told in the mediator's words: the rules run as the portal runs them, without a database.

`opened_case().with_mediator().in_mediation().in_caucus("client")` builds a world; `do`, `say` and `refused` act in it;
`sees` is somebody's screen. People go by nicknames ("mediator", "handler", "client", "counsel" …).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import msgspec
from msgspec.structs import replace as with_fields

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.decide import decide
from mediation.case.decide.drafting import NEEDS_TEXT, lapses
from mediation.case.decide.files import files_in
from mediation.case.decide.ground import statement_hash
from mediation.case.decide.people import join, open_case
from mediation.case.decide.terms import act_due, next_act
from mediation.case.events import Decision
from mediation.case.evolve import evolve, fold
from mediation.case.policy import Policy
from mediation.case.refusals import Refusal
from mediation.case.rooms import restrict, rooms_of
from mediation.case.show import view_for
from mediation.case.state import Case, Told
from mediation.case.terms import JOINT, PAPERS, STAGES, TALKS, Party, Role, Stage, caucus
from mediation.case.text import changed_by, text_from
from mediation.case.view import CaseView
from mediation.case.working_days import over_at

CASE = "0f" * 16
START = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
HOST = "The host"


def person(nickname: str) -> str:
    """The participant id of somebody known by a nickname."""
    return hashlib.sha256(f"person {nickname}".encode()).hexdigest()[:32]


def opening(command_id: str = "0c" * 16, **changes: Any) -> c.OpenCase:
    """The command that opens the usual dispute."""
    fields: dict[str, Any] = {
        "title": "The website that came late",
        "category": "timeline",
        "account": "It was promised for March and came in June.",
        "business": c.PartyDescription(name="Example Studio"),
        "client": c.PartyDescription(name="Dana Client", capacity="consumer"),
        "opener": "handler",
    }
    return c.OpenCase(command_id=command_id, **{**fields, **changes})


@dataclass
class Casebook:
    """The log of one case, entry by entry, and what follows from it for each person. Erased entries are None."""

    rooms: dict[str, list[Told | None]] = field(default_factory=lambda: defaultdict(list))
    whole: Case = field(default_factory=Case)
    text: dict[str, Any] = field(default_factory=lambda: {"type": "doc"})
    """The settlement as canonical JSON; the texts of kept versions stand in `versions`."""
    versions: dict[str, dict[str, Any]] = field(default_factory=dict)
    _known: dict[str, tuple[dict[str, list[Told | None]], Case]] = field(default_factory=dict, init=False, repr=False)
    """What was read and what followed, for whoever was asked about last."""

    def open(self, by: str, name: str, command: c.OpenCase, now: datetime, policy: Policy | None = None) -> list[Told]:
        return self._write(open_case(command, by, name, HOST, now, policy=policy), by, now)

    def join(self, by: str, seat: c.JoinCase, now: datetime) -> list[Told]:
        return self._write(join(Case(papers=self.whole.papers), seat, by, now), by, now)

    def give(self, by: str, command: c.Command, now: datetime) -> list[Told]:
        """Follow a command as its author's knowledge allows; raises the Refusal."""
        known = self.knowing_the_text(by, command)
        written = self._write(decide(known, command, by, now), by, now)
        if isinstance(command, c.StrikeMessage):
            self.rooms[command.room][command.seq - 1] = None
        if isinstance(command, c.WithdrawFile):
            self.rooms[command.room][files_in(known, command.room)[command.file].seq - 1] = None
        return written

    def until(self, now: datetime) -> list[Told]:
        """Let the clock run: what is due by itself happens when it is due, and nothing of it is written twice."""
        written: list[Told] = []
        while self.whole.papers.facts is not None and (decision := act_due(self.whole.papers, now)):
            act = next_act(self.whole.papers)
            assert act is not None
            written += self._write(decision, "system", act.at)
        return written

    def write(self, decision: Decision, by: str, now: datetime) -> list[Told]:
        """Enter what was decided elsewhere."""
        return self._write(decision, by, now)

    def _write(self, decision: Decision, by: str, now: datetime) -> list[Told]:
        written = []
        for room, event in decision:
            told = Told(room, len(self.rooms[room]) + 1, now, e.actor_of(event, by), event)
            self.rooms[room].append(told)
            self.whole = evolve(self.whole, told)
            self._change_text(event)
            written.append(told)
        return written

    def knowing_the_text(self, by: str, command: object) -> Case:
        """What somebody knows who gives a command that is about the text."""
        known = self.known_to(by)
        if not isinstance(command, NEEDS_TEXT) or known.joint is None or known.joint.document is None:
            return known
        return with_fields(known, text=text_from(known.joint.document.document, self.text))

    def _change_text(self, event: e.Event) -> None:
        if isinstance(event, e.SuggestionAccepted):
            self.text = changed_by(self.text, self.whole.joint.drafting.suggestions[event.suggestion])  # type: ignore[union-attr]
        if isinstance(event, e.VersionKept):
            self.versions[event.version] = self.text
        if isinstance(event, e.DocumentOpened) and event.version is not None:
            self.text = self.versions[event.version]

    def reads_from(self, viewer: str) -> dict[str, int]:
        """The rooms somebody is in now, each with the first entry that they read."""
        since = {}
        for room in rooms_of(self.whole, viewer):
            private = self.whole.private.get(room)
            if room in {PAPERS, TALKS, JOINT}:
                since[room] = 1
            elif private is not None and viewer in private.since:
                since[room] = private.since[viewer]
        return since

    def entries_for(self, viewer: str) -> dict[str, list[Told | None]]:
        """What somebody reads, room by room."""
        return {room: self.rooms[room][since - 1 :] for room, since in self.reads_from(viewer).items()}

    def known_to(self, viewer: str) -> Case:
        """The fold of the entries that somebody reads, and of nothing else."""
        reads = self.entries_for(viewer)
        # Many commands are tried where one is taken, and each asks.
        if viewer not in self._known or self._known[viewer][0] != reads:
            known = fold(told for entries in reads.values() for told in entries if told is not None)
            self._known[viewer] = reads, restrict(known, rooms_of(known, viewer))
        return self._known[viewer][1]

    def seen_by(self, viewer: str) -> bytes:
        """The view of somebody who is or was on the case, in the very bytes that would be sent."""
        return msgspec.json.encode(view_for(viewer, self.known_to(viewer), CASE))


def a_clause(clause: str, words: str) -> dict[str, Any]:
    """A clause of one paragraph."""
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": words}]}
    return {"type": "clause", "attrs": {"id": clause}, "content": [paragraph]}


@dataclass
class Story:
    """A case being told. Every step takes a second of its clock, which moves no further by itself."""

    book: Casebook = field(default_factory=Casebook)
    now: datetime = START
    people: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    # ── building a world ────────────────────────────────────────────────────────────────────────────────────────────

    def having(self, nickname: str, role: Role, party: Party | None, title: str = "") -> "Story":
        """Somebody joins."""
        self.after(timedelta(seconds=1))
        seat = c.JoinCase(name=nickname.title(), role=role, party=party, title=title)
        self.book.join(person(nickname), seat, self.now)
        self.people[nickname] = person(nickname)
        return self

    def with_client(self) -> "Story":
        return self.having("client", "principal", "client")

    def with_mediator(self, nickname: str = "mediator") -> "Story":
        return self.having(nickname, "mediator", None)

    def with_counsel(self, nickname: str = "counsel", party: Party = "client") -> "Story":
        return self.having(nickname, "counsel", party)

    def accepted(self, mediator: str = "mediator") -> "Story":
        """The mediator discloses, and each side accepts them."""
        self.do(mediator, c.Disclose, text="No ties to either side.")
        self.do("handler", c.AcceptMediator)
        self.do("client", c.AcceptMediator)
        return self

    def in_mediation(self) -> "Story":
        """Everyone here accepts the ground rules, and the mediation begins."""
        if self.papers.appointed_at is None:
            self.accepted()
        for nickname in self.people:
            known = self.papers.people[person(nickname)]
            if known.left_at is None and known.role != "legal":
                self.agree(nickname)
        assert self.papers.began_at is not None
        return self

    def at(self, stage: Stage) -> "Story":
        self.do("mediator", c.SetStage, stage=stage)
        return self

    def in_caucus(self, party: Party, announcement: str = "") -> "Story":
        self.do("mediator", c.OpenCaucus, party=party, announcement=announcement)
        return self

    def after(self, time: timedelta) -> "Story":
        """Time passes, and the portal does meanwhile what is due."""
        self.now += time
        self.book.until(self.now)
        return self

    def working_days_pass(self, days: int) -> "Story":
        """So many working days of the case's calendar end, and nobody does anything."""
        calendar = self.papers.opened.policy.calendar
        return self.after(over_at(calendar, self.now, days) - self.now)

    # ── acting in it ────────────────────────────────────────────────────────────────────────────────────────────────

    def new_id(self) -> str:
        return hashlib.sha256(f"thing {next(self._numbers)}".encode()).hexdigest()[:32]

    def do(self, nickname: str, kind: type[c.Command], /, **fields: Any) -> str:
        """Give a command; returns the id of what it made. Fails with the Refusal if it is refused."""
        self.after(timedelta(seconds=1))
        command = kind(command_id=fields.pop("command_id", None) or self.new_id(), **fields)
        self.book.give(person(nickname), command, self.now)
        return command.command_id

    def refused(self, nickname: str, kind: type[c.Command], /, **fields: Any) -> str:
        """The code with which a command is refused; fails if it is not. A refusal leaves everything as it was."""
        before = self.book.whole
        try:
            self.do(nickname, kind, **fields)
        except Refusal as refusal:
            assert self.book.whole is before
            return refusal.code
        raise AssertionError(f"{kind.__name__} of {nickname} was not refused")

    def agree(self, nickname: str) -> str:
        return self.do(nickname, c.AcceptAgreement, sha256=self.papers.opened.agreement_sha256)

    def say(self, nickname: str, room: str, text: str, form: str = "message") -> int:
        """Post a message; returns its number in the room."""
        self.do(nickname, c.PostMessage, room=room, text=text, form=form)
        return len(self.book.rooms[room])

    def add_file(self, nickname: str, room: str, name: str, **fields: Any) -> str:
        """A file has arrived whole; returns its id."""
        arrived = {"media_type": "application/pdf", "size": 1, "sha256": "0" * 64, "origin": "existed-before"}
        return self.do(nickname, c.AddFile, room=room, name=name, **{**arrived, **fields})

    def writes(self, nickname: str, *wordings: str) -> list[str]:
        """Somebody types clauses at the end of the settlement, one after another; returns their ids."""
        ids = []
        for words in wordings:
            ids.append(self.new_id())
            children = [*self.book.text.get("content", ()), a_clause(ids[-1], words)]
            self.book.text = {"type": "doc", "content": children}
        assert self.sees(nickname).documents[0].can_edit
        return ids

    def rewrites(self, nickname: str, clause: str, words: str) -> None:
        """Somebody types another wording of a clause, and what was agreed about it lapses."""
        assert self.sees(nickname).documents[0].can_edit
        children = [a_clause(clause, words) if c["attrs"]["id"] == clause else c for c in self.book.text["content"]]
        self.book.text = {"type": "doc", "content": children}
        self.after(timedelta(seconds=1))
        self.book.write(lapses(self.joint.drafting, {clause}), person(nickname), self.now)

    @property
    def text(self) -> Any:
        """The settlement as it stands."""
        return text_from(self.joint.document.document, self.book.text)

    def suggests(self, nickname: str, change: str, clause: str | None = None, words: str = "", **more: Any) -> str:
        """Somebody suggests a change of the text."""
        clause = clause or self.new_id()
        here = self.text.clause(clause)
        node = a_clause(clause, words) if change in {"replace", "insert"} else None
        fields = {"document": self.text.document, "base_hash": here.text_hash if here else None, "node": node}
        return self.do(nickname, c.Suggest, change=change, clause=clause, **{**fields, **more})

    def agree_to_clauses(self, nickname: str, *clauses: str) -> None:
        """Agree to clauses as they read now; to all of them when none is named."""
        for clause in clauses or [one.clause for one in self.text.clauses]:
            self.do(nickname, c.GiveClauseAssent, clause=clause, text_hash=self.text.clause(clause).text_hash)

    def assent(self, nickname: str, statement: str) -> str:
        """Agree to a wording as it stands."""
        s = self.joint.statements[statement]
        return self.do(
            nickname, c.GiveAssent, statement=statement, text_hash=statement_hash(s.statement, s.kind, s.text)
        )

    # ── looking at it ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def papers(self) -> Any:
        return self.book.whole.papers

    @property
    def joint(self) -> Any:
        return self.book.whole.joint

    def sees(self, nickname: str) -> CaseView:
        """Somebody's screen."""
        return view_for(person(nickname), self.book.known_to(person(nickname)), CASE)

    def rooms_of(self, nickname: str) -> set[str]:
        return set(self.book.reads_from(person(nickname)))

    def reads(self, nickname: str, room: str) -> list[str]:
        """The words that somebody reads in a room, without what was struck."""
        entries = self.book.entries_for(person(nickname)).get(room, [])
        return [t.event.text for t in entries if t is not None and isinstance(t.event, e.MessagePosted)]

    def kinds(self, room: str) -> list[str]:
        return [e.kind_of(t.event) for t in self.book.rooms[room] if t is not None]

    def last(self, room: str) -> Told:
        told = self.book.rooms[room][-1]
        assert told is not None
        return told

    def line(self, nickname: str) -> tuple[str, str, bool]:
        line = self.sees(nickname).line
        return line.now, line.next, line.yours


def just_opened(by: str = "handler", *, policy: Policy | None = None, at: datetime = START, **changes: Any) -> Story:
    """A case with its opener alone: the business's handler, the mediator, or ("principal") the client."""
    story = Story(now=at)
    opener, by = by, "client" if by == "principal" else by
    story.book.open(person(by), by.title(), opening(opener=opener, **changes), story.now, policy)
    story.people[by] = person(by)
    return story


def opened_case(**changes: Any) -> Story:
    """A case with one person on each side: "handler" and "client"."""
    return just_opened(**changes).with_client()


def drafted_case() -> Story:
    """Everybody at the table, and a text of two clauses on it."""
    case = mediated_case().at("drafting")
    case.writes("mediator", "The studio repays 900 euros.", "Nobody says anything about it in public.")
    return case


def referred_case(**changes: Any) -> Story:
    """Everybody at the table, and both sides have taken the step to a referral."""
    case = opened_case(ladder=("talks", "mediation", "referral"), **changes).with_mediator().in_mediation()
    for side in ("client", "handler"):
        case.do(side, c.StepTier, to="referral")
    return case


def mediated_case() -> Story:
    """Handler, client and mediator at the table, nothing said yet."""
    return opened_case().with_mediator().in_mediation()


__all__ = [
    "CASE",
    "STAGES",
    "START",
    "Casebook",
    "Story",
    "caucus",
    "drafted_case",
    "just_opened",
    "mediated_case",
    "opened_case",
    "opening",
    "person",
    "referred_case",
]
