"""Mail that a transaction decided to send: written with it, sent after it, at least once, under one Message-ID.

Why so: docs/decisions/0060-mail-is-written-with-its-reason.md.
"""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

import msgspec
import structlog

from mediation import clock
from mediation.db import Connection, Pool
from mediation.mail.message import Message
from mediation.mail.postman import Postman, Refused
from mediation.watch import Watch

POLL: Final = timedelta(seconds=5)
LEASE: Final = timedelta(minutes=3)  # far longer than a sending may take, see `_PATIENCE`
GIVE_UP_AFTER: Final = timedelta(days=4)
KEPT: Final = timedelta(days=60)  # of what was sent, that it was sent
WAITS: Final = tuple(
    timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800)
)  # then the last one again and again
_PATIENCE: Final = timedelta(seconds=60)
_AT_ONCE: Final = 4

log = structlog.get_logger(__name__)


class Hints(Protocol):
    """The part of the bus that is needed here."""

    def publish(self, hint: dict[str, Any], /) -> None:
        """Tell every process."""

    def listen(self, topic: str, listener: Callable[[dict[str, Any]], None], /) -> Callable[[], None]:
        """Call the listener with every hint of a topic; returns what stops it."""


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A mail that this process alone may send until its lease is over."""

    mail_id: str
    lease: UUID
    message: Message
    created_at: datetime
    give_up_at: datetime
    tries: int

    def is_useless_at(self, now: datetime) -> bool:
        """Whether nobody wants it any more. Other mail is wanted however late: the portal may have been off."""
        return self.give_up_at < self.created_at + GIVE_UP_AFTER and self.give_up_at <= now

    def is_given_up_at(self, next_try_at: datetime) -> bool:
        """Whether it is not tried again then: it was tried for days, and often enough, or is useless by then."""
        has_been_tried = self.tries > len(WAITS) and self.give_up_at <= next_try_at
        return has_been_tried or self.is_useless_at(next_try_at)


async def put(conn: Connection, message: Message, now: datetime, *, useless_after: datetime | None = None) -> str:
    """Write a mail to be sent once the caller's transaction is committed; returns its id.

    `useless_after` is when nobody wants it any more, as with a code; otherwise sending is given up after some days.
    Call `Outbox.hurry` after the commit, or it waits for the next look, seconds later.
    """
    mail_id = uuid.uuid4()
    await conn.execute(
        """
        INSERT INTO outbox (mail_id, kind, message, created_at, give_up_at, next_try_at)
        VALUES ($1, $2, $3, $4, $5, $4)
        """,
        mail_id,
        message.kind,
        msgspec.json.encode(message).decode(),
        now,
        useless_after or now + GIVE_UP_AFTER,
    )
    return mail_id.hex


async def take_back(conn: Connection, mail_id: str, now: datetime) -> None:
    """Let a mail that waits never go out; one that was sent was sent."""
    await conn.execute(
        """
        UPDATE outbox SET message = NULL, lease = NULL, failed_at = $2, failure = 'taken back'
        WHERE mail_id = $1 AND message IS NOT NULL
        """,
        UUID(hex=mail_id),
        now,
    )


class Outbox:
    """Sends what waits. Every process has one; a row is claimed, so that no two send it at the same time."""

    def __init__(self, pool: Pool, hints: Hints, postman: Postman) -> None:
        self._pool = pool
        self._hints = hints
        self._postman = postman
        self._watch = Watch("outbox", self._send_and_forget, POLL)
        self._stop_listening: Callable[[], None] | None = None

    async def start(self) -> None:
        """Begin to send."""
        self._stop_listening = self._hints.listen("mail", lambda _hint: self._watch.hurry())
        self._watch.start()

    async def stop(self) -> None:
        """Stop; what was being sent goes out again, under the same Message-ID, when its lease is over."""
        if self._stop_listening is not None:
            self._stop_listening()
        await self._watch.stop()

    def hurry(self) -> None:
        """Say, after a commit, that there is mail. Whichever process claims it first sends it."""
        self._hints.publish({"mail": True})

    async def send_due(self) -> int:
        """Send everything that is due now; returns how many mails were tried."""
        tried = 0
        while batch := await self._claim(clock.now()):
            await asyncio.gather(*(self._send(mail) for mail in batch))
            tried += len(batch)
        return tried

    async def _send_and_forget(self) -> None:
        await self.send_due()
        await self.forget(clock.now())

    async def _claim(self, now: datetime) -> list[_Claimed]:
        """Mails whose turn it is. Each is put off by a lease, so a process that dies leaves it to the others."""
        lease = uuid.uuid4()
        async with self._pool.acquire() as conn:
            rows = await conn.fetch(
                """
                UPDATE outbox SET lease = $2, next_try_at = $3, tries = tries + 1
                WHERE mail_id IN (
                    SELECT mail_id FROM outbox WHERE message IS NOT NULL AND next_try_at <= $1
                    ORDER BY next_try_at LIMIT $4 FOR UPDATE SKIP LOCKED
                )
                RETURNING mail_id, message, created_at, give_up_at, tries
                """,
                now,
                lease,
                now + LEASE,
                _AT_ONCE,
            )
        return [
            _Claimed(
                mail_id=row["mail_id"].hex,
                lease=lease,
                message=msgspec.json.decode(row["message"], type=Message),
                created_at=row["created_at"],
                give_up_at=row["give_up_at"],
                tries=row["tries"],
            )
            for row in rows
        ]

    async def _send(self, mail: _Claimed) -> None:
        if mail.is_useless_at(clock.now()):
            await self._failed(mail, "too late", for_good=True)
            return
        try:
            async with asyncio.timeout(_PATIENCE.total_seconds()):
                await self._postman.carry(mail.message, mail.mail_id, mail.created_at)
        except Refused as refused:
            await self._failed(mail, str(refused), for_good=True)
        except Exception as failed:  # noqa: BLE001 - whatever a mail server does, the mail is tried again
            await self._failed(mail, type(failed).__name__, for_good=False)
        else:
            await self._sent(mail)

    async def _sent(self, mail: _Claimed) -> None:
        async with self._pool.acquire() as conn:
            # Not fenced by the lease: it has gone out, whoever else may have claimed it meanwhile.
            await conn.execute(
                """
                UPDATE outbox SET sent_at = $2, message = NULL, lease = NULL, failed_at = NULL, failure = NULL
                WHERE mail_id = $1 AND sent_at IS NULL
                """,
                UUID(hex=mail.mail_id),
                clock.now(),
            )

    async def _failed(self, mail: _Claimed, failure: str, *, for_good: bool) -> None:
        now = clock.now()
        next_try_at = now + WAITS[min(mail.tries, len(WAITS)) - 1]
        gives_up = for_good or mail.is_given_up_at(next_try_at)
        log.warning(
            "outbox.given_up" if gives_up else "outbox.will_try_again",
            mail=mail.mail_id,
            kind=mail.message.kind,
            tries=mail.tries,
            reason=failure,
        )
        async with self._pool.acquire() as conn:
            await conn.execute(
                """
                UPDATE outbox
                SET failure = $3, lease = NULL, next_try_at = $4, failed_at = $5,
                    message = CASE WHEN $5::timestamptz IS NULL THEN message END
                WHERE mail_id = $1 AND lease = $2 AND message IS NOT NULL
                """,
                UUID(hex=mail.mail_id),
                mail.lease,
                failure[:200],
                next_try_at,
                now if gives_up else None,
            )

    async def forget(self, now: datetime) -> None:
        """Delete what was sent, or given up, long ago."""
        async with self._pool.acquire() as conn:
            await conn.execute("DELETE FROM outbox WHERE message IS NULL AND created_at < $1", now - KEPT)
