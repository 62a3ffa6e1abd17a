"""Organisations: businesses that open and answer cases, providers whose mediators work here, and their staff."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from mediation.db import Connection
from mediation.identity import accounts
from mediation.identity.wire import AddOrganisation, MemberRole, MembershipView, MemberView, OrganisationView
from mediation.problems import Problem


@dataclass(frozen=True, slots=True)
class Organisation:
    """A business or a provider."""

    organisation_id: str
    kind: str
    name: str
    slug: str
    place: str
    email: str


# ── cases ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def business_at(conn: Connection, slug: str) -> Organisation | None:
    """Return the business whose public page is `/to/<slug>`, or None. Providers have no such page."""
    row = await conn.fetchrow(
        """
        SELECT organisation_id, kind, name, slug, place, email FROM organisations
        WHERE slug = $1 AND kind = 'business'
        """,
        slug,
    )
    return _organisation(row) if row is not None else None


async def businesses_of(conn: Connection, account_id: str) -> list[Organisation]:
    """The businesses an account works for, by name."""
    rows = await conn.fetch(
        """
        SELECT organisation_id, kind, name, slug, place, email
        FROM organisations JOIN organisation_members USING (organisation_id)
        WHERE account_id = $1 AND kind = 'business' ORDER BY name, organisation_id
        """,
        UUID(hex=account_id),
    )
    return [_organisation(row) for row in rows]


async def tie(conn: Connection, case_id: str, organisation_id: str, *, goes_by: tuple[str, int] | None = None) -> bool:
    """Note that a case is with this organisation; `goes_by` is the policy it began with.

    Tells whether that is new: noting it twice is no error.
    """
    is_new = await conn.fetchval(
        """
        INSERT INTO case_organisations (case_id, organisation_id, category, version) VALUES ($1, $2, $3, $4)
        ON CONFLICT DO NOTHING RETURNING true
        """,
        UUID(hex=case_id),
        UUID(hex=organisation_id),
        *(goes_by or (None, None)),
    )
    return bool(is_new)


async def tie_to_business_of(conn: Connection, case_id: str, account_id: str) -> str | None:
    """Note that a case is with the business its handler works for; returns that business when it is new.

    Nothing when that is none, or one of several, or when the case is with a business already: who joins later for
    somebody else does not change whose case it is.
    """
    businesses = await businesses_of(conn, account_id)
    is_tied = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM case_organisations WHERE case_id = $1)", UUID(hex=case_id)
    )
    if len(businesses) != 1 or is_tied:
        return None
    business = businesses[0].organisation_id
    return business if await tie(conn, case_id, business) else None


async def ones_own(conn: Connection, account_id: str, name: str) -> Organisation | None:
    """The business of a handler who opens a case for it under this name; None when nobody here knows such a business.

    Raises `Problem` 403 when it is not their own: whoever works for businesses here opens cases for one of them, and
    nobody under the name of another that is known. So another spelling is refused, and never taken for a stranger.
    """
    own = await businesses_of(conn, account_id)
    wanted = " ".join(name.split()).casefold()
    for business in own:
        if business.name.casefold() == wanted:
            return business
    names = await conn.fetch("SELECT name FROM organisations WHERE kind = 'business'")
    if own or any(row["name"].casefold() == wanted for row in names):
        raise Problem(
            403,
            "not-your-business",
            "A case is opened for the business that one works for.",
            "Use its name as it stands on your account page.",
        )
    return None


async def earlier_cases(conn: Connection, mediator_account_id: str, case_id: str) -> int | None:
    """How many other cases with the same business this account has mediated on this portal, ended or not.

    None when the business of this case is no organisation here, so that nothing can be said.
    """
    found: int | None = await conn.fetchval(
        """
        WITH here AS (
            SELECT organisation_id FROM case_organisations JOIN organisations USING (organisation_id)
            WHERE case_id = $2 AND kind = 'business'
        )
        SELECT CASE WHEN EXISTS (SELECT FROM here) THEN (
            SELECT count(DISTINCT s.case_id) FROM seats s JOIN case_organisations co USING (case_id)
            WHERE s.account_id = $1 AND s.role = 'mediator' AND s.case_id <> $2
              AND co.organisation_id IN (SELECT organisation_id FROM here)
        ) END
        """,
        UUID(hex=mediator_account_id),
        UUID(hex=case_id),
    )
    return found


# ── staff ───────────────────────────────────────────────────────────────────────────────────────────────────────────


async def memberships(conn: Connection, account_ids: Iterable[str]) -> dict[str, list[MembershipView]]:
    """The organisations that each of these accounts works for, by name; nobody is missing."""
    wanted = list(account_ids)
    found: dict[str, list[MembershipView]] = {account_id: [] for account_id in wanted}
    rows = await conn.fetch(
        """
        SELECT account_id, organisation_id, name, kind, role
        FROM organisation_members JOIN organisations USING (organisation_id)
        WHERE account_id = ANY($1::uuid[]) ORDER BY name, organisation_id
        """,
        [UUID(hex=account_id) for account_id in wanted],
    )
    for row in rows:
        found[row["account_id"].hex].append(
            MembershipView(
                organisation=row["organisation_id"].hex, name=row["name"], kind=row["kind"], role=row["role"]
            )
        )
    return found


async def put_member(conn: Connection, organisation_id: str, account_id: str, role: MemberRole) -> None:
    """Have a staff account work for an organisation, in this role from now on. Raises `Problem` 404."""
    kind = await conn.fetchval("SELECT kind FROM accounts WHERE account_id = $1", UUID(hex=account_id))
    if kind != "staff":
        raise account_unknown()
    try:
        await conn.execute(
            """
            INSERT INTO organisation_members (organisation_id, account_id, role) VALUES ($1, $2, $3)
            ON CONFLICT (organisation_id, account_id) DO UPDATE SET role = $3
            """,
            UUID(hex=organisation_id),
            UUID(hex=account_id),
            role,
        )
    except asyncpg.ForeignKeyViolationError:
        raise organisation_unknown() from None


async def drop_member(conn: Connection, organisation_id: str, account_id: str) -> None:
    """Nobody of that account works there any more. Seats on cases stay: they are the cases' own."""
    await conn.execute(
        "DELETE FROM organisation_members WHERE organisation_id = $1 AND account_id = $2",
        UUID(hex=organisation_id),
        UUID(hex=account_id),
    )


