"""Passkeys (WebAuthn Level 3): one key pair per account and device; the portal keeps the public half.

The host of MEDIATION_BASE_URL is the relying party, and its origin the only page from which a proof is accepted.
"""

import binascii
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import msgspec
import structlog
import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from mediation.db import Connection
from mediation.identity.accounts import Account
from mediation.identity.wire import CeremonyOptions, NewCredential, PasskeyView, Proof
from mediation.problems import Problem
from mediation.settings import Settings

CHALLENGE_LASTS: Final = timedelta(minutes=5)
MOST: Final = 20  # of one account
PROVES_AFTER: Final = timedelta(days=1)
"""How old a passkey must be to show who is there. A session alone adds one, and its owner is mailed about it first."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """This portal as an authenticator knows it."""

    id: str
    name: str
    origin: str

    @classmethod
    def of(cls, settings: Settings) -> "RelyingParty":
        """The portal at its own address."""
        return cls(urlsplit(settings.base_url).hostname or "", settings.operator or "Mediation", settings.origin)


def _refused() -> Problem:
    return Problem(
        401,
        "passkey-refused",
        "This passkey does not open an account here.",
        "Try another passkey, or sign in with e-mail and password.",
    )


def _does_not_show_it() -> Problem:
    return Problem(
        422,
        "passkey-does-not-show-it",
        "This passkey does not show that it is you.",
        "Try again with a passkey of this account, or have a code mailed to you.",
    )


def _challenge_is_gone() -> Problem:
    return Problem(
        410, "passkey-too-late", "That took too long, or it was sent twice.", "Start again: it takes a few seconds."
    )


# ── registering ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def begin_adding(
    conn: Connection, party: RelyingParty, account: Account, session_id: str, now: datetime
) -> CeremonyOptions:
    """Return what the browser needs to make a passkey, for this session of this account."""
    held = await conn.fetch("SELECT credential_id FROM passkeys WHERE account_id = $1", UUID(hex=account.account_id))
    if len(held) >= MOST:
        raise Problem(409, "too-many-passkeys", f"An account has {MOST} passkeys at most.", "Remove one first.")
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=UUID(hex=account.account_id).bytes,
        user_name=account.email or account.name,
        user_display_name=account.name,
        timeout=int(CHALLENGE_LASTS / timedelta(milliseconds=1)),
        # The key must be found without a name being typed first.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=row["credential_id"]) for row in held],
    )
    challenge_id = await _keep(conn, options.challenge, now, account.account_id, session_id)
    return CeremonyOptions(challenge_id=challenge_id, options=options_to_json_dict(options))


async def finish_adding(
    conn: Connection,
    party: RelyingParty,
    account_id: str,
    session_id: str,
    challenge_id: str,
    name: str,
    credential: NewCredential,
    now: datetime,
) -> PasskeyView:
    """Keep a new passkey. Call it outside a transaction: the challenge is spent whatever becomes of the rest.

    Raises `Problem` 410 for a challenge that is spent or of another session, 422 for what does not answer it, 409
    for a passkey that is kept already.
    """
    challenge = await _spend(conn, challenge_id, now, account_id, session_id)
    try:
        made = webauthn.verify_registration_response(
            credential=msgspec.to_builtins(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
        )
    except Exception as fault:  # noqa: BLE001 - parsing what a device sent fails in more ways than the library names
        log.info("passkeys.not_accepted", reason=type(fault).__name__)
        raise Problem(
            422, "passkey-not-accepted", "This device gave no passkey that we can use.", "Try again, or another device."
        ) from None
    passkey_id = uuid.uuid4()
    try:
        await conn.execute(
            """
            INSERT INTO passkeys (passkey_id, account_id, credential_id, public_key, sign_count, name, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            passkey_id,
            UUID(hex=account_id),
            made.credential_id,
            made.credential_public_key,
            made.sign_count,
            name,
            now,
        )
    except asyncpg.UniqueViolationError:
        raise Problem(409, "passkey-known", "This passkey is kept already.", "Use it to sign in.") from None
    return PasskeyView(passkey=passkey_id.hex, name=name, created_at=now, last_used_at=None)


