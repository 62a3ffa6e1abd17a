"""Who may use a route. Every handler says so (`opt={"who": …}`), and what says nothing is open to nobody.

The checks run in the middleware, before a body is read or a socket accepted; `guard` is the second wall, which
refuses whatever reaches a handler without having come through the first.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler
from litestar.types import Scope

from mediation.db import Connection
from mediation.identity import sessions
from mediation.identity.sessions import Session
from mediation.problems import Problem

ANYONE: Final = "anyone"
SIGNED_IN: Final = "signed-in"
STAFF: Final = "staff"  # staff of a business or a provider; an administrator has no business in cases
ADMIN: Final = "admin"
SEAT: Final = "seat"
DEMO: Final = "demo"
_HEX32: Final = re.compile("[0-9a-f]{32}")
WHO: Final = frozenset({ANYONE, SIGNED_IN, STAFF, ADMIN, SEAT, DEMO})
_NEEDS_SESSION: Final = frozenset({SIGNED_IN, STAFF, ADMIN, SEAT})


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of an account on one case. `party` is None for those who take no side."""

    case_id: str
    participant_id: str
    account_id: str
    role: str
    party: str | None
    name: str


def not_signed_in() -> Problem:
    """The refusal for a route that needs a session."""
    return Problem(
        401, "not-signed-in", "You are not signed in.", "Sign in, or open your own link to the case again, then retry."
    )


def not_on_this_case() -> Problem:
    """The one refusal for a case that is unknown and for a case that is not theirs: the two must look alike."""
    return Problem(
        403,
        "not-on-this-case",
        "This case is not open to you.",
        "Check that you are signed in as the person who was invited, or ask whoever invited you.",
    )


def not_open_to_you() -> Problem:
    """The refusal for an account of another kind than the route is for."""
    return Problem(403, "not-open-to-you", "This is not open to your account.", "Go back to your own cases.")


async def led_by(conn: Connection, account_id: str, organisation_id: str, kind: Literal["business", "provider"]) -> str:
    """The name of an organisation that this account leads.

    Raises `Problem` 403, the same for one that is none, one of the other kind, and one that others lead.
    """
    name: str | None = await conn.fetchval(
        """
        SELECT name FROM organisations JOIN organisation_members USING (organisation_id)
        WHERE organisation_id = $1 AND account_id = $2 AND kind = $3 AND role = 'lead'
        """,
        UUID(hex=organisation_id),
        UUID(hex=account_id),
        kind,
    )
    if name is None:
        raise not_open_to_you()
    return name


async def find_seat(conn: Connection, case_id: str, account_id: str) -> Seat | None:
    """Return the seat that the account holds on the case now, or None.

    An administrator has none, whatever the table says: who manages accounts must not come to hear what is said.
    """
    row = await conn.fetchrow(
        """
        SELECT s.participant_id, s.role, s.party, s.name FROM seats s JOIN accounts a USING (account_id)
        WHERE s.case_id = $1 AND s.account_id = $2 AND s.left_at IS NULL
          AND NOT a.administrator AND a.disabled_at IS NULL
        """,
        UUID(hex=case_id),
        UUID(hex=account_id),
    )
    if row is None:
        return None
    return Seat(case_id, row["participant_id"].hex, account_id, row["role"], row["party"], row["name"])


def declared_who(handler: BaseRouteHandler) -> str | None:
    """Return what the handler declares about who may use it, or None when it declares nothing we know."""
    who = handler.opt.get("who")
    return who if who in WHO else None


async def admit(scope: Scope, conn: Connection | None, token: str | None, now: datetime) -> None:
    """Authenticate the connection and let it pass, or raise the `Problem` that says why not.

    Leaves the `Session` (or None) in `scope["state"]["session"]` and, for a seat's route, the `Seat` in
    `scope["state"]["seat"]`. `conn` may be None where `needs_session` is false.
    """
    handler: BaseRouteHandler = scope["route_handler"]
    state: dict[str, Any] = scope["state"]
    who = declared_who(handler)
    session: Session | None = None
    if conn is not None and token is not None:
        session = await sessions.authenticate(conn, token, now)
    state["session"] = session
    if who is None:
        raise not_open_to_you()
    if who == DEMO and not scope["litestar_app"].state.settings.demo:
        raise Problem(404, "not-found", "There is nothing here.", "Check the address.")
    if who in _NEEDS_SESSION and session is None:
        raise not_signed_in()
    if session is not None and not _fits(who, session):
        raise not_open_to_you()
    if who == SEAT:
        state["seat"] = await _take_seat(scope, conn, session)
    state["admitted"] = who


def _fits(who: str, session: Session) -> bool:
    if who == STAFF:
        return session.kind == "staff" and not session.administrator
    return session.administrator if who == ADMIN else True


async def _take_seat(scope: Scope, conn: Connection | None, session: Session | None) -> Seat:
    case_id = _case_id(scope["path_params"].get("case_id"))
    if conn is None or session is None or case_id is None:
        raise not_on_this_case()
    seat = await find_seat(conn, case_id, session.account_id)
    if seat is None:
        raise not_on_this_case()
    return seat


def _case_id(value: object) -> str | None:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, str) and _HEX32.fullmatch(value):
        return value
    return None


def needs_session(handler: BaseRouteHandler) -> bool:
    """Whether the cookie matters here. Routes open to anyone that want to know say `opt={"session": "optional"}`."""
    return declared_who(handler) in _NEEDS_SESSION or handler.opt.get("session") == "optional"


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Refuse a connection that did not pass the middleware for exactly what this handler declares."""
    who = declared_who(handler)
    if who is None or connection.scope["state"].get("admitted") != who:
        raise not_open_to_you()


def require_declared(app: Litestar) -> None:
    """Raise `RuntimeError` naming every HTTP route, socket and mounted app that does not say who may use it.

    Also refuses a seat's route without a `case_id` in its path. Litestar's own OPTIONS answers declare nothing
    and are therefore refused at run time; browsers of the same origin never send them.
    """
    faults: list[str] = []
    for route in app.routes:
        handlers = getattr(route, "route_handlers", None) or [route.route_handler]  # type: ignore[union-attr]
        for handler in handlers:
            if set(getattr(handler, "http_methods", ())) == {"OPTIONS"}:
                continue
            who = declared_who(handler)
            if who is None:
                faults.append(f"{route.path} ({handler.handler_name}) does not say who may use it")
            elif who == SEAT and "{case_id" not in route.path:
                faults.append(f"{route.path} ({handler.handler_name}) is for a seat but names no case_id")
    if faults:
        raise RuntimeError("Routes without a declared who: " + "; ".join(faults) + ".")


def session_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Session:
    """Return the session of a connection that was admitted with one; raises `Problem` 401 otherwise."""
    session = connection.scope["state"].get("session")
    if not isinstance(session, Session):
        raise not_signed_in()
    return session


def seat_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Seat:
    """Return the seat of a connection to a seat's route; raises `Problem` 403 otherwise."""
    seat = connection.scope["state"].get("seat")
    if not isinstance(seat, Seat):
        raise not_on_this_case()
    return seat
