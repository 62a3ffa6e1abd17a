"""What crosses the wire about invitations."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from mediation.case.terms import PRINTABLE, Category, Hex32, Line, Money, Party, Prose, Role, Tier
from mediation.identity.codes import Code
from mediation.mail.message import Language

Token = Annotated[str, Meta(max_length=100, description="what follows # in the link")]
OptionalLine = Annotated[str, Meta(max_length=200, pattern="^[^\\x00-\\x1f\\x7f]*$")]
Email = Annotated[str, Meta(min_length=3, max_length=254, pattern="^[^\\x00-\\x1f\\x7f]*$")]
State = Literal["pending", "accepted", "declined", "revoked", "expired"]


class Invite(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Invite somebody by mail. The same `command_id` again gives the same invitation a further link, and no mail."""

    command_id: Hex32
    role: Role
    party: Party | None
    email: Email
    name: OptionalLine = ""
    title: OptionalLine = ""
    language: Language = "en"


class Invited(Struct, frozen=True, kw_only=True):
    """The answer to the inviter, and the only time this link is shown. It is of no use without the mailbox."""

    command_id: Hex32
    invitation_id: Hex32
    link: str
    expires_at: datetime


class NewAddress(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the invitation goes instead. Links and codes that went to the old address stop working."""

    email: Email


class NewLink(Struct, frozen=True, kw_only=True):
    """A further link to the same invitation, mailed as well."""

    link: str
    expires_at: datetime


class Invitation(Struct, frozen=True, kw_only=True):
    """An invitation as the side that made it sees it afterwards: without its link.

    `email` is null for those made before addresses were asked for. `mail` is what became of the newest mail.
    `called_for`: the portal called this person to that step of the ladder, and nobody on the case invited them.
    """

    invitation_id: Hex32
    role: Role
    party: Party | None
    email: str | None
    name: str
    title: str
    state: State
    mail: Literal["waiting", "sent", "failed"]
    invited_by: Hex32 | None
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    accepted_by: Hex32 | None
    called_for: Tier | None = None


class ByToken(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The token travels in the body, so that no address, log or referrer ever holds it."""

    token: Token


class Verify(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The code that was mailed to the invited address."""

    token: Token
    code: Code


class Verified(Struct, frozen=True, kw_only=True):
    """The code was right. `yours`: the invitation had been accepted, and its person is signed in now."""

    state: Literal["open", "yours"]
    case_id: Hex32 | None = None


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
    """What a link shows before anything else: who invites, about what kind of thing, and nothing more.

    `accepted`: somebody has joined by it, and a code leads them back. `yours`: this browser is signed in as that
    person, and `case_id` says where to go. `verified`: this browser may read the first page.
    """

    state: Literal["open", "accepted", "yours"]
    inviter: str
    category: Category
    verified: bool
    expires_at: datetime
    case_id: Hex32 | None = None


class FirstPage(Struct, frozen=True, kw_only=True):
    """The case's own facts for the page that everyone reads first. The wording around them is the screen's.

    `operator` runs this site and could technically read it, and is `host_party` when it is one of the two sides;
    `fees` says who pays; `inviter` is the person who invites, or the business whose ladder calls; `earlier_cases` is
    how many cases the mediator has had with this business on this portal, null while that is not known; `still_until`
    is the day until whose end legal time limits stand still, null while they may be running.
    """

    title: str
    category: Category
    account: str
    inviter: str
    inviter_party: Party | None
    business: str
    client: str
    mediator: str | None
    earlier_cases: int | None
    fees: str
    operator: str | None
    host_party: Party | None
    ladder: tuple[Tier, ...]
    still_until: date | None
    role: Role
    party: Party | None
    suggested_name: str
    expires_at: datetime


class IntakePage(Struct, frozen=True, kw_only=True):
    """Whose page it is, and within how many working days they answer: by kind of dispute, null where none are named."""

    organisation: str
    place: str
    answer_within_days: dict[Category, int | None]


class AskIntakeCode(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the code goes, and in which language."""

    email: Email
    language: Language = "en"


class OpenFromOutside(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a client tells when they open a dispute with a business. The same `command_id` again opens nothing new."""

    command_id: Hex32
    email: Email
    code: Code
    name: Line
    category: Category
    title: Line
    account: Prose
    since: Annotated[str, Meta(max_length=200, pattern=PRINTABLE)] = ""
    wish: Annotated[str, Meta(max_length=4000, pattern=PRINTABLE)] = ""
    amount: Money | None = None
    language: Language = "en"


class IntakeOpened(Struct, frozen=True, kw_only=True):
    """The case that was opened, and the last day for an answer, if there is one. The session cookie comes with it."""

    case_id: Hex32
    participant_id: Hex32
    answer_by: date | None


class WaitingCase(Struct, frozen=True, kw_only=True):
    """A dispute that waits for somebody of the business."""

    case_id: Hex32
    title: str
    category: Category
    client: str
    opened_at: datetime
    answer_by: date | None


class TakeOn(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Take a waiting dispute on. Sent again it leads to the same seat."""

    command_id: Hex32


class Taken(Struct, frozen=True, kw_only=True):
    """The seat on the case that was taken on."""

    case_id: Hex32
    participant_id: Hex32
