"""What crosses the wire about invitations, and what the case is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, Protocol

from msgspec import Meta, Struct

from mediation.case.terms import Category, Hex32, Line, Party, Role, Tier
from mediation.db import Connection
from mediation.identity.guards import Seat

Token = Annotated[str, Meta(max_length=100, description="what follows # in the link")]
OptionalLine = Annotated[str, Meta(max_length=200, pattern="^[^\\x00-\\x1f\\x7f]*$")]
State = Literal["pending", "accepted", "declined", "revoked", "expired"]


class Invite(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Invite somebody. The same `command_id` again gives the same invitation a new link; the lost one stops working."""

    command_id: Hex32
    role: Role
    party: Party | None
    name: OptionalLine = ""
    title: OptionalLine = ""
    tier: Tier | None = None


class Invited(Struct, frozen=True, kw_only=True):
    """The answer to the inviter, and the only time the link is shown."""

    command_id: Hex32
    invitation_id: Hex32
    link: str
    expires_at: datetime


class Invitation(Struct, frozen=True, kw_only=True):
    """An invitation as the side that made it sees it afterwards: without its link."""

    invitation_id: Hex32
    role: Role
    party: Party | None
    name: str
    title: str
    tier: Tier | None
    state: State
    invited_by: Hex32
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    accepted_by: Hex32 | None


class ByToken(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The token travels in the body, so that no address, log or referrer ever holds it."""

    token: Token


class Accept(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Take the seat under this name."""

    token: Token
    name: Line
    command_id: Hex32


class Accepted(Struct, frozen=True, kw_only=True):
    """The seat that was taken. The session cookie comes with it."""

    command_id: Hex32
    case_id: Hex32
    participant_id: Hex32


class Preview(Struct, frozen=True, kw_only=True):
    """What a link shows before anything else: who invites, about what kind of thing, as what.

    `yours` means that this browser is signed in as the person who accepted it: `case_id` says where to go.
    """

    state: Literal["open", "yours"]
    inviter: str
    category: Category
    role: Role
    party: Party | None
    expires_at: datetime
    case_id: Hex32 | None = None


class FirstPage(Struct, frozen=True, kw_only=True):
    """The case's own facts for the page that everyone reads first. The wording around them is the screen's."""

    title: str
    category: Category
    inviter: str
    inviter_party: Party | None
    business: str
    client: str
    mediator: str | None
    fees: str
    operator: str | None
    host_party: Party | None
    ladder: tuple[Tier, ...]
    role: Role
    party: Party | None
    suggested_name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Teaser:
    """What may be told to anyone who holds the link: the inviting side's name, or the mediator's, and the category."""

    inviter: str
    category: Category


@dataclass(frozen=True, slots=True)
class Facts:
    """What the first page tells about the case; `inviter` is the person who invites."""

    title: str
    category: Category
    inviter: str
    business: str
    client: str
    mediator: str | None
    fees: str
    host_party: Party | None
    ladder: tuple[Tier, ...]


@dataclass(frozen=True, slots=True)
class Joining:
    """Everything the case needs to seat somebody. `command_id` makes the joining happen once."""

    case_id: str
    account_id: str
    command_id: str
    name: str
    role: Role
    party: Party | None
    title: str
    tier: Tier | None
    invited_by: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The new participant, and what to call once the transaction has committed (hints for the live screens)."""

    participant_id: str
    after_commit: Callable[[], None]


class TheCase(Protocol):
    """What invitations ask of the case. Each call runs on the connection, and in the transaction, that it is given."""

    async def may_invite(self, conn: Connection, seat: Seat, role: Role, party: Party | None) -> bool:
        """Whether the holder of this seat may invite such a person now."""

    async def teaser(self, conn: Connection, case_id: str, invited_by: str) -> Teaser:
        """Return what a link may show to whoever holds it."""

    async def facts(self, conn: Connection, case_id: str, invited_by: str, role: Role, party: Party | None) -> Facts:
        """Return what the first page tells about the case."""

    async def join(self, conn: Connection, joining: Joining, now: datetime) -> Joined:
        """Seat somebody in the caller's transaction; raises a `Refusal` when the case no longer takes them."""
