"""One live document in this process: applied and passed on at once, saved in batches, acknowledged after commit.

Others on this process may see an edit before it is on disk. That is safe: whoever has seen an edit that was never
committed holds it, and sends it back when they reconnect. Other processes read committed updates by number.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Final, Protocol, TypeAlias

import structlog
from pycrdt import merge_updates

from mediation.bus import Hint
from mediation.db import Connection, Pool
from mediation.drafting import log, wire
from mediation.drafting.attachment import Attachment
from mediation.drafting.awareness import Cursor
from mediation.drafting.bearers import Bearers, takes_from_another
from mediation.drafting.canonical import Unreadable
from mediation.drafting.committed import Committed
from mediation.drafting.cursors import Cursors
from mediation.drafting.replica import Edit, Replica, inspect

RESET: Final = 4205
"""Close code: connect again and tell what you have."""
MALFORMED: Final = 4400
UPDATE_LIMIT: Final = 512 << 10
"""Bytes of one edit; more is refused."""
_HELD_LIMIT: Final = 4 << 20
_UNSAVED_LIMIT: Final = 8 << 20
_CURSOR_HINT_LIMIT: Final = 3_000  # characters
_POLL: Final = timedelta(seconds=2)
_PATIENCE: Final = timedelta(seconds=10)
_LINGER: Final = timedelta(milliseconds=100)
"""A connection is kept this long for the next keystroke: taking one costs as much as saving."""
_SPARE_CONNECTIONS: Final = 4

logger = structlog.get_logger(__name__)


class Hints(Protocol):
    """The part of the bus that is needed here."""

    def publish(self, hint: Hint) -> None:
        """Tell every process."""

    def listen(self, topic: str, listener: Callable[[Hint], None]) -> Callable[[], None]:
        """Call the listener with every hint of a topic; returns what stops it."""


TypedOver: TypeAlias = Callable[[str, str, Sequence[tuple[str, list[bytes]]], datetime], Awaitable[int]]
"""Saves edits of a text that a side agrees to: (case, document, each person's updates, now); tells the head."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """An edit to be saved (None: its content came before it) and how many frames its sender gets acknowledged."""

    update: bytes | None
    sender: Attachment
    frames: int


class Room:
    """Holds the document while somebody is attached, and for a moment after.

    `left` is called once when the room is over; it must not be used after that.
    """

    def __init__(
        self,
        committed: Committed,
        pool: Pool,
        hints: Hints,
        now: Callable[[], datetime],
        left: Callable[["Room"], None],
        typed_over: TypedOver,
    ) -> None:
        self.case_id = committed.row.case_id
        self.name = committed.row.name
        self.frozen = committed.row.frozen
        self.committed = committed.head
        self.attachments: set[Attachment] = set()
        self.cursors = Cursors(now)
        self.cursors.publish = self._tell_elsewhere
        self.is_over = False
        self.faulty: Callable[[Room, Attachment], None] = lambda _room, _attachment: None
        self._replica = Replica(committed)
        self._size = committed.row.size
        self._pool = pool
        self._hints = hints
        self._now = now
        self._left = left
        self._typed_over = typed_over
        self._bearers = Bearers(is_complete=committed.head == 0)
        self._unproven: list[tuple[Attachment, Edit]] = []
        """Edits under client ids of which the log has to be asked whose they are."""
        self._incoming: list[tuple[Attachment, Edit]] = []
        self._unsaved: deque[Unsaved] = deque()
        self._unsaved_bytes = 0
        self._ticking = False
        self._behind = False
        self._wake = asyncio.Event()
        self._room_to_write = asyncio.Event()
        self._room_to_write.set()
        self._saved_all = asyncio.Event()
        self._saved_all.set()
        self._stop_listening = hints.listen(f"document:{self.case_id}:{self.name}", self._hinted)
        self._keeper = asyncio.create_task(self._keep(), name=f"document {self.name}")

    # ── what providers say ──────────────────────────────────────────────────────────────────────────────────────

    def state(self, attachment: Attachment, vector: bytes) -> None:
        """Send the provider what it lacks, from the collected state and never from the log, and ask for its own."""
        self._integrate()
        if self.is_over:
            return
        attachment.peer.send(wire.difference(attachment.start, self._replica.missing(vector)))
        attachment.peer.send(wire.state(attachment.start, self._replica.vector))
        attachment.listening = True

    def difference(self, attachment: Attachment, update: bytes) -> None:
        """Take what the provider had before it connected, and then what it sent meanwhile."""
        if attachment.scope == "readonly":
            known = self._replica.holds(update)
            attachment.peer.send((wire.saved if known else wire.not_saved)(attachment.start))
            return
        held, attachment.held = attachment.held, []
        edit = inspect(update)
        if takes_from_another(attachment, self.attachments, edit.reach, self._replica.clocks):
            self._refuse_as_anothers(attachment)
            return
        attachment.caught_up = True
        self._take(attachment, edit)
        for one in held:
            self._take_own(attachment, inspect(one))

    def update(self, attachment: Attachment, update: bytes) -> None:
        """Take an edit, or refuse it where the provider may only read."""
        if attachment.scope == "readonly":
            attachment.peer.send(wire.not_saved(attachment.start))
        elif attachment.caught_up:
            self._take_own(attachment, inspect(update))
        else:
            attachment.held.append(update)
            if sum(map(len, attachment.held)) > _HELD_LIMIT:
                raise wire.Malformed("edits keep coming before the state they rest on")

    async def ready(self) -> None:
        """Wait while more is unsaved than is good; a sender that is not read from slows down by itself."""
        await self._room_to_write.wait()

    def leave(self, attachment: Attachment) -> None:
        """Forget the provider; what it has sent is still saved. Its cursor goes."""
        self.attachments.discard(attachment)
        if not self.is_over:
            self.cursors.gone(attachment)
            self._tick_soon()

    def refuse_writing(self, attachment: Attachment, code: str) -> None:
        """Let the provider read on, and tell the page why it may not write."""
        attachment.scope = "readonly"
        attachment.peer.send(wire.authenticated(attachment.start, "readonly"))
        attachment.peer.send(wire.stateless(attachment.start, f'{{"code":"{code}"}}'))

    def move_cursors(self, attachment: Attachment, update: bytes) -> None:
        """Pass on where the provider's cursor is. Raises `wire.Malformed`."""
        self.cursors.move(attachment, update)
        self._tick_soon()

    # ── applying and passing on, once per turn of the loop ──────────────────────────────────────────────────────

    def _take_own(self, attachment: Attachment, edit: Edit) -> None:
        """Take an edit if its words are under ids of its sender's; wait while that is not known."""
        is_waiting = any(sender is attachment for sender, _ in self._unproven)
        is_own = None if is_waiting else self._bearers.is_own(attachment, edit.reach, self._replica.clocks)
        if is_own is None:
            self._unproven.append((attachment, edit))
            self._wake.set()
        elif is_own:
            self._take(attachment, edit)
        else:
            self._refuse_as_anothers(attachment)

    def _refuse_as_anothers(self, attachment: Attachment) -> None:
        logger.warning("document.anothers_words", case=self.case_id, participant=attachment.seat.participant_id)
        self.refuse_writing(attachment, "not-yours")
        attachment.peer.send(wire.not_saved(attachment.start))

    def _take(self, attachment: Attachment, edit: Edit) -> None:
        size = len(edit.update)
        if size > UPDATE_LIMIT or self._size + self._unsaved_bytes > log.SIZE_LIMIT - UPDATE_LIMIT:
            self.refuse_writing(attachment, "too-large" if size > UPDATE_LIMIT else "document-full")
            attachment.peer.send(wire.not_saved(attachment.start))
            return
        self._incoming.append((attachment, edit))
        self._tick_soon()

    def _tick_soon(self) -> None:
        if not self._ticking:
            self._ticking = True
            asyncio.get_running_loop().call_soon(self._tick)

    def _tick(self) -> None:
        self._ticking = False
        if self.is_over:
            return
        self._integrate()
        if not self.is_over:
            self.cursors.tell(self.attachments)

    def _integrate(self) -> None:
        """Apply what has come in, one transaction for each sender's run of edits, and pass it on."""
        incoming, self._incoming = self._incoming, []
        fresh: list[tuple[Attachment | None, bytes]] = []
        for sender, run in groupby(incoming, key=itemgetter(0)):
            edits = [edit for _, edit in run]
            try:
                delta, taken = self._replica.apply(edits)
            except Unreadable as fault:
                self._fault(sender, str(fault))
                return
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as fault:  # noqa: BLE001 - a panic in yrs is no Exception; what it left is unknown
                self._fault(sender, type(fault).__name__)
                return
            self._remember(Unsaved(delta, sender, taken))
            if delta is not None:
                fresh.append((sender, delta))
            if taken < len(edits):
                sender.peer.close(MALFORMED, "an edit could not be read")
        self._broadcast(fresh)

    def _remember(self, unsaved: Unsaved) -> None:
        self._unsaved.append(unsaved)
        self._unsaved_bytes += len(unsaved.update or b"")
        if self._unsaved_bytes > _UNSAVED_LIMIT:
            self._room_to_write.clear()
        self._saved_all.clear()
        self._wake.set()

    def _broadcast(self, fresh: list[tuple[Attachment | None, bytes]]) -> None:
        if not fresh:
            return
        senders = {sender for sender, _ in fresh}
        sender = senders.pop() if len(senders) == 1 else None
        payload = fresh[0][1] if len(fresh) == 1 else merge_updates(*(delta for _, delta in fresh))
        frames: dict[bytes, bytes] = {}
        for attachment in self.attachments:
            if attachment.listening and attachment is not sender:
                frame = frames.get(attachment.start)
                if frame is None:
                    frame = frames[attachment.start] = wire.update(attachment.start, payload)
                attachment.peer.send(frame)

    # ── the log ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _hinted(self, hint: Hint) -> None:
        if "cursor" in hint:
            self.cursors.heard(hint["cursor"])
            self._tick_soon()
        elif hint.get("head", self.committed + 1) > self.committed:
            self._behind = True
            self._wake.set()

    def _tell_elsewhere(self, cursor: Cursor) -> None:
        # A cursor too large for a hint is seen on this process alone until it moves again.
        if len(cursor.state) <= _CURSOR_HINT_LIMIT:
            self._hints.publish(
                {
                    "case": self.case_id,
                    "document": self.name,
                    "cursor": [cursor.client, cursor.clock, cursor.state],
                }
            )

    async def _keep(self) -> None:
        """Save what is unsaved and read what others committed: one hand for both, so that order is never in doubt."""
        try:
            while True:
                try:
                    async with asyncio.timeout(_POLL.total_seconds()):
                        await self._wake.wait()
                except TimeoutError:
                    if not self.attachments and not self._unsaved:
                        self._end()
                        return
                    self._behind = True
                async with self._pool.acquire(timeout=_PATIENCE.total_seconds()) as conn:
                    await self._work(conn)
        except log.CannotAppend:
            self.lose(RESET, "the document has changed hands")
        except Exception:
            # Whether the last batch is on disk is not known, so nothing is acknowledged and everybody compares again.
            logger.exception("document.lost")
            self.lose(RESET, "the document is being loaded again")

    async def _work(self, conn: Connection) -> None:
        """Save and read on while there is something to do, and for a moment longer while connections abound."""
        while True:
            self._wake.clear()
            if self._unproven:
                await self._prove(conn)
            while self._unsaved:
                await self._save(conn)
            if self._behind:
                self._behind = False
                await self._catch_up(conn, None)
            if self._pool.get_idle_size() + self._pool.get_max_size() - self._pool.get_size() < _SPARE_CONNECTIONS:
                return
            try:
                async with asyncio.timeout(_LINGER.total_seconds()):
                    await self._wake.wait()
            except TimeoutError:
                return

    async def _prove(self, conn: Connection) -> None:
        """Read whose client ids they are, and take the edits that have waited for that."""
        read = 0
        while not self._bearers.is_complete:
            rows = await log.read(conn, self.case_id, self.name, read, self.committed)
            await asyncio.to_thread(self._bearers.note, rows)
            read = rows[-1].seq if rows else self.committed
            self._bearers.is_complete = read >= self.committed
        waited, self._unproven = self._unproven, []
        for attachment, edit in waited:
            if attachment in self.attachments:
                self._take_own(attachment, edit)

    async def _save(self, conn: Connection) -> None:
        batch, self._unsaved = self._unsaved, deque()
        written = [log.Written(one.update, one.sender.seat.participant_id) for one in batch if one.update is not None]
        if written:
            head = await self._append(conn, written)
            before = head - len(written)
            if before > self.committed:
                await self._catch_up(conn, before)
            self.committed = head
            size = sum(len(one.update) for one in written)
            self._size += size
            self._unsaved_bytes -= size
            self._hints.publish({"case": self.case_id, "document": self.name, "head": head})
        if self._unsaved_bytes <= _UNSAVED_LIMIT:
            self._room_to_write.set()
        for one in batch:
            if one.sender in self.attachments:
                frame = wire.saved(one.sender.start)
                for _ in range(one.frames):
                    one.sender.peer.send(frame)
        if not self._unsaved:
            self._saved_all.set()

    async def _append(self, conn: Connection, written: list[log.Written]) -> int:
        try:
            return await log.append(conn, self.case_id, self.name, written, self._now())
        except log.SomebodyAgrees:
            # What they agreed to may read differently now: that is written down in the same transaction.
            typed = [(by or "", [one.update for one in run]) for by, run in groupby(written, key=lambda one: one.actor)]
            return await self._typed_over(self.case_id, self.name, typed, self._now())

    async def _catch_up(self, conn: Connection, until: int | None) -> None:
        """Apply what other processes committed. They cannot have rested on our unsaved edits, so order holds."""
        while rows := await log.read(conn, self.case_id, self.name, self.committed, until):
            if self.is_over:
                return
            self._bearers.note(rows)
            delta = self._replica.follow([row.update for row in rows])
            self.committed = rows[-1].seq
            self._size += sum(len(row.update) for row in rows)
            if delta is not None:
                self._broadcast([(None, delta)])
        if until is not None and self.committed != until:
            raise log.BrokenSequence(f"the log ends at {self.committed}, not at {until}")

    # ── the end ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _fault(self, sender: Attachment, fault: str) -> None:
        """Give the document up, for it may hold what was never meant to be there; the others connect again."""
        logger.warning("document.quarantined", fault=fault)
        self.faulty(self, sender)
        sender.peer.close(MALFORMED, "an edit could not be read")
        self.lose(RESET, "the document is being loaded again")

    def lose(self, code: int, reason: str) -> None:
        """Drop the document and close every socket at it, so that all compare what they have with what is on disk."""
        if self.is_over:
            return
        attachments = tuple(self.attachments)
        self._end()
        for attachment in attachments:
            attachment.peer.close(code, reason)

    def _end(self) -> None:
        self.is_over = True
        self._stop_listening()
        self._replica.close()
        self._room_to_write.set()
        self._saved_all.set()
        self.attachments.clear()
        self._left(self)
        if asyncio.current_task() is not self._keeper:
            self._keeper.cancel()

    async def finish(self) -> None:
        """Save what has come in, then end; for an orderly stop."""
        self._integrate()
        try:
            async with asyncio.timeout(3):
                await self._saved_all.wait()
        except TimeoutError:
            logger.warning("document.unsaved_at_stop")
        self.lose(1012, "the portal is restarting")
