"""The ladder of each demo business: who acts at which step, how long each answer may take, and by whose holidays."""

from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from mediation import clock
from mediation.case.policy import Policy, Responsible, Rung, Term
from mediation.case.working_days import Calendar
from mediation.db import Connection
from mediation.demo.scenarios import CLINIC_SOFTWARE, LATE_WEBSITE, POOL_SERVICE, Scenario
from mediation.ladder import routes as ladder
from mediation.ladder.calendars import holidays_of
from mediation.ladder.wire import WritePolicy


class Ladder(Struct, frozen=True, kw_only=True):
    """A policy without its holidays, and the place whose holidays it is to have."""

    policy: Policy
    country: str
    region: str


_COLIN = Responsible(name="Colin Marsh", title="Operations director")
_RUTH = Responsible(name="Ruth Adeyemi", title="Chief executive")

LADDERS: Final = {
    # A company with customers under contract: time to look into things, and two people above who can decide.
    CLINIC_SOFTWARE.business.name: Ladder(
        country="GB",
        region="ENG",
        policy=Policy(
            name="Disputes with clinics",
            calendar=Calendar(name="England (GB-ENG)", zone="Europe/London"),
            acknowledge=Term(days=2, remind=(1,)),
            rungs=(
                Rung(tier="talks", answer=Term(days=10, remind=(5, 1)), resolve=Term(days=20, remind=(5,))),
                Rung(tier="mediation", answer=Term(days=10, remind=(3,)), resolve=Term(days=30, remind=(10, 3))),
                Rung(
                    tier="management",
                    people=(_COLIN, _RUTH),
                    answer=Term(days=5, remind=(2,)),
                    resolve=Term(days=10, remind=(3,)),
                    if_nobody="skip",
                ),
                Rung(
                    tier="executive",
                    people=(_RUTH,),
                    answer=Term(days=5, remind=(2,)),
                    resolve=Term(days=10, remind=(3,)),
                    if_nobody="skip",
                ),
                Rung(tier="referral", answer=Term(days=20, remind=(5, 1))),
            ),
        ),
    ),
    # A small studio: quick answers, and one who decides. Nobody leaves the mediator's table before its time alone.
    LATE_WEBSITE.business.name: Ladder(
        country="DE",
        region="HH",
        policy=Policy(
            name="Work that is late or not right",
            calendar=Calendar(name="Hamburg (DE-HH)", zone="Europe/Berlin"),
            acknowledge=Term(days=2),
            rungs=(
                Rung(tier="talks", answer=Term(days=5, remind=(2,)), resolve=Term(days=15, remind=(5,))),
                Rung(
                    tier="mediation",
                    answer=Term(days=5, remind=(2,)),
                    resolve=Term(days=30, remind=(10, 3)),
                    leave_early="both",
                ),
                Rung(
                    tier="management",
                    people=(Responsible(name="Miriam Holt", title="Managing director"),),
                    answer=Term(days=3, remind=(1,)),
                    resolve=Term(days=10, remind=(3,)),
                ),
                Rung(tier="referral", answer=Term(days=20, remind=(5, 1))),
            ),
        ),
    ),
    # Consumers at the door: a manager looks at it first, within days, and it goes on to a mediator by itself.
    POOL_SERVICE.business.name: Ladder(
        country="US",
        region="AZ",
        policy=Policy(
            name="Complaints of customers",
            calendar=Calendar(name="Arizona (US-AZ)", zone="America/Phoenix"),
            acknowledge=Term(days=1),
            business_silent="step-up",
            rungs=(
                Rung(tier="talks", answer=Term(days=5, remind=(2,)), resolve=Term(days=10, remind=(3,))),
                Rung(
                    tier="management",
                    people=(Responsible(name="Ted Lindqvist", title="Regional manager"),),
                    answer=Term(days=3, remind=(1,)),
                    resolve=Term(days=5, remind=(2,)),
                    if_nobody="skip",
                ),
                Rung(tier="mediation", answer=Term(days=5, remind=(2,)), resolve=Term(days=20, remind=(5, 1))),
                Rung(tier="referral", answer=Term(days=20, remind=(5, 1))),
            ),
        ),
    ),
}


async def put_up(conn: Connection, business: str, scenario: Scenario, by: str) -> None:
    """Give a demo business its ladder, made by the account `by`, unless it has one: what is changed since stays."""
    if await conn.fetchval("SELECT EXISTS (SELECT FROM policies WHERE organisation_id = $1)", UUID(hex=business)):
        return
    now = clock.now()
    made = LADDERS[scenario.business.name]
    known = holidays_of(made.country, made.region, "en", now.year)
    closed = tuple(sorted({holiday.day for holiday in known.days}))
    policy = replace(made.policy, calendar=replace(made.policy.calendar, closed=closed))
    await ladder.write(conn, business, "general", WritePolicy(version=1, policy=policy), by, now)
