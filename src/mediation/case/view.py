"""The one door to reads: what a viewer sees of a case, computed from the rooms they are in and nothing else.

Shapes only; `view_for` in `mediation.case.show` fills them. Times are RFC 3339 in UTC; ids 32 hex digits.
`can` lists what the viewer may do with a thing now, in the names of the commands.
"""

from datetime import date, datetime
from typing import Any, Literal

from msgspec import Struct

from mediation.case.clocks import Still, TermName
from mediation.case.events import ReferralText
from mediation.case.policy import Expiry
from mediation.case.referral_rules import Binds
from mediation.case.terms import (
    Capacity,
    Category,
    DraftingMode,
    FileOrigin,
    HoldGround,
    IdentifiedBy,
    LimitMeaning,
    MeetingState,
    Money,
    OfferState,
    Outcome,
    PackField,
    Party,
    PrintedPaper,
    Process,
    ProposalState,
    ReferralKind,
    ReferralProvider,
    Role,
    SharingForm,
    SharingState,
    Stage,
    StatementKind,
    SuggestedChange,
    SuggestionState,
    Tier,
)


class Me(Struct, frozen=True, kw_only=True):
    participant: str
    name: str
    role: Role
    party: Party | None
    may_agree: bool
    """Whether this person can agree for their side today."""


class NowNext(Struct, frozen=True, kw_only=True):
    """The line on top: codes that the screen puts into words. `yours` says the next step is the viewer's own."""

    now: str
    next: str
    yours: bool
    by: date | None = None
    """The last day for an answer that the viewer's side owes or waits for."""
    owed_by: Party | None = None
    """Whose answer that is."""
    until: date | None = None
    """The last day of this step of the ladder."""


class PartyView(Struct, frozen=True, kw_only=True):
    party: Party
    name: str
    place: str
    capacity: str
    can_agree: list[str] | None = None
    """Who can agree for this side today, once the side has said so."""
    to_call: str = ""


class PersonView(Struct, frozen=True, kw_only=True):
    participant: str
    name: str
    role: Role
    party: Party | None
    title: str
    joined_at: datetime
    accepted_agreement: bool
    can: list[str]
    """What the viewer may do about this person: remove them, keep them from writing at the table, or let them again."""


class MediatorView(Struct, frozen=True, kw_only=True):
    participant: str
    name: str
    disclosure: str | None
    disclosure_sha256: str | None
    """What `AcceptMediator` names, so that nobody accepts what they did not read."""
    accepted_by: list[Party]
    appointed_at: datetime | None
    earlier_cases: int | None
    """Earlier cases on this portal in which they sat with this business; None when it cannot be known."""


class AgreementView(Struct, frozen=True, kw_only=True):
    text: str
    sha256: str
    accepted_by: list[str]


class SessionView(Struct, frozen=True, kw_only=True):
    session: str
    opened_at: datetime
    closed_at: datetime | None
    attended: list[str]


class ResponsibleView(Struct, frozen=True, kw_only=True):
    name: str
    title: str


class TermView(Struct, frozen=True, kw_only=True):
    """A time that runs: for whom, until when, why it stands still, and what follows when it is over.

    It ends with `last_day`, at `over_at`, both missing while it stands still; `longer` holds the working days that each
    side asks for beyond it.
    """

    term: TermName
    owed_by: Party
    since: datetime
    days: int
    over_at: datetime | None
    last_day: date | None
    still: list[Still]
    then: Expiry
    then_tier: Tier | None
    longer: dict[Party, int]
    can: list[str]


class CalendarView(Struct, frozen=True, kw_only=True):
    """Whose holidays do not count, and in which zone a day ends."""

    name: str
    zone: str


class StandstillView(Struct, frozen=True, kw_only=True):
    """Until when both agree that legal time limits stand still, and until when each side offers it."""

    text: str
    text_sha256: str
    until: date | None
    agreed_at: datetime | None
    offered: dict[Party, date]


