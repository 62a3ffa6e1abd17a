"""`mediation serve`: database, migrations, demo cases, then the portal; in the foreground, with a word on each step."""

import asyncio
import contextlib
import dataclasses
import errno
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType

import uvicorn

from mediation import logs, migrate, operating
from mediation.app import create_app, keyring_of
from mediation.db import open_pool
from mediation.demo import DemoPerson, load
from mediation.record.keys import KeyForeign, KeyUnusable
from mediation.settings import CannotRun, Settings, load_settings

# How long open requests and sockets may take to end; a reader that never reads must not hold up a restart.
_GRACE_SECONDS = 3
# What a person types is small; uploads do not come over sockets.
_LARGEST_FRAME = 1024 * 1024


class _NoSuchAddress(CannotRun):
    """The address to listen on is none of this machine's."""


def run(env: Mapping[str, str]) -> None:
    """Serves until asked to stop. Raises `CannotRun`."""
    # An ordinary exception, so that `finally` stops the embedded server however we are asked to end.
    signal.signal(signal.SIGTERM, _end)
    settings = load_settings(env)
    # In a demo the sign-in links must not scroll away under a line for every request, unless somebody asked for them.
    is_hushed = settings.demo and not env.get("MEDIATION_LOG_LEVEL")
    logs.configure(settings.log_style, "warning" if is_hushed else settings.log_level)
    try:
        with _listening(settings) as sockets, _database(settings) as dsn:
            _serve(dataclasses.replace(settings, database_url=dsn), sockets)
    except (KeyForeign, KeyUnusable) as failure:
        raise CannotRun(str(failure)) from failure
    except KeyboardInterrupt:
        _say("Stopped.")


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[Sequence[socket.socket]]:
    """The sockets to serve on, taken first, so that a busy port is known before anything is started."""
    with contextlib.ExitStack() as opened:
        sockets = [_listen(settings.host, settings.port)]
        opened.callback(sockets[0].close)
        if settings.host == "127.0.0.1":
            # Some clients try ::1 first for "localhost", and would meet a stranger who listens there.
            with contextlib.suppress(_NoSuchAddress):
                sockets.append(_listen("::1", settings.port))
                opened.callback(sockets[1].close)
        yield sockets


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.socket(family)
    except OSError as failure:
        raise _NoSuchAddress(f"This machine does not speak the protocol of {host}.") from failure
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((host, port))
    except OSError as failure:
        listener.close()
        if failure.errno == errno.EADDRNOTAVAIL:
            raise _NoSuchAddress(f"This machine has no address {host}: correct MEDIATION_HOST.") from failure
        raise CannotRun(f"{host} port {port} cannot be used ({failure.strerror}): set PORT to another.") from failure
    return listener


@contextlib.contextmanager
def _database(settings: Settings) -> Iterator[str]:
    """The address of the database, migrated. An embedded server is stopped afterwards unless another portal uses it."""
    if settings.database_url is None:
        _say(f"Starting the embedded PostgreSQL in {settings.data_dir} …")
    with operating.database(settings) as dsn:
        _say(f"Database at revision {migrate.upgrade(dsn)}")
        yield dsn


def _serve(settings: Settings, sockets: Sequence[socket.socket]) -> None:
    people = asyncio.run(_prepare(settings))
    server = _Server(
        uvicorn.Config(
            logs.AccessLog(create_app(settings)),
            loop="uvloop",
            http="httptools",
            ws="websockets-sansio",
            ws_max_size=_LARGEST_FRAME,
            ws_per_message_deflate=False,
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=settings.proxy is not None,
            forwarded_allow_ips=settings.proxy or "",
            timeout_graceful_shutdown=_GRACE_SECONDS,
        ),
        settings,
        people,
    )
    server.run(sockets=list(sockets))


async def _prepare(settings: Settings) -> Sequence[DemoPerson]:
    """Makes the signing key known and loads the demo cases, before anybody can ask."""
    keyring = keyring_of(settings)
    pool = await open_pool(settings.database_url or "", size=2)
    try:
        async with pool.acquire() as connection:
            await keyring.register(connection, settings.keys_dir)
        if not settings.demo:
            return ()
        _keep_demo_key(settings)
        _say("Loading the demo disputes …")
        return await load(pool, keyring, settings)
    finally:
        await pool.close()


def _keep_demo_key(settings: Settings) -> None:
    """The key in a file that shows `mediation demo` to be the operator's. It stays while the data folder stays."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        opened = os.open(settings.demo_key_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(opened, "w") as file:  # noqa: PTH123 - a path cannot open a descriptor
            file.write(secrets.token_hex(32) + "\n")


class _Server(uvicorn.Server):
    """uvicorn that says when it is ready, and who can sign in."""

    def __init__(self, config: uvicorn.Config, settings: Settings, people: Sequence[DemoPerson]) -> None:
        super().__init__(config)
        self._settings = settings
        self._people = people

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then prints the links. The line that begins with "Ready: " comes last: scripts wait for it."""
        await super().startup(sockets)
        if not self.started:
            return
        case = None
        for person in self._people:
            if person.case_title != case:
                case = person.case_title
                _say(f"\n{case}")
            _say(f"  {person.role:<10} {person.name:<28} {person.link}")
        if self._people:
            _say("\nOpen each link in a browser profile of its own to be several people at once.")
        _say(f"Ready: {self._settings.base_url}  (Ctrl-C stops it)")
