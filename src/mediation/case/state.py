"""What a reader knows of a case: one part for each room they are in, folded from that room's entries alone.

No part is computed from another, so what is said in one room can never change what is read in another.
"""

from datetime import date, datetime

from immutables import Map
from msgspec import Struct

from mediation.case.clocks import Clock, Still
from mediation.case.events import CaseOpened, Event, PartyFacts, ReferralText, Slot
from mediation.case.terms import (
    PARTIES,
    Capacity,
    DraftingMode,
    FileOrigin,
    HoldGround,
    IdentifiedBy,
    Kept,
    LimitMeaning,
    Money,
    OfferState,
    Outcome,
    ParticipantId,
    Party,
    PrintedPaper,
    ProposalState,
    Role,
    SharingForm,
    SharingState,
    Stage,
    StatementKind,
    SuggestedChange,
    SuggestionState,
    Tier,
)


class Told(Struct, frozen=True):
    """An event with the place, time and author its entry gives it."""

    room: str
    seq: int
    at: datetime
    actor: ParticipantId
    event: Event


class Person(Struct, frozen=True, kw_only=True):
    participant: ParticipantId
    name: str
    role: Role
    party: Party | None
    title: str
    joined_at: datetime
    left_at: datetime | None = None
    earlier_cases: int | None = None


class Session(Struct, frozen=True):
    session: str
    opened_at: datetime
    closed_at: datetime | None = None
    attended: tuple[ParticipantId, ...] = ()


class Meeting(Struct, frozen=True, kw_only=True):
    """A meeting of a step. `sequence` counts how often it was moved or called off, as calendars want to know."""

    meeting: str
    tier: Tier
    starts_at: datetime
    ends_at: datetime
    zone: str
    set_at: datetime
    sequence: int = 0
    cancelled_at: datetime | None = None
    attended: Map[Party | None, tuple[ParticipantId, ...]] = Map()
    """Who came, as the mediator (None) or a side says."""

    @property
    def came(self) -> tuple[ParticipantId, ...]:
        """Everybody of whom anybody says so, each once: in an order that is the same in every process."""
        said = (self.attended.get(by, ()) for by in (None, *PARTIES))
        return tuple(dict.fromkeys(who for people in said for who in people))


class Hold(Struct, frozen=True):
    """Whether anything may be erased. Of the holders, None stands for the mediator."""

    asked_by: frozenset[Party | None] = frozenset()
    ground: HoldGround | None = None
    reference: str = ""
    placed_at: datetime | None = None
    lifted_at: datetime | None = None


class Signature(Struct, frozen=True, kw_only=True):
    participant: ParticipantId
    at: datetime
    name: str
    capacity: Capacity
    place: str
    authority: str
    identified_by: IdentifiedBy


class Signing(Struct, frozen=True, kw_only=True):
    """A frozen text on its way to both signatures."""

    document: str
    text_hash: str
    partial: bool
    frozen_at: datetime
    sign_from: datetime
    days_to_withdraw: int
    signatures: Map[Party, Signature] = Map()
    waived: bool = False
    effective_at: datetime | None = None
    language: str = ""


class Printed(Struct, frozen=True, kw_only=True):
    paper: PrintedPaper
    language: str
    sha256: str
    size: int
    checkpoint: int
    at: datetime


class Standstill(Struct, frozen=True):
    """Whether legal time limits stand still: until when both have agreed, and until when each side has offered it."""

    offered: Map[Party, date] = Map()
    until: date | None = None
    agreed_at: datetime | None = None


class Answer(Struct, frozen=True):
    """What a side said to a referral; it counts for the terms of this hash alone."""

    agreed: bool
    terms_sha256: str
    at: datetime


class Exhibit(Struct, frozen=True, kw_only=True):
    exhibit: str
    party: Party
    at: datetime
    name: str
    media_type: str
    size: int
    sha256: str


class ReferralOutcome(Struct, frozen=True, kw_only=True):
    party: Party
    at: datetime
    day: str
    text: str