class SlotView(Struct, frozen=True, kw_only=True):
    """A time at which one could meet, and the sides that it suits, as far as they have said."""

    starts_at: datetime
    ends_at: datetime
    suits: list[Party]


class MeetingProposalView(Struct, frozen=True, kw_only=True):
    """Times proposed for a meeting. `moves` is the meeting that would be moved, `answered_by` who has answered."""

    proposal: str
    room: str
    moves: str | None
    by: str
    party: Party | None
    at: datetime
    slots: list[SlotView]
    zone: str
    where: str
    answered_by: list[Party]
    state: ProposalState
    can: list[str]


class AttendanceView(Struct, frozen=True, kw_only=True):
    """Who came, as the mediator ("mediator") or a side of its own people says."""

    said_by: str
    people: list[str]


class MeetingView(Struct, frozen=True, kw_only=True):
    """A meeting of a step. `where` is empty for whoever does not read the room in which it was arranged."""

    meeting: str
    tier: Tier
    starts_at: datetime
    ends_at: datetime
    zone: str
    where: str
    state: MeetingState
    attended: list[AttendanceView]
    can: list[str]


class RungView(Struct, frozen=True, kw_only=True):
    """A step of the ladder. `asked_by` are the sides that have asked to go there; `days` its time in working days.

    `people` act there, in the order in which they stand in for each other; with `empty` it is passed over.
    """

    tier: Tier
    state: Literal["done", "here", "ahead", "skipped"]
    reached_at: datetime | None
    days: int | None
    people: list[ResponsibleView]
    empty: bool
    asked_by: list[Party]
    takes_both: bool
    can: list[str]


class RoomView(Struct, frozen=True, kw_only=True):
    room: str
    members: list[str]
    can_post: bool
    can: list[str]
    """What the viewer may do with this room itself: begin or end a private session in it, ask to share out of it."""
    opened_at: datetime | None = None
    """Of a caucus: since when the private session runs."""
    name: str = ""
    """Of a room that the mediator put together."""
    closed: bool = False
    erase_at: datetime | None = None
    """Once the mediation has ended, and nothing holds it up: when what was said here is erased."""
    erased: bool = False
    kept_until: datetime | None = None
    """Of one's own side's room: until when the side keeps it."""


class FileView(Struct, frozen=True, kw_only=True):
    """A file in a room. `size` in bytes."""

    file: str
    room: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: FileOrigin
    by: str
    at: datetime
    can: list[str]


class HoldView(Struct, frozen=True, kw_only=True):
    """Whether anything may be erased: who asked for a hold ("business", "client", "mediator"), and on what it rests."""

    asked_by: list[str]
    asked_by_me: bool
    ground: HoldGround | None
    reference: str
    placed_at: datetime | None


class IssueView(Struct, frozen=True, kw_only=True):
    issue: str
    number: int
    text: str
    endorsed_by: list[Party]
    can: list[str]


class ReflectionView(Struct, frozen=True, kw_only=True):
    reflection: str
    text: str
    at: datetime
    heard: bool | None
    correction: str
    can: list[str]


class PositionView(Struct, frozen=True, kw_only=True):
    position: str
    party: Party
    owner: str
    at: datetime
    issue: str | None
    text: str
    interest: str
    wants: str
    scribed: bool
    revised: bool
    reflection: ReflectionView | None
    can: list[str]


class StatementView(Struct, frozen=True, kw_only=True):
    statement: str
    kind: StatementKind
    text: str
    text_hash: str
    issue: str | None
    by: str
    at: datetime
    assents: list[Party]
    common: bool
    """Both sides agree to this wording."""
    lapsed: bool
    can: list[str]


class OfferView(Struct, frozen=True, kw_only=True):
    offer: str
    room: str
    party: Party
    by: str
    at: datetime
    amount: Money | None
    terms: str
    in_answer_to: str | None
    state: OfferState
    can: list[str]


