"""The document in memory: edits are inspected before they are applied, and what they changed is read back.

What it gives back is what is logged and passed on, so nothing that yrs could not apply ever travels further.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pycrdt import Doc, TransactionEvent

from mediation.drafting.canonical import Unreadable, check_shape
from mediation.drafting.committed import Committed, replay
from mediation.drafting.updates import Placed, Reach, clocks, reach
from mediation.drafting.wire import Malformed


@dataclass(frozen=True, slots=True)
class Edit:
    """An update as it came in, and what it brings."""

    update: bytes
    reach: Reach


def inspect(update: bytes) -> Edit:
    """Read what an update brings. Raises `Malformed` for what no editor of ours writes."""
    return Edit(update, reach(update))


class Replica:
    """A live copy of a document. After `Unreadable` or a panic it must be thrown away."""

    def __init__(self, committed: Committed) -> None:
        self._doc: Doc[Any] = committed.doc
        self._nesting = committed.nesting
        self._delta: bytes | None = None
        self._observation = self._doc.observe(self._observed)

    def close(self) -> None:
        """Stop observing; an observed document is never collected."""
        self._doc.unobserve(self._observation)

    @property
    def vector(self) -> bytes:
        """What the document has, as a state vector."""
        return self._doc.get_state()

    def clocks(self) -> dict[int, int]:
        """What the document has of each client."""
        return clocks(self._doc.get_state())

    def missing(self, vector: bytes) -> bytes:
        """What somebody with that state vector lacks, deleted words collected. Raises `Malformed`."""
        try:
            return self._doc.get_update(vector)
        except ValueError as error:
            raise Malformed("a state vector makes no sense") from error

    def apply(self, edits: list[Edit]) -> tuple[bytes | None, int]:
        """Apply one person's edits; return what they changed (None: all of it was known) and how many were taken.

        Edits from the first one that yrs cannot decode are not taken. Raises `Unreadable` when the document must not
        be kept as it is now.
        """
        self._delta = None
        taken, is_depth_known = 0, True
        with self._doc.transaction():
            for edit in edits:
                try:
                    is_depth_known &= self._nesting.add(self._new_in(edit))
                    self._doc.apply_update(edit.update)
                except Malformed as error:
                    raise Unreadable(str(error)) from error
                except ValueError as error:
                    # What it placed was noted as if it were there.
                    if edit.reach.placed or not str(error).startswith("Cannot decode"):
                        raise Unreadable("an edit could be applied only in part") from error
                    break
                taken += 1
        delta = self._delta
        if taken != 1 or delta != edits[0].update:
            self._require_whole(edits[:taken])
        if not is_depth_known:
            check_shape(self._doc)
            self._nesting.add(reach(self._doc.get_update()).placed)
        return delta, taken

    def follow(self, updates: list[bytes]) -> bytes | None:
        """Apply what was committed elsewhere, in order, and return what it changed. Raises `Damaged`."""
        self._delta = None
        replay(self._doc, updates)
        for update in updates:
            self._nesting.add(reach(update).placed)
        return self._delta

    def holds(self, update: bytes) -> bool:
        """Whether the document already has everything in the update, tried on a copy. Raises `Malformed`."""
        edit = inspect(update)
        if not self._has([edit]):
            # Never applied, so nobody who may only read can have it nested until the process ends.
            return False
        copy: Doc[Any] = Doc()
        copy.apply_update(self._doc.get_update())
        changes: list[bytes] = []
        observation = copy.observe(lambda event: changes.append(event.update))
        try:
            copy.apply_update(update)
        except ValueError as error:
            raise Malformed("an update makes no sense") from error
        finally:
            copy.unobserve(observation)
        return not changes

    def _require_whole(self, edits: Iterable[Edit]) -> None:
        if not self._has(edits):
            raise Unreadable("an edit rests on one that never came")

    def _has(self, edits: Iterable[Edit]) -> bool:
        known = clocks(self._doc.get_state())
        return all(known.get(client, 0) >= end for edit in edits for client, end in edit.reach.ends.items())

    def _new_in(self, edit: Edit) -> list[Placed]:
        """What an edit places that is not there yet: yrs passes over the rest, whatever is said about it again."""
        if not edit.reach.placed:
            return []
        known = clocks(self._doc.get_state())
        return [one for one in edit.reach.placed if one.place[1] >= known.get(one.place[0], 0)]

    def _observed(self, event: TransactionEvent) -> None:
        self._delta = event.update
