"""The words of a mediation: who takes part, where it is said, how far it has come, and how much may be said at once."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

CaseId = str
ParticipantId = str
"""Both are 32 lower-case hex digits: a UUID without dashes."""

# In a pattern "$" also matches before a line end, so the length is said as well.
Hex32 = Annotated[
    str, Meta(pattern="^[0-9a-f]{32}$", min_length=32, max_length=32, description="32 lower-case hex digits")
]
Sha256 = Annotated[
    str, Meta(pattern="^[0-9a-f]{64}$", min_length=64, max_length=64, description="SHA-256 in 64 lower-case hex digits")
]

# C0 controls other than tab and line ends cannot be shown, printed or stored everywhere; they are refused at the door.
PRINTABLE = "^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"
Line = Annotated[str, Meta(min_length=1, max_length=200, pattern=PRINTABLE)]
"""A name or a heading: up to 200 characters."""
OptionalLine = Annotated[str, Meta(max_length=200, pattern=PRINTABLE)]
Prose = Annotated[str, Meta(min_length=1, max_length=4000, pattern=PRINTABLE)]
"""What a person says in one go: up to 4,000 characters."""
Seq = Annotated[int, Meta(ge=1, le=2**53 - 1)]

Role = Literal["mediator", "principal", "handler", "manager", "counsel", "companion", "legal"]
Party = Literal["business", "client"]
PARTIES: tuple[Party, Party] = ("business", "client")

Stage = Literal["opening", "perspectives", "agenda", "exploring", "bargaining", "drafting", "signing", "follow-up"]
STAGES: tuple[Stage, ...] = (
    "opening",
    "perspectives",
    "agenda",
    "exploring",
    "bargaining",
    "drafting",
    "signing",
    "follow-up",
)
Outcome = Literal["settled", "partly-settled", "ended-without-settlement", "referred", "expired"]
Tier = Literal["talks", "mediation", "management", "executive", "referral"]
DEFAULT_LADDER: tuple[Tier, ...] = ("talks", "mediation", "management", "referral")
Process = Literal["talks", "mediation", "ended"]
Category = Literal["billing", "timeline", "scope", "quality", "conduct", "other"]
StatementKind = Literal["shared-fact", "shared-aim", "possible-term"]
SharingForm = Literal["my-words", "mediators-words", "what-if"]
SharingState = Literal["asked", "allowed", "refused", "posted"]
FileOrigin = Literal["existed-before", "made-for-mediation"]
"""What existed before does not become privileged by being shown; what was made for the mediation is."""
Kept = Literal["caucuses", "table", "teams"]
"""What is erased together after the end: caucuses and other private rooms, the table, the sides' own rooms."""
HoldGround = Literal["holders", "order"]
DraftingMode = Literal["one-text", "open"]
"""`one-text`: the mediator holds the pen, the sides suggest. `open`: everybody at the table writes."""
DraftBeginning = Literal["nothing", "table", "draft"]
"""What a side's own draft begins with: nothing, the text on the table, or what the draft before it says."""
WhyLapsed = Literal["wording", "language"]
"""Why agreement to a clause lapsed: it reads differently, or another language prevails."""
SuggestedChange = Literal["replace", "insert", "remove", "move"]
SuggestionState = Literal["open", "accepted", "rejected", "withdrawn"]
Capacity = Literal["business", "consumer"]
PrintedPaper = Literal["settlement", "attestation", "certificate"]
IdentifiedBy = Literal["passkey", "code"]
OfferState = Literal["open", "accepted", "declined", "withdrawn", "countered", "lapsed"]

PAPERS, TALKS, JOINT = "papers", "talks", "joint"
Room = Annotated[str, Meta(pattern="^(papers|talks|joint|(caucus|team)-(business|client)|private-[0-9a-f]{8})$(?!\\n)")]

DECIDERS: frozenset[Role] = frozenset({"principal", "handler", "manager"})
"""Who speaks for a side unless that side says otherwise."""


class Money(Struct, frozen=True, forbid_unknown_fields=True):
    """An amount in the minor unit of its currency (cents for EUR): integers alone can be hashed and compared."""

    minor: Annotated[int, Meta(ge=0, le=10**14)]
    currency: Annotated[str, Meta(pattern="^[A-Z]{3}$", min_length=3, max_length=3, description="ISO 4217 code")]


def other(party: Party) -> Party:
    """The other side."""
    return "client" if party == "business" else "business"


def caucus(party: Party) -> str:
    """The room of the mediator and one side."""
    return f"caucus-{party}"


def team(party: Party) -> str:
    """The room of one side alone."""
    return f"team-{party}"


def is_private(room: str) -> bool:
    """Whether this is a room of people whom the mediator chose, beside the caucuses."""
    return room.startswith("private-")


def party_of_room(room: str) -> Party | None:
    """The side a caucus or team room belongs to."""
    return next((p for p in PARTIES if room in {caucus(p), team(p)}), None)
