"""The ladder keeps its promises: who owes what until when, and what follows from silence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from casebook import Story, just_opened, opened_case, person
from ladders import LADDER, LONDON, with_rung
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.decide.terms import STANDSTILL_SHA256
from mediation.case.policy import Policy, Rung, Term
from mediation.case.terms import PAPERS, Party
from mediation.case.working_days import over_at as days_over_at

MONDAY = datetime(2026, 2, 2, 10, 30, tzinfo=UTC)


def opened_by_the_client(policy: Policy = LADDER, at: datetime = MONDAY) -> Story:
    """A consumer opens a dispute with a business, whose people are not here yet."""
    return just_opened("principal", policy=policy, at=at)


def opened_by_the_business(policy: Policy = LADDER, at: datetime = MONDAY) -> Story:
    """A business opens a dispute with a consumer who has come."""
    return opened_case(policy=policy, at=at)


def done_by_itself(case: Story) -> list[tuple[str, str]]:
    """What the portal entered by itself, and on which day."""
    kinds = (e.Reminded, e.TermExpired, e.TierReached, e.TierSkipped, e.CaseRested)
    told = [t for t in case.book.rooms[PAPERS] if t is not None and t.actor == "system" and isinstance(t.event, kinds)]
    return [(type(t.event).__name__, f"{t.at:%d %b}") for t in told]


def over(case: Story, who: str, term: str, party: Party | None = None) -> datetime | None:
    """Until when a term runs, as somebody sees it."""
    shown = [t for t in case.sees(who).terms if t.term == term and party in (None, t.owed_by)]
    assert len(shown) == 1, f"{term} runs {len(shown)} times"
    return shown[0].over_at


# ── silence ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_business_says_nothing_and_after_ten_working_days_its_silence_is_recorded_as_a_refusal() -> None:
    case = opened_by_the_client().working_days_pass(10)
    expired = e.TermExpired(term="answer", party="business", due_at=datetime(2026, 2, 17, tzinfo=UTC), then="refused")
    assert expired in [told.event for told in case.book.rooms[PAPERS] if told is not None]
    assert case.sees("client").silent == ["business"]
    assert case.sees("client").resting is False


def test_before_that_the_business_is_reminded_five_days_and_one_day_before() -> None:
    case = opened_by_the_client(replace(LADDER, acknowledge=None)).working_days_pass(9)
    assert done_by_itself(case) == [("Reminded", "10 Feb"), ("Reminded", "14 Feb")]


def test_whoever_is_not_here_yet_is_asked_for_sooner_than_for_an_answer() -> None:
    case = opened_by_the_client()
    assert over(case, "client", "acknowledge") == datetime(2026, 2, 5, tzinfo=UTC)
    case.working_days_pass(2)
    assert done_by_itself(case) == [("Reminded", "04 Feb"), ("TermExpired", "05 Feb")]
    assert case.sees("client").silent == []


def test_somebody_of_the_business_takes_it_on_and_is_asked_for_the_answer_alone() -> None:
    case = opened_by_the_client().having("handler", "handler", "business").working_days_pass(2)
    assert [t.term for t in case.sees("client").terms] == ["answer", "resolve"]
    assert done_by_itself(case) == []


def test_a_companion_who_comes_first_does_not_take_it_on() -> None:
    case = opened_by_the_client().having("helper", "companion", "business")
    assert over(case, "client", "acknowledge") is not None


def test_the_business_answers_in_time_and_nothing_is_recorded_but_the_day() -> None:
    case = opened_by_the_client().having("handler", "handler", "business").working_days_pass(3)
    case.say("handler", "talks", "We will look into it by Friday.")
    assert case.last(PAPERS).event == e.NoticeAnswered(party="business")
    assert case.last(PAPERS).actor == person("handler")
    case.working_days_pass(15)
    assert case.sees("client").silent == []
    assert [kind for kind, _ in done_by_itself(case)] == ["Reminded"]


def test_the_second_thing_it_says_leaves_no_trace_in_the_papers() -> None:
    case = opened_by_the_client().having("handler", "handler", "business")
    case.say("handler", "talks", "We have your message.")
    before = len(case.book.rooms[PAPERS])
    case.say("handler", "talks", "And here is more.")
    assert len(case.book.rooms[PAPERS]) == before


def test_what_a_side_says_among_itself_is_no_answer() -> None:
    case = opened_by_the_client().having("handler", "handler", "business")
    case.say("handler", "team-business", "What do we say?")
    assert over(case, "client", "answer") is not None


def test_taking_a_message_back_is_no_answer() -> None:
    case = opened_by_the_client().having("handler", "handler", "business")
    number = case.say("handler", "talks", "Wrong window.")
    case.do("client", c.AskForAnswer)
    case.do("handler", c.StrikeMessage, room="talks", seq=number)
    assert over(case, "client", "answer") is not None


def test_an_offer_is_an_answer() -> None:
    case = opened_by_the_client().having("handler", "handler", "business")
    case.do("handler", c.MakeOffer, room="talks", terms="We repair it.")
    assert "NoticeAnswered" in case.kinds(PAPERS)


def test_a_late_answer_takes_the_silence_away_and_the_papers_keep_both_days() -> None:
    case = opened_by_the_client().having("handler", "handler", "business").working_days_pass(10)
    case.say("handler", "talks", "We were closed.")
    assert case.sees("client").silent == []
    assert {"TermExpired", "NoticeAnswered"} <= set(case.kinds(PAPERS))


def test_a_consumer_says_nothing_is_reminded_twice_and_then_the_case_rests() -> None:
    case = opened_by_the_business(replace(LADDER, unresolved="remind")).working_days_pass(10)
    assert done_by_itself(case) == [
        ("Reminded", "10 Feb"), ("Reminded", "14 Feb"), ("TermExpired", "17 Feb"), ("CaseRested", "17 Feb"),
    ]  # fmt: skip
    assert case.sees("client").resting
    case.working_days_pass(100)
    assert len(done_by_itself(case)) == 4


def test_the_consumer_writes_after_half_a_year_and_the_case_goes_on_where_it_was() -> None:
    case = opened_by_the_business().working_days_pass(10)
    before = case.sees("client")
    case.working_days_pass(120)
    case.say("client", "talks", "I was ill.")
    after = case.sees("client")
    assert (after.resting, after.silent, after.tier) == (False, [], before.tier)
    # Ten of the twenty working days for talks had passed when it began to rest; today is the first of the others.
    assert over(case, "client", "resolve") == days_over_at(LONDON, case.now - timedelta(days=1), 10)


def test_the_business_asks_again_and_thereby_wakes_the_case() -> None:
    case = opened_by_the_business().working_days_pass(10)
    case.do("handler", c.AskForAnswer)
    assert case.sees("handler").resting is False
    assert over(case, "handler", "answer", "client") is not None


def test_a_resting_case_is_not_woken_by_what_a_side_says_among_itself() -> None:
    case = opened_by_the_business().working_days_pass(10)
    case.say("handler", "team-business", "No answer yet.")
    assert case.sees("handler").resting


def test_a_client_who_is_a_business_is_held_to_what_holds_for_a_business() -> None:
    case = opened_by_the_business()
    case.do("client", c.DescribeParty, place="York", capacity="business")
    case.working_days_pass(10)
    assert case.sees("handler").silent == ["client"]
    assert not case.sees("handler").resting


# ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def answered(policy: Policy = LADDER) -> Story:
    """The client opened it, the business has come and answered on the same day."""
    case = opened_by_the_client(policy).having("handler", "handler", "business")
    case.say("handler", "talks", "We are on it.")
    return case


def test_either_side_may_ask_the_other_for_an_answer_and_both_see_until_when() -> None:
    case = answered()
    case.do("handler", c.AskForAnswer)
    assert case.last(PAPERS).event == e.NoticeServed(to="client")
    assert over(case, "client", "answer") == over(case, "handler", "answer") == datetime(2026, 2, 17, tzinfo=UTC)


def test_who_is_asked_already_is_not_asked_twice() -> None:
    case = answered()
    case.do("handler", c.AskForAnswer)
    assert case.refused("handler", c.AskForAnswer) == "answer-is-owed-already"


def test_while_the_client_owes_an_answer_the_time_of_the_business_stands_still() -> None:
    case = answered()
    case.do("handler", c.AskForAnswer)
    assert over(case, "handler", "resolve") is None
    case.working_days_pass(4)
    case.say("client", "talks", "Yes, that was it.")
    # Twenty working days from the Monday are over after 2 March; the four that the client took come on top.
    assert over(case, "handler", "resolve") == datetime(2026, 3, 7, tzinfo=UTC)


def test_while_the_business_owes_an_answer_its_own_time_runs_on() -> None:
    case = answered()
    before = over(case, "client", "resolve")
    case.do("client", c.AskForAnswer)
    assert over(case, "client", "resolve") == before


@pytest.mark.parametrize("nickname", ["mediator", "counsel"])
def test_only_those_who_speak_for_a_side_ask(nickname: str) -> None:
    case = answered().with_mediator().with_counsel()
    assert case.refused(nickname, c.AskForAnswer) in {"for-the-sides", "for-those-who-can-agree"}


def test_a_case_of_before_there_were_policies_has_no_times() -> None:
    case = opened_case()
    assert case.refused("client", c.AskForAnswer) == "no-terms-here"
    case.after(timedelta(days=400))
    assert case.sees("client").terms == []


# ── the time of a step ──────────────────────────────────────────────────────────────────────────────────────────────


def test_talks_that_settle_nothing_go_on_to_mediation_by_themselves() -> None:
    case = answered().working_days_pass(20)
    assert case.papers.tier == "mediation"
    assert case.kinds(PAPERS)[-3:] == ["TermExpired", "TierReached", "NoticeServed"]
    assert set(case.papers.served) == {"business"}


def test_nobody_is_there_at_a_step_so_it_is_skipped_and_the_papers_say_so() -> None:
    case = answered(with_rung("management", people=()))
    case.do("client", c.StepTier, to="mediation")
    case.do("client", c.StepTier, to="executive")
    assert case.kinds(PAPERS)[-3:] == ["TierSkipped", "TierReached", "NoticeServed"]
    states = {rung.tier: rung.state for rung in case.sees("client").ladder}
    assert states["management"] == "skipped"


def test_the_first_page_says_which_step_has_nobody_in_it() -> None:
    case = opened_by_the_client(with_rung("management", people=()))
    assert [rung.tier for rung in case.sees("client").ladder if rung.empty] == ["management"]


def test_a_manager_who_has_come_fills_the_step() -> None:
    case = answered(with_rung("management", people=())).having("boss", "manager", "business")
    assert not any(rung.empty for rung in case.sees("client").ladder)


def test_each_step_has_a_person_whom_everybody_can_see() -> None:
    named = {r.tier: [p.name for p in r.people] for r in opened_by_the_client().sees("client").ladder}
    assert named["management"] == ["Colin Marsh"]


def test_nothing_goes_on_to_a_referral_by_itself() -> None:
    case = answered()
    for to in ("mediation", "management", "executive"):
        case.do("client", c.StepTier, to=to)
    case.working_days_pass(60)
    assert case.papers.tier == "executive"
    assert case.last(PAPERS).event.then == "remind"  # type: ignore[union-attr]


def test_stepping_up_asks_the_other_side_for_an_answer_at_once() -> None:
    case = answered()
    case.do("client", c.StepTier, to="mediation")
    assert case.kinds(PAPERS)[-2:] == ["TierReached", "NoticeServed"]
    assert set(case.papers.served) == {"business"}
    assert over(case, "client", "answer", "business") is not None


def test_stepping_down_asks_nobody_and_begins_the_time_of_that_step_anew() -> None:
    case = answered().working_days_pass(3)
    case.do("client", c.StepTier, to="mediation")
    case.say("handler", "talks", "Let us talk.")
    case.do("handler", c.StepTier, to="talks")
    case.do("client", c.StepTier, to="talks")
    assert case.last(PAPERS).event == e.TierReached(to="talks")
    # From the Thursday on, twenty working days.
    assert over(case, "client", "resolve") == datetime(2026, 3, 7, tzinfo=UTC)


def test_a_policy_may_ask_for_both_to_leave_a_step_early() -> None:
    case = answered(with_rung("talks", leave_early="both"))
    case.do("client", c.StepTier, to="mediation")
    assert case.papers.tier == "talks"
    case.do("handler", c.StepTier, to="mediation")
    assert case.papers.tier == "mediation"


def test_but_nobody_is_kept_at_a_step_by_the_other_sides_silence() -> None:
    case = opened_by_the_client(with_rung("talks", leave_early="both")).working_days_pass(10)
    case.do("client", c.StepTier, to="mediation")
    assert case.papers.tier == "mediation"


def test_management_may_come_before_mediation() -> None:
    talks, mediation, management, executive, referral = LADDER.rungs
    case = answered(replace(LADDER, rungs=(talks, management, mediation, referral))).working_days_pass(20)
    assert case.papers.tier == "management"
    del executive


# ── longer, paused, over ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_term_is_longer_once_both_sides_ask_for_as_many_days() -> None:
    case = answered()
    asked = {"term": "resolve", "owed_by": "business", "days": 5}
    case.do("handler", c.ExtendTerm, **asked)
    (term,) = [t for t in case.sees("client").terms if t.term == "resolve"]
    assert (term.days, term.longer) == (20, {"business": 5})
    case.do("client", c.ExtendTerm, **asked)
    assert over(case, "client", "resolve") == datetime(2026, 3, 10, tzinfo=UTC)


def test_asking_for_other_days_is_another_question() -> None:
    case = answered()
    case.do("handler", c.ExtendTerm, term="resolve", owed_by="business", days=5)
    case.do("client", c.ExtendTerm, term="resolve", owed_by="business", days=3)
    assert case.sees("client").terms[-1].longer == {"business": 5, "client": 3}
    case.do("handler", c.ExtendTerm, term="resolve", owed_by="business", days=3)
    assert case.sees("client").terms[-1].days == 23


def test_nobody_is_reminded_twice_for_the_same_number_of_days_unless_the_time_grew() -> None:
    case = answered().working_days_pass(17)
    assert done_by_itself(case) == [("Reminded", "26 Feb")]
    for who in ("handler", "client"):
        case.do(who, c.ExtendTerm, term="resolve", owed_by="business", days=5)
    case.working_days_pass(5)
    assert done_by_itself(case) == [("Reminded", "26 Feb"), ("Reminded", "05 Mar")]


def test_a_term_is_no_longer_than_a_year_however_often_it_is_made_longer() -> None:
    case = answered()
    for _ in range(3):
        for who in ("handler", "client"):
            case.do(who, c.ExtendTerm, term="resolve", owed_by="business", days=60)
    assert case.refused("handler", c.ExtendTerm, term="resolve", owed_by="business", days=60) == "term-is-long-enough"


def test_a_term_that_does_not_run_is_not_made_longer() -> None:
    case = answered()
    assert case.refused("client", c.ExtendTerm, term="answer", owed_by="client", days=5) == "term-does-not-run"


def mediated(policy: Policy = LADDER) -> Story:
    return answered(policy).with_mediator().in_mediation()


def test_while_the_table_is_paused_every_time_stands_still() -> None:
    case = mediated().after(timedelta(days=1))
    before = over(case, "client", "resolve")
    case.do("client", c.Pause)
    assert over(case, "client", "resolve") is None
    case.after(timedelta(days=7))
    case.do("mediator", c.Resume)
    assert before is not None
    assert over(case, "client", "resolve") == before + timedelta(days=7)


def test_a_pause_over_lunch_moves_nothing() -> None:
    case = mediated()
    before = over(case, "client", "resolve")
    case.do("client", c.Pause)
    case.after(timedelta(hours=2))
    case.do("mediator", c.Resume)
    assert over(case, "client", "resolve") == before


def test_a_pause_over_a_weekend_moves_nothing_either() -> None:
    case = mediated()
    before = over(case, "client", "resolve")
    case.after(datetime(2026, 2, 7, 9, tzinfo=UTC) - case.now)
    case.do("client", c.Pause)
    case.after(timedelta(days=1))
    case.do("mediator", c.Resume)
    assert over(case, "client", "resolve") == before


def test_nothing_is_due_after_the_end() -> None:
    case = mediated()
    case.do("mediator", c.EndMediation, outcome="ended-without-settlement")
    told = len(case.book.rooms[PAPERS])
    case.after(timedelta(days=400))
    assert len(case.book.rooms[PAPERS]) == told
    assert case.sees("client").terms == []


def test_accepting_the_ground_rules_is_an_answer_to_who_asked_for_a_mediator() -> None:
    case = answered()
    case.do("client", c.StepTier, to="mediation")
    case.with_mediator().accepted()
    assert "business" not in case.papers.served


# ── the calendar ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_easter_does_not_count() -> None:
    case = opened_by_the_client(at=datetime(2026, 3, 30, 9, tzinfo=UTC))
    # Monday; then 31, 1, 2, (Good Friday, weekend, Easter Monday), 7, 8, 9, 10, 13, 14, 15; midnight in summer time.
    assert over(case, "client", "answer") == datetime(2026, 4, 15, 23, tzinfo=UTC)


def test_a_day_ends_at_midnight_where_the_policy_says_also_when_the_clocks_change() -> None:
    case = opened_by_the_client(at=datetime(2026, 3, 26, 9, tzinfo=UTC))
    assert over(case, "client", "acknowledge") == datetime(2026, 3, 30, 23, tzinfo=UTC)


def test_opened_on_the_eve_of_a_leap_day() -> None:
    case = opened_by_the_client(at=datetime(2028, 2, 28, 9, tzinfo=UTC))
    assert over(case, "client", "acknowledge") == datetime(2028, 3, 2, tzinfo=UTC)


def test_opened_at_night_counts_from_the_day_it_is_there() -> None:
    summer = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # Tuesday in London
    case = opened_by_the_client(at=summer)
    assert over(case, "client", "acknowledge") == datetime(2026, 6, 4, 23, tzinfo=UTC)


# ── time limits of the law ──────────────────────────────────────────────────────────────────────────────────────────


def stand_still(case: Story, nickname: str, until: date) -> str:
    return case.do(nickname, c.AgreeStandstill, until=until, text_sha256=STANDSTILL_SHA256)


def test_both_agree_to_the_same_day_and_legal_time_limits_stand_still() -> None:
    case, day = answered(), date(2026, 12, 31)
    stand_still(case, "client", day)
    assert case.sees("handler").standstill.offered == {"client": day}
    assert case.sees("handler").standstill.until is None
    stand_still(case, "handler", day)
    assert case.sees("client").standstill.until == day
    assert case.last(PAPERS).event.text.startswith("We want to settle")  # type: ignore[union-attr]


def test_a_standstill_is_only_ever_made_longer() -> None:
    case, day = answered(), date(2026, 12, 31)
    for who in ("client", "handler"):
        stand_still(case, who, day)
    shorter = {"until": date(2026, 12, 1), "text_sha256": STANDSTILL_SHA256}
    assert case.refused("handler", c.AgreeStandstill, **shorter) == "standstill-ends-too-soon"
    for who in ("handler", "client"):
        stand_still(case, who, date(2027, 6, 30))
    assert case.sees("client").standstill.until == date(2027, 6, 30)


def test_whoever_was_shown_other_words_agrees_to_nothing() -> None:
    case = answered()
    other = {"until": date(2026, 12, 31), "text_sha256": "0" * 64}
    assert case.refused("client", c.AgreeStandstill, **other) == "standstill-reads-differently"


# ── a server that was away ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_policy_without_times_leaves_everything_to_the_people() -> None:
    bare = Policy(name="Bare", rungs=(Rung(tier="talks"), Rung(tier="mediation"), Rung(tier="referral")))
    case = opened_by_the_client(bare).after(timedelta(days=1_000))
    assert done_by_itself(case) == []


def test_reminders_longer_than_the_term_are_left_out() -> None:
    odd = replace(LADDER, acknowledge=None)
    odd = with_rung("talks", odd, answer=Term(days=2, remind=(5, 2, 1)), resolve=None)
    case = opened_by_the_client(odd).working_days_pass(2)
    assert [kind for kind, _ in done_by_itself(case)] == ["Reminded", "TermExpired"]


# ── what the first screen says ──────────────────────────────────────────────────────────────────────────────────────


def test_whoever_owes_an_answer_reads_so_on_top_with_the_last_day_and_the_other_that_they_wait() -> None:
    case = opened_by_the_client().having("handler", "handler", "business")
    assert case.line("handler") == ("talks", "answer-other-side", True)
    assert case.line("client") == ("talks", "await-their-answer", False)
    assert case.sees("handler").line.by == case.sees("client").line.by == date(2026, 2, 16)


def test_when_nobody_owes_an_answer_the_line_names_the_last_day_of_the_step() -> None:
    case = answered()
    assert case.sees("client").line.by is None
    assert case.sees("client").line.until == date(2026, 3, 2)
    assert case.sees("client").terms[0].then_tier == "mediation"


def test_in_a_resting_case_the_line_says_how_it_goes_on() -> None:
    case = opened_by_the_business().working_days_pass(10)
    assert case.line("client") == ("resting", "wake", True)
    assert case.sees("client").line.by is case.sees("client").line.until is None
