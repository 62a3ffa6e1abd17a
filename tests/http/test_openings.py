"""A business's systems learn that a case is with it: once, signed, and nothing of what it is about."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from hooks import Receiver, listening
from links import DANA, one_browser
from mediation import clock
from mediation.notices.webhooks.signing import new_secret, shown
from mediation.notices.webhooks.worker import Deliverer
from way_in import ORIGIN, Person, WayIn, code_in, new_id

PAGE = "/api/intake/example-studio"


@pytest.fixture
async def mira(way_in: WayIn) -> Person:
    """She works for a business with a public page."""
    mira = await way_in.person("Mira")
    await way_in.business("Example Studio", "example-studio", mira)
    return mira


@pytest.fixture
async def secret(way_in: WayIn, mira: Person) -> bytes:
    """The systems of her business are told; the secret of its hook."""
    made = new_secret()
    await way_in.pool.execute(
        """
        INSERT INTO webhooks (organisation_id, url, secret, enabled, changed_by, changed_at)
        SELECT organisation_id, 'http://127.0.0.1:1/', $1, true, $2, $3 FROM organisations
        """,
        *(made, mira.account_id, clock.now()),
    )
    return made


async def opened(way_in: WayIn) -> str:
    """Dana opens a dispute with the business, and asks for it once more; returns the case."""
    assert (await way_in.http.post(f"{PAGE}/code", json={"email": DANA})).status_code == 202
    form: dict[str, Any] = {
        "command_id": new_id(),
        "email": DANA,
        "code": code_in((await way_in.mails_to(DANA))[-1]),
        "name": "Dana Berg",
        "category": "timeline",
        "title": "The website that came late",
        "account": "It was promised for March and came in June.",
        "since": "since March",
        "wish": "A part of the price back.",
        "amount": {"minor": 120_000, "currency": "EUR"},
    }
    answers = [await way_in.http.post(PAGE, json=form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[1].text
    case_id: str = answers[0].json()["case_id"]
    return case_id


async def test_that_a_client_opened_a_case_reaches_a_receiver_that_is_not_ours(way_in: WayIn, secret: bytes) -> None:
    case_id = await opened(way_in)
    async with listening(Receiver(status=200)) as receiver:
        await way_in.pool.execute("UPDATE webhooks SET url = $1", receiver.url)
        deliverer = Deliverer(way_in.pool, demo=True, base_url=ORIGIN)
        assert await deliverer.look() == 1, "once, though it was asked for twice"
        await deliverer.stop()
    [(headers, body)] = receiver.got
    told = Webhook(shown(secret)).verify(body, headers)
    assert (told["kind"], told["case"]) == ("case-opened", case_id)
    assert timedelta() <= clock.now() - datetime.fromisoformat(told["at"]) < timedelta(minutes=5)
    assert set(json.loads(body)) == {"id", "at", "kind", "case"}
    for hidden in ("Dana", "website", "March", "120", "EUR", "timeline"):
        assert hidden not in body.decode()


@pytest.mark.usefixtures("secret")
async def test_of_a_case_that_a_mediator_opened_they_learn_when_somebody_of_theirs_comes(
    way_in: WayIn, mira: Person
) -> None:
    noa, address = await way_in.person("Noa"), "mira@studio.example"
    case_id, _ = await way_in.open_case(noa, by="mediator")
    token = await way_in.invitation_to(case_id, noa, "handler", "business", address)
    visit = await way_in.visit(token, address)
    assert await told(way_in) == [], "until then nobody knows whose systems to tell"
    body = {"token": token, "name": "Mira", "command_id": new_id()}
    for _ in range(2):
        answer = await way_in.http.post("/api/invitations/accept", json=body, headers=one_browser(mira.cookie, visit))
        assert answer.status_code == 200, answer.text
    assert await told(way_in) == [("case-opened", case_id)]


async def told(way_in: WayIn) -> list[tuple[str, str]]:
    """What the business's systems are told, in order."""
    rows = await way_in.pool.fetch("SELECT kind, case_id FROM webhook_deliveries ORDER BY at")
    return [(row["kind"], row["case_id"].hex) for row in rows]


@pytest.mark.usefixtures("secret")
async def test_whose_hook_is_off_is_told_nothing(way_in: WayIn) -> None:
    await way_in.pool.execute("UPDATE webhooks SET enabled = false")
    await opened(way_in)
    assert await told(way_in) == []
