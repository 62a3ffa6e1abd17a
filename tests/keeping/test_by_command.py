"""What an operator does to a case is a paper of it: `mediation export` and `mediation hold`, as they are typed."""

import asyncio
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from keeping.conftest import Start
from mediation import cli, clock, operating
from mediation.export import verify
from mediation.record import log
from mediation.record.doctor import doctor
from mediation.settings import CannotRun
from office import SEED, Docket
from portal_process import Portal


class Operator:
    """Somebody at the command line of a portal that need not run."""

    def __init__(self, data_dir: Path, database: str) -> None:
        self._key = {"MEDIATION_SIGNING_KEY": SEED.hex()}
        self._env = {"DATABASE_URL": database, "MEDIATION_DATA": str(data_dir), **self._key}
        self._data_dir, self._database = data_dir, database

    async def types(self, *words: str) -> str:
        """A command as a process of its own; what it says."""
        portal = Portal(self._data_dir, self._database, demo=False, environment=self._key)
        done = await asyncio.to_thread(portal.command, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def export(self, case_id: str, participant: str, out: Path) -> None:
        await asyncio.to_thread(operating.run_export, self._env, case_id, participant, out)

    async def hold(self, case_id: str, order: str | None) -> None:
        await asyncio.to_thread(operating.run_hold, self._env, case_id, order)


@pytest.fixture
def operator(data_dir: Path, database: str) -> Operator:
    return Operator(data_dir, database)


@pytest.fixture
async def docket(start: Start) -> Docket:
    casework, _ = await start()
    return await (await Docket(casework).open()).begin()


async def papers(docket: Docket) -> list[log.Entry]:
    async with docket.casework.pool.acquire() as conn:
        return [entry for entry in await log.read(conn, docket.case_id, "papers") if isinstance(entry, log.Entry)]


async def test_an_export_is_announced_before_it_is_written(operator: Operator, docket: Docket, tmp_path: Path) -> None:
    client, before, bundle = docket.seats["client"].participant_id, await papers(docket), tmp_path / "bundle.zip"
    said = await operator.types("export", docket.case_id, "--for", client, "--out", str(bundle))
    assert "papers of the case now say" in said
    (paper,) = (await papers(docket))[len(before) :]
    assert (paper.kind, paper.actor) == ("OperatorAccess", "system")
    assert paper.body == {"what": "export", "participant": client}
    # The paper is in the bundle, so whoever is handed it sees by whom it was taken out.
    with bundle.open("rb") as file:
        report = verify.check(file, None)
    assert len(report.rooms[0].heads) - 1 == len(before) + 1


async def test_a_refused_export_announces_nothing(operator: Operator, docket: Docket, tmp_path: Path) -> None:
    before, client = await papers(docket), docket.seats["client"].participant_id
    for case_id, participant, out, sentence in (
        (docket.case_id, "0" * 32, tmp_path / "x.zip", "nothing to take away"),
        ("0" * 32, client, tmp_path / "x.zip", "nothing to take away"),
        (docket.case_id, client, tmp_path / "no" / "x.zip", "cannot be written"),
    ):
        with pytest.raises(CannotRun, match=sentence):
            await operator.export(case_id, participant, out)
    assert await papers(docket) == before


async def test_an_order_holds_a_case_until_it_is_lifted(operator: Operator, docket: Docket) -> None:
    order = "District court, 4 C 12/26"
    with pytest.raises(CannotRun, match="No order holds this case"):
        await operator.hold(docket.case_id, None)
    await operator.types("hold", docket.case_id, "--order", order)
    held = (await docket.sees("client")).hold
    assert (held.ground, held.reference) == ("order", order)
    with pytest.raises(CannotRun, match="already"):
        await operator.hold(docket.case_id, order)
    await operator.types("hold", docket.case_id, "--lift")
    assert (await docket.sees("client")).hold.ground is None
    assert [paper.kind for paper in await papers(docket)][-2:] == ["HoldPlaced", "HoldLifted"]
    async with docket.casework.pool.acquire() as conn:
        assert await doctor(conn, docket.case_id) == []


@pytest.mark.parametrize(
    ("case_id", "order", "sentence"),
    [
        ("0" * 32, "4 C 12/26", "There is no case"),
        ("zz", None, "32 hexadecimal digits"),
        ("0" * 32, "two\nlines", "one line of at most 200"),
        ("0" * 32, "  ", "one line of at most 200"),
    ],
)
async def test_a_mistyped_order_is_refused_with_a_sentence(
    operator: Operator, case_id: str, order: str | None, sentence: str
) -> None:
    with pytest.raises(CannotRun, match=sentence):
        await operator.hold(case_id, order)


@pytest.mark.parametrize("words", [["0" * 32], ["0" * 32, "--order", "x", "--lift"]])
def test_an_order_is_either_placed_or_lifted(words: list[str]) -> None:
    with pytest.raises(SystemExit) as misspelt:
        cli.main(["hold", *words])
    assert misspelt.value.code == 2


async def test_the_doctor_says_when_nobody_does_what_is_due(operator: Operator, database: str) -> None:
    owner = await asyncpg.connect(database)
    try:
        for case_id, due_at in (("0a" * 16, clock.now() - timedelta(hours=2)), ("0b" * 16, clock.now())):
            await owner.execute("INSERT INTO cases (case_id, opened_at) VALUES ($1, $2)", case_id, due_at)
            await owner.execute("INSERT INTO keeping (case_id, due_at) VALUES ($1, $2)", case_id, due_at)
            await owner.execute("INSERT INTO due (case_id, due_at) VALUES ($1, $2)", case_id, due_at)
    finally:
        await owner.close()
    said = await operator.types("doctor")
    assert "cases in which talk should have been erased by now: 1." in said
    assert "cases where something is overdue by itself: 1." in said
