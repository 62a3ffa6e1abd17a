"""What happened: the event kinds of a case, each lying in exactly one room.

An event's class name is the entry's `kind` in the record, its fields the entry's `body`. Author and
time are the entry's.
"""

from datetime import date, datetime
from typing import Any, get_args

import msgspec
from msgspec import Struct

from mediation.case.clocks import TermName
from mediation.case.policy import Expiry, Policy
from mediation.case.terms import (
    Capacity,
    Category,
    DraftBeginning,
    DraftingMode,
    FileOrigin,
    HoldGround,
    IdentifiedBy,
    Kept,
    LimitMeaning,
    Money,
    Outcome,
    ParticipantId,
    Party,
    PrintedPaper,
    ReferralKind,
    ReferralProvider,
    Role,
    SharingForm,
    Stage,
    StatementKind,
    SuggestedChange,
    Tier,
    WhyLapsed,
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
    since: str = ""
    wish: str = ""
    by_page: bool = False
    """The client opened it on the business's own page, and the business was told so."""
    policy: Policy | None = None
    """The ladder with its times, as it was when the case was opened; cases of before there were any have none."""


class ParticipantJoined(_Event, frozen=True, kw_only=True):
    participant: ParticipantId
    name: str
    role: Role
    party: Party | None
    title: str = ""
    earlier_cases: int | None = None
    """Of a mediator: in how many earlier cases on this portal they sat with this business; None when nobody counts."""


class ParticipantLeft(_Event, frozen=True, kw_only=True):
    """An adviser or colleague left, or a mediator gave the office back; the case goes on.

    When the entry's author is somebody else, they were removed.
    """

    participant: ParticipantId


class PartyDescribed(_Event, frozen=True, kw_only=True):
    """A side says itself where it is and in which capacity it acts, whatever the one who opened the dispute wrote."""

    party: Party
    place: str
    capacity: Capacity


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


class TierSkipped(_Event, frozen=True, kw_only=True):
    """Nobody is responsible at this step, so the ladder goes on without it."""

    tier: Tier


class NoticeServed(_Event, frozen=True, kw_only=True):
    """The side `to` is asked for an answer, and its time for one begins. What about stays in the rooms."""

    to: Party


class NoticeAnswered(_Event, frozen=True, kw_only=True):
    """The side that was asked has spoken, in whichever room; not what it said."""

    party: Party


class Reminded(_Event, frozen=True, kw_only=True):
    """A term will be over in so many working days. It was due at `due_at`, later than which nothing was missed."""

    term: TermName
    party: Party
    days_left: int
    due_at: datetime


class TermExpired(_Event, frozen=True, kw_only=True):
    """A term was over at `due_at`. `then` is what follows by the policy that the case was opened with."""

    term: TermName
    party: Party
    due_at: datetime
    then: Expiry


class TermExtensionAsked(_Event, frozen=True, kw_only=True):
    """A side (`party`) asks that a term be so many working days longer; `owed_by` says whose term it is."""

    term: TermName
    owed_by: Party
    party: Party
    days: int


class TermExtended(_Event, frozen=True, kw_only=True):
    """Both sides agree that this term is so many working days longer."""

    term: TermName
    owed_by: Party
    days: int


class ClocksStopped(_Event, frozen=True, kw_only=True):
    """The table is paused, and with it every term."""


class ClocksStarted(_Event, frozen=True, kw_only=True):
    pass


class CaseRested(_Event, frozen=True, kw_only=True):
    """A consumer did not answer. Nothing is lost by it: either side wakes the case by going on."""


class CaseWoken(_Event, frozen=True, kw_only=True):
    pass


class StandstillAsked(_Event, frozen=True, kw_only=True):
    """A side offers that legal time limits stand still until the end of this day."""

    party: Party
    until: date


class StandstillAgreed(_Event, frozen=True, kw_only=True):
    """Both sides agree that legal time limits stand still until the end of this day, in these words."""

    until: date
    text: str


class MediationEnded(_Event, frozen=True, kw_only=True):
    """One dated ending of one kind. It never says who left or why."""

    outcome: Outcome


class SettlementFrozen(_Event, frozen=True, kw_only=True):
    """Both sides agree to every clause: nobody changes the text any more. Its hash, and none of its words."""

    document: str
    text_hash: str
    partial: bool
    sign_from: datetime
    """A consumer without a lawyer sleeps on it before signing."""
    days_to_withdraw: int
    """Working days in which that consumer may take the signature back."""
    language: str = ""
    """The language of the text, which prevails over every translation; empty where nobody has said so."""


class SettlementReopened(_Event, frozen=True, kw_only=True):
    """The text is worked on again. Nobody is asked for a reason, and it does not say who did not sign."""

    document: str


class SettlementSigned(_Event, frozen=True, kw_only=True):
    """Somebody signs for a side, by name. `authority` is what lets them, where they sign for somebody else."""

    party: Party
    document: str
    text_hash: str
    name: str
    capacity: Capacity
    place: str
    authority: str
    identified_by: IdentifiedBy


class SignatureTakenBack(_Event, frozen=True, kw_only=True):
    party: Party


class TimeToThinkWaived(_Event, frozen=True, kw_only=True):
    """The consumer does without the time they have, as only they may."""


class SettlementEffective(_Event, frozen=True, kw_only=True):
    """Signed by both sides, and the time to withdraw is over. `text` is the whole of it, as canonical JSON."""

    document: str
    text_hash: str
    text: dict[str, Any]
    partial: bool
    language: str = ""


class PaperPrinted(_Event, frozen=True, kw_only=True):
    """A paper was made of what the record holds; `sha256` is that of its bytes, `checkpoint` the one it prints."""

    paper: PrintedPaper
    language: str
    sha256: str
    size: int
    checkpoint: int


class CaseClosed(_Event, frozen=True, kw_only=True):
    pass


class OperatorAccess(_Event, frozen=True, kw_only=True):
    """Whoever runs the portal took this participant's bundle out of it."""

    what: str
    participant: ParticipantId | None = None


class HoldAsked(_Event, frozen=True, kw_only=True):
    """A holder of the privilege asks that nothing be erased: a side, or (`party` null) the mediator."""

    party: Party | None


class HoldPlaced(_Event, frozen=True, kw_only=True):
    """Nothing is erased from now on: all holders asked for it, or an order does (`reference` says which)."""

    ground: HoldGround
    reference: str = ""


class HoldLifted(_Event, frozen=True, kw_only=True):
    pass


class TalkErased(_Event, frozen=True, kw_only=True):
    """What was said there is gone. It says nothing about how much that was, nor whether a side keeps its own room."""

    what: Kept


# ── papers: referral elsewhere ──────────────────────────────────────────────────────────────────────────────────────


class ReferralText(Struct, frozen=True, kw_only=True):
    """What a side writes for an institution: all of it afresh, as a paper; nothing is taken from any talk.

    Both sides agree to the first nine fields, where it binds; the others are what one side asks of the institution.
    """

    kind: ReferralKind
    provider: ReferralProvider
    institution: str
    """Whom it goes to, by name."""
    rules: str
    seat: str
    language: str
    """Of the proceedings, in words."""
    cost: str
    court_stays_open: bool
    binding: bool
    relied_on: str
    description: str
    claim: str
    value: Money | None
    relief: str
    procedure: str


class ReferralProposed(_Event, frozen=True, kw_only=True):
    referral: str
    party: Party
    proposal: ReferralText


class ReferralReworded(_Event, frozen=True, kw_only=True):
    """What goes out reads differently now. Where the terms do, whoever had agreed is asked again."""

    referral: str
    proposal: ReferralText


class ReferralAnswered(_Event, frozen=True, kw_only=True):
    """A side agrees to exactly these terms, or does not. A no has no reason, and nothing follows from it."""

    referral: str
    party: Party
    agreed: bool
    terms_sha256: str


class ReferralWithdrawn(_Event, frozen=True, kw_only=True):
    referral: str


class ContactGiven(_Event, frozen=True, kw_only=True):
    """Where a side, and whoever represents it, can be reached by an institution, as that side says itself."""

    party: Party
    contact: str


class ExhibitChosen(_Event, frozen=True, kw_only=True):
    """A side chose a file to go out, under a name it gave for that. It says neither where the file was shown nor when.

    `exhibit` is a file of the papers by itself, with bytes of its own: nothing ties it to the one it was chosen from.
    """

    exhibit: str
    referral: str
    party: Party
    name: str
    media_type: str
    size: int
    sha256: str
    origin: FileOrigin = "existed-before"


class ExhibitTakenBack(_Event, frozen=True, kw_only=True):
    """It goes out no more, and its bytes are gone; that it was chosen stays a paper."""

    referral: str
    exhibit: str


class ReferralSent(_Event, frozen=True, kw_only=True):
    """The pack as it went out, to all sides at once; `sha256` is that of its canonical JSON."""

    referral: str
    party: Party
    pack: dict[str, Any]
    sha256: str


class ReferralOutcomeRecorded(_Event, frozen=True, kw_only=True):
    """What came back, and on which day (ISO 8601), as one side records it."""

    referral: str
    party: Party
    day: str
    text: str


# ── papers: meetings of a step, as dates and who came ───────────────────────────────────────────────────────────────


class MeetingSet(_Event, frozen=True, kw_only=True):
    """When those of a step meet. Where, and what was proposed before, stays in the room where it was arranged."""

    meeting: str
    tier: Tier
    starts_at: datetime
    ends_at: datetime
    zone: str
    """Of whoever proposed it, by its IANA name: by its clocks the meeting keeps its hour."""


class MeetingMoved(_Event, frozen=True, kw_only=True):
    """The same meeting at another time."""

    meeting: str
    tier: Tier
    starts_at: datetime
    ends_at: datetime
    zone: str


class MeetingCancelled(_Event, frozen=True, kw_only=True):
    meeting: str


class MeetingHeld(_Event, frozen=True, kw_only=True):
    """Who came, as the mediator says (`party` null), or else a side of its own people. It never says who stayed away.

    The newest of the same side, or of the mediator, stands in place of an earlier one.
    """

    meeting: str
    party: Party | None
    attended: tuple[ParticipantId, ...]


# ── membership of private rooms ─────────────────────────────────────────────────────────────────────────────────────


class RoomOpened(_Event, frozen=True, kw_only=True):
    """First entry of a private room; `name` is given to those that the mediator puts together."""

    members: tuple[ParticipantId, ...]
    name: str = ""


class RoomClosed(_Event, frozen=True, kw_only=True):
    """A room that the mediator put together takes no more words; its members go on reading it."""


class MemberAdmitted(_Event, frozen=True, kw_only=True):
    """Somebody joins a private room and reads from here on; `members` is everyone in it now, the newcomer included."""

    participant: ParticipantId
    members: tuple[ParticipantId, ...]


class MemberLeft(_Event, frozen=True, kw_only=True):
    participant: ParticipantId


class RoomKept(_Event, frozen=True, kw_only=True):
    """A side keeps its own room longer than the portal would. Nobody else learns of it."""

    until: datetime


class DraftOpened(_Event, frozen=True, kw_only=True):
    """A draft of this side's own, in place of the one before it. What is written in it is in no entry."""

    document: str
    begun_with: DraftBeginning


# ── limits of authority, in a side's own room ───────────────────────────────────────────────────────────────────────


class LimitSet(_Event, frozen=True, kw_only=True):
    """How far those who speak for this side may go, in place of what was settled before. It warns and never blocks."""

    limit: str
    meaning: LimitMeaning
    amount: Money | None
    terms: str
    until: datetime | None


class LimitTakenBack(_Event, frozen=True, kw_only=True):
    limit: str


# ── who is called to a step, in the room of the side whose step it is ───────────────────────────────────────────────


class ManagerCalled(_Event, frozen=True, kw_only=True):
    """The portal has asked somebody to come, as the policy says; `title` is theirs at work."""

    tier: Tier
    name: str
    title: str = ""


class NobodyToCall(_Event, frozen=True, kw_only=True):
    """Nobody whom the policy names for this step can be called: the side chooses somebody itself."""

    tier: Tier


# ── conversation, in every room but papers ──────────────────────────────────────────────────────────────────────────


class MessagePosted(_Event, frozen=True, kw_only=True):
    text: str
    form: str = "message"
    """message · announcement · apology · my-words · mediators-words · what-if (the last three come out of a caucus)."""
    on_behalf_of: Party | None = None
    mentions: tuple[ParticipantId, ...] = ()


class MessageStruck(_Event, frozen=True, kw_only=True):
    """The message at `seq` is gone; `taken_back` within ten seconds leaves no mark on the screen."""

    seq: int
    taken_back: bool


class FileAdded(_Event, frozen=True, kw_only=True):
    """A file in this room. Its bytes lie elsewhere; the entry holds their hash."""

    file: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: FileOrigin


class FileWithdrawn(_Event, frozen=True, kw_only=True):
    file: str


class CommentPosted(_Event, frozen=True, kw_only=True):
    """A remark on the settlement's text, for those in this room. `quote` is what it is about, as it read then."""

    comment: str
    document: str
    clause: str | None
    quote: str
    anchor: str
    text: str
    in_answer_to: str | None
    mentions: tuple[ParticipantId, ...] = ()


class CommentResolved(_Event, frozen=True, kw_only=True):
    comment: str


# ── meetings are arranged in direct talks, and at the table once there is one ───────────────────────────────────────


class Slot(Struct, frozen=True, kw_only=True):
    """A time at which one could meet."""

    starts_at: datetime
    ends_at: datetime


class MeetingProposed(_Event, frozen=True, kw_only=True):
    """Some times for a meeting of the step the case is at. `meeting` is this proposal, or the meeting it would move."""

    proposal: str
    meeting: str
    party: Party | None
    slots: tuple[Slot, ...]
    zone: str
    where: str


class MeetingAnswered(_Event, frozen=True, kw_only=True):
    """Which of the times suit a side, by their place in the proposal; in place of its earlier answer."""

    proposal: str
    party: Party
    suits: tuple[int, ...]


class MeetingChosen(_Event, frozen=True, kw_only=True):
    """One of the times that suit both sides was settled on; the papers say which."""

    proposal: str
    slot: int


class MeetingWithdrawn(_Event, frozen=True, kw_only=True):
    proposal: str


# ── joint ───────────────────────────────────────────────────────────────────────────────────────────────────────────


class StageSet(_Event, frozen=True, kw_only=True):
    stage: Stage


class Paused(_Event, frozen=True, kw_only=True):
    pass


class Resumed(_Event, frozen=True, kw_only=True):
    pass


class Muted(_Event, frozen=True, kw_only=True):
    """Somebody reads the table and does not speak there for now; everyone there sees it."""

    participant: ParticipantId


class Unmuted(_Event, frozen=True, kw_only=True):
    participant: ParticipantId


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
    """The shared settlement document; a new epoch starts a new text, with the wording of `version` if there is one."""

    document: str
    epoch: int
    version: str | None = None


class DraftingModeSet(_Event, frozen=True, kw_only=True):
    mode: DraftingMode


class TextLanguageSet(_Event, frozen=True, kw_only=True):
    """The text is in this language (a BCP 47 tag), and so it prevails over every translation."""

    language: str


class SuggestionMade(_Event, frozen=True, kw_only=True):
    """Another wording for a clause, a clause more or less, or another place for one; beside the text, never in it.

    `clause` is the one it is about (for `insert`: the new one's id), `base_hash` its wording as the author read it,
    `after` the clause it is to stand behind (None: at the beginning), `node` its wording as canonical JSON.
    """

    suggestion: str
    document: str
    change: SuggestedChange
    clause: str
    base_hash: str | None
    after: str | None
    node: dict[str, Any] | None
    why: str


class SuggestionAccepted(_Event, frozen=True, kw_only=True):
    """The text was changed in the same moment, as this suggests."""

    suggestion: str


class SuggestionRejected(_Event, frozen=True, kw_only=True):
    suggestion: str


class SuggestionWithdrawn(_Event, frozen=True, kw_only=True):
    suggestion: str


class ClauseAssentGiven(_Event, frozen=True, kw_only=True):
    """A side agrees to exactly this wording of a clause."""

    clause: str
    party: Party
    text_hash: str


class ClauseAssentTakenBack(_Event, frozen=True, kw_only=True):
    clause: str
    party: Party


class ClauseAssentLapsed(_Event, frozen=True, kw_only=True):
    """The clause reads differently now, or is gone, or another language prevails; whoever had agreed is asked again."""

    clause: str
    why: WhyLapsed = "wording"


class ClauseReadBack(_Event, frozen=True, kw_only=True):
    """The mediator reads this clause with everybody; None when the reading is over."""

    clause: str | None


class TextProposed(_Event, frozen=True, kw_only=True):
    """What is on the table at the end of a session, by the hash of its text. It binds nobody."""

    text_hash: str


class VersionKept(_Event, frozen=True, kw_only=True):
    """A wording of the whole text, kept under a name."""

    version: str
    document: str
    name: str
    text_hash: str


# ── caucus ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class CaucusOpened(_Event, frozen=True, kw_only=True):
    pass


class CaucusClosed(_Event, frozen=True, kw_only=True):
    pass


class AbuseReported(_Event, frozen=True, kw_only=True):
    """Told to the mediator alone: what went too far, and, if it is one, which message."""

    room: str
    seq: int | None
    text: str


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
    | PartyDescribed
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
    | TierSkipped
    | NoticeServed
    | NoticeAnswered
    | Reminded
    | TermExpired
    | TermExtensionAsked
    | TermExtended
    | ClocksStopped
    | ClocksStarted
    | CaseRested
    | CaseWoken
    | StandstillAsked
    | StandstillAgreed
    | MediationEnded
    | MeetingSet
    | MeetingMoved
    | MeetingCancelled
    | MeetingHeld
    | SettlementFrozen
    | SettlementReopened
    | SettlementSigned
    | SignatureTakenBack
    | TimeToThinkWaived
    | SettlementEffective
    | PaperPrinted
    | CaseClosed
    | OperatorAccess
    | HoldAsked
    | HoldPlaced
    | HoldLifted
    | TalkErased
    | ReferralProposed
    | ReferralReworded
    | ReferralAnswered
    | ReferralWithdrawn
    | ContactGiven
    | ExhibitChosen
    | ExhibitTakenBack
    | ReferralSent
    | ReferralOutcomeRecorded
    | RoomOpened
    | RoomClosed
    | RoomKept
    | DraftOpened
    | LimitSet
    | LimitTakenBack
    | ManagerCalled
    | NobodyToCall
    | MemberAdmitted
    | MemberLeft
    | MessagePosted
    | MessageStruck
    | FileAdded
    | FileWithdrawn
    | CommentPosted
    | CommentResolved
    | MeetingProposed
    | MeetingAnswered
    | MeetingChosen
    | MeetingWithdrawn
    | StageSet
    | Paused
    | Resumed
    | Muted
    | Unmuted
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
    | DraftingModeSet
    | TextLanguageSet
    | SuggestionMade
    | SuggestionAccepted
    | SuggestionRejected
    | SuggestionWithdrawn
    | ClauseAssentGiven
    | ClauseAssentTakenBack
    | ClauseAssentLapsed
    | ClauseReadBack
    | TextProposed
    | VersionKept
    | CaucusOpened
    | CaucusClosed
    | AbuseReported
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


# Whose act these are is nobody's business: an ending does not say who left, a beginning not who came last, and a
# meeting that was called off not by whom.
_BY_NOBODY = (
    *(MediationEnded, MediationBegan, MediatorAppointed, OperatorAccess, HoldPlaced, TalkErased),
    *(Reminded, TermExpired, TermExtended, CaseRested, ClocksStopped, ClocksStarted, TierSkipped, StandstillAgreed),
    *(SettlementFrozen, SettlementReopened, SettlementEffective, PaperPrinted),
    *(MeetingSet, MeetingMoved, MeetingCancelled),
)


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
