"""Notices over HTTP: what is new, marking it as read, how one wants to be told, and a date for one's calendar."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, Final
from uuid import UUID

from asyncpg import Record
from litestar import Request, Response, get, post, put
from litestar.datastructures import State
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from mediation import clock
from mediation.case.refusals import NotInThisRoom
from mediation.db import Connection, Pool, reading_as
from mediation.identity import limits
from mediation.identity.accounts import Language
from mediation.identity.guards import SEAT, SIGNED_IN, Seat, seat_of, session_of
from mediation.identity.wire import PathId
from mediation.notices import calendar, wishes
from mediation.notices.dates import Date, newest
from mediation.notices.letters import Letters, dates_in
from mediation.notices.replanning import replan
from mediation.notices.timing import Quiet, Wish, is_zone
from mediation.notices.webhooks.routes import routers as webhook_routers
from mediation.notices.wire import (
    AccountNotices,
    CaseNotices,
    MarkRead,
    NoticeView,
    NoticeWishes,
    QuietHours,
    RoomWish,
    WishForRoom,
)
from mediation.notices.wishes import Wishes
from mediation.problems import Problem

AnyRequest = Request[Any, Any, State]
MOST: Final = 100
_MOST_CASES: Final = 50
_COLUMNS: Final = "notice_id, case_id, room, seq, kind, at, due_at, parts, dates, read_at"


def _readers(request: AnyRequest) -> Pool:
    readers: Pool = request.app.state.readers
    return readers


@get("/cases/{case_id:str}/notices", opt={"who": SEAT}, tags=["notices"])
async def list_of_case(request: AnyRequest, case_id: FromPath[str]) -> CaseNotices:
    """What is new for the signed-in person on a case, read and unread."""
    seat = seat_of(request)
    async with reading_as(_readers(request), case_id, seat.participant_id) as conn:
        rows = await _shown(conn, case_id, seat.participant_id, only_unread=False)
        of_rooms = await conn.fetch(
            "SELECT room, how FROM notice_room_wishes WHERE case_id = $1 AND participant_id = $2 ORDER BY room",
            UUID(case_id),
            UUID(seat.participant_id),
        )
    return CaseNotices(
        notices=_views(rows),
        wishes=[RoomWish(room=row["room"], how=row["how"]) for row in of_rooms],
    )


@get("/account/notices", opt={"who": SIGNED_IN}, tags=["notices"])
async def list_of_account(request: AnyRequest) -> AccountNotices:
    """What is new in all cases of the signed-in person, each read as PostgreSQL shows it to them."""
    session = session_of(request)
    if session.administrator:
        return AccountNotices(notices=[])
    async with request.app.state.pool.acquire() as conn:
        seats = await conn.fetch(
            """
            SELECT s.case_id, s.participant_id FROM seats s
            WHERE s.account_id = $1 AND s.left_at IS NULL AND EXISTS (
                SELECT FROM notices n WHERE n.account_id = $1 AND n.case_id = s.case_id AND n.read_at IS NULL
            ) LIMIT $2
            """,
            UUID(session.account_id),
            _MOST_CASES,
        )
    found: list[NoticeView] = []
    for case_id, participant_id in ((row["case_id"].hex, row["participant_id"].hex) for row in seats):
        async with reading_as(_readers(request), case_id, participant_id) as conn:
            found += _views(await _shown(conn, case_id, participant_id, only_unread=True))
    found.sort(key=lambda one: (one.at, one.case, one.room, one.seq), reverse=True)
    return AccountNotices(notices=found[:MOST])


async def _shown(conn: Connection, case_id: str, participant_id: str, *, only_unread: bool) -> list[Record]:
    return await conn.fetch(
        f"""
        SELECT {_COLUMNS} FROM notices
        WHERE case_id = $1 AND participant_id = $2 AND (read_at IS NULL OR NOT $3)
        ORDER BY read_at IS NULL DESC, at DESC, room, seq DESC LIMIT $4
        """,  # noqa: S608 - the columns are ours
        UUID(case_id),
        UUID(participant_id),
        only_unread,
        MOST,
    )


@post("/cases/{case_id:str}/notices/read", opt={"who": SEAT}, status_code=204, tags=["notices"])
async def mark_read(request: AnyRequest, case_id: FromPath[str], data: JSONBody[MarkRead]) -> None:
    """Say that one has read a room up to an entry: nothing of that is mailed any more."""
    seat = seat_of(request)
    await limits.spend_for(request, limits.commands)
    async with request.app.state.pool.acquire() as conn:
        await conn.execute(
            """
            UPDATE notices SET read_at = $5
            WHERE case_id = $1 AND participant_id = $2 AND room = $3 AND last_seq <= $4 AND read_at IS NULL
            """,
            UUID(case_id),
            UUID(seat.participant_id),
            data.room,
            data.upto,
            clock.now(),
        )


@get("/cases/{case_id:str}/notices/{notice:str}/calendar", opt={"who": SEAT}, tags=["notices"])
async def date_of(request: AnyRequest, case_id: FromPath[str], notice: PathId) -> Response[bytes]:
    """The day by which something is due, or when people meet, for one's calendar: as it is now."""
    seat, settings = seat_of(request), request.app.state.settings
    async with reading_as(_readers(request), case_id, seat.participant_id) as conn:
        rows = await conn.fetch(
            """
            SELECT notice_id, dates FROM notices
            WHERE case_id = $1 AND participant_id = $2 AND dates <> '[]' ORDER BY at
            """,
            UUID(case_id),
            UUID(seat.participant_id),
        )
    its_own = next((dates_in(row["dates"]) for row in rows if row["notice_id"].hex == notice), ())
    if not its_own:
        raise Problem(404, "no-date", "There is no date here.", "Go back to the case, and look at what is new.")
    date = newest(date for row in rows for date in dates_in(row["dates"]))[_foremost(its_own).name]
    async with request.app.state.pool.acquire() as conn:
        zone = (await wishes.of_account(conn, seat.account_id)).when.zone
        language = await _language(conn, seat)
    file = Letters(settings.base_url).file(case_id, date, zone=zone, language=language, now=clock.now())
    return Response(
        file,
        media_type=calendar.MEDIA_TYPE,
        headers={"content-disposition": 'attachment; filename="date.ics"', "cache-control": "no-store"},
    )


