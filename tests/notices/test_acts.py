"""One act, one notice, as stories: what asks something of its reader comes before what merely happened."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from msgspec.structs import replace

from acts import by_name, calendar_of, heard, last_act
from casebook import Story, opened_case, person
from histories import Teller, take
from ladders import LADDER, with_rung
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.policy import Policy
from mediation.case.rooms import restrict
from mediation.notices.acts import most_telling, notices_of
from mediation.notices.dates import newest
from mediation.notices.notice import Notice

MONDAY = datetime(2026, 2, 2, 10, 30, tzinfo=UTC)


def at_the_table(policy: Policy = LADDER) -> Story:
    """A mediation under a ladder with times, in which nobody owes an answer; what is told is kept from here on."""
    case = opened_case(policy=policy, at=MONDAY).with_mediator().with_counsel("adviser", "business").in_mediation()
    case.say("handler", "joint", "Good morning.")
    case.say("client", "joint", "Good morning.")
    heard(case)
    return case


def test_a_step_up_is_one_notice_with_what_is_asked_and_until_when() -> None:
    case = at_the_table()
    case.do("client", c.StepTier, to="management")
    [term] = [term for term in case.sees("handler").terms if (term.term, term.owed_by) == ("answer", "business")]
    told = last_act(case)
    for nickname in ("handler", "adviser"):
        assert (told[nickname].kind, told[nickname].due) == ("served", term.over_at)
        assert told[nickname].parts == ("to-management", "asked")
        assert [one.last_day() for one in told[nickname].dates] == [term.last_day]
    assert (told["mediator"].kind, told["mediator"].due) == ("step", None)
    assert told["mediator"].parts == ("to-management",)
    assert "client" not in told


def test_a_step_that_has_nobody_in_it_is_told_of_with_the_one_that_follows() -> None:
    case = at_the_table(with_rung("management", people=()))
    case.do("client", c.StepTier, to="executive")
    assert last_act(case)["handler"].parts == ("skipped", "to-executive", "asked")


def test_silence_and_the_step_that_follows_from_it_are_one_notice() -> None:
    policy = replace(with_rung("talks", resolve=None), business_silent="step-up")
    case = opened_case(policy=policy, at=MONDAY)
    book = heard(case)
    case.do("client", c.AskForAnswer)
    case.working_days_pass(10)
    told = by_name(case, next(act for act in book.acts if any("answer-over" in notice.parts for notice in act)))
    assert {nickname: (notice.kind, notice.parts) for nickname, notice in told.items()} == {
        "handler": ("served", ("answer-over", "to-mediation", "asked")),
        "client": ("step", ("answer-over", "to-mediation")),
    }
    assert told["handler"].due is not None


def test_whoever_wakes_a_resting_case_by_words_leads_the_others_to_the_words() -> None:
    case = opened_case(policy=LADDER, at=MONDAY)
    case.working_days_pass(10)
    assert case.sees("client").resting
    heard(case)
    seq = case.say("client", "talks", "Here I am again.")
    told = last_act(case)["handler"]
    assert (told.kind, told.room, told.seq, told.parts) == ("step", "talks", seq, ("goes-on",))


def test_an_answer_is_told_where_its_words_are() -> None:
    case = opened_case(policy=LADDER, at=MONDAY)
    case.do("client", c.AskForAnswer)
    heard(case)
    seq = case.say("handler", "talks", "It was our fault.")
    told = last_act(case)["client"]
    assert (told.kind, told.room, told.seq) == ("news", "talks", seq)


def test_an_ending_is_one_notice_though_somebody_left_with_it() -> None:
    case = at_the_table()
    case.do("client", c.Leave)
    told = last_act(case)
    assert {told[nickname].kind for nickname in ("handler", "mediator", "adviser")} == {"ended"}


def test_what_is_due_on_a_day_that_no_longer_counts_is_not_the_most_telling() -> None:
    case = at_the_table()
    case.do("client", c.StepTier, to="management")
    served = last_act(case)["handler"]
    case.do("client", c.Leave)
    ended = last_act(case)["handler"]
    assert most_telling([served]).kind == "served"
    assert most_telling([served, ended]).kind == "ended"


# ── what calendars hold ─────────────────────────────────────────────────────────────────────────────────────────────


def shown(case: Story, nickname: str) -> list[date]:
    """The last days that somebody's screen names for their own side's answers."""
    party = case.papers.people[person(nickname)].party
    terms = case.sees(nickname).terms
    return sorted(term.last_day for term in terms if (term.term, term.owed_by) == ("answer", party) and term.last_day)


def test_more_time_moves_the_day_in_the_calendar_of_whoever_has_it() -> None:
    case = opened_case(policy=LADDER, at=MONDAY)
    heard(case)
    case.do("client", c.AskForAnswer)
    assert calendar_of(case, "handler").days == shown(case, "handler") == [date(2026, 2, 16)]
    for side in ("handler", "client"):
        case.do(side, c.ExtendTerm, term="answer", owed_by="business", days=3)
    told = last_act(case)
    assert (told["handler"].kind, told["handler"].parts) == ("time", ("longer",))
    assert told["client"].dates == ()
    assert calendar_of(case, "handler").days == shown(case, "handler") == [date(2026, 2, 19)]
    assert len(calendar_of(case, "handler").entries) == 1, "the same entry, and no second one"


def test_a_pause_over_days_takes_the_day_away_and_gives_a_later_one_back() -> None:
    case = at_the_table()
    case.do("client", c.StepTier, to="management")
    [before] = calendar_of(case, "handler").days
    case.do("mediator", c.Pause)
    told = last_act(case)
    assert {nickname: notice.kind for nickname, notice in told.items()} == {"handler": "time", "adviser": "time"}
    assert told["handler"].not_before == datetime(2026, 2, 3, tzinfo=UTC), "the end of the working day"
    assert calendar_of(case, "handler").days == shown(case, "handler") == []
    case.working_days_pass(2)
    case.do("mediator", c.Resume)
    assert last_act(case)["handler"].parts == ("runs",)
    assert calendar_of(case, "handler").days == shown(case, "handler") == [before + timedelta(days=2)]


def test_a_pause_of_minutes_is_no_matter_of_calendars() -> None:
    case = at_the_table()
    case.do("client", c.StepTier, to="management")
    case.do("mediator", c.Pause)
    case.after(timedelta(minutes=10)).do("mediator", c.Resume)
    told = last_act(case)
    assert {notice.kind for notice in told.values()} == {"news"}
    assert all(notice.dates == () for notice in told.values())


def test_an_answer_takes_the_day_out_of_the_calendars_of_that_side() -> None:
    case = at_the_table()
    case.do("client", c.StepTier, to="management")
    assert calendar_of(case, "adviser").days
    seq = case.say("handler", "joint", "We will ask upstairs.")
    told = last_act(case)
    assert (told["adviser"].kind, told["adviser"].room, told["adviser"].seq) == ("time", "joint", seq)
    assert told["adviser"].parts == ("no-longer-due",)
    assert calendar_of(case, "adviser").days == []
    assert told["client"].dates == told["mediator"].dates == ()


def test_the_end_takes_every_day_out_of_the_calendars() -> None:
    case = at_the_table()
    case.do("client", c.StepTier, to="management")
    case.do("client", c.Leave)
    assert last_act(case)["handler"].kind == "ended"
    assert calendar_of(case, "handler").days == []


def test_a_reminder_is_the_same_entry_once_more() -> None:
    case = opened_case(policy=LADDER, at=MONDAY)
    heard(case)
    case.do("client", c.AskForAnswer)
    case.working_days_pass(9)
    calendar = calendar_of(case, "handler")
    # The answer, and with its own reminder none of the step as a whole yet.
    assert calendar.days == [date(2026, 2, 16)]
    assert len(calendar.entries) == 1


def test_a_meeting_is_taken_in_moved_and_taken_out_again() -> None:
    case = opened_case()
    heard(case)
    begins = datetime(2026, 3, 24, 9, tzinfo=UTC)

    def arranged(starts_at: datetime, **more: object) -> str:
        slot = c.MeetingSlot(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
        proposal = case.do("handler", c.ProposeMeeting, room="talks", zone="Europe/Berlin", slots=(slot,), **more)
        case.do("client", c.AnswerMeeting, room="talks", proposal=proposal, suits=(0,))
        case.do("client", c.SetMeeting, room="talks", proposal=proposal, slot=0)
        return proposal

    meeting = arranged(begins)
    told = last_act(case)
    # Nobody is its author, and whoever settled on it has a calendar too.
    assert {nickname: (n.kind, n.parts) for nickname, n in told.items()} == dict.fromkeys(
        ("handler", "client"), ("appointment", ("meeting-set",))
    )
    assert calendar_of(case, "client").days == [begins]
    arranged(begins + timedelta(days=1), moves=meeting)
    assert last_act(case)["client"].parts == ("meeting-moved",)
    assert calendar_of(case, "client").days == [begins + timedelta(days=1)]
    case.do("handler", c.CancelMeeting, meeting=meeting)
    assert last_act(case)["client"].parts == ("meeting-cancelled",)
    assert calendar_of(case, "client").days == []


# ── in random histories ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(12))
def test_in_random_histories_nobody_is_told_twice_of_an_act_and_a_date_has_one_meaning(seed: int) -> None:
    book = heard(Story())
    for step in Teller(Random(seed), policy=LADDER).tell(80).steps:
        take(book, step)
    told = [notice for act in book.acts for notice in act]
    assert told
    assert all(len({notice.participant for notice in act}) == len(act) for act in book.acts)
    meanings: dict[tuple[str, str, int], tuple[datetime, bool]] = {}
    for notice in told:
        for one in notice.dates:
            meaning = one.ends_at, one.cancelled
            assert meanings.setdefault((notice.participant, one.name, one.sequence), meaning) == meaning


def _alike(notices: list[Notice], who: str) -> list[Notice]:
    return [notice for notice in notices if notice.participant == who]


@pytest.mark.parametrize("seed", range(6))
def test_what_somebody_is_told_of_an_act_does_not_depend_on_rooms_that_they_are_not_in(seed: int) -> None:
    steps = Teller(Random(100 + seed), policy=LADDER).tell(60).steps
    book, compared = heard(Story()), 0
    for step in steps:
        before, lengths = book.whole, {room: len(entries) for room, entries in book.rooms.items()}
        if isinstance(take(book, step), str):
            continue
        acts = [t for room, entries in book.rooms.items() for t in entries[lengths.get(room, 0) :] if t is not None]
        if len(book.acts[-1]) == 0 or any(isinstance(t.event, e.Reminded | e.TermExpired) for t in acts):
            continue
        for who in {notice.participant for notice in book.acts[-1]}:
            rooms = set(book.reads_from(who)) | {"papers"}
            theirs = [t for t in acts if t.room in rooms]
            alone = notices_of(restrict(before, rooms), theirs, restrict(book.whole, rooms))
            assert _alike(alone, who) == _alike(book.acts[-1], who)
            compared += 1
    assert compared


def test_of_dates_told_one_after_another_the_newest_counts() -> None:
    case = opened_case(policy=LADDER, at=MONDAY)
    book = heard(case)
    case.do("client", c.AskForAnswer)
    for side in ("handler", "client"):
        case.do(side, c.ExtendTerm, term="answer", owed_by="business", days=3)
    dates = [one for act in book.acts for n in act if n.participant == person("handler") for one in n.dates]
    [date_now] = newest(dates).values()
    assert date_now.last_day() == date(2026, 2, 19)