# ── managing ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def add(conn: Connection, organisation_id: str, wanted: AddOrganisation, now: datetime) -> None:
    """Make an organisation; the same again under the same id changes nothing. Raises `Problem` 400 or 409."""
    row = (
        wanted.kind,
        accounts.plain_name(wanted.name),
        wanted.slug,
        accounts.plain_title(wanted.place),
        accounts.checked_email(wanted.email),
    )
    try:
        await conn.execute(
            """
            INSERT INTO organisations (organisation_id, kind, name, slug, place, email, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation_id) DO NOTHING
            """,
            UUID(hex=organisation_id),
            *row,
            now,
        )
    except asyncpg.UniqueViolationError:
        raise Problem(
            409, "slug-taken", "Another organisation has this address already.", "Choose another short name."
        ) from None
    kept = await conn.fetchrow(
        "SELECT kind, name, slug, place, email FROM organisations WHERE organisation_id = $1",
        UUID(hex=organisation_id),
    )
    if kept is None or tuple(kept) != row:
        raise id_reused()


async def listed(conn: Connection, organisation_id: str | None = None) -> list[OrganisationView]:
    """The organisations with their staff, by name; or the one."""
    chosen = UUID(hex=organisation_id) if organisation_id is not None else None
    members: dict[UUID, list[MemberView]] = defaultdict(list)
    for row in await conn.fetch(
        """
        SELECT m.organisation_id, m.account_id, m.role, a.name, a.email
        FROM organisation_members m JOIN accounts a USING (account_id)
        WHERE $1::uuid IS NULL OR m.organisation_id = $1 ORDER BY m.role, a.name, a.account_id
        """,
        chosen,
    ):
        members[row["organisation_id"]].append(
            MemberView(account_id=row["account_id"].hex, name=row["name"], email=row["email"], role=row["role"])
        )
    rows = await conn.fetch(
        """
        SELECT organisation_id, kind, name, slug, place, email, created_at FROM organisations
        WHERE $1::uuid IS NULL OR organisation_id = $1 ORDER BY name, organisation_id
        """,
        chosen,
    )
    return [_view(row, members[row["organisation_id"]]) for row in rows]


def _view(row: asyncpg.Record, members: list[MemberView]) -> OrganisationView:
    return OrganisationView(
        organisation=row["organisation_id"].hex,
        kind=row["kind"],
        name=row["name"],
        slug=row["slug"],
        place=row["place"],
        email=row["email"],
        created_at=row["created_at"],
        members=members,
    )


def _organisation(row: asyncpg.Record) -> Organisation:
    return Organisation(row["organisation_id"].hex, row["kind"], row["name"], row["slug"], row["place"], row["email"])


def account_unknown() -> Problem:
    """The refusal for an account that administrators do not manage: none, or a guest's."""
    return Problem(404, "account-unknown", "There is no such account.", "Reload the page: it may have changed.")


def organisation_unknown() -> Problem:
    """The refusal for an organisation that is none."""
    return Problem(404, "organisation-unknown", "There is no such organisation.", "Reload the page.")


def id_reused() -> Problem:
    """The refusal for a command under the id of another."""
    return Problem(
        409,
        "command-id-reused",
        "Something else was sent under this id before.",
        "Send it again with a fresh command_id.",
    )
