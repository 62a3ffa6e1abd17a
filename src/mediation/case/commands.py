"""What people may ask of a case: one command each, with every field typed and bounded.

Each command carries `command_id`, made by the client: the same again has one effect. `COLLECTIONS` names the resource
that a command creates on the wire (`POST /api/cases/{case}/<collection>`).
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from mediation.case.terms import (
    PRINTABLE,
    Capacity,
    Category,
    Day,
    DraftBeginning,
    DraftingMode,
    FileOrigin,
    Hex32,
    IdentifiedBy,
    LimitMeaning,
    Line,
    Money,
    Notes,
    OptionalLine,
    Outcome,
    Party,
    Prose,
    ReferralKind,
    ReferralProvider,
    Role,
    Room,
    Seq,
    Sha256,
    SharingForm,
    Stage,
    StatementKind,
    SuggestedChange,
    Tier,
)

People = Annotated[tuple[Hex32, ...], Meta(max_length=50)]
DocumentName = Annotated[str, Meta(pattern="^settlement\\.[1-9][0-9]{0,8}$(?!\\n)", max_length=30)]
Mentioned = Annotated[tuple[Hex32, ...], Meta(max_length=8)]
Moment = Annotated[datetime, Meta(tz=True)]
ZoneName = Annotated[
    str, Meta(min_length=1, max_length=64, pattern="^[A-Za-z0-9_+/-]+$(?!\\n)", description="IANA time zone")
]
SlotNumber = Annotated[int, Meta(ge=0, le=4)]
OptionalWords = Annotated[str, Meta(max_length=4000, pattern=PRINTABLE)]


class _Command(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    command_id: Hex32


# ── opening and joining (not routed with the rest: they make a seat rather than use one) ───────────────────────────


class PartyDescription(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: Line
    place: OptionalLine = ""
    capacity: Capacity = "business"


class OpenCase(_Command, frozen=True, kw_only=True):
    """Open a dispute. Whoever opens it takes the first seat, as the mediator or as the business's handler."""

    title: Line
    category: Category
    account: Prose
    business: PartyDescription
    client: PartyDescription
    opener: Literal["handler", "mediator", "principal"]
    amount: Money | None = None
    ladder: Annotated[tuple[Tier, ...], Meta(min_length=1, max_length=5)] | None = None
    fees: OptionalWords = ""
    since: OptionalLine = ""
    wish: OptionalWords = ""


class JoinCase(Struct, frozen=True, kw_only=True):
    """Take the seat that an invitation or an opening offers; made by the server, never sent by a client."""

    name: Line
    role: Role
    party: Party | None
    title: str = ""
    earlier_cases: int | None = None


# ── process ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Disclose(_Command, frozen=True, kw_only=True):
    """The mediator declares ties to either side, or that there are none."""

    text: Prose


class DescribeParty(_Command, frozen=True, kw_only=True):
    """Say where one's own side is, and whether it acts as a business or as a consumer, who has more time to think."""

    place: OptionalLine = ""
    capacity: Capacity


class AcceptMediator(_Command, frozen=True, kw_only=True):
    """`disclosure_sha256` names who the mediator is and what they disclosed, as it was shown."""

    disclosure_sha256: Sha256 | None = None


class RefuseMediator(_Command, frozen=True, kw_only=True):
    """No reason is asked."""


class AcceptAgreement(_Command, frozen=True, kw_only=True):
    """`sha256` is that of the agreement's text as it was shown."""

    sha256: Sha256


class OpenSession(_Command, frozen=True, kw_only=True):
    pass


class CloseSession(_Command, frozen=True, kw_only=True):
    attended: People


class SetStage(_Command, frozen=True, kw_only=True):
    stage: Stage


class Pause(_Command, frozen=True, kw_only=True):
    pass


class Resume(_Command, frozen=True, kw_only=True):
    pass


