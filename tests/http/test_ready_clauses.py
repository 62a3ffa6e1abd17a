"""Ready clauses of a provider: who writes them, that no version is lost, and in which cases they are offered."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from mediation.identity import organisations, ready_clauses
from mediation.identity.limits import Budget
from way_in import Person, WayIn, new_id

INTEREST = {
    "version": 1,
    "language": "en",
    "title": "Interest when late",
    "words": "Whoever pays late owes [5] per cent interest a year.\nIt runs from the day after [date].",
    "means": "Being late costs money.",
    "takes_rights": False,
}


@dataclass
class Provider:
    """A provider that Lea leads and for which Noa mediates, with one who leads another."""

    way_in: WayIn
    organisation: str
    lea: Person
    noa: Person
    other: str

    async def write(
        self, clause: str, by: Person | None = None, organisation: str = "", **changes: Any
    ) -> httpx.Response:
        return await self.way_in.http.put(
            f"/api/providers/{organisation or self.organisation}/clauses/{clause}",
            json={**INTEREST, **changes},
            headers=(by or self.lea).cookie,
        )

    async def reads(self, who: Person, clause: str = "") -> Any:
        path = f"/api/providers/{self.organisation}/clauses{clause and '/' + clause}"
        answer = await self.way_in.http.get(path, headers=who.cookie)
        return answer.json() if answer.status_code == 200 else answer.json()["code"]

    async def lead(self, person: Person, organisation: str = "") -> None:
        async with self.way_in.pool.acquire() as conn:
            await organisations.put_member(conn, organisation or self.organisation, person.account_id, "lead")

    async def offered(self, case_id: str, who: Person) -> list[tuple[str, str]]:
        """The provider and the title of everything that is offered on a case."""
        answer = await self.way_in.http.get(f"/api/cases/{case_id}/ready-clauses", headers=who.cookie)
        assert answer.status_code == 200, answer.text
        return [(one["provider"], one["title"]) for one in answer.json()["clauses"]]


@pytest.fixture
async def fair(way_in: WayIn) -> Provider:
    lea, noa = await way_in.person("Lea"), await way_in.person("Noa")
    organisation = await way_in.business("Fair Talks", "fair", noa, kind="provider")
    other = await way_in.business("Harbour", "harbour", kind="provider")
    provider = Provider(way_in, organisation, lea, noa, other)
    await provider.lead(lea)
    return provider


async def test_a_clause_is_written_by_those_who_lead_the_provider_and_by_nobody_else(fair: Provider) -> None:
    clause, way_in = new_id(), fair.way_in
    ada, hana = await way_in.person("Ada"), await way_in.person("Hana")
    await fair.lead(ada, fair.other)
    studio = await way_in.business("Studio", "studio")
    await fair.lead(hana, studio)
    refusals = [
        await fair.write(clause, fair.noa),  # works there, leads nothing
        await fair.write(clause, ada),  # leads another provider
        await fair.write(clause, hana),  # leads a business
        await fair.write(clause, hana, studio),  # which has no ready clauses
        await fair.write(clause, fair.lea, new_id()),  # nothing is there
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in refusals} == {(403, "not-open-to-you")}
    assert await fair.reads(fair.noa) == await fair.reads(ada) == "not-open-to-you"
    assert await fair.reads(fair.noa, clause) == "not-open-to-you"
    assert (await fair.reads(fair.lea))["clauses"] == []

    assert (await fair.write(clause)).status_code == 200
    read = await fair.reads(fair.lea)
    assert read["provider"] == "Fair Talks"
    [kept] = read["clauses"]
    assert {key: kept[key] for key in INTEREST} == INTEREST
    assert (kept["clause"], kept["by"], kept["retired"]) == (clause, "Lea", False)


async def test_every_version_is_kept_and_the_newest_is_the_clause(fair: Provider) -> None:
    clause = new_id()
    for version, words in enumerate(("One [thing].", "Two [things].", "Three."), 1):
        assert (await fair.write(clause, version=version, words=words)).status_code == 200
    assert [one["words"] for one in (await fair.reads(fair.lea))["clauses"]] == ["Three."]
    kept = (await fair.reads(fair.lea, clause))["versions"]
    assert [(one["version"], one["words"]) for one in kept] == [
        (3, "Three."),
        (2, "Two [things]."),
        (1, "One [thing]."),
    ]
    assert (await fair.reads(fair.lea, new_id()))["versions"] == []


async def test_a_version_cannot_be_changed_afterwards_by_the_portal_itself(fair: Provider) -> None:
    await fair.write(new_id())
    async with fair.way_in.pool.acquire() as conn:
        for wish in ("UPDATE ready_clauses SET words = ''", "DELETE FROM ready_clauses"):
            with pytest.raises(Exception, match="permission denied"):
                await conn.execute(wish)


async def test_the_same_sent_again_is_one_version_and_no_number_is_left_out(fair: Provider) -> None:
    clause = new_id()
    answers = [await fair.write(clause) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len((await fair.reads(fair.lea, clause))["versions"]) == 1
    refused = await fair.write(clause, version=3)
    assert (refused.status_code, refused.json()["code"]) == (409, "clause-rewritten")


async def test_of_two_who_rewrite_a_clause_at_once_one_is_told_and_nothing_is_lost(fair: Provider) -> None:
    clause, lou = new_id(), await fair.way_in.person("Lou")
    await fair.lead(lou)
    await fair.write(clause)
    answers = await asyncio.gather(
        fair.write(clause, fair.lea, version=2, words="As Lea has it."),
        fair.write(clause, lou, version=2, words="As Lou has it."),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [winner] = [answer.json() for answer in answers if answer.status_code == 200]
    [loser] = [answer.json() for answer in answers if answer.status_code == 409]
    assert loser["code"] == "clause-rewritten"
    newest = (await fair.reads(fair.lea, clause))["versions"][0]
    assert (newest["words"], newest["by"]) == (winner["words"], winner["by"])


async def test_what_is_written_is_bounded_and_shown_as_it_will_be_read(fair: Provider) -> None:
    for field in ("title", "words", "means"):
        blank: dict[str, Any] = {field: " \n "}
        answer = await fair.write(new_id(), **blank)
        assert (answer.status_code, answer.json()["code"]) == (400, "clause-incomplete"), field
    for changes in (
        {"words": "x" * 4001},
        {"means": "x" * 1001},
        {"title": "x" * 201},
        {"language": "fr"},
        {"version": 0},
    ):
        assert (await fair.write(new_id(), **changes)).json()["code"] == "invalid-input", changes
    kept = (await fair.write(new_id(), title="  Late\u202e\u200b payment ", words="\n1.\r\n2.  ")).json()
    assert (kept["title"], kept["words"]) == ("Late payment", "1.\n2.")


async def test_clauses_and_changes_are_limited(fair: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready_clauses, "_MOST", 2)
    known = new_id()
    for clause in (known, new_id()):
        assert (await fair.write(clause)).status_code == 200
    refused = await fair.write(new_id())
    assert (refused.status_code, refused.json()["code"]) == (409, "clauses-are-used-up")
    assert (await fair.write(known, version=2, words="Other.")).status_code == 200
    monkeypatch.setattr(ready_clauses, "_BUDGET", Budget("ready clauses in the test", 1))
    answers = [await fair.write(known, version=3, words="More."), await fair.write(known, version=4, words="More yet.")]
    assert [answer.status_code for answer in answers] == [200, 429]


# ── in cases ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_they_are_offered_to_everybody_on_a_case_while_a_mediator_of_the_provider_is_there(
    fair: Provider,
) -> None:
    way_in = fair.way_in
    hana, dana, lena = await way_in.person("Hana"), await way_in.person("Dana", "guest"), await way_in.person("Lena")
    case_id, _ = await way_in.open_case(hana)
    await way_in.seat(case_id, dana, "principal", "client")
    await fair.lead(lena, fair.other)
    await fair.write(new_id())
    await fair.write(new_id(), title="An apology")
    await fair.write(new_id(), lena, fair.other, title="From another provider")
    assert await fair.offered(case_id, hana) == [], "nobody mediates yet"

    await way_in.seat(case_id, fair.noa, "mediator", None)
    both = [("Fair Talks", "An apology"), ("Fair Talks", "Interest when late")]
    for who in (hana, dana, fair.noa):
        assert await fair.offered(case_id, who) == both
    refused = await way_in.http.get(f"/api/cases/{case_id}/ready-clauses", headers=fair.lea.cookie)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-on-this-case"), "writing them opens no case"

    async with way_in.pool.acquire() as conn:
        await organisations.drop_member(conn, fair.organisation, fair.noa.account_id)
        await organisations.put_member(conn, fair.other, fair.noa.account_id, "staff")
    assert await fair.offered(case_id, hana) == [("Harbour", "From another provider")]


async def test_a_retired_clause_is_offered_no_more_until_it_is_taken_up_again(fair: Provider) -> None:
    clause, way_in = new_id(), fair.way_in
    case_id, _ = await way_in.open_case(hana := await way_in.person("Hana"))
    await way_in.seat(case_id, fair.noa, "mediator", None)
    for version, retired in ((1, False), (2, True), (3, False)):
        await fair.write(clause, version=version, retired=retired)
        assert await fair.offered(case_id, hana) == ([] if retired else [("Fair Talks", "Interest when late")])
    await fair.write(clause, version=4, retired=True)
    assert [one["retired"] for one in (await fair.reads(fair.lea))["clauses"]] == [True], "its leads still see it"
