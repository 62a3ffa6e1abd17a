"""Words that people write, names, titles and amounts are planted everywhere; no mail, subject or webhook holds one."""

import contextlib
import os
import re
from random import Random
from uuid import uuid4

import pytest

from mail_server import mail_server
from mediation import clock
from mediation.case import commands as c
from mediation.case.refusals import Refusal
from mediation.case.terms import PARTIES
from mediation.identity import accounts, organisations
from mediation.identity.wire import AddOrganisation
from mediation.notices.webhooks.signing import body_of, new_secret
from notices_town import Reachable, Town

MARK = "zyxMarkerxyz"
MAILS = 1000 if os.environ.get("MEDIATION_SOAK") else 40


class Marked(Reachable):
    """Everybody's name is a marker as well."""

    async def account_of(self, nickname: str) -> str:
        async with self.casework.pool.acquire() as conn:
            return await accounts.create_staff(
                conn, f"{MARK} {nickname}", f"{nickname}.{uuid4().hex[:8]}@friends.example", None, clock.now()
            )


async def _live(town: Town, docket: Marked, chance: Random) -> None:
    """People say, offer, ask for and do things, each with a marker in it; what is refused is refused."""
    for _ in range(25):
        town.time.later(seconds=50)
        await town.teller().look()
        who, whom = chance.choice(list(docket.seats)), chance.choice(list(docket.seats))
        mentions = (docket.seats[whom].participant_id,)
        party = chance.choice(PARTIES)
        rooms = ["joint", "talks", f"caucus-{party}", f"team-{party}"]
        command = chance.choice(
            (
                c.PostMessage(command_id=uuid4().hex, room=chance.choice(rooms), text=f"{MARK} {chance.random()}"),
                c.PostMessage(command_id=uuid4().hex, room=chance.choice(rooms), text=MARK, mentions=mentions),
                c.MakeOffer(command_id=uuid4().hex, room="joint", terms=f"{MARK} 4711.99"),
                c.StatePosition(command_id=uuid4().hex, text=MARK, interest=MARK, wants=MARK),
                c.PutIssue(command_id=uuid4().hex, text=MARK),
                c.OpenCaucus(command_id=uuid4().hex, party=party, announcement=MARK),
                c.ProposeSharing(command_id=uuid4().hex, room=f"caucus-{party}", form="mediators-words", text=MARK),
                c.StepTier(command_id=uuid4().hex, to=chance.choice(("management", "mediation"))),
                c.SetStage(command_id=uuid4().hex, stage=chance.choice(("bargaining", "exploring"))),
            )
        )
        try:
            await docket.give(who, command)
        except Refusal:
            continue
    with contextlib.suppress(Refusal):
        await docket.do("client", c.Leave)


@pytest.mark.soak
@pytest.mark.timeout(900)
async def test_no_mail_and_no_webhook_holds_a_word_a_name_a_title_or_an_amount(town: Town) -> None:
    chance, mails = Random(8), 0
    organisation = uuid4()
    with mail_server() as server:
        while mails < MAILS:
            docket = Marked(town.casework)
            await docket.open()
            if mails == 0:
                await _hook(town, docket, organisation.hex)
            async with town.pool.acquire() as conn:
                await organisations.tie(conn, docket.case_id, organisation.hex)
            await docket.begin()
            await _live(town, docket, chance)
            town.time.later(days=1, hours=1)
            await town.teller().look()
            mails += await town.post(server.port)
    assert len(server.mails) == mails
    kinds = {str(mail["Subject"]) for mail in server.mails}
    assert len(kinds) > 4, "several kinds of mail were looked at"
    for mail in server.mails:
        body = mail.get_body()
        assert body is not None
        said = f"{mail['Subject']}\n{body.get_content()}"
        for hidden in (MARK, "4711", "website", "Example Studio", "Dana", "caucus", "team-", "joint", "talks"):
            assert hidden not in re.sub(r"https://\S+", "", said), said
        for link in re.findall(r"https://\S+", said):
            assert re.fullmatch(r"https://portal\.example/(cases/[0-9a-f]{32}/notice/[0-9a-f]{32})?", link), link
        assert MARK not in mail.as_string()
    async with town.pool.acquire() as conn:
        rows = await conn.fetch("SELECT * FROM webhook_deliveries")
    assert rows
    for row in rows:
        body_sent = body_of(row["delivery_id"].hex, row["at"], row["kind"], row["case_id"].hex).decode()
        assert re.fullmatch(
            r'{"id":"[0-9a-f]{32}","at":"[0-9T:.Z-]+","kind":"[a-z-]+","case":"[0-9a-f]{32}"}', body_sent
        )


async def _hook(town: Town, docket: Marked, organisation: str) -> None:
    named = {"name": f"{MARK} Studio", "slug": "studio", "place": MARK, "email": "office@studio.example"}
    wanted = AddOrganisation(command_id=organisation, kind="business", **named)
    async with town.pool.acquire() as conn:
        await organisations.add(conn, organisation, wanted, clock.now())
        await conn.execute(
            """
            INSERT INTO webhooks (organisation_id, url, secret, enabled, changed_by, changed_at)
            VALUES ($1, 'https://crm.example.org', $2, true, $3, $4)
            """,
            *(organisation, new_secret(), docket.seats["handler"].account_id, clock.now()),
        )
