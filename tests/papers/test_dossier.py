"""What goes with a bundle for a lawyer: it can be produced as it is, so nothing confidential is in it."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdfium2  # type: ignore[import-untyped]
import pytest
from docx import Document

from casebook import opened_case
from desk import Desk, sha256
from ended import MARK, end
from mediation.case.events import KINDS
from mediation.export.verify import check
from mediation.papers import typesetting
from mediation.papers.dossier_words import DOSSIER
from mediation.papers.telling import Teller, money
from mediation.papers.telling_words import TELLING
from mediation.papers.words import LANGUAGES
from mediation.record import log

TO_PRODUCE = ("chronology", "exhibits", "custodian")


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


async def carried(desk: Desk, who: str) -> dict[str, bytes]:
    """The files in documents/ of somebody's bundle, which verifies."""
    answer = await desk.ask(who, "GET", "/bundle")
    assert answer.status_code == 200
    check(BytesIO(answer.content))
    with ZipFile(BytesIO(answer.content)) as bundle:
        return {
            name.removeprefix("documents/"): bundle.read(name) for name in bundle.namelist() if "documents/" in name
        }


def in_words(name: str, content: bytes) -> str:
    if name.endswith(".pdf"):
        return words_of(content)
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def to_produce(files: dict[str, bytes]) -> dict[str, str]:
    return {name: in_words(name, content) for name, content in files.items() if name.startswith(TO_PRODUCE)}


async def plant(desk: Desk) -> dict[str, str]:
    """A file in every room of each side, named after what must not get about; returns the names by room."""
    names = {}
    for who, room in (
        ("client", "joint"),
        ("client", "caucus-client"),
        ("client", "team-client"),
        ("handler", "caucus-business"),
        ("handler", "team-business"),
    ):
        names[room] = f"{MARK} of {room}.txt"
        await desk.send(who, room, names[room].encode(), name=names[room])
    await desk.ask("mediator", "PUT", "/notes", json={"text": f"the {MARK} is theirs"})
    return names


async def test_nothing_confidential_is_in_what_may_be_produced_whoever_takes_it(desk: Desk) -> None:
    await desk.docket.join("lawyer", "legal", None)
    await desk.send("client", "talks", b"an invoice", name="invoice 17.txt")
    names = await plant(desk)
    await end(desk.docket, desk.app.state.bus)
    rooms = {
        "client": ["joint", "caucus-client", "team-client"],
        "handler": ["joint", "caucus-business", "team-business"],
        "mediator": ["joint", "caucus-client", "caucus-business"],
        "lawyer": [],
    }
    for who, read in rooms.items():
        files = await carried(desk, who)
        found = await asyncio.to_thread(to_produce, files)
        assert set(found) == {
            *(f"{name}_{language}.pdf" for name in TO_PRODUCE for language in LANGUAGES),
            *(f"custodian_{language}.docx" for language in LANGUAGES),
        }
        for name, text in found.items():
            assert MARK not in text, (who, name)
            assert ("invoice 17.txt" in text) == (who != "lawyer"), (who, name)
        # What was shown in confidence is listed apart, and for those who were there.
        apart = files.get("confidential-files_en.pdf")
        listed = await asyncio.to_thread(words_of, apart) if apart is not None else ""
        assert {room for room, name in names.items() if name in listed} == set(read)


async def test_what_is_said_in_confidence_changes_no_byte_of_what_may_be_produced(desk: Desk) -> None:
    before = {who: await carried(desk, who) for who in ("client", "handler")}
    await plant(desk)
    for room in ("joint", "caucus-client", "team-client"):
        await desk.docket.say("client", room, f"{MARK} again")
    for who, files in before.items():
        after = await carried(desk, who)
        assert files == {name: content for name, content in after.items() if not name.startswith("confidential")}


