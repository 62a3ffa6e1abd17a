"""What crosses the wire about invitations."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from mediation.case.terms import Category, Hex32, Line, Party, Role, Tier

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
    """The case's own facts for the page that everyone reads first. The wording around them is the screen's.

    `operator` runs this site and could technically read it, and is `host_party` when it is one of the two sides;
    `fees` says who pays; `inviter` is the person who invites.
    """

    title: str
    category: Category
    account: str
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
