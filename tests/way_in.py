"""A portal's way in, in this process: the real routes, doors and tables, talked to as a browser or a script would."""

import asyncio
import contextlib
import email
import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default as modern
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any, cast

import httpx
from litestar import Litestar, Request, Router, WebSocket, get, post, websocket
from litestar.datastructures import State
from litestar.params import JSONBody
from msgspec import Struct

from apps import Server, lent
from mediation import clock
from mediation.bus import Bus
from mediation.case.commands import JoinCase, OpenCase, PartyDescription
from mediation.case.terms import Line, Money
from mediation.casework.handle import Casework
from mediation.casework.routes import open_case
from mediation.db import Pool
from mediation.http_errors import EXCEPTION_HANDLERS
from mediation.identity import accounts, organisations, sessions
from mediation.identity import routes as identity_routes
from mediation.identity.guards import guard, require_declared, seat_of, session_of
from mediation.identity.limits import Leases
from mediation.identity.live_sessions import LiveSessions
from mediation.identity.middleware import Door, add_security_headers
from mediation.identity.wire import AddOrganisation
from mediation.invitations import routes as invitation_routes
from mediation.invitations.calling import Caller
from mediation.ladder import routes as ladder_routes
from mediation.mail.postman import postman_of
from mediation.outbox import Outbox
from mediation.record.keys import Keyring
from mediation.settings import Settings

AnyRequest = Request[Any, Any, State]
ORIGIN = "https://portal.example"


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """A body with what bodies usually hold."""

    text: Line
    amount: Money | None = None


@dataclass
class Waiting:
    """A request that stays inside its handler until the test lets it go."""

    entered: asyncio.Event = field(default_factory=asyncio.Event)
    may_leave: asyncio.Event = field(default_factory=asyncio.Event)


@post("/cases/{case_id:str}/said", opt={"who": "seat"})
async def say(request: AnyRequest, data: JSONBody[Said]) -> dict[str, str]:
    return {"text": data.text, "by": seat_of(request).participant_id}


@post("/said", opt={"who": "anyone"})
async def say_as_anyone(data: JSONBody[Said]) -> dict[str, str]:
    return {"text": data.text}


@get("/slow", opt={"who": "signed-in"})
async def slow(request: AnyRequest) -> dict[str, str]:
    waiting: Waiting = request.app.state.waiting
    waiting.entered.set()
    await waiting.may_leave.wait()
    return {"name": session_of(request).name}


@get("/staff-only", opt={"who": "staff"})
async def staff_only() -> dict[str, str]:
    return {}


@get("/broken", opt={"who": "anyone"})
async def broken() -> None:
    raise ZeroDivisionError("a secret detail")


@websocket("/cases/{case_id:str}/feed", opt={"who": "seat"})
async def feed(socket: WebSocket[Any, Any, Any]) -> None:
    await socket.accept()
    ended = asyncio.Event()
    forget = socket.app.state.live_sessions.register(session_of(socket).session_id, ended.set)
    await socket.send_json({"type": "welcome", "you": seat_of(socket).participant_id})
    await ended.wait()
    forget()
    await socket.send_json({"type": "bye", "code": "session-ended"})
    await socket.close(code=4401)


def build_app(pool: Pool, bus: Bus, settings: Settings) -> Litestar:
    """The way in as the portal mounts it, with a few routes of each kind behind it."""
    app = _build()
    app.state.update(_works_with(pool, bus, settings))
    return app


@contextlib.asynccontextmanager
async def way_in_app(pool: Pool, bus: Bus, settings: Settings) -> AsyncIterator[Litestar]:
    """As `build_app`, with routes that were built before; for who leaves the routes as they are."""
    async with lent("way in", _build) as app:
        app.state.update(_works_with(pool, bus, settings))
        yield app


def _build() -> Litestar:
    own = [say, say_as_anyone, slow, staff_only, broken, feed]
    features = [*invitation_routes.routers, *ladder_routes.routers, open_case]
    api = Router("/api", route_handlers=[*identity_routes.routers, *features, *own])
    app = Litestar(
        [api, *identity_routes.demo_routers],
        middleware=[Door],
        guards=[guard],
        before_send=[add_security_headers],
        exception_handlers=EXCEPTION_HANDLERS,
        openapi_config=None,
        logging_config=None,
    )
    require_declared(app)
    return app


def _works_with(pool: Pool, bus: Bus, settings: Settings) -> dict[str, Any]:
    keyring = Keyring.from_seed(bytes(32))
    return {
        "pool": pool,
        "settings": settings,
        "bus": bus,
        "keyring": keyring,
        "leases": Leases(pool),
        "live_sessions": LiveSessions(pool, bus),
        "outbox": Outbox(pool, bus, postman_of(settings)),
        "casework": Casework(pool, bus, keyring, host="The host", calls=Caller(ORIGIN).follow),
        "waiting": Waiting(),
    }


@dataclass(frozen=True)
class Person:
    """Somebody with an account and a session."""

    account_id: str
    cookie: dict[str, str]
    token: str


