"""The worker that delivers: at least once, under one id, again and again over days, and then it gives up and says so.

Like the outbox: every process has one, a row is claimed by a lease, and what was delivered is noted whoever claimed it
meanwhile.
"""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import httpx
import structlog

from mediation import clock, outbox
from mediation.db import Connection, Pool
from mediation.identity import limits
from mediation.mail import notice_texts
from mediation.notices.webhooks.destinations import NotAllowed, Resolver, address_for, resolve
from mediation.notices.webhooks.signing import body_of, headers_of
from mediation.watch import Watch

POLL: Final = timedelta(seconds=5)
PATIENCE: Final = timedelta(seconds=10)
LEASE: Final = timedelta(minutes=2)
KEPT: Final = timedelta(days=30)
WAITS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after each try the next one comes, as the standard suggests."""
GONE: Final = 410
"""The receiver wants no more of it: the hook is switched off, as the standard says."""
_AT_ONCE: Final = 8
_SAID_ONCE_IN: Final = timedelta(days=1)

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Claimed:
    delivery_id: UUID
    organisation_id: UUID
    lease: UUID
    url: str
    keys: tuple[bytes, ...]
    body: bytes
    tries: int
    give_up_at: datetime


class Deliverer:
    """The worker of this process. `start` and `stop` it with the app."""

    def __init__(
        self,
        pool: Pool,
        *,
        demo: bool,
        base_url: str,
        now: Callable[[], datetime] = clock.now,
        resolver: Resolver = resolve,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self._pool = pool
        self._demo = demo
        self._base = base_url.rstrip("/")
        self._now = now
        self._resolver = resolver
        self._client = client
        self._watch = Watch("deliverer", self._look_and_forget, POLL)

    async def start(self) -> None:
        """Begin to deliver."""
        self._watch.start()

    async def stop(self) -> None:
        """Stop; what was on its way goes again, under the same id, when its lease is over."""
        await self._watch.stop()
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def look(self) -> int:
        """Try everything that is due; returns how many deliveries were tried."""
        tried = 0
        while batch := await self._claim():
            await asyncio.gather(*(self._deliver(one) for one in batch))
            tried += len(batch)
        return tried

    async def _claim(self) -> list[_Claimed]:
        now, lease = self._now(), uuid.uuid4()
        async with self._pool.acquire() as conn:
            rows = await conn.fetch(
                """
                UPDATE webhook_deliveries d SET lease = $2, next_try_at = $3, tries = tries + 1, tried_at = $1
                FROM webhooks w
                WHERE w.organisation_id = d.organisation_id AND d.delivery_id IN (
                    SELECT delivery_id FROM webhook_deliveries WHERE next_try_at <= $1
                    ORDER BY next_try_at LIMIT $4 FOR UPDATE SKIP LOCKED
                )
                RETURNING d.delivery_id, d.organisation_id, d.case_id, d.kind, d.at, d.tries, d.give_up_at,
                    w.url, w.secret, CASE WHEN w.former_until > $1 THEN w.former_secret END AS former
                """,
                now,
                lease,
                now + LEASE,
                _AT_ONCE,
            )
        return [
            _Claimed(
                delivery_id=row["delivery_id"],
                organisation_id=row["organisation_id"],
                lease=lease,
                url=row["url"],
                keys=(row["secret"], row["former"]) if row["former"] is not None else (row["secret"],),
                body=body_of(
                    row["delivery_id"].hex, row["at"], row["kind"], row["case_id"].hex if row["case_id"] else None
                ),
                tries=row["tries"],
                give_up_at=row["give_up_at"],
            )
            for row in rows
        ]

    async def _deliver(self, one: _Claimed) -> None:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                status = await self._post(one)
        except NotAllowed as refused:
            await self._failed(one, None, str(refused))
        except TimeoutError:
            await self._failed(one, None, "no answer within 10 seconds")
        except Exception as failed:  # noqa: BLE001 - whatever a receiver does, it is tried again
            await self._failed(one, None, type(failed).__name__)
        else:
            if 200 <= status < 300:  # noqa: PLR2004 - as HTTP says
                await self._delivered(one, status)
            else:
                await self._failed(one, status, "it was not taken")

    async def _post(self, one: _Claimed) -> int:
        """Send it to the very address that was looked at; the answer's status, and nothing else of it, is read."""
        host, address = await address_for(one.url, demo=self._demo, resolver=self._resolver)
        url = httpx.URL(one.url)
        headers = headers_of(one.delivery_id.hex, one.body, one.keys, self._now())
        if self._client is None:
            # No proxy of ours and no second hop; no connection is kept, for the next may be for another name there.
            self._client = httpx.AsyncClient(
                follow_redirects=False,
                trust_env=False,
                timeout=PATIENCE.total_seconds(),
                limits=httpx.Limits(max_keepalive_connections=0),
            )
        request = self._client.build_request(
            "POST",
            url.copy_with(host=address),
            content=one.body,
            headers={**headers, "host": url.netloc.decode()},
            extensions={"sni_hostname": host},
        )
        answer = await self._client.send(request, stream=True)
        await answer.aclose()
        return answer.status_code

    async def _delivered(self, one: _Claimed, status: int) -> None:
        async with self._pool.acquire() as conn:
            await conn.execute(
                """
                UPDATE webhook_deliveries
                SET delivered_at = $2, status = $3, failure = NULL, failed_at = NULL, next_try_at = NULL, lease = NULL
                WHERE delivery_id = $1 AND delivered_at IS NULL
                """,
                one.delivery_id,
                self._now(),
                status,
            )

    async def _failed(self, one: _Claimed, status: int | None, failure: str) -> None:
        now = self._now()
        next_try_at = now + WAITS[min(one.tries, len(WAITS)) - 1]
        gives_up = next_try_at >= one.give_up_at
        logger.warning("webhooks.given_up" if gives_up else "webhooks.will_try_again", tries=one.tries, status=status)
        async with self._pool.acquire() as conn, conn.transaction():
            await conn.execute(
                """
                UPDATE webhook_deliveries
                SET status = $3, failure = $4, lease = NULL, next_try_at = $5, failed_at = $6
                WHERE delivery_id = $1 AND lease = $2 AND next_try_at IS NOT NULL
                """,
                one.delivery_id,
                one.lease,
                status,
                failure[:200],
                None if gives_up else next_try_at,
                now if gives_up else None,
            )
            if status == GONE:
                await switch_off(conn, one.organisation_id, "the receiver wants no more", now)
            elif not gives_up:
                # What waits behind it would meet the same: one that is down is not knocked at for each.
                await conn.execute(
                    """
                    UPDATE webhook_deliveries SET next_try_at = $2
                    WHERE organisation_id = $1 AND next_try_at < $2 AND lease IS NULL
                    """,
                    one.organisation_id,
                    next_try_at,
                )
            if gives_up or status == GONE:
                await self._say_so(conn, one.organisation_id, now)

    async def _say_so(self, conn: Connection, organisation: UUID, now: datetime) -> None:
        """Write to those who lead the organisation, once a day."""
        if not await limits.is_first_in(conn, "webhook", organisation.hex, _SAID_ONCE_IN, now):
            return
        rows = await conn.fetch(
            """
            SELECT a.email, a.language FROM organisation_members m JOIN accounts a USING (account_id)
            WHERE m.organisation_id = $1 AND m.role = 'lead' AND a.email IS NOT NULL AND a.disabled_at IS NULL
            """,
            organisation,
        )
        link = f"{self._base}/organisations/{organisation.hex}/webhook"
        for row in rows:
            await outbox.put(conn, notice_texts.webhook_given_up(row["email"], row["language"], link), now)

    async def forget(self) -> None:
        """Delete what was delivered, or given up, long ago."""
        async with self._pool.acquire() as conn:
            await conn.execute(
                "DELETE FROM webhook_deliveries WHERE created_at < $1 AND next_try_at IS NULL", self._now() - KEPT
            )

    async def _look_and_forget(self) -> None:
        await self.look()
        await self.forget()


async def switch_off(conn: Connection, organisation: UUID, why: str, now: datetime) -> None:
    """Deliver nothing more to an organisation, not what waits either."""
    await conn.execute("UPDATE webhooks SET enabled = false WHERE organisation_id = $1", organisation)
    await conn.execute(
        """
        UPDATE webhook_deliveries SET next_try_at = NULL, lease = NULL, failed_at = $2, failure = $3
        WHERE organisation_id = $1 AND next_try_at IS NOT NULL
        """,
        organisation,
        now,
        why,
    )