def _foremost(dates: Sequence[Date]) -> Date:
    """Of the dates of one notice what is due, if anything is."""
    return max(dates, key=lambda date: date.is_due)


async def _language(conn: Connection, seat: Seat) -> Language:
    found: Language | None = await conn.fetchval(
        "SELECT language FROM accounts WHERE account_id = $1", UUID(seat.account_id)
    )
    return found or "en"


# ── how one wants to be told ────────────────────────────────────────────────────────────────────────────────────────


@get("/account/notice-wishes", opt={"who": SIGNED_IN}, tags=["notices"])
async def read_wishes(request: AnyRequest) -> NoticeWishes:
    """How one wants to be told."""
    async with request.app.state.pool.acquire() as conn:
        return _on_the_wire(await wishes.of_account(conn, session_of(request).account_id))


@put("/account/notice-wishes", opt={"who": SIGNED_IN}, tags=["notices"])
async def keep_wishes(request: AnyRequest, data: JSONBody[NoticeWishes]) -> NoticeWishes:
    """Say how one wants to be told; what waits to be mailed waits by that from now on."""
    await limits.spend_for(request, limits.commands)
    if not is_zone(data.zone):
        raise Problem(400, "zone-unknown", "There is no such time zone.", "Choose one from the list.")
    quiet = data.quiet
    wanted = Wishes(
        awaits=data.awaits,
        news=data.news,
        when=Wish(
            zone=data.zone,
            quiet=Quiet(_hour(quiet.begins), _hour(quiet.ends)) if quiet is not None else None,
            digest_at=_hour(data.digest_at),
        ),
    )
    account_id = session_of(request).account_id
    async with request.app.state.pool.acquire() as conn, conn.transaction():
        await wishes.keep(conn, account_id, wanted)
        await replan(conn, account_id, clock.now())
    return _on_the_wire(wanted)


@put("/cases/{case_id:str}/notice-wishes", opt={"who": SEAT}, tags=["notices"])
async def keep_room_wish(request: AnyRequest, case_id: FromPath[str], data: JSONBody[WishForRoom]) -> WishForRoom:
    """Say how one wants to be told of one room."""
    seat = seat_of(request)
    await limits.spend_for(request, limits.commands)
    async with reading_as(_readers(request), case_id, seat.participant_id) as conn:
        is_in = await conn.fetchval(
            """
            SELECT true FROM memberships
            WHERE case_id = $1 AND participant_id = $2 AND room = $3 AND until_seq IS NULL
            """,
            UUID(case_id),
            UUID(seat.participant_id),
            data.room,
        )
    if not is_in:
        raise NotInThisRoom
    async with request.app.state.pool.acquire() as conn, conn.transaction():
        await wishes.keep_for_room(conn, case_id, seat.participant_id, data.room, data.how)
        await replan(conn, seat.account_id, clock.now())
    return data


def _hour(text: str) -> time:
    return time.fromisoformat(text)


def _on_the_wire(kept: Wishes) -> NoticeWishes:
    quiet = kept.when.quiet
    return NoticeWishes(
        awaits=kept.awaits,
        news=kept.news,
        digest_at=f"{kept.when.digest_at:%H:%M}",
        quiet=QuietHours(begins=f"{quiet.begins:%H:%M}", ends=f"{quiet.ends:%H:%M}") if quiet is not None else None,
        zone=kept.when.zone,
    )


def _views(rows: Sequence[Record]) -> list[NoticeView]:
    """The notices of somebody on a case; what is due in them is so until the day that they were told last."""
    in_order = sorted(rows, key=lambda row: row["at"])
    now = newest(date for row in in_order for date in dates_in(row["dates"]))
    return [_view(row, now) for row in rows]


def _view(row: Record, now: Mapping[str, Date]) -> NoticeView:
    dates = [now[date.name] for date in dates_in(row["dates"])]
    due = next((date for date in dates if date.is_due), None) if row["due_at"] is not None else None
    return NoticeView(
        notice=row["notice_id"].hex,
        case=row["case_id"].hex,
        room=row["room"],
        seq=row["seq"],
        kind=row["kind"],
        at=row["at"],
        due_at=due.ends_at if due is not None else None,
        last_day=due.last_day() if due is not None else None,
        parts=row["parts"],
        calendar=bool(dates),
        read_at=row["read_at"],
    )


routers: list[ControllerRouterHandler] = [
    list_of_case,
    list_of_account,
    mark_read,
    date_of,
    read_wishes,
    keep_wishes,
    keep_room_wish,
    *webhook_routers,
]
"""To be mounted under /api."""
