"""Three disputes to try the portal out with: who they are, what each side says, and what turns out to be shared."""

from dataclasses import dataclass, field

from mediation.case.commands import PartyDescription
from mediation.case.terms import Category, Money, Outcome, Party, Role, StatementKind


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody in a dispute."""

    name: str
    role: Role
    party: Party | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A position: who says it, about which issue (from 0), with the interest behind it and what they want."""

    party: Party
    issue: int
    text: str
    interest: str
    wants: str


@dataclass(frozen=True, slots=True)
class Shared:
    """What turns out to be common ground, under which issue (from 0), or under none."""

    kind: StatementKind
    text: str
    issue: int | None = None


@dataclass(frozen=True, slots=True)
class Bid:
    """An offer; `minor` in the minor unit of the dispute's currency."""

    party: Party
    minor: int
    terms: str


@dataclass(frozen=True, slots=True)
class Whisper:
    """Something said in a caucus, and the mediator's "what if" that its side allowed to be posted, if any."""

    party: Party
    text: str
    what_if: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A dispute from its opening to its end."""

    title: str
    category: Category
    account: str
    amount: Money
    business: PartyDescription
    client: PartyDescription
    fees: str
    people: tuple[Character, ...]
    disclosure: str
    issues: tuple[str, ...]
    views: tuple[View, ...]
    reflection: str
    """What the mediator hears in the client's first position."""
    shared: tuple[Shared, ...]
    outcome: Outcome
    whispers: tuple[Whisper, ...] = ()
    bids: tuple[Bid, ...] = ()
    to_call: str = field(default="")


LATE_WEBSITE = Scenario(
    title="Website delivered seven weeks late",
    category="timeline",
    account=(
        "Larkspur Studio built an ordering site for Osteria Pirelli. It was due before the summer season and went "
        "live seven weeks later. The restaurant kept back the last invoice; the studio stopped maintenance."
    ),
    amount=Money(1840000, "EUR"),
    business=PartyDescription(name="Larkspur Studio GmbH", place="Hamburg, DE"),
    client=PartyDescription(name="Osteria Pirelli", place="Bremen, DE"),
    fees="The mediator's fee is shared equally between the two sides.",
    people=(
        Character("Jonas Weidt", "handler", "business", "Account lead"),
        Character("Miriam Holt", "manager", "business", "Managing director"),
        Character("Dr Amara Okafor", "mediator", None, "Mediator"),
        Character("Lucia Pirelli", "principal", "client", "Owner"),
        Character("Sven Albers", "counsel", "client", "Lawyer"),
    ),
    disclosure="I have not worked for either side, and I have no stake in how this ends.",
    issues=(
        "Our question: what is owed on the last invoice?",
        "Our question: how is the site maintained from here on?",
        "Our question: what went wrong with the schedule, and how is that avoided?",
    ),
    views=(
        View(
            "business",
            0,
            "Everything we agreed on was delivered, and the invoice of EUR 18,400 is due.",
            "Cash flow, and a restaurant we can name as a reference.",
            "Payment within 14 days.",
        ),
        View(
            "client",
            0,
            "We lost seven weeks of summer orders. The last invoice should be waived.",
            "To get back a part of the season, and not to start again with another studio.",
            "A credit for the lost weeks.",
        ),
        View(
            "business",
            1,
            "Maintenance goes on when the invoice is paid.",
            "Not to work for nothing.",
            "A maintenance plan, signed.",
        ),
        View("client", 1, "The site must not go down in December.", "Christmas bookings.", "A year of maintenance."),
        View(
            "client",
            2,
            "Nobody told us about the delay until the week of the launch.",
            "To be able to plan our staff.",
            "An update every week.",
        ),
    ),
    reflection="What I hear is that the money matters, and being left alone in the season mattered more.",
    shared=(
        Shared("shared-fact", "The site as delivered works.", 0),
        Shared("shared-fact", "Texts and photographs from the restaurant came three weeks after the agreed date.", 2),
        Shared("shared-fact", "The delay was announced too late.", 2),
        Shared("shared-aim", "Neither side wants to end the working relationship."),
        Shared("possible-term", "A status note every Friday while work is open.", 2),
    ),
    whispers=(
        Whisper(
            "client",
            "We could go to about 12,000 if maintenance is really part of it.",
            "What if maintenance were included, for a figure nearer to twelve?",
        ),
        Whisper("business", "We cannot go below 11,500: the freelancer has been paid already."),
    ),
    bids=(
        Bid("client", 800000, "Twelve months of maintenance included."),
        Bid("business", 1500000, "Six months of maintenance included."),
        Bid("client", 1100000, "Twelve months of maintenance included."),
        Bid("business", 1250000, "Twelve months of maintenance included, paid in two instalments."),
    ),
    outcome="settled",
    to_call="Miriam Holt, until 6 pm, for anything beyond the invoice",
)

