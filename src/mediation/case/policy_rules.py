"""What a ladder must be so that a dispute can climb it. Pure."""

from collections.abc import Sequence

from mediation.case import refusals as no
from mediation.case.policy import Policy, Term
from mediation.case.terms import Tier

_ORDERS: tuple[tuple[Tier, ...], ...] = (
    ("talks", "mediation", "management", "executive", "referral"),
    ("talks", "management", "mediation", "executive", "referral"),
)
"""Management may come before or after mediation; everything else has one place."""


def check_order(ladder: Sequence[Tier]) -> None:
    """Refuse steps that are there twice or out of order."""
    if not any(list(ladder) == [tier for tier in order if tier in ladder] for order in _ORDERS):
        raise no.LadderIsMalformed


def check_policy(policy: Policy) -> None:
    """Refuse a policy by which no dispute could go, or that treats a side as it must not be treated."""
    check_order(policy.ladder)
    if policy.consumer_silent == "refused":
        raise no.ConsumersSilenceIsNoRefusal
    if policy.business_silent == "rest":
        raise no.BusinessCannotLetItRest
    if policy.unresolved in ("refused", "rest"):
        raise no.StepOverMeansNextStep
    if not all(remind < term.days for term in _terms(policy) for remind in term.remind):
        raise no.ReminderComesTooLate


def _terms(policy: Policy) -> list[Term]:
    of_steps = [term for rung in policy.rungs for term in (rung.answer, rung.resolve)]
    return [term for term in (policy.acknowledge, *of_steps) if term is not None]