class StepTier(_Command, frozen=True, kw_only=True):
    """Up: at once, by either side. Down, or on to a referral: once both sides have asked.

    `tried` is what was tried so far, in one's own words: said in the room where the sides talk, and in no paper.
    """

    to: Tier
    tried: OptionalWords = ""


class AskForAnswer(_Command, frozen=True, kw_only=True):
    """Ask the other side for an answer: from now on its time for one runs, and everybody sees until when."""


class ExtendTerm(_Command, frozen=True, kw_only=True):
    """Ask that a term be longer by so many working days. Once both sides ask for the same, it is."""

    term: Literal["answer", "resolve"]
    owed_by: Party
    days: Annotated[int, Meta(ge=1, le=60)]


class AgreeStandstill(_Command, frozen=True, kw_only=True):
    """Offer that legal time limits stand still until the end of a day, or agree to it: the same day, the same text."""

    until: date
    text_sha256: Sha256


class DeclareAuthority(_Command, frozen=True, kw_only=True):
    can_agree: People
    to_call: OptionalWords = ""


class Leave(_Command, frozen=True, kw_only=True):
    """Leave the mediation. The reason is optional and for the mediator alone."""

    reason: OptionalWords = ""


class EndMediation(_Command, frozen=True, kw_only=True):
    """By the mediator; where nobody mediates, by a side once a referral has gone out, and then as referred alone."""

    outcome: Outcome


class CloseCase(_Command, frozen=True, kw_only=True):
    pass


# ── meetings of a step ──────────────────────────────────────────────────────────────────────────────────────────────


