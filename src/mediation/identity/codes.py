"""One-time codes by mail: six digits that show that somebody reads a mailbox.

A code is bound to what it is for and to the address it was mailed to, works for ten minutes and once, and can be tried
five times, counted in PostgreSQL over all processes. It is kept under a key that the database does not hold: a million
codes are tried in a second by whoever has both.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final

from msgspec import Meta

from mediation.db import Connection
from mediation.identity.limits import Budget, spend
from mediation.identity.wire import CodeSent
from mediation.problems import Problem
from mediation.record.keys import Keyring

VALID_FOR: Final = timedelta(minutes=10)
TRIES: Final = 5
AGAIN_AFTER: Final = timedelta(seconds=30)
_PER_HOUR: Final = Budget("code-hour", 5, timedelta(hours=1))
# Five tries for each code: a whole day of guessing hits once in 16,000.
_PER_DAY: Final = Budget("code-day", 12, timedelta(days=1))
_KEPT: Final = timedelta(days=1)
_KEY_DOMAIN: Final = b"mediation/one-time-codes/1\n"

Code = Annotated[str, Meta(max_length=20, description="six digits; spaces do not matter")]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a code is for, and whom it is mailed to: a code for one subject is worth nothing for another."""

    purpose: str
    about: str
    email: str

    def hashed(self) -> bytes:
        """Return the 32 bytes under which the code is found; no address can be read from them."""
        return hashlib.sha256(f"{self.purpose}\n{self.about}\n{self.email}".encode()).digest()


@dataclass(frozen=True, slots=True)
class Made:
    """A code on its way. `digits` is None when one was mailed a moment ago and still stands."""

    digits: str | None
    expires_at: datetime
    again_after: timedelta


def key_of(keyring: Keyring) -> bytes:
    """Return the key that codes are kept under: the signing key's own, so that every process has it."""
    return hashlib.sha256(keyring.sign(_KEY_DOMAIN, b"")).digest()


async def make(conn: Connection, key: bytes, subject: Subject, now: datetime) -> Made:
    """Make a code in the caller's transaction, to be mailed in it. One that was mailed before dies.

    Asking twice at once (a double click, a mail scanner that presses buttons) gives one mail and spends one. Raises
    `TooManyTries` when too many were mailed in this hour or day; then the transaction must not be committed.
    """
    await conn.execute("SELECT pg_advisory_xact_lock($1)", int.from_bytes(subject.hashed()[:8], signed=True))
    row = await conn.fetchrow(
        """
        SELECT made_at, expires_at FROM codes
        WHERE subject_hash = $1 AND used_at IS NULL AND tries < $2 AND made_at > $3
        """,
        subject.hashed(),
        TRIES,
        now - AGAIN_AFTER,
    )
    if row is not None:
        return Made(None, row["expires_at"], row["made_at"] + AGAIN_AFTER - now)
    for budget in (_PER_HOUR, _PER_DAY):
        await spend(conn, budget, subject.hashed().hex(), now)
    digits, nonce = f"{secrets.randbelow(1_000_000):06d}", secrets.token_bytes(16)
    await conn.execute(
        """
        INSERT INTO codes (subject_hash, nonce, code_hash, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (subject_hash) DO UPDATE
        SET nonce = excluded.nonce, code_hash = excluded.code_hash, made_at = excluded.made_at,
            expires_at = excluded.expires_at, tries = 0, used_at = NULL
        """,
        subject.hashed(),
        nonce,
        _hashed(key, subject, nonce, digits),
        now,
        now + VALID_FOR,
    )
    await conn.execute("DELETE FROM codes WHERE expires_at < $1", now - _KEPT)
    return Made(digits, now + VALID_FOR, AGAIN_AFTER)


async def check(
    conn: Connection, key: bytes, subject: Subject, code: str, now: datetime, *, even_used: bool = False
) -> bytes:
    """Count a try and return the nonce of the code if it is right; `use` then spends it.

    Call it outside a transaction: a try counts whatever becomes of the request. With `even_used` a code that was used
    already is right once more, for whoever sends the same request again because its answer was lost.
    Raises `Problem` 422 code-wrong (with `tries_left`), 410 code-expired, 429 too-many-tries.
    """
    row = await conn.fetchrow(
        """
        UPDATE codes SET tries = tries + 1
        WHERE subject_hash = $1 AND expires_at > $2 AND tries < $3 AND (used_at IS NULL OR $4)
        RETURNING nonce, code_hash, tries
        """,
        subject.hashed(),
        now,
        TRIES,
        even_used,
    )
    if row is None:
        raise await _why_not(conn, subject, now)
    typed = "".join(code.split())
    if not hmac.compare_digest(_hashed(key, subject, row["nonce"], typed), row["code_hash"]):
        left = TRIES - row["tries"]
        raise Problem(
            422,
            "code-wrong",
            "This is not the code that we mailed.",
            "Look at the newest mail and try again." if left else "Ask for a new code.",
            {"tries_left": left},
        )
    nonce: bytes = row["nonce"]
    return nonce


async def use(conn: Connection, subject: Subject, nonce: bytes, now: datetime) -> None:
    """Spend a code that was right, in the transaction that it allows; raises `Problem` 410 when it was spent before."""
    status: str = await conn.execute(
        "UPDATE codes SET used_at = $3 WHERE subject_hash = $1 AND nonce = $2 AND used_at IS NULL",
        subject.hashed(),
        nonce,
        now,
    )
    if status != "UPDATE 1":
        raise _expired()


def sent(made: Made) -> CodeSent:
    """What is told to whoever asked for a code."""
    return CodeSent(expires_at=made.expires_at, again_after_s=max(1, round(made.again_after.total_seconds())))


async def _why_not(conn: Connection, subject: Subject, now: datetime) -> Problem:
    is_spent = await conn.fetchval(
        "SELECT true FROM codes WHERE subject_hash = $1 AND used_at IS NULL AND expires_at > $2",
        subject.hashed(),
        now,
    )
    if is_spent:
        return Problem(429, "too-many-tries", "This code was tried too often.", "Ask for a new code.")
    return _expired()


def _expired() -> Problem:
    return Problem(410, "code-expired", "This code does not work any more.", "Ask for a new code.")


def _hashed(key: bytes, subject: Subject, nonce: bytes, digits: str) -> bytes:
    return hmac.new(key, b"\n".join((subject.hashed(), nonce, digits.encode())), hashlib.sha256).digest()
