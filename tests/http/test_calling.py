"""Being asked to come by a ladder, as people meet it: the mail, the first page, the seat; and being away."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from mediation import clock
from mediation.case import commands as c
from mediation.case.policy import Policy, Responsible, Rung, Term
from mediation.casework.clockwork import Clockwork
from mediation.identity import organisations
from mediation.identity.guards import Seat
from way_in import ORIGIN, Person, WayIn, code_in, new_id

RUTHS = "ruth@firm.example"
LADDER = Policy(
    name="How we settle disputes",
    acknowledge=Term(days=5, remind=(3,)),
    rungs=(
        Rung(tier="talks", answer=Term(days=10)),
        Rung(
            tier="management",
            people=(Responsible(name="Colin Marsh", title="Operations"), Responsible(name="Ruth Adeyemi")),
            answer=Term(days=5, remind=(3,)),
        ),
        Rung(tier="mediation"),
    ),
)


@pytest.fixture
async def hana(way_in: WayIn) -> Person:
    return await way_in.person("Hana")


@pytest.fixture
async def colin(way_in: WayIn) -> Person:
    return await way_in.person("Colin")


@pytest.fixture
async def studio(way_in: WayIn, hana: Person, colin: Person) -> str:
    """A business that Hana leads; its ladder names Colin, who has an account, and Ruth, who has an address."""
    business = await way_in.business("Example Studio", "studio", colin)
    async with way_in.pool.acquire() as conn:
        await organisations.put_member(conn, business, hana.account_id, "lead")
    people = [{"account": colin.account_id}, {"email": RUTHS, "language": "de"}]
    body = {
        "version": 1,
        "policy": msgspec.to_builtins(LADDER),
        "reach": [{"tier": "management", "people": people}],
    }
    answer = await way_in.http.put(f"/api/businesses/{business}/policies/general", json=body, headers=hana.cookie)
    assert answer.status_code == 200, answer.text
    return business


async def reach_management(way_in: WayIn, hana: Person, business: str) -> str:
    """A case that Hana opened as handler, and took to its next step; returns the case."""
    command = c.OpenCase(
        command_id=new_id(),
        title="The website that came late",
        category="timeline",
        account="It was promised for March and came in June.",
        business=c.PartyDescription(name="Example Studio"),
        client=c.PartyDescription(name="Dana", capacity="consumer"),
        opener="handler",
    )
    casework = way_in.app.state.casework
    case_id, participant = await casework.open(hana.account_id, "Hana", command, clock.now(), organisation_id=business)
    seat = Seat(case_id, participant, hana.account_id, "handler", "business", "Hana")
    await casework.handle(seat, c.StepTier(command_id=new_id(), to="management"), clock.now())
    return str(case_id)


async def days_pass(way_in: WayIn, days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many days go by, and the portal does what is due."""
    late = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert await Clockwork(way_in.app.state.casework, now=lambda: late).look() == 1


def token_in_mail(mail: Any) -> str:
    body = mail.get_content()
    return str(body[body.index("/join#") + 6 :].split()[0])


async def says_away(way_in: WayIn, who: Person, **body: Any) -> Any:
    return await way_in.http.put("/api/account/absence", json={"until": None, **body}, headers=who.cookie)


# ── the one who is asked ────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_colleague_comes_by_their_account_and_is_a_manager_of_the_case(
    way_in: WayIn, hana: Person, colin: Person, studio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = await reach_management(way_in, hana, studio)
    [mail] = await way_in.mails_to("colin@example.org")
    assert mail["Subject"] == "You are asked to a conversation"
    assert "website" not in mail.get_content(), "a mail tells nothing of the dispute"
    token = token_in_mail(mail)
    page = await way_in.http.post("/api/invitations/first-page", json={"token": token}, headers=colin.cookie)
    assert page.status_code == 200, page.text
    assert (page.json()["inviter"], page.json()["role"], page.json()["suggested_name"]) == (
        "Example Studio",
        "manager",
        "Colin Marsh",
    )
    body = {"token": token, "name": "Colin Marsh", "command_id": new_id()}
    accepted = await way_in.http.post("/api/invitations/accept", json=body, headers=colin.cookie)
    assert (accepted.status_code, accepted.json()["case_id"]) == (200, case_id)
    async with way_in.pool.acquire() as conn:
        seats = await conn.fetch("SELECT role, party FROM seats WHERE account_id = $1::text::uuid", colin.account_id)
    assert [tuple(seat) for seat in seats] == [("manager", "business")]
    # Once somebody has come, the reminders of the step ask nobody else.
    await days_pass(way_in, 6, monkeypatch)
    assert await way_in.mails_to(RUTHS) == []


