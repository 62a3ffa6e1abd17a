"""One act is one mail over a real mail server, which says the whole, and keeps its reader's calendar right."""

import email.message
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import vobject

from acts import PersonsCalendar
from mail_server import MailServer, mail_server
from mediation.case import commands as c
from mediation.notices.timing import Quiet, Wish
from notices_town import BASE, Reachable, Town

FROM_NOON = Wish(zone="UTC", quiet=Quiet(time(6), time(12)))


async def at_the_table(town: Town) -> Reachable:
    """A mediation in which the business has an adviser, and nobody owes an answer."""
    docket = await town.case()
    await docket.join("adviser", "counsel", "business")
    await docket.agree("adviser")
    await docket.say("handler", "joint", "Good morning.")
    await docket.say("client", "joint", "Good morning.")
    await town.everybody_has_read_everything()
    town.time.later(hours=1)
    return docket


async def look(town: Town, server: MailServer) -> list[email.message.EmailMessage]:
    """What arrives when the worker and the postman have looked."""
    before = len(server.mails)
    await town.teller().look()
    await town.post(server.port)
    return server.mails[before:]


def to(mails: list[email.message.EmailMessage], nickname: str) -> list[email.message.EmailMessage]:
    return [mail for mail in mails if str(mail["To"]).startswith(f"{nickname}.")]


def words(mail: email.message.EmailMessage) -> str:
    body = mail.get_body()
    assert body is not None
    return str(body.get_content())


def files(mail: email.message.EmailMessage) -> list[str]:
    found = [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]
    return [part.get_content() for part in found]


def calendar_of(server: MailServer, nickname: str) -> PersonsCalendar:
    """The calendar of somebody who opened every file that they were sent, in the order in which mails arrived."""
    calendar = PersonsCalendar()
    for mail in to(server.mails, nickname):
        for file in files(mail):
            calendar.read(file)
    return calendar


async def last_days(docket: Reachable, nickname: str) -> list[date]:
    """The last days for an answer that somebody's own screen names."""
    party = docket.seats[nickname].party
    terms = (await docket.sees(nickname)).terms
    return [t.last_day for t in terms if (t.term, t.owed_by) == ("answer", party) and t.last_day is not None]


async def test_a_step_up_is_one_mail_and_one_notice_for_each(town: Town) -> None:
    docket = await at_the_table(town)
    with mail_server() as server:
        await docket.do("client", c.StepTier, to="management")
        mails = await look(town, server)
        assert sorted(str(mail["Subject"]) for mail in mails) == [
            "A next step was taken",
            *["You are asked for an answer"] * 2,
        ]
        [asked] = to(mails, "handler")
        [day] = await last_days(docket, "handler")
        for said in ("The step now: management joins in", "can decide for the business", "You are asked for an answer"):
            assert said in words(asked)
        assert f"Until: {day.day} {day:%B} {day.year}" in words(asked)
        assert "both sides can agree that they stand still" in words(asked)
        [file] = files(asked)
        event = vobject.readOne(file).vevent
        assert event.dtstart.value == day
        assert event.summary.value == "Something is due in the portal"
        assert words(asked).count(f"{BASE}/cases/{docket.case_id}/notice/") == 1
        [told] = to(mails, "mediator")
        assert "The step now" in words(told)
        assert "Until" not in words(told)
        assert files(told) == []
        assert await town.notices(docket) == {
            "handler": ["served in papers"],
            "adviser": ["served in papers"],
            "mediator": ["step in papers"],
        }
        town.time.later(days=1)
        assert await look(town, server) == [], "and no digest of it"


async def test_calendars_are_right_through_more_time_a_pause_and_the_answer(town: Town) -> None:
    docket = await at_the_table(town)
    with mail_server() as server:
        await docket.do("client", c.StepTier, to="management")
        await look(town, server)
        assert calendar_of(server, "handler").days == await last_days(docket, "handler")
        for side in ("client", "handler"):
            await docket.do(side, c.ExtendTerm, term="answer", owed_by="business", days=3)
        [mail] = to(await look(town, server), "handler")
        assert "more time" in words(mail)
        assert calendar_of(server, "handler").days == await last_days(docket, "handler")
        [before] = await last_days(docket, "handler")

        await docket.do("mediator", c.Pause)
        assert await look(town, server) == [], "a pause of an hour moves no day"
        town.time.later(days=1)
        mails = await look(town, server)
        assert [str(mail["Subject"]) for mail in to(mails, "handler")] == ["Your time has changed"]
        assert calendar_of(server, "handler").days == []
        town.time.later(days=1)
        await docket.do("mediator", c.Resume)
        await look(town, server)
        assert calendar_of(server, "handler").days == await last_days(docket, "handler") != [before]

        await docket.say("handler", "joint", "We will pay half.")
        await look(town, server)
        assert calendar_of(server, "adviser").days == await last_days(docket, "adviser") == []
        assert len(calendar_of(server, "adviser").entries) == 1, "it was one entry all the time"


