"""Time stamps from somebody else, over real HTTP: in seals and beside checkpoints, and waited for by nobody."""

import asyncio
import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any
from zipfile import ZipFile

import pytest
from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from mediation.case import commands as c
from mediation.export.verify import check
from mediation.papers import sealing, stamping
from mediation.papers.printing import Printer
from mediation.papers.sealing import FILE, Sealer
from mediation.papers.stamping import NotOurs, Stamper, stamped_by
from papers.test_printing import fetch, settle
from papers.witness import Witness, witness
from signatories import Room
from verifier.both import theirs


@pytest.fixture
def server() -> Iterator[Witness]:
    with witness() as found:
        yield found


def printer_with(room: Room, server: Witness) -> Printer:
    state = room.app.state
    sealer = Sealer(state.settings.keys_dir, "", server.address)
    return Printer(
        room.docket.casework,
        state.storage,
        sealer,
        state.bus,
        host="",
        address="https://mediation.example",
        now=room.time,
    )


async def bundle_of(room: Room) -> BytesIO:
    answer = await room.http.get(f"/api/cases/{room.docket.case_id}/bundle", headers=await room.docket.cookie("client"))
    return BytesIO(answer.content)


def checkpoints(bundle: BytesIO) -> list[dict[str, str]]:
    with ZipFile(bundle) as archive:
        return [json.loads(line) for line in archive.read("checkpoints.jsonl").splitlines()]


async def test_a_seal_carries_the_time_of_somebody_else(room: Room, server: Witness) -> None:
    await settle(room)
    await printer_with(room, server).look()
    pdf = await fetch(room, "client", "certificate.pdf")
    own = list(load_certs_from_pemder_data((room.app.state.settings.keys_dir / FILE).read_bytes()))

    def validate() -> None:
        (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
        trusted = ValidationContext(trust_roots=[*own, server.certificate])
        status = validate_pdf_signature(signature, trusted, ts_validation_context=trusted)
        assert status.bottom_line
        assert status.timestamp_validity is not None
        assert status.timestamp_validity.valid
        assert status.timestamp_validity.trusted

    await asyncio.to_thread(validate)


async def test_the_newest_checkpoint_is_stamped_and_its_bundle_verifies_with_the_token_in_it(
    room: Room, server: Witness, tmp_path: Path
) -> None:
    class Mistaken:
        async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
            return await HTTPTimeStamper(server.address).async_timestamp(bytes(len(message_digest)), md_algorithm)

    pool = room.docket.casework.pool
    with pytest.raises(NotOurs):
        await Stamper(pool, "", lambda _address: Mistaken()).look()
    assert not check(await bundle_of(room)).has_timestamps, "a token over something else is not kept"
    stamper = Stamper(pool, server.address)
    assert await stamper.look() == 1
    assert await stamper.look() == 0
    bundle = await bundle_of(room)
    *earlier, newest = checkpoints(bundle)
    assert {line["tst"] for line in earlier} == {None}
    token = ContentInfo.load(base64.b64decode(newest["tst"]))
    assert stamped_by(token) == sha256(newest["k"].encode() + bytes.fromhex(newest["sig"])).digest()
    assert check(bundle).has_timestamps
    (other,) = await asyncio.to_thread(theirs, tmp_path, [bundle.getvalue()])
    assert other.proven, other.said
    await room.docket.do("mediator", c.OpenSession)
    assert await stamper.look() == 1, "a new checkpoint"
    assert [line["tst"] is not None for line in checkpoints(await bundle_of(room))][-2:] == [True, True]


async def test_a_server_that_is_silent_or_away_keeps_no_paper_and_no_command_waiting(
    room: Room, server: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "_SERVER_TAKES", 0.5)
    monkeypatch.setattr(stamping, "_PATIENCE", timedelta(seconds=0.5))
    server.is_silent = True
    stamper = Stamper(room.docket.casework.pool, server.address)
    looking = asyncio.create_task(stamper.look())
    await settle(room)
    began = monotonic()
    assert await printer_with(room, server).look() == 6, "sealed without, and asked once for all six"
    assert monotonic() - began < 10
    assert server.asked == 2
    with pytest.raises(TimeoutError):
        await looking
    server.address = "http://127.0.0.1:9/nobody"
    with pytest.raises(TimestampRequestError):
        await Stamper(room.docket.casework.pool, server.address).look()
    assert not check(await bundle_of(room)).has_timestamps
