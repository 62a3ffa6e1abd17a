"""The ladders of a business: its leads make them, version by version, for all disputes and for kinds of them.

Every change is another version beside those before it. A case keeps the one it was opened with, so nothing that happens
here moves a date of a case that is open.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Final, Literal, cast
from uuid import UUID

import msgspec
from asyncpg import Record
from litestar import get, post, put
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec.structs import replace

from mediation import clock
from mediation.case.dry_run import Outlook, dry_run
from mediation.case.policy import DEFAULT_POLICY, Policy, Responsible, Rung, Term
from mediation.case.policy_rules import check_policy
from mediation.casework.policies import REACHES
from mediation.db import Connection
from mediation.identity import limits
from mediation.identity.accounts import plain_name, plain_title
from mediation.identity.entering import AnyRequest
from mediation.identity.guards import SIGNED_IN, led_by, session_of
from mediation.identity.limits import Budget
from mediation.identity.names import plain_line
from mediation.identity.wire import PathId
from mediation.ladder import reaching
from mediation.ladder.calendars import calendars, holidays_of, knows, zones
from mediation.ladder.wire import (
    BusinessPolicies,
    Calendars,
    ForWhich,
    Holidays,
    PathCategory,
    PathCountry,
    PolicyVersion,
    PolicyVersions,
    TryPolicy,
    WritePolicy,
)
from mediation.problems import Problem

_MOST: Final = 50
"""How many versions of one ladder are shown."""
_WRITING: Final = Budget("policies", 120, timedelta(hours=1))
_TRYING: Final = Budget("dry runs", 1_200, timedelta(hours=1))
_LOOKING: Final = Budget("holidays", 600, timedelta(hours=1))
_FIRST, _LAST = date(2000, 1, 1), date(2200, 1, 1)
"""Days that a calendar or a dry run may name: what the clocks of the world will be later, nobody knows."""


@get("/businesses/{business:str}/policies", opt={"who": SIGNED_IN}, tags=["ladders"])
async def list_policies(request: AnyRequest, business: PathId) -> BusinessPolicies:
    """Every ladder of a business as it is now, retired ones among them, for those who lead the business."""
    async with request.app.state.pool.acquire() as conn:
        name = await led_by(conn, session_of(request).account_id, business, "business")
        rows = await conn.fetch(
            """
            SELECT p.*, a.name AS by FROM (
                SELECT DISTINCT ON (category) * FROM policies WHERE organisation_id = $1
                ORDER BY category, version DESC
            ) p JOIN accounts a ON a.account_id = p.made_by ORDER BY category
            """,
            UUID(hex=business),
        )
        members = await reaching.members_of(conn, business)
    policies = [_version(row) for row in rows]
    return BusinessPolicies(business=name, members=members, policies=policies, default=DEFAULT_POLICY)


@get("/businesses/{business:str}/policies/{category:str}", opt={"who": SIGNED_IN}, tags=["ladders"])
async def list_policy_versions(request: AnyRequest, business: PathId, category: PathCategory) -> PolicyVersions:
    """How a ladder was over time, the newest version first; none for one that nobody has made."""
    async with request.app.state.pool.acquire() as conn:
        await led_by(conn, session_of(request).account_id, business, "business")
        rows = await conn.fetch(f"{_VERSIONS} ORDER BY version DESC LIMIT $3", *_key(business, category), _MOST)
    return PolicyVersions(versions=[_version(row) for row in rows])


@put("/businesses/{business:str}/policies/{category:str}", opt={"who": SIGNED_IN}, tags=["ladders"])
async def write_policy(
    request: AnyRequest, business: PathId, category: PathCategory, data: JSONBody[WritePolicy]
) -> PolicyVersion:
    """Write a version of a ladder: the first one, or the next after what one has read.

    It is for cases that are opened from now on. The same sent again changes nothing. Raises `Problem` 409 when somebody
    else was faster.
    """
    account_id, now = session_of(request).account_id, clock.now()
    async with request.app.state.pool.acquire() as conn:
        await led_by(conn, account_id, business, "business")
        await limits.spend(conn, _WRITING, account_id, now)
        return await write(conn, business, category, data, account_id, now)


async def write(
    conn: Connection, business: str, category: str, data: WritePolicy, account_id: str, now: datetime
) -> PolicyVersion:
    """Keep a version by this account and return it; raises `Problem` 400 or 409, or the refusal of the rules."""
    policy = replace(_checked(data.policy), version=data.version)
    reach = await reaching.checked(conn, business, policy, data.reach, retired=data.retired)
    await conn.execute(
        """
        INSERT INTO policies (organisation_id, category, version, policy, reach, retired, made_by, made_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE $3 = 1 OR EXISTS (
            SELECT FROM policies WHERE organisation_id = $1 AND category = $2 AND version = $3 - 1)
        ON CONFLICT DO NOTHING
        """,
        *_key(business, category),
        data.version,
        msgspec.json.encode(policy).decode(),
        msgspec.json.encode(reach).decode(),
        data.retired,
        UUID(hex=account_id),
        now,
    )
    row = await conn.fetchrow(f"{_VERSIONS} AND version = $3", *_key(business, category), data.version)
    kept = None if row is None else _version(row)
    is_mine = row is not None and row["made_by"].hex == account_id
    if kept is None or not is_mine or (kept.policy, kept.reach, kept.retired) != (policy, reach, data.retired):
        raise Problem(
            409,
            "policy-rewritten",
            "Somebody has changed this ladder since you read it.",
            "Read it as it is now, then change it again.",
        )
    return kept


@post("/businesses/{business:str}/policy-dry-runs", opt={"who": SIGNED_IN}, status_code=200, tags=["ladders"])
async def try_policy(request: AnyRequest, business: PathId, data: JSONBody[TryPolicy]) -> Outlook:
    """What a ladder would do in a dispute, by the very rules that cases go by. Nothing is written."""
    account_id = session_of(request).account_id
    async with request.app.state.pool.acquire() as conn:
        await led_by(conn, account_id, business, "business")
        await limits.spend(conn, _TRYING, account_id, clock.now())
    policy = _checked(data.policy)
    _check_day(data.supposed.opened_on)
    return dry_run(policy, data.supposed)


@get("/calendars", opt={"who": SIGNED_IN}, tags=["ladders"])
async def list_calendars() -> Calendars:
    """Countries and their regions whose holidays are known, and time zones."""
    return calendars()


@get("/calendars/{country:str}", opt={"who": SIGNED_IN}, tags=["ladders"])
async def list_holidays(
    request: AnyRequest,
    country: PathCountry,
    region: Annotated[str, QueryParameter(max_length=40)] = "",
    language: Annotated[Literal["en", "de"], QueryParameter()] = "en",
) -> Holidays:
    """The public holidays of a place for the next ten years, named in a language where they can be."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _LOOKING, session_of(request).account_id, now)
    if not knows(country, region):
        raise Problem(404, "place-unknown", "We know no holidays of this place.", "Choose another place.")
    return holidays_of(country, region, language, now.year)


def _checked(policy: Policy) -> Policy:
    """The policy as it will be read and counted; raises `Problem` 400 or the refusal of the rules."""
    check_policy(policy)
    calendar = policy.calendar
    if calendar.zone not in zones():
        raise Problem(400, "zone-unknown", "There is no such time zone.", "Choose one from the list.")
    for day in calendar.closed:
        _check_day(day)
    return replace(
        policy,
        name=plain_title(policy.name),
        acknowledge=_in_order(policy.acknowledge),
        calendar=replace(
            calendar,
            name=plain_line(calendar.name),
            weekend=tuple(sorted(set(calendar.weekend))),
            closed=tuple(sorted(set(calendar.closed))),
        ),
        rungs=tuple(_tidied(rung) for rung in policy.rungs),
    )


def _tidied(rung: Rung) -> Rung:
    people = tuple(Responsible(name=plain_name(one.name), title=plain_title(one.title)) for one in rung.people)
    if len({one.name for one in people}) != len(people):
        raise Problem(
            400,
            "person-named-twice",
            "Somebody is named twice at one step.",
            "Name each person once at a step; they may act at several.",
        )
    return replace(rung, people=people, answer=_in_order(rung.answer), resolve=_in_order(rung.resolve))


def _in_order(term: Term | None) -> Term | None:
    return None if term is None else replace(term, remind=tuple(sorted(set(term.remind), reverse=True)))


def _check_day(day: date) -> None:
    if not _FIRST <= day < _LAST:
        raise Problem(
            400, "day-too-far-away", "A day is too far away to be counted.", "Choose days between 2000 and 2199."
        )


_VERSIONS: Final = """
    SELECT p.*, a.name AS by FROM policies p JOIN accounts a ON a.account_id = p.made_by
    WHERE organisation_id = $1 AND category = $2
"""


def _key(business: str, category: str) -> tuple[UUID, str]:
    return UUID(hex=business), "" if category == "general" else category


def _version(row: Record) -> PolicyVersion:
    return PolicyVersion(
        category=cast("ForWhich", row["category"] or "general"),
        version=row["version"],
        policy=msgspec.json.decode(row["policy"], type=Policy),
        reach=msgspec.json.decode(row["reach"], type=REACHES),
        retired=row["retired"],
        by=row["by"],
        at=row["made_at"],
    )


routers: list[ControllerRouterHandler] = [
    list_policies,
    list_policy_versions,
    write_policy,
    try_policy,
    list_calendars,
    list_holidays,
]
"""To be mounted under /api."""
