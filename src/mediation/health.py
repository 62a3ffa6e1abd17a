"""Whether the portal lives, whether it is ready, and a few figures about the process; nothing about cases."""

import hmac
import time
from typing import Any

import asyncpg
from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler

from mediation.problems import Problem

_STARTED = time.monotonic()


@get("/livez", opt={"who": "anyone"}, tags=["health"])
async def livez() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", opt={"who": "anyone"}, tags=["health"])
async def readyz(state: State) -> Response[dict[str, str]]:
    """Everything people need is there: database, hints between processes, the pages themselves."""
    missing = await _missing(state)
    if missing is None:
        return Response({"status": "ok"})
    return Response({"status": "not-ready", "missing": missing}, status_code=503)


async def _missing(state: State) -> str | None:
    try:
        async with state.pool.acquire(timeout=2) as conn:
            await conn.fetchval("SELECT count(*) FROM signing_keys")
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return "database"
    if not state.bus.connected:
        return "bus"
    return None if state.pages.is_built else "pages"


@get("/metrics", opt={"who": "anyone"}, media_type="text/plain", tags=["health"])
async def metrics(request: Request[Any, Any, State]) -> str:
    """Figures of this process in the Prometheus text format, for whoever holds the metrics token.

    Counts of what happens in cases are not among them: a count would tell one side that the other is busy.
    """
    settings, state = request.app.state.settings, request.app.state
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not settings.demo and not (
        settings.metrics_token and hmac.compare_digest(given.encode(), settings.metrics_token.encode())
    ):
        raise Problem(
            401,
            "metrics-token-needed",
            "These figures are for the operator.",
            "Set MEDIATION_METRICS_TOKEN and send it as a bearer token.",
        )
    figures = {
        "mediation_uptime_seconds": round(time.monotonic() - _STARTED, 1),
        "mediation_database_connections": state.pool.get_size(),
        "mediation_database_connections_idle": state.pool.get_idle_size(),
        "mediation_bus_connected": int(state.bus.connected),
    }
    return "".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in figures.items())


routers: list[ControllerRouterHandler] = [livez, readyz, metrics]
