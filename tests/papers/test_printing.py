"""Once a case has ended its papers are printed: each once, sealed, and with its hash under the next checkpoint."""

import asyncio
import json
import re
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from mediation.case import chain
from mediation.case import commands as c
from mediation.casework.clockwork import Clockwork
from mediation.casework.waking import LEASE
from mediation.export.bundle import write_own_bundle
from mediation.export.verify import Wrong, check
from mediation.papers.look_up import code_hash
from mediation.papers.printing import Printer
from mediation.papers.sealing import FILE
from mediation.record import log
from mediation.record.doctor import doctor
from signatories import Room, refused


async def settle(room: Room) -> None:
    assert (await room.sign("handler")).status_code == 201
    room.time.on(1, 10)
    assert (await room.sign("client")).status_code == 201
    room.time.now += timedelta(days=10)
    assert await Clockwork(room.docket.casework, now=room.time).look() == 1


def printer(room: Room) -> Printer:
    state = room.app.state
    return Printer(
        room.docket.casework,
        state.storage,
        state.sealer,
        state.bus,
        host="Bridge",
        address="https://mediation.example",
        now=room.time,
    )


async def fetch(room: Room, who: str, name: str, language: str = "en") -> bytes:
    answer = await room.http.get(
        f"/api/cases/{room.docket.case_id}/papers/{name}?language={language}", headers=await room.docket.cookie(who)
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.content


def seal_of(room: Room, pdf: bytes) -> tuple[bool, bool]:
    """Whether the seal holds by the portal's certificate, and whether it covers the whole file."""
    certificates = load_certs_from_pemder_data((room.app.state.settings.keys_dir / FILE).read_bytes())
    reader = PdfFileReader(BytesIO(pdf))
    (signature,) = reader.embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=list(certificates)))
    return bool(status.bottom_line), status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def still_holds(room: Room, pdf: bytes) -> bool:
    try:
        return all(seal_of(room, pdf))
    except Exception:  # noqa: BLE001 - a file that cannot be read any more is no sealed one either
        return False


async def entries(room: Room) -> list[log.Entry]:
    async with room.docket.casework.pool.acquire() as conn:
        found = await log.read(conn, room.docket.case_id, "papers")
    return [one for one in found if isinstance(one, log.Entry)]


async def test_a_settlement_is_printed_in_both_languages_with_its_attestation_and_the_certificate(room: Room) -> None:
    await settle(room)
    assert await printer(room).look() == 6
    assert await printer(room).look() == 0, "each once"
    view = await room.docket.sees("client")
    assert [(one.paper, one.language) for one in view.printed] == [
        (paper, language) for paper in ("settlement", "attestation", "certificate") for language in ("en", "de")
    ]
    for one in view.printed:
        pdf = await fetch(room, "client", f"{one.paper}.pdf", one.language)
        assert (sha256(pdf).hexdigest(), len(pdf)) == (one.sha256, one.size)
        assert await asyncio.to_thread(seal_of, room, pdf) == (True, True)


async def test_the_paper_prints_what_proves_it_and_lies_under_the_next_checkpoint(room: Room) -> None:
    await settle(room)
    async with room.docket.casework.pool.acquire() as conn:
        before = await conn.fetchrow("SELECT checkpoint_n, checkpoint_hash FROM cases")
    assert before is not None
    await printer(room).look()
    async with room.docket.casework.pool.acquire() as conn:
        after = await conn.fetchval("SELECT checkpoint_n FROM cases")
        assert await doctor(conn, room.docket.case_id) == []
    assert after == before["checkpoint_n"] + 1
    printed = [one for one in await entries(room) if one.kind == "PaperPrinted"]
    assert {(one.actor, one.body["checkpoint"]) for one in printed} == {("system", before["checkpoint_n"])}
    words = await asyncio.to_thread(words_of, await fetch(room, "handler", "settlement.pdf"))
    digits = "".join(words.split())
    assert before["checkpoint_hash"].hex() in digits
    assert room.app.state.keyring.key_id in digits
    assert room.app.state.sealer.fingerprint in digits
    assert room.docket.case_id in digits
    assert "nine hundred and forty" in words
    # The text goes with it as the JSON of which its hash is.
    pdf = await fetch(room, "client", "settlement.pdf", "de")
    text = next(one for one in await entries(room) if one.kind == "SettlementEffective")
    attached = await asyncio.to_thread(attached_to, pdf)
    assert attached == chain.jcs(text.body["text"])
    assert chain.text_hash(json.loads(attached)) == text.body["text_hash"]
    assert await asyncio.to_thread(seal_of, room, pdf) == (True, True)
    # One changed byte, wherever it is, breaks the seal.
    for place in (len(pdf) // 3, len(pdf) // 2):
        assert not await asyncio.to_thread(still_holds, room, pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :])


