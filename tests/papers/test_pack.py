"""The pack to carry away: the same for everybody on the case, and with nothing of what was said."""

import hashlib
import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from desk import Desk, code_of
from ended import MARK, end
from evidence.test_exhibits import LETTER, chosen, refer
from mediation.case import commands as c
from mediation.papers.pack_words import PACK
from mediation.papers.words import LANGUAGES
from packs import holds

FORMS = ("pack.pdf", "pack.docx", "pack.json", "pack.zip")
TYPES = {"pack.pdf": b"%PDF-", "pack.docx": b"PK", "pack.json": b"{", "pack.zip": b"PK"}


async def pack(desk: Desk, who: str, referral: str, form: str, language: str = "en") -> bytes:
    answer = await desk.ask(who, "GET", f"/referrals/{referral}/{form}?language={language}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.startswith(TYPES[form])
    return answer.content


async def send(desk: Desk, who: str, referral: str) -> None:
    view = (await desk.docket.sees(who)).referral
    assert view is not None
    shown = next(one for one in view.referrals if one.referral == referral)
    await desk.docket.do(who, c.SendReferral, referral=referral, pack_sha256=shown.pack_sha256)


async def test_everybody_on_the_case_gets_the_same_bytes_in_every_form_and_language(desk: Desk) -> None:
    await desk.docket.join("lawyer", "legal", None)
    file = await desk.send("client", "joint", LETTER)
    referral = await refer(desk, description="The wombat came late.")
    await chosen(desk, "client", referral, file, "Letter: 5 March.pdf")
    await send(desk, "client", referral)
    for language in LANGUAGES:
        for form in FORMS:
            got = {who: await pack(desk, who, referral, form, language) for who in ("client", "handler", "lawyer")}
            assert len(set(got.values())) == 1, form
            assert holds(form, got["client"], "wombat"), form
    with ZipFile(BytesIO(await pack(desk, "lawyer", referral, "pack.zip"))) as archive:
        names = archive.namelist()
        assert names[-2:] == ["exhibits/01 Letter_ 5 March.pdf", "SHA256SUMS"]
        sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
        assert sums == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names[:-1]}
        assert archive.read(names[-2]) == LETTER


async def test_what_was_sent_is_what_the_record_holds(desk: Desk) -> None:
    referral = await refer(desk)
    await send(desk, "client", referral)
    await desk.docket.join("lawyer", "counsel", "client")
    made = await pack(desk, "handler", referral, "pack.json")
    page = (await desk.ask("handler", "GET", "/rooms/papers/entries")).json()
    sent = next(entry["body"] for entry in page["entries"] if entry["kind"] == "ReferralSent")
    assert sent["sha256"] == hashlib.sha256(made).hexdigest()
    assert sent["pack"] == json.loads(made)
    assert not holds("pack.json", made, "Lawyer"), "who comes later is not in it"


async def test_before_it_is_sent_it_says_so_and_a_withdrawn_one_is_gone(desk: Desk) -> None:
    referral = await refer(desk)
    draft = await pack(desk, "handler", referral, "pack.pdf", "de")
    assert holds("pack.pdf", draft, "".join(PACK["de"]["not-sent"].split()))
    await send(desk, "client", referral)
    sent = await pack(desk, "handler", referral, "pack.pdf", "de")
    assert not holds("pack.pdf", sent, "".join(PACK["de"]["not-sent"].split()))
    other = await desk.docket.do(
        "client", c.ProposeReferral, proposal=c.Proposal(kind="ombudsman", court_stays_open=True, binding=False)
    )
    await desk.docket.do("client", c.WithdrawReferral, referral=other)
    assert code_of(await desk.ask("client", "GET", f"/referrals/{other}/pack.pdf")) == (404, "paper-unknown")
    for path in (f"/referrals/{referral}/pack.exe", "/referrals/nothing/pack.pdf"):
        assert code_of(await desk.ask("client", "GET", path)) == (404, "paper-unknown")


async def test_nothing_that_was_said_in_the_portal_is_in_any_form(desk: Desk) -> None:
    for who, room in (("client", "joint"), ("client", "team-client"), ("handler", "caucus-business")):
        await desk.send(who, room, MARK.encode(), name=f"{MARK} of {room}.txt")
    await desk.ask("mediator", "PUT", "/notes", json={"text": f"the {MARK} is theirs"})
    referral = await refer(desk, description="The wombat came late.")
    await desk.docket.do("client", c.GiveContact, contact="At home")
    await end(desk.docket, desk.app.state.bus)
    await send(desk, "client", referral)
    for language in LANGUAGES:
        for form in FORMS:
            made = await pack(desk, "handler", referral, form, language)
            assert holds(form, made, "wombat"), form
            assert not holds(form, made, MARK), form


async def test_sending_tells_everybody_at_once_and_no_mail_says_what_it_is(desk: Desk) -> None:
    pool = desk.app.state.pool
    await pool.execute("UPDATE accounts SET email = 'p' || account_id::text || '@example.org'")
    referral = await refer(desk, description="The wombat came late.", institution="The wombat office")
    before = await pool.fetchval("SELECT count(*) FROM outbox")
    await send(desk, "client", referral)
    rows = [str(dict(row)) for row in await pool.fetch("SELECT * FROM outbox ORDER BY 1")]
    assert len(rows) - before == len(desk.docket.seats) - 1, "everybody but the one who sends it"
    assert not any("wombat" in row for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language: Any) -> None:
    assert set(PACK[language]) == set(PACK["en"])
