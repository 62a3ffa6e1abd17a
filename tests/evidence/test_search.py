"""Looking for words in a case: in one's own rooms and nowhere else, whatever case and accents, at a bounded cost."""

from datetime import UTC, datetime
from time import perf_counter
from typing import Any, get_args
from uuid import UUID, uuid4

import httpx
import msgspec

from desk import Desk, code_of
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.chain import entry_bytes
from mediation.casework.search import MOST, SAID, excerpt, plain

CODES = """
after agreement agreement_sha256 anchor attended base_hash begun_with business_silent can_agree capacity category
change clause comment consumer_silent currency document draft file form ground host identified_by if_nobody
in_answer_to issue kind ladder language leave_early media_type mediator members mentions mode node offer on_behalf_of
origin outcome owed_by owner paper participant party position reflection role room scribed scribed_by session sha256
sharing stage statement suggestion term text_hash then tier to unresolved version what zone
"""


async def search(desk: Desk, who: str, words: str) -> httpx.Response:
    return await desk.http.get(
        f"/api/cases/{desk.docket.case_id}/search", params={"q": words}, headers=await desk.docket.cookie(who)
    )


async def texts(desk: Desk, who: str, words: str) -> list[str]:
    answer = await search(desk, who, words)
    assert answer.status_code == 200, answer.text
    return [hit["text"] for hit in answer.json()["hits"]]


async def test_a_hit_says_where_who_and_when(desk: Desk) -> None:
    seq = await desk.docket.say("client", "joint", "The delivery came in June.")
    found = (await search(desk, "handler", "delivery june")).json()
    assert found == {
        "hits": [
            {
                "room": "joint",
                "seq": seq,
                "file": None,
                "kind": "MessagePosted",
                "who": desk.docket.seats["client"].participant_id,
                "at": found["hits"][0]["at"],
                "text": "The delivery came in June.",
            }
        ],
        "more": False,
    }


async def test_case_and_accents_do_not_matter(desk: Desk) -> None:
    said = "Straße, CAFÉ, Łódź, Zoë, Ärger, naive"
    await desk.docket.say("client", "joint", said)
    for words in ("strasse", "STRASSE", "cafe", "Café", "lodz", "zoe ARGER", "naïve"):
        assert await texts(desk, "mediator", words) == [said], words


async def test_every_word_has_to_be_there(desk: Desk) -> None:
    await desk.docket.say("client", "joint", "The reminder was rude.")
    await desk.docket.say("client", "joint", "The reminder was polite.")
    assert await texts(desk, "client", "rude reminder") == ["The reminder was rude."]
    assert await texts(desk, "client", "rude polite") == []
    # Wherever it stands in an entry; shown is the text that says the most of it.
    assert await texts(desk, "client", "website came late june") == ["The website that came late"]


async def test_the_newest_comes_first_across_rooms(desk: Desk) -> None:
    for n, room in enumerate(("talks", "joint", "caucus-client", "team-client", "joint")):
        await desk.docket.say("client", room, f"refund {n}")
    assert await texts(desk, "client", "refund") == [f"refund {n}" for n in (4, 3, 2, 1, 0)]


async def test_nobody_finds_what_was_said_where_they_are_not(desk: Desk) -> None:
    before = [(await search(desk, "handler", words)).content for words in ("refund", "client", "nothing")]
    for room in ("caucus-client", "team-client"):
        for n in range(30):
            await desk.docket.say("client", room, f"refund for the client {n}, or nothing")
        await desk.send("client", room, b"1", name="refund.pdf")
    assert [(await search(desk, "handler", words)).content for words in ("refund", "client", "nothing")] == before
    assert len(await texts(desk, "mediator", "refund")) == 31


async def test_a_newcomer_finds_what_was_said_privately_from_then_on(desk: Desk) -> None:
    await desk.docket.say("client", "team-client", "our limit is 400")
    await desk.docket.join("counsel", "counsel", "client")
    await desk.docket.say("client", "team-client", "our limit is 500")
    assert await texts(desk, "counsel", "our limit") == ["our limit is 500"]


async def test_below_the_search_itself_the_database_shows_no_other_room(desk: Desk) -> None:
    """The application's own question about memberships is answered for somebody else; the rows are not."""
    from mediation.casework import search as searching  # noqa: PLC0415
    from mediation.db import reading_as  # noqa: PLC0415

    await desk.docket.say("client", "caucus-client", "refund")
    handler, client = desk.docket.seats["handler"], desk.docket.seats["client"]
    async with reading_as(desk.app.state.readers, handler.case_id, handler.participant_id) as conn:
        found, _ = await searching._in_room(conn, handler.case_id, "caucus-client", 1, ("refund",), 100)
        assert found == []
        assert (await searching.search(conn, handler.case_id, client.participant_id, "refund")).hits == []


