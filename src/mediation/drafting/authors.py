"""Who wrote what: for each Yjs client of a document, over whose connection its changes came.

A browser's changes bear a client id of its own choosing, so an id alone proves nothing. The log has beside each update
the participant who was signed in where it came from, or whose suggestion it puts into the text.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from mediation.db import Pool
from mediation.drafting import log
from mediation.drafting.updates import reach

_HELD: Final = 64
"""Documents whose authors are remembered."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Changes of a client from this clock on came from `by`; None stands for the portal itself."""

    start: int
    by: str | None


@dataclass(slots=True)
class Known:
    """The authors as far as update `head`: for each client its stretches, in order."""

    head: int = 0
    stretches: dict[int, list[Stretch]] = field(default_factory=dict)


class Authors:
    """Reads the log once, and then only what is new. To be kept for as long as the process runs."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._known: OrderedDict[tuple[str, str], Known] = OrderedDict()
        self._lock = asyncio.Lock()

    async def of(self, case_id: str, name: str) -> Mapping[int, list[Stretch]]:
        """Return for each client of a document the stretches of its changes. Whoever asks must be shown the document.

        Raises `BrokenSequence` when the log has a gap.
        """
        # One at a time, so that a long log is not read twice at once.
        async with self._lock:
            known = self._known.setdefault((case_id, name), Known())
            self._known.move_to_end((case_id, name))
            if len(self._known) > _HELD:
                self._known.popitem(last=False)
            async with self._pool.acquire() as conn:
                while rows := await log.read(conn, case_id, name, known.head):
                    await asyncio.to_thread(note, known, rows)
            return known.stretches


def note(known: Known, rows: Iterable[log.Row]) -> None:
    """Take note of further updates, in order."""
    for row in rows:
        for client, start in reach(row.update).starts.items():
            stretches = known.stretches.setdefault(client, [])
            if not stretches or stretches[-1].by != row.actor:
                stretches.append(Stretch(start, row.actor))
        known.head = row.seq
