"""Configuration from the environment: every setting, its meaning, and what is refused as unsafe."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import getaddresses
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

_T = TypeVar("_T")
_HIGHEST_PORT = 65535
_SHORTEST_TOKEN = 20
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LOG_STYLES = ("auto", "json", "pretty")
_LOG_LEVELS = ("debug", "info", "warning", "error")


class CannotRun(Exception):  # noqa: N818 - the sentence is the error
    """What the operator asked for cannot be done; `str()` says why and what to do, and the command ends with it."""


class UnsafeSettings(CannotRun):
    """A setting that cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable as `mediation doctor` explains it."""

    variable: str
    field: str
    meaning: str
    is_secret: bool = False


CATALOGUE = (
    Setting("PORT", "port", "the port to listen on (8000)"),
    Setting("DATABASE_URL", "database_url", "PostgreSQL 15 or newer; empty: the embedded server", is_secret=True),
    Setting("MEDIATION_DATA", "data_dir", "folder for keys and the embedded database (./var)"),
    Setting("MEDIATION_HOST", "host", "the address to listen on (127.0.0.1)"),
    Setting("MEDIATION_BASE_URL", "base_url", "where people reach the portal (http://localhost:PORT)"),
    Setting("MEDIATION_DEMO", "demo", "load demo disputes and print sign-in links; on this machine only (off)"),
    Setting(
        "MEDIATION_SIGNING_KEY", "signing_key", "Ed25519 seed, 64 hex digits; empty: a file in keys/", is_secret=True
    ),
    Setting("MEDIATION_OPERATOR", "operator", "who runs this portal, as its first page says"),
    Setting(
        "MEDIATION_SMTP",
        "smtp",
        "mail server: smtps://USER:PASSWORD@HOST:PORT, smtp://…?starttls, or smtp://HOST in the clear; "
        "empty: mail is kept as files in mail/, on localhost only",
        is_secret=True,
    ),
    Setting("MEDIATION_MAIL_FROM", "mail_from", "the sender of mail (mediation@ the host of MEDIATION_BASE_URL)"),
    Setting("MEDIATION_PROXY", "proxy", "address of the reverse proxy whose X-Forwarded-For is believed"),
    Setting(
        "MEDIATION_METRICS_TOKEN", "metrics_token", "bearer token that may read /metrics; empty: nobody", is_secret=True
    ),
    Setting(
        "MEDIATION_POOL_SIZE", "pool_size", "database connections of one process, as many to decide as to read (10)"
    ),
    Setting(
        "MEDIATION_SIGN_IN_TRIES",
        "sign_in_tries",
        "sign-in tries per account in 15 minutes; per address ten times (10)",
    ),
    Setting(
        "MEDIATION_INVITATION_TRIES", "invitation_tries", "uses of invitation links per address in 15 minutes (300)"
    ),
    Setting("MEDIATION_INVITATIONS", "invitations_a_day", "invitations one account sends in a day (100)"),
    Setting("MEDIATION_COMMANDS", "command_tries", "commands of one account in 5 minutes (600)"),
    Setting("MEDIATION_FRAMES", "frame_tries", "frames that one account's sockets send in 5 minutes (120000)"),
    Setting("MEDIATION_UPLOAD_MIB", "upload_mib", "MiB that one account uploads in an hour (2048)"),
    Setting("MEDIATION_FILES", "files", "where files lie, as s3://bucket/prefix; empty: a folder beside keys/"),
    Setting("MEDIATION_FILES_ENDPOINT", "files_endpoint", "address of an S3-compatible server; empty: Amazon's"),
    Setting("MEDIATION_FILES_REGION", "files_region", "region of the bucket (us-east-1)"),
    Setting("MEDIATION_FILES_KEY", "files_key", "access key of the bucket; empty: what the machine is given"),
    Setting("MEDIATION_FILES_SECRET", "files_secret", "secret that goes with the access key", is_secret=True),
    Setting("MEDIATION_FILE_MIB", "file_mib", "size of the largest file, in MiB (25)"),
    Setting("MEDIATION_ROOM_MIB", "room_mib", "what the files of one side in one room may come to, in MiB (500)"),
    Setting("MEDIATION_ROOM_FILES", "room_files", "how many files one side may have in one room (100)"),
    Setting("MEDIATION_UPLOADS", "uploads", "uploads that one person may have under way in a case (3)"),
    Setting("MEDIATION_TIMESTAMPS", "timestamps", "RFC 3161 server for the time in seals and beside checkpoints"),
    Setting("MEDIATION_LOG", "log_style", "auto, json or pretty (auto: pretty in a terminal)"),
    Setting("MEDIATION_LOG_LEVEL", "log_level", "debug, info, warning or error (info)"),
)


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed in. `tls` from the first byte, `starttls` before anything is said, `none` in the clear."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    username: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How this portal is to run. `load_settings` checks what one value alone cannot show."""

    data_dir: Path
    database_url: str | None = None
    port: int = 8000
    host: str = "127.0.0.1"
    base_url: str = "http://localhost:8000"
    demo: bool = False
    signing_key: bytes | None = None
    operator: str | None = None
    smtp: SmtpServer | None = None
    mail_from: str | None = None
    proxy: str | None = None
    metrics_token: str | None = None
    pool_size: int = 10
    sign_in_tries: int = 10
    invitation_tries: int = 300
    invitations_a_day: int = 100
    command_tries: int = 600
    frame_tries: int = 120_000
    upload_mib: int = 2048
    files: str | None = None
    files_endpoint: str | None = None
    files_region: str = "us-east-1"
    files_key: str | None = None
    files_secret: str | None = None
    file_mib: int = 25
    room_mib: int = 500
    room_files: int = 100
    uploads: int = 3
    timestamps: str | None = None
    log_style: str = "auto"
    log_level: str = "info"

    @property
    def origin(self) -> str:
        """Scheme, host and port of `base_url`, exactly as a browser sends it in `Origin`."""
        return self.base_url.rstrip("/")

    @property
    def keys_dir(self) -> Path:
        """Where signing keys lie, readable by the operator alone."""
        return self.data_dir / "keys"

    @property
    def files_dir(self) -> Path:
        """Where files lie unless `files` names a bucket."""
        return self.data_dir / "files"

    @property
    def mail_dir(self) -> Path:
        """Where mail is kept while there is no mail server."""
        return self.data_dir / "mail"

    @property
    def sender(self) -> str:
        """Who mail says it is from."""
        return self.mail_from or f"mediation@{urlsplit(self.base_url).hostname}"

    @property
    def demo_key_path(self) -> Path:
        """The key with which `mediation demo` asks the running portal for a demo case."""
        return self.data_dir / "demo.key"