@dataclass
class WayIn:
    """The portal under test: `http` talks to it as a script, `sign_in_as` makes people, `open_case` makes cases."""

    app: Litestar
    http: httpx.AsyncClient
    pool: Pool

    async def person(self, name: str, kind: str = "staff", password: str | None = None) -> Person:
        async with self.pool.acquire() as conn:
            account_id = (
                await accounts.create_staff(conn, name, f"{name.lower()}@example.org", password, clock.now())
                if kind == "staff"
                else await accounts.create_guest(conn, name, clock.now())
            )
            token = await sessions.create(conn, account_id, clock.now())
        return Person(account_id, cookie(token), token)

    async def open_case(self, opener: Person, *, by: str = "handler") -> tuple[str, str]:
        """A case about a late website; returns case and the opener's participant."""
        command = OpenCase(
            command_id=new_id(),
            title="The website that came late",
            category="timeline",
            account="It was promised for March and came in June.",
            business=PartyDescription(name="Example Studio"),
            client=PartyDescription(name="Dana", capacity="consumer"),
            opener=by,  # type: ignore[arg-type]
        )
        casework: Casework = self.app.state.casework
        return await casework.open(opener.account_id, "Opener", command, clock.now())

    async def mails_to(self, address: str) -> list[EmailMessage]:
        """Everything mailed to an address so far, the oldest first, read from the files that mail is kept in."""
        await self.app.state.outbox.send_due()
        files = sorted(self.app.state.settings.mail_dir.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        mails = [email.message_from_bytes(file.read_bytes(), policy=modern) for file in files]
        return [mail for mail in mails if mail["To"] == address]

    async def invitation_to(
        self, case_id: str, by: Person, role: str, party: str | None, address: str = "dana@example.org", **more: Any
    ) -> str:
        """Invite somebody; returns the token of the link in the mail."""
        body = {"command_id": new_id(), "role": role, "party": party, "email": address, **more}
        answer = await self.http.post(f"/api/cases/{case_id}/invitations", json=body, headers=by.cookie)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["link"]).removeprefix(f"{ORIGIN}/join#")

    async def code_for(self, token: str, address: str = "dana@example.org") -> str:
        """Ask for a code with a link, and read it from the newest mail to the invited address."""
        answer = await self.http.post("/api/invitations/code", json={"token": token})
        assert answer.status_code == 202, answer.text
        return code_in((await self.mails_to(address))[-1])

    async def visit(self, token: str, address: str = "dana@example.org") -> dict[str, str]:
        """Come with a link and type the code that is mailed; returns the header of the visit."""
        body = {"token": token, "code": await self.code_for(token, address)}
        answer = await self.http.post("/api/invitations/verify", json=body)
        assert answer.status_code == 200, answer.text
        return {"cookie": answer.headers["set-cookie"].split(";")[0]}

    async def business(self, name: str, slug: str, *staff: Person, kind: Any = "business") -> str:
        """An organisation with a public page, mail to desk@<slug>.example, and these people working there."""
        organisation = new_id()
        wanted = AddOrganisation(
            command_id=organisation, kind=kind, name=name, slug=slug, place="Ulm", email=f"desk@{slug}.example"
        )
        async with self.pool.acquire() as conn:
            await organisations.add(conn, organisation, wanted, clock.now())
            for person in staff:
                await organisations.put_member(conn, organisation, person.account_id, "staff")
        return organisation

    async def seat(self, case_id: str, person: Person, role: Any, party: Any) -> str:
        casework: Casework = self.app.state.casework
        participant = new_id()
        async with self.pool.acquire() as conn, conn.transaction():
            tell = await casework.join(
                conn,
                case_id,
                person.account_id,
                participant,
                JoinCase(name=role.title(), role=role, party=party),
                clock.now(),
            )
        tell()
        return participant


def new_id() -> str:
    return uuid.uuid4().hex


def cookie(token: str) -> dict[str, str]:
    return {"cookie": f"__Host-mediation={token}"}


def code_in(mail: EmailMessage) -> str:
    """The six digits in a mail."""
    found = re.search(r"\b\d{6}\b", mail.get_content())
    assert found, mail.get_content()
    return found[0]


def token_in(answer: httpx.Response) -> str:
    """The session token that an answer hands to the browser."""
    name, _, rest = answer.headers["set-cookie"].partition("=")
    assert name == "__Host-mediation"
    return str(rest.split(";")[0])


def settings_for(folder: Path, **changes: Any) -> Settings:
    return Settings(**{"data_dir": folder, "base_url": ORIGIN, **changes})


@contextlib.asynccontextmanager
async def running(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    """The app with what its lifespan would start, and a client that keeps no cookies of its own.

    Not `app.lifespan()`: that must end in the task in which it began, and pytest's fixtures do not.
    """
    async with app.state.pool.acquire() as conn:
        await app.state.keyring.register(conn)
    await app.state.bus.start()
    await app.state.live_sessions.start()
    transport = httpx.ASGITransport(cast("Any", app))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as http:
        http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        try:
            yield http
        finally:
            await app.state.live_sessions.stop()
            await app.state.bus.stop()


@contextlib.asynccontextmanager
async def listening(app: Litestar) -> AsyncIterator[int]:
    """The started app behind a real server with real sockets; gives the port."""
    server = Server(app, lifespan="off")
    await server.begin()
    try:
        yield server.listens_on
    finally:
        server.force_exit = True
        await server.end()