class MeetingSlot(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A time at which one could meet: from 15 minutes to 12 hours long, within a year."""

    starts_at: Moment
    ends_at: Moment


class ProposeMeeting(_Command, frozen=True, kw_only=True):
    """Propose one to five times for a meeting. `zone` is the IANA name of the proposer's time zone.

    `where` is a place, or the address of a call, for those in this room alone. `moves` is a meeting that is set, which
    keeps its time until both sides agree on another.
    """

    room: Literal["talks", "joint"] = "joint"
    slots: Annotated[tuple[MeetingSlot, ...], Meta(min_length=1, max_length=5)]
    zone: ZoneName
    where: OptionalLine = ""
    moves: Hex32 | None = None


class AnswerMeeting(_Command, frozen=True, kw_only=True):
    """Say which of the proposed times suit one's own side, by their place counted from 0; none is an answer, too."""

    room: Literal["talks", "joint"] = "joint"
    proposal: Hex32
    suits: Annotated[tuple[SlotNumber, ...], Meta(max_length=5)]


class SetMeeting(_Command, frozen=True, kw_only=True):
    """Settle on one of the times that suit both sides. The date, and nothing else, becomes a paper."""

    room: Literal["talks", "joint"] = "joint"
    proposal: Hex32
    slot: SlotNumber


class WithdrawMeeting(_Command, frozen=True, kw_only=True):
    """Take back times that one's own side proposed, as long as none is settled on."""

    room: Literal["talks", "joint"] = "joint"
    proposal: Hex32


class CancelMeeting(_Command, frozen=True, kw_only=True):
    """Call a meeting off. Nobody is asked for a reason, and the papers do not say who did."""

    meeting: Hex32


class NoteAttendance(_Command, frozen=True, kw_only=True):
    """Say who came: the mediator of everybody; where there was none, each side of its own people."""

    meeting: Hex32
    attended: Annotated[tuple[Hex32, ...], Meta(min_length=1, max_length=50)]


# ── people: who is heard, who has to go, what went too far ─────────────────────────────────────────────────────────


class RemoveParticipant(_Command, frozen=True, kw_only=True):
    """Of one's own side, whoever does not speak for it; by the mediator, anybody who does not."""

    participant: Hex32


class Mute(_Command, frozen=True, kw_only=True):
    """Somebody goes on reading the table and does not speak there; privately they do."""

    participant: Hex32


class Unmute(_Command, frozen=True, kw_only=True):
    participant: Hex32


class ReportAbuse(_Command, frozen=True, kw_only=True):
    """Tell the mediator, and nobody else, what went too far. `seq` is the message's number in its room."""

    room: Room
    seq: Seq | None = None
    text: Prose


# ── how long it is kept ─────────────────────────────────────────────────────────────────────────────────────────────


class KeepTeamRoom(_Command, frozen=True, kw_only=True):
    """Keep one's own side's room for so many days from now, in place of what was asked before.

    It is never kept for less than the portal promises everybody.
    """

    days: Annotated[int, Meta(ge=1, le=365)]


class OpenDraft(_Command, frozen=True, kw_only=True):
    """Begin a draft that one's own side alone reads and writes, in place of the one before it.

    Whoever is of the side now reads it; whoever comes later does not, until another is begun with what it says.
    """

    begun_with: DraftBeginning = "nothing"


class SetLimit(_Command, frozen=True, kw_only=True):
    """Settle with those who speak for one's own side how far they may go, and until when.

    Nobody else learns of it. It warns whoever goes beyond it, and stops nobody. In place of what was settled before.
    """

    meaning: LimitMeaning
    amount: Money | None = None
    terms: OptionalWords = ""
    until: Moment | None = None


class TakeBackLimit(_Command, frozen=True, kw_only=True):
    limit: Hex32


class AskHold(_Command, frozen=True, kw_only=True):
    """Ask that nothing be erased. It is so when both sides and the mediator have asked."""


class LiftHold(_Command, frozen=True, kw_only=True):
    """Take one's asking back, and with it a hold that rests on all of them."""


# ── conversation ────────────────────────────────────────────────────────────────────────────────────────────────────


class PostMessage(_Command, frozen=True, kw_only=True):
    """Say something in a room. `mentions` are people of that room whose attention it asks for: they get a mail."""

    room: Room
    text: Prose
    form: Literal["message", "apology"] = "message"
    mentions: Mentioned = ()


class StrikeMessage(_Command, frozen=True, kw_only=True):
    """Within ten seconds the message is taken back without a trace on the screen; later its place is kept."""

    room: Room
    seq: Seq


class AddFile(_Command, frozen=True, kw_only=True):
    """A file that has arrived whole; made by the server, never sent by a client."""

    room: Room
    name: Line
    media_type: str
    size: int
    sha256: Sha256
    origin: FileOrigin


class WithdrawFile(_Command, frozen=True, kw_only=True):
    """Take one's own file back: its bytes and its name are gone."""

    room: Room
    file: Hex32


# ── the table ───────────────────────────────────────────────────────────────────────────────────────────────────────


class PutIssue(_Command, frozen=True, kw_only=True):
    text: Line


class RewordIssue(_Command, frozen=True, kw_only=True):
    issue: Hex32
    text: Line


class EndorseIssue(_Command, frozen=True, kw_only=True):
    issue: Hex32


class WithdrawIssue(_Command, frozen=True, kw_only=True):
    issue: Hex32


class StatePosition(_Command, frozen=True, kw_only=True):
    issue: Hex32 | None = None
    text: Prose
    interest: OptionalWords = ""
    wants: OptionalWords = ""


class RevisePosition(_Command, frozen=True, kw_only=True):
    position: Hex32
    text: Prose
    interest: OptionalWords = ""
    wants: OptionalWords = ""


class WithdrawPosition(_Command, frozen=True, kw_only=True):
    position: Hex32


class ScribePosition(_Command, frozen=True, kw_only=True):
    """The mediator writes down what somebody says; it stays in that side's caucus until they confirm it."""

    owner: Hex32
    issue: Hex32 | None = None
    text: Prose
    interest: OptionalWords = ""
    wants: OptionalWords = ""


class AnswerScribed(_Command, frozen=True, kw_only=True):
    r"""\"That's it" posts it as the owner's own; "Not quite" tells the mediator why, in `words`."""

    room: Room
    scribed: Hex32
    confirmed: bool
    words: OptionalWords = ""


class ReflectPosition(_Command, frozen=True, kw_only=True):
    r"""\"What I hear is …", by the mediator."""

    position: Hex32
    text: Prose


class AnswerReflection(_Command, frozen=True, kw_only=True):
    reflection: Hex32
    heard: bool
    correction: OptionalWords = ""


class ProposeStatement(_Command, frozen=True, kw_only=True):
    kind: StatementKind
    text: Prose
    issue: Hex32 | None = None


class RewordStatement(_Command, frozen=True, kw_only=True):
    statement: Hex32
    text: Prose


class WithdrawStatement(_Command, frozen=True, kw_only=True):
    statement: Hex32


class GiveAssent(_Command, frozen=True, kw_only=True):
    """Agree to exactly the text whose hash is given."""

    statement: Hex32
    text_hash: Sha256


class TakeBackAssent(_Command, frozen=True, kw_only=True):
    statement: Hex32


class MakeOffer(_Command, frozen=True, kw_only=True):
    room: Literal["talks", "joint"] = "joint"
    amount: Money | None = None
    terms: OptionalWords = ""
    in_answer_to: Hex32 | None = None


class AnswerOffer(_Command, frozen=True, kw_only=True):
    room: Literal["talks", "joint"] = "joint"
    offer: Hex32
    accepted: bool


class WithdrawOffer(_Command, frozen=True, kw_only=True):
    room: Literal["talks", "joint"] = "joint"
    offer: Hex32


# ── the settlement's text ───────────────────────────────────────────────────────────────────────────────────────────


class SetDraftingMode(_Command, frozen=True, kw_only=True):
    """The mediator takes the pen, or hands it to everybody."""

    mode: DraftingMode


class SetTextLanguage(_Command, frozen=True, kw_only=True):
    """Say in which language the text is, which prevails over every translation. Whoever had agreed is asked again."""

    language: Annotated[str, Meta(min_length=2, max_length=35, pattern="^[A-Za-z0-9-]+$(?!\\n)", description="BCP 47")]


class Suggest(_Command, frozen=True, kw_only=True):
    """Another wording for a clause (`replace`), a clause more (`insert`) or less (`remove`), another place (`move`).

    `base_hash` is the text hash of the clause as its author read it; `after` the clause behind which it is to stand,
    null for the beginning; `node` the wording as ProseMirror JSON.
    """

    document: DocumentName
    change: SuggestedChange
    clause: Hex32
    base_hash: Sha256 | None = None
    after: Hex32 | None = None
    node: dict[str, Any] | None = None
    why: OptionalWords = ""


class AcceptSuggestion(_Command, frozen=True, kw_only=True):
    """Change the text as suggested; for whoever may write in it."""

    suggestion: Hex32


class RejectSuggestion(_Command, frozen=True, kw_only=True):
    suggestion: Hex32


class WithdrawSuggestion(_Command, frozen=True, kw_only=True):
    suggestion: Hex32


class PostComment(_Command, frozen=True, kw_only=True):
    """A remark on the text, for those in `room` alone. `anchor` is where it is, as the editor finds it again."""

    room: Room
    document: DocumentName
    clause: Hex32 | None = None
    quote: Annotated[str, Meta(max_length=500, pattern=PRINTABLE)] = ""
    anchor: Annotated[str, Meta(max_length=500, pattern="^[A-Za-z0-9+/=_.:-]*$")] = ""
    text: Prose
    in_answer_to: Hex32 | None = None
    mentions: Mentioned = ()


class ResolveComment(_Command, frozen=True, kw_only=True):
    room: Room
    comment: Hex32


class KeepVersion(_Command, frozen=True, kw_only=True):
    """Keep the text as it is now under a name."""

    name: Line


class RestoreVersion(_Command, frozen=True, kw_only=True):
    """Go on from an earlier version, in a new document; what was deleted since does not travel along."""

    version: Hex32


class ReadBack(_Command, frozen=True, kw_only=True):
    """The mediator reads a clause with everybody; null ends the reading."""

    clause: Hex32 | None = None


class ProposeText(_Command, frozen=True, kw_only=True):
    """Say that this is what lies on the table, and that it binds nobody."""

    text_hash: Sha256


class GiveClauseAssent(_Command, frozen=True, kw_only=True):
    """Agree to a clause, by the hash of its wording as it was read."""

    clause: Hex32
    text_hash: Sha256


class TakeBackClauseAssent(_Command, frozen=True, kw_only=True):
    clause: Hex32


# ── signing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


class Freeze(_Command, frozen=True, kw_only=True):
    """End the drafting: both sides agree to every clause. `partial` when part of the dispute stays open."""

    text_hash: Sha256
    partial: bool = False


class Reopen(_Command, frozen=True, kw_only=True):
    """Do not sign, and work on the text again. No reason is asked."""


class SignSettlement(_Command, frozen=True, kw_only=True):
    """Sign by name; made by the server once it knows who it is, never sent by a client."""

    text_hash: Sha256
    name: Line
    capacity: Capacity
    place: Line
    authority: OptionalLine = ""
    identified_by: IdentifiedBy


class TakeBackSignature(_Command, frozen=True, kw_only=True):
    """Within the time that a consumer has, or before the other side has signed. No reason is asked."""


class WaiveTimeToThink(_Command, frozen=True, kw_only=True):
    pass


# ── referral elsewhere ──────────────────────────────────────────────────────────────────────────────────────────────


class Proposal(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What goes to an institution, written afresh for it. Both sides and the institution read every word of it."""

    kind: ReferralKind
    provider: ReferralProvider = "generic"
    institution: OptionalLine = ""
    rules: OptionalLine = ""
    seat: OptionalLine = ""
    language: OptionalLine = ""
    cost: Notes = ""
    court_stays_open: bool
    binding: bool
    relied_on: Notes = ""
    description: Notes = ""
    claim: Notes = ""
    value: Money | None = None
    relief: Notes = ""
    procedure: Notes = ""


class ProposeReferral(_Command, frozen=True, kw_only=True):
    """Propose to have somebody else decide, or help; possible once both sides have taken the step to it."""

    proposal: Proposal


class RewordReferral(_Command, frozen=True, kw_only=True):
    """Put another wording in place of one's own. Where the terms differ, whoever had agreed is asked again."""

    referral: Hex32
    proposal: Proposal


class WithdrawReferral(_Command, frozen=True, kw_only=True):
    referral: Hex32


class AgreeToReferral(_Command, frozen=True, kw_only=True):
    """Agree, now that there is a dispute, to exactly the terms whose hash is given."""

    referral: Hex32
    terms_sha256: Sha256


class RefuseReferral(_Command, frozen=True, kw_only=True):
    """Say no, or take a yes back. No reason is asked, and nothing follows from it."""

    referral: Hex32


class GiveContact(_Command, frozen=True, kw_only=True):
    """Say where one's own side, and whoever represents it, can be reached by an institution; empty takes it back."""

    contact: Annotated[str, Meta(max_length=1000, pattern=PRINTABLE)]


class ChooseExhibit(_Command, frozen=True, kw_only=True):
    """A file is to go out under this name; made by the server once it has its own copy, never sent by a client."""

    referral: Hex32
    room: Literal["talks", "joint"]
    file: Hex32
    name: Line


class TakeBackExhibit(_Command, frozen=True, kw_only=True):
    """Take one's own side's exhibit back: its bytes are gone, that it was chosen stays a paper."""

    referral: Hex32
    exhibit: Hex32


class SendReferral(_Command, frozen=True, kw_only=True):
    """Send the pack whose hash is given to all sides at once; it stays as it is from then on."""

    referral: Hex32
    pack_sha256: Sha256


class RecordReferralOutcome(_Command, frozen=True, kw_only=True):
    """Write down what came back, and when."""

    referral: Hex32
    day: Day
    text: Annotated[str, Meta(min_length=1, max_length=1000, pattern=PRINTABLE)]


# ── caucus ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class OpenCaucus(_Command, frozen=True, kw_only=True):
    """Begin a private session with one side; `announcement` is what the joint room is told, if anything."""

    party: Party
    announcement: OptionalWords = ""


class CloseCaucus(_Command, frozen=True, kw_only=True):
    party: Party
    announcement: OptionalWords = ""


class OpenRoom(_Command, frozen=True, kw_only=True):
    """The mediator puts people together in a private room of its own, such as the two principals or both counsel."""

    members: Annotated[tuple[Hex32, ...], Meta(min_length=1, max_length=50)]
    name: Line


class CloseRoom(_Command, frozen=True, kw_only=True):
    room: Room


class ProposeSharing(_Command, frozen=True, kw_only=True):
    """Put a text to the side that might be carried to the table; the side's own words are allowed as they are said."""

    room: Room
    form: SharingForm
    text: Prose


class AllowSharing(_Command, frozen=True, kw_only=True):
    room: Room
    sharing: Hex32
    condition: OptionalWords = ""


class RefuseSharing(_Command, frozen=True, kw_only=True):
    """Say no, or take a yes back while it has not been posted. Nobody else learns of it."""

    room: Room
    sharing: Hex32


class PostShared(_Command, frozen=True, kw_only=True):
    """The mediator carries an allowed text to the table, as a new entry without any tie back."""

    room: Room
    sharing: Hex32


Command = (
    DescribeParty
    | Disclose
    | AcceptMediator
    | RefuseMediator
    | AcceptAgreement
    | OpenSession
    | CloseSession
    | SetStage
    | Pause
    | Resume
    | StepTier
    | AskForAnswer
    | ExtendTerm
    | AgreeStandstill
    | DeclareAuthority
    | ProposeMeeting
    | AnswerMeeting
    | SetMeeting
    | WithdrawMeeting
    | CancelMeeting
    | NoteAttendance
    | Leave
    | EndMediation
    | CloseCase
    | RemoveParticipant
    | Mute
    | Unmute
    | ReportAbuse
    | KeepTeamRoom
    | OpenDraft
    | SetLimit
    | TakeBackLimit
    | AskHold
    | LiftHold
    | PostMessage
    | StrikeMessage
    | AddFile
    | WithdrawFile
    | PutIssue
    | RewordIssue
    | EndorseIssue
    | WithdrawIssue
    | StatePosition
    | RevisePosition
    | WithdrawPosition
    | ScribePosition
    | AnswerScribed
    | ReflectPosition
    | AnswerReflection
    | ProposeStatement
    | RewordStatement
    | WithdrawStatement
    | GiveAssent
    | TakeBackAssent
    | MakeOffer
    | AnswerOffer
    | WithdrawOffer
    | SetDraftingMode
    | SetTextLanguage
    | Suggest
    | AcceptSuggestion
    | RejectSuggestion
    | WithdrawSuggestion
    | PostComment
    | ResolveComment
    | KeepVersion
    | RestoreVersion
    | ReadBack
    | ProposeText
    | GiveClauseAssent
    | TakeBackClauseAssent
    | Freeze
    | Reopen
    | SignSettlement
    | TakeBackSignature
    | WaiveTimeToThink
    | ProposeReferral
    | RewordReferral
    | WithdrawReferral
    | AgreeToReferral
    | RefuseReferral
    | GiveContact
    | ChooseExhibit
    | TakeBackExhibit
    | SendReferral
    | RecordReferralOutcome
    | OpenCaucus
    | CloseCaucus
    | OpenRoom
    | CloseRoom
    | ProposeSharing
    | AllowSharing
    | RefuseSharing
    | PostShared
)

COLLECTIONS: dict[type[Command], str] = {
    DescribeParty: "party-descriptions",
    Disclose: "disclosures",
    AcceptMediator: "mediator-acceptances",
    RefuseMediator: "mediator-refusals",
    AcceptAgreement: "agreement-acceptances",
    OpenSession: "sessions",
    CloseSession: "session-closings",
    SetStage: "stages",
    Pause: "pauses",
    Resume: "resumptions",
    StepTier: "tier-steps",
    AskForAnswer: "answer-requests",
    ExtendTerm: "extensions",
    AgreeStandstill: "standstills",
    DeclareAuthority: "authority-declarations",
    ProposeMeeting: "meeting-proposals",
    AnswerMeeting: "meeting-answers",
    SetMeeting: "meetings",
    WithdrawMeeting: "meeting-withdrawals",
    CancelMeeting: "meeting-cancellations",
    NoteAttendance: "attendances",
    Leave: "departures",
    EndMediation: "endings",
    CloseCase: "closings",
    RemoveParticipant: "removals",
    Mute: "mutes",
    Unmute: "unmutes",
    ReportAbuse: "abuse-reports",
    KeepTeamRoom: "team-keepings",
    OpenDraft: "private-drafts",
    SetLimit: "limits",
    TakeBackLimit: "limit-withdrawals",
    AskHold: "hold-requests",
    LiftHold: "hold-liftings",
    PostMessage: "messages",
    StrikeMessage: "message-strikes",
    WithdrawFile: "file-withdrawals",
    PutIssue: "issues",
    RewordIssue: "issue-wordings",
    EndorseIssue: "issue-endorsements",
    WithdrawIssue: "issue-withdrawals",
    StatePosition: "positions",
    RevisePosition: "position-revisions",
    WithdrawPosition: "position-withdrawals",
    ScribePosition: "scribed-positions",
    AnswerScribed: "scribed-answers",
    ReflectPosition: "reflections",
    AnswerReflection: "reflection-answers",
    ProposeStatement: "statements",
    RewordStatement: "statement-wordings",
    WithdrawStatement: "statement-withdrawals",
    GiveAssent: "assents",
    TakeBackAssent: "assent-withdrawals",
    MakeOffer: "offers",
    AnswerOffer: "offer-answers",
    WithdrawOffer: "offer-withdrawals",
    SetDraftingMode: "drafting-modes",
    SetTextLanguage: "text-languages",
    Suggest: "suggestions",
    AcceptSuggestion: "suggestion-acceptances",
    RejectSuggestion: "suggestion-rejections",
    WithdrawSuggestion: "suggestion-withdrawals",
    PostComment: "comments",
    ResolveComment: "comment-resolutions",
    KeepVersion: "versions",
    RestoreVersion: "version-restorations",
    ReadBack: "readings",
    ProposeText: "text-proposals",
    GiveClauseAssent: "clause-assents",
    TakeBackClauseAssent: "clause-assent-withdrawals",
    Freeze: "freezings",
    Reopen: "reopenings",
    TakeBackSignature: "signature-withdrawals",
    WaiveTimeToThink: "time-waivers",
    ProposeReferral: "referrals",
    RewordReferral: "referral-wordings",
    WithdrawReferral: "referral-withdrawals",
    AgreeToReferral: "referral-assents",
    RefuseReferral: "referral-refusals",
    GiveContact: "contacts",
    TakeBackExhibit: "exhibit-withdrawals",
    SendReferral: "referral-sendings",
    RecordReferralOutcome: "referral-outcomes",
    OpenCaucus: "caucuses",
    CloseCaucus: "caucus-closings",
    OpenRoom: "private-rooms",
    CloseRoom: "private-room-closings",
    ProposeSharing: "sharings",
    AllowSharing: "sharing-permissions",
    RefuseSharing: "sharing-refusals",
    PostShared: "shared-posts",
}
