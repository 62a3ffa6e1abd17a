"""The certificate of outcome: whether a mediation took place, when people met and who came, and nothing else."""

import asyncio
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import msgspec
import pytest
from docx import Document
from msgspec.structs import replace

from casebook import CASE, Story, mediated_case, opened_case, person
from desk import Desk, code_of
from mediation.case import commands as c
from mediation.papers.outcome import certificate
from mediation.papers.printing import Printer
from mediation.papers.word import mended, paper_file
from mediation.papers.words import LANGUAGES, WORDS, Language
from office import Docket
from papers.sources import a_source
from papers.test_printing import words_of

PLACE = "https://calls.example/our-room"


def certified(case: Story, language: Language = "en") -> dict[str, Any]:
    """What the certificate says, as it is put on paper."""
    source = replace(a_source({"type": "doc"}), case_id=CASE, papers=case.papers, node=None, text_hash=None)
    return certificate(source, language, str)


def part(case: Story, heading: str, language: Language = "en") -> list[str]:
    """The lines of one part, each as it reads."""
    found = next(one for one in certified(case, language)["parts"] if one["heading"] == WORDS[language][heading])
    return [f"{line['name']}: {''.join(run['s'] for run in line['runs'])}" for line in found["lines"]]


def says(case: Story) -> str:
    return " ".join("".join(run["s"] for run in one) for one in certified(case)["says"])


def meets(case: Story, room: str = "talks", days: int = 1) -> str:
    """A meeting that suits both, so many days from now."""
    starts_at = case.now.replace(hour=10, minute=0, second=0) + timedelta(days=days)
    slots = (c.MeetingSlot(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)),)
    meeting = case.do("handler", c.ProposeMeeting, room=room, slots=slots, zone="Europe/Berlin", where=PLACE)
    case.do("client", c.AnswerMeeting, room=room, proposal=meeting, suits=(0,))
    case.do("client", c.SetMeeting, room=room, proposal=meeting, slot=0)
    return meeting


def never_mediated() -> Story:
    """Management first; the sides met, called one meeting off, and nobody says whether they met a third time."""
    case = opened_case(ladder=("talks", "management", "referral")).having("manager", "manager", "business")
    case.do("client", c.StepTier, to="management")
    first = meets(case)
    case.after(timedelta(days=2))
    case.do("handler", c.NoteAttendance, meeting=first, attended=(person("handler"), person("manager")))
    case.do("handler", c.CancelMeeting, meeting=meets(case))
    meets(case, days=3)
    case.after(timedelta(days=4))
    meets(case, days=30)
    case.do("client", c.Leave, reason="I had enough of it.")
    return case


def test_where_nobody_mediated_it_says_that_and_when_the_sides_met_and_who_came_as_each_says() -> None:
    case = never_mediated()
    assert says(case).startswith("A mediation did not take place. The matter ended without a settlement.")
    assert certified(case)["title"] == "Certificate of outcome"
    first, off, unsaid = part(case, "meetings")
    assert first == (
        "Meeting 1: with management; 1 February 2026, 10:00:00 UTC to 1 February 2026, 11:00:00 UTC; "
        "attended for Example Studio by Handler, Manager"
    )
    assert off.endswith("did not take place")
    assert unsaid.endswith("whether it took place was not recorded")
    assert part(case, "meetings", "de")[1].endswith("fand nicht statt")


def test_a_mediators_word_on_who_came_stands_for_all() -> None:
    case = mediated_case()
    meeting = meets(case, "joint")
    case.after(timedelta(days=2))
    case.do("mediator", c.OpenSession)
    case.do("mediator", c.CloseSession, attended=(person("client"),))
    everybody = tuple(person(who) for who in ("client", "handler", "mediator"))
    case.do("mediator", c.NoteAttendance, meeting=meeting, attended=everybody)
    case.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    assert says(case).startswith("A mediation took place. It ended without a settlement.")
    assert part(case, "meetings")[0].endswith("attended by Client, Handler, Mediator")
    assert part(case, "sessions")[0].endswith("attended by Client")


