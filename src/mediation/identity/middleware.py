"""The door around every route: foreign pages, oversized bodies and strangers are turned away before anything else.

Order matters: origin, size and media type cost nothing and need no database; then the cookie; then who may pass.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

import msgspec
from litestar.enums import ScopeType
from litestar.types import (
    ASGIApp,
    HTTPReceiveMessage,
    HTTPScope,
    Message,
    Receive,
    Scope,
    Send,
    WebSocketReceiveMessage,
)

from mediation import clock
from mediation.identity.guards import admit, needs_session
from mediation.identity.live_sessions import LiveSessions
from mediation.identity.origins import SAFE_METHODS, refuse_foreign
from mediation.identity.sessions import COOKIE, Session
from mediation.problems import Problem, problem_document

MAX_BODY: Final = 1 << 20  # bytes of a JSON body
_PATIENCE: Final = timedelta(seconds=10)  # for a connection to the database; then people are asked to try again
CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types ProseMirrorClipboard default"
)
_SECURITY_HEADERS: Final = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=()"),
)
_HSTS: Final = (b"strict-transport-security", b"max-age=31536000")


class Door:
    """ASGI middleware for every route of the app; reads `pool` and `settings` from the app's state."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the connection in, or answer with the problem that keeps it out."""
        if scope["type"] == ScopeType.WEBSOCKET:
            try:
                await self._check(scope)
            except Problem as refused:
                await _refuse_handshake(scope, receive, send, refused)
                return
            await self._app(scope, receive, send)
            return
        await self._check(scope)
        await self._app(scope, _bounded(scope, receive), send)

    async def _check(self, scope: Scope) -> None:
        state = scope["litestar_app"].state
        if scope["type"] == ScopeType.WEBSOCKET:
            refuse_foreign(scope["headers"], state.settings.origin.encode())
        else:
            _check_request(scope, state.settings.origin.encode())
        await self._admit(scope)
        live: LiveSessions | None = state.get("live_sessions")
        session: Session | None = scope["state"]["session"]
        if scope["type"] == ScopeType.WEBSOCKET and live is not None and session and live.is_full(session.session_id):
            raise _too_many_sockets()

    async def _admit(self, scope: Scope) -> None:
        token, state = cookie_of(scope["headers"]), scope["litestar_app"].state
        if token is None or not needs_session(scope["route_handler"]):
            await admit(scope, None, None, clock.now())
            return
        async with state.pool.acquire(timeout=_PATIENCE.total_seconds()) as conn:
            await admit(scope, conn, token, clock.now())


def cookie_of(headers: Iterable[tuple[bytes, bytes]], name: str = COOKIE) -> str | None:
    """Return the value of a cookie a browser sent, or None. Text that is no cookie is no error here."""
    for header, text in headers:
        if header != b"cookie":
            continue
        for part in text.decode("latin-1").split(";"):
            key, _, value = part.strip().partition("=")
            if key == name:
                return value
    return None


def _check_request(scope: HTTPScope, own: bytes) -> None:
    if scope["method"] not in SAFE_METHODS:
        refuse_foreign(scope["headers"], own)
        _refuse_unreadable_body(scope)


def _max_body(scope: Scope) -> int:
    limit = scope["route_handler"].opt.get("max_body", MAX_BODY)
    return int(limit)


def _too_large(limit: int) -> Problem:
    return Problem(
        413, "too-large", "That is more than we can take in one go.", f"Send at most {limit // 1024} KiB at a time."
    )


def _too_many_sockets() -> Problem:
    return Problem(429, "too-many-tries", "Too many windows of this portal are open.", "Close some, then try again.")


def _refuse_unreadable_body(scope: Scope) -> None:
    """Refuse a body that says it is too large, and one that is not JSON where JSON is expected.

    A page elsewhere can post forms and plain text without asking the browser first, but never JSON.
    """
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"0")
    if not length.isdigit():
        raise Problem(400, "bad-request", "The request is malformed.", "Send a valid Content-Length.")
    if int(length[:20]) > _max_body(scope):
        raise _too_large(_max_body(scope))
    has_body = int(length[:20]) > 0 or b"transfer-encoding" in headers
    media_type = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
    if has_body and scope["route_handler"].opt.get("body", "json") == "json" and media_type != b"application/json":
        raise Problem(
            415, "not-json", "We only read JSON here.", "Send the body as JSON with Content-Type: application/json."
        )


def _bounded(scope: Scope, receive: Receive) -> Receive:
    """Count what arrives, for bodies that do not say their size beforehand."""
    limit = _max_body(scope)
    arrived = 0

    async def counted() -> HTTPReceiveMessage | WebSocketReceiveMessage:
        nonlocal arrived
        event = await receive()
        if event["type"] == "http.request":
            arrived += len(event["body"])
            if arrived > limit:
                raise _too_large(limit)
        return event

    return counted


async def _refuse_handshake(scope: Scope, receive: Receive, send: Send, refused: Problem) -> None:
    """Close a socket before it is accepted, with the problem document where the server can carry one."""
    await receive()  # websocket.connect, which must be answered
    if "websocket.http.response" not in (scope.get("extensions") or {}):
        await send({"type": "websocket.close", "code": 4000 + refused.status, "reason": refused.code})
        return
    body = msgspec.json.encode(problem_document(refused.status, refused.code, refused.title, refused.next_step))
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    start: Any = {"type": "websocket.http.response.start", "status": refused.status, "headers": headers}
    rest: Any = {"type": "websocket.http.response.body", "body": body}
    await send(start)
    await send(rest)


async def add_security_headers(message: Message, scope: Scope) -> None:
    """`before_send` hook: every answer, also one that no route gave, tells the browser to be strict with it."""
    if message["type"] not in {"http.response.start", "websocket.http.response.start"}:
        return
    started: Any = message
    headers = list(started.get("headers", ()))
    present = {name.lower() for name, _ in headers}
    wanted = list(_SECURITY_HEADERS)
    if scope["litestar_app"].state.settings.base_url.startswith("https://"):
        wanted.append(_HSTS)
    if scope["path"].startswith("/api/"):
        wanted.append((b"cache-control", b"no-store"))
    headers.extend((name, value) for name, value in wanted if name not in present)
    started["headers"] = headers
