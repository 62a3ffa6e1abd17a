"""A portal as the operator runs it: a process of its own, talked to over HTTP."""

import json
import os
import socket
import subprocess
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import loaded

_READY_WITHIN = 60.0
_STOPPED_WITHIN = 15.0


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Portal:
    """`mediation serve` on a free port. `kill` and `start` again keep port, database and data folder.

    `program` is how `mediation` is started where it is not forked from a process that has loaded it already
    (tests/loaded.py), and `folder` the working directory.
    """

    def __init__(
        self,
        data_dir: Path,
        database: str | None,
        *,
        demo: bool,
        environment: dict[str, str] | None = None,
        program: Sequence[str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self._program = program
        self._folder = folder
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.data_dir = data_dir
        self.env = {
            **{
                name: value for name, value in os.environ.items() if not name.startswith(("MEDIATION_", "DATABASE_URL"))
            },
            "PORT": str(self.port),
            "MEDIATION_DATA": str(data_dir),
            "MEDIATION_DEMO": "1" if demo else "0",
            "MEDIATION_LOG": "json",
            "PYTHONUNBUFFERED": "1",
            **({"DATABASE_URL": database} if database else {}),
            **(environment or {}),
        }
        # The last of what it said, for the message of a failing test.
        self.said: deque[str] = deque(maxlen=400)
        self._ready = threading.Event()
        self._process: subprocess.Popen[str] | loaded.Process | None = None
        self._reader: threading.Thread | None = None

    @property
    def pid(self) -> int:
        """The process id of the running portal."""
        assert self._process is not None, "the portal is not running"
        return self._process.pid

    def start(self) -> "Portal":
        """Starts the process and returns once it says that it is ready."""
        self._ready.clear()
        reading, writing = os.pipe()
        try:
            self._process = process = self._serve(writing)
        finally:
            os.close(writing)
        self._reader = threading.Thread(target=self._listen, args=(open(reading),), daemon=True)  # noqa: PTH123, SIM115 - closed there
        self._reader.start()
        is_ready = self._ready.wait(_READY_WITHIN)
        if not is_ready or process.poll() is not None:
            self.kill()
            raise AssertionError("The portal did not start:\n" + "\n".join(self.said))
        return self

    def _serve(self, said: int) -> "subprocess.Popen[str] | loaded.Process":
        with open(os.devnull) as nothing:  # noqa: PTH123 - a descriptor is wanted
            if self._program is None:
                return loaded.Process(["serve"], self.env, self._folder, (nothing.fileno(), said, said))
            return subprocess.Popen(
                [*self._program, "serve"],
                env=self.env,
                cwd=self._folder,
                stdin=nothing,
                stdout=said,
                stderr=said,
                text=True,
            )

    def _listen(self, lines: TextIO) -> None:
        with lines:
            for line in lines:
                self.said.append(line.rstrip("\n"))
                if line.startswith("Ready: "):
                    self._ready.set()
        # A portal that ended will never be ready: let the waiting test go on and say so.
        self._ready.set()

    def stop(self) -> int | None:
        """Asks it to end, as a service manager does, and returns its exit code."""
        if self._process is None:
            return None
        self._process.terminate()
        return self._gone(_STOPPED_WITHIN)

    def kill(self) -> int | None:
        """Ends it at once, as a power cut does."""
        if self._process is None:
            return None
        self._process.kill()
        return self._gone(_STOPPED_WITHIN)

    def _gone(self, within: float) -> int:
        process, reader = self._process, self._reader
        assert process is not None
        assert reader is not None
        try:
            code = process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError("The portal did not stop when asked:\n" + "\n".join(self.said)) from None
        finally:
            reader.join(within)
            self._process = self._reader = None
        return code

    def command(self, *words: str, typed: str = "") -> "subprocess.CompletedProcess[str]":
        """Runs another `mediation …` command in the portal's environment."""
        if self._program is None:
            return loaded.run(words, self.env, self._folder, typed)
        return subprocess.run(
            [*self._program, *words],
            env=self.env,
            cwd=self._folder,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def demo(self, *words: str) -> Any:
        """A fresh demo case as `mediation demo --json` gives it; only in demo mode."""
        answer = self.command("demo", "--json", *words)
        assert answer.returncode == 0, answer.stderr
        return json.loads(answer.stdout)