def load_settings(env: Mapping[str, str] = os.environ) -> Settings:
    """The settings that `env` gives. Raises `UnsafeSettings` with a sentence for the first that cannot be used."""
    settings = read_settings(env)
    refuse_unsafe(settings)
    return settings


def read_settings(env: Mapping[str, str]) -> Settings:
    """The settings as they are written, unsafe together or not. Raises `UnsafeSettings` for one that says nothing."""
    port = _read(env, "PORT", _port, 8000)
    _refuse_unknown(env)
    return Settings(
        data_dir=Path(env.get("MEDIATION_DATA") or "var").expanduser().absolute(),
        database_url=_read(env, "DATABASE_URL", _database_url, None),
        port=port,
        host=env.get("MEDIATION_HOST") or "127.0.0.1",
        base_url=_read(env, "MEDIATION_BASE_URL", _base_url, f"http://localhost:{port}"),
        demo=_read(env, "MEDIATION_DEMO", _switch, default=False),
        signing_key=_read(env, "MEDIATION_SIGNING_KEY", _seed, None),
        operator=env.get("MEDIATION_OPERATOR", "").strip() or None,
        smtp=_read(env, "MEDIATION_SMTP", _smtp, None),
        mail_from=_read(env, "MEDIATION_MAIL_FROM", _sender, None),
        proxy=_read(env, "MEDIATION_PROXY", _address, None),
        metrics_token=_read(env, "MEDIATION_METRICS_TOKEN", _token, None),
        pool_size=_read(env, "MEDIATION_POOL_SIZE", _pool_size, 10),
        sign_in_tries=_read(env, "MEDIATION_SIGN_IN_TRIES", _tries, 10),
        invitation_tries=_read(env, "MEDIATION_INVITATION_TRIES", _tries, 300),
        invitations_a_day=_read(env, "MEDIATION_INVITATIONS", _tries, 100),
        command_tries=_read(env, "MEDIATION_COMMANDS", _tries, 600),
        frame_tries=_read(env, "MEDIATION_FRAMES", _tries, 120_000),
        upload_mib=_read(env, "MEDIATION_UPLOAD_MIB", _tries, 2048),
        files=_read(env, "MEDIATION_FILES", _bucket, None),
        files_endpoint=_read(env, "MEDIATION_FILES_ENDPOINT", _endpoint, None),
        files_region=env.get("MEDIATION_FILES_REGION") or "us-east-1",
        files_key=env.get("MEDIATION_FILES_KEY") or None,
        files_secret=env.get("MEDIATION_FILES_SECRET") or None,
        file_mib=_read(env, "MEDIATION_FILE_MIB", _tries, 25),
        room_mib=_read(env, "MEDIATION_ROOM_MIB", _tries, 500),
        room_files=_read(env, "MEDIATION_ROOM_FILES", _tries, 100),
        uploads=_read(env, "MEDIATION_UPLOADS", _tries, 3),
        timestamps=_read(env, "MEDIATION_TIMESTAMPS", _timestamps, None),
        log_style=_read(env, "MEDIATION_LOG", _one_of(_LOG_STYLES), "auto"),
        log_level=_read(env, "MEDIATION_LOG_LEVEL", _one_of(_LOG_LEVELS), "info"),
    )


