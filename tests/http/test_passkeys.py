"""Passkeys: made by whoever is signed in, opening that account alone, from our own page, once for each challenge."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from authenticator import Authenticator, raw, text
from mediation import clock
from mediation.identity import passkeys
from way_in import ORIGIN, Person, WayIn, cookie, token_in

PASSWORD = "a long enough password"


@pytest.fixture
def key() -> Authenticator:
    return Authenticator(ORIGIN)


async def options_for(way_in: WayIn, person: Person) -> Any:
    answer = await way_in.http.post("/api/account/passkeys/options", headers=person.cookie)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def add(way_in: WayIn, person: Person, asked: Any, credential: Any, name: str = "My phone") -> httpx.Response:
    body = {"challenge_id": asked["challenge_id"], "name": name, "credential": credential}
    return await way_in.http.post("/api/account/passkeys", json=body, headers=person.cookie)


async def register(way_in: WayIn, person: Person, key: Authenticator, name: str = "My phone") -> str:
    """Make a passkey on this device; returns its id."""
    asked = await options_for(way_in, person)
    answer = await add(way_in, person, asked, key.make(asked["options"]), name)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["passkey"])


async def challenge(way_in: WayIn) -> Any:
    return (await way_in.http.post("/api/passkey-sign-in/options")).json()


async def prove(way_in: WayIn, asked: Any, credential: Any, headers: dict[str, str] | None = None) -> httpx.Response:
    body = {"challenge_id": asked["challenge_id"], "credential": credential}
    return await way_in.http.post("/api/passkey-sign-in", json=body, headers=headers)


async def sign_in(way_in: WayIn, key: Authenticator, headers: dict[str, str] | None = None) -> httpx.Response:
    asked = await challenge(way_in)
    return await prove(way_in, asked, key.prove(asked["options"]), headers)


async def passkeys_of(way_in: WayIn, person: Person) -> list[Any]:
    found: list[Any] = (await way_in.http.get("/api/account", headers=person.cookie)).json()["passkeys"]
    return found


async def test_a_passkey_that_was_made_signs_its_owner_in_without_a_name_being_typed(
    way_in: WayIn, key: Authenticator
) -> None:
    mira = await way_in.person("Mira")
    await register(way_in, mira, key)
    answer = await sign_in(way_in, key)
    assert answer.status_code == 200, answer.text
    assert answer.json()["name"] == "Mira"
    me = await way_in.http.get("/api/me", headers=cookie(token_in(answer)))
    assert me.json()["account_id"] == mira.account_id
    [listed] = await passkeys_of(way_in, mira)
    assert listed["name"] == "My phone"
    assert listed["last_used_at"] is not None


async def test_the_relying_party_is_the_portals_own_host_and_the_handle_names_nobody(
    way_in: WayIn, key: Authenticator
) -> None:
    mira = await way_in.person("Mira")
    options = (await options_for(way_in, mira))["options"]
    assert options["rp"]["id"] == "portal.example"
    assert raw(options["user"]["id"]).hex() == mira.account_id
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "preferred"
    asked = (await challenge(way_in))["options"]
    assert asked["rpId"] == "portal.example"
    assert asked["allowCredentials"] == []


async def test_an_account_has_several_and_a_device_is_told_which_it_keeps_already(way_in: WayIn) -> None:
    mira = await way_in.person("Mira", password=PASSWORD)
    phone, stick = Authenticator(ORIGIN), Authenticator(ORIGIN)
    await register(way_in, mira, phone, "Phone")
    await register(way_in, mira, stick, "Stick")
    assert [one["name"] for one in await passkeys_of(way_in, mira)] == ["Phone", "Stick"]
    excluded = {raw(one["id"]) for one in (await options_for(way_in, mira))["options"]["excludeCredentials"]}
    assert excluded == {phone.kept[0].id, stick.kept[0].id}
    for key in (phone, stick):
        assert (await sign_in(way_in, key)).json()["name"] == "Mira"


async def test_the_last_way_into_an_account_cannot_be_removed_and_any_other_can(way_in: WayIn) -> None:
    mira = await way_in.person("Mira")  # no password
    keys = [Authenticator(ORIGIN), Authenticator(ORIGIN)]
    first, second = [await register(way_in, mira, key) for key in keys]
    both = [way_in.http.delete(f"/api/account/passkeys/{passkey}", headers=mira.cookie) for passkey in (first, second)]
    answers = sorted([answer.status_code for answer in await asyncio.gather(*both)])
    assert answers == [204, 409], "of two removals at once, one leaves a way in"
    assert len(await passkeys_of(way_in, mira)) == 1
    sam = await way_in.person("Sam", password=PASSWORD)
    only = await register(way_in, sam, Authenticator(ORIGIN))
    assert (await way_in.http.delete(f"/api/account/passkeys/{only}", headers=sam.cookie)).status_code == 204
    assert await passkeys_of(way_in, sam) == []


async def test_a_removed_passkey_opens_nothing_and_nobody_removes_anothers(way_in: WayIn, key: Authenticator) -> None:
    mira, sam = await way_in.person("Mira", password=PASSWORD), await way_in.person("Sam", password=PASSWORD)
    passkey = await register(way_in, mira, key)
    await way_in.http.delete(f"/api/account/passkeys/{passkey}", headers=sam.cookie)
    assert (await sign_in(way_in, key)).status_code == 200
    await way_in.http.delete(f"/api/account/passkeys/{passkey}", headers=mira.cookie)
    refused = await sign_in(way_in, key)
    assert (refused.status_code, refused.json()["code"]) == (401, "passkey-refused")


async def test_signing_in_changes_the_secret_and_ends_the_session_of_that_browser(
    way_in: WayIn, key: Authenticator
) -> None:
    mira = await way_in.person("Mira")
    await register(way_in, mira, key)
    answer = await sign_in(way_in, key, mira.cookie)
    assert token_in(answer) != mira.token
    assert (await way_in.http.get("/api/me", headers=mira.cookie)).status_code == 401


async def test_a_challenge_is_good_once_also_when_the_proof_was_wrong(way_in: WayIn, key: Authenticator) -> None:
    mira = await way_in.person("Mira")
    await register(way_in, mira, key)
    asked = await challenge(way_in)
    proof = key.prove(asked["options"])
    answers = await asyncio.gather(*(prove(way_in, asked, proof) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 410, 410, 410, 410]
    asked = await challenge(way_in)
    assert (await prove(way_in, asked, key.prove(asked["options"], origin="https://evil.example"))).status_code == 401
    assert (await prove(way_in, asked, key.prove(asked["options"]))).json()["code"] == "passkey-too-late"
    asked = await options_for(way_in, mira)
    made = Authenticator(ORIGIN).make(asked["options"])
    assert [(await add(way_in, mira, asked, made)).status_code for _ in range(2)] == [201, 410]


async def test_a_challenge_is_good_for_five_minutes(
    way_in: WayIn, key: Authenticator, monkeypatch: pytest.MonkeyPatch
) -> None:
    mira = await way_in.person("Mira")
    await register(way_in, mira, key)
    adding, proving = await options_for(way_in, mira), await challenge(way_in)
    later = clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await prove(way_in, proving, key.prove(proving["options"]))).status_code == 410
    made = Authenticator(ORIGIN).make(adding["options"])
    assert (await add(way_in, mira, adding, made)).status_code == 410
    await challenge(way_in)
    assert await way_in.pool.fetchval("SELECT count(*) FROM passkey_challenges") == 1, "spent ones are gone"


async def test_a_challenge_for_a_new_passkey_belongs_to_the_session_that_asked(
    way_in: WayIn, key: Authenticator
) -> None:
    """Neither another account nor another browser of the same one, and never for signing in, nor the other way."""
    mira, sam = await way_in.person("Mira", password=PASSWORD), await way_in.person("Sam")
    elsewhere = await way_in.http.post("/api/sign-in", json={"email": "mira@example.org", "password": PASSWORD})
    asked = await options_for(way_in, mira)
    made = key.make(asked["options"])
    other_browser = Person(mira.account_id, cookie(token_in(elsewhere)), "")
    for thief in (sam, other_browser):
        assert (await add(way_in, thief, asked, made)).status_code == 410
    asked_to_sign_in = await challenge(way_in)
    assert (await add(way_in, mira, asked_to_sign_in, made)).status_code == 410
    assert (await add(way_in, mira, asked, made)).status_code == 201
    adding = await options_for(way_in, mira)
    assert (await prove(way_in, adding, key.prove({"rpId": "portal.example", **adding["options"]}))).status_code == 410


@pytest.mark.parametrize(
    "forged",
    [
        {"origin": "https://evil.example"},
        {"origin": ORIGIN + ":8443"},
        {"origin": ORIGIN + "/"},
        {"origin": "http://portal.example"},
        {"challenge": "AAAA"},
        {"type": "webauthn.create"},
        {"flags": 0},
    ],
    ids=str,
)
async def test_a_proof_for_another_page_or_purpose_or_without_a_person_opens_nothing(
    way_in: WayIn, key: Authenticator, forged: dict[str, Any]
) -> None:
    mira = await way_in.person("Mira")
    await register(way_in, mira, key)
    asked = await challenge(way_in)
    answer = await prove(way_in, asked, key.prove(asked["options"], **forged))
    assert (answer.status_code, answer.json()["code"]) == (401, "passkey-refused")
    assert "set-cookie" not in answer.headers


async def test_a_key_made_on_another_page_is_not_kept(way_in: WayIn, key: Authenticator) -> None:
    mira = await way_in.person("Mira")
    forgeries: list[dict[str, Any]] = [
        {"origin": "https://evil.example"},
        {"challenge": "AAAA"},
        {"type": "webauthn.get"},
    ]
    for forged in forgeries:
        asked = await options_for(way_in, mira)
        answer = await add(way_in, mira, asked, key.make(asked["options"], **forged))
        assert (answer.status_code, answer.json()["code"]) == (422, "passkey-not-accepted")
    asked = await options_for(way_in, mira)
    elsewhere = {**asked["options"], "rp": {"id": "evil.example", "name": ""}}
    assert (await add(way_in, mira, asked, key.make(elsewhere))).status_code == 422
    assert await passkeys_of(way_in, mira) == []


async def test_one_persons_key_never_opens_anothers_account(way_in: WayIn) -> None:
    mira, sam = await way_in.person("Mira"), await way_in.person("Sam")
    hers, his = Authenticator(ORIGIN), Authenticator(ORIGIN)
    await register(way_in, mira, hers)
    await register(way_in, sam, his)
    her_id = {"id": text(hers.kept[0].id), "rawId": text(hers.kept[0].id)}
    for top, within in ((her_id, {}), ({}, {"userHandle": text(hers.kept[0].user)}), ({}, {"userHandle": None})):
        asked = await challenge(way_in)
        proof = his.prove(asked["options"])
        forged = {**proof, **top, "response": {**proof["response"], **within}}
        assert (await prove(way_in, asked, forged)).status_code == 401
    asked = await options_for(way_in, sam)
    claimed = await add(way_in, sam, asked, Authenticator(ORIGIN).make(asked["options"], id=hers.kept[0].id))
    assert (claimed.status_code, claimed.json()["code"]) == (409, "passkey-known")
    assert (await sign_in(way_in, hers)).json()["name"] == "Mira"


async def test_a_copied_key_is_noticed_by_its_counter(way_in: WayIn, key: Authenticator) -> None:
    mira = await way_in.person("Mira")
    await register(way_in, mira, key)
    copied = key.copied()
    assert (await sign_in(way_in, key)).status_code == 200
    assert (await sign_in(way_in, copied)).status_code == 401
    assert (await sign_in(way_in, key)).status_code == 200


async def test_a_device_that_does_not_count_signs_in_again_and_again(way_in: WayIn) -> None:
    mira, key = await way_in.person("Mira"), Authenticator(ORIGIN, counts=False)
    await register(way_in, mira, key)
    assert [(await sign_in(way_in, key)).status_code for _ in range(3)] == [200, 200, 200]


async def test_a_disabled_account_is_opened_by_no_passkey(way_in: WayIn, key: Authenticator) -> None:
    mira = await way_in.person("Mira")
    await register(way_in, mira, key)
    await way_in.pool.execute("UPDATE accounts SET disabled_at = $1", clock.now())
    assert (await sign_in(way_in, key)).json()["code"] == "passkey-refused"


async def test_a_guest_has_no_passkeys_because_they_come_back_by_their_link(way_in: WayIn) -> None:
    dana = await way_in.person("Dana", kind="guest")
    answer = await way_in.http.post("/api/account/passkeys/options", headers=dana.cookie)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-open-to-you")


async def test_guessing_at_the_password_does_not_shut_the_passkeys_door(
    start_way_in: Callable[..., Awaitable[WayIn]], key: Authenticator
) -> None:
    way_in = await start_way_in(sign_in_tries=1)
    mira = await way_in.person("Mira", password=PASSWORD)
    await register(way_in, mira, key)
    for _ in range(12):
        await way_in.http.post("/api/sign-in", json={"email": "mira@example.org", "password": "a guess"})
    assert (await sign_in(way_in, key)).status_code == 200


async def test_asking_for_challenges_without_end_is_stopped(start_way_in: Callable[..., Awaitable[WayIn]]) -> None:
    way_in = await start_way_in(sign_in_tries=1)
    answers = [await way_in.http.post("/api/passkey-sign-in/options") for _ in range(22)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 2


async def test_an_account_keeps_so_many_passkeys_and_no_more(way_in: WayIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passkeys, "MOST", 1)
    mira = await way_in.person("Mira")
    await register(way_in, mira, Authenticator(ORIGIN))
    answer = await way_in.http.post("/api/account/passkeys/options", headers=mira.cookie)
    assert (answer.status_code, answer.json()["code"]) == (409, "too-many-passkeys")


async def test_junk_in_a_proof_is_refused_and_breaks_nothing(way_in: WayIn, key: Authenticator) -> None:
    mira = await way_in.person("Mira")
    await register(way_in, mira, key)
    places = ("id", "rawId", "clientDataJSON", "authenticatorData", "signature", "userHandle")
    junk: tuple[Any, ...] = ("", "A", "AA==", "not/url", "A" * 20_000, None, 5, {})
    for where, broken in itertools.product(places, junk):
        asked = await challenge(way_in)
        proof = key.prove(asked["options"])
        (proof if where in proof else proof["response"])[where] = broken
        answer = await prove(way_in, asked, proof)
        assert answer.status_code in {400, 401}, answer.text
        assert answer.json()["code"] in {"passkey-refused", "invalid-input"}, (where, broken)


async def test_junk_for_a_new_key_is_refused_and_breaks_nothing(way_in: WayIn, key: Authenticator) -> None:
    mira = await way_in.person("Mira")
    junk = (b"", b"\x00", b"\xff" * 40, b"\x9f" * 20_000, b"\xbb\xff\xff\xff\xff\xff\xff\xff\xff")
    for where, broken in itertools.product(("attestationObject", "clientDataJSON"), junk):
        asked = await options_for(way_in, mira)
        made = key.make(asked["options"])
        made["response"][where] = text(broken)
        answer = await add(way_in, mira, asked, made)
        assert answer.status_code in {400, 422}, answer.text
