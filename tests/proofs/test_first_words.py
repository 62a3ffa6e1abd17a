"""From the mail in a real mail server to the first position: on a phone by few taps, and by keyboard alone."""

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from chromium import ROOT, node
from portal_process import Portal, free_port

STAFF = {
    "mediator": ("Dr Amara Okafor", "amara@okafor.example", "a quiet room with tea"),
    "handler": ("Jonas Weidt", "jonas@larkspur.example", "seven weeks is too long"),
}
pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


class Mailboxes:
    """Takes every mail in, and keeps each as a file by what it is for, as a person would find it in their mailbox."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """A mail has arrived."""
        content = envelope.content or b""
        raw = content if isinstance(content, bytes) else content.encode()
        kind = "invitation" if b"/join#" in raw.replace(b"=\r\n", b"") else "code"
        place = self.folder / f"{next(self._numbers):04}-{kind}-.eml"
        half = place.with_suffix(".part")
        half.write_bytes(raw)
        half.rename(place)
        return "250 OK"


@pytest.fixture
def mailboxes(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A mail server on this machine: its address, and the folder of what it has received."""
    folder = tmp_path / "mailboxes"
    folder.mkdir()
    port = free_port()
    server = Controller(Mailboxes(folder), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield f"smtp://127.0.0.1:{port}", folder
    finally:
        server.stop()


@pytest.fixture
def mailing_portal(database: str, data_dir: Path, mailboxes: tuple[str, Path]) -> Iterator[Portal]:
    """A portal whose mail goes to that server, with accounts for the staff of a dispute."""
    smtp, _ = mailboxes
    portal = Portal(data_dir, database, demo=True, environment={"MEDIATION_SMTP": smtp})
    portal.start()
    try:
        for name, email, password in STAFF.values():
            words = ("account", "add", "--name", name, "--email", email)
            program = [sys.executable, "-m", "mediation", *words]
            subprocess.run(program, env=portal.env, input=password + "\n", text=True, check=True, capture_output=True)
        yield portal
    finally:
        portal.stop()


def tell(story: Path, portal: Portal, chromium: Path, mail: Path) -> str:
    """Run a story of the browser; returns what it said."""
    told = {
        "url": portal.url,
        "chromium": str(chromium),
        "artefacts": str(ROOT / "tests" / "artefacts"),
        "mail": str(mail),
        "staff": {role: {"name": n, "email": e, "password": p} for role, (n, e, p) in STAFF.items()},
    }
    process = subprocess.Popen(
        [node(), story],
        env={**os.environ, "BROWSER_TEST": json.dumps(told)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    print(said)
    assert process.returncode == 0, said
    return said


def test_a_client_on_a_phone_comes_from_the_mail_to_their_first_words_in_less_than_eight_taps(
    mailing_portal: Portal, mailboxes: tuple[str, Path], chromium: Path
) -> None:
    said = tell(Path(__file__).with_name("first_words.mjs"), mailing_portal, chromium, mailboxes[1])
    assert "taps beside typing: " in said
    sent = sorted(path.name.split("-")[1] for path in mailboxes[1].glob("*.eml"))
    assert sent.count("code") == 1, "one code was asked for"
    assert sent.count("invitation") >= 1


def test_and_once_more_by_keyboard_alone(mailing_portal: Portal, mailboxes: tuple[str, Path], chromium: Path) -> None:
    story = Path(__file__).parents[1] / "browser" / "keyboard.mjs"
    tell(story, mailing_portal, chromium, mailboxes[1])
