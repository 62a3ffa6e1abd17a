"""A mail server on a real socket, for tests: it keeps what it is given, or refuses it as it is told to."""

import contextlib
import email
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any

from aiosmtpd.controller import Controller

from portal_process import free_port


@dataclass
class MailServer:
    """What arrived, in order. `reply` answers each mail; `on_mail` is called before that, while its sender waits."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    on_mail: Callable[[], None] | None = None
    arrived: threading.Condition = field(default_factory=threading.Condition)

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each mail that arrived."""
        return [str(mail["Message-ID"]) for mail in self.mails]

    def wait_until(self, holds: Callable[[], bool], within: float = 20) -> None:
        """Wait until this holds of the mails that have arrived."""
        with self.arrived:
            assert self.arrived.wait_for(holds, within), f"{len(self.mails)} mails"

    def wait_for(self, count: int, within: float = 20) -> None:
        """Wait until so many mails have arrived."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.mails) >= count, within), f"{len(self.mails)} of {count}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        with self.arrived:
            mail = email.message_from_bytes(envelope.content, policy=modern)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients += envelope.rcpt_tos
            self.encrypted.append(server.transport.get_extra_info("ssl_object") is not None)
            self.arrived.notify_all()
        if self.on_mail is not None:
            self.on_mail()
        return "250 kept"


@contextlib.contextmanager
def mail_server(
    port: int | None = None, *, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """A started mail server; `tls` from the first byte, `starttls` when asked for."""
    server = MailServer(port=port or free_port())
    controller = Controller(
        server,
        hostname="localhost",
        port=server.port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=bool(starttls),
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
