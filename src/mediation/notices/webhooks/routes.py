"""Webhooks over HTTP, for those who lead a business: where it is told, the secret, and how each delivery went."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from asyncpg import Record
from litestar import Request, get, post, put
from litestar.datastructures import State
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.db import Connection
from mediation.identity import limits
from mediation.identity.guards import SIGNED_IN, led_by, session_of
from mediation.identity.limits import Budget
from mediation.identity.wire import PathId
from mediation.notices.webhooks import queue
from mediation.notices.webhooks.destinations import NotAllowed, check_url
from mediation.notices.webhooks.queue import GIVE_UP_AFTER
from mediation.notices.webhooks.signing import new_secret, shown
from mediation.notices.webhooks.worker import switch_off
from mediation.notices.wire import DeliveryView, SetWebhook, WebhookView
from mediation.problems import Problem

AnyRequest = Request[Any, Any, State]
_LOG: Final = 100
_CHANGES: Final = Budget("webhooks", 60, timedelta(hours=1))
OVERLAP: Final = timedelta(hours=24)
"""So long the secret before the newest one signs as well, and a receiver need not change at the same moment."""


@get("/organisations/{organisation:str}/webhook", opt={"who": SIGNED_IN}, tags=["webhooks"])
async def read_hook(request: AnyRequest, organisation: PathId) -> WebhookView:
    """Where a business's systems are told, and how the newest deliveries went."""
    async with request.app.state.pool.acquire() as conn:
        name = await led_by(conn, session_of(request).account_id, organisation, "business")
        return await _view(conn, organisation, name)


@put("/organisations/{organisation:str}/webhook", opt={"who": SIGNED_IN}, tags=["webhooks"])
async def set_hook(request: AnyRequest, organisation: PathId, data: JSONBody[SetWebhook]) -> WebhookView:
    """Say where a business's systems are told. The first time, the answer holds the secret, this once."""
    account_id, now = session_of(request).account_id, clock.now()
    async with request.app.state.pool.acquire() as conn:
        name = await led_by(conn, account_id, organisation, "business")
        await limits.spend(conn, _CHANGES, account_id, now)
        try:
            check_url(data.url, demo=request.app.state.settings.demo)
        except NotAllowed as refused:
            raise Problem(
                400,
                "webhook-address-refused",
                f"The portal does not send anything to this address: {refused}.",
                "Enter a public address that begins with https://.",
            ) from None
        secret = new_secret()
        async with conn.transaction():
            kept: bytes = await conn.fetchval(
                """
                INSERT INTO webhooks (organisation_id, url, secret, enabled, changed_by, changed_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (organisation_id) DO UPDATE
                    SET url = $2, enabled = $4, changed_by = $5, changed_at = $6
                RETURNING secret
                """,
                UUID(organisation),
                data.url,
                secret,
                data.enabled,
                UUID(account_id),
                now,
            )
            if not data.enabled:
                await switch_off(conn, UUID(organisation), "switched off", now)
        return await _view(conn, organisation, name, secret=shown(secret) if kept == secret else None)


@post("/organisations/{organisation:str}/webhook/secret", opt={"who": SIGNED_IN}, tags=["webhooks"])
async def replace_secret(request: AnyRequest, organisation: PathId) -> WebhookView:
    """Make another secret; the answer holds it, this once. The one before signs along for a day."""
    account_id, now = session_of(request).account_id, clock.now()
    async with request.app.state.pool.acquire() as conn:
        name = await led_by(conn, account_id, organisation, "business")
        await limits.spend(conn, _CHANGES, account_id, now)
        secret = new_secret()
        found = await conn.fetchval(
            """
            UPDATE webhooks SET former_secret = secret, former_until = $3, secret = $2, changed_by = $4, changed_at = $5
            WHERE organisation_id = $1 RETURNING true
            """,
            UUID(organisation),
            secret,
            now + OVERLAP,
            UUID(account_id),
            now,
        )
        if not found:
            raise _no_hook()
        return await _view(conn, organisation, name, secret=shown(secret))