async def test_whoever_takes_their_bundle_has_the_papers_in_it_and_one_flipped_byte_is_found(room: Room) -> None:
    await settle(room)
    await printer(room).look()
    answer = await room.http.get(f"/api/cases/{room.docket.case_id}/bundle", headers=await room.docket.cookie("client"))
    report = check(BytesIO(answer.content))
    proven = {
        f"documents/{paper}-{one}.pdf" for paper in ("settlement", "attestation", "certificate") for one in ("en", "de")
    }
    assert proven | {"documents/settlement.json", "documents/settlement-en.docx"} <= set(report.files)
    assert proven | {"documents/settlement.json"} == set(report.papers)

    async def spoiled(conn: object, case_id: str, participant: str) -> dict[str, bytes]:
        pdf = bytearray(await fetch(room, "client", "settlement.pdf"))
        pdf[-9] ^= 1
        return {"settlement-en.pdf": bytes(pdf)}

    out = BytesIO()
    seat = room.docket.seats["client"].participant_id
    state = room.app.state
    await write_own_bundle(state.readers, room.docket.case_id, seat, out, state.keyring, room.time.now, spoiled)
    with pytest.raises(Wrong, match=r"settlement-en\.pdf is not the paper"):
        check(out)


async def test_a_printing_that_was_cut_short_is_made_up_for_and_leaves_no_second_paper(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settle(room)
    cut = printer(room)

    async def nowhere(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(room.app.state.storage, "settle", nowhere)
        assert await cut.look() == 0
    assert not (await room.docket.sees("client")).printed
    room.time.now += LEASE
    two = printer(room), printer(room)
    assert sorted(await asyncio.gather(*(one.print(room.docket.case_id) for one in two))) == [0, 6]
    async with room.docket.casework.pool.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM printed_papers") == 6
        # The first try, and the printer who was second, left bytes behind that go by themselves.
        assert await conn.fetchval("SELECT count(*) FROM bytes_to_erase") == 7


async def test_a_case_that_ended_otherwise_has_a_certificate_and_no_settlement(room: Room) -> None:
    assert await room.ask("client", "/reopenings", json={"command_id": "1" * 32}) is not None
    await room.docket.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    unready = await room.http.get(
        f"/api/cases/{room.docket.case_id}/papers/certificate.pdf", headers=await room.docket.cookie("client")
    )
    assert refused(unready) == "paper-not-ready"
    assert await printer(room).look() == 2
    words = await asyncio.to_thread(words_of, await fetch(room, "client", "certificate.pdf"))
    assert "It ended without a settlement." in " ".join(words.split())
    for name in ("settlement.pdf", "attestation.pdf", "settlement.docx", "secrets.pdf"):
        answer = await room.http.get(
            f"/api/cases/{room.docket.case_id}/papers/{name}", headers=await room.docket.cookie("client")
        )
        assert refused(answer) == "paper-unknown"


def words_of(pdf: bytes) -> str:
    """All words of a PDF, as a reader finds them."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(document[page].get_textpage().get_text_range() for page in range(len(document)))


def attached_to(pdf: bytes) -> bytes:
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf)
    assert document.count_attachments() == 1
    return bytes(document.get_attachment(0).get_data())


async def test_whoever_holds_a_paper_can_look_it_up_and_learns_no_name(room: Room) -> None:
    await settle(room)
    await printer(room).look()
    pdf = await fetch(room, "client", "certificate.pdf", "de")
    words = await asyncio.to_thread(words_of, pdf)
    assert "https://mediation.example/look-up" in words
    code = re.search(r"\b(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}\b", words)
    assert code is not None
    typed = code[0].lower().replace("-", " ").replace("1", "l").replace("0", "o")
    answer = await room.http.post("/api/look-ups", json={"code": typed})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert (found["sha256"], found["size"]) == (sha256(pdf).hexdigest(), len(pdf))
    assert (found["paper"], found["language"]) == ("certificate", "de")
    assert found["checkpoint_sha256"] in "".join(words.split())
    seal = (
        await room.http.get(f"/api/cases/{room.docket.case_id}/seal", headers=await room.docket.cookie("client"))
    ).json()
    assert (found["sealed_by"], found["sealed_by_sha256"]) == (seal["checkpoint"], seal["checkpoint_sha256"])
    assert found["key"] == seal["key"]
    told = answer.text.lower()
    assert not [name for name in ("client", "handler", "mediator", room.docket.case_id[:8]) if name in told]


async def test_codes_are_not_found_by_trying_and_lie_nowhere_but_on_the_paper(room: Room) -> None:
    await settle(room)
    await printer(room).look()
    async with room.docket.casework.pool.acquire() as conn:
        kept = {row["code_sha256"] for row in await conn.fetch("SELECT code_sha256 FROM printed_papers")}
    assert len(kept) == 6
    words = await asyncio.to_thread(words_of, await fetch(room, "client", "settlement.pdf"))
    code = re.search(r"\b(?:[0-9A-Z]{5}-){3}[0-9A-Z]{5}\b", words)
    assert code is not None
    assert code_hash(code[0]) in kept
    tries = [await room.http.post("/api/look-ups", json={"code": f"00000-0000{n}"}) for n in range(61)]
    assert {refused(answer) for answer in tries[:60]} == {"look-up-unknown"}
    assert refused(tries[60]) == "too-many-tries"