async def test_what_was_struck_or_withdrawn_is_not_found(desk: Desk) -> None:
    seq = await desk.docket.say("client", "joint", "unkind words")
    file = await desk.send("client", "joint", b"1", name="unkind.pdf")
    (hit,) = [hit for hit in (await search(desk, "handler", "unkind")).json()["hits"] if hit["file"]]
    assert (hit["file"], hit["text"], hit["kind"]) == (file, "unkind.pdf", "FileAdded")
    await desk.docket.do("client", c.StrikeMessage, room="joint", seq=seq)
    await desk.withdraw("client", "joint", file)
    assert await texts(desk, "handler", "unkind") == []


async def test_a_question_has_two_to_a_hundred_characters(desk: Desk) -> None:
    for query in ("q=a", "q=", "", "q=" + "x" * 101):
        assert code_of(await desk.ask("client", "GET", f"/search?{query}")) == (400, "invalid-input")


async def test_odd_questions_find_nothing_and_break_nothing(desk: Desk) -> None:
    await desk.docket.say("client", "joint", "hello")
    for words in ("  ", "%00%00", "%%", "__", "\\\\", "'; --", "\u0301\u0308", "\U0001f600\U0001f600"):
        answer = await search(desk, "client", words)
        assert (answer.status_code, answer.json()) == (200, {"hits": [], "more": False}), words


async def test_ids_and_codes_are_not_words(desk: Desk) -> None:
    await desk.docket.say("client", "joint", "hello")
    for word in (desk.docket.seats["client"].participant_id[:8], "message", "business", "principal"):
        assert await texts(desk, "mediator", word) == [], word


async def test_at_most_fifty_are_shown_and_it_says_that_there_are_more(desk: Desk) -> None:
    await _fill(desk, 60)
    found = (await search(desk, "client", "remark")).json()
    assert (len(found["hits"]), found["more"]) == (MOST, True)
    assert found["hits"][0]["text"] == "remark 59"


async def test_ten_thousand_entries_are_searched_in_bounded_time(desk: Desk) -> None:
    await _fill(desk, 10_000)
    begun = perf_counter()
    assert await texts(desk, "client", "remark 0") != []
    assert await texts(desk, "client", "nowhere to be found") == []
    assert perf_counter() - begun < 5  # measured: 0.2 s for both


async def _fill(desk: Desk, count: int) -> None:
    """Remarks in the client's team room, as the log would have them after a very long case."""
    pool, case_id = desk.app.state.pool, desk.docket.case_id
    head = await pool.fetchval("SELECT length FROM rooms WHERE case_id = $1 AND room = 'team-client'", UUID(case_id))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [
        (
            UUID(case_id),
            "team-client",
            head + 1 + n,
            10**6 + n,
            entry_bytes(
                case_id=case_id,
                room="team-client",
                seq=head + 1 + n,
                at=at,
                actor=desk.docket.seats["client"].participant_id,
                kind="MessagePosted",
                body={"text": f"remark {n}", "form": "message", "on_behalf_of": None},
            ),
            *[bytes(32)] * 3,
        )
        for n in range(count)
    ]
    await pool.executemany(
        "INSERT INTO entries (case_id, room, seq, place, entry, salt, commitment, head) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        rows,
    )


def test_every_field_of_every_entry_is_words_or_is_none() -> None:
    """A new kind of entry has to say which of its fields are searched."""
    codes = set(CODES.split())
    assert not codes & SAID
    found = {name for kind in get_args(e.Event) for name in _texts_of(kind)}
    assert found <= codes | SAID, found - codes - SAID
    assert found >= SAID, SAID - found


def _texts_of(kind: type[msgspec.Struct]) -> set[str]:
    found: set[str] = set()
    for field in msgspec.structs.fields(kind):
        for part in _parts(field.type):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                found |= _texts_of(part)
            elif part is str or isinstance(part, str):
                found.add(field.name)
    return found


def _parts(shape: Any) -> list[Any]:
    inner = get_args(shape)
    return [shape] if not inner else [part for one in inner for part in _parts(one)]


def test_an_excerpt_shows_the_words_that_were_found() -> None:
    long = "vor " * 500 + "dem GRÖSSTEN Ärger" + " nach" * 500
    for word in ("großten", "arger"):
        shown = excerpt(long, plain(word))
        assert "GRÖSSTEN Ärger" in shown
        assert len(shown) <= 242
        assert shown[0] == shown[-1] == "…"
    assert excerpt("short", "short") == "short"


async def test_somebody_of_another_case_finds_nothing_here(desk: Desk) -> None:
    other = await (await type(desk.docket)(desk.docket.casework).open()).begin()
    await other.say("client", "joint", "refund over there")
    assert await texts(desk, "client", "refund") == []
    answer = await desk.http.get(
        f"/api/cases/{other.case_id}/search", params={"q": "refund"}, headers=await desk.docket.cookie("client")
    )
    assert code_of(answer) == (403, "not-on-this-case")
    unknown = await desk.http.get(
        f"/api/cases/{uuid4().hex}/search", params={"q": "refund"}, headers=await desk.docket.cookie("client")
    )
    assert unknown.content == answer.content
