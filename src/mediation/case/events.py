"""What happened: the event kinds of a case, each lying in exactly one room.

An event's class name is the entry's `kind` in the record, its fields the entry's `body`. Author and
time are the entry's.
"""

from typing import Any, get_args

import msgspec
from msgspec import Struct

from mediation.case.terms import (
    Category,
    Money,
    Outcome,
    ParticipantId,
    Party,
    Role,
    SharingForm,
    Stage,
    StatementKind,
    Tier,
)


class _Event(Struct, frozen=True, omit_defaults=False, kw_only=True):
    """Fields are additive: a later release may add one with a default and still read what was written before."""


# ── papers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class PartyFacts(Struct, frozen=True, kw_only=True):
    """A side of the dispute; `capacity` matters to the law that applies to a settlement."""

    name: str
    place: str = ""
    capacity: str = "business"


class CaseOpened(_Event, frozen=True, kw_only=True):
    title: str
    category: Category
    account: str
    amount: Money | None
    business: PartyFacts
    client: PartyFacts
    ladder: tuple[Tier, ...]
    tier: Tier
    host: str
    host_is_party: bool
    fees: str
    agreement: str
    """The full text of the agreement to mediate and its ground rules, as everyone is asked to accept it."""
    agreement_sha256: str


class ParticipantJoined(_Event, frozen=True, kw_only=True):
    participant: ParticipantId
    name: str
    role: Role
    party: Party | None
    title: str = ""


class ParticipantLeft(_Event, frozen=True, kw_only=True):
    """An adviser or colleague left, or a mediator gave the office back; the case goes on."""

    participant: ParticipantId


class MediatorDisclosed(_Event, frozen=True, kw_only=True):
    """What the mediator declares about ties to either side, before being accepted and whenever something changes."""

    text: str


class MediatorAccepted(_Event, frozen=True, kw_only=True):
    mediator: ParticipantId
    party: Party


class MediatorRefused(_Event, frozen=True, kw_only=True):
    mediator: ParticipantId
    party: Party


class MediatorAppointed(_Event, frozen=True, kw_only=True):
    mediator: ParticipantId


class AgreementAccepted(_Event, frozen=True, kw_only=True):
    sha256: str


class MediationBegan(_Event, frozen=True, kw_only=True):
    """Everyone has accepted: the joint room is open. Limitation periods may run by this date."""


class SessionOpened(_Event, frozen=True, kw_only=True):
    session: str


class SessionClosed(_Event, frozen=True, kw_only=True):
    session: str
    attended: tuple[ParticipantId, ...]


class TierStepAsked(_Event, frozen=True, kw_only=True):
    """One side asks for a step that takes both (down the ladder, or on to a referral)."""

    to: Tier
    party: Party


class TierReached(_Event, frozen=True, kw_only=True):
    """Dated and without a reason: what was said about it stays in the rooms."""

    to: Tier


class MediationEnded(_Event, frozen=True, kw_only=True):
    """One dated ending of one kind. It never says who left or why."""

    outcome: Outcome


class CaseClosed(_Event, frozen=True, kw_only=True):
    pass


# ── membership of private rooms ─────────────────────────────────────────────────────────────────────────────────────


class RoomOpened(_Event, frozen=True, kw_only=True):
    """First entry of a caucus or team room."""

    members: tuple[ParticipantId, ...]


class MemberAdmitted(_Event, frozen=True, kw_only=True):
    """Somebody joins a private room and reads from here on; `members` is everyone in it now, the newcomer included."""

    participant: ParticipantId
    members: tuple[ParticipantId, ...]


class MemberLeft(_Event, frozen=True, kw_only=True):
    participant: ParticipantId


# ── conversation, in every room but papers ──────────────────────────────────────────────────────────────────────────


class MessagePosted(_Event, frozen=True, kw_only=True):
    text: str
    form: str = "message"
    """message · announcement · apology · my-words · mediators-words · what-if (the last three come out of a caucus)."""
    on_behalf_of: Party | None = None


class MessageStruck(_Event, frozen=True, kw_only=True):
    """The message at `seq` is gone; `taken_back` within ten seconds leaves no mark on the screen."""

    seq: int
    taken_back: bool


# ── joint ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class StageSet(_Event, frozen=True, kw_only=True):
    stage: Stage


class Paused(_Event, frozen=True, kw_only=True):
    pass


class Resumed(_Event, frozen=True, kw_only=True):
    pass


class AuthorityDeclared(_Event, frozen=True, kw_only=True):
    """Who can agree for a side today, and who must be called. Never an amount."""

    party: Party
    can_agree: tuple[ParticipantId, ...]
    to_call: str


class IssuePut(_Event, frozen=True, kw_only=True):
    issue: str
    text: str


class IssueReworded(_Event, frozen=True, kw_only=True):
    issue: str
    text: str


class IssueEndorsed(_Event, frozen=True, kw_only=True):
    issue: str
    party: Party


class IssueWithdrawn(_Event, frozen=True, kw_only=True):
    issue: str


