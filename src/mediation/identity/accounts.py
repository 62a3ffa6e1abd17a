"""Accounts: staff sign in with a password or a passkey; a guest's account is made when they accept an invitation."""

import unicodedata
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

import asyncpg

from mediation.db import Connection
from mediation.identity import passwords
from mediation.identity.names import mixes_alphabets, plain_line
from mediation.identity.sessions import AccountKind
from mediation.mail.message import checked_address
from mediation.problems import Problem

SHORTEST_PASSWORD: Final = 12
LONGEST_NAME: Final = 200

Language = Literal["en", "de"]


@dataclass(frozen=True, slots=True)
class Account:
    """A person who can sign in, or a guest of one case."""

    account_id: str
    name: str
    email: str | None
    kind: AccountKind
    password_hash: str | None
    administrator: bool
    is_disabled: bool
    language: Language


def plain_name(name: str) -> str:
    """Return the name as it will be shown: composed, on one line, without anything that cannot be seen.

    Raises `Problem` 400 when nothing is left, or too much, or when it is spelt to look like another.
    """
    shown = plain_line(name)
    if not shown or len(shown) > LONGEST_NAME:
        raise Problem(
            400,
            "name-needed",
            "We need a name to show to the others.",
            f"Enter the name you go by, up to {LONGEST_NAME} letters.",
        )
    _refuse_disguise(shown)
    return shown


def plain_title(title: str) -> str:
    """Return a title or heading as it will be shown; it may be empty. Raises `Problem` 400 as `plain_name` does."""
    shown = plain_line(title)[:LONGEST_NAME].rstrip()
    _refuse_disguise(shown)
    return shown


def _refuse_disguise(shown: str) -> None:
    if mixes_alphabets(shown):
        raise Problem(
            400,
            "name-mixes-alphabets",
            "A word of this name mixes letters of different alphabets that look alike.",
            "Write each word in one alphabet.",
        )


def plain_email(email: str) -> str:
    """Return the address as it is kept and looked up: trimmed and in lower case."""
    return unicodedata.normalize("NFC", email).strip().lower()


def checked_email(email: str) -> str:
    """Return the address as `plain_email` does; raises `Problem` 400 when it is none."""
    try:
        return checked_address(plain_email(email))
    except ValueError:
        raise Problem(
            400, "email-needed", "That is not an e-mail address.", "Enter one like name@example.org."
        ) from None


def refuse_weak(password: str) -> None:
    """Raise `Problem` 400 for a password that is too short; what it is made of is its owner's choice."""
    if len(password) < SHORTEST_PASSWORD:
        raise Problem(
            400,
            "password-too-short",
            f"The password has fewer than {SHORTEST_PASSWORD} characters.",
            "Choose a longer one; a few unrelated words do well.",
        )


async def create_staff(
    conn: Connection,
    name: str,
    email: str,
    password: str | None,
    now: datetime,
    *,
    administrator: bool = False,
    language: Language = "en",
    account_id: str | None = None,
) -> str:
    """Make a staff account and return its id. Without a password it is reached by a link (`resets`) alone.

    Raises `Problem` 409 when the address has an account, 400 when name, address or password will not do.
    """
    address = checked_email(email)
    if password is not None:
        refuse_weak(password)
    hashed = await passwords.hash_password(password) if password is not None else None
    made = UUID(hex=account_id) if account_id is not None else uuid.uuid4()
    try:
        await conn.execute(
            """
            INSERT INTO accounts (account_id, name, email, password_hash, kind, created_at, administrator, language)
            VALUES ($1, $2, $3, $4, 'staff', $5, $6, $7)
            """,
            made,
            plain_name(name),
            address,
            hashed,
            now,
            administrator,
            language,
        )
    except asyncpg.UniqueViolationError:
        raise Problem(
            409, "email-taken", "There is an account with this address.", "Sign in with it, or use another address."
        ) from None
    return made.hex


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


_COLUMNS: Final = (
    "account_id, name, email, kind, password_hash, administrator, disabled_at IS NOT NULL AS is_disabled, language"
)


async def find_by_email(conn: Connection, email: str) -> Account | None:
    """Return the account with this address, disabled or not, or None."""
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM accounts WHERE email = $1",  # noqa: S608 - the columns are ours
        plain_email(email),
    )
    return _account(row)


async def find(conn: Connection, account_id: str) -> Account | None:
    """Return the account with this id, disabled or not, or None."""
    row = await conn.fetchrow(
        f"SELECT {_COLUMNS} FROM accounts WHERE account_id = $1",  # noqa: S608 - the columns are ours
        UUID(hex=account_id),
    )
    return _account(row)


async def still_opens(conn: Connection, account_id: str, password_hash: str | None = None) -> bool:
    """Whether the account is open, and this its password, until the caller's transaction ends.

    A sign-in that began before the account was shut or its password changed must not leave a session behind.
    """
    found = await conn.fetchval(
        """
        SELECT true FROM accounts
        WHERE account_id = $1 AND disabled_at IS NULL AND ($2::text IS NULL OR password_hash = $2) FOR SHARE
        """,
        UUID(hex=account_id),
        password_hash,
    )
    return bool(found)


async def set_password(conn: Connection, account_id: str, password_hash: str) -> None:
    """Give the account another password."""
    await conn.execute(
        "UPDATE accounts SET password_hash = $2 WHERE account_id = $1", UUID(hex=account_id), password_hash
    )


async def set_language(conn: Connection, account_id: str, language: Language) -> None:
    """Note in which language mails to this account are written."""
    await conn.execute("UPDATE accounts SET language = $2 WHERE account_id = $1", UUID(hex=account_id), language)


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
    return Account(
        row["account_id"].hex,
        row["name"],
        row["email"],
        row["kind"],
        row["password_hash"],
        row["administrator"],
        row["is_disabled"],
        row["language"],
    )
