"""A client opens a dispute with a business by themselves, and somebody there takes it on."""

import asyncio
from collections import Counter
from datetime import date, timedelta
from typing import Any, get_args
from uuid import UUID

import httpx
import msgspec
import pytest

from ladders import LONDON, with_rung
from links import DANA, accept, ask, come_in, refusal
from mediation import clock
from mediation.case.commands import Leave
from mediation.case.policy import Term
from mediation.case.show.ladder import ends_on
from mediation.case.terms import Category
from mediation.case.working_days import over_at
from mediation.identity.guards import Seat
from way_in import ORIGIN, Person, WayIn, code_in, cookie, new_id, token_in

PAGE = "/api/intake/example-studio"
DESK = "desk@example-studio.example"


@pytest.fixture
async def mira(way_in: WayIn) -> Person:
    """She works for a business with a public page."""
    mira = await way_in.person("Mira")
    await way_in.business("Example Studio", "example-studio", mira)
    return mira


async def code_for(way_in: WayIn, email: str = DANA) -> str:
    answer = await way_in.http.post(f"{PAGE}/code", json={"email": email})
    assert answer.status_code == 202, answer.text
    return code_in((await way_in.mails_to(email))[-1])


def form(code: str, **more: Any) -> dict[str, Any]:
    return {
        "command_id": new_id(),
        "email": DANA,
        "code": code,
        "name": "Dana Berg",
        "category": "timeline",
        "title": "The website that came late",
        "account": "It was promised for March and came in June.",
        "since": "since March",
        "wish": "A part of the price back.",
        "amount": {"minor": 120_000, "currency": "EUR"},
        **more,
    }


async def opened(way_in: WayIn, **more: Any) -> httpx.Response:
    answer = await way_in.http.post(PAGE, json=form(await code_for(way_in), **more))
    assert answer.status_code == 201, answer.text
    return answer


async def test_a_client_opens_a_dispute_and_sits_in_it(way_in: WayIn, mira: Person) -> None:
    page = (await way_in.http.get(PAGE)).json()
    within = dict.fromkeys(get_args(Category), 10)
    assert page == {"organisation": "Example Studio", "place": "Ulm", "answer_within_days": within}
    answer = await opened(way_in)
    session = cookie(token_in(answer))
    said = await way_in.http.post(f"/api/cases/{answer.json()['case_id']}/said", json={"text": "hi"}, headers=session)
    assert said.json()["by"] == answer.json()["participant_id"]
    papers = (await way_in.app.state.casework.facts(way_in.pool, answer.json()["case_id"])).papers
    assert (papers.opened.business.name, papers.opened.client.name) == ("Example Studio", "Dana Berg")
    assert (papers.opened.since, papers.opened.wish) == ("since March", "A part of the price back.")
    assert ends_on(papers, "answer-business") == date.fromisoformat(answer.json()["answer_by"])
    [dana] = papers.present()
    assert (dana.role, dana.party) == ("principal", "client")


async def test_the_client_is_told_what_happens_next_and_by_when_and_how_to_come_back(
    way_in: WayIn, mira: Person
) -> None:
    answer = await opened(way_in, language="de")
    mail = (await way_in.mails_to(DANA))[-1]
    text = mail.get_content()
    due = date.fromisoformat(answer.json()["answer_by"])
    assert f"soll bis {due.day}. " in text
    for private in ("website", "March", "price"):
        assert private not in text
    token = text.split(f"{ORIGIN}/join#")[1].split()[0]
    assert (await ask(way_in, "preview", token)).json()["state"] == "accepted"
    back = await ask(way_in, "verify", token, code=await way_in.code_for(token))
    assert back.json() == {"state": "yours", "case_id": answer.json()["case_id"]}
    said = await way_in.http.post(
        f"/api/cases/{answer.json()['case_id']}/said", json={"text": "hi"}, headers=cookie(token_in(back))
    )
    assert said.json()["by"] == answer.json()["participant_id"]


async def test_the_business_is_told_that_somebody_waits_and_nothing_else(way_in: WayIn, mira: Person) -> None:
    await opened(way_in)
    [mail] = await way_in.mails_to(DESK)
    text = f"{mail['Subject']}\n{mail.get_content()}"
    for private in ("Dana", "website", "March", DANA, "join#"):
        assert private not in text


