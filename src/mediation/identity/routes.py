"""Signing in and out, and who one is. In demo mode also the links that sign a demo person in."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from mediation import clock
from mediation.case.terms import Line
from mediation.db import Pool
from mediation.identity import accounts, demo, limits, passwords, sessions
from mediation.identity.guards import ANYONE, DEMO, SIGNED_IN, not_signed_in, session_of
from mediation.identity.limits import Budget, address_of
from mediation.identity.sessions import AccountKind, Session
from mediation.problems import Problem

AnyRequest = Request[Any, Any, State]

Email = Annotated[str, Meta(min_length=3, max_length=254, pattern="^[^\\x00-\\x1f\\x7f]*$")]
Password = Annotated[str, Meta(min_length=1, max_length=1024)]


class SignIn(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a staff member types to come in."""

    email: Email
    password: Password


class SignedIn(Struct, frozen=True, kw_only=True):
    """The account behind the session."""

    account_id: str
    name: Line
    kind: AccountKind
    email: str | None


def _per_account(state: State) -> Budget:
    return Budget("sign-in-account", state.settings.sign_in_tries)


def _per_address(state: State) -> Budget:
    # Many people share an office's address, few of them mistype at the same time.
    return Budget("sign-in-address", state.settings.sign_in_tries * 10)


async def start_session(request: AnyRequest, account_id: str, now: datetime) -> str:
    """Open a session with a new token and end the one this browser came with; returns the token.

    A cookie that came with the request is never taken over, so nobody can choose another person's session.
    """
    earlier: Session | None = request.scope["state"].get("session")
    pool: Pool = request.app.state.pool
    async with pool.acquire() as conn, conn.transaction():
        token = await sessions.create(conn, account_id, now)
        if earlier is not None:
            await sessions.end(conn, earlier.session_id, now)
    if earlier is not None:
        request.app.state.live_sessions.ended(earlier.session_id)
    return token


@post("/sign-in", opt={"who": ANYONE, "session": "optional"}, status_code=200, tags=["identity"])
async def sign_in(request: AnyRequest, data: JSONBody[SignIn]) -> Response[SignedIn]:
    """Sign a staff member in with e-mail and password. An unknown address takes as long as a wrong password."""
    now = clock.now()
    pool: Pool = request.app.state.pool
    email = accounts.plain_email(data.email)
    async with pool.acquire() as conn:
        await limits.spend(conn, _per_address(request.app.state), address_of(request.scope), now)
        await limits.spend(conn, _per_account(request.app.state), email, now)
        account = await accounts.find_by_email(conn, email)
    stored = account.password_hash if account is not None else None
    if not await passwords.verify(stored, data.password) or account is None or stored is None:
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
        await limits.forgive(conn, _per_account(request.app.state), email, now)
    token = await start_session(request, account.account_id, now)
    return Response(
        SignedIn(account_id=account.account_id, name=account.name, kind=account.kind, email=account.email),
        headers={"set-cookie": sessions.cookie_header(token, account.kind)},
    )


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
    return SignedIn(account_id=account.account_id, name=account.name, kind=account.kind, email=account.email)


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


routers: list[ControllerRouterHandler] = [sign_in, sign_out, me]
"""To be mounted under /api."""

demo_routers: list[ControllerRouterHandler] = [demo_sign_in]
"""To be mounted at the root, in demo mode alone."""
