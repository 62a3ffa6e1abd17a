"""`mediation …` as an operator types it, against real processes."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from mediation import embedded
from portal_process import Portal

COMMANDS = ("serve", "demo", "migrate", "export", "hold", "verify", "doctor")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "mediation", command, "--help"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0
    assert "usage: mediation" in told.stdout


def test_verifying_loads_nothing_of_the_server(tmp_path: Path) -> None:
    (tmp_path / "not-a-bundle.zip").write_bytes(b"PK")
    program = (
        "import sys; from mediation.cli import main\n"
        "try: main(['verify', sys.argv[1]])\n"
        "except SystemExit as end: print(end.code)\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'asyncpg', 'litestar', 'uvicorn', 'alembic'}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "not-a-bundle.zip"], capture_output=True, text=True, check=True
    )
    code, loaded = told.stdout.splitlines()[-2:]
    assert (code != "0", loaded) == (True, "[]")


def test_a_portal_gets_ready_serves_and_stops_when_asked(data_dir: Path, database: str) -> None:
    """The program itself, which other tests fork (tests/loaded.py)."""
    portal = Portal(data_dir, database, demo=True, program=(sys.executable, "-m", "mediation"))
    try:
        portal.start()
        assert httpx.get(f"{portal.url}/readyz").status_code == 200
        assert portal.command("doctor").returncode == 0
        assert portal.stop() == 0
        assert "Stopped." in portal.said
    finally:
        portal.stop()


def test_a_fresh_demo_case_is_exported_and_verified_and_its_record_is_sound(
    shared_portal: Portal, tmp_path: Path
) -> None:
    portal = shared_portal
    case = portal.demo()
    everyone = {person["role"] for person in case["people"]}
    assert {"mediator", "handler", "principal"} <= everyone
    bundle = tmp_path / "bundle.zip"
    exported = portal.command("export", case["case"], "--for", case["people"][0]["participant"], "--out", str(bundle))
    assert exported.returncode == 0, exported.stderr
    assert bundle.stat().st_mode & 0o777 == 0o600
    verified = portal.command("verify", str(bundle))
    assert verified.returncode == 0, verified.stdout + verified.stderr
    checked = portal.command("doctor", "--record", case["case"])
    assert checked.returncode == 0
    assert f"Record of {case['case']}: sound" in checked.stdout


def test_the_cookie_of_a_demo_person_signs_them_in(shared_portal: Portal) -> None:
    person = shared_portal.demo()["people"][0]
    assert httpx.get(f"{shared_portal.url}/api/me", headers={"Cookie": person["cookie"]}).status_code == 200
    assert httpx.get(f"{shared_portal.url}/api/me").status_code == 401


def test_exporting_for_a_stranger_writes_nothing(shared_portal: Portal, tmp_path: Path) -> None:
    case = shared_portal.demo()
    refused = shared_portal.command("export", case["case"], "--for", "0" * 32, "--out", str(tmp_path / "x.zip"))
    assert refused.returncode == 1
    assert "nothing to take away" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_demo_key_is_needed_and_readable_by_the_operator_alone(shared_portal: Portal) -> None:
    key = shared_portal.data_dir / "demo.key"
    assert key.stat().st_mode & 0o777 == 0o600
    for headers in ({}, {"Authorization": "Bearer guess"}):
        assert httpx.post(f"{shared_portal.url}/api/demo/cases", json={}, headers=headers).status_code in {401, 403}


def test_without_demo_mode_there_is_no_way_to_a_demo_case(start_portal: Callable[..., Portal]) -> None:
    portal = start_portal(demo=False)
    refused = portal.command("demo", "--json")
    assert refused.returncode == 1
    assert "No portal runs in demo mode" in refused.stderr
    answer = httpx.post(f"{portal.url}/api/demo/cases", json={})
    assert answer.status_code in {401, 403, 404}


def test_two_portals_share_one_database(shared_portal: Portal, shared_database: str) -> None:
    second = Portal(shared_portal.data_dir, shared_database, demo=True)
    try:
        second.start()
        cookie = shared_portal.demo()["people"][0]["cookie"]
        assert httpx.get(f"{second.url}/api/me", headers={"Cookie": cookie}).status_code == 200
    finally:
        second.stop()


def test_a_busy_port_is_named_before_anything_is_started(shared_portal: Portal, data_dir: Path) -> None:
    late = Portal(data_dir, None, demo=True, environment={"PORT": str(shared_portal.port)})
    refused = late.command("serve")
    assert refused.returncode == 1
    assert f"port {shared_portal.port} cannot be used" in refused.stderr
    assert embedded.running_pid(data_dir) is None


def test_unsafe_settings_end_with_a_sentence_and_no_traceback(data_dir: Path, database: str) -> None:
    open_to_all = Portal(data_dir, database, demo=True, environment={"MEDIATION_HOST": "0.0.0.0"})
    refused = open_to_all.command("serve", "--demo")
    assert refused.returncode == 1
    assert refused.stderr.startswith("mediation serve: MEDIATION_DEMO lets anyone")
    assert "Traceback" not in refused.stderr


def test_a_database_that_is_not_there_ends_with_a_sentence(data_dir: Path) -> None:
    nowhere = Portal(data_dir, "postgresql://portal:hunter2@localhost:1/portal", demo=False)
    refused = nowhere.command("serve")
    assert refused.returncode == 1
    assert "check DATABASE_URL" in refused.stderr
    assert "hunter2" not in refused.stdout + refused.stderr


def test_the_embedded_database_goes_with_its_portal_and_a_killed_one_leaves_no_trouble(data_dir: Path) -> None:
    portal = Portal(data_dir, None, demo=True)
    try:
        portal.start()
        portal.kill()
        left_over = embedded.running_pid(data_dir)
        assert left_over is not None
        portal.start()
        assert embedded.running_pid(data_dir) == left_over
        case = json.dumps(portal.demo())
        assert '"cookie"' in case
        assert portal.stop() == 0
        assert embedded.running_pid(data_dir) is None
    finally:
        portal.stop()


def test_the_doctor_lists_settings_and_finds_missing_migrations(empty_database: str, data_dir: Path) -> None:
    fresh = Portal(data_dir, empty_database, demo=False)
    sick = fresh.command("doctor")
    assert sick.returncode == 1
    assert "MEDIATION_BASE_URL" in sick.stdout
    assert "migrations are missing" in sick.stdout
    assert fresh.command("migrate").returncode == 0
    assert fresh.command("doctor").returncode == 0


def test_the_doctor_lists_settings_also_when_they_are_unsafe_and_makes_no_database(data_dir: Path) -> None:
    open_to_all = Portal(data_dir, None, demo=True, environment={"MEDIATION_HOST": "0.0.0.0"})
    told = open_to_all.command("doctor")
    assert told.returncode == 1
    assert "MEDIATION_HOST             0.0.0.0" in told.stdout
    assert "listens on this machine only" in told.stderr
    fresh = Portal(data_dir, None, demo=False).command("doctor")
    assert fresh.returncode == 0
    assert "no embedded database yet" in fresh.stdout
    assert list(data_dir.iterdir()) == []
