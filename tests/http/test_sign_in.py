"""Signing in with a password: no hint about who has an account, no guessing without end."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher

from mediation import clock
from mediation.identity import accounts, limits, passwords
from mediation.identity.limits import Budget, TooManyTries, address_of
from mediation.problems import Problem
from way_in import WayIn

PASSWORD = "a long enough password"


async def attempt(way_in: WayIn, email: str, password: str) -> httpx.Response:
    return await way_in.http.post("/api/sign-in", json={"email": email, "password": password})


async def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    await way_in.person("Demo")  # an account without a password
    answers = [
        await attempt(way_in, "mira@example.org", "a wrong password"),
        await attempt(way_in, "nobody@example.org", PASSWORD),
        await attempt(way_in, "demo@example.org", PASSWORD),
        await attempt(way_in, "no address at all", PASSWORD),
    ]
    assert {(a.status_code, a.content, "set-cookie" in a.headers) for a in answers} == {
        (401, answers[0].content, False)
    }
    assert answers[0].json()["code"] == "wrong-email-or-password"


async def test_an_unknown_address_costs_the_same_work_as_a_known_one(
    hard_passwords: None, way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try verifies exactly one argon2id hash of the same parameters, whoever it is for."""
    await way_in.person("Mira", password=PASSWORD)
    verified: list[str] = []
    real = PasswordHasher.verify

    def counting(self: PasswordHasher, stored: Any, password: Any) -> Any:
        verified.append(str(stored))
        return real(self, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    for email in ("mira@example.org", "nobody@example.org"):
        verified.clear()
        await attempt(way_in, email, "a wrong password")
        assert [hashed.rsplit("$", 2)[0] for hashed in verified] == ["$argon2id$v=19$m=65536,t=3,p=4"]


async def test_passwords_are_kept_as_argon2id_and_made_anew_when_the_parameters_change(
    hard_passwords: None, way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = "SELECT password_hash FROM accounts WHERE email = 'mira@example.org'"
    with monkeypatch.context() as yesterday:
        yesterday.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1))
        await way_in.person("Mira", password=PASSWORD)
    assert "$m=8192,t=1,p=1$" in await way_in.pool.fetchval(kept)
    assert (await attempt(way_in, "mira@example.org", PASSWORD)).status_code == 200
    assert (await way_in.pool.fetchval(kept)).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert (await attempt(way_in, "mira@example.org", PASSWORD)).status_code == 200


async def test_the_same_letters_from_another_keyboard_are_the_same_password(way_in: WayIn) -> None:
    await way_in.person("Mira", password="pass\u00e9 compos\u00e9 \ufb01n")
    assert (await attempt(way_in, "mira@example.org", "passe\u0301 compose\u0301 fin")).status_code == 200


async def test_guessing_at_one_account_stops_after_its_budget_even_when_done_at_once(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    """Twenty guesses in parallel, over two processes of one portal: exactly five are looked at."""
    here, there = await start_way_in(sign_in_tries=5), await start_way_in(sign_in_tries=5)
    await here.person("Mira", password=PASSWORD)
    guesses = [attempt((here, there)[n % 2], "Mira@example.org", f"guess number {n}") for n in range(20)]
    answers = await asyncio.gather(*guesses)
    assert Counter(a.status_code for a in answers) == {401: 5, 429: 15}
    refused = next(a for a in answers if a.status_code == 429)
    assert refused.json()["code"] == "too-many-tries"
    assert 1 <= int(refused.headers["retry-after"]) <= 900
    assert (await attempt(here, "mira@example.org", PASSWORD)).status_code == 429


async def test_one_address_cannot_try_one_password_on_everybody(start_way_in: Callable[..., Awaitable[WayIn]]) -> None:
    way_in = await start_way_in(sign_in_tries=1)
    answers = [await attempt(way_in, f"person{n}@example.org", PASSWORD) for n in range(12)]
    assert [a.status_code for a in answers] == [401] * 10 + [429] * 2


async def test_who_signs_in_starts_afresh_and_the_next_window_does_too(
    start_way_in: Callable[..., Awaitable[WayIn]], monkeypatch: pytest.MonkeyPatch
) -> None:
    way_in = await start_way_in(sign_in_tries=2)
    await way_in.person("Mira", password=PASSWORD)
    for password, status in (("wrong once", 401), (PASSWORD, 200), ("wrong again", 401), ("and again", 401)):
        assert (await attempt(way_in, "mira@example.org", password)).status_code == status
    assert (await attempt(way_in, "mira@example.org", PASSWORD)).status_code == 429
    later = clock.now() + timedelta(minutes=15)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await attempt(way_in, "mira@example.org", PASSWORD)).status_code == 200


async def test_the_counts_name_nobody_and_are_gone_after_a_day(way_in: WayIn) -> None:
    budget = Budget("test", 1)
    async with way_in.pool.acquire() as conn:
        now = clock.now()
        await limits.spend(conn, budget, "mira@example.org", now)
        with pytest.raises(TooManyTries):
            await limits.spend(conn, budget, "mira@example.org", now)
        [row] = await conn.fetch("SELECT * FROM limits")
        assert b"mira" not in row["key"]
        assert len(row["key"]) == 32
        await limits.spend(conn, budget, "sam@example.org", now + timedelta(days=1, minutes=15))
        assert await conn.fetchval("SELECT count(*) FROM limits") == 1


@pytest.mark.parametrize(
    ("client", "counted_as"),
    [
        (("192.0.2.7", 1), "192.0.2.7"),
        (("::ffff:192.0.2.7", 1), "192.0.2.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::"),
        (None, "unknown"),
    ],
)
def test_an_ipv6_customer_counts_as_one_however_many_addresses_they_have(client: Any, counted_as: str) -> None:
    scope: Any = {"client": client}
    assert address_of(scope) == counted_as


async def test_staff_accounts_need_an_address_of_their_own_and_a_password_of_some_length(way_in: WayIn) -> None:
    await way_in.person("Mira", password=PASSWORD)
    async with way_in.pool.acquire() as conn:
        for name, email, password, code in (
            ("Other", " MIRA@example.org", PASSWORD, "email-taken"),
            ("Other", "no address", PASSWORD, "email-needed"),
            ("Other", "other@example.org", "short", "password-too-short"),
            (" \u202e ", "other@example.org", PASSWORD, "name-needed"),
        ):
            with pytest.raises(Problem) as refused:
                await accounts.create_staff(conn, name, email, password, clock.now())
            assert refused.value.code == code


def test_a_name_is_shown_on_one_line_and_in_its_own_order() -> None:
    assert accounts.plain_name("  Dana\t\n \u202eevil\u202c  M\u00fcller ") == "Dana evil M\u00fcller"
