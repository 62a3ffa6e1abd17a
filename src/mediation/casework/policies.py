"""Which policy a new case goes by: that of the business for this kind of dispute, or for all kinds, or the portal's."""

import msgspec

from mediation.case.policy import DEFAULT_POLICY, Policy
from mediation.case.terms import Category
from mediation.db import Connection


async def policy_for(conn: Connection, business: str, category: Category) -> Policy:
    """The newest version that the business of this name has made and not retired."""
    kept = await conn.fetchval(
        """
        SELECT policy FROM (
            SELECT DISTINCT ON (category) category, policy, retired
            FROM policies JOIN organisations USING (organisation_id)
            WHERE kind = 'business' AND lower(name) = lower($1) AND category IN ($2, '')
            ORDER BY category, version DESC
        ) AS newest
        WHERE NOT retired ORDER BY category = '' LIMIT 1
        """,
        " ".join(business.split()),
        category,
    )
    return DEFAULT_POLICY if kept is None else msgspec.json.decode(kept, type=Policy)
