"""A mail as it is put together, before anybody sends it."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final, Literal

Language = Literal["en", "de"]
Kind = Literal[
    "invitation",
    "code",
    "acknowledgement",
    "intake-notice",
    "password",
    "complaint",
    "account",
    "settled",
    "mention",
    "notice",
    "digest",
    "webhook",
]

_LONGEST_ADDRESS: Final = 254
_ADDRESS: Final = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9-]+"
)


@dataclass(frozen=True, slots=True)
class Message:
    """A mail before it is sent. `key` is the one link or code in it that its reader is waiting for.

    `calendars` are files that go with it (RFC 5545).
    """

    kind: Kind
    to: str
    language: Language
    subject: str
    body: str
    key: str = ""
    calendars: tuple[str, ...] = ()


def checked_address(text: str) -> str:
    """Return an e-mail address as it is kept: trimmed, in lower case; raises `ValueError` when it is none.

    Plain ASCII alone (RFC 5321): few servers carry more, and an address that looks like another's is refused with it.
    """
    address = text.strip().lower()
    is_one = len(address) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(address)
    if not is_one or ".." in address or address.startswith(".") or ".@" in address:
        raise ValueError("not an e-mail address")
    return address


def put_together(message: Message, mail_id: str, sender: str, at: datetime) -> EmailMessage:
    """Return the mail as it is sent. The same row gives the same Message-ID, so a second sending is known as one."""
    mail = EmailMessage()
    domain = sender.rpartition("@")[2].rstrip(">")
    mail["Message-ID"] = f"<{mail_id}@{domain}>"
    mail["Date"] = format_datetime(at)
    mail["From"] = sender
    mail["To"] = message.to
    mail["Subject"] = message.subject
    # RFC 3834: what answers by itself shall not answer this.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body, charset="utf-8", cte="quoted-printable")
    for number, calendar in enumerate(message.calendars, 1):
        mail.add_attachment(
            calendar.encode(),
            maintype="text",
            subtype="calendar",
            cte="base64",
            filename="date.ics" if number == 1 else f"date-{number}.ics",
            # RFC 6047: programs look here whether it comes, or takes something away.
            params={"method": "CANCEL" if "\r\nMETHOD:CANCEL\r\n" in calendar else "PUBLISH", "charset": "utf-8"},
        )
    # Afterwards, because what is about the content would move to the first part.
    mail["Content-Language"] = message.language
    return mail
