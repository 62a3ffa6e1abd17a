"""Commands per second: a message posted through the whole portal, beside a bare handler that inserts one row.

Both run in one process each on the same PostgreSQL, and are measured in turns by the same client in the same run.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from mediation import embedded, migrate
from mediation.demo_client import NoDemo, open_demo_case
from mediation.settings import load_settings

ROOT = Path(__file__).parents[1]
CONNECTIONS = 4
SECONDS = 1.0
ROUNDS = 7
LONG = 10_000
"""Entries of the long case."""


class _Client:
    """One connection kept open: as little client as HTTP allows, so that the server is what is measured."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, headers: str) -> None:
        self._reader, self._writer, self._path, self._headers = reader, writer, path, headers

    @classmethod
    async def connect(cls, port: int, path: str, headers: str) -> "_Client":
        return cls(*await asyncio.open_connection("127.0.0.1", port), path, headers)

    async def post(self) -> float:
        """Post once; returns the seconds it took. Raises RuntimeError for anything but 201."""
        body = {"command_id": uuid.uuid4().hex, "room": "joint", "text": "We could meet on Thursday."}
        content = json.dumps(body).encode()
        head = (
            f"POST {self._path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n{self._headers}\r\n"
        )
        began = time.perf_counter()
        self._writer.write(head.encode() + content)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).lower().split(b"\r\n")
        length = next(int(line[15:]) for line in answer if line.startswith(b"content-length:"))
        rest = await self._reader.readexactly(length)
        if b" 201 " not in answer[0]:
            raise RuntimeError(f"{answer[0]!r} {rest!r}")
        return time.perf_counter() - began

    def close(self) -> None:
        self._writer.close()


async def _post_until(port: int, path: str, headers: str, *, until: float = 0.0, times: int = 0) -> list[float]:
    client = await _Client.connect(port, path, headers)
    took: list[float] = []
    while len(took) < times or time.perf_counter() < until:
        took.append(await client.post())
    client.close()
    return took


async def _measure(port: int, path: str, headers: str, seconds: float) -> dict[str, float]:
    until = time.perf_counter() + seconds
    runs = await asyncio.gather(*(_post_until(port, path, headers, until=until) for _ in range(CONNECTIONS)))
    took = sorted(t for run in runs for t in run)
    return {
        "per_second": len(took) / seconds,
        "p50_ms": statistics.median(took) * 1000,
        "p99_ms": took[int(len(took) * 0.99)] * 1000,
    }


async def _fill(port: int, path: str, headers: str, entries: int) -> None:
    each = entries // CONNECTIONS
    await asyncio.gather(*(_post_until(port, path, headers, times=each) for _ in range(CONNECTIONS)))


async def _compare(ours: int, bare: int, case: str, cookie: str) -> dict[str, Any]:
    headers, path = f"Cookie: {cookie}\r\n", f"/api/cases/{case}/messages"
    found: dict[str, Any] = {"connections": CONNECTIONS}
    for name, entries in (("at_100_entries", 100), ("at_10000_entries", LONG)):
        await _fill(ours, path, headers, entries)
        # In turns, so that a busy moment of the machine falls on both.
        pairs = [
            (await _measure(bare, "/rows", "", SECONDS), await _measure(ours, path, headers, SECONDS))
            for _ in range(ROUNDS)
        ]
        found[name] = {
            "bare": _median([pair[0] for pair in pairs]),
            "portal": _median([pair[1] for pair in pairs]),
            "ratio_to_bare": round(statistics.median(o["per_second"] / b["per_second"] for b, o in pairs), 3),
        }
    return found


def _median(runs: list[dict[str, float]]) -> dict[str, float]:
    return {key: round(statistics.median(run[key] for run in runs), 2) for key in runs[0]}


def run() -> dict[str, Any]:
    """Measure and return the figures; rates per second, times in milliseconds."""
    with tempfile.TemporaryDirectory(prefix="mb-") as folder:
        data = Path(folder)
        dsn = embedded.start(data)
        processes: list[subprocess.Popen[bytes]] = []
        try:
            migrate.upgrade(dsn)
            ours, bare = 8871, 8872
            env = {**os.environ, "DATABASE_URL": dsn, "MEDIATION_DATA": folder, "PORT": str(ours)}
            # One account posts here what hundreds would; its allowance must not be what is measured.
            env["MEDIATION_COMMANDS"] = "1000000"
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            serve = [sys.executable, "-m", "mediation", "serve", "--demo"]
            processes.append(subprocess.Popen(serve, env=env, **quiet))  # type: ignore[call-overload]
            processes.append(
                subprocess.Popen([sys.executable, ROOT / "bench" / "bare.py", str(bare)], env=env, **quiet)  # type: ignore[call-overload]
            )
            case = _demo_case(env)
            cookie = next(p["cookie"] for p in case["people"] if p["role"] == "mediator")
            return asyncio.run(_compare(ours, bare, case["case"], cookie))
        finally:
            for process in processes:
                process.terminate()
                process.wait(20)
            embedded.stop(data)


def _demo_case(env: dict[str, str]) -> dict[str, Any]:
    settings = load_settings({**env, "MEDIATION_DEMO": "1"})
    deadline = time.monotonic() + 60
    while True:
        try:
            return open_demo_case(settings, stage="exploring")
        except NoDemo:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
