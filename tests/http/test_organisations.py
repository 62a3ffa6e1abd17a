"""Organisations: who works where, which cases are a business's, and what a mediator has had to do with it before."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from apps import portal_app
from feeds import serving
from mediation import clock
from mediation.identity import accounts, organisations, sessions
from way_in import Person, WayIn, cookie, new_id, settings_for, token_in


@pytest.fixture
async def ada(way_in: WayIn) -> Person:
    """An administrator."""
    async with way_in.pool.acquire() as conn:
        account_id = await accounts.create_staff(conn, "Ada", "ada@example.org", None, clock.now(), administrator=True)
        token = await sessions.create(conn, account_id, clock.now())
    return Person(account_id, cookie(token), token)


async def found(way_in: WayIn, ada: Person, **fields: Any) -> httpx.Response:
    body = {
        "command_id": new_id(),
        "kind": "business",
        "name": "Example Studio",
        "slug": "example-studio",
        "place": "Ulm",
        "email": "desk@studio.example",
        **fields,
    }
    return await way_in.http.post("/api/admin/organisations", json=body, headers=ada.cookie)


async def listed(way_in: WayIn, ada: Person) -> list[Any]:
    answer = await way_in.http.get("/api/admin/organisations", headers=ada.cookie)
    organisations_: list[Any] = answer.json()["organisations"]
    return organisations_


async def member(way_in: WayIn, ada: Person, organisation: str, account: str, role: str = "staff") -> httpx.Response:
    path = f"/api/admin/organisations/{organisation}/members"
    return await way_in.http.post(path, json={"account": account, "role": role}, headers=ada.cookie)


async def earlier_cases(way_in: WayIn, mediator: Person, case_id: str) -> int | None:
    async with way_in.pool.acquire() as conn:
        return await organisations.earlier_cases(conn, mediator.account_id, case_id)


async def case_of(way_in: WayIn, handler: Person, mediator: Person | None = None) -> str:
    """A case that a business's handler opened, with its mediator."""
    case_id, _ = await way_in.open_case(handler)
    async with way_in.pool.acquire() as conn:
        await organisations.tie_to_business_of(conn, case_id, handler.account_id)
    if mediator is not None:
        await way_in.seat(case_id, mediator, "mediator", None)
    return case_id


