"""The case on one page as a paper: one page it is, whatever stands on it, in every language."""

import asyncio
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from msgspec.structs import replace

from casebook import CASE
from desk import Desk
from mediation.case import commands as c
from mediation.case.show.brief import (
    Brief,
    BriefMeeting,
    BriefOffer,
    BriefPosition,
    BriefSide,
    BriefStandstill,
    BriefStep,
    BriefText,
    cut,
)
from mediation.case.terms import Money, Tier
from mediation.case.view import NowNext
from mediation.papers.brief import page
from mediation.papers.brief_words import BRIEF
from mediation.papers.typesetting import typeset
from mediation.papers.words import LANGUAGES, Language

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
NOTHING = Brief(
    title="The website that came late", category="timeline", account="It came in June.", is_account_cut=False,
    amount=None, since="", wish="", opened_at=AT, process="talks", outcome=None, mediator=None,
    line=NowNext(now="talks", next="talk-or-invite-mediator", yours=True), role="manager", party="business", dates=[],
    sides=[BriefSide(party=party, name=party.title(), capacity="business", people=[], more_people=0, can_agree=None,
                     to_call="", positions=[], more_positions=0) for party in ("business", "client")],
    steps=[BriefStep(tier="talks", state="here", reached_at=AT)], met=[], more_met=0, reads_table=False, issues=[],
    more_issues=0, common=[], more_common=0, offers=[], more_offers=0, text=None,
    standstill=BriefStandstill(agreed_at=None, until=None),
)  # fmt: skip


def as_full_as_can_be() -> Brief:
    """Every line at its longest: `brief_for` lets through no more of anything."""
    said, longer, longest = (cut("Gesellschaft " * 50, most) for most in (110, 160, 400))
    people = [f"Dr. Maximiliane Musterfrau-Beispielsdorf {n}" for n in range(4)]
    position = BriefPosition(by="Max", text=longer, wants=said)
    sides = [
        replace(
            side, name="Beispielstudio für Gestaltung GmbH & Co. KG", people=people, more_people=4, can_agree=people,
            to_call=said, positions=[position] * 2, more_positions=7,
        )
        for side in NOTHING.sides
    ]  # fmt: skip
    tiers: tuple[Tier, ...] = ("talks", "mediation", "management", "executive", "referral")
    return replace(
        NOTHING, account=longest, amount=Money(minor=10**14, currency="EUR"), since=said, wish=longer, mediator="Amara",
        sides=sides, steps=[BriefStep(tier=tier, state="done", reached_at=AT) for tier in tiers],
        met=[BriefMeeting(starts_at=AT, is_held=True, attended=people)] * 3, more_met=9, reads_table=True,
        issues=[said] * 4, more_issues=9, common=[said] * 4, more_common=9,
        offers=[BriefOffer(party="client", amount=Money(minor=10**14, currency="EUR"), terms=said, at=AT)] * 3,
        more_offers=9, process="mediation", standstill=BriefStandstill(agreed_at=AT, until=AT.date()),
        text=BriefText(clauses=40, both=3, business=5, client=9, frozen_at=AT, signed_by=["client"], effective_at=AT),
    )  # fmt: skip


async def made(brief: Brief, language: Language) -> pypdfium2.PdfDocument:
    pdf = await typeset("brief", lambda mend: page(brief, "Colin Marsh", CASE, language, mend, AT), AT)
    return pypdfium2.PdfDocument(BytesIO(pdf))


def words_on(document: pypdfium2.PdfDocument) -> str:
    return " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())


def test_both_languages_say_the_same_things() -> None:
    assert set(BRIEF["en"]) == set(BRIEF["de"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("brief", [NOTHING, as_full_as_can_be()], ids=["nothing said", "as full as can be"])
async def test_it_is_one_page(brief: Brief, language: Language) -> None:
    document = await made(brief, language)
    assert len(document) == 1
    shown = words_on(document)
    assert "Colin Marsh" in shown
    state = "may-run" if brief is NOTHING else "stand-still"
    assert BRIEF[language][f"limits {state}"].split("{")[0] in shown
    assert (BRIEF[language]["confidential"] in shown) == brief.reads_table


@pytest.mark.parametrize(
    ("change", "says", "can_agree"),
    [
        ({}, "Legal time limits may be running meanwhile.", True),
        ({"process": "ended"}, "Legal time limits may be running meanwhile.", False),
        (
            {"standstill": BriefStandstill(agreed_at=AT, until=AT.date())},
            "until the end of 22 November",
            False,
        ),
        ({"standstill": BriefStandstill(agreed_at=AT, until=date(2026, 11, 21))}, "may be running again", True),
    ],
)
def test_it_says_how_it_is_with_time_limits_at_this_moment_and_what_can_be_done(
    change: dict[str, Any], says: str, *, can_agree: bool
) -> None:
    notes = page(replace(NOTHING, **change), "Colin Marsh", CASE, "en", str, AT)["notes"]
    shown = "".join(run["s"] for run in notes[0])
    assert says in shown
    assert ("Both sides can agree on the portal" in shown) == can_agree


async def test_what_somebody_typed_is_shown_and_never_read_as_a_form() -> None:
    odd = replace(NOTHING, account="{name} #import \u0007 *bold* {n-client}", title=" \u200b ")
    shown = words_on(await made(odd, "en"))
    assert "{name} #import [U+0007] *bold* {n-client}" in shown


async def test_a_manager_takes_along_what_they_read_and_the_client_what_they_do(desk: Desk) -> None:
    docket = desk.docket
    await docket.join("manager", "manager", "business")
    await docket.do("client", c.StatePosition, text="Seven weeks without orders.")
    await docket.do("client", c.PostMessage, room="team-client", text="We would take half.")
    for who, reads_table in (("manager", False), ("client", True)):
        told = (await desk.ask(who, "GET", "/brief")).json()
        assert told["reads_table"] is reads_table
        answer = await desk.ask(who, "GET", "/brief.pdf?language=de")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"].startswith("attachment")
        document = await asyncio.to_thread(pypdfium2.PdfDocument, BytesIO(answer.content))
        shown = words_on(document)
        assert ("Seven weeks without orders." in shown) == reads_table
        assert "We would take half" not in shown
