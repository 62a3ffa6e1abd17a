"""What the logs say, and what they keep quiet about."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any, cast

import pytest
import structlog
from litestar.types import Receive, Scope, Send

from mediation import logs


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    before = logging.getLogger().handlers[:]
    stream = io.StringIO()
    logs.configure("json", "info", stream)
    yield stream
    logging.getLogger().handlers[:] = before
    structlog.reset_defaults()


def _lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def _fail() -> None:
    try:
        raise ValueError("what Lucia said in confidence")
    except ValueError as fault:
        raise RuntimeError("a second secret") from fault


def test_an_exception_is_told_by_kind_and_place_without_its_words(written: io.StringIO) -> None:
    try:
        _fail()
    except RuntimeError:
        structlog.get_logger("mediation.test").exception("could not store")
        logging.getLogger("elsewhere").exception("could not store either")
    assert "confidence" not in written.getvalue()
    assert "secret" not in written.getvalue()
    for line in _lines(written):
        assert [cause["kind"] for cause in line["exception"]] == ["builtins.RuntimeError", "builtins.ValueError"]
        assert "test_logs.py" in line["exception"][0]["frames"][-1]


async def _answer(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _request(path: str, query: bytes = b"") -> None:
    async def receive() -> Any:
        return {"type": "http.request", "body": b"what was said", "more_body": False}

    async def send(_message: object) -> None:
        await asyncio.sleep(0)

    scope = {"type": "http", "method": "POST", "path": path, "query_string": query, "headers": [(b"cookie", b"s=1")]}
    await logs.AccessLog(_answer)(cast("Scope", scope), receive, send)


async def test_a_request_is_told_without_query_body_or_cookie(written: io.StringIO) -> None:
    await _request("/api/cases", b"search=salary")
    (line,) = _lines(written)
    line.pop("timestamp")
    line.pop("ms")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "mediation.access",
        "method": "POST",
        "path": "/api/cases",
        "status": 204,
    }


async def test_a_demo_link_is_told_without_its_token(written: io.StringIO) -> None:
    await _request("/demo/f7Q-token")
    assert _lines(written)[0]["path"] == "/demo/…"


async def test_health_checks_leave_no_line(written: io.StringIO) -> None:
    await _request("/readyz")
    assert written.getvalue() == ""