async def test_the_business_takes_it_on_from_its_queue(way_in: WayIn, mira: Person) -> None:
    ids = (await opened(way_in)).json()
    [waiting] = (await way_in.http.get("/api/intake-queue", headers=mira.cookie)).json()
    assert (waiting["case_id"], waiting["client"], waiting["title"], waiting["answer_by"]) == (
        ids["case_id"],
        "Dana Berg",
        "The website that came late",
        ids["answer_by"],
    )
    take = f"/api/intake-queue/{ids['case_id']}/take"
    taken = await way_in.http.post(take, json={"command_id": new_id()}, headers=mira.cookie)
    assert taken.status_code == 200
    again = await way_in.http.post(take, json={"command_id": new_id()}, headers=mira.cookie)
    assert again.json() == taken.json()
    said = await way_in.http.post(f"/api/cases/{ids['case_id']}/said", json={"text": "hi"}, headers=mira.cookie)
    assert said.json()["by"] == taken.json()["participant_id"]
    assert (await way_in.http.get("/api/intake-queue", headers=mira.cookie)).json() == []


async def test_of_many_who_take_it_on_at_once_one_does(way_in: WayIn, mira: Person) -> None:
    people = [await way_in.person(f"P{n}") for n in range(12)]
    await way_in.business("Other", "other", *people)
    await way_in.pool.execute(
        "INSERT INTO organisation_members SELECT o.organisation_id, a.account_id, 'staff' "
        "FROM organisations o, accounts a WHERE o.slug = 'example-studio' AND a.name LIKE 'P%'"
    )
    ids = (await opened(way_in)).json()
    take = f"/api/intake-queue/{ids['case_id']}/take"
    answers = await asyncio.gather(
        *(way_in.http.post(take, json={"command_id": new_id()}, headers=person.cookie) for person in people)
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 11}
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"already-taken-on"}
    assert await way_in.pool.fetchval("SELECT count(*) FROM seats WHERE party = 'business'") == 1


async def test_nobody_outside_the_business_sees_or_takes_what_waits(way_in: WayIn, mira: Person) -> None:
    ids = (await opened(way_in)).json()
    sam, noa = await way_in.person("Sam"), await way_in.person("Noa")
    await way_in.business("Other", "other", sam)
    for person in (sam, noa):
        assert (await way_in.http.get("/api/intake-queue", headers=person.cookie)).json() == []
        answers = [
            await way_in.http.post(
                f"/api/intake-queue/{case_id}/take", json={"command_id": new_id()}, headers=person.cookie
            )
            for case_id in (ids["case_id"], new_id())
        ]
        assert [refusal(answer) for answer in answers] == [(403, "not-on-this-case")] * 2
        assert answers[0].content == answers[1].content
    await way_in.pool.execute("DELETE FROM organisation_members")
    assert (await way_in.http.get("/api/intake-queue", headers=mira.cookie)).json() == [], "who left sees nothing"


async def test_a_case_that_the_business_opened_itself_waits_for_nobody(way_in: WayIn, mira: Person) -> None:
    case_id, _ = await way_in.open_case(mira)
    [studio] = await way_in.pool.fetch("SELECT organisation_id FROM organisations")
    await way_in.pool.execute("INSERT INTO case_organisations VALUES ($1, $2)", case_id, studio["organisation_id"])
    assert (await way_in.http.get("/api/intake-queue", headers=mira.cookie)).json() == []


async def test_without_the_code_from_the_mailbox_nothing_is_opened(way_in: WayIn, mira: Person) -> None:
    code = await code_for(way_in)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for body, expected in (
        (form(wrong), (422, "code-wrong")),
        (form(code, email="somebody@example.org"), (410, "code-expired")),
    ):
        assert refusal(await way_in.http.post(PAGE, json=body)) == expected
    token = await way_in.invitation_to((await way_in.open_case(mira))[0], mira, "principal", "client")
    assert (await ask(way_in, "code", token)).status_code == 202
    other = code_in((await way_in.mails_to(DANA))[-1])
    if other != code:
        assert refusal(await way_in.http.post(PAGE, json=form(other))) == (422, "code-wrong")
    assert await way_in.pool.fetchval("SELECT count(*) FROM intakes") == 0