# ── signing in ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def begin_sign_in(conn: Connection, party: RelyingParty, now: datetime) -> CeremonyOptions:
    """Return what the browser needs to prove who is there. It names no account, so it tells about none."""
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        timeout=int(CHALLENGE_LASTS / timedelta(milliseconds=1)),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    challenge_id = await _keep(conn, options.challenge, now)
    return CeremonyOptions(challenge_id=challenge_id, options=options_to_json_dict(options))


async def finish_sign_in(
    conn: Connection, party: RelyingParty, challenge_id: str, credential: Proof, now: datetime
) -> str:
    """Return the account that the passkey opens. Call it outside a transaction, as `finish_adding`.

    Raises `Problem` 410 for a spent challenge; 401, always the same, for everything else that does not fit: an
    unknown key, another page, a disabled account, a counter that went backwards as a copied key's does.
    """
    challenge = await _spend(conn, challenge_id, now)
    return await _proven(conn, party, challenge, credential, now)


# ── stepping up ─────────────────────────────────────────────────────────────────────────────────────────────────────


async def begin_proof(
    conn: Connection, party: RelyingParty, account_id: str, session_id: str, purpose: bytes, now: datetime
) -> CeremonyOptions:
    """Return what the browser needs to show again who is there, for one purpose (32 bytes) of this session.

    The device asks for a finger or a PIN: a key that somebody left lying about is not enough. Raises `Problem` 409
    when the account has no passkey that is old enough.
    """
    held = await conn.fetch(
        "SELECT credential_id FROM passkeys WHERE account_id = $1 AND created_at <= $2",
        UUID(hex=account_id),
        now - PROVES_AFTER,
    )
    if not held:
        raise Problem(
            409,
            "no-passkey",
            "You have no passkey here that is at least a day old.",
            "Have a code mailed to you instead.",
        )
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        timeout=int(CHALLENGE_LASTS / timedelta(milliseconds=1)),
        allow_credentials=[PublicKeyCredentialDescriptor(id=row["credential_id"]) for row in held],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    challenge_id = await _keep(conn, options.challenge, now, account_id, session_id, purpose)
    return CeremonyOptions(challenge_id=challenge_id, options=options_to_json_dict(options))


async def finish_proof(
    conn: Connection,
    party: RelyingParty,
    account_id: str,
    session_id: str,
    purpose: bytes,
    challenge_id: str,
    credential: Proof,
    now: datetime,
) -> None:
    """Raise unless the account's own passkey proved, for this purpose, that its holder is there.

    Call it outside a transaction, as `finish_adding`. Raises `Problem` 410 for a challenge that is spent, or was given
    to another session or for another purpose; 422 for everything else that does not fit.
    """
    challenge = await _spend(conn, challenge_id, now, account_id, session_id, purpose)
    await _proven(conn, party, challenge, credential, now, of=account_id, is_person_checked=True)


async def _proven(
    conn: Connection,
    party: RelyingParty,
    challenge: bytes,
    credential: Proof,
    now: datetime,
    *,
    of: str | None = None,
    is_person_checked: bool = False,
) -> str:
    """Return the account whose passkey answered the challenge; with `of`, no other account's will do."""
    refused = _refused() if of is None else _does_not_show_it()
    async with conn.transaction():
        row = await conn.fetchrow(
            """
            SELECT p.passkey_id, p.account_id, p.public_key, p.sign_count
            FROM passkeys p JOIN accounts a USING (account_id)
            WHERE p.credential_id = $1 AND a.disabled_at IS NULL AND ($2::timestamptz IS NULL OR p.created_at <= $2)
            FOR UPDATE OF p
            """,
            _raw(credential.rawId),
            now - PROVES_AFTER if of is not None else None,
        )
        if row is None or (of is not None and row["account_id"].hex != of):
            raise refused
        try:
            proven = webauthn.verify_authentication_response(
                credential=msgspec.to_builtins(credential),
                expected_challenge=challenge,
                expected_rp_id=party.id,
                expected_origin=party.origin,
                credential_public_key=row["public_key"],
                credential_current_sign_count=row["sign_count"],
                require_user_verification=is_person_checked,
            )
        except Exception as fault:  # noqa: BLE001 - as above
            log.info("passkeys.refused", reason=type(fault).__name__)
            raise refused from None
        # A device need not tell the account when it was asked for a key of it by name.
        handle = credential.response.userHandle
        if (handle or of is None) and _raw(handle or "") != row["account_id"].bytes:
            raise refused
        await conn.execute(
            "UPDATE passkeys SET sign_count = $2, last_used_at = $3 WHERE passkey_id = $1",
            row["passkey_id"],
            proven.new_sign_count,
            now,
        )
    return str(row["account_id"].hex)


