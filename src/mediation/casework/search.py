"""Looking for words within a case: only in what the person who looks may read, as PostgreSQL shows it to them.

Nothing is indexed and nothing kept: what was struck or erased a moment ago cannot be found, and how long it takes
depends on nothing that is said elsewhere.
"""

import asyncio
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, get
from litestar.datastructures import State
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from mediation import clock
from mediation.case.terms import Hex32
from mediation.db import Connection, reading_as
from mediation.identity import limits
from mediation.identity.guards import SEAT, seat_of
from mediation.identity.limits import Budget
from mediation.record import log

SEARCHES: Final = Budget("search", 600)
MOST: Final = 50
_PAGE: Final = 500
_FURTHEST: Final = 20_000  # entries looked through for one answer; then "more" says that there may be more
_WORDS: Final = 10
_AROUND: Final = 60
_EXCERPT: Final = 240

SAID: Final = frozenset(
    {
        "account",
        "authority",
        "claim",
        "condition",
        "contact",
        "correction",
        "cost",
        "description",
        "fees",
        "institution",
        "interest",
        "name",
        "place",
        "procedure",
        "quote",
        "reference",
        "relied_on",
        "relief",
        "rules",
        "seat",
        "since",
        "terms",
        "text",
        "title",
        "to_call",
        "wants",
        "where",
        "why",
        "wish",
        "words",
    }
)
"""The fields that people wrote. All others are ids, codes, hashes, and the standard text of the agreement."""
# What has no decomposition into a letter and an accent, and is typed without one.
_PLAIN: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"})


class Hit(Struct, frozen=True, kw_only=True):
    """Something that was said: the entry, the words around the first one that was looked for, and the file it names."""

    room: str
    seq: int
    file: Hex32 | None
    kind: str
    who: str
    """A participant's id, or "system"."""
    at: datetime
    text: str


class Found(Struct, frozen=True, kw_only=True):
    """The newest hits first; `more` when there are, or may be, others."""

    hits: list[Hit]
    more: bool


@get("/cases/{case_id:str}/search", opt={"who": SEAT}, tags=["cases"])
async def search_case(
    request: Request[Any, Any, State],
    case_id: FromPath[str],
    q: Annotated[str, QueryParameter(min_length=2, max_length=100)],
) -> Found:
    """Look for words in the rooms one is in; every word has to be there, whatever its case and accents."""
    seat, state = seat_of(request), request.app.state
    async with state.pool.acquire() as conn:
        await limits.spend(conn, SEARCHES, seat.account_id, clock.now())
    async with reading_as(state.readers, case_id, seat.participant_id) as conn:
        return await search(conn, case_id, seat.participant_id, q)


async def search(conn: Connection, case_id: str, viewer: str, sought: str) -> Found:
    """What this person finds; `conn` reads as them."""
    words = tuple(dict.fromkeys(plain(sought).split()))[:_WORDS]
    if not words:
        return Found(hits=[], more=False)
    rooms = await conn.fetch(
        """
        SELECT room, from_seq FROM memberships
        WHERE case_id = $1 AND participant_id = $2 AND until_seq IS NULL ORDER BY room
        """,
        UUID(case_id),
        UUID(viewer),
    )
    hits: list[Hit] = []
    more, left = False, _FURTHEST
    for row in rooms:
        found, looked_through = await _in_room(conn, case_id, row["room"], row["from_seq"], words, left)
        left -= looked_through
        hits += found
    hits.sort(key=lambda hit: (hit.at, hit.room, hit.seq), reverse=True)
    more = len(hits) > MOST or left <= 0
    return Found(hits=hits[:MOST], more=more)


async def _in_room(
    conn: Connection, case_id: str, room: str, since: int, words: tuple[str, ...], most: int
) -> tuple[list[Hit], int]:
    """The newest hits of one room, one more than are shown, and how many entries it took to find them."""
    hits: list[Hit] = []
    before, looked_through = 2**53, 0
    while len(hits) <= MOST and looked_through < most:
        rows = await conn.fetch(
            """
            SELECT seq, entry FROM entries
            WHERE case_id = $1 AND room = $2 AND seq >= $3 AND seq < $4 AND entry IS NOT NULL
            ORDER BY seq DESC LIMIT $5
            """,
            UUID(case_id),
            room,
            since,
            before,
            min(_PAGE, most - looked_through),
        )
        looked_through += len(rows)
        hits += (hit for row in rows if (hit := _hit(log.parse(row["entry"]), words)) is not None)
        if len(rows) < _PAGE:
            break
        before = rows[-1]["seq"]
        # The others on this process get their turn between two pages.
        await asyncio.sleep(0)
    return hits[: MOST + 1], looked_through


def _hit(entry: log.Entry, words: tuple[str, ...]) -> Hit | None:
    said = list(_said(entry.body))
    folded = [plain(text) for text in said]
    if not all(any(word in text for text in folded) for word in words):
        return None
    # Of several texts in one entry, the one that says the most of it.
    held = [[word for word in words if word in text] for text in folded]
    best = max(range(len(said)), key=lambda n: len(held[n]))
    return Hit(
        room=entry.room,
        seq=entry.seq,
        file=entry.body["file"] if entry.kind == "FileAdded" else None,
        kind=entry.kind,
        who=entry.actor,
        at=entry.at,
        text=excerpt(said[best], held[best][0]),
    )


def _said(body: Mapping[str, Any]) -> Iterator[str]:
    for field, value in body.items():
        if isinstance(value, Mapping):
            yield from _said(value)
        elif field in SAID and isinstance(value, str):
            yield value


def plain(text: str) -> str:
    """Words as they are compared: without case or accents."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFKC", bare.casefold().translate(_PLAIN))


def excerpt(text: str, word: str) -> str:
    """The stretch of `text` in which `word`, as `plain` writes it, comes first; at most `_EXCERPT` characters."""
    if len(text) <= _EXCERPT:
        return text
    # Folding may lengthen or shorten, so the place in the text is where its folded beginning first holds the word.
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if word in plain(text[:middle]) else (middle + 1, high)
    start = max(0, low - len(word) - _AROUND)
    end = min(len(text), start + _EXCERPT)
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


routers: list[ControllerRouterHandler] = [search_case]
"""To be mounted under /api."""