def test_where_nobody_met_by_appointment_nothing_is_said_of_it() -> None:
    case = mediated_case()
    case.do("mediator", c.EndMediation, outcome="settled")
    headings = [one["heading"] for one in certified(case)["parts"]]
    assert WORDS["en"]["meetings"] not in headings


def test_it_never_says_why_or_who_left_or_who_called_it_off_or_where_one_met() -> None:
    case = never_mediated()
    told = msgspec.json.encode([certified(case)[name] for name in ("says", "parts")]).decode()
    for secret in (PLACE, "enough of it", "left", "called off"):
        assert secret not in told
    other = opened_case(ladder=("talks", "management", "referral"))
    other.do("handler", c.Leave)
    same = opened_case(ladder=("talks", "management", "referral"))
    same.do("client", c.Leave)
    assert certified(other) == certified(same)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_word_file_says_the_same_and_that_it_is_a_copy(language: Language) -> None:
    case = never_mediated()
    source = replace(a_source({"type": "doc"}), papers=case.papers, node=None, text_hash=None)
    data = certificate(source, language, mended)
    document = Document(BytesIO(paper_file(data, case.now)))
    shown = [p.text for p in document.paragraphs] + [c.text for t in document.tables for r in t.rows for c in r.cells]
    assert WORDS[language]["copy"] in shown
    assert WORDS[language]["meetings"] in shown
    for one in data["parts"]:
        for line in one["lines"]:
            assert line["name"] in shown
    assert any("Manager" in one for one in shown)


async def certificate_of(desk: Desk, form: str, language: str) -> bytes:
    answer = await desk.ask("client", "GET", f"/papers/certificate.{form}?language={language}")
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_what_nobody_mediated_is_sent_on_ended_as_referred_and_certified_and_rests_then(desk: Desk) -> None:
    state = desk.app.state
    docket = desk.docket = await Docket(state.casework).open()
    await docket.join("client", "principal", "client")
    for step in ("mediation", "management"):
        await docket.do("client", c.StepTier, to=step)
    for side in ("client", "handler"):
        await docket.do(side, c.StepTier, to="referral")
    proposal = c.Proposal(kind="ombudsman", institution="The ombudsman", court_stays_open=True, binding=False)
    referral = await docket.do("client", c.ProposeReferral, proposal=proposal)
    ending = {"command_id": "2" * 32, "outcome": "referred"}
    too_soon = await desk.ask("handler", "POST", "/endings", json=ending)
    assert code_of(too_soon) == (409, "nothing-was-referred")
    assert "Send the referral first" in too_soon.text
    view = (await docket.sees("client")).referral
    assert view is not None
    await docket.do("client", c.SendReferral, referral=referral, pack_sha256=view.referrals[0].pack_sha256)
    assert (await desk.ask("handler", "POST", "/endings", json=ending)).status_code == 201
    printer = Printer(state.casework, state.storage, state.sealer, state.bus, host="Bridge", address="https://here")
    # The portal's own may be at it too; each paper is printed once.
    await printer.print(docket.case_id)
    printed = (await docket.sees("handler")).printed
    assert sorted((one.paper, one.language) for one in printed) == [("certificate", "de"), ("certificate", "en")]
    for language, says in (("en", "A mediation did not take place."), ("de", "hat nicht stattgefunden.")):
        words = await asyncio.to_thread(words_of, await certificate_of(desk, "pdf", language))
        assert says in " ".join(words.split())
        copy = Document(BytesIO(await certificate_of(desk, "docx", language)))
        assert says in " ".join(paragraph.text for paragraph in copy.paragraphs)
    async with docket.casework.pool.acquire() as conn:
        waits = await conn.fetchval("SELECT count(*) FROM due WHERE case_id = $1", UUID(hex=docket.case_id))
    assert waits == 0, "nothing is due any more"
