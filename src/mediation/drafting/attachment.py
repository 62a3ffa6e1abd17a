"""One provider at one document: who, with which right, and how far the two have told each other what they have."""

from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from mediation.identity.guards import Seat

Scope: TypeAlias = Literal["read-write", "readonly"]


class Peer(Protocol):
    """The socket behind an attachment."""

    def send(self, frame: bytes) -> None:
        """Queue a frame; never waits."""

    def close(self, code: int, reason: str) -> None:
        """Close the socket, with every document on it."""


@dataclass(eq=False, slots=True)
class Attachment:
    """`start` begins every frame to this provider; `client` is the Yjs client id whose cursor it moves."""

    peer: Peer
    seat: Seat
    address: str
    start: bytes
    scope: Scope
    client: int | None = None
    listening: bool = False
    """It has been sent our state, so edits make sense to it."""
    caught_up: bool = False
    """We have been sent its state, so its edits make sense to us: they may rest on edits only it has seen."""
    held: list[bytes] = field(default_factory=list)
    """Edits sent before it was caught up."""
    clients: set[int] = field(default_factory=set)
    """The Yjs client ids under which it has added words."""