def refuse_unsafe(settings: Settings) -> None:
    """Raises `UnsafeSettings` when values that are fine by themselves are unsafe together."""
    url = urlsplit(settings.base_url)
    is_local = url.hostname == "localhost"
    if settings.demo and settings.host not in _LOOPBACK:
        raise UnsafeSettings(
            "MEDIATION_DEMO lets anyone who reaches the portal sign in as anybody, so it listens on this machine only: "
            "leave MEDIATION_HOST at 127.0.0.1, or switch MEDIATION_DEMO off."
        )
    if settings.demo and not is_local:
        raise UnsafeSettings(
            "MEDIATION_DEMO is for trying the portal out on one machine: leave MEDIATION_BASE_URL at localhost, "
            "or switch MEDIATION_DEMO off."
        )
    if not is_local and url.scheme != "https":
        raise UnsafeSettings(
            "MEDIATION_BASE_URL must begin with https:// unless it is localhost, "
            "because sign-in cookies and what is said in the rooms would cross the network in the clear."
        )
    if not is_local and settings.database_url is None:
        raise UnsafeSettings(
            "The embedded database trusts every local program of its user, so it is for one machine: "
            "set DATABASE_URL to a PostgreSQL server of version 15 or newer."
        )
    if settings.database_url is None and settings.host not in _LOOPBACK:
        raise UnsafeSettings(
            "The embedded database is for trying the portal out on one machine, and MEDIATION_HOST lets others reach "
            "it: leave MEDIATION_HOST at 127.0.0.1, or set DATABASE_URL to a PostgreSQL server."
        )
    if settings.database_url is not None and _crosses_a_network_in_the_clear(settings.database_url):
        raise UnsafeSettings(
            "DATABASE_URL leads over a network, and what is said in the rooms would cross it in the clear: "
            "end it with ?sslmode=verify-full."
        )
    if not is_local and settings.operator is None:
        raise UnsafeSettings(
            "People are told on their first page who runs this portal and could technically read it: "
            "set MEDIATION_OPERATOR to your name."
        )
    if not is_local and settings.smtp is None:
        raise UnsafeSettings(
            "Without a mail server nobody can be invited, and links and codes would lie in files: "
            "set MEDIATION_SMTP, such as smtps://user:password@mail.example.org."
        )
    if (settings.files_key is None) != (settings.files_secret is None):
        raise UnsafeSettings("MEDIATION_FILES_KEY and MEDIATION_FILES_SECRET go together: set both, or neither.")


def _crosses_a_network_in_the_clear(database_url: str) -> bool:
    """Whether the database is elsewhere and its connection may be unencrypted.

    A name without a dot is a neighbour on a private network, as containers call each other.
    """
    url = urlsplit(database_url)
    options = dict(parse_qsl(url.query))
    host = options.get("host") or url.hostname or ""
    is_near = host in _LOOPBACK or host.startswith("/") or not {".", ":"} & set(host)
    return not is_near and options.get("sslmode") not in {"require", "verify-ca", "verify-full"}


def advice(settings: Settings) -> list[str]:
    """What is allowed but better changed before real people use the portal, one sentence each."""
    said = []
    if settings.demo:
        said.append("Demo mode is on: sign-in links are handed out. Never use it with real disputes.")
    if settings.database_url is None:
        said.append("The embedded database is in use: fine for a trial, use a PostgreSQL server for real cases.")
    if settings.signing_key is None:
        said.append(f"The signing key lies in {settings.keys_dir}: back it up apart from the database.")
    if settings.smtp is None:
        said.append(f"MEDIATION_SMTP is empty: mail is kept in {settings.mail_dir} and reaches nobody.")
    elif settings.smtp.security == "none" and settings.smtp.host not in _LOOPBACK:
        said.append("MEDIATION_SMTP is in the clear: links and codes can be read between here and the mail server.")
    if settings.operator is None:
        said.append("MEDIATION_OPERATOR is empty: people are not told who runs this portal.")
    return said


def shown(setting: Setting, settings: Settings) -> str:
    """The value of one setting as text; of a secret, only whether it is set."""
    value = getattr(settings, setting.field)
    if value is None:
        return "not set"
    if setting.is_secret:
        return "set (hidden)"
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


def _read(env: Mapping[str, str], name: str, parse: Callable[[str], _T], default: _T) -> _T:
    text = env.get(name, "").strip()
    if not text:
        return default
    try:
        return parse(text)
    except ValueError as reason:
        raise UnsafeSettings(f"{name} {reason}") from None


