"""What crosses the wire about cases, besides the commands and the view."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct

from mediation.case.terms import PRINTABLE, Category, Hex32, Party, Process, Role
from mediation.case.view import CaseView, NowNext
from mediation.record.log import Entry, Erased

PAGE = 200
"""How many entries travel at once."""


class EntryView(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a room. An erased one has nothing but its number."""

    seq: int
    at: datetime | None = None
    actor: str | None = None
    kind: str | None = None
    body: dict[str, Any] | None = None
    erased: bool = False


def entry_view(entry: Entry | Erased) -> EntryView:
    """The entry as its readers get it."""
    if isinstance(entry, Erased):
        return EntryView(seq=entry.seq, erased=True)
    return EntryView(seq=entry.seq, at=entry.at, actor=entry.actor, kind=entry.kind, body=entry.body)


class EntryPage(Struct, frozen=True, kw_only=True):
    """A stretch of a room; there is more while the last `seq` is less than `head`."""

    room: str
    entries: list[EntryView]
    head: int


class Opened(Struct, frozen=True, kw_only=True):
    """A new case, and the opener's seat in it."""

    command_id: Hex32
    case: Hex32
    participant: Hex32


class SeatView(Struct, frozen=True, kw_only=True):
    """The seat of whoever asks."""

    participant: Hex32
    role: Role
    party: Party | None


class SideView(Struct, frozen=True, kw_only=True):
    """A side of the dispute."""

    party: Party
    name: str


class CaseCard(Struct, frozen=True, kw_only=True):
    """A case on somebody's list."""

    case: Hex32
    title: str
    category: Category
    opened_at: datetime
    process: Process
    line: NowNext
    me: SeatView
    parties: list[SideView]
    people: list[str]


class Caseload(Struct, frozen=True, kw_only=True):
    """The cases of an account, newest first."""

    cases: list[CaseCard]


def card(view: CaseView) -> CaseCard:
    """The short form of a view."""
    return CaseCard(
        case=view.case,
        title=view.title,
        category=view.category,
        opened_at=view.opened_at,
        process=view.process,
        line=view.line,
        me=SeatView(participant=view.me.participant, role=view.me.role, party=view.me.party),
        parties=[SideView(party=side.party, name=side.name) for side in view.parties],
        people=[person.name for person in view.people],
    )


class Notes(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The mediator's own notes: no entry, in no export, read by nobody else."""

    text: Annotated[str, Meta(max_length=50_000, pattern=PRINTABLE)]
