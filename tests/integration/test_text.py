"""The settlement's text as commands and typing work on it together, in a real PostgreSQL."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from casebook import a_clause
from mediation import clock
from mediation.bus import Bus
from mediation.case import commands as c
from mediation.case.chain import text_hash
from mediation.case.refusals import Refusal
from mediation.case.state import Text
from mediation.db import Pool
from mediation.drafting import building, committed, log, texts
from mediation.drafting.authors import Authors
from mediation.drafting.canonical import ROOT, canonical
from mediation.drafting.log import CannotAppend, SomebodyAgrees, Written
from mediation.drafting.updates import reach
from office import Docket, casework_on

FIRST, SECOND = "1" * 32, "2" * 32


class Desk(Docket):
    """A case whose text two people work on."""

    async def text(self) -> Text:
        async with self.casework.pool.acquire() as conn, conn.transaction():
            found = await texts.read(conn, self.case_id, (await self.sees("client")).documents[0].name)
        assert found is not None
        return found

    async def words(self) -> list[str]:
        return [clause.node["content"][0]["content"][0]["text"] for clause in (await self.text()).clauses]  # type: ignore[index]

    async def suggest(self, nickname: str, change: str, clause: str, words: str = "", after: str | None = None) -> str:
        text = await self.text()
        here = text.clause(clause)
        return await self.do(
            nickname,
            c.Suggest,
            document=text.document,
            change=change,
            clause=clause,
            base_hash=here.text_hash if here is not None else None,
            after=after,
            node=a_clause(clause, words) if words else None,
        )

    async def accept(self, nickname: str, suggestion: str) -> None:
        await self.do(nickname, c.AcceptSuggestion, suggestion=suggestion)

    async def agree_to(self, nickname: str, clause: str) -> None:
        here = (await self.text()).clause(clause)
        assert here is not None
        await self.do(nickname, c.GiveClauseAssent, clause=clause, text_hash=here.text_hash)

    async def typed(self, clause: str, words: str) -> bytes:
        """What an editor sends when somebody types words at the end of a clause."""
        async with self.casework.pool.acquire() as conn:
            state = await committed.load(conn, self.case_id, (await self.text()).document)
        assert state is not None
        updates: list[bytes] = []
        observation = state.doc.observe(lambda event: updates.append(event.update))
        fragment = state.doc.get(ROOT, type=XmlFragment)
        for child in (fragment.children[place] for place in range(len(fragment.children))):
            assert isinstance(child, XmlElement)
            if child.attributes.get("id") == clause:
                text = child.children[0].children[0]  # type: ignore[union-attr]
                assert isinstance(text, XmlText)
                text.insert(len("".join(str(piece) for piece, _ in text.diff()).encode()), words)
        state.doc.unobserve(observation)
        return updates[0]

    async def refused(self, nickname: str, kind: type[c.Command], **fields: Any) -> str:
        with pytest.raises(Refusal) as refusal:
            await self.do(nickname, kind, **fields)
        return refusal.value.code


@pytest.fixture
async def desk(pool: Pool, database: str) -> AsyncIterator[Desk]:
    bus = Bus(database)
    await bus.start()
    desk = Desk(await casework_on(pool, bus))
    await desk.open()
    await desk.begin()
    await desk.do("mediator", c.SetStage, stage="drafting")
    for clause, words, after in ((FIRST, "Nine hundred euros.", None), (SECOND, "Silence.", FIRST)):
        await desk.accept("mediator", await desk.suggest("client", "insert", clause, words, after))
    yield desk
    await bus.stop()


async def test_an_accepted_suggestion_is_in_the_text_and_its_author_stands_beside_the_update(desk: Desk) -> None:
    await desk.accept("handler", await desk.suggest("client", "replace", FIRST, "Nine hundred and fifty euros. 🙂"))
    assert await desk.words() == ["Nine hundred and fifty euros. 🙂", "Silence."]
    async with desk.casework.pool.acquire() as conn:
        authors = await conn.fetch("SELECT actor FROM document_updates ORDER BY seq")
    # Whoever accepts it lets it in; the words are its author's.
    assert [row["actor"].hex for row in authors][-1] == desk.seats["client"].participant_id


async def test_who_wrote_what_is_told_by_the_connection_and_an_accepted_suggestion_is_its_authors(desk: Desk) -> None:
    people = {nickname: seat.participant_id for nickname, seat in desk.seats.items()}
    authors = Authors(desk.casework.pool)
    suggested = await authors.of(desk.case_id, "settlement.1")
    assert {stretch.by for stretches in suggested.values() for stretch in stretches} == {people["client"]}
    typed = await desk.typed(FIRST, " Or less.")
    async with desk.casework.pool.acquire() as conn:
        await log.append(conn, desk.case_id, "settlement.1", [Written(typed, people["handler"])], clock.now())
    [(client, [stretch])] = [
        (k, v)
        for k, v in (await authors.of(desk.case_id, "settlement.1")).items()
        if len(v) == 1 and v[0].by == people["handler"]
    ]
    assert (reach(typed).starts, stretch.start) == ({client: 0}, 0)
    # What comes later under the same client id is its bearer's, whose id that may be.
    async with desk.casework.pool.acquire() as conn:
        state = await committed.load(conn, desk.case_id, "settlement.1")
        assert state is not None
        forged = Doc[Any](client_id=client)
        forged.apply_update(state.doc.get_update())
        updates: list[bytes] = []
        observation = forged.observe(lambda event: updates.append(event.update))
        forged.get(ROOT, type=XmlFragment).children.append(XmlElement("paragraph"))
        forged.unobserve(observation)
        await log.append(conn, desk.case_id, "settlement.1", [Written(updates[0], people["mediator"])], clock.now())
    stretches = (await authors.of(desk.case_id, "settlement.1"))[client]
    assert [(one.start, one.by) for one in stretches] == [
        (0, people["handler"]),
        (reach(typed).ends[client], people["mediator"]),
    ]


async def test_a_text_that_began_with_a_wording_is_nobodys_until_somebody_writes(desk: Desk) -> None:
    version = await desk.do("mediator", c.KeepVersion, name="Before lunch")
    await desk.do("mediator", c.RestoreVersion, version=version)
    found = await Authors(desk.casework.pool).of(desk.case_id, "settlement.2")
    assert [stretch.by for stretches in found.values() for stretch in stretches] == [None]


async def test_every_kind_of_suggestion_reads_as_it_should(desk: Desk) -> None:
    await desk.accept("mediator", await desk.suggest("client", "move", SECOND))
    assert await desk.words() == ["Silence.", "Nine hundred euros."]
    await desk.accept("mediator", await desk.suggest("handler", "remove", SECOND))
    assert await desk.words() == ["Nine hundred euros."]


async def test_a_clause_that_two_people_moved_at_once_can_still_be_reworded(desk: Desk) -> None:
    suggestion = await desk.suggest("client", "replace", SECOND, "Silence, for ever.")
    async with desk.casework.pool.acquire() as conn:
        state = await committed.load(conn, desk.case_id, "settlement.1")
        assert state is not None
        known = state.doc.get_state()
        # One has moved it on the server meanwhile; from here it comes again, as it was.
        copy = building.build({"type": "doc", "content": [a_clause(SECOND, "Silence.")]})
        state.doc.apply_update(copy)
        await log.append(conn, desk.case_id, "settlement.1", [Written(state.doc.get_update(known), None)], clock.now())
    assert sorted(await desk.words()) == ["Nine hundred euros.", "Silence.", "Silence."]
    await desk.accept("mediator", suggestion)
    assert sorted(await desk.words()) == ["Nine hundred euros.", "Silence, for ever.", "Silence."]


async def test_a_suggestion_that_no_editor_could_write_is_refused(desk: Desk) -> None:
    text = await desk.text()
    deep: dict[str, Any] = {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}
    for content in (
        {"type": "iframe"},
        {"type": "heading", "attrs": {"level": 1.5}},
        {"type": "heading", "attrs": {"level": 2**60}},
        {"type": "ordered_list", "attrs": {"order": deep}},
        {"type": "paragraph", "content": [{"type": "text", "text": "a\0b"}]},
    ):
        odd = {"type": "clause", "attrs": {"id": "3" * 32}, "content": [content]}
        refused = await desk.refused(
            "client", c.Suggest, document=text.document, change="insert", clause="3" * 32, node=odd
        )
        assert refused == "suggestion-is-malformed"


async def test_typing_into_words_that_somebody_agreed_to_makes_it_lapse_in_the_same_transaction(desk: Desk) -> None:
    await desk.agree_to("client", FIRST)
    typed = await desk.typed(FIRST, " Or less.")
    async with desk.casework.pool.acquire() as conn:
        with pytest.raises(SomebodyAgrees):
            await log.append(conn, desk.case_id, "settlement.1", [Written(typed, None)], clock.now())
    by = desk.seats["handler"].participant_id
    await desk.casework.typed_over_agreement(desk.case_id, "settlement.1", [(by, [typed])], clock.now())
    drafting = (await desk.sees("client")).drafting
    assert drafting is not None
    assert (drafting.assents, drafting.lapsed) == ([], [FIRST])
    assert await desk.words() == ["Nine hundred euros. Or less.", "Silence."]
    async with desk.casework.pool.acquire() as conn:
        # Nobody agrees to anything now, so typing is one statement again.
        await log.append(conn, desk.case_id, "settlement.1", [Written(await desk.typed(FIRST, "!"), None)], clock.now())


async def test_typing_elsewhere_lets_an_agreement_stand(desk: Desk) -> None:
    await desk.agree_to("client", FIRST)
    by = desk.seats["handler"].participant_id
    typed = await desk.typed(SECOND, " For ever.")
    await desk.casework.typed_over_agreement(desk.case_id, "settlement.1", [(by, [typed])], clock.now())
    drafting = (await desk.sees("handler")).drafting
    assert drafting is not None
    assert [assent.clause for assent in drafting.assents] == [FIRST]


async def test_a_clause_with_a_list_for_an_id_keeps_nobody_from_typing(desk: Desk) -> None:
    await desk.agree_to("client", FIRST)
    async with desk.casework.pool.acquire() as conn:
        state = await committed.load(conn, desk.case_id, "settlement.1")
    assert state is not None
    known = state.doc.get_state()
    odd = state.doc.get(ROOT, type=XmlFragment).children.append(XmlElement("clause"))
    odd.attributes["id"] = [1]  # as an editor of somebody's own may
    by = desk.seats["handler"].participant_id
    for typed in (state.doc.get_update(known), await desk.typed(SECOND, " Please.")):
        await desk.casework.typed_over_agreement(desk.case_id, "settlement.1", [(by, [typed])], clock.now())
    assert await desk.words() == ["Nine hundred euros.", "Silence. Please."]
    drafting = (await desk.sees("client")).drafting
    assert drafting is not None
    assert [assent.clause for assent in drafting.assents] == [FIRST]


async def test_a_frozen_text_takes_no_more_and_reopened_it_begins_with_the_same_words_alone(desk: Desk) -> None:
    await desk.accept("mediator", await desk.suggest("client", "replace", FIRST, "A figure nobody should remember."))
    await desk.accept("mediator", await desk.suggest("client", "replace", FIRST, "Nine hundred euros."))
    for nickname in ("client", "handler"):
        for clause in (FIRST, SECOND):
            await desk.agree_to(nickname, clause)
    await desk.do("mediator", c.Freeze, text_hash=(await desk.text()).text_hash)
    typed = await desk.typed(FIRST, " Or not.")
    async with desk.casework.pool.acquire() as conn:
        with pytest.raises(CannotAppend):
            await log.append(conn, desk.case_id, "settlement.1", [Written(typed, None)], clock.now())
    await desk.do("client", c.Reopen)
    assert await desk.words() == ["Nine hundred euros.", "Silence."]
    async with desk.casework.pool.acquire() as conn:
        travelled = await conn.fetch("SELECT update FROM document_updates WHERE name = 'settlement.2'")
    assert len(travelled) == 1
    assert b"nobody should remember" not in travelled[0]["update"]


async def test_a_version_is_gone_on_from_in_a_new_document(desk: Desk) -> None:
    version = await desk.do("mediator", c.KeepVersion, name="Before lunch")
    await desk.accept("mediator", await desk.suggest("handler", "remove", FIRST))
    await desk.do("mediator", c.RestoreVersion, version=version)
    assert await desk.words() == ["Nine hundred euros.", "Silence."]
    assert (await desk.sees("client")).documents[0].name == "settlement.2"


async def test_what_the_browser_hashes_and_what_the_server_hashes_is_the_same(desk: Desk) -> None:
    text = await desk.text()
    doc: Doc[Any] = Doc()
    async with desk.casework.pool.acquire() as conn:
        for row in await conn.fetch("SELECT update FROM document_updates ORDER BY seq"):
            doc.apply_update(row["update"])
    assert text_hash(canonical(doc)["content"][0]) == text.clauses[0].text_hash
    assert await desk.refused("client", c.GiveClauseAssent, clause=FIRST, text_hash="0" * 64) == "wording-has-changed"
    assert await desk.refused("client", c.GiveClauseAssent, clause=uuid4().hex, text_hash="0" * 64) == "clause-is-gone"
