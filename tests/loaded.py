"""Processes of the portal that have loaded it before they begin: importing it takes two seconds, a fork takes none.

A nest has imported everything and does nothing but fork: each child is a process like any other, with streams, an
environment and a folder of its own, and runs the words of a command line. Who tests that starts the program itself.
"""

import contextlib
import gc
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_WITHIN = 60.0
_CODE = struct.Struct("!i")
_nest: "_Nest | None" = None


class Process:
    """`mediation` with these words; the part of `subprocess.Popen` that tests use."""

    def __init__(
        self, words: Sequence[str], env: Mapping[str, str], folder: Path | None, streams: tuple[int, int, int]
    ) -> None:
        """`streams` are the descriptors for what it reads, says and complains of; the caller closes its own."""
        global _nest  # noqa: PLW0603 - one for each process that tests, made when it is first needed
        _nest = _nest or _Nest()
        self._words = words
        self._attendant = _nest.ask({"words": [*words], "env": {**env}, "folder": str(folder or Path.cwd())}, streams)
        self.pid = int(_CODE.unpack(_exactly(self._attendant, _CODE.size))[0])
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, negative for a signal. Raises `subprocess.TimeoutExpired`."""
        if self.returncode is None:
            ready, _, _ = select.select([self._attendant], [], [], timeout)
            if not ready:
                raise subprocess.TimeoutExpired([*self._words], timeout or 0)
            self.returncode = int(_CODE.unpack(_exactly(self._attendant, _CODE.size))[0])
            self._attendant.close()
        return self.returncode

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self._send(signal.SIGKILL)

    def _send(self, what: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, what)


def run(
    words: Sequence[str], env: Mapping[str, str], folder: Path | None, typed: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end, with what is typed on its standard input."""
    with tempfile.TemporaryFile("w+") as read, tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as of:
        read.write(typed)
        read.seek(0)
        process = Process(words, env, folder, (read.fileno(), said.fileno(), of.fileno()))
        try:
            code = process.wait(_WITHIN)
        finally:
            process.kill()
        for stream in (said, of):
            stream.seek(0)
        return subprocess.CompletedProcess([*words], code, said.read(), of.read())


def end() -> None:
    """Let the nest go; what it has hatched stays."""
    global _nest  # noqa: PLW0603 - see above
    if _nest is not None:
        _nest.end()
        _nest = None


class _Nest:
    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="mp-", dir="/tmp"))
        self._door = self._folder / "door"
        self._process = subprocess.Popen([sys.executable, __file__, str(self._door)], stdin=subprocess.PIPE)
        deadline = time.monotonic() + _WITHIN
        while not self._door.exists():
            assert self._process.poll() is None, "the nest ended before it began"
            assert time.monotonic() < deadline, "the nest never began"
            time.sleep(0.01)

    def ask(self, order: Mapping[str, object], streams: tuple[int, int, int]) -> socket.socket:
        attendant = socket.socket(socket.AF_UNIX)
        attendant.connect(str(self._door))
        content = json.dumps(order).encode()
        socket.send_fds(attendant, [_CODE.pack(len(content))], streams)
        attendant.sendall(content)
        return attendant

    def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(_WITHIN)
        shutil.rmtree(self._folder)


def _exactly(connection: socket.socket, length: int) -> bytes:
    content = b""
    while len(content) < length:
        more = connection.recv(length - len(content))
        if not more:
            raise ConnectionError("the other end is gone")
        content += more
    return content


# ── inside the nest ─────────────────────────────────────────────────────────────────────────────────────────────────


def _hatch(door: Path) -> list[str]:
    """Returns in each child, with the words it is to run; ends in the nest once who made it is gone."""
    # No child is waited for here: each attendant tells of its own.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(door.with_suffix(".new")))
        listener.listen(64)
        door.with_suffix(".new").rename(door)
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if listener not in ready:
                os._exit(0)
            connection, _ = listener.accept()
            if os.fork() == 0:
                break
            connection.close()
    return _attend(connection)


def _attend(connection: socket.socket) -> list[str]:
    """Returns in the child that was ordered; beside it waits for its end, tells of it, and goes."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    length, streams, _, _ = socket.recv_fds(connection, _CODE.size, 3)
    order = json.loads(_exactly(connection, _CODE.unpack(length)[0]))
    pid = os.fork()
    if pid == 0:
        connection.close()
        return _become(order, streams)
    # Who interrupts a run interrupts the child; its end is still told.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for stream in (*streams, 0, 1, 2):
        os.close(stream)
    # Whoever asked may be gone by now.
    with contextlib.suppress(OSError):
        connection.sendall(_CODE.pack(pid))
        _, status = os.waitpid(pid, 0)
        connection.sendall(_CODE.pack(os.waitstatus_to_exitcode(status)))
    os._exit(0)


def _become(order: Mapping[str, object], streams: Sequence[int]) -> list[str]:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    words, env = order["words"], order["env"]
    assert isinstance(words, list)
    assert isinstance(env, dict)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(str(order["folder"]))
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - the streams of a process stay open as long as it runs
    sys.stdout = open(1, "w", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, errors="backslashreplace", closefd=False)  # noqa: SIM115
    return words


if __name__ == "__main__":
    # What uvicorn loads when it begins.
    from uvicorn.lifespan import on
    from uvicorn.loops import uvloop
    from uvicorn.protocols.http import httptools_impl
    from uvicorn.protocols.websockets import websockets_sansio_impl

    from mediation import operating, serve
    from mediation.cli import main

    assert all((operating, serve, on, uvloop, httptools_impl, websockets_sansio_impl))
    # What everybody shares is looked through by nobody's collector.
    gc.freeze()
    main(_hatch(Path(sys.argv[1])))