# ── managing ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_an_organisation_is_made_once_however_often_it_is_sent(way_in: WayIn, ada: Person) -> None:
    command = new_id()
    answers = [await found(way_in, ada, command_id=command) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(await listed(way_in, ada)) == 1
    other = await found(way_in, ada, command_id=command, name="Other")
    assert (other.status_code, other.json()["code"]) == (409, "command-id-reused")


async def test_no_two_have_the_same_short_name_and_none_has_an_odd_one(way_in: WayIn, ada: Person) -> None:
    await found(way_in, ada)
    assert (await found(way_in, ada)).json()["code"] == "slug-taken"
    for slug in ("", "A", "a b", "../x", "-a", "a-", "a--b", "é", "a\n", "x" * 61):
        assert (await found(way_in, ada, slug=slug)).status_code == 400, slug
    assert (await found(way_in, ada, slug="other", email="no address")).json()["code"] == "email-needed"


async def test_people_come_to_work_there_change_their_role_and_go(way_in: WayIn, ada: Person) -> None:
    mira, dana = await way_in.person("Mira"), await way_in.person("Dana", kind="guest")
    studio = (await found(way_in, ada)).json()["organisation"]
    for role in ("staff", "lead"):
        answer = await member(way_in, ada, studio, mira.account_id, role)
        assert [(one["name"], one["role"]) for one in answer.json()["members"]] == [("Mira", role)]
    account = (await way_in.http.get("/api/account", headers=mira.cookie)).json()
    assert [(one["name"], one["kind"], one["role"]) for one in account["organisations"]] == [
        ("Example Studio", "business", "lead")
    ]
    assert (await member(way_in, ada, studio, dana.account_id)).json()["code"] == "account-unknown"
    assert (await member(way_in, ada, new_id(), mira.account_id)).json()["code"] == "organisation-unknown"
    path = f"/api/admin/organisations/{studio}/members/{mira.account_id}"
    for _ in range(2):
        answer = await way_in.http.delete(path, headers=ada.cookie)
        assert answer.json()["members"] == []


async def test_a_business_has_a_public_page_and_a_provider_has_none(way_in: WayIn, ada: Person) -> None:
    await found(way_in, ada)
    await found(way_in, ada, kind="provider", name="Fair Talks", slug="fair-talks")
    async with way_in.pool.acquire() as conn:
        business = await organisations.business_at(conn, "example-studio")
        assert business is not None
        assert (business.name, business.place) == ("Example Studio", "Ulm")
        assert await organisations.business_at(conn, "fair-talks") is None
        assert await organisations.business_at(conn, "nowhere") is None


# ── earlier cases ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_mediators_earlier_cases_with_the_same_business_are_counted(way_in: WayIn) -> None:
    hana, jo, other = [await way_in.person(name) for name in ("Hana", "Jo", "Other")]
    noa, lou = [await way_in.person(name) for name in ("Noa", "Lou")]
    await way_in.business("Example Studio", "studio", hana, jo)
    await way_in.business("Another", "another", other)
    first = await case_of(way_in, hana, noa)
    assert await earlier_cases(way_in, noa, first) == 0, "the present one is none of the earlier ones"
    await case_of(way_in, jo, noa)
    await case_of(way_in, other, noa)
    await case_of(way_in, hana, lou)
    third = await case_of(way_in, hana)
    assert await earlier_cases(way_in, noa, third) == 2, "whoever of the business handled them"
    assert await earlier_cases(way_in, lou, third) == 1
    assert await earlier_cases(way_in, hana, third) == 0, "handling is not mediating"


async def test_nothing_is_said_about_a_business_that_is_no_organisation_here(way_in: WayIn) -> None:
    hana, noa = await way_in.person("Hana"), await way_in.person("Noa")
    assert await earlier_cases(way_in, noa, await case_of(way_in, hana, noa)) is None
    await way_in.business("One", "one", hana)
    await way_in.business("Two", "two", hana)
    assert await earlier_cases(way_in, noa, await case_of(way_in, hana, noa)) is None, "one of two, nobody knows which"


async def test_a_provider_is_no_business_and_a_case_is_tied_once(way_in: WayIn, ada: Person) -> None:
    hana = await way_in.person("Hana")
    provider = (await found(way_in, ada, kind="provider", slug="fair-talks")).json()["organisation"]
    await member(way_in, ada, provider, hana.account_id)
    case_id = await case_of(way_in, hana)
    assert await earlier_cases(way_in, hana, case_id) is None
    studio = await way_in.business("Example Studio", "studio")
    async with way_in.pool.acquire() as conn:
        for _ in range(2):
            await organisations.tie(conn, case_id, studio)
    assert await earlier_cases(way_in, hana, case_id) == 0


async def test_a_case_that_a_mediator_opened_is_its_business_once_a_handler_joins(way_in: WayIn) -> None:
    noa, hana, visitor = [await way_in.person(name) for name in ("Noa", "Hana", "Visitor")]
    studio = await way_in.business("Example Studio", "studio", hana)
    await way_in.business("Another", "another", visitor)
    case_id, _ = await way_in.open_case(noa, by="mediator")
    inviter = noa
    for person in (hana, visitor):
        address = f"{person.account_id}@example.org"
        token = await way_in.invitation_to(case_id, inviter, "handler", "business", address)
        visit = await way_in.visit(token, address)
        headers = {"cookie": f"{person.cookie['cookie']}; {visit['cookie']}"}
        body = {"token": token, "name": "A handler", "command_id": new_id()}
        answer = await way_in.http.post("/api/invitations/accept", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        inviter = Person(person.account_id, cookie(token_in(answer)), token_in(answer))
    rows = await way_in.pool.fetch("SELECT organisation_id FROM case_organisations")
    assert [row["organisation_id"].hex for row in rows] == [studio]


@pytest.fixture
async def portal(database: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        portal_app(settings_for(tmp_path, database_url=database, pool_size=3, signing_key=bytes(32))) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http,
    ):
        yield http


async def test_a_case_that_staff_open_is_their_business_and_one_a_mediator_opens_is_not(
    way_in: WayIn, portal: httpx.AsyncClient
) -> None:
    hana = await way_in.person("Hana")
    studio = await way_in.business("Example Studio", "studio", hana)
    body = {
        "command_id": new_id(),
        "title": "The website that came late",
        "category": "timeline",
        "account": "It was promised for March and came in June.",
        "business": {"name": "Example Studio"},
        "client": {"name": "Dana", "capacity": "consumer"},
    }
    opened = [
        await portal.post("/api/cases", json={**body, **changes}, headers=hana.cookie)
        for changes in ({"opener": "handler"}, {"opener": "handler"}, {"opener": "mediator", "command_id": new_id()})
    ]
    assert [answer.status_code for answer in opened] == [201, 201, 201], opened[-1].text
    rows = await way_in.pool.fetch("SELECT case_id, organisation_id FROM case_organisations")
    assert [(row["case_id"].hex, row["organisation_id"].hex) for row in rows] == [(opened[0].json()["case"], studio)]


async def test_nobody_opens_a_case_in_the_name_of_another_business(way_in: WayIn, portal: httpx.AsyncClient) -> None:
    hana, otto = await way_in.person("Hana"), await way_in.person("Otto")
    await way_in.business("Example Studio", "studio", hana)

    async def opening(person: Person, name: str) -> str:
        body = {
            "command_id": new_id(),
            "title": "The website that came late",
            "category": "timeline",
            "account": "It was promised for March and came in June.",
            "business": {"name": name},
            "client": {"name": "Dana"},
            "opener": "handler",
        }
        answer = await portal.post("/api/cases", json=body, headers=person.cookie)
        return "opened" if answer.status_code == 201 else str(answer.json()["code"])

    assert await opening(hana, " example  STUDIO ") == "opened"
    assert await opening(hana, "Another Ltd") == "not-your-business"
    assert await opening(otto, "Example studio") == "not-your-business"
    assert await opening(otto, "A business that is not here") == "opened"
