"""Accounts: staff sign in with e-mail and password; a guest's account is made when they accept an invitation."""

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from mediation.db import Connection
from mediation.identity import passwords
from mediation.identity.sessions import AccountKind
from mediation.problems import Problem

SHORTEST_PASSWORD: Final = 12
LONGEST_NAME: Final = 200

# They reorder what stands around them on a screen: a name could pass itself off as another's.
_BIDI_OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in, or a guest of one case."""

    account_id: str
    name: str
    email: str | None
    kind: AccountKind
    password_hash: str | None


def plain_name(name: str) -> str:
    """Return the name as it will be shown: composed, on one line, without invisible controls.

    Raises `Problem` 400 when nothing is left, or too much.
    """
    composed = unicodedata.normalize("NFC", name)
    kept = "".join(c for c in composed if unicodedata.category(c) != "Cc" and c not in _BIDI_OVERRIDES)
    shown = " ".join(kept.split())
    if not shown or len(shown) > LONGEST_NAME:
        raise Problem(
            400,
            "name-needed",
            "We need a name to show to the others.",
            f"Enter the name you go by, up to {LONGEST_NAME} letters.",
        )
    return shown


def plain_email(email: str) -> str:
    """Return the address as it is kept and looked up: trimmed and in lower case."""
    return unicodedata.normalize("NFC", email).strip().lower()


async def create_staff(conn: Connection, name: str, email: str, password: str | None, now: datetime) -> str:
    """Make a staff account and return its id. Without a password it can be reached by a demo link alone.

    Raises `Problem` 409 when the address has an account, 400 when name, address or password will not do.
    """
    address = plain_email(email)
    local, at, domain = address.partition("@")
    if not (local and at and domain) or any(c.isspace() for c in address):
        raise Problem(400, "email-needed", "That is not an e-mail address.", "Enter one like name@example.org.")
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise Problem(
            400,
            "password-too-short",
            f"The password has fewer than {SHORTEST_PASSWORD} characters.",
            "Choose a longer one; a few unrelated words do well.",
        )
    hashed = await passwords.hash_password(password) if password is not None else None
    account_id = uuid.uuid4()
    try:
        await conn.execute(
            """
            INSERT INTO accounts (account_id, name, email, password_hash, kind, created_at)
            VALUES ($1, $2, $3, $4, 'staff', $5)
            """,
            account_id,
            plain_name(name),
            address,
            hashed,
            now,
        )
    except asyncpg.UniqueViolationError:
        raise Problem(
            409, "email-taken", "There is an account with this address.", "Sign in with it, or use another address."
        ) from None
    return account_id.hex


async def create_guest(conn: Connection, name: str, now: datetime) -> str:
    """Make the account of somebody who came by invitation, and return its id."""
    account_id = uuid.uuid4()
    await conn.execute(
        "INSERT INTO accounts (account_id, name, kind, created_at) VALUES ($1, $2, 'guest', $3)",
        account_id,
        plain_name(name),
        now,
    )
    return account_id.hex


async def find_by_email(conn: Connection, email: str) -> Account | None:
    """Return the account with this address, or None."""
    row = await conn.fetchrow(
        "SELECT account_id, name, email, kind, password_hash FROM accounts WHERE email = $1", plain_email(email)
    )
    return _account(row)


async def find(conn: Connection, account_id: str) -> Account | None:
    """Return the account with this id, or None."""
    row = await conn.fetchrow(
        "SELECT account_id, name, email, kind, password_hash FROM accounts WHERE account_id = $1", UUID(hex=account_id)
    )
    return _account(row)


async def keep_password_hash(conn: Connection, account_id: str, replacing: str, password_hash: str) -> None:
    """Replace an outdated hash, unless the password was changed meanwhile."""
    await conn.execute(
        "UPDATE accounts SET password_hash = $3 WHERE account_id = $1 AND password_hash = $2",
        UUID(hex=account_id),
        replacing,
        password_hash,
    )


def _account(row: asyncpg.Record | None) -> Account | None:
    if row is None:
        return None
    return Account(row["account_id"].hex, row["name"], row["email"], row["kind"], row["password_hash"])
