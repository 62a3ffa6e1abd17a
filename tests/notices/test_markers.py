"""Words that people write, names, titles and amounts are planted everywhere; no mail, subject or webhook holds one."""

import contextlib
import os
import re
from datetime import timedelta
from email.message import EmailMessage
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
from mediation.notices.webhooks import queue
from mediation.notices.webhooks.signing import body_of, new_secret
from notices_town import Reachable, Town

MARK = "zyxMarkerxyz"
MOST = 1000 if os.environ.get("MEDIATION_SOAK") else 40
"""So many mails, and as many webhooks."""


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
                c.AskForAnswer(command_id=uuid4().hex),
                c.ExtendTerm(command_id=uuid4().hex, term="answer", owed_by=party, days=2),
                c.Pause(command_id=uuid4().hex),
                c.Resume(command_id=uuid4().hex),
                _proposal(town, chance),
                c.SetStage(command_id=uuid4().hex, stage=chance.choice(("bargaining", "exploring"))),
            )
        )
        try:
            await docket.give(who, command)
        except Refusal:
            continue
    await _meet(docket)
    with contextlib.suppress(Refusal):
        await docket.do("client", c.Leave)


def _proposal(town: Town, chance: Random) -> c.ProposeMeeting:
    begins = town.time.now + timedelta(days=chance.randint(1, 9))
    slot = c.MeetingSlot(starts_at=begins, ends_at=begins + timedelta(hours=1))
    return c.ProposeMeeting(command_id=uuid4().hex, room="joint", slots=(slot,), zone="Europe/Berlin", where=MARK)


async def _meet(docket: Marked) -> None:
    """What was proposed is set, and called off."""
    for meeting in [one.proposal for one in (await docket.sees("client")).meeting_proposals]:
        with contextlib.suppress(Refusal):
            for nickname in ("client", "handler"):
                with contextlib.suppress(Refusal):
                    await docket.do(nickname, c.AnswerMeeting, room="joint", proposal=meeting, suits=(0,))
            await docket.do("client", c.SetMeeting, room="joint", proposal=meeting, slot=0)
            await docket.do("handler", c.CancelMeeting, meeting=meeting)


@pytest.mark.soak
@pytest.mark.timeout(3_600)
async def test_no_mail_and_no_webhook_holds_a_word_a_name_a_title_or_an_amount(town: Town) -> None:
    chance, hooks = Random(8), 0
    organisation = uuid4()
    with mail_server() as server:
        while len(server.mails) < MOST or hooks < MOST:
            docket = Marked(town.casework)
            await docket.open()
            if hooks == 0:
                await _hook(town, docket, organisation.hex)
            async with town.pool.acquire() as conn:
                await organisations.tie(conn, docket.case_id, organisation.hex)
                await queue.put_opening(conn, docket.case_id, organisation.hex, clock.now())
            await docket.begin()
            await _live(town, docket, chance)
            town.time.later(days=1, hours=1)
            await town.casework.do_what_is_due(docket.case_id, town.time.now)
            await town.teller().look()
            await town.post(server.port)
            async with town.pool.acquire() as conn:
                hooks = await conn.fetchval("SELECT count(*) FROM webhook_deliveries")
    kinds = {str(mail["Subject"]) for mail in server.mails}
    assert len(kinds) > 4, "several kinds of mail were looked at"
    files = sum(_look_at(mail) for mail in server.mails)
    assert files, "calendar files were looked at, too"
    async with town.pool.acquire() as conn:
        rows = await conn.fetch("SELECT * FROM webhook_deliveries")
    for row in rows:
        body_sent = body_of(row["delivery_id"].hex, row["at"], row["kind"], row["case_id"].hex).decode()
        assert re.fullmatch(
            r'{"id":"[0-9a-f]{32}","at":"[0-9T:.Z-]+","kind":"[a-z-]+","case":"[0-9a-f]{32}"}', body_sent
        )
    print(f"\nsoak: no marker in {len(server.mails)} mails with {files} calendar files, nor in {hooks} webhooks")


def _look_at(mail: EmailMessage) -> int:
    """Fail when a mail says anything, in any part of it, in whichever way it is encoded; returns its calendar files."""
    files = [str(part.get_content()) for part in mail.iter_attachments()]
    body = mail.get_body()
    assert body is not None
    said = f"{mail['Subject']}\n{body.get_content()}"
    # Lines are folded there.
    calendars = "\n".join(files).replace("\r\n ", "")
    for text in (said, calendars):
        for hidden in (MARK, "4711", "website", "Example Studio", "Dana", "caucus", "team-", "joint", "talks"):
            assert hidden not in re.sub(r"https://\S+", "", text), text
        for link in re.findall(r"https://\S+", text):
            assert re.fullmatch(
                r"https://portal\.example/(cases/[0-9a-f]{32}/(notice/[0-9a-f]{32}|meetings|ladder))?", link
            ), link
    assert MARK not in mail.as_string()
    return len(files)


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