POOL_SERVICE = Scenario(
    title="Missed pool visits billed in full",
    category="billing",
    account=(
        "Four of twelve weekly visits did not take place, and all twelve were billed. The pump of the pool failed in "
        "the weeks without a visit."
    ),
    amount=Money(96000, "USD"),
    business=PartyDescription(name="Clearwater Pool Care LLC", place="Mesa, Arizona, US"),
    client=PartyDescription(name="Harriet Boyd", place="Mesa, Arizona, US", capacity="consumer"),
    fees="Clearwater Pool Care pays the mediator's fee. It is the same whatever the outcome.",
    people=(
        Character("Dana Ruiz", "handler", "business", "Customer care"),
        Character("Ted Lindqvist", "manager", "business", "Regional manager"),
        Character("Luis Ferreira", "mediator", None, "Mediator"),
        Character("Harriet Boyd", "principal", "client"),
    ),
    disclosure="Clearwater engaged me once, two years ago. I do not know Ms Boyd.",
    issues=(
        "Our question: which visits took place?",
        "Our question: who pays for the pump?",
        "Our question: how are visits arranged from now on?",
    ),
    views=(
        View(
            "business",
            0,
            "The technician's log shows eleven visits.",
            "That our records are trusted.",
            "The bill stands, less one visit.",
        ),
        View("client", 0, "My gate camera shows eight.", "To pay for what I got.", "Four visits refunded."),
        View(
            "client",
            1,
            "The pump ran dry because nobody came.",
            "A pool that works before July.",
            "The repair paid: 640 dollars.",
        ),
    ),
    reflection="What I hear is that you would have paid every bill, had somebody come or at least written.",
    shared=(
        Shared("shared-fact", "The service log and the camera disagree on three dates.", 0),
        Shared("shared-fact", "On 3 June no visit took place.", 0),
        Shared("possible-term", "A text message goes out before each visit.", 2),
    ),
    outcome="partly-settled",
)

CLINIC_SOFTWARE = Scenario(
    title="Clinic software without the promised interface",
    category="scope",
    account=(
        "The contract names an interface to the laboratory's system. The supplier reads it as an option for later, "
        "the clinic as a part of the first release."
    ),
    amount=Money(7450000, "GBP"),
    business=PartyDescription(name="Meridian Health Systems Ltd", place="Leeds, GB"),
    client=PartyDescription(name="Northgate Physiotherapy Partnership", place="York, GB"),
    fees="The mediator's fee is shared equally between the two sides.",
    people=(
        Character("Priya Nair", "handler", "business", "Delivery manager"),
        Character("Colin Marsh", "manager", "business", "Operations director"),
        Character("Ruth Adeyemi", "manager", "business", "Chief executive"),
        Character("Sana Qureshi", "mediator", None, "Mediator"),
        Character("Tom Hale", "principal", "client", "Practice manager"),
        Character("Eleanor Voss", "counsel", "client", "Solicitor"),
    ),
    disclosure="I trained with Ms Voss's firm fifteen years ago and have had no dealings with it since.",
    issues=(
        "Our question: what did the contract promise?",
        "Our question: what has the missing interface cost?",
        "Our question: what happens with the second release?",
    ),
    views=(
        View(
            "business",
            0,
            "Schedule B lists the interface under future work.",
            "Not to set an example for other clinics.",
            "A change order.",
        ),
        View(
            "client",
            0,
            "The proposal that was signed lists it among the deliverables.",
            "Our staff type results in again every evening.",
            "Delivery at no charge.",
        ),
        View(
            "client",
            1,
            "Eleven hours of overtime a week since March.",
            "To be paid back what it really cost, no more.",
            "GBP 21,000.",
        ),
    ),
    reflection="What I hear is that the evenings of your staff weigh more than the money.",
    shared=(
        Shared("shared-fact", "Schedule B and the proposal contradict each other.", 0),
        Shared("shared-fact", "The interface is ready to be tested.", 2),
    ),
    outcome="referred",
)

SCENARIOS: dict[str, Scenario] = {
    "late-website": LATE_WEBSITE,
    "pool-service": POOL_SERVICE,
    "clinic-software": CLINIC_SOFTWARE,
}
