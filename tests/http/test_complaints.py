"""Complaints about a mediator: where they go, who reads them, and that the mediator never comes across one."""

from typing import Any

import httpx
import pytest

from mediation import clock
from mediation.identity import accounts, organisations, sessions
from mediation.identity.wire import AddOrganisation
from mediation.record import log
from way_in import ORIGIN, Person, WayIn, cookie, new_id

TEXT = "She told the other side what I had said in confidence."


class Dispute:
    """A case with everybody on it, an administrator, and a provider that its lead leads."""

    def __init__(self, way_in: WayIn) -> None:
        self.way_in = way_in
        self.people: dict[str, Person] = {}
        self.case_id = ""

    async def begin(self) -> "Dispute":
        for name, kind in (("Hana", "staff"), ("Noa", "staff"), ("Dana", "guest"), ("Lea", "staff")):
            self.people[name] = await self.way_in.person(name, kind)
        async with self.way_in.pool.acquire() as conn:
            ada = await accounts.create_staff(conn, "Ada", "ada@example.org", None, clock.now(), administrator=True)
            token = await sessions.create(conn, ada, clock.now())
        self.people["Ada"] = Person(ada, cookie(token), token)
        self.case_id, _ = await self.way_in.open_case(self.people["Hana"])
        await self.way_in.seat(self.case_id, self.people["Dana"], "principal", "client")
        await self.way_in.seat(self.case_id, self.people["Noa"], "mediator", None)
        return self

    async def provider(self, *, email: str = "office@fair.example", **roles: str) -> None:
        """A mediation provider and who works there in which role."""
        wanted = AddOrganisation(command_id=new_id(), kind="provider", name="Fair Talks", slug="fair", email=email)
        async with self.way_in.pool.acquire() as conn:
            await organisations.add(conn, wanted.command_id, wanted, clock.now())
            for name, role in roles.items():
                account = self.people[name].account_id
                await organisations.put_member(conn, wanted.command_id, account, role)  # type: ignore[arg-type]

    async def complain(self, who: str, text: str = TEXT, command_id: str = "") -> httpx.Response:
        return await self.way_in.http.post(
            f"/api/cases/{self.case_id}/complaints",
            json={"command_id": command_id or new_id(), "text": text},
            headers=self.people[who].cookie,
        )

    async def reads(self, who: str) -> Any:
        """What somebody reads in their list; the refusal's code when there is none for them."""
        answer = await self.way_in.http.get("/api/complaints", headers=self.people[who].cookie)
        return answer.json()["complaints"] if answer.status_code == 200 else answer.json()["code"]

    async def readers(self) -> set[str]:
        found = [who for who in self.people if isinstance(read := await self.reads(who), list) and read]
        return set(found)


@pytest.fixture
async def dispute(way_in: WayIn) -> Dispute:
    return await Dispute(way_in).begin()


async def test_a_complaint_goes_to_the_mediators_provider_and_is_read_by_its_lead_alone(dispute: Dispute) -> None:
    await dispute.provider(Noa="staff", Lea="lead", Hana="staff")
    answer = await dispute.complain("Dana")
    assert (answer.status_code, answer.json()["to"]) == (201, "Fair Talks")
    assert await dispute.readers() == {"Lea"}
    [read] = await dispute.reads("Lea")
    assert (read["text"], read["about"], read["by"], read["to"]) == (TEXT, "Noa", "Principal", "Fair Talks")
    assert read["reference"] == answer.json()["reference"]
    assert (await dispute.reads("Noa"), await dispute.reads("Dana")) == ("not-open-to-you", "not-open-to-you")


async def test_the_mail_about_it_says_that_there_is_one_and_nothing_else(dispute: Dispute) -> None:
    await dispute.provider(Noa="staff", Lea="lead")
    await dispute.complain("Dana")
    [mail] = await dispute.way_in.mails_to("office@fair.example")
    said = mail["Subject"] + mail.get_content()
    assert f"{ORIGIN}/complaints" in said
    for secret in (TEXT, "Noa", "Dana", dispute.case_id):
        assert secret not in said
    assert await dispute.way_in.mails_to("noa@example.org") == []


async def test_without_a_provider_it_goes_to_the_administrators(dispute: Dispute) -> None:
    answer = await dispute.complain("Hana")
    assert answer.json()["to"] is None
    assert await dispute.readers() == {"Ada"}
    assert len(await dispute.way_in.mails_to("ada@example.org")) == 1


async def test_a_provider_that_the_mediator_alone_leads_does_not_answer_for_itself(dispute: Dispute) -> None:
    await dispute.provider(email="noa@example.org", Noa="lead")
    assert (await dispute.complain("Dana")).json()["to"] is None
    assert await dispute.readers() == {"Ada"}
    assert await dispute.way_in.mails_to("noa@example.org") == []


async def test_a_mediator_who_leads_the_provider_with_others_reads_none_about_themselves(dispute: Dispute) -> None:
    await dispute.provider(email="noa@example.org", Noa="lead", Lea="lead")
    assert (await dispute.complain("Dana")).json()["to"] == "Fair Talks"
    assert await dispute.reads("Noa") == []
    assert await dispute.readers() == {"Lea"}
    assert await dispute.way_in.mails_to("noa@example.org") == [], "not at the mediator's own address"
    assert len(await dispute.way_in.mails_to("lea@example.org")) == 1


async def test_no_room_grows_by_a_complaint_and_the_mediator_cannot_make_one(dispute: Dispute) -> None:
    async with dispute.way_in.pool.acquire() as conn:
        before = await log.lengths(conn, dispute.case_id)
        await dispute.complain("Dana")
        assert await log.lengths(conn, dispute.case_id) == before
    answer = await dispute.complain("Noa")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-open-to-you")


async def test_the_same_complaint_sent_again_is_one_and_the_same_id_with_other_words_is_refused(
    dispute: Dispute,
) -> None:
    command = new_id()
    answers = [await dispute.complain("Dana", command_id=command) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len(await dispute.reads("Ada")) == 1
    other = await dispute.complain("Dana", "Something else.", command)
    assert (other.status_code, other.json()["code"]) == (409, "command-id-reused")
    assert (await dispute.complain("Hana", command_id=command)).status_code == 201, "another person's id is their own"


async def test_before_there_is_a_mediator_there_is_nobody_to_complain_about(way_in: WayIn) -> None:
    hana = await way_in.person("Hana")
    case_id, _ = await way_in.open_case(hana)
    body = {"command_id": new_id(), "text": TEXT}
    answer = await way_in.http.post(f"/api/cases/{case_id}/complaints", json=body, headers=hana.cookie)
    assert (answer.status_code, answer.json()["code"]) == (409, "no-mediator-yet")


async def test_a_complaint_is_marked_as_answered_by_who_reads_it_and_nobody_else(dispute: Dispute) -> None:
    await dispute.provider(Noa="lead", Lea="lead")
    await dispute.complain("Dana")
    [read] = await dispute.reads("Lea")
    path = f"/api/complaints/{read['complaint']}/handled"
    for who, status in (("Dana", 403), ("Noa", 404), ("Ada", 404), ("Lea", 204), ("Lea", 204)):
        answer = await dispute.way_in.http.post(path, headers=dispute.people[who].cookie)
        assert answer.status_code == status, who
    [read] = await dispute.reads("Lea")
    assert read["handled_at"] is not None


async def test_complaining_without_end_is_stopped(dispute: Dispute) -> None:
    answers = [await dispute.complain("Dana", f"Number {n}.") for n in range(12)]
    assert [answer.status_code for answer in answers] == [201] * 10 + [429] * 2
