"""Commands with everything in them that a stale, broken or hostile client may send: a clear refusal, never a 500."""

import os
import random
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from mediation import clock
from mediation.app import create_app
from mediation.casework.handle import Casework
from mediation.demo.scenarios import SCENARIOS
from mediation.demo.story import Story
from mediation.identity import sessions
from way_in import ORIGIN, cookie, settings_for

PER_COMMAND = 200 if os.environ.get("MEDIATION_SOAK") == "1" else 8
ROOMS = ["papers", "talks", "joint", "caucus-business", "caucus-client", "team-business", "team-client"]
WORDS = [
    "x",
    " ",
    "\u200b",
    "\u202e",
    "ä" * 200,
    "😀" * 50,
    "'; DROP TABLE entries; --",
    "<script>",
    "{}",
    "a\nb\tc",
    "\ufeff",
]
WRONG: list[Any] = [None, 5, -1, 1.5, True, "", [], {}, "\u0000", "x" * 5000, [[[]]], {"a": None}, 10**40]


# Once people have left, paused or ended, every later command would be refused for that alone.
ENDING = ("departures", "mediator-refusals", "pauses", "endings", "closings", "authority-declarations")


class Junk:
    """Bodies that fit a schema more or less; a third of the values do not fit at all."""

    def __init__(self, api: Any, seed: int) -> None:
        self.api = api
        self.random = random.Random(seed)
        self.known: list[str] = []

    def body(self, schema: Any) -> Any:
        kinds: list[Callable[[], Any]] = [
            lambda: self.fitting(schema),
            lambda: self.fitting(schema),
            lambda: self.damaged(self.fitting(schema)),
        ]
        return self.random.choice(kinds)()

    def damaged(self, body: Any) -> Any:
        if not isinstance(body, dict) or not body:
            return self.random.choice(WRONG)
        name = self.random.choice([*body, "unheard_of"])
        return {**body, name: self.random.choice(WRONG)}

    def fitting(self, schema: Any) -> Any:  # noqa: PLR0911 - one way out for each kind of schema
        if "$ref" in schema:
            return self.fitting(self.api["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        if "oneOf" in schema:
            return self.fitting({**self.random.choice([s for s in schema["oneOf"] if s] or [{}]), **_bounds(schema)})
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        match schema.get("type"):
            case "object":
                wanted = schema.get("properties", {})
                named = [n for n in wanted if n in schema.get("required", ()) or self.random.random() < 0.7]
                return {name: self.fitting(wanted[name]) for name in named}
            case "array":
                return [self.fitting(schema.get("items", {})) for _ in range(self.random.randint(0, 3))]
            case "integer":
                return self.random.choice([schema.get("minimum", 0), 1, 2, 3, schema.get("maximum", 10)])
            case "boolean":
                return self.random.random() < 0.5
            case "string":
                return self._text(schema.get("pattern", ""))
            case _:
                return None

    def _text(self, pattern: str) -> str:
        if "{32}" in pattern:
            return self.random.choice([uuid.UUID(int=self.random.getrandbits(128)).hex, *self.known])
        if "{64}" in pattern:
            return f"{self.random.getrandbits(256):064x}"
        if "caucus" in pattern:
            return self.random.choice([*ROOMS, "private-00000000"])
        if "[A-Z]{3}" in pattern:
            return self.random.choice(["EUR", "JPY", "XXX"])
        return self.random.choice(WORDS)


def _bounds(schema: Any) -> dict[str, Any]:
    return {name: schema[name] for name in ("pattern", "minimum", "maximum") if name in schema}


def ids_in(document: Any) -> Iterator[str]:
    yield from re.findall(r'"([0-9a-f]{32})"', document)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
async def test_no_body_of_any_command_brings_the_portal_down(database: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, database_url=database))
    junk = Junk(app.openapi_schema.to_schema(), seed=20_261_121)
    answers: Counter[int] = Counter()
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=httpx.ASGITransport(cast("Any", app)), base_url=ORIGIN) as http,
    ):
        casework: Casework = app.state.casework
        story = Story(casework, SCENARIOS["late-website"])
        await story.seat_everyone(uuid.uuid4().hex)
        await story.until("drafting")
        async with casework.pool.acquire() as conn:
            seats = story.seats.values()
            people = [cookie(await sessions.create(conn, seat.account_id, clock.now())) for seat in seats]
        for headers in people:
            view = await http.get(f"/api/cases/{story.case_id}", headers=headers)
            junk.known.extend(sorted(set(ids_in(view.text))))
        for path, item in junk.api["paths"].items():
            for method, operation in item.items():
                if "requestBody" not in operation or "{case_id}" not in path or path.endswith(ENDING):
                    continue
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                for _ in range(PER_COMMAND):
                    body = junk.body(schema)
                    answer = await http.request(
                        method,
                        path.replace("{case_id}", story.case_id),
                        json=body,
                        headers=junk.random.choice(people),
                    )
                    answers[answer.status_code] += 1
                    assert answer.status_code < 500, (method, path, body, answer.text)
                    if answer.status_code >= 400:
                        refusal = answer.json()
                        assert refusal["code"], (path, body)
                        assert refusal["title"], (path, body)
                        assert refusal["next"], (path, body)
    print(f"\nsoak: junk, {PER_COMMAND} bodies for each command: {dict(sorted(answers.items()))}")
    assert answers[201] > 10, "the test is only worth something when some commands are followed"
    assert answers[400] > 20
