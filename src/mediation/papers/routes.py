"""Papers over HTTP: the printed ones as they lie in the store, and copies of the text made while one waits."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Literal, get_args
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.chain import text_hash
from mediation.case.refusals import NoTextYet, NotInThisRoom
from mediation.case.state import Case
from mediation.casework.attachment import Attachment
from mediation.casework.handle import Casework
from mediation.db import reading_as
from mediation.identity import limits
from mediation.identity.guards import SEAT, Seat, seat_of
from mediation.identity.limits import Budget
from mediation.papers import content, outcome, problems
from mediation.papers.content import Seals, Source
from mediation.papers.printing import PART, source_of
from mediation.papers.reading_word import NotReadable, TooMuch, read_word
from mediation.papers.typesetting import CannotTypeset, typeset
from mediation.papers.wire import Imported
from mediation.papers.word import mended, paper_file, word_file
from mediation.papers.words import Language
from mediation.storage import NoSuchPart, Storage

AnyRequest = Request[Any, Any, State]
Name = Literal["settlement.pdf", "settlement.docx", "attestation.pdf", "certificate.pdf", "certificate.docx"]
Form = Literal["draft.pdf", "draft.docx"]

COPIES: Final = Budget("copies", 60)
"""Copies made for one person: each takes a tenth of a second of a processor, a long one a few."""
LARGEST: Final = 5 << 20
_ARRIVES_IN: Final = timedelta(seconds=60)
PDF: Final = "application/pdf"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PAPERS: Final[tuple[Name, ...]] = get_args(Name)


@get(
    "/cases/{case_id:str}/papers/{paper:str}",
    opt={"who": SEAT},
    media_type=PDF,
    tags=["papers"],
    description="`paper` is settlement.pdf, attestation.pdf or certificate.pdf, byte for byte as the record has "
    "its hash, or settlement.docx or certificate.docx, a copy to work with.",
)
async def paper(
    request: AnyRequest, case_id: FromPath[str], paper: FromPath[str], language: FromQuery[Language] = "en"
) -> Response[bytes]:
    """A paper of this case, for saving."""
    seat = seat_of(request)
    if paper not in _PAPERS:
        raise problems.paper_unknown()
    kind, _, ending = paper.partition(".")
    if ending == "docx":
        return await _in_word(request, seat, kind, language)
    async with reading_as(request.app.state.readers, case_id, seat.participant_id) as conn:
        row = await conn.fetchrow(
            "SELECT key, sha256 FROM printed_papers WHERE case_id = $1 AND paper = $2 AND language = $3",
            UUID(case_id),
            kind,
            language,
        )
        known = await request.app.state.casework.known(conn, case_id, seat.participant_id)
    if row is None:
        raise _missing(known, kind)
    storage: Storage = request.app.state.storage
    try:
        pdf = await storage.get(row["key"], PART)
    except NoSuchPart as gone:
        raise problems.paper_lost() from gone
    if sha256(pdf).digest() != row["sha256"]:
        raise problems.paper_lost()
    return saved(pdf, PDF, f"{kind}-{case_id[:8]}-{language}.pdf")


@get("/cases/{case_id:str}/draft.pdf", opt={"who": SEAT}, media_type=PDF, tags=["papers"])
async def draft_pdf(
    request: AnyRequest, case_id: FromPath[str], language: FromQuery[Language] = "en"
) -> Response[bytes]:
    """The text as it is now, to take to a lawyer; for those at the table."""
    source, now = await _draft(request, case_id)
    async with request.app.state.typesetting:
        try:
            pdf = await typeset("draft", lambda mend: content.draft(source, language, mend, now), now)
        except CannotTypeset as failed:
            raise problems.cannot_be_made() from failed
    return saved(pdf, PDF, f"draft-{case_id[:8]}.pdf")


@get("/cases/{case_id:str}/draft.docx", opt={"who": SEAT}, media_type=_DOCX, tags=["papers"])
async def draft_docx(
    request: AnyRequest, case_id: FromPath[str], language: FromQuery[Language] = "en"
) -> Response[bytes]:
    """The text as it is now as a Word file; for those at the table."""
    source, now = await _draft(request, case_id)
    async with request.app.state.typesetting:
        data = content.draft(source, language, mended, now)
        made = await asyncio.to_thread(word_file, data, now, is_draft=True)
    return saved(made, _DOCX, f"draft-{case_id[:8]}.docx")


@post(
    "/cases/{case_id:str}/draft/import",
    opt={"who": SEAT, "body": "bytes", "max_body": LARGEST},
    status_code=200,
    tags=["papers"],
    description="The body is a .docx as application/octet-stream. Headings, paragraphs, numbered paragraphs (as "
    "clauses), lists and tables are read; nothing else is, and nothing is written.",
)
async def import_draft(request: AnyRequest, case_id: FromPath[str]) -> Imported:
    """What a Word file holds as a settlement's text, to look at and take over, at the table or in one's own draft."""
    seat = seat_of(request)
    if seat.party is None:
        # Either side has a room of its own to draft in, also before there is a text on the table.
        await _at_the_table(request, seat, case_id)
    await spent(request, seat)
    arrived = bytearray()
    try:
        async with asyncio.timeout(_ARRIVES_IN.total_seconds()):
            async for piece in request.stream():
                arrived += piece
    except TimeoutError:
        raise problems.not_a_word_file() from None
    async with request.app.state.typesetting:
        try:
            found, left_out = await read_word(bytes(arrived))
        except NotReadable as broken:
            raise problems.not_a_word_file() from broken
        except TooMuch as long:
            raise problems.word_file_too_large() from long
    return Imported(content=found, left_out=left_out)


async def _in_word(request: AnyRequest, seat: Seat, kind: str, language: Language) -> Response[bytes]:
    """A copy of what is printed, made of the same facts."""
    await spent(request, seat)
    casework: Casework = request.app.state.casework
    settings, seal_key = request.app.state.settings, request.app.state.sealer.fingerprint
    async with reading_as(request.app.state.readers, seat.case_id, seat.participant_id) as conn:
        known = await casework.known(conn, seat.case_id, seat.participant_id)
        signing = known.papers.signing
        effective_at = signing.effective_at if signing is not None else None
        at = effective_at if kind == "settlement" else known.papers.ended_at
        if at is None or known.papers.ended_at is None:
            raise _missing(known, kind)
        source = await source_of(conn, seat.case_id, seal_key, settings.operator or "", settings.base_url)
    if kind == "settlement":
        data = content.settlement(source, language, mended)
        made = await asyncio.to_thread(word_file, data, at, is_draft=False)
    else:
        made = await asyncio.to_thread(paper_file, outcome.certificate(source, language, mended), at)
    return saved(made, _DOCX, f"{kind}-{seat.case_id[:8]}-{language}.docx")


async def _draft(request: AnyRequest, case_id: str) -> tuple[Source, datetime]:
    seat, now = seat_of(request), clock.now()
    known, name = await _at_the_table(request, seat, case_id)
    await spent(request, seat)
    node = await request.app.state.documents.canonical(case_id, name)
    settings = request.app.state.settings
    none = Seals(checkpoint=0, checkpoint_sha256="", checkpoint_at=now, record_key="", seal_key="")
    source = Source(
        case_id=case_id,
        papers=known.papers,
        seals=none,
        host=settings.operator or "",
        address=settings.base_url,
        text_hash=text_hash(node),
        node=node,
        language=known.joint.drafting.language if known.joint is not None else "",
    )
    return source, now


async def _at_the_table(request: AnyRequest, seat: Seat, case_id: str) -> tuple[Case, str]:
    """The case and the name of its text; raises the refusal that says why there is none for this person."""
    casework: Casework = request.app.state.casework
    readers = request.app.state.readers
    async with reading_as(readers, case_id, seat.participant_id) as conn:
        known = await casework.known(conn, case_id, seat.participant_id)
    if known.joint is None:
        raise NotInThisRoom
    if known.joint.document is None:
        raise NoTextYet
    name = known.joint.document.document
    # The second wall says so as well, as in `drafting.reading`.
    if await casework.document_access(readers, seat, name) is None:
        raise NotInThisRoom
    return known, name


async def spent(request: AnyRequest, seat: Seat) -> None:
    """Count a copy that is made for this person. Raises the refusal when there were too many."""
    async with request.app.state.pool.acquire() as conn:
        await limits.spend(conn, COPIES, seat.account_id, clock.now())


def _missing(known: Case, kind: str) -> Exception:
    papers = known.papers
    signing = papers.signing
    comes = kind == "certificate" or (signing is not None and signing.effective_at is not None)
    return problems.paper_not_ready() if papers.ended_at is not None and comes else problems.paper_unknown()


def saved(made: bytes, media_type: str, name: str) -> Response[bytes]:
    """A file for saving under this name."""

    async def pieces() -> AsyncIterator[bytes]:
        yield made

    return Attachment(pieces(), size=len(made), media_type=media_type, disposition=f'attachment; filename="{name}"')


routers: Final[list[ControllerRouterHandler]] = [paper, draft_pdf, draft_docx, import_draft]
"""To be mounted under /api."""
