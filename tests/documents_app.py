"""The documents alone, as an app: a seat is what the address says, so that what is tested is the drafting."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

from litestar import Litestar, Router
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from mediation.bus import Bus
from mediation.db import open_pool
from mediation.drafting import routes
from mediation.drafting.attachment import Scope as Right
from mediation.drafting.documents import Documents
from mediation.identity.guards import Seat

CASE = "c" * 32


class Seated:
    """Seats whoever says who they are: `?participant=<hex>&name=…&role=…`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.WEBSOCKET:
            given = {key: values[0] for key, values in parse_qs(scope["query_string"].decode()).items()}
            scope["state"]["seat"] = Seat(
                case_id=scope["path_params"]["case_id"],
                participant_id=given.get("participant", "a" * 32),
                account_id="f" * 32,
                role=given.get("role", "principal"),
                party=given.get("party"),
                name=given.get("name", "Somebody"),
            )
        await self._app(scope, receive, send)


async def access(seat: Seat, name: str) -> Right | None:
    """Legal readers read; counsel is not let in; only settlements are there."""
    if not name.startswith("settlement.") or seat.role == "counsel":
        return None
    return "readonly" if seat.role == "legal" else "read-write"


def create_app(dsn: str) -> Litestar:
    """The app on a migrated database."""

    @asynccontextmanager
    async def running(app: Litestar) -> AsyncIterator[None]:
        pool = await open_pool(dsn, size=5)
        bus = Bus(dsn)
        await bus.start()
        documents = Documents(pool, bus, access)
        await documents.start()
        app.state.bus, app.state.documents = bus, documents
        try:
            yield
        finally:
            await documents.stop()
            await bus.stop()
            await pool.close()

    return Litestar(
        [Router("/api", route_handlers=routes.routers)],
        lifespan=[running],
        middleware=[Seated],
        logging_config=None,
        openapi_config=None,
    )
