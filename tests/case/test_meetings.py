"""A meeting of a step: times proposed where the sides talk, one of them on paper, and who came."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from casebook import START, Story, just_opened, mediated_case, opened_case, person
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.decide import meetings
from mediation.case.terms import PAPERS, TALKS

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 3, 24, 10, tzinfo=BERLIN)


def slot(starts_at: datetime, lasts: timedelta = timedelta(hours=1)) -> c.MeetingSlot:
    """A time at which one could meet."""
    return c.MeetingSlot(starts_at=starts_at, ends_at=(starts_at.astimezone(UTC) + lasts).astimezone(starts_at.tzinfo))


def propose(case: Story, who: str, *starts: datetime, **more: Any) -> str:
    fields = {"room": "talks", "zone": "Europe/Berlin", **more}
    return case.do(who, c.ProposeMeeting, slots=tuple(map(slot, starts)), **fields)


def answer(case: Story, who: str, proposal: str, suits: Sequence[int], room: str = "talks") -> None:
    case.do(who, c.AnswerMeeting, room=room, proposal=proposal, suits=tuple(suits))


def meeting_set(case: Story, *, room: str = "talks", starts_at: datetime = TUESDAY, **more: Any) -> str:
    """A meeting that the handler proposed and the client agreed to; returns its id."""
    meeting = propose(case, "handler", starts_at, room=room, **more)
    answer(case, "client", meeting, [0], room)
    case.do("client", c.SetMeeting, room=room, proposal=meeting, slot=0)
    return meeting


def till(case: Story, moment: datetime) -> None:
    case.after(moment - case.now)


def test_the_business_proposes_three_times_one_suits_the_client_and_it_becomes_a_paper() -> None:
    case = opened_case()
    days = [TUESDAY + timedelta(days=n) for n in range(3)]
    proposal = propose(case, "handler", *days, where="Our office, third floor")
    assert case.line("client") == ("talks", "answer-meeting", True)
    assert case.line("handler")[1] != "answer-meeting"
    answer(case, "client", proposal, [1, 2])
    shown = case.sees("handler").meeting_proposals[0]
    assert [one.suits for one in shown.slots] == [["business"], ["business", "client"], ["business", "client"]]
    case.do("handler", c.SetMeeting, room="talks", proposal=proposal, slot=1)
    for who in ("handler", "client"):
        meeting = case.sees(who).meetings[0]
        assert (meeting.tier, meeting.starts_at, meeting.zone) == ("talks", days[1], "Europe/Berlin")
        assert meeting.where == "Our office, third floor"
    paper = case.last(PAPERS)
    assert paper.actor == "system"
    assert paper.event == e.MeetingSet(
        meeting=proposal,
        tier="talks",
        starts_at=days[1].astimezone(UTC),
        ends_at=days[1].astimezone(UTC) + timedelta(hours=1),
        zone="Europe/Berlin",
    )


def test_what_was_proposed_and_where_one_meets_is_in_no_paper() -> None:
    case = opened_case().having("lawyer", "legal", None)
    before = case.book.seen_by(person("lawyer"))
    propose(case, "handler", TUESDAY, TUESDAY + timedelta(days=1), where="https://calls.example/secret-room")
    assert case.book.seen_by(person("lawyer")) == before
    meeting_set(case, where="https://calls.example/secret-room")
    seen = case.sees("lawyer")
    assert [one.where for one in seen.meetings] == [""]
    assert seen.meeting_proposals == []
    assert b"secret-room" not in case.book.seen_by(person("lawyer"))


def test_a_time_is_set_only_when_it_suits_both() -> None:
    case = opened_case()
    proposal = propose(case, "client", TUESDAY, TUESDAY + timedelta(days=1))
    fields = {"room": "talks", "proposal": proposal}
    assert case.refused("client", c.SetMeeting, **fields, slot=0) == "does-not-suit-both"
    answer(case, "handler", proposal, [])
    assert case.refused("client", c.SetMeeting, **fields, slot=0) == "does-not-suit-both"
    answer(case, "handler", proposal, [0])
    assert case.refused("client", c.SetMeeting, **fields, slot=1) == "does-not-suit-both"
    assert case.refused("client", c.SetMeeting, **fields, slot=4) == "does-not-suit-both"
    case.do("handler", c.SetMeeting, **fields, slot=0)
    assert case.refused("client", c.SetMeeting, **fields, slot=0) == "meeting-is-not-open"


def test_what_the_mediator_proposes_has_to_suit_both_sides() -> None:
    case = mediated_case()
    proposal = propose(case, "mediator", TUESDAY, room="joint")
    answer(case, "client", proposal, [0], "joint")
    assert case.refused("mediator", c.SetMeeting, proposal=proposal, slot=0) == "does-not-suit-both"
    assert case.refused("mediator", c.AnswerMeeting, proposal=proposal, suits=(0,)) == "for-the-sides"
    answer(case, "handler", proposal, [0], "joint")
    case.do("mediator", c.SetMeeting, proposal=proposal, slot=0)
    assert case.sees("client").meetings[0].starts_at == TUESDAY


def test_each_side_says_who_of_its_own_people_came_and_nobody_that_others_stayed_away() -> None:
    case = opened_case().having("manager", "manager", "business")
    meeting = meeting_set(case)
    till(case, TUESDAY + timedelta(hours=2))
    both = (person("handler"), person("client"))
    assert case.refused("handler", c.NoteAttendance, meeting=meeting, attended=both) == "each-for-its-own"
    case.do("handler", c.NoteAttendance, meeting=meeting, attended=(person("handler"), person("manager")))
    shown = case.sees("client").meetings[0]
    assert [(one.said_by, one.people) for one in shown.attended] == [
        ("business", [person("handler"), person("manager")])
    ]
    case.do("client", c.NoteAttendance, meeting=meeting, attended=(person("client"),))
    case.do("handler", c.NoteAttendance, meeting=meeting, attended=(person("handler"),))
    shown = case.sees("client").meetings[0]
    assert [(one.said_by, len(one.people)) for one in shown.attended] == [("business", 1), ("client", 1)]
    again = case.refused("client", c.NoteAttendance, meeting=meeting, attended=(person("client"),))
    assert again == "already-so"


def test_with_a_mediator_it_is_the_mediator_who_says_who_came() -> None:
    case = mediated_case()
    meeting = meeting_set(case, room="joint")
    everybody = tuple(person(who) for who in ("client", "handler", "mediator"))
    assert case.refused("mediator", c.NoteAttendance, meeting=meeting, attended=everybody) == "meeting-has-not-begun"
    till(case, TUESDAY)
    assert case.refused("client", c.NoteAttendance, meeting=meeting, attended=everybody) == "for-the-mediator"
    case.do("mediator", c.NoteAttendance, meeting=meeting, attended=everybody)
    assert case.last(PAPERS).event == e.MeetingHeld(meeting=meeting, party=None, attended=everybody)
    assert case.refused("mediator", c.CancelMeeting, meeting=meeting) == "not-there"


def test_of_a_meeting_before_the_mediator_came_the_sides_still_say_it() -> None:
    case = opened_case()
    meeting = meeting_set(case)
    till(case, TUESDAY + timedelta(days=1))
    case.with_mediator().in_mediation()
    assert case.refused("mediator", c.NoteAttendance, meeting=meeting, attended=(person("client"),)) == "for-the-sides"
    case.do("client", c.NoteAttendance, meeting=meeting, attended=(person("client"),))


def test_moving_it_leaves_the_time_until_both_agree_on_another() -> None:
    case = opened_case()
    meeting = meeting_set(case)
    friday = TUESDAY + timedelta(days=3)
    other = propose(case, "client", friday, moves=meeting, where="Our kitchen")
    assert case.sees("handler").meetings[0].starts_at == TUESDAY
    answer(case, "handler", other, [0])
    case.do("handler", c.SetMeeting, room="talks", proposal=other, slot=0)
    (shown,) = case.sees("client").meetings
    assert (shown.meeting, shown.starts_at, shown.where) == (meeting, friday, "Our kitchen")
    assert case.kinds(PAPERS)[-2:] == ["MeetingSet", "MeetingMoved"]
    assert case.papers.meetings[meeting].sequence == 1


def test_calling_it_off_says_neither_why_nor_who() -> None:
    case = opened_case()
    meeting = meeting_set(case)
    case.do("client", c.CancelMeeting, meeting=meeting)
    assert case.last(PAPERS) == type(case.last(PAPERS))(
        PAPERS, len(case.book.rooms[PAPERS]), case.now, "system", e.MeetingCancelled(meeting=meeting)
    )
    shown = case.sees("handler").meetings[0]
    assert (shown.state, shown.can) == ("cancelled", [])
    for kind, fields in ((c.CancelMeeting, {}), (c.NoteAttendance, {"attended": (person("handler"),)})):
        assert case.refused("handler", kind, meeting=meeting, **fields) == "not-there"
    assert case.refused(
        "handler", c.ProposeMeeting, room="talks", slots=(slot(TUESDAY),), zone="UTC", moves=meeting
    ) == ("not-there")


@pytest.mark.parametrize(
    ("day", "utc_hour"),
    [("2026-03-28", 9), ("2026-03-29", 8), ("2026-10-24", 8), ("2026-10-25", 9)],
)
def test_ten_oclock_in_berlin_is_ten_oclock_before_and_after_the_clocks_change(day: str, utc_hour: int) -> None:
    case = opened_case()
    at_ten = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=BERLIN)
    meeting_set(case, starts_at=at_ten)
    shown = case.sees("client").meetings[0]
    assert (shown.starts_at.hour, shown.starts_at.tzinfo) == (utc_hour, UTC)
    assert shown.starts_at.astimezone(ZoneInfo(shown.zone)).hour == 10


def test_an_hour_is_an_hour_while_the_clocks_go_forward() -> None:
    case = opened_case()
    night = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    meeting_set(case, starts_at=night)
    shown = case.sees("client").meetings[0]
    assert shown.ends_at - shown.starts_at == timedelta(hours=1)
    assert shown.ends_at.astimezone(BERLIN).strftime("%H:%M") == "03:30"


@pytest.mark.parametrize(
    ("starts_at", "lasts", "code"),
    [
        (START, timedelta(hours=1), "time-is-over"),
        (START + timedelta(days=500), timedelta(hours=1), "time-is-too-far"),
        (datetime.max.replace(tzinfo=UTC) - timedelta(days=2), timedelta(hours=1), "time-is-too-far"),
        (datetime.min.replace(tzinfo=UTC) + timedelta(days=2), timedelta(hours=1), "time-is-over"),
        (TUESDAY, timedelta(minutes=5), "time-does-not-fit"),
        (TUESDAY, timedelta(hours=13), "time-does-not-fit"),
        (TUESDAY, -timedelta(hours=1), "time-does-not-fit"),
    ],
)
def test_a_time_that_cannot_be_is_refused(starts_at: datetime, lasts: timedelta, code: str) -> None:
    case = opened_case()
    fields = {"room": "talks", "slots": (slot(starts_at, lasts),), "zone": "UTC"}
    assert case.refused("handler", c.ProposeMeeting, **fields) == code


@pytest.mark.parametrize("zone", ["Nowhere/Town", "Europe", "../etc/passwd", "/etc/localtime", "Europe/Berlin/"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    case = opened_case()
    assert case.refused("handler", c.ProposeMeeting, room="talks", slots=(slot(TUESDAY),), zone=zone) == "zone-unknown"


def test_the_same_time_is_proposed_once() -> None:
    case = opened_case()
    twice = (slot(TUESDAY), slot(TUESDAY.astimezone(UTC)))
    assert case.refused("handler", c.ProposeMeeting, room="talks", slots=twice, zone="UTC") == "same-time-twice"


def test_there_are_not_endlessly_many_proposals_at_once() -> None:
    case = opened_case()
    made = [propose(case, "handler", TUESDAY) for _ in range(meetings.MOST)]
    fields = {"room": "talks", "slots": (slot(TUESDAY),), "zone": "UTC"}
    assert case.refused("client", c.ProposeMeeting, **fields) == "too-many-meetings-proposed"
    assert "ProposeMeeting" not in case.sees("client").allowed_actions
    assert case.refused("client", c.WithdrawMeeting, room="talks", proposal=made[0]) == "not-yours"
    case.do("handler", c.WithdrawMeeting, room="talks", proposal=made[0])
    propose(case, "client", TUESDAY)


def test_once_the_mediation_has_begun_one_arranges_at_the_table() -> None:
    case = opened_case().with_mediator()
    open_one = propose(case, "handler", TUESDAY)
    kept = meeting_set(case, starts_at=TUESDAY + timedelta(days=1))
    case.in_mediation()
    fields = {"slots": (slot(TUESDAY),), "zone": "UTC"}
    assert case.refused("client", c.ProposeMeeting, room="talks", **fields) == "meetings-are-arranged-at-the-table"
    assert {one.proposal: one.state for one in case.sees("client").meeting_proposals}[open_one] == "lapsed"
    assert [one.meeting for one in case.sees("client").meetings] == [kept]
    propose(case, "client", TUESDAY, room="joint")


def test_a_manager_first_step_meets_without_a_mediator() -> None:
    case = just_opened(ladder=("talks", "management", "mediation", "referral")).with_client()
    case.do("client", c.StepTier, to="management")
    case.having("manager", "manager", "business")
    proposal = propose(case, "manager", TUESDAY)
    answer(case, "client", proposal, [0])
    case.do("manager", c.SetMeeting, room="talks", proposal=proposal, slot=0)
    assert case.sees("client").meetings[0].tier == "management"


def test_a_companion_and_a_legal_reader_arrange_none_and_a_lawyer_does() -> None:
    case = opened_case().with_counsel().having("companion", "companion", "client").having("lawyer", "legal", None)
    fields = {"room": "talks", "slots": (slot(TUESDAY),), "zone": "UTC"}
    for who in ("companion", "lawyer"):
        assert case.refused(who, c.ProposeMeeting, **fields) == "for-those-who-arrange"
    propose(case, "counsel", TUESDAY)


def test_a_mediator_whom_nobody_has_accepted_yet_reads_and_arranges_none() -> None:
    case = opened_case().with_mediator()
    propose(case, "handler", TUESDAY, where="Our office")
    assert case.sees("mediator").meeting_proposals == []
    fields = {"room": TALKS, "slots": (slot(TUESDAY),), "zone": "UTC"}
    assert case.refused("mediator", c.ProposeMeeting, **fields) == "not-in-this-room"


def test_a_pause_keeps_nobody_from_finding_another_time() -> None:
    case = mediated_case()
    case.do("client", c.Pause)
    propose(case, "client", TUESDAY, room="joint")


def test_after_the_end_nothing_is_arranged_and_what_was_set_is_called_off_or_attended() -> None:
    case = mediated_case()
    meeting = meeting_set(case, room="joint")
    propose(case, "client", TUESDAY, room="joint")
    case.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    seen = case.sees("client")
    assert [one.state for one in seen.meeting_proposals] == ["chosen", "lapsed"]
    assert all(one.can == [] for one in seen.meeting_proposals)
    assert seen.meetings[0].can == ["CancelMeeting"]
    case.do("client", c.CancelMeeting, meeting=meeting)
    case.do("mediator", c.CloseCase)
    assert case.sees("client").meetings[0].can == []
