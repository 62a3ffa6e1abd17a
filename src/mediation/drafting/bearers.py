"""Whose Yjs clients they are: nobody adds words under a client id that is somebody else's.

A browser draws its client id by chance and tells it with every change. Words under another's id would be taken for
theirs, and theirs, coming later under the same numbers, would be passed over as known already.
"""

from collections.abc import Callable, Iterable, Mapping

from mediation.drafting.attachment import Attachment
from mediation.drafting.log import Row
from mediation.drafting.updates import Reach, reach

Clocks = Mapping[int, int]


class Bearers:
    """Which participant bears which client id of a document, as far as it is known. The first one to bear it does."""

    def __init__(self, *, is_complete: bool) -> None:
        self.is_complete = is_complete
        """Whether everything in the log has been taken note of."""
        self._whose: dict[int, str | None] = {}

    def note(self, rows: Iterable[Row]) -> None:
        """Take note of committed updates."""
        for row in rows:
            for client in reach(row.update).starts:
                self._whose.setdefault(client, row.actor)

    def is_own(self, attachment: Attachment, brought: Reach, clocks: Callable[[], Clocks]) -> bool | None:
        """Whether everything an edit adds is under ids of its sender; None while the log has to be read for that.

        `clocks` tells what the document has of each client: what it has already is added by nobody.
        """
        if attachment.clients.issuperset(brought.ends):
            return True
        known, participant = clocks(), attachment.seat.participant_id
        for client, end in brought.ends.items():
            if end <= known.get(client, 0):
                continue
            if client not in self._whose and client in known and not self.is_complete:
                return None
            if self._whose.setdefault(client, participant) != participant:
                return False
            attachment.clients.add(client)
        return True


def takes_from_another(
    attachment: Attachment, others: Iterable[Attachment], brought: Reach, clocks: Callable[[], Clocks]
) -> bool:
    """Whether what somebody had on connecting adds words in the name of somebody else who is here.

    Whoever has seen words that were lost when the portal went down brings them back. But somebody who is here, and has
    told what they have, has said all that is theirs.
    """
    theirs = {
        client
        for other in others
        if other.caught_up and other.seat.participant_id != attachment.seat.participant_id
        for client in (*other.clients, other.client)
    }
    if theirs.isdisjoint(brought.ends):
        return False
    known = clocks()
    return any(end > known.get(client, 0) for client, end in brought.ends.items() if client in theirs)
