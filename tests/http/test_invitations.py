"""An invitation is opened any number of times, tells little before the code, and is accepted once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from links import DANA, accept, ask, come_in, one_browser, refusal
from mediation import clock
from mediation.case.commands import AgreeStandstill
from mediation.case.decide.terms import STANDSTILL_SHA256
from mediation.identity import accounts
from mediation.identity.guards import find_seat
from mediation.identity.tokens import token_hash
from mediation.invitations import ledger, visits
from way_in import ORIGIN, Person, WayIn, cookie, new_id, token_in

PRIVATE = ("The website", "It was promised", "Dana", "dana@", "principal", "Opener")


async def test_a_client_comes_in_by_the_mail_and_sits_at_the_table(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    await way_in.invitation_to(case_id, mira, "principal", "client", name="Dana")
    [mail] = await way_in.mails_to(DANA)
    token = mail.get_content().split(f"{ORIGIN}/join#")[1].split()[0]
    visit = await way_in.visit(token)
    assert (await ask(way_in, "first-page", token, visit)).json()["suggested_name"] == "Dana"
    answer = await accept(way_in, token, " Dana  Berg ", visit)
    assert answer.json()["case_id"] == case_id
    session = cookie(token_in(answer))
    me = (await way_in.http.get("/api/me", headers=session)).json()
    assert (me["name"], me["kind"], me["email"]) == ("Dana Berg", "guest", None)
    said = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=session)
    assert said.json()["by"] == answer.json()["participant_id"]


async def test_before_the_code_a_link_tells_the_inviter_and_the_category_alone(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client", name="Dana", title="Owner")
    answer = await ask(way_in, "preview", token)
    preview = answer.json()
    assert preview.pop("expires_at") > clock.now().isoformat()
    assert preview == {
        "state": "open",
        "inviter": "Example Studio",
        "category": "timeline",
        "verified": False,
        "case_id": None,
    }
    for told in (answer, await ask(way_in, "first-page", token), await accept(way_in, token)):
        assert not [word for word in PRIVATE if word in told.text]
        assert "set-cookie" not in told.headers


async def test_whoever_is_brought_in_later_reads_first_of_all_whether_time_limits_stand_still(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    noa = await way_in.person("Noa")
    await way_in.seat(case_id, noa, "principal", "client")
    token = await way_in.invitation_to(case_id, mira, "manager", "business", "ted@example.org")
    visit = await way_in.visit(token, "ted@example.org")
    assert (await ask(way_in, "first-page", token, visit)).json()["still_until"] is None
    until, now = (clock.now() + timedelta(days=30)).date(), clock.now()
    for person in (mira, noa):
        async with way_in.pool.acquire() as conn:
            seat = await find_seat(conn, case_id, person.account_id)
        assert seat is not None
        command = AgreeStandstill(command_id=new_id(), until=until, text_sha256=STANDSTILL_SHA256)
        await way_in.app.state.casework.handle(seat, command, now)
    assert (await ask(way_in, "first-page", token, visit)).json()["still_until"] == until.isoformat()


async def test_a_forwarded_link_is_of_no_use_without_the_mailbox(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    assert (await ask(way_in, "code", token)).status_code == 202
    sam = await way_in.person("Sam")
    for headers in ({}, sam.cookie, {"cookie": f"{visits.COOKIE}={'A' * 43}"}):
        assert refusal(await ask(way_in, "first-page", token, headers)) == (403, "code-needed")
        assert refusal(await accept(way_in, token, "Dana", headers)) == (403, "code-needed")
    assert await way_in.pool.fetchval("SELECT count(*) FROM seats") == 1


async def test_a_visit_to_one_invitation_opens_no_other(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    own = await way_in.invitation_to(case_id, mira, "principal", "client")
    other = await way_in.invitation_to(case_id, mira, "counsel", "business", "cara@example.org")
    visit = await way_in.visit(own)
    assert refusal(await ask(way_in, "first-page", other, visit)) == (403, "code-needed")
    code = await way_in.code_for(other, "cara@example.org")
    assert refusal(await ask(way_in, "verify", own, code=code)) == (410, "code-expired")
    # In one browser the two do not shut each other out.
    both = await ask(way_in, "verify", other, visit, code=code)
    visit = {"cookie": both.headers["set-cookie"].split(";")[0]}
    for token in (own, other):
        assert (await ask(way_in, "first-page", token, visit)).status_code == 200


async def test_the_code_gives_the_visit_a_new_secret(way_in: WayIn, case: tuple[str, Person]) -> None:
    """Whoever planted a cookie before learns nothing after."""
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    first = await way_in.visit(token)
    answer = await ask(way_in, "verify", token, first, code=await way_in.code_for(token))
    second = {"cookie": answer.headers["set-cookie"].split(";")[0]}
    assert second != first
    assert refusal(await ask(way_in, "first-page", token, first)) == (403, "code-needed")
    assert (await ask(way_in, "first-page", token, second)).status_code == 200


async def test_a_visit_ends_after_half_a_day(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    visit = await way_in.visit(token)
    later = clock.now() + visits.VALID_FOR + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert refusal(await accept(way_in, token, "Dana", visit)) == (403, "code-needed")


async def test_the_first_page_tells_who_invites_about_what_who_pays_and_who_runs_this(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    page = (await ask(way_in, "first-page", token, await way_in.visit(token))).json()
    assert page["title"] == "The website that came late"
    assert (page["inviter"], page["inviter_party"], page["business"]) == ("Opener", "business", "Example Studio")
    assert (page["mediator"], page["earlier_cases"]) == (None, None)
    assert (page["operator"], page["host_party"]) == ("The host", None)
    assert page["ladder"][0] == "talks"
    assert (page["role"], page["party"]) == ("principal", "client")


async def test_a_scanner_that_opens_and_submits_everything_fifty_times_burns_nothing(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    for _ in range(50):
        assert (await ask(way_in, "preview", token)).status_code == 200
        assert (await ask(way_in, "code", token)).status_code == 202
        assert refusal(await ask(way_in, "first-page", token)) == (403, "code-needed")
        assert refusal(await accept(way_in, token)) == (403, "code-needed")
        assert (await ask(way_in, "decline", token)).status_code == 204
    assert len(await way_in.mails_to(DANA)) == 2, "the invitation and one code"
    assert (await come_in(way_in, token)).json()["case_id"] == case_id


async def test_of_fifty_acceptances_at_once_one_succeeds(
    start_way_in: Callable[..., Awaitable[WayIn]],
) -> None:
    here, there = await start_way_in(), await start_way_in()
    mira = await here.person("Mira")
    case_id, _ = await here.open_case(mira)
    token = await here.invitation_to(case_id, mira, "principal", "client")
    visit = await here.visit(token)
    answers = await asyncio.gather(*(accept((here, there)[n % 2], token, f"Dana {n}", visit) for n in range(50)))
    assert Counter(a.status_code for a in answers) == {200: 1, 409: 49}
    assert {a.json()["code"] for a in answers if a.status_code == 409} == {"invitation-already-used"}
    assert await here.pool.fetchval("SELECT count(*) FROM seats") == 2
    assert await here.pool.fetchval("SELECT count(*) FROM accounts WHERE kind = 'guest'") == 1
    assert await here.pool.fetchval("SELECT count(*) FROM sessions") == 2


async def test_an_answer_that_was_lost_on_the_way_is_given_again_to_the_browser_that_typed_the_code(
    way_in: WayIn, case: tuple[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session cookie went under with the answer; the visit was there before."""
    case_id, mira = case
    token, command_id = await way_in.invitation_to(case_id, mira, "principal", "client"), new_id()
    visit = await way_in.visit(token)
    lost = await ask(way_in, "accept", token, visit, name="Dana", command_id=command_id)
    found = await ask(way_in, "accept", token, visit, name="Dana", command_id=command_id)
    assert found.json() == lost.json()
    session = cookie(token_in(found))
    said = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=session)
    assert said.json()["by"] == lost.json()["participant_id"]
    again = await ask(way_in, "accept", token, one_browser(visit, session), name="Dana", command_id=command_id)
    assert again.json() == lost.json()
    assert "set-cookie" not in again.headers, "whoever is signed in needs no second session"
    assert await way_in.pool.fetchval("SELECT count(*) FROM seats") == 2
    later = clock.now() + visits.RECOVERABLE_FOR + timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    too_late = await ask(way_in, "accept", token, visit, name="Dana", command_id=command_id)
    assert refusal(too_late) == (409, "invitation-already-used")


