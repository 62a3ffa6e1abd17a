"""A referral's pack to carry away, for everybody who reads the papers: PDF, Word, JSON, or all of it with the exhibits.

Before it is sent the same addresses show how it would go out, marked as a draft.
"""

import asyncio
import re
import zipfile
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from functools import partial
from hashlib import sha256
from io import SEEK_END
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.chain import jcs
from mediation.case.referral import Pack, pack_sha256, shown_pack, spelt_out
from mediation.case.terms import PAPERS
from mediation.casework.attachment import Attachment
from mediation.casework.handle import Casework
from mediation.db import Connection, reading_as
from mediation.identity import limits
from mediation.identity.guards import SEAT, Seat, seat_of
from mediation.identity.limits import Budget
from mediation.papers import problems
from mediation.papers.pack import Sent, content
from mediation.papers.typesetting import CannotTypeset, Job, typeset_all
from mediation.papers.word import mended, pack_file
from mediation.papers.words import LANGUAGES, Language
from mediation.problems import Problem
from mediation.storage import NoSuchPart, Storage

AnyRequest = Request[Any, Any, State]

PACKS: Final = Budget("referral-pack", 60)
_MOST: Final = 500 << 20
"""Bytes of exhibits in one zip; more are saved one by one."""
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)
_PIECE: Final = 1 << 18
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES: Final = {
    "pack.pdf": "application/pdf",
    "pack.docx": _DOCX,
    "pack.json": "application/json",
    "pack.zip": "application/zip",
}


class Kept(NamedTuple):
    """Where an exhibit's bytes lie."""

    number: int
    name: str
    size: int
    sha256: str
    key: str
    parts: tuple[str, ...]


class Found(NamedTuple):
    """A pack, and what is printed around it."""

    pack: Pack
    sent: Sent
    at: datetime
    """Of the files: when it was sent; before that, when it was proposed, so that looking twice shows the same."""
    kept: list[Kept]


@get(
    "/cases/{case_id:str}/referrals/{referral:str}/{paper:str}",
    opt={"who": SEAT},
    media_type="application/octet-stream",
    tags=["papers"],
    description="`paper` is pack.pdf, pack.docx, pack.json, or pack.zip with all of these and the exhibits.",
)
async def referral_pack(
    request: AnyRequest,
    case_id: FromPath[str],
    referral: FromPath[str],
    paper: FromPath[str],
    language: FromQuery[Language] = "en",
) -> Response[bytes]:
    """What goes, or went, to the institution and to all sides."""
    if paper not in _TYPES:
        raise problems.paper_unknown()
    seat = seat_of(request)
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, PACKS, seat.account_id, clock.now())
    found = await _find(request, seat, referral)
    name = f"referral-{case_id[:8]}-{referral[:8]}"
    if paper == "pack.json":
        return _saved(jcs(spelt_out(found.pack)), paper, f"{name}.json")
    if paper == "pack.docx":
        return _saved(await _in_word(found, language), paper, f"{name}-{language}.docx")
    if paper == "pack.pdf":
        (made,) = await _as_pdfs(request, found, [language])
        return _saved(made, paper, f"{name}-{language}.pdf")
    # One at a time in each process: it may come to half a gigabyte.
    async with request.app.state.packing:
        return await _zipped(request, found, f"{name}.zip")


async def _find(request: AnyRequest, seat: Seat, referral: str) -> Found:
    """The pack as this person reads the papers. Raises `paper_unknown`."""
    casework: Casework = request.app.state.casework
    async with reading_as(request.app.state.readers, seat.case_id, seat.participant_id) as conn:
        papers = (await casework.known(conn, seat.case_id, seat.participant_id)).papers
        one = papers.referrals.get(referral)
        if one is None or one.withdrawn:
            raise problems.paper_unknown()
        pack = shown_pack(papers, referral)
        order = sorted(one.exhibits.values(), key=lambda e: (e.at, e.exhibit))
        kept = await _kept(conn, seat.case_id, [e.exhibit for e in order])
    sent = Sent(
        case_id=seat.case_id,
        address=request.app.state.settings.base_url,
        sha256=one.pack_sha256 or pack_sha256(pack),
        at=one.sent_at,
    )
    return Found(pack, sent, one.sent_at or one.at, kept)