class Referral(Struct, frozen=True, kw_only=True):
    """A referral elsewhere, from its first wording to what came back. Once sent it stays as it went out."""

    referral: str
    party: Party
    by: ParticipantId
    at: datetime
    text: ReferralText
    answers: Map[Party, Answer] = Map()
    exhibits: Map[str, Exhibit] = Map()
    withdrawn: bool = False
    sent_at: datetime | None = None
    sent_by: Party | None = None
    pack: dict[str, object] | None = None
    pack_sha256: str = ""
    outcomes: tuple[ReferralOutcome, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it can still change."""
        return self.sent_at is None and not self.withdrawn


class Papers(Struct, frozen=True):
    """What may be produced: who, when, how far; never what was said."""

    facts: CaseOpened | None = None
    opened_at: datetime | None = None
    people: Map[ParticipantId, Person] = Map()
    mediator: ParticipantId | None = None
    described: Map[Party, PartyFacts] = Map()
    disclosure: str | None = None
    accepted_by: frozenset[Party] = frozenset()
    appointed_at: datetime | None = None
    agreed: Map[ParticipantId, datetime] = Map()
    began_at: datetime | None = None
    sessions: tuple[Session, ...] = ()
    meetings: Map[str, Meeting] = Map()
    tier: Tier = "talks"
    reached: Map[Tier, datetime] = Map()
    asked: Map[Tier, frozenset[Party]] = Map()
    claimant: Party | None = None
    """The side that opened the dispute, or, where a mediator did, the client: the other one owes it a resolution."""
    clocks: Map[str, Clock] = Map()
    still: frozenset[Still] = frozenset()
    """Why every clock stands still."""
    served: Map[Party, datetime] = Map()
    """Since when each side owes an answer."""
    silent: Map[Party, datetime] = Map()
    """Whose silence was recorded when their time for an answer was over, while they have not answered."""
    skipped: Map[Tier, datetime] = Map()
    longer: Map[str, Map[Party, int]] = Map()
    """By how many working days each side asks for a running term (its clock's key) to be longer."""
    standstill: Standstill = Standstill()
    outcome: Outcome | None = None
    ended_at: datetime | None = None
    closed_at: datetime | None = None
    signing: Signing | None = None
    printed: tuple[Printed, ...] = ()
    hold: Hold = Hold()
    erased: Map[Kept, datetime] = Map()
    referrals: Map[str, Referral] = Map()
    contacts: Map[Party, str] = Map()
    """Where each side can be reached by an institution, as it said itself."""

    @property
    def opened(self) -> CaseOpened:
        """What the case was opened with. Only an opened case is ever asked."""
        if self.facts is None:
            raise LookupError("this case has not been opened")
        return self.facts

    def facts_of(self, party: Party) -> PartyFacts:
        """What is known of a side: what it says of itself, or what the case was opened with."""
        opened = self.opened.business if party == "business" else self.opened.client
        return self.described.get(party, opened)

    def present(self) -> list[Person]:
        """Everyone who has joined and not left, in the order they came."""
        here = (p for p in self.people.values() if p.left_at is None)
        return sorted(here, key=lambda p: (p.joined_at, p.participant))

    def side(self, party: Party) -> list[Person]:
        """Everyone of one side who is here."""
        return [p for p in self.present() if p.party == party]


class Said(Struct, frozen=True):
    author: ParticipantId
    at: datetime


class Conversation(Struct, frozen=True):
    """Who said something where; the words themselves are the entries' business, so long talks stay cheap."""

    said: Map[int, Said] = Map()
    spoken: Map[ParticipantId, int] = Map()


class Offer(Struct, frozen=True, kw_only=True):
    offer: str
    party: Party
    by: ParticipantId
    at: datetime
    amount: Money | None
    terms: str
    in_answer_to: str | None
    state: OfferState = "open"


class File(Struct, frozen=True, kw_only=True):
    file: str
    name: str
    media_type: str
    size: int
    sha256: str
    origin: FileOrigin
    by: ParticipantId
    at: datetime
    seq: int


class Comment(Struct, frozen=True, kw_only=True):
    comment: str
    document: str
    clause: str | None
    quote: str
    anchor: str
    text: str
    by: ParticipantId
    at: datetime
    in_answer_to: str | None
    mentions: tuple[ParticipantId, ...] = ()
    resolved: bool = False


class Proposal(Struct, frozen=True, kw_only=True):
    """Times for a meeting, and which of them suit whom. `meeting` is another's name where it would move that one."""

    proposal: str
    meeting: str
    by: ParticipantId
    party: Party | None
    at: datetime
    slots: tuple[Slot, ...]
    zone: str
    where: str
    answers: Map[Party, frozenset[int]] = Map()
    state: ProposalState = "open"

    def suits(self, party: Party) -> frozenset[int]:
        """The times that suit this side: what it said, or all of those that it proposed itself."""
        return self.answers.get(party, frozenset(range(len(self.slots)) if party == self.party else ()))


class Talks(Struct, frozen=True):
    conversation: Conversation = Conversation()
    files: Map[str, File] = Map()
    offers: Map[str, Offer] = Map()
    proposals: Map[str, Proposal] = Map()


class Issue(Struct, frozen=True):
    issue: str
    text: str
    number: int
    endorsed_by: frozenset[Party] = frozenset()


class Position(Struct, frozen=True, kw_only=True):
    position: str
    party: Party
    owner: ParticipantId
    at: datetime
    issue: str | None
    text: str
    interest: str
    wants: str
    scribed: bool
    revised: bool = False


class Reflection(Struct, frozen=True, kw_only=True):
    reflection: str
    position: str
    text: str
    at: datetime
    heard: bool | None = None
    correction: str = ""


class Statement(Struct, frozen=True, kw_only=True):
    statement: str
    kind: StatementKind
    text: str
    issue: str | None
    by: ParticipantId
    at: datetime
    assents: Map[Party, str] = Map()
    """The hash of the exact text each side agreed to."""
    lapsed: bool = False
    """Somebody had agreed before the wording changed."""


class Authority(Struct, frozen=True):
    can_agree: tuple[ParticipantId, ...]
    to_call: str
    at: datetime


class Document(Struct, frozen=True):
    document: str
    epoch: int


class Clause(Struct, frozen=True):
    """A clause as it stands in the text now."""

    clause: str
    text_hash: str
    node: dict[str, object]


class Text(Struct, frozen=True):
    """The settlement's text as it is now. Not folded from entries: whoever asks for it reads the document."""

    document: str
    text_hash: str
    node: dict[str, object]
    clauses: tuple[Clause, ...]
    stray: bool = False
    """Words stand outside the clauses, where nobody agrees to them."""

    def clause(self, clause: str) -> Clause | None:
        """The clause of this id, if it is in the text."""
        return next((one for one in self.clauses if one.clause == clause), None)


class Suggestion(Struct, frozen=True, kw_only=True):
    suggestion: str
    document: str
    change: SuggestedChange
    clause: str
    base_hash: str | None
    after: str | None
    node: dict[str, object] | None
    why: str
    by: ParticipantId
    at: datetime
    state: SuggestionState = "open"


class Version(Struct, frozen=True, kw_only=True):
    version: str
    document: str
    name: str
    text_hash: str
    by: ParticipantId
    at: datetime


class Drafting(Struct, frozen=True):
    """Work on the text: who holds the pen, what is suggested, and which clauses each side agrees to."""

    mode: DraftingMode = "open"
    language: str = ""
    """The one that prevails, by its BCP 47 tag; empty while nobody has said so."""
    suggestions: Map[str, Suggestion] = Map()
    assents: Map[str, Map[Party, str]] = Map()
    """For each clause the hash of the exact wording that each side agreed to."""
    lapsed: frozenset[str] = frozenset()
    """Clauses that somebody had agreed to before their wording changed, or another language prevailed."""
    lapsed_with_language: frozenset[str] = frozenset()
    """Those of them that lapsed because another language prevails."""
    reading: str | None = None
    proposed: str | None = None
    versions: Map[str, Version] = Map()


class Joint(Struct, frozen=True):
    conversation: Conversation = Conversation()
    files: Map[str, File] = Map()
    muted: frozenset[ParticipantId] = frozenset()
    offers: Map[str, Offer] = Map()
    proposals: Map[str, Proposal] = Map()
    stage: Stage = "opening"
    paused: bool = False
    authority: Map[Party, Authority] = Map()
    issues: Map[str, Issue] = Map()
    positions: Map[str, Position] = Map()
    reflections: Map[str, Reflection] = Map()
    statements: Map[str, Statement] = Map()
    document: Document | None = None
    drafting: Drafting = Drafting()
    comments: Map[str, Comment] = Map()


class Scribed(Struct, frozen=True, kw_only=True):
    scribed: str
    owner: ParticipantId
    at: datetime
    issue: str | None
    text: str
    interest: str
    wants: str
    confirmed: bool | None = None
    words: str = ""


class Sharing(Struct, frozen=True, kw_only=True):
    sharing: str
    form: SharingForm
    text: str
    by: ParticipantId
    at: datetime
    state: SharingState = "asked"
    condition: str = ""


class OwnDraft(Struct, frozen=True, kw_only=True):
    """A side's own draft. `seq` is the entry that tells of it: whoever reads the room from later on is not told."""

    document: str
    by: ParticipantId
    at: datetime
    seq: int


class Limit(Struct, frozen=True, kw_only=True):
    """What a side settled with whoever speaks for it. `seq` is its entry: who reads the room from later on is not told.

    `until` is when it ends; None where nobody said so.
    """

    limit: str
    meaning: LimitMeaning
    amount: Money | None
    terms: str
    until: datetime | None
    by: ParticipantId
    at: datetime
    seq: int


class PrivateRoom(Struct, frozen=True):
    """A caucus, a team room, or one that the mediator put together, which alone has a `name` and is ever `closed`.

    A caucus alone is ever `open`, holds scribed positions or asks to share; a team room alone is kept longer and holds
    a `draft`, the newest of so many `drafts`, the `limit` that this side settled with whoever speaks for it, and the
    steps for which the portal has `called` somebody of it.
    """

    members: frozenset[ParticipantId] = frozenset()
    since: Map[ParticipantId, int] = Map()
    """The entry from which each member reads; whoever came before the first entry read here is not listed."""
    conversation: Conversation = Conversation()
    files: Map[str, File] = Map()
    comments: Map[str, Comment] = Map()
    name: str = ""
    closed: bool = False
    kept_until: datetime | None = None
    draft: OwnDraft | None = None
    drafts: int = 0
    limit: Limit | None = None
    called: frozenset[Tier] = frozenset()
    open_since: datetime | None = None
    scribed: Map[str, Scribed] = Map()
    sharings: Map[str, Sharing] = Map()


class Case(Struct, frozen=True):
    """A case as far as its reader is in its rooms. A room they are not in is absent, not hidden."""

    papers: Papers = Papers()
    talks: Talks | None = None
    joint: Joint | None = None
    private: Map[str, PrivateRoom] = Map()
    text: Text | None = None
    """Only where a command is about the text, and its author is at the table."""
