"""One's own account: passkeys, sessions, the password. Guests have sessions to look after, and nothing else."""

from typing import Final

from litestar import Response, delete, get, post, put
from litestar.datastructures import State
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.db import Connection
from mediation.identity import accounts, known_browsers, limits, organisations, passkeys, passwords, resets, sessions
from mediation.identity.accounts import Account
from mediation.identity.devices import device_of
from mediation.identity.entering import AnyRequest
from mediation.identity.guards import SIGNED_IN, not_open_to_you, not_signed_in, session_of
from mediation.identity.limits import Budget
from mediation.identity.middleware import cookie_of
from mediation.identity.passkeys import RelyingParty
from mediation.identity.sessions import Listed, Session
from mediation.identity.wire import (
    AccountPage,
    AddPasskey,
    CeremonyOptions,
    ChangePassword,
    ChooseLanguage,
    PasskeyView,
    PathId,
    SessionView,
)
from mediation.problems import Problem

_CREDENTIAL: Final = 64 * 1024  # bytes of a body with a credential; attestations with long chains stay below

_MAKING: Final = Budget("passkey-making", 60)


def _changes(state: State) -> Budget:
    return Budget("password-change", state.settings.sign_in_tries)


async def _own(conn: Connection, session: Session) -> Account:
    account = await accounts.find(conn, session.account_id)
    if account is None:
        raise not_signed_in()
    return account


async def _own_staff(conn: Connection, session: Session) -> Account:
    """The staff account behind the session, an administrator's too; raises `Problem` 403 for a guest's."""
    account = await _own(conn, session)
    if account.kind != "staff":
        raise not_open_to_you()
    return account


@get("/account", opt={"who": SIGNED_IN}, tags=["account"])
async def read_account(request: AnyRequest) -> AccountPage:
    """Everything about one's own account: ways to sign in, browsers that are signed in, whom one works for."""
    session = session_of(request)
    async with request.app.state.pool.acquire() as conn:
        account = await _own(conn, session)
        works_for = await organisations.memberships(conn, [account.account_id])
        return AccountPage(
            account_id=account.account_id,
            name=account.name,
            email=account.email,
            kind=account.kind,
            administrator=account.administrator,
            language=account.language,
            has_password=account.password_hash is not None,
            passkeys=await passkeys.held_by(conn, account.account_id),
            sessions=[
                _session_view(listed, session)
                for listed in await sessions.living(conn, account.account_id, clock.now())
            ],
            organisations=works_for[account.account_id],
        )


def _name_of(session_id: str) -> str:
    """What a session is called on the wire: half of a hash is a name, and opens nothing."""
    return session_id[:32]


def _session_view(listed: Listed, present: Session) -> SessionView:
    return SessionView(
        session=_name_of(listed.session_id),
        device=listed.device,
        created_at=listed.created_at,
        last_seen_at=listed.last_seen_at,
        current=listed.session_id == present.session_id,
    )


# ── passkeys ────────────────────────────────────────────────────────────────────────────────────────────────────────


@post("/account/passkeys/options", opt={"who": SIGNED_IN}, status_code=200, tags=["account"])
async def begin_passkey(request: AnyRequest) -> CeremonyOptions:
    """What the browser needs to make a passkey; good for five minutes, once, in this session alone."""
    session = session_of(request)
    async with request.app.state.pool.acquire() as conn:
        account = await _own_staff(conn, session)
        await limits.spend(conn, _MAKING, account.account_id, clock.now())
        party = RelyingParty.of(request.app.state.settings)
        return await passkeys.begin_adding(conn, party, account, session.session_id, clock.now())


@post("/account/passkeys", opt={"who": SIGNED_IN, "max_body": _CREDENTIAL}, tags=["account"])
async def add_passkey(request: AnyRequest, data: JSONBody[AddPasskey]) -> PasskeyView:
    """Keep a new passkey under a name of one's own."""
    session, state = session_of(request), request.app.state
    name = accounts.plain_name(data.name)
    async with state.pool.acquire() as conn:
        account = await _own_staff(conn, session)
        added = await passkeys.finish_adding(
            conn,
            RelyingParty.of(state.settings),
            account.account_id,
            session.session_id,
            data.challenge_id,
            name,
            data.credential,
            clock.now(),
        )
        await resets.mail_notice(conn, state.settings.base_url, account, "passkey", clock.now())
    state.outbox.hurry()
    return added


