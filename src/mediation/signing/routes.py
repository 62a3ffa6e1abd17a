"""Signing over HTTP: first whether somebody can sign now, then who they are, then the signature.

A session is not enough to sign: it lies in a browser that others may use. What is asked for besides is bound to the
person, the case and the very wording, so a code for one text signs no other. Why so:
docs/decisions/0078-a-signature-asks-again-who-it-is.md.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from litestar import Request, post
from litestar.datastructures import State
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock, outbox
from mediation.case.commands import SignSettlement
from mediation.case.decide.signing import party_may_sign
from mediation.case.refusals import Refusal
from mediation.case.state import Signing
from mediation.casework.handle import Along, Answer, Casework
from mediation.db import Connection, reading_as
from mediation.identity import accounts, addresses, codes, limits, passkeys
from mediation.identity.codes import Subject
from mediation.identity.guards import SEAT, Seat, not_on_this_case, seat_of, session_of
from mediation.identity.limits import Budget
from mediation.identity.passkeys import RelyingParty
from mediation.identity.wire import CeremonyOptions, CodeSent
from mediation.mail import texts
from mediation.problems import Problem
from mediation.record import log
from mediation.signing import problems
from mediation.signing.wire import Sign

AnyRequest = Request[Any, Any, State]
_BODY: Final = 64 * 1024  # bytes, as of every body with a credential
_MINUTES: Final = int(codes.VALID_FOR / timedelta(minutes=1))
_TRIES: Final = Budget("signing", 60)
"""Of one account, asking and signing together. A code has five tries of its own."""


@post("/cases/{case_id:str}/signing/code", opt={"who": SEAT}, status_code=202, tags=["signing"])
async def send_code(request: AnyRequest) -> CodeSent:
    """Mail a one-time code to whoever can sign now, at their own address, which the answer does not tell."""
    seat, now = seat_of(request), clock.now()
    await _count(request, now)
    signing = await _what_is_signed(request, seat, now)
    async with request.app.state.pool.acquire() as conn:
        subject, language = await _coded(conn, seat, signing.text_hash)
        async with conn.transaction():
            made = await codes.make(conn, codes.key_of(request.app.state.keyring), subject, now)
            if made.digits is not None:
                message = texts.signing_code(subject.email, language, made.digits, _MINUTES)
                await outbox.put(conn, message, now, useless_after=made.expires_at)
    request.app.state.outbox.hurry()
    return codes.sent(made)


@post("/cases/{case_id:str}/signing/passkey-options", opt={"who": SEAT}, status_code=200, tags=["signing"])
async def passkey_options(request: AnyRequest) -> CeremonyOptions:
    """Begin to sign with a passkey of the own account: what the browser gives to `navigator.credentials`."""
    seat, session, now = seat_of(request), session_of(request), clock.now()
    await _count(request, now)
    signing = await _what_is_signed(request, seat, now)
    purpose = _purpose(seat, signing.text_hash)
    party = RelyingParty.of(request.app.state.settings)
    async with request.app.state.pool.acquire() as conn:
        return await passkeys.begin_proof(conn, party, session.account_id, session.session_id, purpose, now)


@post("/cases/{case_id:str}/signatures", opt={"who": SEAT, "max_body": _BODY}, tags=["signing"])
async def sign(request: AnyRequest, data: JSONBody[Sign]) -> Answer:
    """Sign the frozen text by name. When nothing is left to wait for, it binds both sides with this answer."""
    seat, now = seat_of(request), clock.now()
    await _count(request, now)
    if not data.consent:
        raise problems.consent_needed()
    command = _command(data)
    casework: Casework = request.app.state.casework
    # Before any proof is asked for: a passkey's answer works once, and the answer to this request may have been lost.
    earlier = await casework.answered(seat, command)
    if earlier is not None:
        return earlier
    try:
        await _what_is_signed(request, seat, now)
        also = await _identified(request, seat, data, now)
        return await casework.handle(seat, command, now, also=also)
    except (Problem, Refusal):
        # The same request may have come twice at once, and this one second.
        earlier = await casework.answered(seat, command)
        if earlier is not None:
            return earlier
        raise


def _command(data: Sign) -> SignSettlement:
    """What is to be done; raises `Problem` 422 unless it comes with exactly one proof."""
    has_code, has_passkey = data.code is not None, data.credential is not None and data.challenge_id is not None
    if has_code == has_passkey:
        raise problems.proof_needed()
    return SignSettlement(
        command_id=data.command_id,
        text_hash=data.text_hash,
        name=accounts.plain_name(data.name),
        capacity=data.capacity,
        place=data.place,
        authority=data.authority,
        identified_by="code" if has_code else "passkey",
    )


async def _count(request: AnyRequest, now: datetime) -> None:
    await limits.spend_for(request, limits.commands)
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _TRIES, session_of(request).account_id, now)


async def _what_is_signed(request: AnyRequest, seat: Seat, now: datetime) -> Signing:
    """The text that this person can sign now; raises the Refusal that says why they cannot."""
    casework: Casework = request.app.state.casework
    async with reading_as(request.app.state.readers, seat.case_id, seat.participant_id) as conn:
        known = await casework.known(conn, seat.case_id, seat.participant_id)
    person = known.papers.people.get(seat.participant_id)
    if person is None:  # they left since the door let them in
        raise not_on_this_case()
    return party_may_sign(known, person, now)


async def _identified(request: AnyRequest, seat: Seat, data: Sign, now: datetime) -> Along | None:
    """See the proof; returns what spends it with the signature. Raises the `Problem` that says what is wrong with it.

    A try counts, and a challenge is spent, whatever becomes of the signature; a right code is spent only with it.
    """
    async with request.app.state.pool.acquire() as conn:
        if data.credential is not None and data.challenge_id is not None:
            session = session_of(request)
            await passkeys.finish_proof(
                conn,
                RelyingParty.of(request.app.state.settings),
                session.account_id,
                session.session_id,
                _purpose(seat, data.text_hash),
                data.challenge_id,
                data.credential,
                now,
            )
            return None
        subject, _ = await _coded(conn, seat, data.text_hash)
        key = codes.key_of(request.app.state.keyring)
        nonce = await codes.check(conn, key, subject, data.code or "", now)

    async def spend(within: Connection, _entries: Sequence[log.Entry]) -> None:
        await codes.use(within, subject, nonce, now)

    return spend


async def _coded(conn: Connection, seat: Seat, text_hash: str) -> tuple[Subject, accounts.Language]:
    """What a code for this person and this wording is bound to, and the language of the mail that brings it."""
    reached = await addresses.on_case(conn, seat.case_id, seat.participant_id)
    if not reached:
        raise problems.address_unknown()
    about = f"{seat.case_id} {seat.participant_id} {text_hash}"
    return Subject("sign", about, reached[0].email), reached[0].language


def _purpose(seat: Seat, text_hash: str) -> bytes:
    """What a passkey is asked to prove, as it is kept beside the challenge."""
    return hashlib.sha256(f"sign\n{seat.case_id}\n{seat.participant_id}\n{text_hash}".encode()).digest()


routers: list[ControllerRouterHandler] = [send_code, passkey_options, sign]
"""To be mounted under /api."""
