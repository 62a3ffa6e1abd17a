"""What crosses the wire about accounts: signing in, one's own account, and what administrators manage."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from litestar.params import PathParameter
from msgspec import Meta, Struct

from mediation.case.terms import PRINTABLE, Hex32, Line, Prose
from mediation.identity.accounts import Language
from mediation.identity.sessions import AccountKind

Email = Annotated[str, Meta(min_length=3, max_length=254, pattern="^[^\\x00-\\x1f\\x7f]*$")]
Password = Annotated[str, Meta(min_length=1, max_length=1024)]
Token = Annotated[str, Meta(max_length=100, description="what follows # in the link")]
Slug = Annotated[str, Meta(min_length=2, max_length=60, pattern="^[a-z0-9]+(-[a-z0-9]+)*$(?!\\n)")]
Place = Annotated[str, Meta(max_length=200, pattern="^[^\\x00-\\x1f\\x7f]*$")]
Base64Url = Annotated[str, Meta(max_length=16_384, pattern="^[A-Za-z0-9_-]*={0,2}$(?!\\n)")]
# `FromPath` leaves the bounds of an annotated type unread; this form checks them.
PathId = Annotated[str, PathParameter(pattern="^[0-9a-f]{32}$(?!\\n)")]
OrganisationKind = Literal["business", "provider"]
MemberRole = Literal["lead", "staff"]


class SignIn(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a staff member types to come in."""

    email: Email
    password: Password


class SignedIn(Struct, frozen=True, kw_only=True):
    """The account behind the session."""

    account_id: Hex32
    name: Line
    kind: AccountKind
    email: str | None
    administrator: bool
    language: Language


class CodeSent(Struct, frozen=True, kw_only=True):
    """A code is on its way. Asking again within `again_after_s` seconds sends no further mail."""

    expires_at: datetime
    again_after_s: int


# ── passkeys ────────────────────────────────────────────────────────────────────────────────────────────────────────


class CeremonyOptions(Struct, frozen=True, kw_only=True):
    """What the browser gives to `navigator.credentials`, as `PublicKeyCredential.parse…OptionsFromJSON` reads it."""

    challenge_id: Hex32
    options: dict[str, Any]


class NewCredentialResponse(Struct, frozen=True, kw_only=True):
    """The part of a new credential that we read (WebAuthn Level 3, RegistrationResponseJSON)."""

    clientDataJSON: Base64Url  # noqa: N815 - the standard's name
    attestationObject: Base64Url  # noqa: N815


class NewCredential(Struct, frozen=True, kw_only=True):
    """What `navigator.credentials.create` gave, by its `toJSON`."""

    id: Base64Url
    rawId: Base64Url  # noqa: N815
    type: Literal["public-key"]
    response: NewCredentialResponse


class ProofResponse(Struct, frozen=True, kw_only=True):
    """The part of a proof that we read (WebAuthn Level 3, AuthenticationResponseJSON)."""

    clientDataJSON: Base64Url  # noqa: N815
    authenticatorData: Base64Url  # noqa: N815
    signature: Base64Url
    userHandle: Base64Url | None = None  # noqa: N815


class Proof(Struct, frozen=True, kw_only=True):
    """What `navigator.credentials.get` gave, by its `toJSON`."""

    id: Base64Url
    rawId: Base64Url  # noqa: N815
    type: Literal["public-key"]
    response: ProofResponse


