"""The settlement's text over HTTP: as it is now, who wrote what in it, and as it was kept under a name."""

from typing import Any, Final

from litestar import Request, get
from litestar.datastructures import State
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from mediation.case.chain import text_hash
from mediation.case.refusals import NoTextYet, NotInThisRoom, NotThere
from mediation.casework.handle import Casework
from mediation.db import reading_as
from mediation.drafting import texts
from mediation.drafting.authors import Authors
from mediation.drafting.documents import Documents
from mediation.identity.guards import SEAT, seat_of

AnyRequest = Request[Any, Any, State]


class TextView(Struct, frozen=True, kw_only=True):
    """The text of a document as canonical ProseMirror JSON, and its hash (docs/record-format.md)."""

    document: str
    text_hash: str
    node: dict[str, Any]


class VersionText(Struct, frozen=True, kw_only=True):
    """A wording that was kept, as canonical ProseMirror JSON."""

    node: dict[str, Any]


@get("/cases/{case_id:str}/text", opt={"who": SEAT}, tags=["text"])
async def read_text(request: AnyRequest, case_id: FromPath[str]) -> TextView:
    """The settlement's text as it is saved now; for those at the table."""
    casework: Casework = request.app.state.casework
    documents: Documents = request.app.state.documents
    seat = seat_of(request)
    async with reading_as(request.app.state.readers, case_id, seat.participant_id) as conn:
        known = await casework.known(conn, case_id, seat.participant_id)
    if known.joint is None:
        raise NotInThisRoom
    if known.joint.document is None:
        raise NoTextYet
    name = known.joint.document.document
    # The second wall says so as well: a document that PostgreSQL does not show them is not read for them.
    if await casework.document_access(request.app.state.readers, seat, name) is None:
        raise NotInThisRoom
    node = await documents.canonical(case_id, name)
    return TextView(document=name, text_hash=text_hash(node), node=node)


class StretchView(Struct, frozen=True, kw_only=True):
    """Changes of a client from the clock `start` on came from `by`; null is the portal itself."""

    start: int
    by: str | None


class AuthorsView(Struct, frozen=True, kw_only=True):
    """Who wrote what, by Yjs client id: `clients` where all changes came from one person, else in `mixed`.

    A client that is in neither is the portal itself: the wording that a document began with.
    """

    clients: dict[str, str]
    mixed: dict[str, list[StretchView]]


@get("/cases/{case_id:str}/documents/{name:str}/authors", opt={"who": SEAT}, tags=["text"])
async def read_authors(request: AnyRequest, case_id: FromPath[str], name: FromPath[str]) -> AuthorsView:
    """Over whose connection each change of a document came, or whose suggestion it was; for those who read it."""
    casework: Casework = request.app.state.casework
    authors: Authors = request.app.state.authors
    if await casework.document_access(request.app.state.readers, seat_of(request), name) is None:
        # The same for one that is shown to others and for one that is nowhere.
        raise NotThere
    found = await authors.of(case_id, name)
    return AuthorsView(
        clients={str(client): one[0].by for client, one in found.items() if len(one) == 1 and one[0].by is not None},
        mixed={
            str(client): [StretchView(start=stretch.start, by=stretch.by) for stretch in stretches]
            for client, stretches in found.items()
            if len(stretches) > 1
        },
    )


@get("/cases/{case_id:str}/versions/{version:str}", opt={"who": SEAT}, tags=["text"])
async def read_version(request: AnyRequest, case_id: FromPath[str], version: FromPath[str]) -> VersionText:
    """The wording that was kept as this version; for those at the table."""
    casework: Casework = request.app.state.casework
    seat = seat_of(request)
    async with reading_as(request.app.state.readers, case_id, seat.participant_id) as conn:
        known = await casework.known(conn, case_id, seat.participant_id)
        if known.joint is None:
            raise NotInThisRoom
        node = await texts.version(conn, case_id, version) if version in known.joint.drafting.versions else None
    if node is None:
        raise NotThere
    return VersionText(node=node)


routers: Final[list[ControllerRouterHandler]] = [read_text, read_authors, read_version]