async def test_while_the_first_is_away_the_next_is_asked_at_an_address_and_comes_by_a_code(
    way_in: WayIn, hana: Person, colin: Person, studio: str
) -> None:
    today = clock.now().date()
    assert (await says_away(way_in, colin, until=str(today + timedelta(days=9)))).status_code == 200
    case_id = await reach_management(way_in, hana, studio)
    assert await way_in.mails_to("colin@example.org") == []
    [mail] = await way_in.mails_to(RUTHS)
    assert mail["Subject"] == "Sie werden zu einem Gespräch gebeten"
    token = token_in_mail(mail)
    assert (await way_in.http.post("/api/invitations/code", json={"token": token})).status_code == 202
    code = code_in((await way_in.mails_to(RUTHS))[-1])
    visit = await way_in.http.post("/api/invitations/verify", json={"token": token, "code": code})
    headers = {"cookie": visit.headers["set-cookie"].split(";")[0]}
    body = {"token": token, "name": "Ruth Adeyemi", "command_id": new_id()}
    assert (await way_in.http.post("/api/invitations/accept", json=body, headers=headers)).status_code == 200
    listed = (await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=hana.cookie)).json()
    assert [(one["name"], one["state"], one["called_for"], one["invited_by"]) for one in listed] == [
        ("Ruth Adeyemi", "accepted", "management", None)
    ]


async def test_their_own_side_takes_a_call_back_and_the_portal_does_not_ask_them_again(
    way_in: WayIn, hana: Person, studio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = await reach_management(way_in, hana, studio)
    [one] = (await way_in.http.get(f"/api/cases/{case_id}/invitations", headers=hana.cookie)).json()
    path = f"/api/cases/{case_id}/invitations/{one['invitation_id']}"
    assert (await way_in.http.delete(path, headers=hana.cookie)).status_code == 204
    await days_pass(way_in, 6, monkeypatch)
    assert await way_in.mails_to("colin@example.org") == []
    assert [mail["Subject"] for mail in await way_in.mails_to(RUTHS)] == ["Sie werden zu einem Gespräch gebeten"]


# ── the mailbox of a business that does not come ────────────────────────────────────────────────────────────────────


async def test_a_business_that_does_not_take_a_dispute_on_is_reminded_at_its_own_mailbox(
    way_in: WayIn, studio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"email": "dana@example.org", "language": "de"}
    assert (await way_in.http.post("/api/intake/studio/code", json=asked)).status_code == 202
    form = {
        **asked,
        "command_id": new_id(),
        "code": code_in((await way_in.mails_to("dana@example.org"))[-1]),
        "name": "Dana",
        "category": "timeline",
        "title": "The website that came late",
        "account": "It was promised for March and came in June.",
    }
    assert (await way_in.http.post("/api/intake/studio", json=form)).status_code == 201
    assert len(await way_in.mails_to("desk@studio.example")) == 1
    await days_pass(way_in, 6, monkeypatch)
    mails = await way_in.mails_to("desk@studio.example")
    assert [mail["Subject"] for mail in mails] == [
        "Ein neues Anliegen wartet auf Sie",
        "Erinnerung: Ein Anliegen wartet auf Sie",
    ]
    assert f"{ORIGIN}/" in mails[-1].get_content()


# ── being away ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_whoever_is_away_says_until_when_and_who_stands_in_and_is_back_by_a_word(
    way_in: WayIn, hana: Person, colin: Person, studio: str
) -> None:
    assert studio
    until = str(clock.now().date() + timedelta(days=9))
    said = (await says_away(way_in, colin, until=until, stands_in=hana.account_id)).json()
    colleagues = [{"account": hana.account_id, "name": "Hana"}]
    assert said == {"until": until, "stands_in": hana.account_id, "colleagues": colleagues}
    assert (await way_in.http.get("/api/account/absence", headers=colin.cookie)).json() == said
    assert (await way_in.http.get("/api/account/absence", headers=hana.cookie)).json()["until"] is None
    back = (await says_away(way_in, colin)).json()
    assert (back["until"], back["stands_in"]) == (None, None)


async def test_what_is_past_is_over_by_itself(way_in: WayIn, colin: Person, studio: str) -> None:
    assert studio
    today = clock.now().date()
    async with way_in.pool.acquire() as conn:
        await conn.execute(
            "INSERT INTO absences VALUES ($1::text::uuid, $2)", colin.account_id, today - timedelta(days=1)
        )
    assert (await way_in.http.get("/api/account/absence", headers=colin.cookie)).json()["until"] is None


async def test_an_absence_that_cannot_be_is_refused_with_a_next_step(way_in: WayIn, colin: Person, studio: str) -> None:
    assert studio
    today, stranger = clock.now().date(), await way_in.person("Stranger")
    refused = {
        "absence-too-far": {"until": str(today + timedelta(days=367))},
        "not-a-colleague": {"until": str(today), "stands_in": stranger.account_id},
    }
    for code, body in refused.items():
        answer = await says_away(way_in, colin, **body)
        assert (answer.status_code, answer.json()["code"], bool(answer.json()["next"])) == (400, code, True)
    guest = await way_in.person("Guest", kind="guest")
    assert (await says_away(way_in, guest)).status_code == 403
