"""An invitation is opened any number of times, tells little before it is accepted, and is accepted once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from mediation import clock
from mediation.identity.tokens import token_hash
from mediation.invitations import ledger, visits
from way_in import ORIGIN, Person, WayIn, cookie, new_id, token_in


async def invite(way_in: WayIn, case_id: str, by: Person, role: str, party: str | None, **more: Any) -> httpx.Response:
    body = {"command_id": new_id(), "role": role, "party": party, **more}
    return await way_in.http.post(f"/api/cases/{case_id}/invitations", json=body, headers=by.cookie)


async def link_for(way_in: WayIn, case_id: str, by: Person, role: str, party: str | None, **more: Any) -> str:
    """The token of a fresh invitation."""
    answer = await invite(way_in, case_id, by, role, party, **more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["link"]).removeprefix(f"{ORIGIN}/join#")


async def ask(way_in: WayIn, what: str, token: str, headers: Any = None, **more: Any) -> httpx.Response:
    return await way_in.http.post(f"/api/invitations/{what}", json={"token": token, **more}, headers=headers)


async def accept(way_in: WayIn, token: str, name: str = "Dana", headers: Any = None) -> httpx.Response:
    return await ask(way_in, "accept", token, headers, name=name, command_id=new_id())


def refusal(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


@pytest.fixture
async def case(way_in: WayIn) -> tuple[str, Person]:
    """A case that a business's handler opened."""
    mira = await way_in.person("Mira")
    case_id, _ = await way_in.open_case(mira)
    return case_id, mira


async def test_a_client_comes_in_by_the_link_and_sits_at_the_table(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    token = await link_for(way_in, case_id, mira, "principal", "client", name="Dana")
    page = await ask(way_in, "first-page", token)
    assert page.json()["suggested_name"] == "Dana"
    answer = await accept(way_in, token, " Dana  Berg ")
    assert answer.json()["case_id"] == case_id
    session = cookie(token_in(answer))
    me = (await way_in.http.get("/api/me", headers=session)).json()
    assert (me["name"], me["kind"], me["email"]) == ("Dana Berg", "guest", None)
    said = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=session)
    assert said.json()["by"] == answer.json()["participant_id"]


async def test_the_link_carries_its_token_where_no_server_or_log_sees_it(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    link = (await invite(way_in, case_id, mira, "principal", "client")).json()["link"]
    before, _, token = link.partition("#")
    assert before == f"{ORIGIN}/join"
    kept = await way_in.pool.fetchval("SELECT token_hash FROM invitations")
    assert kept == token_hash(token)
    listed = await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=mira.cookie)
    assert token not in listed.text
    assert kept.hex() not in listed.text


