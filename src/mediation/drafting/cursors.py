"""The cursors at one document: whose they are, and what has still to be told about them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from mediation.drafting import wire
from mediation.drafting.attachment import Attachment
from mediation.drafting.awareness import Cursor, encode, participant_of, read, shown

_OUTDATED: Final = timedelta(seconds=30)
"""After this long without a word, y-protocols takes a cursor for gone."""


class Cursors:
    """Cursors by Yjs client id. The clock they carry is the server's time in milliseconds.

    A client's own count starts again with it; time goes on through reconnections, restarts and other processes.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._cursors: dict[int, tuple[Cursor, Attachment | None]] = {}
        self._changed: set[int] = set()
        self.publish: Callable[[Cursor], None] = lambda _cursor: None
        """Tells the other processes of one cursor."""

    def move(self, attachment: Attachment, update: bytes) -> None:
        """Take from a client's update its own cursor, and drop what it says of others. Raises `wire.Malformed`."""
        for told in read(update):
            if attachment.client is None and told.state is not None:
                self._claim(attachment, told.client)
            if told.client != attachment.client:
                continue
            state = "null" if told.state is None else shown(attachment.seat, told.state)
            self._put(told.client, state, attachment)

    def gone(self, attachment: Attachment) -> None:
        """Take away the cursor of a provider that left."""
        if attachment.client is not None:
            self._put(attachment.client, "null", attachment)
            attachment.client = None

    def heard(self, cursor: object) -> None:
        """Take a cursor that another process tells of; what is no cursor, or one of ours, is dropped."""
        match cursor:
            case [int(client), int(clock), str(state)]:
                held = self._cursors.get(client)
                if held is None or (held[1] is None and held[0].clock < clock):
                    self._cursors[client] = (Cursor(client, clock, state), None)
                    self._changed.add(client)
            case _:
                return

    def tell(self, attachments: Iterable[Attachment]) -> None:
        """Tell everybody what changed since the last time, except about themselves."""
        if not self._changed:
            return
        changed, self._changed = self._changed & self._cursors.keys(), set()
        self._send(attachments, changed)
        for client in changed:
            cursor, owner = self._cursors[client]
            if owner is not None:
                self.publish(cursor)
            if cursor.state == "null":
                del self._cursors[client]

    def tell_all(self, attachment: Attachment) -> None:
        """Tell one provider about every cursor but its own."""
        oldest = self._clock() - _OUTDATED // timedelta(milliseconds=1)
        for client in [client for client, (cursor, _) in self._cursors.items() if cursor.clock < oldest]:
            del self._cursors[client]
        self._send((attachment,), set(self._cursors))

    def _send(self, attachments: Iterable[Attachment], clients: set[int]) -> None:
        encoded: dict[int | None, bytes] = {}
        for attachment in attachments:
            own = attachment.client if attachment.client in clients else None
            if own not in encoded:
                encoded[own] = encode([self._cursors[client][0] for client in clients if client != own])
            if len(clients) > (own is not None):
                attachment.peer.send(wire.awareness(attachment.start, encoded[own]))

    def _claim(self, attachment: Attachment, client: int) -> None:
        """Let the provider move this cursor from now on, unless it is somebody else's."""
        held = self._cursors.get(client)
        if held is not None:
            cursor, owner = held
            if participant_of(cursor.state) not in {None, attachment.seat.participant_id}:
                return
            if owner is not None:
                owner.client = None
        attachment.client = client

    def _put(self, client: int, state: str, owner: Attachment) -> None:
        held = self._cursors.get(client)
        clock = self._clock()
        if held is not None:
            clock = max(clock, held[0].clock + 1)
        self._cursors[client] = (Cursor(client, clock, state), owner)
        self._changed.add(client)

    def _clock(self) -> int:
        return int(self._now().timestamp() * 1000)
