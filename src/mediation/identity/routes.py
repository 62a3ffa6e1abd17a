"""Signing in and out, and who one is. In demo mode also the links that sign a demo person in."""

from datetime import datetime

from litestar import Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.db import Connection, Pool
from mediation.identity import (
    absences,
    accounts,
    administration,
    complaints,
    demo,
    known_browsers,
    limits,
    own_account,
    passkeys,
    passwords,
    ready_clauses,
    resets,
    sessions,
)
from mediation.identity.accounts import Account
from mediation.identity.entering import AnyRequest, signed_in, start_session, welcome
from mediation.identity.guards import ANYONE, DEMO, SIGNED_IN, not_signed_in, session_of
from mediation.identity.limits import Budget, address_of
from mediation.identity.middleware import cookie_of
from mediation.identity.passkeys import RelyingParty
from mediation.identity.sessions import Session
from mediation.identity.wire import CeremonyOptions, PasskeySignIn, SignedIn, SignIn
from mediation.problems import Problem

_CREDENTIAL = 64 * 1024  # bytes


def _per_account(state: State) -> Budget:
    return Budget("sign-in-account", state.settings.sign_in_tries)


def _per_known_browser(state: State) -> Budget:
    return Budget("sign-in-known-browser", state.settings.sign_in_tries)


def _per_address(state: State) -> Budget:
    # Many people share an office's address, few of them mistype at the same time.
    return Budget("sign-in-address", state.settings.sign_in_tries * 10)


def _passkeys_per_address(state: State) -> Budget:
    # Apart from the passwords: nobody who guesses at those may shut the other door.
    return Budget("passkey-address", state.settings.sign_in_tries * 20)


@post("/sign-in", opt={"who": ANYONE, "session": "optional"}, status_code=200, tags=["identity"])
async def sign_in(request: AnyRequest, data: JSONBody[SignIn]) -> Response[SignedIn]:
    """Sign a staff member in with e-mail and password. An unknown address takes as long as a wrong password."""
    now, state = clock.now(), request.app.state
    pool: Pool = state.pool
    email = accounts.plain_email(data.email)
    async with pool.acquire() as conn:
        await limits.spend(conn, _per_address(state), address_of(request.scope), now)
        account = await accounts.find_by_email(conn, email)
        counted = await _counted(conn, request, email, account, now)
        await limits.spend(conn, *counted, now)
    stored = account.password_hash if account is not None else None
    fits = await passwords.verify(stored, data.password)
    if not fits or account is None or stored is None or account.is_disabled:
        raise Problem(
            401,
            "wrong-email-or-password",
            "The e-mail address or the password is not right.",
            "Check both and try again. If you came by an invitation, open its link instead.",
        )
    rehashed = await passwords.hash_password(data.password) if passwords.is_outdated(stored) else None
    async with pool.acquire() as conn:
        if rehashed is not None:
            await accounts.keep_password_hash(conn, account.account_id, stored, rehashed)
            stored = rehashed
        await limits.forgive(conn, *counted, now)
    token = await start_session(request, account.account_id, now, password_hash=stored)
    if counted[0].name == _per_known_browser(state).name:
        return welcome(account, token)
    async with pool.acquire() as conn:
        return welcome(account, token, await known_browsers.remember(conn, account.account_id, now))


async def _counted(
    conn: Connection, request: AnyRequest, email: str, account: Account | None, now: datetime
) -> tuple[Budget, str]:
    """By what this try is counted: by the browser where the account signed in before, else by the address typed."""
    token = cookie_of(request.scope["headers"], known_browsers.COOKIE)
    if account is not None and token is not None:
        browser = await known_browsers.recognise(conn, token, account.account_id, now)
        if browser is not None:
            return _per_known_browser(request.app.state), browser
    return _per_account(request.app.state), email


@post("/passkey-sign-in/options", opt={"who": ANYONE}, status_code=200, tags=["identity"])
async def begin_passkey_sign_in(request: AnyRequest) -> CeremonyOptions:
    """What the browser needs to sign in with a passkey; good for five minutes, once. It asks for no name."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, _passkeys_per_address(request.app.state), address_of(request.scope), now)
        return await passkeys.begin_sign_in(conn, RelyingParty.of(request.app.state.settings), now)


@post(
    "/passkey-sign-in",
    opt={"who": ANYONE, "session": "optional", "max_body": _CREDENTIAL},
    status_code=200,
    tags=["identity"],
)
async def passkey_sign_in(request: AnyRequest, data: JSONBody[PasskeySignIn]) -> Response[SignedIn]:
    """Sign a staff member in with a passkey, whatever has been tried with passwords meanwhile."""
    now, state = clock.now(), request.app.state
    async with state.pool.acquire() as conn:
        await limits.spend(conn, _passkeys_per_address(state), address_of(request.scope), now)
        party = RelyingParty.of(state.settings)
        account_id = await passkeys.finish_sign_in(conn, party, data.challenge_id, data.credential, now)
        account = await accounts.find(conn, account_id)
    if account is None:
        raise not_signed_in()
    return welcome(account, await start_session(request, account_id, now))


@post("/sign-out", opt={"who": ANYONE, "session": "optional"}, status_code=204, tags=["identity"])
async def sign_out(request: AnyRequest) -> Response[None]:
    """End this browser's session and close its sockets. Signing out twice is no error."""
    session: Session | None = request.scope["state"].get("session")
    if session is not None:
        async with request.app.state.pool.acquire() as conn:
            await sessions.end(conn, session.session_id, clock.now())
        request.app.state.live_sessions.ended(session.session_id)
    return Response(None, headers={"set-cookie": sessions.forgetting_cookie_header()})


@get("/me", opt={"who": SIGNED_IN}, tags=["identity"])
async def me(request: AnyRequest) -> SignedIn:
    """Tell who is signed in."""
    session = session_of(request)
    async with request.app.state.pool.acquire() as conn:
        account = await accounts.find(conn, session.account_id)
    if account is None:
        raise not_signed_in()
    return signed_in(account)


@get("/demo/{token:str}", opt={"who": DEMO, "session": "optional"}, include_in_schema=False)
async def demo_sign_in(request: AnyRequest, token: FromPath[str]) -> Redirect:
    """Sign a demo person in and lead them to their case. The link works as often as it is opened."""
    now = clock.now()
    async with request.app.state.pool.acquire() as conn:
        found = await demo.follow(conn, token)
        account = await accounts.find(conn, found[0]) if found is not None else None
    if found is None or account is None:
        raise Problem(
            404, "unknown-demo-link", "This demo link leads nowhere.", "Take one that `make run` printed last."
        )
    session = await start_session(request, account.account_id, now)
    path = f"/cases/{found[1]}" if found[1] is not None else "/"
    return Redirect(path, status_code=303, headers={"set-cookie": sessions.cookie_header(session, account.kind)})


routers: list[ControllerRouterHandler] = [
    sign_in,
    sign_out,
    me,
    begin_passkey_sign_in,
    passkey_sign_in,
    *resets.routers,
    *own_account.routers,
    *absences.routers,
    *administration.routers,
    *complaints.routers,
    *ready_clauses.routers,
]
"""To be mounted under /api."""

demo_routers: list[ControllerRouterHandler] = [demo_sign_in]
"""To be mounted at the root, in demo mode alone."""
