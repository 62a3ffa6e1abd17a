"""Random histories through PostgreSQL, two processes taking turns: the same answers, rows and screens as in memory."""

import os
from random import Random

import pytest

from casebook import Casebook
from mediation import db
from mediation.bus import Bus
from mediation.case.rooms import rooms_of
from mediation.casework.folds import told
from mediation.record import log
from office import Replay, account, casework_on

SEEDS = range(200 if os.environ.get("MEDIATION_SOAK") == "1" else 5)
LENGTH = 60
pytestmark = pytest.mark.soak


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_holds_in_memory_holds_in_the_database(pool: db.Pool, bus: Bus, seed: int) -> None:
    opener = await account(pool, "Opener")
    replay = Replay([await casework_on(pool, bus) for _ in range(2)], opener, Random(seed), LENGTH)
    for turn in range(len(replay.history.steps)):
        await replay.take(turn)
    book, papers = replay.history.book, replay.history.book.whole.papers
    fresh = await casework_on(pool, bus)
    async with pool.acquire() as conn:
        for casework in (*replay.processes, fresh):
            for viewer in [p.participant for p in papers.present()]:
                assert await casework.known(conn, replay.case_id, viewer) == book.known_to(viewer)
        for room, entries in book.rooms.items():
            kept = [told(e) if isinstance(e, log.Entry) else None for e in await log.read(conn, replay.case_id, room)]
            assert kept == entries
        await _rows_say_what_the_fold_says(conn, replay.case_id, book)


async def _rows_say_what_the_fold_says(conn: db.Connection, case_id: str, book: Casebook) -> None:
    papers = book.whole.papers
    memberships = await conn.fetch(
        "SELECT room, participant_id, from_seq, until_seq FROM memberships WHERE case_id = $1::text::uuid", case_id
    )
    now = {(m["participant_id"].hex, m["room"]): m["from_seq"] for m in memberships if m["until_seq"] is None}
    assert now == {(who, room): since for who in papers.people for room, since in book.reads_from(who).items()}
    for ended in (m for m in memberships if m["until_seq"] is not None):
        assert papers.people[ended["participant_id"].hex].left_at is not None
        assert ended["until_seq"] <= len(book.rooms[ended["room"]])
    seats = await conn.fetch("SELECT participant_id, left_at, role FROM seats WHERE case_id = $1::text::uuid", case_id)
    assert {(s["participant_id"].hex, s["role"], s["left_at"]) for s in seats} == {
        (p.participant, p.role, p.left_at) for p in papers.people.values()
    }
    assert all(rooms_of(book.whole, p.participant) for p in papers.present())
