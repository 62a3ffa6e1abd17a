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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chromium import ROOT, node
from mediation import embedded
from portal_process import Portal

ARTEFACTS = ROOT / "tests" / "artefacts"
STAFF = {
    "mediator": ("Dr Amara Okafor", "amara@okafor.example", "a quiet room with tea"),
    "handler": ("Jonas Weidt", "jonas@larkspur.example", "seven weeks is too long"),
    "administrator": ("Robin Vale", "robin@portal.example", "keys, ledgers and no rooms"),
}

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A portal with a database of its own, as `make run` starts it, and accounts for the staff of a dispute."""
    folder = Path(tempfile.mkdtemp(prefix="mp-", dir="/tmp"))
    # As root the database runs as another user, who must be able to come in.
    folder.chmod(0o711)
    for old in ARTEFACTS.glob("failed-*"):
        old.unlink()
    portal = Portal(folder, None, demo=True)
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


def tell(story: str, portal: Portal, chromium: Path, **more: Any) -> None:
    """Runs one of the stories beside this file; its last words are in the message when it fails."""
    told = {
        "url": portal.url,
        "chromium": str(chromium),
        "artefacts": str(ARTEFACTS),
        "mail": str(portal.data_dir / "mail"),
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


def test_three_people_live_through_a_dispute_and_leave_with_a_record_that_verifies(
    portal: Portal, chromium: Path, tmp_path: Path
) -> None:
    tell("three_people.mjs", portal, chromium, bundles=str(tmp_path))
    bundles = {path.stem: portal.command("verify", str(path)) for path in tmp_path.glob("*.zip")}
    assert sorted(bundles) == ["Dr Amara Okafor", "Jonas Weidt", "Lucia Pirelli"]
    for name, verdict in bundles.items():
        print(verdict.stdout)
        assert verdict.returncode == 0, f"{name}: {verdict.stdout}{verdict.stderr}"
    checked = portal.command("doctor", "--record", "all")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_client_comes_from_the_link_to_the_table_and_speaks_without_a_mouse(portal: Portal, chromium: Path) -> None:
    tell("keyboard.mjs", portal, chromium)


def test_accounts_and_organisations_are_made_and_a_client_opens_a_dispute_from_outside(
    portal: Portal, chromium: Path
) -> None:
    tell("offices.mjs", portal, chromium)


def test_every_screen_can_be_shown_to_a_client(portal: Portal, chromium: Path) -> None:
    tell("screens.mjs", portal, chromium, bargaining=portal.demo("--stage", "bargaining"), drafting=portal.demo())


def test_files_survive_a_cut_help_is_two_presses_away_and_no_room_tells_another(portal: Portal, chromium: Path) -> None:
    tell("in_every_room.mjs", portal, chromium, bargaining=portal.demo("--stage", "bargaining"))
