"""Who wrote what is told to those who read the document, and to nobody else."""

from uuid import uuid4

from casebook import a_clause
from mediation.case import commands as c
from proofs.masks import comparable
from typist import keystrokes, types
from walls.portal import Portal, Start


async def authors(portal: Portal, nickname: str, document: str) -> set[str]:
    """The people who wrote in a document, by their nicknames, as somebody is told."""
    answer = await portal.get(nickname, f"/documents/{document}/authors")
    assert answer.status_code == 200, answer.text
    assert answer.json()["mixed"] == {}
    known = {seat.participant_id: who for who, seat in portal.docket.seats.items()}
    return {known[participant] for participant in answer.json()["clients"].values()}


async def test_everybody_at_the_table_is_told_who_wrote_in_the_text(start: Start) -> None:
    async with start() as portal:
        docket = portal.docket
        await docket.do("mediator", c.SetStage, stage="drafting")
        for who in ("handler", "mediator"):
            typed = keystrokes(uuid4().hex, f"Typed by the {who}.")
            await types(portal.port, docket.case_id, await docket.cookie(who), "settlement.1", typed)
        clause = uuid4().hex
        node = a_clause(clause, "Suggested by the client.")
        suggestion = await docket.do(
            "client", c.Suggest, document="settlement.1", change="insert", clause=clause, node=node
        )
        await docket.do("mediator", c.AcceptSuggestion, suggestion=suggestion)
        for who in docket.seats:
            assert await authors(portal, who, "settlement.1") == {"handler", "mediator", "client"}


async def test_of_a_draft_its_own_side_alone_is_told_and_others_not_even_that_there_is_one(start: Start) -> None:
    async with start() as portal:
        docket = portal.docket
        await docket.do("handler", c.OpenDraft, begun_with="nothing")
        draft = (await docket.sees("handler")).own_draft
        assert draft is not None
        typed = keystrokes(uuid4().hex, "Among us.")
        await types(portal.port, docket.case_id, await docket.cookie("handler"), draft.name, typed)
        assert await authors(portal, "handler", draft.name) == {"handler"}
        for who in ("client", "mediator"):
            hidden, absent = [
                comparable(await portal.get(who, f"/documents/{name}/authors"))
                for name in (draft.name, f"draft-business.{'0' * 8}")
            ]
            assert hidden == absent
            assert hidden[0] == 404