async def test_the_same_form_sent_again_opens_one_case(way_in: WayIn, mira: Person) -> None:
    """Networks lose answers; people press twice."""
    body = form(await code_for(way_in))
    answers = await asyncio.gather(*(way_in.http.post(PAGE, json=body) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert await way_in.pool.fetchval("SELECT count(*) FROM cases") == 1
    assert len(await way_in.mails_to(DESK)) == 1
    other = await way_in.http.post(PAGE, json={**body, "command_id": new_id()})
    assert refusal(other) == (410, "code-expired"), "a code opens one dispute"


async def test_what_the_case_refuses_costs_no_code(way_in: WayIn, mira: Person) -> None:
    body = form(await code_for(way_in))
    for wrong in ({"name": " "}, {"title": ""}, {"category": "money"}, {"account": "x" * 5000}):
        assert (await way_in.http.post(PAGE, json={**body, **wrong})).status_code == 400
    assert (await way_in.http.post(PAGE, json=body)).status_code == 201


async def test_a_client_with_two_disputes_keeps_one_account(way_in: WayIn, mira: Person) -> None:
    session = cookie(token_in(await opened(way_in)))
    answer = await way_in.http.post(PAGE, json=form(await code_for(way_in)), headers=session)
    assert answer.status_code == 201
    assert await way_in.pool.fetchval("SELECT count(*) FROM accounts WHERE kind = 'guest'") == 1
    assert (await way_in.http.get("/api/me", headers=session)).status_code == 401, "a new seat, a new secret"


async def test_the_way_back_is_nobodys_to_list_or_take_back(way_in: WayIn, mira: Person) -> None:
    ids = (answer := await opened(way_in)).json()
    await way_in.http.post(
        f"/api/intake-queue/{ids['case_id']}/take", json={"command_id": new_id()}, headers=mira.cookie
    )
    own = await way_in.pool.fetchval("SELECT invitation_id FROM invitations")
    for headers in (mira.cookie, cookie(token_in(answer))):
        assert (await way_in.http.get(f"/api/cases/{ids['case_id']}/invitations", headers=headers)).json() == []
        gone = await way_in.http.delete(f"/api/cases/{ids['case_id']}/invitations/{own.hex}", headers=headers)
        assert refusal(gone) == (404, "no-such-invitation")


async def test_a_mediator_joins_a_case_that_came_this_way(way_in: WayIn, mira: Person) -> None:
    answer = await opened(way_in)
    dana = Person("", cookie(token_in(answer)), token_in(answer))
    token = await way_in.invitation_to(answer.json()["case_id"], dana, "mediator", None, "noa@example.org")
    joined = await come_in(way_in, token, "Noa", "noa@example.org")
    papers = (await way_in.app.state.casework.facts(way_in.pool, answer.json()["case_id"])).papers
    assert papers.people[joined.json()["participant_id"]].earlier_cases == 0


async def test_nobody_else_chooses_who_speaks_for_the_business_of_the_page(way_in: WayIn, mira: Person) -> None:
    """Else a client could seat a friend there, and have the business agree to anything in a signed record."""
    answer = await opened(way_in)
    case_id = answer.json()["case_id"]
    dana = Person("", cookie(token_in(answer)), token_in(answer))
    noa = await way_in.person("Noa")
    await way_in.seat(case_id, noa, "mediator", None)
    puppet = {"command_id": new_id(), "role": "handler", "party": "business", "email": "friend@example.org"}
    for who in (dana, noa):
        asked = await way_in.http.post(f"/api/cases/{case_id}/invitations", json=puppet, headers=who.cookie)
        assert refusal(asked) == (403, "may-not-invite")
    await way_in.http.post(f"/api/intake-queue/{case_id}/take", json={"command_id": new_id()}, headers=mira.cookie)
    token = await way_in.invitation_to(case_id, mira, "manager", "business", "ted@example.org")
    assert (await come_in(way_in, token, "Ted", "ted@example.org")).status_code == 200, "the business brings its own"


async def test_a_link_to_the_business_that_was_made_before_seats_nobody_there(way_in: WayIn, mira: Person) -> None:
    answer = await opened(way_in)
    case_id = answer.json()["case_id"]
    dana = Person("", cookie(token_in(answer)), token_in(answer))
    token = await way_in.invitation_to(case_id, dana, "counsel", "client", "friend@example.org")
    await way_in.pool.execute("UPDATE invitations SET role = 'handler', party = 'business' WHERE accepted_at IS NULL")
    late = await accept(way_in, token, "Mira", await way_in.visit(token, "friend@example.org"))
    assert refusal(late) == (410, "invitation-revoked")
    assert await way_in.pool.fetchval("SELECT count(*) FROM seats WHERE party = 'business'") == 0


@pytest.mark.parametrize("slug", ["nobody", "Example-Studio", "..", "a" * 101, "example_studio"])
async def test_a_page_of_nobody_takes_nothing_in(way_in: WayIn, mira: Person, slug: str) -> None:
    for answer in (
        await way_in.http.get(f"/api/intake/{slug}"),
        await way_in.http.post(f"/api/intake/{slug}/code", json={"email": DANA}),
        await way_in.http.post(f"/api/intake/{slug}", json=form("123456")),
    ):
        assert answer.status_code in {400, 404, 405}
    assert await way_in.pool.fetchval("SELECT count(*) FROM outbox") == 0


async def test_a_provider_of_mediation_has_no_intake_page(way_in: WayIn) -> None:
    await way_in.business("Quiet Rooms", "quiet-rooms", kind="provider")
    assert refusal(await way_in.http.get("/api/intake/quiet-rooms")) == (404, "intake-unknown")


async def test_one_network_address_cannot_mail_codes_to_a_whole_list(way_in: WayIn, mira: Person) -> None:
    answers = [await way_in.http.post(f"{PAGE}/code", json={"email": f"p{n}@example.org"}) for n in range(25)]
    assert Counter(answer.status_code for answer in answers) == {202: 20, 429: 5}


async def test_the_time_that_is_told_is_that_of_the_businesss_own_ladder_for_this_kind_of_dispute(
    way_in: WayIn, mira: Person
) -> None:
    async def its_ladder(category: str, answer: Term | None) -> None:
        await way_in.pool.execute(
            "INSERT INTO policies SELECT organisation_id, $1, 1, $2, false, $3, now() FROM organisations",
            category,
            msgspec.json.encode(with_rung("talks", answer=answer)).decode(),
            UUID(hex=mira.account_id),
        )

    await its_ladder("timeline", Term(days=7))
    await its_ladder("conduct", None)
    within = (await way_in.http.get(PAGE)).json()["answer_within_days"]
    assert within == {**dict.fromkeys(get_args(Category), 10), "timeline": 7, "conduct": None}
    answer = await opened(way_in)
    case_id, promised = answer.json()["case_id"], date.fromisoformat(answer.json()["answer_by"])
    papers = (await way_in.app.state.casework.facts(way_in.pool, case_id)).papers
    last = over_at(LONDON, papers.opened_at, 7) - timedelta(microseconds=1)
    assert promised == LONDON.day_of(last), "by its own calendar"
    assert f"is to answer by {promised.day} " in (await way_in.mails_to(DANA))[-1].get_content()
    unpromised = await opened(way_in, category="conduct")
    assert unpromised.json()["answer_by"] is None
    told = (await way_in.mails_to(DANA))[-1].get_content()
    assert "sees it now." in told
    assert "answer by" not in told
    assert "promised" not in (await way_in.mails_to(DESK))[-1].get_content()


async def test_a_dispute_that_ended_meanwhile_waits_no_more(way_in: WayIn, mira: Person) -> None:
    ids = (await opened(way_in)).json()
    casework = way_in.app.state.casework
    seat = Seat(ids["case_id"], ids["participant_id"], "", "principal", "client", "Dana Berg")
    await casework.handle(seat, Leave(command_id=new_id()), clock.now() + timedelta(seconds=1))
    assert (await way_in.http.get("/api/intake-queue", headers=mira.cookie)).json() == []
