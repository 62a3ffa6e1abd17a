"""The ladders of a business: who makes them, which one a new case keeps, and what a dry run tells."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx
import msgspec
import pytest

from mediation import clock
from mediation.case.commands import OpenCase, PartyDescription
from mediation.case.policy import DEFAULT_POLICY, Policy, Responsible, Rung, Term
from mediation.case.working_days import Calendar
from mediation.identity import organisations
from mediation.identity.limits import Budget
from mediation.ladder import routes
from mediation.ladder.calendars import calendars, holidays_of
from way_in import Person, WayIn, new_id

OURS = Policy(
    name="How we settle disputes",
    calendar=Calendar(name="England (GB-ENG)", zone="Europe/London"),
    rungs=(
        Rung(tier="talks", answer=Term(days=7, remind=(3, 1)), resolve=Term(days=15)),
        Rung(tier="management", people=(Responsible(name="Colin Marsh", title="Operations"),), answer=Term(days=5)),
        Rung(tier="mediation"),
        Rung(tier="referral"),
    ),
)


def plain(policy: Policy, **changes: Any) -> dict[str, Any]:
    """A policy as it is sent, with other fields in it."""
    sent = msgspec.to_builtins(policy)
    assert isinstance(sent, dict)
    return {**sent, **changes}


@dataclass
class Business:
    """A business that Hana leads and where Sam works, with one whom Ada leads."""

    way_in: WayIn
    organisation: str
    hana: Person
    sam: Person
    ada: Person

    async def write(
        self, category: str = "general", by: Person | None = None, organisation: str = "", **changes: Any
    ) -> httpx.Response:
        return await self.way_in.http.put(
            f"/api/businesses/{organisation or self.organisation}/policies/{category}",
            json={"version": 1, "policy": plain(OURS), **changes},
            headers=(by or self.hana).cookie,
        )

    async def reads(self, who: Person, category: str = "") -> Any:
        path = f"/api/businesses/{self.organisation}/policies{category and '/' + category}"
        answer = await self.way_in.http.get(path, headers=who.cookie)
        return answer.json() if answer.status_code == 200 else answer.json()["code"]

    async def tries(self, policy: dict[str, Any], by: Person | None = None, **supposed: Any) -> httpx.Response:
        wanted = {"opened_on": "2022-12-23", "opener": "principal", **supposed}
        return await self.way_in.http.post(
            f"/api/businesses/{self.organisation}/policy-dry-runs",
            json={"policy": policy, "supposed": wanted},
            headers=(by or self.hana).cookie,
        )

    async def opens(self, category: Any = "timeline", name: str = "Example Studio", opener: str = "handler") -> str:
        """A dispute with the business, as Sam opens it; the code of the refusal when he cannot."""
        command = OpenCase(
            command_id=new_id(),
            title="The website that came late",
            category=category,
            account="It was promised for March and came in June.",
            business=PartyDescription(name=name),
            client=PartyDescription(name="Dana", capacity="consumer"),
            opener=opener,  # type: ignore[arg-type]
        )
        answer = await self.way_in.http.post("/api/cases", json=msgspec.to_builtins(command), headers=self.sam.cookie)
        found = answer.json()
        return str(found["case"] if answer.status_code == 201 else found["code"])

    async def policy_of(self, case_id: str) -> Policy:
        """The ladder that a case keeps, read from its papers as they are stored."""
        async with self.way_in.pool.acquire() as conn:
            entry = await conn.fetchval(
                "SELECT entry FROM entries WHERE case_id = $1::text::uuid AND room = 'papers' AND seq = 1", case_id
            )
        opened = msgspec.json.decode(entry)
        return msgspec.convert(opened["body"]["policy"], type=Policy)


@pytest.fixture
async def studio(way_in: WayIn) -> Business:
    hana, sam, ada = [await way_in.person(name) for name in ("Hana", "Sam", "Ada")]
    organisation = await way_in.business("Example Studio", "studio", sam)
    other = await way_in.business("Harbour Works", "harbour")
    async with way_in.pool.acquire() as conn:
        await organisations.put_member(conn, organisation, hana.account_id, "lead")
        await organisations.put_member(conn, other, ada.account_id, "lead")
    return Business(way_in, organisation, hana, sam, ada)


# ── who makes them ──────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_ladder_is_made_by_those_who_lead_the_business_and_by_nobody_else(studio: Business) -> None:
    noa = await studio.way_in.person("Noa")
    provider = await studio.way_in.business("Fair Talks", "fair", kind="provider")
    async with studio.way_in.pool.acquire() as conn:
        await organisations.put_member(conn, provider, noa.account_id, "lead")
    refusals = [
        await studio.write(by=studio.sam),  # works there, leads nothing
        await studio.write(by=studio.ada),  # leads another business
        await studio.write(by=noa, organisation=provider),  # leads a provider, which has no ladder
        await studio.write(organisation=new_id()),  # nothing is there
        await studio.tries(plain(OURS), by=studio.ada),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in refusals} == {(403, "not-open-to-you")}
    assert await studio.reads(studio.ada) == await studio.reads(studio.sam, "general") == "not-open-to-you"

    before = await studio.reads(studio.hana)
    assert (before["business"], before["policies"]) == ("Example Studio", [])
    assert msgspec.convert(before["default"], type=Policy) == DEFAULT_POLICY
    assert (await studio.write()).status_code == 200
    [kept] = (await studio.reads(studio.hana))["policies"]
    assert (kept["category"], kept["version"], kept["by"], kept["retired"]) == ("general", 1, "Hana", False)
    assert msgspec.convert(kept["policy"], type=Policy) == OURS


async def test_every_version_is_kept_with_who_and_when_and_the_newest_comes_first(studio: Business) -> None:
    for version, name in enumerate(("One", "Two", "Three"), 1):
        assert (await studio.write("billing", version=version, policy=plain(OURS, name=name))).status_code == 200
    versions = (await studio.reads(studio.hana, "billing"))["versions"]
    assert [(one["version"], one["policy"]["name"], one["policy"]["version"]) for one in versions] == [
        (3, "Three", 3),
        (2, "Two", 2),
        (1, "One", 1),
    ]
    assert {one["by"] for one in versions} == {"Hana"}
    assert (await studio.reads(studio.hana, "scope"))["versions"] == []
    async with studio.way_in.pool.acquire() as conn:
        for wish in ("UPDATE policies SET retired = true", "DELETE FROM policies"):
            with pytest.raises(Exception, match="permission denied"):
                await conn.execute(wish)


async def test_the_same_sent_again_is_one_version_and_no_number_is_left_out(studio: Business) -> None:
    answers = [await studio.write() for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert len((await studio.reads(studio.hana, "general"))["versions"]) == 1
    refused = await studio.write(version=3)
    assert (refused.status_code, refused.json()["code"]) == (409, "policy-rewritten")


async def test_of_two_who_change_it_at_once_one_is_told_and_nothing_is_lost(studio: Business) -> None:
    lou = await studio.way_in.person("Lou")
    async with studio.way_in.pool.acquire() as conn:
        await organisations.put_member(conn, studio.organisation, lou.account_id, "lead")
    await studio.write()
    answers = await asyncio.gather(
        studio.write(by=studio.hana, version=2, policy=plain(OURS, name="Hana's")),
        studio.write(by=lou, version=2, policy=plain(OURS, name="Lou's")),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [winner] = [answer.json() for answer in answers if answer.status_code == 200]
    [newest] = (await studio.reads(studio.hana))["policies"]
    assert newest == winner


# ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────────

TALKS, REFERRAL = {"tier": "talks"}, {"tier": "referral"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rungs": [REFERRAL, TALKS]}, "ladder-is-malformed"),
        ({"rungs": [TALKS, TALKS]}, "ladder-is-malformed"),
        ({"rungs": []}, "invalid-input"),
        ({"rungs": [{"tier": "talks", "answer": {"days": 251}}]}, "invalid-input"),
        ({"rungs": [{"tier": "talks", "answer": {"days": 3, "remind": [3]}}]}, "reminder-comes-too-late"),
        ({"rungs": [{"tier": "talks", "people": [{"name": " \u200b "}]}]}, "name-needed"),
        ({"rungs": [{"tier": "talks", "people": [{"name": "Bob"}, {"name": " Bob "}]}]}, "person-named-twice"),
        ({"rungs": [{"tier": "talks", "people": [{"name": f"Bob {n}"} for n in range(11)]}]}, "invalid-input"),
        ({"consumer_silent": "refused"}, "consumers-silence-is-no-refusal"),
        ({"business_silent": "rest"}, "business-cannot-let-it-rest"),
        ({"unresolved": "rest"}, "step-over-means-next-step"),
        ({"calendar": {"zone": "Europe/Atlantis"}}, "zone-unknown"),
        ({"calendar": {"zone": "../../etc/passwd"}}, "invalid-input"),
        ({"calendar": {"weekend": [0, 1, 2, 3, 4, 5, 6]}}, "invalid-input"),
        ({"calendar": {"closed": ["0001-01-01"]}}, "day-too-far-away"),
        ({"calendar": {"closed": ["2026-01-01"] * 1_001}}, "invalid-input"),
    ],
)
async def test_a_ladder_nobody_could_climb_is_refused_with_a_next_step(
    studio: Business, changes: dict[str, Any], code: str
) -> None:
    for answer in (await studio.write(policy=plain(OURS, **changes)), await studio.tries(plain(OURS, **changes))):
        assert 400 <= answer.status_code < 500
        assert (answer.json()["code"], bool(answer.json()["next"])) == (code, True)
    assert (await studio.reads(studio.hana))["policies"] == []


async def test_what_is_written_is_kept_as_it_will_be_read_and_counted(studio: Business) -> None:
    people = [{"name": " Colin\u202e  Marsh ", "title": " Operations "}]
    calendar = {"zone": "UTC", "weekend": [6, 5, 6], "closed": ["2027-01-01", "2026-12-25", "2027-01-01"]}
    rungs = [{"tier": "talks", "people": people, "answer": {"days": 9, "remind": [1, 5, 1]}}]
    kept = (await studio.write(policy=plain(OURS, calendar=calendar, rungs=rungs, version=77))).json()["policy"]
    assert (kept["calendar"]["weekend"], kept["calendar"]["closed"]) == ([5, 6], ["2026-12-25", "2027-01-01"])
    assert kept["rungs"][0]["people"] == [{"name": "Colin Marsh", "title": "Operations"}]
    assert (kept["rungs"][0]["answer"], kept["version"]) == ({"days": 9, "remind": [5, 1]}, 1)


async def test_changes_and_dry_runs_are_limited(studio: Business, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "_WRITING", Budget("policies in the test", 1))
    monkeypatch.setattr(routes, "_TRYING", Budget("dry runs in the test", 1))
    written = [await studio.write(version=version) for version in (1, 2)]
    tried = [await studio.tries(plain(OURS)) for _ in range(2)]
    assert [answer.status_code for answer in (*written, *tried)] == [200, 429, 200, 429]


# ── how the people of a step are reached ────────────────────────────────────────────────────────────────────────────


def ways(*people: dict[str, Any], tier: str = "management") -> list[dict[str, Any]]:
    return [{"tier": tier, "people": list(people)}]


async def test_how_people_are_reached_stays_beside_the_ladder_and_out_of_the_papers(studio: Business) -> None:
    people = [{"name": "Sam", "title": ""}, {"name": "Colin Marsh", "title": "Operations"}]
    rungs = [{"tier": "talks"}, {"tier": "management", "people": people}]
    reach = ways({"account": studio.sam.account_id}, {"email": " Colin@Firm.example ", "language": "de"})
    kept = (await studio.write(policy=plain(OURS, rungs=rungs), reach=reach)).json()
    expected = [
        {"account": studio.sam.account_id, "email": "", "language": "en"},
        {"account": None, "email": "colin@firm.example", "language": "de"},
    ]
    assert kept["reach"] == [{"tier": "management", "people": expected}]
    read = await studio.reads(studio.hana)
    assert read["policies"] == [kept]
    assert [(one["name"], one["email"]) for one in read["members"]] == [
        ("Hana", "hana@example.org"),
        ("Sam", "sam@example.org"),
    ]
    policy = await studio.policy_of(await studio.opens())
    assert [(one.name, one.title) for one in policy.rungs[1].people] == [("Sam", ""), ("Colin Marsh", "Operations")]
    async with studio.way_in.pool.acquire() as conn:
        entries = await conn.fetchval("SELECT string_agg(convert_from(entry, 'UTF8'), ' ') FROM entries")
    assert "firm.example" not in entries
    assert studio.sam.account_id not in entries
    # The same with another way to reach somebody is not the same.
    again = await studio.write(policy=plain(OURS, rungs=rungs))
    assert (again.status_code, again.json()["code"]) == (409, "policy-rewritten")


@pytest.mark.parametrize(
    ("reach", "code"),
    [
        (ways({}, {}), "reach-does-not-fit"),  # two ways for one person
        (ways({}, tier="talks"), "reach-does-not-fit"),  # at a step where nobody decides
        (ways({}) * 2, "reach-does-not-fit"),
        (ways({"email": "nobody"}), "email-needed"),
        (ways({"email": "x" * 255}), "invalid-input"),
        (ways({"account": "0" * 32}), "not-a-colleague"),
        (ways({"account": "0" * 32, "email": "colin@firm.example"}), "reach-does-not-fit"),
    ],
)
async def test_a_way_that_leads_to_nobody_is_refused(studio: Business, reach: list[dict[str, Any]], code: str) -> None:
    answer = await studio.write(reach=reach)
    assert (answer.status_code, answer.json()["code"], bool(answer.json()["next"])) == (400, code, True)
    assert (await studio.reads(studio.hana))["policies"] == []


# ── in cases ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_case_keeps_the_ladder_it_was_opened_with_and_the_next_one_has_the_new(studio: Business) -> None:
    early = await studio.opens()
    await studio.write()
    between = await studio.opens()
    await studio.write(version=2, policy=plain(OURS, name="Newer", unresolved="remind"))
    late = await studio.opens()
    assert await studio.policy_of(early) == DEFAULT_POLICY
    assert await studio.policy_of(between) == OURS
    newest = await studio.policy_of(late)
    assert (newest.name, newest.version, newest.unresolved) == ("Newer", 2, "remind")


async def test_the_ladder_of_a_kind_of_dispute_comes_before_the_general_one(studio: Business) -> None:
    await studio.write(policy=plain(OURS, name="General"))
    await studio.write("billing", policy=plain(OURS, name="Bills"))
    assert (await studio.policy_of(await studio.opens("billing"))).name == "Bills"
    assert (await studio.policy_of(await studio.opens("quality"))).name == "General"


async def test_a_ladder_is_found_by_the_business_itself_and_not_by_what_somebody_types(studio: Business) -> None:
    await studio.write(policy=plain(OURS, name="General"))
    assert (await studio.policy_of(await studio.opens(name=" example  STUDIO "))).name == "General"
    # Another spelling is refused, and never taken for a business without a ladder.
    assert await studio.opens(name="Example Studios Ltd") == "not-your-business"
    # Whoever takes no side opens cases for nobody, whatever name they type.
    assert await studio.policy_of(await studio.opens(opener="mediator")) == DEFAULT_POLICY
    async with studio.way_in.pool.acquire() as conn:
        rows = await conn.fetch("SELECT category, version FROM case_organisations")
    assert [(row["category"], row["version"]) for row in rows] == [("", 1)]


async def test_a_retired_ladder_gives_way_to_the_general_one_and_that_to_the_portals(studio: Business) -> None:
    await studio.write(policy=plain(OURS, name="General"))
    await studio.write("billing", policy=plain(OURS, name="Bills"))
    await studio.write("billing", version=2, policy=plain(OURS, name="Bills"), retired=True)
    assert (await studio.policy_of(await studio.opens("billing"))).name == "General"
    await studio.write(version=2, policy=plain(OURS, name="General"), retired=True)
    assert await studio.policy_of(await studio.opens("billing")) == DEFAULT_POLICY
    assert {one["retired"] for one in (await studio.reads(studio.hana))["policies"]} == {True}
    await studio.write("billing", version=3, policy=plain(OURS, name="Bills again"))
    assert (await studio.policy_of(await studio.opens("billing"))).name == "Bills again"


# ── dry runs, and the days that do not count ────────────────────────────────────────────────────────────────────────


async def test_a_dry_run_says_what_happens_on_which_day_and_writes_nothing(studio: Business) -> None:
    closed = ["2022-12-26", "2022-12-27", "2023-01-02"]
    policy = plain(OURS, calendar={"name": "England", "zone": "Europe/London", "closed": closed})
    answer = await studio.tries(policy)
    assert answer.status_code == 200
    told = answer.json()
    assert [(line["day"], line["what"], line["days_left"], line["then"]) for line in told["lines"]][:4] == [
        ("2022-12-23", "opened", None, None),
        ("2023-01-03", "reminded", 3, None),
        ("2023-01-05", "reminded", 1, None),
        ("2023-01-06", "over", None, "refused"),
    ]
    assert told["closed"] == closed
    steps = [line["tier"] for line in told["lines"] if line["what"] == "step"]
    assert steps[0] == "management", "the step that this ladder has before mediation"
    async with studio.way_in.pool.acquire() as conn:
        assert (
            await conn.fetchval("SELECT count(*) FROM cases") + await conn.fetchval("SELECT count(*) FROM policies")
            == 0
        )


async def test_a_dry_run_of_a_day_that_no_calendar_knows_is_refused(studio: Business) -> None:
    for day in ("1999-12-31", "2200-01-01", "9999-12-31"):
        assert (await studio.tries(plain(OURS), opened_on=day)).json()["code"] == "day-too-far-away", day


async def test_places_and_their_holidays_are_known_for_ten_years(studio: Business) -> None:
    get, headers = studio.way_in.http.get, studio.sam.cookie
    known = (await get("/api/calendars", headers=headers)).json()
    germany = next(one for one in known["countries"] if one["code"] == "DE")
    assert germany["name"] == "Germany"
    assert {"code": "BY", "name": "Bayern"} in germany["regions"]
    assert {"Europe/Berlin", "UTC"} <= set(known["zones"])

    year = clock.now().year
    whole = (await get("/api/calendars/DE?language=de", headers=headers)).json()
    bavaria = (await get("/api/calendars/DE?region=BY", headers=headers)).json()
    assert whole["until"] == year + 9
    assert {"day": f"{year}-10-03", "name": "Tag der Deutschen Einheit"} in whole["days"]
    assert {"day": f"{year + 9}-01-06", "name": "Epiphany"} in bavaria["days"]
    days = [one["day"] for one in bavaria["days"]]
    assert days == sorted(days)
    assert len(days) > len(whole["days"])
    for place in ("DE?region=XX", "XX"):
        assert (await get(f"/api/calendars/{place}", headers=headers)).json()["code"] == "place-unknown"
    assert (await get("/api/calendars/de", headers=headers)).json()["code"] == "invalid-input"


async def test_every_place_that_is_offered_has_days_that_can_be_kept_in_a_ladder(studio: Business) -> None:
    for country in calendars().countries:
        days = [one.day for one in holidays_of(country.code, "", "en", clock.now().year).days]
        assert len(days) <= 1_000, country.name