@post("/organisations/{organisation:str}/webhook/tests", opt={"who": SIGNED_IN}, tags=["webhooks"])
async def send_test(request: AnyRequest, organisation: PathId) -> WebhookView:
    """Have something delivered that tells of no case."""
    account_id, now = session_of(request).account_id, clock.now()
    async with request.app.state.pool.acquire() as conn:
        name = await led_by(conn, account_id, organisation, "business")
        await limits.spend(conn, _CHANGES, account_id, now)
        if not await conn.fetchval("SELECT enabled FROM webhooks WHERE organisation_id = $1", UUID(organisation)):
            raise _no_hook()
        await queue.add(conn, UUID(organisation), None, queue.TEST, now)
        return await _view(conn, organisation, name)


@post(
    "/organisations/{organisation:str}/webhook/deliveries/{delivery:str}/again",
    opt={"who": SIGNED_IN},
    tags=["webhooks"],
)
async def deliver_again(request: AnyRequest, organisation: PathId, delivery: PathId) -> WebhookView:
    """Have one thing delivered once more, under the same id: a receiver that has it knows it as a repetition."""
    account_id, now = session_of(request).account_id, clock.now()
    async with request.app.state.pool.acquire() as conn:
        name = await led_by(conn, account_id, organisation, "business")
        await limits.spend(conn, _CHANGES, account_id, now)
        found = await conn.fetchval(
            """
            UPDATE webhook_deliveries d SET next_try_at = $3, give_up_at = $4, tries = 0, lease = NULL,
                delivered_at = NULL, failed_at = NULL
            FROM webhooks w
            WHERE d.organisation_id = $1 AND d.delivery_id = $2 AND w.organisation_id = $1 AND w.enabled RETURNING true
            """,
            UUID(organisation),
            UUID(delivery),
            now,
            now + GIVE_UP_AFTER,
        )
        if not found:
            raise _no_hook()
        return await _view(conn, organisation, name)


def _no_hook() -> Problem:
    return Problem(
        409,
        "webhook-is-off",
        "Nothing is sent to your systems at the moment.",
        "Enter an address and switch it on, then try again.",
    )


async def _view(conn: Connection, organisation: str, name: str, *, secret: str | None = None) -> WebhookView:
    hook = await conn.fetchrow(
        """
        SELECT url, enabled, changed_at, former_until, a.name AS by FROM webhooks
        JOIN accounts a ON a.account_id = changed_by WHERE organisation_id = $1
        """,
        UUID(organisation),
    )
    rows = await conn.fetch(
        "SELECT * FROM webhook_deliveries WHERE organisation_id = $1 ORDER BY created_at DESC, delivery_id LIMIT $2",
        UUID(organisation),
        _LOG,
    )
    return WebhookView(
        organisation=name,
        url=hook["url"] if hook is not None else None,
        enabled=hook is not None and hook["enabled"],
        changed_by=hook["by"] if hook is not None else None,
        changed_at=hook["changed_at"] if hook is not None else None,
        former_until=hook["former_until"] if hook is not None else None,
        deliveries=[_delivery(row) for row in rows],
        secret=secret,
    )


def _delivery(row: Record) -> DeliveryView:
    return DeliveryView(
        delivery=row["delivery_id"].hex,
        kind=row["kind"],
        case=row["case_id"].hex if row["case_id"] is not None else None,
        at=row["at"],
        tries=row["tries"],
        tried_at=row["tried_at"],
        status=row["status"],
        failure=row["failure"],
        delivered_at=row["delivered_at"],
        failed_at=row["failed_at"],
        next_try_at=row["next_try_at"],
    )


routers: list[ControllerRouterHandler] = [read_hook, set_hook, replace_secret, send_test, deliver_again]
"""To be mounted under /api."""
