"""What an operator does to a case is a paper of it: `mediation export` and `mediation hold`, as they are typed."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from mediation import clock
from mediation.export import verify
from portal_process import Portal


@pytest.fixture
def case(portal: Portal) -> dict[str, Any]:
    return dict(portal.demo())


def papers(portal: Portal, case: dict[str, Any]) -> list[dict[str, Any]]:
    """The papers as the client reads them."""
    cookie = next(person["cookie"] for person in case["people"] if person["role"] == "principal")
    answer = httpx.get(f"{portal.url}/api/cases/{case['case']}/rooms/papers/entries", headers={"Cookie": cookie})
    return list(answer.json()["entries"])


def hold(portal: Portal, case: dict[str, Any]) -> dict[str, Any]:
    cookie = case["people"][0]["cookie"]
    view = httpx.get(f"{portal.url}/api/cases/{case['case']}", headers={"Cookie": cookie}).json()
    return {key: view["hold"][key] for key in ("ground", "reference")}


def test_an_export_is_announced_before_it_is_written(portal: Portal, case: dict[str, Any], tmp_path: Path) -> None:
    client = next(person for person in case["people"] if person["role"] == "principal")
    before, bundle = papers(portal, case), tmp_path / "bundle.zip"
    done = portal.command("export", case["case"], "--for", client["participant"], "--out", str(bundle))
    assert done.returncode == 0, done.stderr
    assert "papers of the case now say" in done.stdout
    (paper,) = papers(portal, case)[len(before) :]
    assert (paper["kind"], paper["actor"]) == ("OperatorAccess", "system")
    assert paper["body"] == {"what": "export", "participant": client["participant"]}
    # The paper is in the bundle, so whoever is handed it sees by whom it was taken out.
    with bundle.open("rb") as file:
        report = verify.check(file, None)
    assert len(report.rooms[0].heads) - 1 == len(before) + 1
    # Also an export that then fails for want of a place stays announced; one for a stranger announces nothing.
    portal.command("export", case["case"], "--for", "0" * 32, "--out", str(tmp_path / "x.zip"))
    portal.command("export", "0" * 32, "--for", client["participant"], "--out", str(tmp_path / "x.zip"))
    portal.command("export", case["case"], "--for", client["participant"], "--out", str(tmp_path / "no" / "x.zip"))
    assert len(papers(portal, case)) == len(before) + 1


def test_an_order_holds_a_case_until_it_is_lifted(portal: Portal, case: dict[str, Any]) -> None:
    nothing_to_lift = portal.command("hold", case["case"], "--lift")
    assert (nothing_to_lift.returncode, nothing_to_lift.stderr.strip()) == (
        1,
        "mediation hold: No order holds this case.",
    )
    assert portal.command("hold", case["case"], "--order", "District court, 4 C 12/26").returncode == 0
    assert hold(portal, case) == {"ground": "order", "reference": "District court, 4 C 12/26"}
    again = portal.command("hold", case["case"], "--order", "District court, 4 C 12/26")
    assert "already" in again.stderr
    assert portal.command("hold", case["case"], "--lift").returncode == 0
    assert hold(portal, case)["ground"] is None
    assert [paper["kind"] for paper in papers(portal, case)][-2:] == ["HoldPlaced", "HoldLifted"]
    sound = portal.command("doctor", "--record", case["case"])
    assert sound.returncode == 0, sound.stdout


def test_a_mistyped_order_is_refused_with_a_sentence(data_dir: Path, database: str) -> None:
    operator = Portal(data_dir, database, demo=False)
    for words, sentence in (
        (("0" * 32, "--order", "4 C 12/26"), "There is no case"),
        (("zz", "--lift"), "32 hexadecimal digits"),
        (("0" * 32, "--order", "two\nlines"), "one line of at most 200"),
    ):
        refused = operator.command("hold", *words)
        assert refused.returncode == 1
        assert sentence in refused.stderr
        assert "Traceback" not in refused.stderr
    assert operator.command("hold", "0" * 32, "--order", "x", "--lift").returncode == 2
    assert operator.command("hold", "0" * 32).returncode == 2


async def test_the_doctor_says_when_nobody_erases_what_is_due(data_dir: Path, database: str) -> None:
    operator = Portal(data_dir, database, demo=False)
    owner = await asyncpg.connect(database)
    try:
        for case_id, due_at in (("0a" * 16, clock.now() - timedelta(hours=2)), ("0b" * 16, clock.now())):
            await owner.execute("INSERT INTO cases (case_id, opened_at) VALUES ($1, $2)", case_id, due_at)
            await owner.execute("INSERT INTO keeping (case_id, due_at) VALUES ($1, $2)", case_id, due_at)
    finally:
        await owner.close()
    told = await asyncio.to_thread(operator.command, "doctor")
    assert told.returncode == 0, told.stderr
    assert "cases in which talk should have been erased by now: 1." in told.stdout
