"""One-time codes: five tries over all processes, ten minutes, once, and for what they were mailed for alone."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from links import DANA, ask, come_in, refusal
from mediation import clock, db
from mediation.bus import Bus
from mediation.db import Pool
from mediation.identity import codes
from mediation.problems import Problem
from way_in import Person, WayIn, code_in, running, settings_for, way_in_app

Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Lets time pass: `later(timedelta(minutes=1))`."""
    passed = timedelta()
    real = clock.now

    def go_on(span: timedelta) -> None:
        nonlocal passed
        passed += span

    monkeypatch.setattr(clock, "now", lambda: real() + passed)
    return go_on


@pytest.fixture
async def elsewhere(database: str, tmp_path: Path) -> AsyncIterator[WayIn]:
    """The same portal in another process: a pool and a bus of its own."""
    pool = await db.open_pool(database, size=5)
    async with way_in_app(pool, Bus(database), settings_for(tmp_path)) as app, running(app) as http:
        yield WayIn(app, http, pool)
    pool.terminate()


def wrong(code: str, turn: int) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1 + turn) % 1_000_000:06d}"


async def test_guessing_over_two_processes_gets_five_tries(
    way_in: WayIn, elsewhere: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    code = await way_in.code_for(token)
    answers = await asyncio.gather(
        *(ask((way_in, elsewhere)[n % 2], "verify", token, code=wrong(code, n)) for n in range(60))
    )
    assert Counter(answer.status_code for answer in answers) == {422: 5, 429: 55}
    assert sorted(a.json()["tries_left"] for a in answers if a.status_code == 422) == [0, 1, 2, 3, 4]
    for which in (way_in, elsewhere):
        assert refusal(await ask(which, "verify", token, code=code)) == (429, "too-many-tries"), "nor the right one"
    assert (await come_in(way_in, token)).status_code == 200, "a new code helps whoever reads the mailbox"


async def test_a_code_works_once_however_often_it_is_sent_at_once(
    way_in: WayIn, elsewhere: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    code = await way_in.code_for(token)
    answers = await asyncio.gather(*(ask((way_in, elsewhere)[n % 2], "verify", token, code=code) for n in range(20)))
    assert Counter(answer.status_code for answer in answers)[200] == 1
    assert {answer.status_code for answer in answers} <= {200, 410, 429}
    assert refusal(await ask(way_in, "verify", token, code=code)) == (410, "code-expired")


async def test_a_code_is_read_with_spaces_as_people_type_it(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    code = await way_in.code_for(token)
    assert (await ask(way_in, "verify", token, code=f" {code[:3]} {code[3:]} ")).status_code == 200


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "١٢٣٤٥٦", "1" * 20])
async def test_what_is_no_code_is_a_wrong_one(way_in: WayIn, case: tuple[str, Person], typed: str) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    await way_in.code_for(token)
    assert refusal(await ask(way_in, "verify", token, code=typed)) == (422, "code-wrong")


async def test_a_code_ends_after_ten_minutes(way_in: WayIn, case: tuple[str, Person], later: Later) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    assert refusal(await ask(way_in, "verify", token, code="123456")) == (410, "code-expired"), "none was mailed"
    code = await way_in.code_for(token)
    later(timedelta(minutes=10))
    assert refusal(await ask(way_in, "verify", token, code=code)) == (410, "code-expired")


async def test_only_the_newest_code_works(way_in: WayIn, case: tuple[str, Person], later: Later) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    first = await way_in.code_for(token)
    later(codes.AGAIN_AFTER)
    second = await way_in.code_for(token)
    if first != second:
        assert refusal(await ask(way_in, "verify", token, code=first)) == (422, "code-wrong")
    assert (await ask(way_in, "verify", token, code=second)).status_code == 200


async def test_asking_again_at_once_sends_no_second_mail_and_spends_nothing(
    way_in: WayIn, elsewhere: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    answers = await asyncio.gather(*(ask((way_in, elsewhere)[n % 2], "code", token) for n in range(20)))
    answers.append(await ask(way_in, "code", token))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["expires_at"] for answer in answers}) == 1
    assert len(await way_in.mails_to(DANA)) == 2, "the invitation and one code"


async def test_five_codes_are_mailed_in_an_hour_and_twelve_in_a_day(
    way_in: WayIn, case: tuple[str, Person], later: Later
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    # To the start of an hour, so that no window ends on the way.
    now: datetime = clock.now()
    later(now.replace(minute=0, second=0, microsecond=0) + timedelta(days=1, hours=1) - now)
    later(timedelta(hours=24 - clock.now().hour))
    for _ in range(5):
        assert (await ask(way_in, "code", token)).status_code == 202
        later(timedelta(minutes=1))
    refused = await ask(way_in, "code", token)
    assert refusal(refused) == (429, "too-many-tries")
    assert int(refused.headers["retry-after"]) <= 3600
    mailed = 5
    for _ in range(20):
        later(timedelta(hours=1))
        mailed += (await ask(way_in, "code", token)).status_code == 202
    assert mailed == 12


async def test_a_code_for_a_business_page_opens_no_invitation_to_the_same_mailbox(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    await way_in.business("Example Studio", "example-studio", mira)
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    assert (await way_in.http.post("/api/intake/example-studio/code", json={"email": DANA})).status_code == 202
    code = code_in((await way_in.mails_to(DANA))[-1])
    assert refusal(await ask(way_in, "verify", token, code=code)) == (410, "code-expired")


async def test_the_database_alone_gives_no_code_away(way_in: WayIn, case: tuple[str, Person], pool: Pool) -> None:
    """A million codes are tried in a second: what is kept must depend on a key that is not there."""
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    code = await way_in.code_for(token)
    row = await pool.fetchrow("SELECT * FROM codes")
    invitation = await pool.fetchval("SELECT invitation_id FROM invitations")
    assert row is not None
    assert not [value for value in row.values() if DANA.encode() in bytes(str(value), "utf-8")]
    subject = codes.Subject("invitation", invitation.hex, DANA)
    assert row["subject_hash"] == subject.hashed()
    async with pool.acquire() as conn:
        with pytest.raises(Problem, match="code-wrong"):
            await codes.check(conn, bytes(32), subject, code, clock.now())
        key = codes.key_of(way_in.app.state.keyring)
        assert await codes.check(conn, key, subject, code, clock.now()) == row["nonce"]


async def test_old_codes_are_forgotten(way_in: WayIn, case: tuple[str, Person], later: Later) -> None:
    case_id, mira = case
    await way_in.code_for(await way_in.invitation_to(case_id, mira, "principal", "client"))
    later(timedelta(days=2))
    await way_in.pool.execute("UPDATE sessions SET idle_until = 'infinity', expires_at = 'infinity'")
    other = await way_in.invitation_to(case_id, mira, "counsel", "business", "cara@example.org")
    await way_in.code_for(other, "cara@example.org")
    assert await way_in.pool.fetchval("SELECT count(*) FROM codes") == 1
