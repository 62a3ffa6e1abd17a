"""A meeting over HTTP: proposed, answered, set, and taken into a calendar that moves its entry."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from icalendar import Calendar

from desk import Desk
from evidence.conftest import desk
from mediation import clock
from mediation.case import commands as c

__all__ = ["desk"]
WHERE = "https://calls.example/a-secret-room"


async def meeting_set(desk: Desk, starts_at: datetime, moves: str | None = None) -> str:
    docket = desk.docket
    slots = (c.MeetingSlot(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)),)
    proposal = await docket.do("handler", c.ProposeMeeting, slots=slots, zone="Europe/Berlin", where=WHERE, moves=moves)
    await docket.do("client", c.AnswerMeeting, proposal=proposal, suits=(0,))
    await docket.do("client", c.SetMeeting, proposal=proposal, slot=0)
    return str(proposal)


def soon(days: int) -> datetime:
    return (clock.now() + timedelta(days=days)).astimezone(UTC).replace(second=0, microsecond=0)


async def event(desk: Desk, who: str, meeting: str) -> Any:
    answer: httpx.Response = await desk.ask(who, "GET", f"/meetings/{meeting}/calendar.ics?language=de")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/calendar")
    assert WHERE.encode() not in answer.content
    (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return found


async def test_everybody_takes_the_meeting_into_their_calendar_and_its_entry_moves_with_it(desk: Desk) -> None:
    await desk.docket.join("lawyer", "legal", None)
    meeting = await meeting_set(desk, soon(9))
    first = await event(desk, "client", meeting)
    assert first.start == soon(9)
    assert first.end - first.start == timedelta(hours=1)
    await meeting_set(desk, soon(11), moves=meeting)
    for who in ("client", "handler", "mediator", "lawyer"):
        moved = await event(desk, who, meeting)
        assert (moved["uid"], moved["sequence"], moved.start) == (first["uid"], 1, soon(11))
    await desk.docket.do("handler", c.CancelMeeting, meeting=meeting)
    gone = await event(desk, "client", meeting)
    assert (gone["uid"], gone["sequence"], gone["status"]) == (first["uid"], 2, "CANCELLED")


async def test_a_meeting_that_is_not_is_not_there(desk: Desk) -> None:
    answer = await desk.ask("client", "GET", f"/meetings/{'ab' * 16}/calendar.ics")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-there")


async def test_times_without_a_zone_are_refused_at_the_door(desk: Desk) -> None:
    slot = {"starts_at": "2026-12-01T10:00:00", "ends_at": "2026-12-01T11:00:00"}
    body = {"command_id": "ab" * 16, "slots": [slot], "zone": "Europe/Berlin"}
    answer = await desk.ask("client", "POST", "/meeting-proposals", json=body)
    assert answer.status_code == 400