async def test_a_pause_of_minutes_is_mailed_to_nobody(town: Town) -> None:
    docket = await at_the_table(town)
    with mail_server() as server:
        await docket.do("client", c.StepTier, to="management")
        await look(town, server)
        town.time.later(minutes=10)
        await docket.do("mediator", c.Pause)
        town.time.later(minutes=10)
        await docket.mention("client", "team-client")
        await docket.do("mediator", c.Resume)
        town.time.later(minutes=30)
        assert "Your time has changed" not in {str(mail["Subject"]) for mail in await look(town, server)}
        assert calendar_of(server, "handler").days == await last_days(docket, "handler") != []


async def test_what_came_in_quiet_hours_is_one_mail_with_the_day_that_counts(town: Town) -> None:
    docket = await at_the_table(town)
    await town.wish(docket, "handler", when=FROM_NOON)
    with mail_server() as server:
        await docket.do("client", c.StepTier, to="management")
        for side in ("client", "handler"):
            await docket.do(side, c.ExtendTerm, term="answer", owed_by="business", days=3)
        assert to(await look(town, server), "handler") == []
        town.time.now = town.time.now.replace(hour=12)
        [mail] = to(await look(town, server), "handler")
        [day] = await last_days(docket, "handler")
        assert f"Until: {day.day} {day:%B}" in words(mail)
        assert calendar_of(server, "handler").days == [day]


async def test_a_meeting_is_mailed_moved_and_taken_back_under_one_name(town: Town) -> None:
    docket = await at_the_table(town)
    begins = datetime(2027, 3, 24, 9, tzinfo=UTC)

    async def arrange(starts_at: datetime, moves: str | None = None) -> str:
        slot = c.MeetingSlot(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
        given = {"room": "joint", "zone": "Europe/Berlin", "slots": (slot,), "where": "Room 4711", "moves": moves}
        proposal = await docket.do("handler", c.ProposeMeeting, **given)
        await docket.do("client", c.AnswerMeeting, room="joint", proposal=proposal, suits=(0,))
        await docket.do("client", c.SetMeeting, room="joint", proposal=proposal, slot=0)
        return proposal

    with mail_server() as server:
        meeting = await arrange(begins)
        town.time.later(minutes=20)
        told = to(await look(town, server), "client")
        assert "A meeting is set for 24 March 2027, 10:00 – 11:00 (Europe/Berlin)." in words(told[-1])
        for who in ("handler", "client", "mediator", "adviser"):
            assert calendar_of(server, who).days == [begins], who
        await arrange(begins + timedelta(days=7), meeting)
        town.time.later(minutes=20)
        await look(town, server)
        # Clocks are put forward on 28 March: nine by UTC is eleven in Berlin by then.
        assert "31 March 2027, 11:00 – 12:00" in words(to(server.mails, "client")[-1])
        assert calendar_of(server, "client").days == [begins + timedelta(days=7)]
        await docket.do("client", c.CancelMeeting, meeting=meeting)
        town.time.later(minutes=20)
        await look(town, server)
        for who in ("handler", "client", "mediator", "adviser"):
            assert calendar_of(server, who).days == []
            assert len(calendar_of(server, who).entries) == 1
        for hidden in ("4711", "joint", "website", "Handler", "Client"):
            for mail in server.mails:
                assert hidden not in words(mail) + "".join(files(mail))


async def test_whoever_wants_one_mail_a_day_gets_their_dates_with_it(town: Town) -> None:
    docket = await at_the_table(town)
    await town.wish(docket, "client", awaits="daily")
    begins = datetime(2027, 3, 24, 9, tzinfo=UTC)
    slot = c.MeetingSlot(starts_at=begins, ends_at=begins + timedelta(hours=1))
    with mail_server() as server:
        proposal = await docket.do("handler", c.ProposeMeeting, room="joint", zone="UTC", slots=(slot,))
        await docket.do("client", c.AnswerMeeting, room="joint", proposal=proposal, suits=(0,))
        await docket.do("client", c.SetMeeting, room="joint", proposal=proposal, slot=0)
        assert to(await look(town, server), "client") == []
        town.time.later(days=1)
        [mail] = to(await look(town, server), "client")
        assert str(mail["Subject"]) == "What is new"
        assert calendar_of(server, "client").days == [begins]


async def test_silence_that_leads_to_a_step_is_one_mail_for_each_act_of_the_clock(town: Town) -> None:
    docket = await at_the_table(town)
    with mail_server() as server:
        await docket.do("client", c.StepTier, to="management")
        await look(town, server)
        counted = len(server.mails)
        acts = 0
        for _ in range(20):
            town.time.later(days=1)
            lengths = await docket.lengths()
            if await town.casework.do_what_is_due(docket.case_id, town.time.now):
                acts += 1
                new = (await docket.lengths())["papers"] - lengths["papers"]
                mails = await look(town, server)
                assert new
                assert all(len(to(mails, who)) <= 1 for who in docket.seats)
        assert acts >= 3, "two reminders, and the time was over"
        assert len(server.mails) > counted
        async with town.pool.acquire() as conn:
            kept = await conn.fetchval("SELECT count(*) FROM notices WHERE case_id = $1", UUID(docket.case_id))
        assert kept
