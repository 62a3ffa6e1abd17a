"""Notices, wishes and webhooks over HTTP, as a browser asks: one's own, within bounds, and with a next step."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import vobject

from apps import portal_app
from feeds import serving
from mediation import clock
from mediation.case import commands as c
from mediation.identity import organisations
from mediation.identity.wire import AddOrganisation
from mediation.settings import Settings
from notices_town import Reachable

USUAL = {"awaits": "at-once", "news": "daily", "digest_at": "08:00", "quiet": None, "zone": "UTC"}


@dataclass
class Asked:
    """A portal with a case, and its people asking."""

    http: httpx.AsyncClient
    docket: Reachable
    app: Any

    async def ask(self, who: str, method: str, path: str, **more: Any) -> httpx.Response:
        headers = await self.docket.cookie(who)
        return await self.http.request(method, f"/api{path}", headers=headers, **more)

    async def of_case(self, who: str) -> Any:
        return (await self.ask(who, "GET", f"/cases/{self.docket.case_id}/notices")).json()

    async def unread(self, who: str) -> list[str]:
        notices = (await self.of_case(who))["notices"]
        return sorted(f"{one['kind']} in {one['room']}" for one in notices if one["read_at"] is None)


@pytest.fixture
async def asked(database: str, tmp_path: Path) -> AsyncIterator[Asked]:
    async with (
        portal_app(Settings(data_dir=tmp_path, database_url=database, pool_size=5)) as app,
        serving(app) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
    ):
        docket = Reachable(app.state.casework)
        await docket.open()
        await docket.begin()
        async with app.state.pool.acquire() as conn:
            await conn.execute("DELETE FROM notices")
        yield Asked(http, docket, app)


async def test_everybody_is_shown_what_is_new_for_them_until_they_have_read_it(asked: Asked) -> None:
    seq = await asked.docket.say("client", "joint", "It was late.")
    await asked.docket.say("client", "caucus-client", "Between us.")
    assert await asked.unread("handler") == ["news in joint"]
    assert await asked.unread("mediator") == ["news in caucus-client", "news in joint"]
    assert await asked.unread("client") == []
    body = {"room": "joint", "upto": seq}
    path = f"/cases/{asked.docket.case_id}/notices/read"
    for _ in range(2):
        assert (await asked.ask("handler", "POST", path, json=body)).status_code == 204
    assert await asked.unread("handler") == []
    assert await asked.unread("mediator") == ["news in caucus-client", "news in joint"], "each reads for themselves"
    # What came meanwhile is not read by reading what was there before.
    await asked.docket.say("client", "joint", "Very late.")
    await asked.docket.say("client", "joint", "Too late.")
    assert (await asked.ask("handler", "POST", path, json={"room": "joint", "upto": seq + 1})).status_code == 204
    assert await asked.unread("handler") == ["news in joint"]


async def test_what_is_new_in_all_cases_stands_together(asked: Asked) -> None:
    other = Reachable(asked.app.state.casework)
    other.__dict__["accounts"] = asked.docket.__dict__["accounts"]
    await other.open()
    await other.join("client", "principal", "client")
    await asked.docket.say("client", "joint", "Here.")
    await other.say("client", "talks", "And there.")
    found = (await asked.ask("handler", "GET", "/account/notices")).json()["notices"]
    assert {(one["case"], one["room"]) for one in found} >= {
        (asked.docket.case_id, "joint"),
        (other.case_id, "talks"),
    }
    assert all(one["read_at"] is None for one in found)


async def test_wishes_are_kept_and_shown_again(asked: Asked) -> None:
    assert (await asked.ask("client", "GET", "/account/notice-wishes")).json() == USUAL
    wanted = {
        "awaits": "daily",
        "news": "never",
        "digest_at": "18:30",
        "quiet": {"begins": "21:00", "ends": "07:15"},
        "zone": "America/New_York",
    }
    assert (await asked.ask("client", "PUT", "/account/notice-wishes", json=wanted)).json() == wanted
    assert (await asked.ask("client", "GET", "/account/notice-wishes")).json() == wanted
    assert (await asked.ask("handler", "GET", "/account/notice-wishes")).json() == USUAL


@pytest.mark.parametrize(
    "changed",
    [
        {"zone": "Mars/Olympus"},
        {"zone": "../../etc/passwd"},
        {"digest_at": "24:00"},
        {"digest_at": "8:00"},
        {"awaits": "sometimes"},
        {"quiet": {"begins": "21:00"}},
        {"more": 1},
    ],
)
async def test_wishes_that_cannot_be_kept_are_refused(asked: Asked, changed: dict[str, Any]) -> None:
    answer = await asked.ask("client", "PUT", "/account/notice-wishes", json={**USUAL, **changed})
    assert answer.status_code == 400
    assert answer.json()["next"]


async def test_what_waits_to_be_mailed_waits_as_its_reader_now_wants(asked: Asked) -> None:
    await asked.docket.say("client", "joint", "It was late.")

    async def how() -> tuple[str, bool]:
        async with asked.app.state.pool.acquire() as conn:
            row = await conn.fetchrow(
                "SELECT how, mail_at FROM notices WHERE participant_id = $1",
                asked.docket.seats["handler"].participant_id,
            )
        return row["how"], row["mail_at"] is not None

    assert await how() == ("daily", True)
    await asked.ask("handler", "PUT", "/account/notice-wishes", json={**USUAL, "news": "at-once"})
    assert await how() == ("at-once", True)
    room = {"room": "joint", "how": "never"}
    answer = await asked.ask("handler", "PUT", f"/cases/{asked.docket.case_id}/notice-wishes", json=room)
    assert answer.status_code == 200
    assert await how() == ("never", False)
    assert (await asked.of_case("handler"))["wishes"] == [room]


async def test_nobody_says_anything_of_a_room_they_are_not_in(asked: Asked) -> None:
    path = f"/cases/{asked.docket.case_id}/notice-wishes"
    for room in ("team-client", "caucus-client", "private-01234567"):
        answer = await asked.ask("handler", "PUT", path, json={"room": room, "how": "never"})
        assert (answer.status_code, answer.json()["code"]) == (403, "not-in-this-room"), room


async def test_a_date_goes_into_a_calendar_as_it_is_now_and_says_nothing(asked: Asked) -> None:
    docket = asked.docket
    await docket.say("handler", "joint", "Please answer by Friday.")
    await docket.do("client", c.StepTier, to="management")

    async def served() -> Any:
        notices = (await asked.of_case("handler"))["notices"]
        [notice] = [one for one in notices if one["kind"] == "served"]
        answer = await asked.ask("handler", "GET", f"/cases/{docket.case_id}/notices/{notice['notice']}/calendar")
        assert answer.headers["content-type"].startswith("text/calendar")
        for hidden in ("Friday", "website", "Client", "joint", "management"):
            assert hidden not in answer.text
        event = vobject.readOne(answer.text).vevent
        assert str(event.dtstart.value) == notice["last_day"]
        return notice, event

    notice, event = await served()
    assert (notice["parts"], notice["calendar"]) == (["to-management", "asked"], True)
    for side in ("client", "handler"):
        await docket.do(side, c.ExtendTerm, term="answer", owed_by="business", days=3)
    later, moved = await served()
    assert later["notice"] == notice["notice"]
    assert later["last_day"] > notice["last_day"], "what is due is due by the day that counts now"
    assert moved.uid.value == event.uid.value
    assert int(moved.sequence.value) > int(event.sequence.value)
    path = f"/cases/{docket.case_id}/notices/{notice['notice']}/calendar"
    assert (await asked.ask("client", "GET", path)).status_code == 404, "it is not theirs"
    [step] = [one for one in (await asked.of_case("mediator"))["notices"] if one["kind"] == "step"]
    assert (step["last_day"], step["calendar"]) == (None, False)
    answer = await asked.ask("mediator", "GET", f"/cases/{docket.case_id}/notices/{step['notice']}/calendar")
    assert (answer.status_code, answer.json()["code"]) == (404, "no-date")


# ── webhooks ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
async def business(asked: Asked) -> str:
    """The handler leads a business; the mediator works there."""
    organisation = uuid4().hex
    named = {"name": "Example Studio", "slug": "studio", "place": "", "email": "office@studio.example"}
    wanted = AddOrganisation(command_id=organisation, kind="business", **named)
    async with asked.app.state.pool.acquire() as conn:
        await organisations.add(conn, organisation, wanted, clock.now())
        await organisations.put_member(conn, organisation, asked.docket.seats["handler"].account_id, "lead")
        await organisations.put_member(conn, organisation, asked.docket.seats["mediator"].account_id, "staff")
        await organisations.tie(conn, asked.docket.case_id, organisation)
    return organisation


async def test_a_lead_sets_a_hook_and_sees_its_secret_once(asked: Asked, business: str) -> None:
    path = f"/organisations/{business}/webhook"
    empty = (await asked.ask("handler", "GET", path)).json()
    assert (empty["url"], empty["enabled"], empty["deliveries"], empty["secret"]) == (None, False, [], None)
    hook = {"url": "https://crm.example.org/hook", "enabled": True}
    made = (await asked.ask("handler", "PUT", path, json=hook)).json()
    assert made["secret"].startswith("whsec_")
    for answer in (await asked.ask("handler", "GET", path), await asked.ask("handler", "PUT", path, json=hook)):
        assert answer.json()["secret"] is None
        assert made["secret"] not in answer.text
    replaced = (await asked.ask("handler", "POST", f"{path}/secret")).json()
    assert replaced["secret"] not in {None, made["secret"]}
    assert replaced["former_until"] is not None


async def test_nobody_but_its_leads_is_told_of_a_hook(asked: Asked, business: str) -> None:
    for who, organisation in (("mediator", business), ("client", business), ("handler", uuid4().hex)):
        path = f"/organisations/{organisation}/webhook"
        for method, end, body in (
            ("GET", "", None),
            ("PUT", "", {"url": "https://crm.example.org", "enabled": True}),
            ("POST", "/secret", None),
            ("POST", "/tests", None),
            ("POST", f"/deliveries/{uuid4().hex}/again", None),
        ):
            answer = await asked.ask(who, method, path + end, json=body)
            assert (answer.status_code, answer.json()["code"]) == (403, "not-open-to-you"), (who, method, end)


async def test_an_address_inside_is_refused_with_a_next_step(asked: Asked, business: str) -> None:
    for url in ("http://crm.example.org", "https://127.0.0.1/x", "https://169.254.169.254/latest", "nonsense"):
        answer = await asked.ask(
            "handler", "PUT", f"/organisations/{business}/webhook", json={"url": url, "enabled": True}
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "webhook-address-refused")
        assert "https://" in answer.json()["next"]


async def test_what_was_sent_is_listed_and_can_be_sent_again_and_switching_off_ends_it(
    asked: Asked, business: str
) -> None:
    path = f"/organisations/{business}/webhook"
    assert (await asked.ask("handler", "POST", f"{path}/tests")).json()["code"] == "webhook-is-off"
    # Nobody answers there (RFC 6761).
    hook = {"url": "https://crm.invalid.example.invalid/hook", "enabled": True}
    assert (await asked.ask("handler", "PUT", path, json=hook)).status_code == 200
    await asked.docket.do("client", c.StepTier, to="management")
    listed = (await asked.ask("handler", "POST", f"{path}/tests")).json()["deliveries"]
    assert {one["kind"] for one in listed} >= {"step-taken", "test"}
    step = next(one for one in listed if one["kind"] == "step-taken")
    assert step["case"] == asked.docket.case_id
    again = await asked.ask("handler", "POST", f"{path}/deliveries/{step['delivery']}/again")
    assert again.status_code == 201
    off = (await asked.ask("handler", "PUT", path, json={**hook, "enabled": False})).json()
    assert all(one["next_try_at"] is None for one in off["deliveries"])
    await asked.docket.do("client", c.Leave)
    assert len((await asked.ask("handler", "GET", path)).json()["deliveries"]) == len(listed)
