"""How the people whom a policy names are reached: checked when a version is written, kept beside it."""

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from mediation.case.escalation import OF_SOMEBODY
from mediation.case.policy import Policy
from mediation.casework.policies import Reach, StepReach
from mediation.db import Connection
from mediation.identity import accounts
from mediation.ladder.wire import Member
from mediation.problems import Problem

_MOST: Final = 500
"""How many members of a business are offered."""


async def members_of(conn: Connection, business: str) -> list[Member]:
    """Everybody who works for the business and can be mailed, by name."""
    rows = await conn.fetch(
        """
        SELECT account_id, name, email FROM organisation_members JOIN accounts USING (account_id)
        WHERE organisation_id = $1 AND disabled_at IS NULL AND NOT administrator AND email IS NOT NULL
        ORDER BY name, account_id LIMIT $2
        """,
        UUID(hex=business),
        _MOST,
    )
    return [Member(account=row["account_id"].hex, name=row["name"], email=row["email"]) for row in rows]


async def checked(
    conn: Connection, business: str, policy: Policy, reach: tuple[StepReach, ...], *, retired: bool
) -> tuple[StepReach, ...]:
    """The ways as they are kept, in the order of the ladder; steps of which nobody can be reached are left out.

    Raises `Problem` 400 when a way belongs to nobody, leads to two places, or to somebody who does not work there.
    """
    given = {step.tier: step.people for step in reach}
    fits = {rung.tier: len(rung.people) for rung in policy.rungs if rung.tier in OF_SOMEBODY}
    if len(given) != len(reach) or any(len(people) != fits.get(tier) for tier, people in given.items()):
        raise _does_not_fit()
    kept = []
    for rung in policy.rungs:
        people = tuple(_plain(one) for one in given.get(rung.tier, ()))
        if any(one.account is not None or one.email for one in people):
            kept.append(StepReach(tier=rung.tier, people=people))
    named = {one.account for step in kept for one in step.people if one.account is not None}
    # Whoever has left must not keep a ladder from being given up.
    if named and not retired and not named <= await _working_at(conn, business, named):
        raise Problem(
            400,
            "not-a-colleague",
            "Somebody named at a step does not work for this business.",
            "Choose somebody who does, or give an address.",
        )
    return tuple(kept)


def _plain(one: Reach) -> Reach:
    if one.account is not None:
        if one.email:
            raise _does_not_fit()
        return Reach(account=one.account)
    return replace(one, email=accounts.checked_email(one.email)) if one.email else Reach()


async def _working_at(conn: Connection, business: str, named: set[str]) -> set[str]:
    rows = await conn.fetch(
        "SELECT account_id FROM organisation_members WHERE organisation_id = $1 AND account_id = ANY($2::uuid[])",
        UUID(hex=business),
        [UUID(hex=account) for account in named],
    )
    return {row["account_id"].hex for row in rows}


def _does_not_fit() -> Problem:
    return Problem(
        400,
        "reach-does-not-fit",
        "The ways in which people are reached do not fit the people named at the steps.",
        "Reload the page, and write it again.",
    )
