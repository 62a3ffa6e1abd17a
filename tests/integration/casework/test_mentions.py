"""Whoever is mentioned gets one mail, in the transaction of the words that mention them, and it tells nothing."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest

from mediation import clock
from mediation.case import commands as c
from mediation.case.refusals import Refusal
from mediation.casework.handle import Casework
from mediation.db import Pool
from mediation.identity import accounts
from mediation.notices.writing import QUIET
from office import Docket

SECRET = "They would take half."


class Reachable(Docket):
    """A case of people who all have an address."""

    async def account_of(self, nickname: str) -> str:
        async with self.casework.pool.acquire() as conn:
            return await accounts.create_staff(
                conn, nickname.title(), f"{nickname}@friends.example", None, clock.now(), language="en"
            )

    async def mention(self, author: str, room: str, *nicknames: str, later: timedelta = timedelta()) -> None:
        people = tuple(self.seats[nickname].participant_id for nickname in nicknames)
        command = c.PostMessage(command_id=uuid4().hex, room=room, text=SECRET, mentions=people)
        await self.give(author, command, later)

    async def mails(self) -> list[tuple[str, str]]:
        """Who was written to about a mention, with what, in order."""
        async with self.casework.pool.acquire() as conn:
            rows = await conn.fetch(
                """
                SELECT message::jsonb ->> 'to' AS whom, message::jsonb ->> 'subject' AS subject,
                       message::jsonb ->> 'body' AS body
                FROM outbox WHERE kind = 'mention' ORDER BY created_at, whom
                """
            )
        return [(row["whom"], f"{row['subject']}\n{row['body']}") for row in rows]

    async def written_to(self) -> list[str]:
        return [whom.partition("@")[0] for whom, _ in await self.mails()]


@pytest.fixture
async def docket(casework: Casework) -> Reachable:
    docket = Reachable(casework)
    await docket.open()
    await docket.begin()
    return docket


async def test_the_mail_leads_there_and_says_nothing_of_what_where_or_by_whom(docket: Reachable) -> None:
    await docket.mention("mediator", "caucus-client", "client")
    [(whom, mail)] = await docket.mails()
    assert whom == "client@friends.example"
    assert re.search(rf"/cases/{docket.case_id}/notice/[0-9a-f]{{32}}\n", mail)
    said = re.sub(r"/cases/\S+", "", mail)
    for hidden in (SECRET, "half", "caucus", "private", "Mediator", "mediator", "website", "Studio", "Dana", "comment"):
        assert hidden not in said


async def test_remarks_on_the_text_mention_too(docket: Reachable) -> None:
    await docket.do("mediator", c.SetStage, stage="drafting")
    await docket.do(
        "client",
        c.PostComment,
        room="joint",
        document="settlement.1",
        text="Is this right?",
        mentions=(docket.seats["handler"].participant_id, docket.seats["mediator"].participant_id),
    )
    assert await docket.written_to() == ["handler", "mediator"]


async def test_nobody_is_flooded(docket: Reachable) -> None:
    for minutes in (0, 1, 14):
        await docket.mention("client", "joint", "handler", later=timedelta(minutes=minutes))
    # Another room, another author: it is the same person's mailbox.
    await docket.mention("mediator", "caucus-business", "handler", later=timedelta(minutes=14))
    assert await docket.written_to() == ["handler"]
    await docket.mention("client", "joint", "handler", "mediator", later=QUIET)
    assert await docket.written_to() == ["handler", "handler", "mediator"]
    await docket.mention("client", "joint", "handler", later=QUIET + timedelta(minutes=14))
    assert await docket.written_to() == ["handler", "handler", "mediator"]


async def test_the_same_words_sent_again_mention_once(docket: Reachable) -> None:
    people = (docket.seats["handler"].participant_id,)
    command = c.PostMessage(command_id=uuid4().hex, room="joint", text=SECRET, mentions=people)
    await docket.give("client", command)
    await docket.give("client", command, later=QUIET * 2)
    assert await docket.written_to() == ["handler"]


async def test_whoever_is_elsewhere_gets_no_mail_and_a_refusal_uses_up_nothing(docket: Reachable, pool: Pool) -> None:
    with pytest.raises(Refusal) as refusal:
        await docket.mention("client", "team-client", "handler")
    assert refusal.value.code == "mentioned-is-not-in-this-room"
    assert await docket.mails() == []
    async with pool.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM notices WHERE kind = 'mention'") == 0
    await docket.mention("client", "joint", "handler")
    assert await docket.written_to() == ["handler"]