async def test_before_acceptance_a_link_tells_the_inviter_and_the_category_alone(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await link_for(way_in, case_id, mira, "principal", "client", name="Dana", title="Owner")
    preview = (await ask(way_in, "preview", token)).json()
    expires = preview.pop("expires_at")
    assert preview == {
        "state": "open",
        "inviter": "Example Studio",
        "category": "timeline",
        "role": "principal",
        "party": "client",
        "case_id": None,
    }
    assert expires > clock.now().isoformat()


async def test_the_first_page_tells_who_invites_about_what_who_pays_and_who_runs_this(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    page = (await ask(way_in, "first-page", await link_for(way_in, case_id, mira, "principal", "client"))).json()
    assert page["title"] == "The website that came late"
    assert (page["inviter"], page["inviter_party"], page["business"]) == ("Opener", "business", "Example Studio")
    assert (page["mediator"], page["operator"], page["host_party"]) == (None, "The host", None)
    assert page["ladder"][0] == "talks"


async def test_opening_a_link_fifty_times_uses_nothing_up(way_in: WayIn, case: tuple[str, Person]) -> None:
    """Mail scanners open every link, and some follow what they find there."""
    case_id, mira = case
    token = await link_for(way_in, case_id, mira, "principal", "client")
    for _ in range(25):
        assert (await ask(way_in, "preview", token)).status_code == 200
        assert (await ask(way_in, "first-page", token)).status_code == 200
    assert (await ask(way_in, "decline", token)).status_code == 204
    assert (await ask(way_in, "decline", token)).status_code == 204
    assert (await accept(way_in, token)).status_code == 200


async def test_of_fifty_acceptances_at_once_one_succeeds(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    here, there = await start_way_in(), await start_way_in()
    mira = await here.person("Mira")
    case_id, _ = await here.open_case(mira)
    token = await link_for(here, case_id, mira, "principal", "client")
    answers = await asyncio.gather(*(accept((here, there)[n % 2], token, f"Dana {n}") for n in range(50)))
    assert Counter(a.status_code for a in answers) == {200: 1, 409: 49}
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"invitation-already-used"}
    assert await here.pool.fetchval("SELECT count(*) FROM seats") == 2
    assert await here.pool.fetchval("SELECT count(*) FROM accounts WHERE kind = 'guest'") == 1
    assert await here.pool.fetchval("SELECT count(*) FROM sessions") == 2


async def test_sending_the_acceptance_again_from_the_same_browser_gives_the_same_answer(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token, command_id = await link_for(way_in, case_id, mira, "principal", "client"), new_id()
    first = await ask(way_in, "accept", token, name="Dana", command_id=command_id)
    session = cookie(token_in(first))
    again = await ask(way_in, "accept", token, session, name="Dana", command_id=command_id)
    assert again.status_code == 200
    assert again.json() == first.json()
    assert "set-cookie" not in again.headers


async def test_an_answer_that_was_lost_on_the_way_is_given_again_to_the_browser_that_opened_the_link(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session cookie went under with the answer; the mark of the visit was there before."""
    case_id, mira = case
    token, command_id = await link_for(way_in, case_id, mira, "principal", "client"), new_id()
    opened = await ask(way_in, "preview", token)
    visit = {"cookie": opened.headers["set-cookie"].split(";")[0]}
    assert "set-cookie" not in (await ask(way_in, "preview", token, visit)).headers
    lost = await ask(way_in, "accept", token, visit, name="Dana", command_id=command_id)
    found = await ask(way_in, "accept", token, visit, name="Dana", command_id=command_id)
    assert found.json() == lost.json()
    said = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=cookie(token_in(found)))
    assert said.json()["by"] == lost.json()["participant_id"]
    assert await way_in.pool.fetchval("SELECT count(*) FROM seats") == 2
    later = clock.now() + visits.RECOVERABLE_FOR + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    too_late = await ask(way_in, "accept", token, visit, name="Dana", command_id=command_id)
    assert refusal(too_late) == (409, "invitation-already-used")


async def test_nobody_gets_in_by_replaying_an_acceptance_from_elsewhere(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token, command_id = await link_for(way_in, case_id, mira, "principal", "client"), new_id()
    opened, elsewhere = await ask(way_in, "preview", token), await ask(way_in, "preview", token)
    visits_of = [{"cookie": answer.headers["set-cookie"].split(";")[0]} for answer in (opened, elsewhere)]
    assert (await ask(way_in, "accept", token, visits_of[0], name="Dana", command_id=command_id)).status_code == 200
    for headers, command in ((visits_of[1], command_id), ({}, command_id), (visits_of[0], new_id())):
        again = await ask(way_in, "accept", token, headers, name="Dana", command_id=command)
        assert refusal(again) == (409, "invitation-already-used")
        assert "set-cookie" not in again.headers


async def test_an_accepted_link_leads_its_own_person_back_and_nobody_else(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await link_for(way_in, case_id, mira, "principal", "client")
    session = cookie(token_in(await accept(way_in, token)))
    back = (await ask(way_in, "preview", token, session)).json()
    assert (back["state"], back["case_id"]) == ("yours", case_id)
    for headers in ({}, mira.cookie):
        assert refusal(await ask(way_in, "preview", token, headers)) == (409, "invitation-already-used")


async def test_links_that_no_longer_work_say_why_and_tell_nothing_else(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, mira = case
    revoked, expired = [await link_for(way_in, case_id, mira, "principal", "client") for _ in range(2)]
    [one] = [
        row["invitation_id"]
        for row in await way_in.pool.fetch("SELECT * FROM invitations")
        if row["token_hash"] == token_hash(revoked)
    ]
    gone = await way_in.http.delete(f"/api/cases/{case_id}/invitations/{one.hex}", headers=mira.cookie)
    assert gone.status_code == 204
    later = clock.now() + ledger.VALID_FOR
    monkeypatch.setattr(clock, "now", lambda: later)
    for token, expected in (
        (revoked, (410, "invitation-revoked")),
        (expired, (410, "invitation-expired")),
        ("A" * 43, (404, "invitation-unknown")),
        ("what is this", (404, "invitation-unknown")),
        ("", (404, "invitation-unknown")),
    ):
        for answer in (
            await ask(way_in, "preview", token),
            await ask(way_in, "first-page", token),
            await ask(way_in, "decline", token),
            await accept(way_in, token),
        ):
            assert refusal(answer) == expected
            assert "Example Studio" not in answer.text
            assert "set-cookie" not in answer.headers


async def test_an_invitation_that_the_case_refuses_is_not_used_up(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    first, second = [await link_for(way_in, case_id, mira, "mediator", None) for _ in range(2)]
    assert (await accept(way_in, first, "Noa")).status_code == 200
    assert refusal(await accept(way_in, second, "Kim")) == (409, "mediator-already-here")
    row = await way_in.pool.fetchrow("SELECT * FROM invitations WHERE token_hash = $1", token_hash(second))
    assert row is not None
    assert row["accepted_at"] is None
    assert await way_in.pool.fetchval("SELECT count(*) FROM accounts WHERE name = 'Kim'") == 0


async def test_a_link_to_the_other_sides_first_seat_dies_when_that_seat_is_taken(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    first, left_over = [await link_for(way_in, case_id, mira, "principal", "client") for _ in range(2)]
    assert (await accept(way_in, first, "Dana")).status_code == 200
    assert refusal(await accept(way_in, left_over, "Dana")) == (410, "invitation-revoked")
    people = await way_in.pool.fetchval("SELECT count(*) FROM seats WHERE party = 'client'")
    assert people == 1


async def test_a_mediator_nobody_accepted_seats_nobody_beside_the_other_side(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    await accept(way_in, await link_for(way_in, case_id, mira, "principal", "client"), "Dana")
    answer = await accept(way_in, await link_for(way_in, case_id, mira, "mediator", None), "Noa")
    noa = Person("", cookie(token_in(answer)), token_in(answer))
    assert refusal(await invite(way_in, case_id, noa, "principal", "client")) == (403, "may-not-invite")


async def test_each_side_sees_its_own_invitations_and_never_the_others(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    noa, dana = await way_in.person("Noa"), await way_in.person("Dana", kind="guest")
    await way_in.seat(case_id, noa, "mediator", None)
    await way_in.seat(case_id, dana, "principal", "client")
    made = {
        person.account_id: (await invite(way_in, case_id, person, role, party)).json()["invitation_id"]
        for person, role, party in ((mira, "manager", "business"), (dana, "counsel", "client"), (noa, "legal", None))
    }
    for person in (mira, noa, dana):
        listed = (await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=person.cookie)).json()
        assert [one["invitation_id"] for one in listed] == [made[person.account_id]]
        assert listed[0]["state"] == "pending"
    others = made[dana.account_id]
    refused = await way_in.http.delete(f"/api/cases/{case_id}/invitations/{others}", headers=mira.cookie)
    unknown = await way_in.http.delete(f"/api/cases/{case_id}/invitations/{new_id()}", headers=mira.cookie)
    assert refusal(refused) == (404, "no-such-invitation")
    assert refused.content == unknown.content


async def test_only_those_who_may_bring_somebody_in_can_invite(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    lee, lea = await way_in.person("Lee", kind="guest"), await way_in.person("Lea", kind="guest")
    await way_in.seat(case_id, lee, "counsel", "client")
    await way_in.seat(case_id, lea, "legal", None)
    for person, role, party in ((lee, "companion", "client"), (lea, "legal", None), (mira, "counsel", "client")):
        assert refusal(await invite(way_in, case_id, person, role, party)) == (403, "may-not-invite")
    for person in (lee, lea):
        listed = await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=person.cookie)
        assert refusal(listed) == (403, "may-not-invite")


async def test_the_inviter_sees_what_became_of_each(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    tokens = [await link_for(way_in, case_id, mira, "manager", "business", name=f"M{n}") for n in range(3)]
    accepted = (await accept(way_in, tokens[0])).json()
    await ask(way_in, "decline", tokens[1])
    listed = (await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=mira.cookie)).json()
    assert {one["name"]: one["state"] for one in listed} == {"M0": "accepted", "M1": "declined", "M2": "pending"}
    [taken] = [one for one in listed if one["name"] == "M0"]
    assert taken["accepted_by"] == accepted["participant_id"]
    late = await way_in.http.delete(f"/api/cases/{case_id}/invitations/{taken['invitation_id']}", headers=mira.cookie)
    assert refusal(late) == (409, "invitation-already-used")


async def test_inviting_again_with_the_same_command_replaces_the_lost_link(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    command_id = new_id()
    lost = await link_for(way_in, case_id, mira, "principal", "client", command_id=command_id)
    found = await link_for(way_in, case_id, mira, "principal", "client", command_id=command_id)
    assert await way_in.pool.fetchval("SELECT count(*) FROM invitations") == 1
    assert refusal(await ask(way_in, "preview", lost)) == (404, "invitation-unknown")
    assert (await ask(way_in, "preview", found)).status_code == 200
    other = await invite(way_in, case_id, mira, "counsel", "business", command_id=command_id)
    assert refusal(other) == (409, "command-id-used")


async def test_staff_who_are_signed_in_join_with_their_own_account(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    max_ = await way_in.person("Max")
    answer = await accept(way_in, await link_for(way_in, case_id, mira, "manager", "business"), "Max", max_.cookie)
    session = cookie(token_in(answer))
    assert (await way_in.http.get("/api/me", headers=session)).json()["account_id"] == max_.account_id
    assert (await way_in.http.get("/api/me", headers=max_.cookie)).status_code == 401, "a new seat, a new secret"


async def test_nobody_sits_on_both_chairs_by_opening_the_others_link_in_their_own_browser(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await link_for(way_in, case_id, mira, "principal", "client")
    assert refusal(await accept(way_in, token, "Dana", mira.cookie)) == (409, "already-on-this-case")
    assert (await accept(way_in, token)).status_code == 200


async def test_a_guest_with_two_cases_keeps_both(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    other_case, _ = await way_in.open_case(mira)
    session = cookie(token_in(await accept(way_in, await link_for(way_in, case_id, mira, "principal", "client"))))
    answer = await accept(way_in, await link_for(way_in, other_case, mira, "principal", "client"), "Dana", session)
    session = cookie(token_in(answer))
    for which in (case_id, other_case):
        said = await way_in.http.post(f"/api/cases/{which}/said", json={"text": "hello"}, headers=session)
        assert said.status_code == 201


async def test_a_clients_seat_never_hangs_on_a_staff_account(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    sam = await way_in.person("Sam")
    answer = await accept(way_in, await link_for(way_in, case_id, mira, "principal", "client"), "Sam", sam.cookie)
    assert (await way_in.http.get("/api/me", headers=cookie(token_in(answer)))).json()["kind"] == "guest"


async def test_trying_links_is_limited_by_address_and_generously(start_way_in: Callable[..., Awaitable[WayIn]]) -> None:
    way_in = await start_way_in(invitation_tries=4)
    answers = [await ask(way_in, what, "A" * 43) for what in ("preview", "first-page", "decline", "preview", "preview")]
    assert [a.status_code for a in answers] == [404, 404, 404, 404, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_a_side_can_have_only_so_many_open_invitations(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, mira = case
    monkeypatch.setattr(ledger, "MOST_PENDING", 2)
    for _ in range(2):
        await link_for(way_in, case_id, mira, "counsel", "business")
    refused = await invite(way_in, case_id, mira, "counsel", "business")
    assert refusal(refused) == (429, "too-many-invitations")
    later = clock.now() + ledger.VALID_FOR + timedelta(days=1)
    await way_in.pool.execute("UPDATE sessions SET idle_until = $1, expires_at = $1", later + timedelta(days=1))
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (await invite(way_in, case_id, mira, "counsel", "business")).status_code == 201