class PositionStated(_Event, frozen=True, kw_only=True):
    position: str
    party: Party
    issue: str | None
    text: str
    interest: str
    wants: str
    scribed_by: ParticipantId | None = None


class PositionRevised(_Event, frozen=True, kw_only=True):
    position: str
    text: str
    interest: str
    wants: str


class PositionWithdrawn(_Event, frozen=True, kw_only=True):
    position: str


class PositionReflected(_Event, frozen=True, kw_only=True):
    reflection: str
    position: str
    text: str


class ReflectionAnswered(_Event, frozen=True, kw_only=True):
    reflection: str
    heard: bool
    correction: str


class StatementProposed(_Event, frozen=True, kw_only=True):
    statement: str
    kind: StatementKind
    text: str
    issue: str | None


class StatementReworded(_Event, frozen=True, kw_only=True):
    statement: str
    text: str


class StatementWithdrawn(_Event, frozen=True, kw_only=True):
    statement: str


class AssentGiven(_Event, frozen=True, kw_only=True):
    statement: str
    party: Party
    text_hash: str


class AssentTakenBack(_Event, frozen=True, kw_only=True):
    statement: str
    party: Party


class OfferMade(_Event, frozen=True, kw_only=True):
    """Lies in `talks` or `joint`."""

    offer: str
    party: Party
    amount: Money | None
    terms: str
    in_answer_to: str | None


class OfferAnswered(_Event, frozen=True, kw_only=True):
    offer: str
    party: Party
    accepted: bool


class OfferWithdrawn(_Event, frozen=True, kw_only=True):
    offer: str


class DocumentOpened(_Event, frozen=True, kw_only=True):
    """The shared settlement document; a new epoch starts a new text."""

    document: str
    epoch: int


# ── caucus ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class CaucusOpened(_Event, frozen=True, kw_only=True):
    pass


class CaucusClosed(_Event, frozen=True, kw_only=True):
    pass


class PositionScribed(_Event, frozen=True, kw_only=True):
    """What the mediator wrote down for somebody who was talking; theirs alone until they say it is right."""

    scribed: str
    owner: ParticipantId
    issue: str | None
    text: str
    interest: str
    wants: str


class ScribedAnswered(_Event, frozen=True, kw_only=True):
    scribed: str
    confirmed: bool
    words: str


class SharingProposed(_Event, frozen=True, kw_only=True):
    """A text that might be carried out of this caucus. It moves only with the side's yes to exactly this text."""

    sharing: str
    form: SharingForm
    text: str


class SharingAllowed(_Event, frozen=True, kw_only=True):
    sharing: str
    condition: str


class SharingRefused(_Event, frozen=True, kw_only=True):
    """Refused, or allowed and revoked before it was posted."""

    sharing: str


class SharingPosted(_Event, frozen=True, kw_only=True):
    """The tie to what was posted, kept on this side of the wall alone."""

    sharing: str


Event = (
    CaseOpened
    | ParticipantJoined
    | ParticipantLeft
    | MediatorDisclosed
    | MediatorAccepted
    | MediatorRefused
    | MediatorAppointed
    | AgreementAccepted
    | MediationBegan
    | SessionOpened
    | SessionClosed
    | TierStepAsked
    | TierReached
    | MediationEnded
    | CaseClosed
    | RoomOpened
    | MemberAdmitted
    | MemberLeft
    | MessagePosted
    | MessageStruck
    | StageSet
    | Paused
    | Resumed
    | AuthorityDeclared
    | IssuePut
    | IssueReworded
    | IssueEndorsed
    | IssueWithdrawn
    | PositionStated
    | PositionRevised
    | PositionWithdrawn
    | PositionReflected
    | ReflectionAnswered
    | StatementProposed
    | StatementReworded
    | StatementWithdrawn
    | AssentGiven
    | AssentTakenBack
    | OfferMade
    | OfferAnswered
    | OfferWithdrawn
    | DocumentOpened
    | CaucusOpened
    | CaucusClosed
    | PositionScribed
    | ScribedAnswered
    | SharingProposed
    | SharingAllowed
    | SharingRefused
    | SharingPosted
)

Decision = list[tuple[str, Event]]
"""What a command leads to: each event with the room it lies in, in the order they are to be written."""

KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


# Whose act these are is nobody's business: an ending does not say who left, a beginning not who came last.
_BY_NOBODY = (MediationEnded, MediationBegan, MediatorAppointed)


def actor_of(event: Event, by: ParticipantId) -> str:
    """The author that an event's entry bears: whoever gave the command, or "system"."""
    return "system" if isinstance(event, _BY_NOBODY) else by


def kind_of(event: Event) -> str:
    """The name an event bears in the record."""
    return type(event).__name__


def body_of(event: Event) -> dict[str, Any]:
    """The entry body of an event: strings, integers, lists, nulls and objects alone."""
    body: dict[str, Any] = msgspec.to_builtins(event)
    return body


def read_event(kind: str, body: dict[str, Any]) -> Event:
    """The event an entry tells of. Raises KeyError for an unknown kind, msgspec.ValidationError for a wrong body."""
    return msgspec.convert(body, KINDS[kind])
