"""What the log tells, folded room by room and kept, so that a long case costs no more than a short one.

Each room folds by itself, so a person's case is put together from exactly those rooms and entries that PostgreSQL shows
to them, and many readers share the fold of a room that they read from the same entry on.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import Protocol
from uuid import UUID

from immutables import Map
from msgspec.structs import replace

from mediation.bus import Hint
from mediation.case.events import TalkErased, read_event
from mediation.case.evolve import fold
from mediation.case.rooms import restrict, rooms_of
from mediation.case.state import Case, Told
from mediation.case.terms import JOINT, PAPERS, TALKS
from mediation.db import Connection
from mediation.record import log
from mediation.record.log import Stretch

_CASES_KEPT = 500
_STATES_KEPT = 8
"""Of one room, so that a snapshot from a moment ago is met as well."""
_NOTHING = Case(private=Map())


def told(entry: log.Entry) -> Told:
    """An entry of the log as the rules read it."""
    return Told(entry.room, entry.seq, entry.at, entry.actor, read_event(entry.kind, entry.body))


async def rooms_shown(conn: Connection, case_id: str, participant_id: str) -> dict[str, Stretch]:
    """The rooms that somebody is in now, each from the first entry they read to its last.

    On a connection that reads as them (`db.reading_as`), PostgreSQL leaves out what is not theirs, whatever is asked.
    """
    rows = await conn.fetch(
        """
        SELECT m.room, m.from_seq, r.length FROM memberships m JOIN rooms r ON r.case_id = $1 AND r.room = m.room
        WHERE m.case_id = $1 AND m.participant_id = $2 AND m.until_seq IS NULL
        """,
        UUID(case_id),
        UUID(participant_id),
    )
    return {row["room"]: Stretch(row["from_seq"], row["length"]) for row in rows}


class Bus(Protocol):
    """The part of the bus that is needed here."""

    def listen(self, topic: str, listener: Callable[[Hint], None]) -> Callable[[], None]:
        """Call the listener with every hint of a topic; returns what stops it."""


class _Kept:
    """The folds of one case: of each room, by the entry it is read from, as it was after its last few entries."""

    def __init__(self, stop_listening: Callable[[], None]) -> None:
        self.stop_listening = stop_listening
        self.whole: tuple[dict[str, int], Case] = ({}, _NOTHING)
        self.erased_at = 0
        """The newest paper that told of an erasure: what was folded before it may still hold the words."""
        self._rooms: dict[tuple[str, int], deque[tuple[int, Case]]] = {}

    def upto(self, room: str, stretch: Stretch) -> tuple[int, Case]:
        """The room as read from `stretch.first`, and up to which entry that is folded: at most `stretch.last`."""
        states = self._rooms.get((room, stretch.first), ())
        return next((s for s in reversed(states) if s[0] <= stretch.last), (stretch.first - 1, _NOTHING))

    def keep(self, room: str, stretch: Stretch, part: Case) -> None:
        states = self._rooms.setdefault((room, stretch.first), deque(maxlen=_STATES_KEPT))
        if not states or states[-1][0] < stretch.last:
            states.append((stretch.last, part))

    @property
    def holds_words(self) -> bool:
        return any(room != PAPERS for room, _ in self._rooms)


class Folds:
    """Folded rooms of this process. What is kept was read from committed rows, or under the lock that committed it."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    async def load(self, conn: Connection, case_id: str, lengths: Mapping[str, int], *, keep: bool = True) -> Case:
        """The whole case as far as `lengths` say it reaches, for a decision under the case's lock.

        Every room is in it: pass it through `known_to` before anybody's command depends on it. `keep` is for rows that
        are committed, not for those of a transaction that may still fail.
        """
        reached, case = self._of(case_id).whole
        if reached == lengths:
            return case
        parts = await self._fold(conn, case_id, _from_the_start(lengths), keep=keep)
        case = _together(parts)
        if keep:
            self._of(case_id).whole = (dict(lengths), case)
        return case

    def keep(self, case_id: str, lengths: Mapping[str, int], case: Case) -> None:
        """Keep a case that reaches as far as `lengths`; only what is committed."""
        kept = self._of(case_id)
        if lengths[PAPERS] < kept.erased_at:
            return
        for room, stretch in _from_the_start(lengths).items():
            if kept.whole[0].get(room, 0) < stretch.last:
                kept.keep(room, stretch, _part_of(case, room))
        if all(lengths.get(room, 0) >= length for room, length in kept.whole[0].items()):
            kept.whole = (dict(lengths), case)

    def forget(self, case_id: str) -> None:
        """Keep nothing more of a case: something in it was erased."""
        kept = self._kept.pop(case_id, None)
        if kept is not None:
            kept.stop_listening()

    async def known_to(
        self, conn: Connection, case_id: str, case: Case, lengths: Mapping[str, int], author: str
    ) -> Case:
        """The case as the author of a command knows it: their rooms alone, and private ones from their joining on.

        `case` was loaded with these `lengths`, under the lock.
        """
        known = restrict(case, rooms_of(case, author))
        since = {room: first for room, state in known.private.items() if (first := state.since.get(author)) is not None}
        later = {room: Stretch(first, lengths[room]) for room, first in since.items() if first != 1}
        private = {room: known.private[room] for room in since.keys() - later.keys()}
        if later:
            papers = Stretch(1, lengths[PAPERS])
            parts = await self._fold(conn, case_id, {PAPERS: papers, **later}, keep=True)
            private |= _together(parts).private
        return replace(known, private=Map(private))

    async def shown(self, conn: Connection, case_id: str, viewer: str, rooms: Mapping[str, Stretch]) -> Case:
        """The case as its viewer knows it, from nothing but `rooms`: what `rooms_shown` found on this connection."""
        case = _together(await self._fold(conn, case_id, rooms, keep=True))
        return restrict(case, rooms_of(case, viewer))

    async def papers(self, conn: Connection, case_id: str, length: int) -> Case:
        """The papers alone, of which there are so many; also those of a transaction that may still fail."""
        return _together(await self._fold(conn, case_id, {PAPERS: Stretch(1, length)}, keep=False))

    async def _fold(
        self, conn: Connection, case_id: str, rooms: Mapping[str, Stretch], *, keep: bool
    ) -> dict[str, Case]:
        """Each room folded over its stretch, reading only what was not folded before. Papers are among the rooms."""
        kept = self._of(case_id)
        parts = {room: kept.upto(room, stretch) for room, stretch in rooms.items()}
        missing = {room: Stretch(parts[room][0] + 1, rooms[room].last) for room in rooms}
        missing = {room: stretch for room, stretch in missing.items() if stretch.first <= stretch.last}
        if missing:
            read = await log.read_rooms(conn, case_id, missing)
            erased_at = max((e.seq for e in read.get(PAPERS, ()) if _tells_of_erasure(e)), default=0)
            if erased_at > kept.erased_at:
                is_stale = kept.holds_words
                if is_stale:
                    self.forget(case_id)
                self._of(case_id).erased_at = erased_at
                if is_stale:
                    return await self._fold(conn, case_id, rooms, keep=keep)
            for room, entries in read.items():
                part = fold((told(e) for e in entries if isinstance(e, log.Entry)), parts[room][1])
                parts[room] = (rooms[room].last, part)
            # A reader whose snapshot is older than an erasure still sees the words, and must not leave them here.
            if keep and PAPERS in rooms and rooms[PAPERS].last >= kept.erased_at:
                for room in read:
                    kept.keep(room, rooms[room], parts[room][1])
        return {room: part for room, (_, part) in parts.items()}

    def _of(self, case_id: str) -> _Kept:
        kept = self._kept.get(case_id)
        if kept is None:
            stop = self._bus.listen(f"case:{case_id}", lambda hint: self._heard(case_id, hint))
            kept = self._kept[case_id] = _Kept(stop)
            while len(self._kept) > _CASES_KEPT:
                self.forget(next(iter(self._kept)))
        self._kept.move_to_end(case_id)
        return kept

    def _heard(self, case_id: str, hint: Hint) -> None:
        if "erased" in hint or "missed" in hint:
            self.forget(case_id)


def _from_the_start(lengths: Mapping[str, int]) -> dict[str, Stretch]:
    return {room: Stretch(1, length) for room, length in lengths.items()}


def _tells_of_erasure(entry: log.Entry | log.Erased) -> bool:
    return isinstance(entry, log.Entry) and entry.kind == TalkErased.__name__


def _part_of(case: Case, room: str) -> Case:
    """The part of a case that one room's entries tell, and nothing else."""
    match room:
        case "papers":
            return Case(papers=case.papers, private=Map())
        case "talks":
            return Case(talks=case.talks, private=Map())
        case "joint":
            return Case(joint=case.joint, private=Map())
        case _:
            return Case(private=Map({room: case.private[room]} if room in case.private else {}))


def _together(parts: Mapping[str, Case]) -> Case:
    """A case put together from the parts that its rooms tell."""
    private = {room: part.private[room] for room, part in parts.items() if room in part.private}
    return Case(
        papers=parts.get(PAPERS, _NOTHING).papers,
        talks=parts.get(TALKS, _NOTHING).talks,
        joint=parts.get(JOINT, _NOTHING).joint,
        private=Map(private),
    )