def _refuse_unknown(env: Mapping[str, str]) -> None:
    """A misspelt setting would silently leave a default in force."""
    known = {setting.variable for setting in CATALOGUE}
    for name in sorted(env):
        if name.startswith("MEDIATION_") and name not in known:
            raise UnsafeSettings(f"{name} is not a setting of this portal: `mediation doctor --help` lists them all.")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= _HIGHEST_PORT:
        raise ValueError("must be a number from 1 to 65535.")
    return int(text)


def _pool_size(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 2 <= int(text) <= 200:  # noqa: PLR2004 - said in the sentence
        raise ValueError("must be a number from 2 to 200.")
    return int(text)


def _tries(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:10]) <= 1_000_000:  # noqa: PLR2004 - as above
        raise ValueError("must be a number from 1 to 1000000.")
    return int(text)


def _switch(text: str) -> bool:
    if text.lower() in {"1", "true", "yes", "on"}:
        return True
    if text.lower() in {"0", "false", "no", "off"}:
        return False
    raise ValueError("must be 1 or 0.")


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}.")
        return text.lower()

    return parse


def _database_url(text: str) -> str:
    if urlsplit(text).scheme not in {"postgresql", "postgres"}:
        raise ValueError("must begin with postgresql://")
    return text


def _base_url(text: str) -> str:
    url = urlsplit(text.rstrip("/"))
    if url.scheme not in {"http", "https"} or not url.hostname or url.path or url.query or url.fragment or url.username:
        raise ValueError("must be an address without a path, such as https://mediation.example.org")
    try:
        ip_address(url.hostname)
    except ValueError:
        # Browsers send `Origin` in lower case and without the scheme's own port.
        default = {"http": 80, "https": 443}[url.scheme]
        port = "" if url.port in {None, default} else f":{url.port}"
        return f"{url.scheme}://{url.hostname}{port}"
    raise ValueError("must be a name, not a bare address: browsers refuse passkeys on addresses.")


def _bucket(text: str) -> str:
    if not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_-]+)*/?", text):
        raise ValueError("must be a bucket such as s3://mediation-files/portal.")
    return text.rstrip("/")


def _timestamps(text: str) -> str:
    # Many of these servers speak HTTP alone: they learn a hash, and what they answer is signed.
    url = urlsplit(text)
    if url.scheme not in {"https", "http"} or not url.hostname:
        raise ValueError("must be the address of an RFC 3161 server, such as https://timestamps.example.org.")
    return text


def _endpoint(text: str) -> str:
    url = urlsplit(text)
    if url.scheme != "https" and (url.scheme != "http" or url.hostname not in _LOOPBACK):
        raise ValueError("must begin with https:// unless it is on this machine: files would cross the network bare.")
    if not url.hostname or url.username or url.query or url.fragment:
        raise ValueError("must be the address of a server, such as https://s3.example.org")
    return text.rstrip("/")


def _smtp(text: str) -> SmtpServer:
    shape = "must look like smtps://user:password@mail.example.org or smtp://mail.example.org:587?starttls"
    try:
        url = urlsplit(text)
        options = dict(parse_qsl(url.query, keep_blank_values=True))
        port = url.port
    except ValueError:
        raise ValueError(shape) from None
    if url.scheme not in {"smtp", "smtps"} or not url.hostname or url.path.strip("/") or url.fragment:
        raise ValueError(shape)
    if options.keys() - {"starttls"} or (options and url.scheme == "smtps"):
        raise ValueError(shape)
    security: Literal["tls", "starttls", "none"] = "tls" if url.scheme == "smtps" else "starttls" if options else "none"
    if url.username and security == "none" and url.hostname not in _LOOPBACK:
        raise ValueError("would send its password in the clear: use smtps:// or end it with ?starttls")
    return SmtpServer(
        host=url.hostname,
        port=port or {"tls": 465, "starttls": 587, "none": 25}[security],
        security=security,
        username=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
    )


def _sender(text: str) -> str:
    people = getaddresses([text])
    if len(people) != 1 or not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", people[0][1]) or any(c in text for c in "\r\n"):
        raise ValueError("must be an address, such as Example Mediation <mediation@example.org>")
    return text


def _address(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        raise ValueError("must be the address of one machine, such as 127.0.0.1") from None


def _token(text: str) -> str:
    if len(text) < _SHORTEST_TOKEN or not text.isascii():
        raise ValueError("must be at least 20 plain characters, such as `openssl rand -hex 32` prints.")
    return text


def _seed(text: str) -> bytes:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", text):
        raise ValueError("must be 64 hexadecimal digits, such as `openssl rand -hex 32` prints.")
    return bytes.fromhex(text)
