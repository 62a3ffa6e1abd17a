"""Which policy a new case goes by, and how the people are reached whom that policy names."""

from typing import Annotated, Final
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from mediation.case.policy import DEFAULT_POLICY, Policy
from mediation.case.terms import Category, Hex32, Tier
from mediation.db import Connection
from mediation.mail.message import Language


class Reach(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How somebody whom a policy names is reached: by the account of a colleague, or at an address; or not at all.

    `language` is that of mails to the address; an account has its own.
    """

    account: Hex32 | None = None
    email: Annotated[str, Meta(max_length=254, pattern="^[^\\x00-\\x1f\\x7f]*$")] = ""
    language: Language = "en"


class StepReach(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the people of a step are reached, in the order in which the policy names them."""

    tier: Tier
    people: Annotated[tuple[Reach, ...], Meta(max_length=10)]


REACHES: Final = tuple[StepReach, ...]


class Chosen(Struct, frozen=True):
    """A policy; `kept_as` is its kind of dispute (empty: for all) and version, None for the portal's own."""

    policy: Policy
    kept_as: tuple[str, int] | None = None


async def policy_for(conn: Connection, organisation_id: str | None, category: Category) -> Chosen:
    """The newest version of a business for this kind of dispute that is not retired, or for all kinds, or the portal's.

    Without a business it is the portal's: what somebody types as a name is nobody's ladder.
    """
    if organisation_id is None:
        return Chosen(DEFAULT_POLICY)
    kept = await conn.fetchrow(
        """
        SELECT category, version, policy FROM (
            SELECT DISTINCT ON (category) category, version, policy, retired
            FROM policies JOIN organisations USING (organisation_id)
            WHERE kind = 'business' AND organisation_id = $1 AND category IN ($2, '')
            ORDER BY category, version DESC
        ) AS newest
        WHERE NOT retired ORDER BY category = '' LIMIT 1
        """,
        UUID(hex=organisation_id),
        category,
    )
    if kept is None:
        return Chosen(DEFAULT_POLICY)
    return Chosen(msgspec.json.decode(kept["policy"], type=Policy), (kept["category"], kept["version"]))


async def reach_of(conn: Connection, case_id: str, tier: Tier) -> tuple[str, tuple[Reach, ...]] | None:
    """The business by whose policy a case goes, and how the people of a step are reached; None without a policy."""
    row = await conn.fetchrow(
        """
        SELECT organisation_id, reach FROM case_organisations JOIN policies USING (organisation_id, category, version)
        WHERE case_id = $1 LIMIT 1
        """,
        UUID(hex=case_id),
    )
    if row is None:
        return None
    steps = msgspec.json.decode(row["reach"], type=REACHES)
    return row["organisation_id"].hex, next((step.people for step in steps if step.tier == tier), ())
