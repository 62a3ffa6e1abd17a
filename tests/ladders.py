"""Ladders for tests: the policy of a business, short enough to be told in a sentence."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from mediation.case.policy import Policy, Responsible, Rung, Term
from mediation.case.terms import Tier
from mediation.case.working_days import Calendar

LONDON = Calendar(name="England", zone="Europe/London", closed=(date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4)))
COLIN = Responsible(name="Colin Marsh", title="Operations director")
RUTH = Responsible(name="Ruth Adeyemi", title="Chief executive")

LADDER = Policy(
    name="Late work",
    calendar=LONDON,
    acknowledge=Term(days=2, remind=(1,)),
    rungs=(
        Rung(tier="talks", answer=Term(days=10, remind=(5, 1)), resolve=Term(days=20, remind=(3,))),
        Rung(tier="mediation", answer=Term(days=10), resolve=Term(days=30, remind=(5,))),
        Rung(tier="management", people=(COLIN,), answer=Term(days=5), resolve=Term(days=10), if_nobody="skip"),
        Rung(tier="executive", people=(RUTH,), answer=Term(days=5), resolve=Term(days=10), if_nobody="skip"),
        Rung(tier="referral"),
    ),
)


def with_rung(tier: Tier, policy: Policy = LADDER, **changes: Any) -> Policy:
    """The policy with a step that is different."""
    return replace(policy, rungs=tuple(replace(r, **changes) if r.tier == tier else r for r in policy.rungs))