def _raw(text: str) -> bytes:
    """The bytes of base64url text, or none when it is not."""
    try:
        return base64url_to_bytes(text)
    except binascii.Error:
        return b""


# ── keeping ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def held_by(conn: Connection, account_id: str) -> list[PasskeyView]:
    """The account's passkeys, the oldest first."""
    rows = await conn.fetch(
        """
        SELECT passkey_id, name, created_at, last_used_at FROM passkeys
        WHERE account_id = $1 ORDER BY created_at, passkey_id
        """,
        UUID(hex=account_id),
    )
    return [
        PasskeyView(
            passkey=row["passkey_id"].hex,
            name=row["name"],
            created_at=row["created_at"],
            last_used_at=row["last_used_at"],
        )
        for row in rows
    ]


async def remove(conn: Connection, account_id: str, passkey: str) -> None:
    """Forget a passkey of this account; one that is gone is no error. Raises `Problem` 409 for the last way in."""
    async with conn.transaction():
        # The account's row is the lock: of two removals at once, the second sees what the first left.
        has_password = await conn.fetchval(
            "SELECT password_hash IS NOT NULL FROM accounts WHERE account_id = $1 FOR UPDATE", UUID(hex=account_id)
        )
        held = {view.passkey for view in await held_by(conn, account_id)}
        if passkey not in held:
            return
        if not has_password and len(held) == 1:
            raise Problem(
                409,
                "last-way-in",
                "This passkey is the only way into the account.",
                "Add another passkey or choose a password first.",
            )
        await conn.execute("DELETE FROM passkeys WHERE passkey_id = $1", UUID(hex=passkey))


# ── challenges ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def _keep(
    conn: Connection,
    challenge: bytes,
    now: datetime,
    account_id: str | None = None,
    session_id: str | None = None,
    purpose: bytes | None = None,
) -> str:
    challenge_id = uuid.uuid4()
    await conn.execute("DELETE FROM passkey_challenges WHERE expires_at <= $1", now)
    await conn.execute(
        """
        INSERT INTO passkey_challenges (challenge_id, challenge, account_id, session, expires_at, purpose)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        challenge_id,
        challenge,
        *_owner(account_id, session_id),
        now + CHALLENGE_LASTS,
        purpose,
    )
    return challenge_id.hex


async def _spend(
    conn: Connection,
    challenge_id: str,
    now: datetime,
    account_id: str | None = None,
    session_id: str | None = None,
    purpose: bytes | None = None,
) -> bytes:
    challenge: bytes | None = await conn.fetchval(
        """
        DELETE FROM passkey_challenges
        WHERE challenge_id = $1 AND expires_at > $2
          AND account_id IS NOT DISTINCT FROM $3 AND session IS NOT DISTINCT FROM $4
          AND purpose IS NOT DISTINCT FROM $5
        RETURNING challenge
        """,
        UUID(hex=challenge_id),
        now,
        *_owner(account_id, session_id),
        purpose,
    )
    if challenge is None:
        raise _challenge_is_gone()
    return challenge


def _owner(account_id: str | None, session_id: str | None) -> tuple[UUID | None, bytes | None]:
    return (
        UUID(hex=account_id) if account_id is not None else None,
        bytes.fromhex(session_id) if session_id is not None else None,
    )
