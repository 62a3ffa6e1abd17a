"""Who carries a mail away: an SMTP server, or, where none is set, the data folder and the terminal."""

import contextlib
import os
import sys
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Final, Protocol

import aiosmtplib

from mediation.mail.message import Message, put_together
from mediation.settings import Settings, SmtpServer

_TIMEOUT: Final = 20.0  # seconds for each step of the conversation with the server
_PERMANENT: Final = 500  # RFC 5321: from here on a reply means that trying again is of no use

_NOT_TOLD: Final = frozenset({"notice", "digest"})
"""What comes often and holds no way in: it lies in the folder, and buries no link or code in the terminal."""


class Refused(Exception):  # noqa: N818 - reads as the sentence it is
    """The mail will never be taken as it is; `str()` is the server's number, which names nobody."""


class Postman(Protocol):
    """Takes one mail away. Raises `Refused` when it is of no use to try again, anything else when it may be."""

    async def carry(self, message: Message, mail_id: str, at: datetime) -> None:
        """Send the mail that was written at `at`; the same `mail_id` gives the same Message-ID."""


def postman_of(settings: Settings) -> Postman:
    """Return who carries mail under these settings."""
    if settings.smtp is not None:
        return SmtpPostman(settings.smtp, settings.sender)
    return FolderPostman(settings.mail_dir, settings.sender, tells=settings.demo or sys.stdout.isatty())


class SmtpPostman:
    """Hands mail to a server, one conversation each."""

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._server = server
        self._sender = sender

    async def carry(self, message: Message, mail_id: str, at: datetime) -> None:
        """Send it, over TLS where the setting says so; never in the clear when TLS was asked for and fails."""
        server = self._server
        mail = put_together(message, mail_id, self._sender, at)
        try:
            await aiosmtplib.send(
                mail,
                recipients=[message.to],
                hostname=server.host,
                port=server.port,
                username=server.username,
                password=server.password,
                use_tls=server.security == "tls",
                start_tls=server.security == "starttls",
                timeout=_TIMEOUT,
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            codes = [recipient.code for recipient in refused.recipients]
            if codes and min(codes) >= _PERMANENT:
                raise Refused(f"recipient refused ({codes[0]})") from None
            raise
        except aiosmtplib.SMTPDataError as refused:
            if refused.code >= _PERMANENT:
                raise Refused(f"message refused ({refused.code})") from None
            raise


class FolderPostman:
    """Keeps each mail as a file for the operator alone, and shows its link or code in the terminal."""

    def __init__(self, folder: Path, sender: str, *, tells: bool) -> None:
        self._folder = folder
        self._sender = sender
        self._tells = tells

    async def carry(self, message: Message, mail_id: str, at: datetime) -> None:
        """Write `<time>-<kind>-<id>.eml`; the same mail again takes the place of the first."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{at:%Y%m%d-%H%M%S}-{message.kind}-{mail_id}.eml"
        _write(path, put_together(message, mail_id, self._sender, at))
        if self._tells and message.kind not in _NOT_TOLD:
            sys.stdout.write(f"Mail to {message.to} ({message.kind}): {message.key}\n")
            sys.stdout.flush()


def _write(path: Path, mail: EmailMessage) -> None:
    unfinished = path.with_suffix(".unfinished")
    with contextlib.suppress(FileNotFoundError):
        unfinished.unlink()
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(mail.as_bytes(policy=SMTP))
    unfinished.replace(path)