class ScribedView(Struct, frozen=True, kw_only=True):
    scribed: str
    room: str
    owner: str
    at: datetime
    issue: str | None
    text: str
    interest: str
    wants: str
    confirmed: bool | None
    words: str
    can: list[str]


class SharingView(Struct, frozen=True, kw_only=True):
    sharing: str
    room: str
    form: SharingForm
    text: str
    by: str
    at: datetime
    state: SharingState
    condition: str
    can: list[str]


class DocumentView(Struct, frozen=True, kw_only=True):
    kind: str
    name: str
    epoch: int
    can_edit: bool
    frozen: bool


class OwnDraftView(Struct, frozen=True, kw_only=True):
    """The draft of the viewer's own side, which nobody else learns of. `not_read_by` came after it was begun."""

    name: str
    room: str
    by: str
    at: datetime
    can_edit: bool
    not_read_by: list[str]


class LimitView(Struct, frozen=True, kw_only=True):
    """How far those who speak for the viewer's own side may go, which nobody else learns of.

    It stops nobody: the screen warns whoever goes beyond it. `not_read_by` came after it was settled.
    """

    limit: str
    room: str
    meaning: LimitMeaning
    amount: Money | None
    terms: str
    until: datetime | None
    by: str
    at: datetime
    not_read_by: list[str]
    can: list[str]


class SuggestionView(Struct, frozen=True, kw_only=True):
    suggestion: str
    change: SuggestedChange
    clause: str
    base_hash: str | None
    after: str | None
    node: dict[str, Any] | None
    why: str
    by: str
    at: datetime
    state: SuggestionState
    can: list[str]


class ClauseAssentView(Struct, frozen=True, kw_only=True):
    """What each side agreed to about a clause, by the hash of its wording; another wording needs another assent."""

    clause: str
    business: str | None
    client: str | None


class VersionView(Struct, frozen=True, kw_only=True):
    version: str
    document: str
    name: str
    text_hash: str
    by: str
    at: datetime


class DraftingView(Struct, frozen=True, kw_only=True):
    """Work on the text. `reading` is the clause that the mediator reads with everybody."""

    mode: DraftingMode
    language: str | None
    """The language (a BCP 47 tag) that prevails over every translation, once the mediator has said which."""
    suggestions: list[SuggestionView]
    assents: list[ClauseAssentView]
    lapsed: list[str]
    lapsed_with_language: list[str]
    """Those of `lapsed` that did not change themselves: another language prevails now."""
    reading: str | None
    proposed: str | None
    versions: list[VersionView]


class CommentView(Struct, frozen=True, kw_only=True):
    comment: str
    room: str
    document: str
    clause: str | None
    quote: str
    anchor: str
    text: str
    by: str
    at: datetime
    in_answer_to: str | None
    mentions: list[str]
    resolved: bool
    can: list[str]


class SignatureView(Struct, frozen=True, kw_only=True):
    party: Party
    participant: str
    name: str
    capacity: Capacity
    place: str
    authority: str
    identified_by: IdentifiedBy
    at: datetime


class PrintedView(Struct, frozen=True, kw_only=True):
    """A paper that can be carried away, and the hash of its bytes."""

    paper: PrintedPaper
    language: str
    sha256: str
    size: int
    at: datetime


class SigningView(Struct, frozen=True, kw_only=True):
    """A frozen text: from when the viewer may sign, who has signed, and when it binds."""

    document: str
    text_hash: str
    partial: bool
    frozen_at: datetime
    sign_from: datetime
    days_to_withdraw: int
    waived: bool
    signatures: list[SignatureView]
    effective_from: datetime | None
    effective_at: datetime | None
    language: str | None
    """The language that prevails over every translation, if one was named."""


# ── referral elsewhere ──────────────────────────────────────────────────────────────────────────────────────────────


class GapView(Struct, frozen=True, kw_only=True):
    """Something that an institution asks for and nobody has said yet; `party` is whose it is to say, if one side's."""

    field: PackField
    party: Party | None


