"""Random histories on the feed: a browser that was there all along shows what a fresh one would, and no empty frame."""

import asyncio
import json
import os
from pathlib import Path
from random import Random

import msgspec
import pytest

from apps import portal_app
from casebook import HOST, Casebook
from feeds import Browser, serving, watching
from mediation import clock
from mediation.case.show import view_for
from mediation.casework.handle import Casework
from mediation.drafting import texts
from mediation.identity import sessions
from mediation.settings import Settings
from office import Replay, account

SEEDS = range(100 if os.environ.get("MEDIATION_SOAK") == "1" else 4)
LENGTH = 60
pytestmark = pytest.mark.soak


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_browser_shows_what_its_viewer_may_know_and_is_told_nothing_else(
    database: str, tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    async with (
        portal_app(Settings(data_dir=tmp_path, database_url=database, pool_size=3, operator=HOST)) as app,
        serving(app) as port,
    ):
        # Without whatever else the portal does at some steps by itself, such as asking somebody to come.
        casework = Casework(app.state.pool, app.state.bus, app.state.keyring, host=HOST, texts=texts)
        replay = Replay([casework], await account(casework.pool, "Opener"), chance, LENGTH)
        book = replay.history.book
        viewer = chance.choice([p.participant for p in book.whole.papers.present()])
        joined = next(turn for turn, step in enumerate(replay.history.steps) if step.by == viewer)
        for turn in range(joined + 1):
            await replay.take(turn)
        async with casework.pool.acquire() as conn:
            token = await sessions.create(conn, replay.accounts[viewer], clock.now())
        async with watching(port, replay.case_id, {"cookie": f"__Host-mediation={token}"}) as browser:
            reading = asyncio.create_task(_read_until_all_is_there(browser, book, viewer, replay.case_id))
            for turn in range(joined + 1, len(replay.history.steps)):
                await replay.take(turn)
            await reading
            await browser.silence()
        _every_frame_told_something(browser)
        _the_screen_is(browser, book, viewer, replay.case_id)


async def _read_until_all_is_there(browser: Browser, book: Casebook, viewer: str, case_id: str) -> None:
    """Read on until the last entry has come and the screen is as it will be at the end."""
    heads = {room: len(entries) for room, entries in book.rooms.items() if room in book.reads_from(viewer)}
    wanted = _fresh_view(book, viewer, case_id)
    while browser.view != wanted or any(
        (browser.numbers(room) or [0])[-1] < head for room, head in heads.items() if book.entries_for(viewer)[room]
    ):
        await browser.frame()


def _fresh_view(book: Casebook, viewer: str, case_id: str) -> object:
    return json.loads(msgspec.json.encode(view_for(viewer, book.known_to(viewer), case_id)))


def _every_frame_told_something(browser: Browser) -> None:
    view: dict[str, object] = {}
    read: set[tuple[str, int]] = set()
    for frame in browser.frames:
        if frame["type"] == "welcome":
            view = frame["view"]
        elif frame["type"] == "view":
            assert frame["changed"], "an empty frame would tell that something happened elsewhere"
            assert all(view[name] != value for name, value in frame["changed"].items())
            view = view | frame["changed"]
        elif frame["type"] == "entries":
            new = {(frame["room"], entry["seq"]) for entry in frame["entries"]}
            assert new
            assert not new & read
            read |= new


def _the_screen_is(browser: Browser, book: Casebook, viewer: str, case_id: str) -> None:
    assert browser.view == _fresh_view(book, viewer, case_id)
    since = book.reads_from(viewer)
    assert set(browser.entries) <= set(since)
    for room, first in since.items():
        assert browser.numbers(room) == list(range(first, len(book.rooms[room]) + 1))