async def test_nobody_gets_in_by_replaying_an_acceptance_from_elsewhere(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token, command_id = await way_in.invitation_to(case_id, mira, "principal", "client"), new_id()
    other = await way_in.visit(token)
    visit = await way_in.visit(token)
    assert (await ask(way_in, "accept", token, visit, name="Dana", command_id=command_id)).status_code == 200
    for headers, command in ((other, command_id), ({}, command_id), (visit, new_id())):
        again = await ask(way_in, "accept", token, headers, name="Dana", command_id=command)
        assert refusal(again) == (409, "invitation-already-used")
        assert "set-cookie" not in again.headers


async def test_an_accepted_link_leads_back_with_a_code_also_on_another_device(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    first = await come_in(way_in, token)
    elsewhere = (await ask(way_in, "preview", token)).json()
    assert (elsewhere["state"], elsewhere["case_id"], elsewhere["verified"]) == ("accepted", None, False)
    answer = await ask(way_in, "verify", token, code=await way_in.code_for(token))
    assert answer.json() == {"state": "yours", "case_id": case_id}
    session = cookie(token_in(answer))
    said = await way_in.http.post(f"/api/cases/{case_id}/said", json={"text": "hello"}, headers=session)
    assert said.json()["by"] == first.json()["participant_id"]
    back = (await ask(way_in, "preview", token, session)).json()
    assert (back["state"], back["case_id"]) == ("yours", case_id)
    assert (await way_in.http.get("/api/me", headers=cookie(token_in(first)))).status_code == 200, "both devices stay"
    assert (await ask(way_in, "preview", token, mira.cookie)).json()["state"] == "accepted"


async def test_a_link_leads_nobody_back_to_a_seat_that_was_left(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    await come_in(way_in, token)
    code = await way_in.code_for(token)
    await way_in.pool.execute("UPDATE seats SET left_at = $1 WHERE party = 'client'", clock.now())
    assert refusal(await ask(way_in, "verify", token, code=code)) == (410, "invitation-revoked")
    assert refusal(await ask(way_in, "code", token)) == (410, "invitation-revoked")


async def test_a_staff_account_is_not_opened_by_one_mailbox(way_in: WayIn, case: tuple[str, Person]) -> None:
    """It may sit on many cases, so its holder signs in."""
    case_id, mira = case
    max_ = await way_in.person("Max")
    token = await way_in.invitation_to(case_id, mira, "manager", "business", "max@example.org")
    assert (await accept(way_in, token, "Max", max_.cookie)).status_code == 200
    refused = await ask(way_in, "verify", token, code=await way_in.code_for(token, "max@example.org"))
    assert refusal(refused) == (409, "sign-in-instead")
    assert "set-cookie" not in refused.headers


async def test_whoever_has_an_account_takes_their_seat_with_it(way_in: WayIn, case: tuple[str, Person]) -> None:
    """A mediator who came as a guest beside their account would have no earlier cases."""
    case_id, mira = case
    noa = await way_in.person("Noa")
    token = await way_in.invitation_to(case_id, mira, "mediator", None, "noa@example.org")
    code = await way_in.code_for(token, "noa@example.org")
    assert refusal(await ask(way_in, "verify", token, code=code)) == (409, "sign-in-instead")
    assert (await accept(way_in, token, "Noa", noa.cookie)).status_code == 200
    other = await way_in.invitation_to(case_id, mira, "counsel", "business", "cara@example.org")
    visit = await way_in.visit(other, "cara@example.org")
    await way_in.person("Cara")
    assert refusal(await accept(way_in, other, "Cara", visit)) == (409, "sign-in-instead")
    await way_in.pool.execute("UPDATE accounts SET disabled_at = created_at WHERE name = 'Cara'")
    assert (await accept(way_in, other, "Cara", visit)).status_code == 200


async def test_whoever_is_signed_in_with_the_invited_address_needs_no_code(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    max_, sam = await way_in.person("Max"), await way_in.person("Sam")
    token = await way_in.invitation_to(case_id, mira, "manager", "business", "max@example.org")
    assert (await ask(way_in, "preview", token, max_.cookie)).json()["verified"]
    assert (await ask(way_in, "first-page", token, max_.cookie)).json()["role"] == "manager"
    assert not (await ask(way_in, "preview", token, sam.cookie)).json()["verified"]
    assert refusal(await accept(way_in, token, "Max", sam.cookie)) == (403, "code-needed")
    answer = await accept(way_in, token, "Max", max_.cookie)
    session = cookie(token_in(answer))
    assert (await way_in.http.get("/api/me", headers=session)).json()["account_id"] == max_.account_id
    assert (await way_in.http.get("/api/me", headers=max_.cookie)).status_code == 401, "a new seat, a new secret"


async def test_an_invitation_that_the_case_refuses_is_not_used_up(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    first = await way_in.invitation_to(case_id, mira, "mediator", None, "noa@example.org")
    second = await way_in.invitation_to(case_id, mira, "mediator", None, "kim@example.org")
    await come_in(way_in, first, "Noa", "noa@example.org")
    visit = await way_in.visit(second, "kim@example.org")
    assert refusal(await accept(way_in, second, "Kim", visit)) == (409, "mediator-already-here")
    row = await way_in.pool.fetchrow("SELECT * FROM invitations WHERE email = 'kim@example.org'")
    assert row is not None
    assert row["accepted_at"] is None
    assert await way_in.pool.fetchval("SELECT count(*) FROM accounts WHERE name = 'Kim'") == 0


async def test_a_link_to_the_other_sides_first_seat_dies_when_that_seat_is_taken(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    first, left_over = [await way_in.invitation_to(case_id, mira, "principal", "client") for _ in range(2)]
    await come_in(way_in, first)
    visit = await way_in.visit(left_over)
    assert refusal(await accept(way_in, left_over, "Dana", visit)) == (410, "invitation-revoked")
    assert await way_in.pool.fetchval("SELECT count(*) FROM seats WHERE party = 'client'") == 1


async def test_nobody_sits_on_both_chairs_by_opening_the_others_link_in_their_own_browser(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    visit = await way_in.visit(token)
    refused = await accept(way_in, token, "Dana", one_browser(visit, mira.cookie))
    assert refusal(refused) == (409, "already-on-this-case")
    assert (await accept(way_in, token, "Dana", visit)).status_code == 200


async def test_a_guest_with_two_cases_keeps_both_and_types_no_second_code(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    other_case, _ = await way_in.open_case(mira)
    first = await come_in(way_in, await way_in.invitation_to(case_id, mira, "principal", "client"))
    token = await way_in.invitation_to(other_case, mira, "principal", "client")
    answer = await accept(way_in, token, "Dana", cookie(token_in(first)))
    session = cookie(token_in(answer))
    for which in (case_id, other_case):
        said = await way_in.http.post(f"/api/cases/{which}/said", json={"text": "hello"}, headers=session)
        assert said.status_code == 201


async def test_one_mailbox_never_opens_what_came_to_another(way_in: WayIn, case: tuple[str, Person]) -> None:
    """A guest who takes a second seat under another address gets a second account for it."""
    case_id, mira = case
    other_case, _ = await way_in.open_case(mira)
    first = await come_in(way_in, await way_in.invitation_to(case_id, mira, "principal", "client"))
    token = await way_in.invitation_to(other_case, mira, "principal", "client", "office@example.org")
    visit = await way_in.visit(token, "office@example.org")
    answer = await accept(way_in, token, "Dana", one_browser(visit, cookie(token_in(first))))
    session = cookie(token_in(answer))
    for which, expected in ((case_id, 403), (other_case, 201)):
        said = await way_in.http.post(f"/api/cases/{which}/said", json={"text": "hello"}, headers=session)
        assert said.status_code == expected


async def test_a_clients_seat_never_hangs_on_a_staff_account(way_in: WayIn, case: tuple[str, Person]) -> None:
    case_id, mira = case
    sam = await way_in.person("Sam")
    token = await way_in.invitation_to(case_id, mira, "principal", "client", "sam@example.org")
    answer = await accept(way_in, token, "Sam", sam.cookie)
    assert (await way_in.http.get("/api/me", headers=cookie(token_in(answer)))).json()["kind"] == "guest"


async def test_a_mediator_joins_with_the_number_of_earlier_cases_with_this_business(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    noa = await way_in.person("Noa")
    before, _ = await way_in.open_case(mira)
    studio = await way_in.business("Example Studio", "example-studio", mira)
    for which in (case_id, before):
        await way_in.pool.execute("INSERT INTO case_organisations VALUES ($1, $2)", which, studio)
    await way_in.seat(before, noa, "mediator", None)
    token = await way_in.invitation_to(case_id, mira, "mediator", None, "noa@example.org")
    assert (await accept(way_in, token, "Noa", noa.cookie)).status_code == 200
    to_dana = await way_in.invitation_to(case_id, mira, "principal", "client")
    page = (await ask(way_in, "first-page", to_dana, await way_in.visit(to_dana))).json()
    assert (page["mediator"], page["earlier_cases"]) == ("Noa", 1)


async def test_the_link_carries_its_token_where_no_server_or_log_sees_it(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    kept = await way_in.pool.fetchval("SELECT token_hash FROM invitation_links")
    assert kept == token_hash(token)
    listed = await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=mira.cookie)
    assert token not in listed.text
    assert kept.hex() not in listed.text
    await way_in.mails_to(DANA)
    assert await way_in.pool.fetchval("SELECT count(*) FROM outbox WHERE message IS NOT NULL") == 0


async def test_trying_links_is_limited_by_address_and_generously(start_way_in: Callable[..., Awaitable[WayIn]]) -> None:
    way_in = await start_way_in(invitation_tries=4)
    answers = [await ask(way_in, what, "A" * 43) for what in ("preview", "first-page", "decline", "code", "preview")]
    assert [a.status_code for a in answers] == [404, 404, 404, 404, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_an_invitation_from_before_addresses_were_asked_for_leads_nowhere(
    way_in: WayIn, case: tuple[str, Person]
) -> None:
    case_id, mira = case
    token = await way_in.invitation_to(case_id, mira, "principal", "client")
    await come_in(way_in, token)
    await way_in.pool.execute("UPDATE invitations SET email = NULL")
    assert refusal(await ask(way_in, "code", token)) == (410, "invitation-revoked")
    async with way_in.pool.acquire() as conn:
        stranger = await accounts.create_guest(conn, "Nobody", clock.now())
        assert not await ledger.reads_mailbox(conn, stranger, DANA)
