"""What the log tells, folded and kept by heads, so that a long case costs no more per command than a short one."""

from collections import OrderedDict
from collections.abc import Mapping

from immutables import Map
from msgspec.structs import replace

from mediation.case.events import read_event
from mediation.case.evolve import fold
from mediation.case.rooms import restrict, rooms_of
from mediation.case.state import Case, PrivateRoom, Told
from mediation.db import Connection
from mediation.record import log

_CASES_KEPT = 500


def told(entry: log.Entry) -> Told:
    """An entry of the log as the rules read it."""
    return Told(entry.room, entry.seq, entry.at, entry.actor, read_event(entry.kind, entry.body))


class Folds:
    """Folded cases of this process. What is kept was read from committed rows, or under the lock that committed it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[dict[str, int], Case]] = OrderedDict()
        self._later: dict[tuple[str, str, int], tuple[int, PrivateRoom]] = {}

    async def load(self, conn: Connection, case_id: str, lengths: Mapping[str, int]) -> Case:
        """The whole case at least as far as `lengths` say it reaches, reading only what is new since the last time.

        Every room is in it: pass it through `known_to` before anybody's command or screen depends on it.
        """
        known, case = self._kept.get(case_id, ({}, Case(private=Map())))
        since = {room: known.get(room, 0) for room, length in lengths.items() if length > known.get(room, 0)}
        # A reader may come with lengths from before the last command: what is kept then reaches further, and stays.
        if since:
            fresh = await log.read_since(conn, case_id, since)
            # The log may have grown beyond `lengths` by the time it is read; that belongs to the next load.
            wanted = (e for e in fresh if isinstance(e, log.Entry) and e.seq <= lengths[e.room])
            case = fold((told(entry) for entry in wanted), case)
            self.keep(case_id, {**known, **lengths}, case)
        return case

    def keep(self, case_id: str, lengths: Mapping[str, int], case: Case) -> None:
        """Keep a fold that reaches as far as `lengths`; only of what is committed."""
        self._kept[case_id] = (dict(lengths), case)
        self._kept.move_to_end(case_id)
        while len(self._kept) > _CASES_KEPT:
            gone, _ = self._kept.popitem(last=False)
            for key in [key for key in self._later if key[0] == gone]:
                del self._later[key]

    async def known_to(self, conn: Connection, case_id: str, case: Case, viewer: str) -> Case:
        """The case as this viewer knows it: their rooms alone, and private ones from their joining on."""
        known = restrict(case, rooms_of(case, viewer))
        private = {}
        for room, state in known.private.items():
            since = state.since.get(viewer)
            if since == 1:
                private[room] = state
            elif since is not None:
                private[room] = await self._read_from(conn, case_id, room, since)
        return replace(known, private=Map(private))

    async def _read_from(self, conn: Connection, case_id: str, room: str, since: int) -> PrivateRoom:
        upto, state = self._later.get((case_id, room, since), (since - 1, PrivateRoom()))
        fresh = [e for e in await log.read(conn, case_id, room, after=upto) if isinstance(e, log.Entry)]
        if fresh:
            case = fold((told(entry) for entry in fresh), Case(private=Map({room: state})))
            state = case.private[room]
            self._later[case_id, room, since] = (fresh[-1].seq, state)
        return state
