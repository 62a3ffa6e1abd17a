"""Logs: JSON lines in production, readable lines in a terminal; never a query string, body, token or name.

What a person said can sit in an exception's message (a driver quotes the value it could not store), so JSON logs carry
the kind of an exception and where it rose, not its words.
"""

import logging
import sys
import time
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
_BROKE = 500
_CLOSED = 1000
_CLOSED_WITHOUT_A_WORD = 1006
# Loggers that print whole requests, or one line per connection that the access log has already.
_TOO_TALKATIVE = ("uvicorn.access", "uvicorn.error", "websockets", "asyncpg", "alembic", "httpx", "httpcore")


def configure(style: str = "auto", level: str = "info", stream: TextIO | None = None) -> None:
    """Sends structlog's and the standard library's records to `stream` (standard error), `auto`, `json` or `pretty`."""
    stream = stream or sys.stderr
    is_json = style == "json" or (style == "auto" and not stream.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[structlog.typing.Processor] = (
        [_exception_without_words, structlog.processors.JSONRenderer()]
        if is_json
        else [structlog.dev.ConsoleRenderer(colors=stream.isatty())]
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _exception_without_words(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0] is not None:
        event["exception"] = _kinds_and_places(info)
    return event


def _kinds_and_places(info: _ExcInfo) -> list[dict[str, object]]:
    """The exception and what caused it: its kind, and the frames that lead to it, innermost last."""
    found: list[dict[str, object]] = []
    fault: BaseException | None = info[1]
    while fault is not None and len(found) < 8:  # noqa: PLR2004 - deeper chains tell nothing more
        frames = traceback.extract_tb(fault.__traceback__)
        found.append(
            {
                "kind": f"{type(fault).__module__}.{type(fault).__qualname__}",
                "frames": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
        )
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return found


def _path_without_token(path: str) -> str:
    """A demo link is the one address that holds a secret in its path."""
    return "/demo/…" if path.startswith("/demo/") else path


class AccessLog:
    """ASGI: one line for each request and each closed socket: method, path, status, time taken. Nothing else."""

    _QUIET = frozenset({"/livez", "/readyz", "/metrics"})

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = structlog.get_logger("mediation.access")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything through unchanged."""
        if str(scope["type"]) == "lifespan" or scope["path"] in self._QUIET:
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        is_socket = scope["type"] == ScopeType.WEBSOCKET
        status = _CLOSED_WITHOUT_A_WORD if is_socket else _BROKE

        async def watch_out(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.close":
                status = message.get("code") or _CLOSED
            await send(message)

        async def watch_in() -> Any:  # noqa: ANN401 - the message as it came
            nonlocal status
            message = await receive()
            if message["type"] == "websocket.disconnect":
                status = message.get("code", _CLOSED_WITHOUT_A_WORD)
            return message

        try:
            await self._app(scope, watch_in if is_socket else receive, watch_out)
        finally:
            self._log.info(
                "request" if scope["type"] == ScopeType.HTTP else "socket",
                method=scope["method"] if scope["type"] == ScopeType.HTTP else "GET",
                path=_path_without_token(scope["path"]),
                status=status,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