class AddPasskey(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new passkey, and what its owner calls it."""

    challenge_id: Hex32
    name: Line
    credential: NewCredential


class PasskeySignIn(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Sign in with a passkey that the browser found by itself."""

    challenge_id: Hex32
    credential: Proof


class PasskeyView(Struct, frozen=True, kw_only=True):
    """A passkey as its owner sees it."""

    passkey: Hex32
    name: str
    created_at: datetime
    last_used_at: datetime | None


# ── one's own account ───────────────────────────────────────────────────────────────────────────────────────────────


class SessionView(Struct, frozen=True, kw_only=True):
    """A browser that is signed in. `device` may be empty: not every browser says what it is."""

    session: Hex32
    device: str
    created_at: datetime
    last_seen_at: datetime
    current: bool


class MembershipView(Struct, frozen=True, kw_only=True):
    """An organisation one works for."""

    organisation: Hex32
    name: str
    kind: OrganisationKind
    role: MemberRole


class AccountPage(Struct, frozen=True, kw_only=True):
    """Everything about one's own account."""

    account_id: Hex32
    name: str
    email: str | None
    kind: AccountKind
    administrator: bool
    language: Language
    has_password: bool
    passkeys: list[PasskeyView]
    sessions: list[SessionView]
    organisations: list[MembershipView]


class Colleague(Struct, frozen=True, kw_only=True):
    """Somebody else who works for one's own business."""

    account: Hex32
    name: str


class Absence(Struct, frozen=True, kw_only=True):
    """Until which day one is away, that day among them, and who stands in; `until` is null for whoever is there."""

    until: date | None
    stands_in: Hex32 | None
    colleagues: list[Colleague]


class SayAbsence(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The last day away, or null for being back, and a colleague who stands in, if it is to be that one."""

    until: date | None
    stands_in: Hex32 | None = None


class ChangePassword(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Another password; the present one shows that it is really its owner who asks."""

    current: Password
    password: Password


class ChooseLanguage(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The language in which mails are written."""

    language: Language


class AskForReset(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Have a link mailed with which a password can be chosen."""

    email: Email


class UseReset(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Choose a password with a mailed link."""

    token: Token
    password: Password


# ── what administrators manage ──────────────────────────────────────────────────────────────────────────────────────


class StaffAccount(Struct, frozen=True, kw_only=True):
    """A staff account as administrators see it. `waiting`: its owner has not chosen a way to sign in yet."""

    account_id: Hex32
    name: str
    email: str
    administrator: bool
    disabled_at: datetime | None
    waiting: bool
    language: Language
    created_at: datetime
    organisations: list[MembershipView]


class StaffAccounts(Struct, frozen=True, kw_only=True):
    """The staff accounts of this portal, by name. Guests are part of their cases and not listed."""

    accounts: list[StaffAccount]


class AddAccount(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A new staff account; its owner is mailed a link to choose a password."""

    command_id: Hex32
    name: Line
    email: Email
    administrator: bool = False
    organisation: Hex32 | None = None
    role: MemberRole = "staff"
    language: Language = "en"


class ChangeAccount(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whether an account is shut, and whether it manages others. Both end its sessions."""

    disabled: bool
    administrator: bool


class MemberView(Struct, frozen=True, kw_only=True):
    """Somebody who works for an organisation."""

    account_id: Hex32
    name: str
    email: str | None
    role: MemberRole


class OrganisationView(Struct, frozen=True, kw_only=True):
    """A business or a mediation provider, and who works for it. Its public page is `/to/<slug>`, a business's alone."""

    organisation: Hex32
    kind: OrganisationKind
    name: str
    slug: str
    place: str
    email: str
    created_at: datetime
    members: list[MemberView]


class Organisations(Struct, frozen=True, kw_only=True):
    """The organisations of this portal, by name."""

    organisations: list[OrganisationView]


class AddOrganisation(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A business whose staff open cases and answer them, or a provider whose mediators work here."""

    command_id: Hex32
    kind: OrganisationKind
    name: Line
    slug: Slug
    place: Place = ""
    email: Email


class AddMember(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Have a staff account work for an organisation. A provider's lead reads complaints about its mediators."""

    account: Hex32
    role: MemberRole = "staff"


# ── complaints ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Complain(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A complaint about the mediator, for their provider or, without one, for the administrators."""

    command_id: Hex32
    text: Prose


class ComplaintMade(Struct, frozen=True, kw_only=True):
    """Where a complaint went: the provider's name, or null for the administrators."""

    command_id: Hex32
    reference: str
    to: str | None


class ComplaintView(Struct, frozen=True, kw_only=True):
    """A complaint as whoever answers it reads it. `to` is null when it came to the administrators."""

    complaint: Hex32
    reference: str
    to: str | None
    about: str
    by: str
    case_id: Hex32
    text: str
    created_at: datetime
    handled_at: datetime | None


class Complaints(Struct, frozen=True, kw_only=True):
    """Complaints that this account answers, the newest first."""

    complaints: list[ComplaintView]


# ── ready clauses ───────────────────────────────────────────────────────────────────────────────────────────────────


class WriteClause(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A version of a ready clause. `words`: a paragraph for each line, with [what is to be filled in] in brackets."""

    version: Annotated[int, Meta(ge=1, le=10_000, description="the one after what was read; 1 for a new clause")]
    language: Language
    title: Line
    words: Prose
    means: Annotated[str, Meta(min_length=1, max_length=1000, pattern=PRINTABLE)]
    takes_rights: bool
    retired: bool = False


class ClauseVersion(Struct, frozen=True, kw_only=True):
    """A ready clause as the provider's leads see it. `takes_rights`: readers are warned; `by` wrote this version."""

    clause: Hex32
    version: int
    language: Language
    title: str
    words: str
    means: str
    takes_rights: bool
    retired: bool
    by: str
    at: datetime


class ClauseVersions(Struct, frozen=True, kw_only=True):
    """How a ready clause read over time, the newest version first."""

    versions: list[ClauseVersion]


class ProvidersClauses(Struct, frozen=True, kw_only=True):
    """A provider's name and its clauses: those in use first, by title."""

    provider: str
    clauses: list[ClauseVersion]


class ReadyClause(Struct, frozen=True, kw_only=True):
    """A clause to begin with, and the provider that offers it."""

    provider: str
    clause: Hex32
    language: Language
    title: str
    words: str
    means: str
    takes_rights: bool


class ReadyClauses(Struct, frozen=True, kw_only=True):
    """What the mediator's provider offers on a case."""

    clauses: list[ReadyClause]
