"""What people do and see, in a real Chromium against a real portal. Pictures of it all lie in tests/artefacts/.

To look at one part alone: `.venv/bin/pytest tests/browser -k three -s`.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2  # type: ignore[import-untyped]
import pytest

from chromium import ROOT, node
from mail_server import mail_server
from mediation import embedded
from mediation.demo.scenarios import CLINIC_SOFTWARE
from portal_process import Portal
from word_files import a_word_file

ARTEFACTS = ROOT / "tests" / "artefacts"
STAFF = {
    "mediator": ("Dr Amara Okafor", "amara@okafor.example", "a quiet room with tea"),
    "handler": ("Jonas Weidt", "jonas@larkspur.example", "seven weeks is too long"),
    "administrator": ("Robin Vale", "robin@portal.example", "keys, ledgers and no rooms"),
}

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The port of a mail server, and the folder in which it keeps each mail as a file, in the order of arrival."""
    folder = tmp_path_factory.mktemp("mail")
    with mail_server() as server:

        def keep() -> None:
            path = folder / f"{len(server.mails):05}.eml"
            path.with_suffix(".part").write_bytes(server.mails[-1].as_bytes())
            path.with_suffix(".part").rename(path)

        server.on_mail = keep
        yield server.port, folder


@pytest.fixture(scope="module")
def portal(mailbox: tuple[int, Path]) -> Iterator[Portal]:
    """A portal with a database of its own, as `make run` starts it, with a mail server and accounts for staff."""
    folder = Path(tempfile.mkdtemp(prefix="mp-", dir="/tmp"))
    # As root the database runs as another user, who must be able to come in.
    folder.chmod(0o711)
    for old in ARTEFACTS.glob("failed-*"):
        old.unlink()
    port, _ = mailbox
    portal = Portal(folder, None, demo=True, environment={"MEDIATION_SMTP": f"smtp://localhost:{port}"})
    try:
        portal.start()
        for role, (name, email, password) in STAFF.items():
            add_account(portal, name, email, password, *(["--administrator"] if role == "administrator" else []))
        yield portal
    finally:
        portal.stop()
        embedded.stop(folder)
        shutil.rmtree(folder)


def add_account(portal: Portal, name: str, email: str, password: str, *more: str) -> None:
    words = ("account", "add", "--name", name, "--email", email, *more)
    program = ("-m", "mediation", *words)
    subprocess.run([sys.executable, *program], env=portal.env, input=password + "\n", text=True, check=True)


Tell = Callable[..., None]


@pytest.fixture
def tell(portal: Portal, chromium: Path, mailbox: tuple[int, Path]) -> Tell:
    """Runs one of the stories beside this file, with whatever more it is to be told."""
    _, mail = mailbox

    def run(story: str, **more: Any) -> None:
        _run(story, portal, chromium, mail=str(mail), **more)

    return run


def _run(story: str, portal: Portal, chromium: Path, **more: Any) -> None:
    """The last words of a story are in the message when it fails."""
    told = {
        "url": portal.url,
        "chromium": str(chromium),
        "artefacts": str(ARTEFACTS),
        "staff": {role: {"name": n, "email": e, "password": p} for role, (n, e, p) in STAFF.items()},
        **more,
    }
    process = subprocess.Popen(
        [node(), Path(__file__).with_name(story)],
        env={**os.environ, "BROWSER_TEST": json.dumps(told)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        # The browser is its child; a test that is interrupted ends them together.
        start_new_session=True,
    )
    try:
        said, _ = process.communicate()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    print(said)
    assert process.returncode == 0, f"{story} ended badly; what was seen is above and in {ARTEFACTS}"


def check_bundles(portal: Portal, folder: Path) -> None:
    """All three have taken their record along, and the command finds it in order."""
    bundles = {path.stem: portal.command("verify", str(path)) for path in folder.glob("*.zip")}
    assert sorted(bundles) == ["Dr Amara Okafor", "Jonas Weidt", "Lucia Pirelli"]
    for name, verdict in bundles.items():
        print(verdict.stdout)
        assert verdict.returncode == 0, f"{name}: {verdict.stdout}{verdict.stderr}"


def look_at_paper(path: Path) -> None:
    """Keeps a picture of each page among the artefacts; there is something on each, and what was agreed is there."""
    paper = pypdfium2.PdfDocument(path)
    words = ""
    for number, page in enumerate(paper, 1):
        picture = page.render(scale=1.3).to_pil()
        picture.save(ARTEFACTS / f"settlement-as-a-paper-{number}.png")
        darkest, lightest = picture.convert("L").getextrema()
        assert darkest < 100, f"page {number} is empty"
        assert lightest > 250, f"page {number} cannot be read"
        words += page.get_textpage().get_text_bounded()
    assert "The first is due on 15 January." in words.replace("\r\n", " ")
    assert "Between us" not in words


def test_three_people_live_through_a_dispute_and_leave_with_a_record_that_verifies(
    tell: Tell, portal: Portal, tmp_path: Path
) -> None:
    tell("three_people.mjs", bundles=str(tmp_path))
    check_bundles(portal, tmp_path)
    checked = portal.command("doctor", "--record", "all")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_client_comes_from_the_link_to_the_table_and_speaks_without_a_mouse(tell: Tell) -> None:
    tell("keyboard.mjs")


def test_a_client_on_a_phone_comes_from_the_mail_to_their_first_position_in_under_eight_presses(tell: Tell) -> None:
    tell("by_mail.mjs")


def test_accounts_and_organisations_are_made_and_a_client_opens_a_dispute_from_outside(tell: Tell) -> None:
    tell("offices.mjs")


def test_every_screen_can_be_shown_to_a_client(tell: Tell, portal: Portal) -> None:
    tell("screens.mjs", bargaining=portal.demo("--stage", "bargaining"), drafting=portal.demo())


def test_files_survive_a_cut_help_is_two_presses_away_and_no_room_tells_another(tell: Tell, portal: Portal) -> None:
    tell("in_every_room.mjs", bargaining=portal.demo("--stage", "bargaining"))


def test_a_dispute_climbs_the_ladder_to_a_referral_and_everybody_reads_on_top_what_is_next_and_by_when(
    tell: Tell, portal: Portal
) -> None:
    opening = portal.demo("--scenario", "clinic-software", "--stage", "opening")
    tell("up_the_ladder.mjs", clinic=opening, scenario=msgspec.to_builtins(CLINIC_SOFTWARE))


def test_a_text_is_drafted_signed_and_carried_away_and_its_record_is_in_order(
    tell: Tell, portal: Portal, tmp_path: Path
) -> None:
    added_yesterday = [sys.executable, str(Path(__file__).with_name("added_yesterday.py")), str(portal.data_dir)]
    drafting = portal.demo("--stage", "drafting")
    word_file = tmp_path / "What we would like.docx"
    word_file.write_bytes(
        a_word_file(
            "1. Larkspur Studio answers every question within two working days.",
            "2. We would also take a voucher instead of half of the money.",
        )
    )
    tell(
        "to_signature.mjs",
        drafting=drafting,
        bundles=str(tmp_path),
        addedYesterday=added_yesterday,
        wordFile=str(word_file),
    )
    check_bundles(portal, tmp_path)
    look_at_paper(tmp_path / "Jonas Weidt.pdf")