@delete("/account/passkeys/{passkey:str}", opt={"who": SIGNED_IN}, tags=["account"])
async def remove_passkey(request: AnyRequest, passkey: PathId) -> None:
    """Forget a passkey, unless it is the last way into the account."""
    async with request.app.state.pool.acquire() as conn:
        account = await _own_staff(conn, session_of(request))
        await passkeys.remove(conn, account.account_id, passkey)


# ── sessions ────────────────────────────────────────────────────────────────────────────────────────────────────────


@delete("/account/sessions/{session:str}", opt={"who": SIGNED_IN}, tags=["account"])
async def end_session(request: AnyRequest, session: PathId) -> Response[None]:
    """End one of one's own sessions and close its sockets. Ending the present one is signing out; twice is no error."""
    present, now = session_of(request), clock.now()
    async with request.app.state.pool.acquire() as conn:
        living = [listed.session_id for listed in await sessions.living(conn, present.account_id, now)]
        ending = next((session_id for session_id in living if _name_of(session_id) == session), None)
        if ending is None:
            return Response(None)
        await sessions.end(conn, ending, now)
    request.app.state.live_sessions.ended(ending)
    is_present = ending == present.session_id
    return Response(None, headers={"set-cookie": sessions.forgetting_cookie_header()} if is_present else None)


@post("/account/sessions/end-others", opt={"who": SIGNED_IN}, status_code=204, tags=["account"])
async def end_other_sessions(request: AnyRequest) -> None:
    """End every session of the account but this one, and close their sockets; other browsers become strange again."""
    present = session_of(request)
    async with request.app.state.pool.acquire() as conn, conn.transaction():
        here = cookie_of(request.scope["headers"], known_browsers.COOKIE)
        await known_browsers.forget_all(conn, present.account_id, but=here)
        ended = await sessions.end_all(conn, present.account_id, clock.now(), but=present.session_id)
    for session_id in ended:
        request.app.state.live_sessions.ended(session_id)


# ── password and language ───────────────────────────────────────────────────────────────────────────────────────────


@put("/account/password", opt={"who": SIGNED_IN}, status_code=204, tags=["account"])
async def change_password(request: AnyRequest, data: JSONBody[ChangePassword]) -> Response[None]:
    """Choose another password. Every session ends; this browser gets a new one."""
    present, state, now = session_of(request), request.app.state, clock.now()
    accounts.refuse_weak(data.password)
    async with state.pool.acquire() as conn:
        account = await _own_staff(conn, present)
        await limits.spend(conn, _changes(state), account.account_id, now)
    if account.password_hash is None:
        raise Problem(
            409,
            "no-password-yet",
            "This account has no password yet.",
            "Have a link mailed to you, and choose one with it.",
        )
    if not await passwords.verify(account.password_hash, data.current):
        raise Problem(403, "wrong-password", "The present password is not right.", "Check it and try again.")
    hashed = await passwords.hash_password(data.password)
    now = clock.now()
    async with state.pool.acquire() as conn, conn.transaction():
        if not await accounts.still_opens(conn, account.account_id, account.password_hash):
            raise not_signed_in()
        await accounts.set_password(conn, account.account_id, hashed)
        await resets.void_links(conn, account.account_id)
        await known_browsers.forget_all(conn, account.account_id)
        ended = await sessions.end_all(conn, account.account_id, now)
        token = await sessions.create(conn, account.account_id, now, device=device_of(request.scope))
        known = await known_browsers.remember(conn, account.account_id, now)
        await resets.mail_notice(conn, state.settings.base_url, account, "password", now)
    for session_id in ended:
        state.live_sessions.ended(session_id)
    state.outbox.hurry()
    return Response(None, headers={"set-cookie": sessions.cookie_header(token, account.kind)}, cookies=[known])


@put("/account/language", opt={"who": SIGNED_IN}, status_code=204, tags=["account"])
async def choose_language(request: AnyRequest, data: JSONBody[ChooseLanguage]) -> None:
    """Say in which language mails shall be written."""
    async with request.app.state.pool.acquire() as conn:
        await accounts.set_language(conn, session_of(request).account_id, data.language)


routers: list[ControllerRouterHandler] = [
    read_account,
    begin_passkey,
    add_passkey,
    remove_passkey,
    end_session,
    end_other_sessions,
    change_password,
    choose_language,
]
"""To be mounted under /api."""