async def test_each_line_names_its_entry_and_each_exhibit_its_hash_and_where_it_came_from(desk: Desk) -> None:
    await desk.docket.say("client", "talks", "word " * 200)
    await desk.send("handler", "talks", b"an offer", name="offer.txt", origin="made-for-mediation")
    await desk.send("client", "talks", b"a mistake", name="mistake.txt")
    async with desk.app.state.pool.acquire() as conn:
        await log.erase(conn, desk.docket.case_id, "talks", 3)
    files = await carried(desk, "handler")
    told = " ".join(words_of(files["chronology_en.pdf"]).split())
    assert "The mediation began." in told
    assert "Direct talks 1 Client wrote: “word word" in told
    assert "word…”" in told
    assert "are erased or withheld; that they were written is proven (Direct talks): 3." in told
    listed = " ".join(words_of(files["exhibits_de.pdf"]).split())
    assert "E1 offer.txt 8 Byte, für die Mediation gemacht Direkte Gespräche 2" in listed
    assert sha256(b"an offer") in listed.replace(" ", "")
    assert "mistake" not in told + listed


async def test_a_custodian_finds_hashes_filled_in_and_everything_they_must_say_empty(desk: Desk) -> None:
    seal = (await desk.ask("client", "GET", "/seal")).json()
    answer = await desk.ask("client", "GET", "/bundle")
    with ZipFile(BytesIO(answer.content)) as bundle:
        heads = json.loads(bundle.read("manifest.json"))["heads"]
        form = Document(BytesIO(bundle.read("documents/custodian_en.docx")))
        printed = "".join(words_of(bundle.read("documents/custodian_de.pdf")).split())
    filled = "".join(cell.text for table in form.tables for row in table.rows for cell in row.cells)
    for digits in (seal["checkpoint_sha256"], seal["key"], heads["papers"]["head"], heads["talks"]["head"]):
        assert digits in "".join(filled.split())
        assert digits in printed
    left = {row.cells[0].text: row.cells[1].text for table in form.tables for row in table.rows}
    for field in ("name", "position", "organisation", "address", "file-hash", "file-checked", "place-date", "signed"):
        assert left[DOSSIER["en"][field]] == ""


async def test_a_bundle_goes_out_without_them_rather_than_not_at_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_PATIENCE", timedelta(milliseconds=1))
    assert await carried(desk, "client") == {}


def test_every_language_has_the_same_sentences_and_each_paper_one() -> None:
    assert set(TELLING["en"]) == set(TELLING["de"])
    assert set(DOSSIER["en"]) == set(DOSSIER["de"])
    forms = {form.split(" ")[0] for form in TELLING["en"]}
    kinds = list(KINDS)
    talks = {"MessagePosted", "FileAdded", "FileWithdrawn", "OfferMade", "OfferAnswered", "OfferWithdrawn"}
    talks |= {"MeetingProposed", "MeetingAnswered", "MeetingChosen", "MeetingWithdrawn"}
    assert {*kinds[: kinds.index("RoomOpened")], *talks} <= forms


def test_what_was_due_and_done_late_is_told_as_late() -> None:
    case = opened_case()
    due_at = datetime(2026, 2, 3, tzinfo=UTC)
    body = {"term": "answer", "party": "business", "due_at": due_at.isoformat(), "then": "refused"}
    told = [
        Teller(case.papers, [], "en").tell(log.Entry("papers", 9, due_at + late, "system", "TermExpired", body))
        for late in (timedelta(minutes=1), timedelta(days=7))
    ]
    assert told[0] == "The time of Example Studio for an answer was over. That counts as a refusal."
    assert told[1] == f"{told[0]} That was due on 3 February 2026, 00:00:00 UTC, and was done late."


def test_an_amount_has_the_decimals_of_its_currency() -> None:
    assert money(320_000, "EUR", "en") == "EUR 3,200.00"
    assert money(320_005, "EUR", "de") == "EUR 3.200,05"
    assert money(320_000, "JPY", "en") == "JPY 320,000"
    assert money(1_234, "KWD", "en") == "KWD 1.234"
