"""A feed that hears nonsense says so and closes with a code; it never hangs and never brings the portal down."""

import json
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import websockets

from mediation import clock
from mediation.app import create_app
from mediation.demo.scenarios import SCENARIOS
from mediation.demo.story import Story
from mediation.identity import sessions
from way_in import cookie, listening, settings_for

NONSENSE: dict[str, str | bytes] = {
    "cut": "{",
    "a list": "[]",
    "nothing": "null",
    "a number": "5",
    "unheard of": '{"type":"nope"}',
    "before the beginning": '{"type":"hello","since":{"papers":-1}}',
    "beyond numbers": '{"type":"hello","since":{"papers":1e99}}',
    "no room": '{"type":"hello","since":{"nope":3}}',
    "nested": "[" * 100_000,
    "bytes": b"\xff\xfe",
    "huge": "x" * 1_000_000,
}


async def test_a_frame_that_is_none_ends_the_feed_with_a_code(database: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, database_url=database))
    async with app.lifespan():
        story = Story(app.state.casework, SCENARIOS["late-website"])
        await story.seat_everyone(uuid.uuid4().hex)
        async with app.state.pool.acquire() as conn:
            client = cookie(await sessions.create(conn, story.of("client").account_id, clock.now()))
        async with listening(app) as port:
            url = f"ws://localhost:{port}/api/cases/{story.case_id}/feed"
            for name, frame in NONSENSE.items():
                async with websockets.connect(url, additional_headers=client) as feed:
                    await feed.send(frame)
                    said = [json.loads(message) async for message in _until_closed(feed)]
                assert said[-1]["type"] == "bye", name
                assert (said[-1]["code"], feed.close_code) == ("bad-message", 4400), name
            async with websockets.connect(url, additional_headers=client) as feed:
                await feed.send('{"type":"hello","since":{}}')
                assert json.loads(await feed.recv())["type"] == "welcome"


async def _until_closed(feed: websockets.ClientConnection) -> AsyncIterator[str | bytes]:
    try:
        while True:
            yield await feed.recv()
    except websockets.ConnectionClosed:
        return