async def _kept(conn: Connection, case_id: str, exhibits: Sequence[str]) -> list[Kept]:
    rows = await conn.fetch(
        """
        SELECT file_id, name, size, sha256, key, parts FROM files
        WHERE case_id = $1 AND room = $2 AND file_id = ANY($3::uuid[])
        """,
        UUID(case_id),
        PAPERS,
        [UUID(one) for one in exhibits],
    )
    by_id = {row["file_id"].hex: row for row in rows}
    return [
        Kept(number, row["name"], row["size"], row["sha256"].hex(), row["key"], tuple(row["parts"]))
        for number, one in enumerate(exhibits, 1)
        if (row := by_id.get(one)) is not None
    ]


async def _in_word(found: Found, language: Language) -> bytes:
    data = content(found.pack, found.sent, language, mended)
    return await asyncio.to_thread(pack_file, data, found.at)


async def _as_pdfs(request: AnyRequest, found: Found, languages: Sequence[Language]) -> list[bytes]:
    attached = jcs(spelt_out(found.pack))
    jobs = [Job("pack", partial(content, found.pack, found.sent, one), found.at, attached) for one in languages]
    try:
        async with request.app.state.typesetting:
            return await typeset_all(jobs)
    except CannotTypeset as failed:
        raise problems.cannot_be_made() from failed


async def _zipped(request: AnyRequest, found: Found, name: str) -> Response[bytes]:
    if sum(one.size for one in found.kept) > _MOST:
        raise Problem(
            409,
            "pack-too-large",
            "With its exhibits the pack would be larger than it can be.",
            "Save the pack as PDF, and the exhibits one by one.",
        )
    files: dict[str, bytes] = {"referral.json": jcs(spelt_out(found.pack))}
    for language, made in zip(LANGUAGES, await _as_pdfs(request, found, LANGUAGES), strict=True):
        files[f"referral-{language}.pdf"] = made
        files[f"referral-{language}.docx"] = await _in_word(found, language)
    out = TemporaryFile()  # noqa: SIM115 - it is open for as long as it is being sent
    try:
        await _pack(out, files, found.kept, request.app.state.storage)
    except BaseException:
        out.close()
        raise
    return Attachment(
        _pieces_of(out),
        size=out.seek(0, SEEK_END),
        media_type=_TYPES["pack.zip"],
        disposition=f'attachment; filename="{name}"',
    )


async def _pack(out: BinaryIO, files: dict[str, bytes], kept: Sequence[Kept], storage: Storage) -> None:
    """Everything, with a list of hashes that common tools can check. Raises `paper_lost` unless every byte is right."""
    sums = [f"{sha256(made).hexdigest()}  {name}" for name, made in files.items()]
    with zipfile.ZipFile(out, "w") as archive:
        for name, made in files.items():
            archive.writestr(_info(name), made)
        for one in kept:
            name = f"exhibits/{one.number:02d} {_plain(one.name)}"
            sums.append(f"{one.sha256}  {name}")
            reckoned = sha256()
            info = _info(name)
            info.file_size = one.size
            try:
                with archive.open(info, "w") as entry:
                    async for piece in storage.stream(one.key, one.parts):
                        reckoned.update(piece)
                        await asyncio.to_thread(entry.write, piece)
            except NoSuchPart as gone:
                raise problems.paper_lost() from gone
            if reckoned.hexdigest() != one.sha256:
                raise problems.paper_lost()
        archive.writestr(_info("SHA256SUMS"), "\n".join([*sums, ""]))


def _info(name: str) -> zipfile.ZipInfo:
    """The same bytes whenever it is packed, and readable by whoever unpacks it."""
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.create_system, info.external_attr = 3, 0o644 << 16
    return info


def _plain(name: str) -> str:
    """A name that is no path wherever the zip is unpacked; what it was is said in the pack."""
    return re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "_", name).strip(" .")[:120] or "file"


async def _pieces_of(file: BinaryIO) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while piece := await asyncio.to_thread(file.read, _PIECE):
            yield piece


def _saved(made: bytes, paper: str, name: str) -> Response[bytes]:
    async def pieces() -> AsyncIterator[bytes]:
        yield made

    return Attachment(pieces(), size=len(made), media_type=_TYPES[paper], disposition=f'attachment; filename="{name}"')


routers: Final[list[ControllerRouterHandler]] = [referral_pack]
"""To be mounted under /api."""