class ContactView(Struct, frozen=True, kw_only=True):
    party: Party
    contact: str


class ReferralAnswerView(Struct, frozen=True, kw_only=True):
    """`stands` says that it was given to the terms as they read now."""

    party: Party
    agreed: bool
    at: datetime
    stands: bool


class ExhibitView(Struct, frozen=True, kw_only=True):
    """A file that goes out with a pack; it can be saved like any other file, under `exhibit` as its id."""

    exhibit: str
    number: int
    party: Party
    name: str
    media_type: str
    size: int
    sha256: str
    at: datetime
    can: list[str]


class ReferralOutcomeView(Struct, frozen=True, kw_only=True):
    party: Party
    at: datetime
    day: str
    text: str


class ReferralView(Struct, frozen=True, kw_only=True):
    """A referral: what goes out, who agrees to its terms, what is missing, and what came back.

    `terms_sha256` is what an assent names, `pack_sha256` what sending names; `choosable` are files that the viewer's
    side may have go out.
    """

    referral: str
    party: Party
    by: str
    at: datetime
    state: Literal["open", "sent", "withdrawn"]
    text: ReferralText
    terms_sha256: str
    answers: list[ReferralAnswerView]
    gaps: list[GapView]
    pack_sha256: str
    exhibits: list[ExhibitView]
    choosable: list[str]
    sent_at: datetime | None
    sent_by: Party | None
    outcomes: list[ReferralOutcomeView]
    can: list[str]


class ProceedingsView(Struct, frozen=True, kw_only=True):
    """Something that can be proposed: a kind of proceedings, whose rules (by name, without a year), what they ask."""

    kind: ReferralKind
    binds: Binds
    provider: ReferralProvider
    name: str
    rules: str
    asks: list[PackField]


class ReferralsView(Struct, frozen=True, kw_only=True):
    referrals: list[ReferralView]
    contacts: list[ContactView]
    proceedings: list[ProceedingsView]
    """For whoever may propose one now."""


class EndingView(Struct, frozen=True, kw_only=True):
    outcome: Outcome
    at: datetime


class SpokenView(Struct, frozen=True, kw_only=True):
    """For the mediator alone: how many messages somebody has in the joint room."""

    participant: str
    messages: int


class CaseView(Struct, frozen=True, kw_only=True):
    case: str
    title: str
    category: Category
    account: str
    amount: Money | None
    since: str
    wish: str
    answer_by: date | None
    """Of a dispute that came by the business's page: the last day of its time for an answer, while it owes one."""
    opened_at: datetime
    host: str
    host_is_party: bool
    fees: str
    me: Me
    process: Process
    line: NowNext
    stage: Stage | None
    paused: bool
    parties: list[PartyView]
    people: list[PersonView]
    mediator: MediatorView | None
    agreement: AgreementView
    began_at: datetime | None
    sessions: list[SessionView]
    meetings: list[MeetingView]
    meeting_proposals: list[MeetingProposalView]
    tier: Tier
    ladder: list[RungView]
    terms: list[TermView]
    silent: list[Party]
    """The sides whose silence the record tells of, and that have not answered since."""
    resting: bool
    calendar: CalendarView | None
    """By which days the times count."""
    standstill: StandstillView
    rooms: list[RoomView]
    files: list[FileView]
    muted: list[str]
    issues: list[IssueView]
    positions: list[PositionView]
    statements: list[StatementView]
    offers: list[OfferView]
    scribed: list[ScribedView]
    sharings: list[SharingView]
    documents: list[DocumentView]
    own_draft: OwnDraftView | None
    limit: LimitView | None
    drafting: DraftingView | None
    comments: list[CommentView]
    signing: SigningView | None
    printed: list[PrintedView]
    spoken: list[SpokenView]
    referral: ReferralsView | None
    ending: EndingView | None
    closed_at: datetime | None
    hold: HoldView
    allowed_actions: list[str]
    """Commands that the viewer may give now without picking a thing first."""
