"""The table: questions in neutral words, what each side says, what is heard in it, and what both share."""

from casebook import mediated_case, person
from mediation.case import commands as c
from mediation.case.decide.ground import statement_hash
from mediation.case.terms import PARTIES

# ── questions ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_mediator_words_the_questions_and_each_side_endorses_them() -> None:
    case = mediated_case()
    issue = case.do("mediator", c.PutIssue, text="How the delay is made good")
    case.do("client", c.EndorseIssue, issue=issue)
    assert case.sees("handler").issues[0].endorsed_by == ["client"]
    assert case.refused("client", c.EndorseIssue, issue=issue) == "issue-already-endorsed"
    assert case.refused("client", c.PutIssue, text="Why they lied") == "for-the-mediator"
    assert case.refused("mediator", c.EndorseIssue, issue=issue) == "for-the-sides"


def test_another_wording_of_a_question_needs_another_endorsement() -> None:
    case = mediated_case()
    issue = case.do("mediator", c.PutIssue, text="How the delay is made good")
    case.do("client", c.EndorseIssue, issue=issue)
    assert case.refused("mediator", c.RewordIssue, issue=issue, text=" How the delay is made good ") == "same-wording"
    case.do("mediator", c.RewordIssue, issue=issue, text="What the delay cost, and who carries it")
    assert case.sees("client").issues[0].endorsed_by == []


def test_a_view_on_a_question_that_was_withdrawn_stands_by_itself() -> None:
    case = mediated_case()
    first, second = (case.do("mediator", c.PutIssue, text=text) for text in ("The delay", "The price"))
    case.do("client", c.StatePosition, text="It came in June.", issue=first)
    case.do("mediator", c.WithdrawIssue, issue=first)
    view = case.sees("client")
    assert view.positions[0].issue is None
    assert [(i.issue, i.number) for i in view.issues] == [(second, 2)]
    assert case.refused("client", c.StatePosition, text="More.", issue=first) == "not-there"
    third = case.do("mediator", c.PutIssue, text="The future")
    assert [(i.issue, i.number) for i in case.sees("client").issues] == [(second, 2), (third, 3)]


# ── views ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_people_state_revise_and_withdraw_their_own_view() -> None:
    case = mediated_case()
    position = case.do("client", c.StatePosition, text="It came in June.", interest="To be open for Easter.", wants="")
    assert case.refused("handler", c.RevisePosition, position=position, text="It came on time.") == "not-yours"
    assert case.refused("mediator", c.WithdrawPosition, position=position) == "for-the-sides"
    assert case.refused("client", c.RevisePosition, position=position, text="   ") == "nothing-said"
    case.do("client", c.RevisePosition, position=position, text="It came on the 4th of June.")
    seen = case.sees("handler").positions[0]
    assert (seen.text, seen.revised, seen.interest, seen.owner) == (
        "It came on the 4th of June.",
        True,
        "",
        person("client"),
    )
    case.do("client", c.WithdrawPosition, position=position)
    assert case.sees("handler").positions == []
    assert case.refused("client", c.WithdrawPosition, position=position) == "not-there"


def test_the_mediator_says_what_they_hear_and_its_author_confirms_or_corrects() -> None:
    case = mediated_case()
    position = case.do("client", c.StatePosition, text="It came in June.")
    reflection = case.do("mediator", c.ReflectPosition, position=position, text="What I hear is: Easter mattered.")
    assert case.line("client")[1] == "answer-reflection"
    assert case.refused("handler", c.AnswerReflection, reflection=reflection, heard=True) == "not-yours"
    case.do("client", c.AnswerReflection, reflection=reflection, heard=False, correction="The whole spring mattered.")
    seen = case.sees("mediator").positions[0].reflection
    assert seen is not None
    assert (seen.heard, seen.correction) == (False, "The whole spring mattered.")
    assert case.refused("client", c.AnswerReflection, reflection=reflection, heard=True) == "already-answered"


def test_a_reflection_is_gone_when_the_view_it_reflects_changes() -> None:
    case = mediated_case()
    position = case.do("client", c.StatePosition, text="It came in June.")
    reflection = case.do("mediator", c.ReflectPosition, position=position, text="What I hear is: Easter mattered.")
    case.do("client", c.RevisePosition, position=position, text="It never came.")
    assert case.sees("client").positions[0].reflection is None
    assert case.refused("client", c.AnswerReflection, reflection=reflection, heard=True) == "not-there"


def test_the_latest_reflection_is_the_one_to_answer() -> None:
    case = mediated_case()
    position = case.do("client", c.StatePosition, text="It came in June.")
    case.do("mediator", c.ReflectPosition, position=position, text="Easter mattered.")
    second = case.do("mediator", c.ReflectPosition, position=position, text="Being told mattered.")
    seen = case.sees("client").positions[0].reflection
    assert seen is not None
    assert seen.reflection == second


# ── written for somebody who is talking ─────────────────────────────────────────────────────────────────────────────


def test_what_the_mediator_writes_for_somebody_stays_theirs_alone_until_they_say_that_is_it() -> None:
    case = mediated_case().with_counsel()
    case.agree("counsel")
    scribed = case.do("mediator", c.ScribePosition, owner=person("client"), text="I waited, and nobody called.")
    assert case.line("client") == ("stage-opening", "confirm-scribed", True)
    assert case.sees("handler").scribed == []
    assert case.sees("handler").positions == []
    answer = {"room": "caucus-client", "scribed": scribed}
    assert case.refused("counsel", c.AnswerScribed, **answer, confirmed=True) == "not-yours"
    assert case.refused("handler", c.AnswerScribed, **answer, confirmed=True) == "not-in-this-room"
    position = case.do("client", c.AnswerScribed, **answer, confirmed=True)
    seen = case.sees("handler").positions[0]
    assert (seen.position, seen.owner, seen.scribed) == (position, person("client"), True)
    assert seen.text == "I waited, and nobody called."
    assert case.refused("client", c.AnswerScribed, **answer, confirmed=True) == "already-answered"


def test_not_quite_tells_the_mediator_and_nobody_else() -> None:
    case = mediated_case()
    scribed = case.do("mediator", c.ScribePosition, owner=person("client"), text="I was angry.")
    case.do("client", c.AnswerScribed, room="caucus-client", scribed=scribed, confirmed=False, words="Sad, not angry.")
    assert case.sees("mediator").scribed[0].words == "Sad, not angry."
    assert case.sees("handler").positions == []


def test_during_a_pause_one_can_say_not_quite_but_nothing_reaches_the_table() -> None:
    case = mediated_case()
    scribed = case.do("mediator", c.ScribePosition, owner=person("client"), text="I was angry.")
    case.do("client", c.Pause)
    answer = {"room": "caucus-client", "scribed": scribed}
    assert case.refused("client", c.AnswerScribed, **answer, confirmed=True) == "talks-are-paused"
    assert case.sees("client").scribed[0].can == ["AnswerScribed"]
    case.do("client", c.AnswerScribed, **answer, confirmed=False)


def test_the_mediator_writes_only_for_somebody_who_is_there() -> None:
    case = mediated_case()
    assert case.refused("mediator", c.ScribePosition, owner=person("mediator"), text="Mine.") == "nobody-of-that-name"
    assert case.refused("mediator", c.ScribePosition, owner=person("stranger"), text="Mine.") == "nobody-of-that-name"
    assert case.refused("client", c.ScribePosition, owner=person("client"), text="Mine.") == "for-the-mediator"


# ── common ground ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_statement_becomes_common_ground_when_both_sides_agree_to_its_exact_words() -> None:
    case = mediated_case()
    statement = case.do("client", c.ProposeStatement, kind="shared-fact", text="It was due in March.")
    case.assent("client", statement)
    assert not case.sees("handler").statements[0].common
    case.assent("handler", statement)
    seen = case.sees("handler").statements[0]
    assert (seen.common, seen.assents, seen.kind) == (True, list(PARTIES), "shared-fact")
    assert case.refused("mediator", c.GiveAssent, statement=statement, text_hash=seen.text_hash) == "for-the-sides"
    assert case.refused("client", c.GiveAssent, statement=statement, text_hash=seen.text_hash) == "already-assented"


def test_an_assent_lapses_when_the_wording_changes_and_does_not_revive() -> None:
    case = mediated_case()
    statement = case.do("mediator", c.ProposeStatement, kind="shared-aim", text="We want this done by May.")
    read = case.sees("client").statements[0].text_hash
    case.assent("client", statement)
    case.do("mediator", c.RewordStatement, statement=statement, text="We want this done by June.")
    seen = case.sees("client").statements[0]
    assert (seen.assents, seen.lapsed) == ([], True)
    assert case.refused("client", c.GiveAssent, statement=statement, text_hash=read) == "wording-has-changed"
    case.do("mediator", c.RewordStatement, statement=statement, text="We want this done by May.")
    assert case.sees("client").statements[0].assents == [], "changing back does not revive it"
    case.do("client", c.GiveAssent, statement=statement, text_hash=read)


def test_two_statements_with_the_same_words_are_agreed_to_one_by_one() -> None:
    a, b = "0a" * 16, "0b" * 16
    assert statement_hash(a, "shared-fact", "It was late.") != statement_hash(b, "shared-fact", "It was late.")
    assert statement_hash(a, "shared-fact", "It was late.") != statement_hash(a, "possible-term", "It was late.")


def test_an_assent_can_be_taken_back() -> None:
    case = mediated_case()
    statement = case.do("handler", c.ProposeStatement, kind="possible-term", text="We repay a third.")
    assert case.refused("handler", c.TakeBackAssent, statement=statement) == "not-assented"
    case.assent("handler", statement)
    case.do("handler", c.TakeBackAssent, statement=statement)
    assert case.sees("client").statements[0].assents == []


def test_the_wording_is_its_authors_and_the_mediators_to_change() -> None:
    case = mediated_case()
    statement = case.do("client", c.ProposeStatement, kind="shared-fact", text="It was late.")
    assert case.refused("handler", c.RewordStatement, statement=statement, text="It was on time.") == "not-yours"
    assert case.refused("handler", c.WithdrawStatement, statement=statement) == "not-yours"
    assert case.refused("client", c.RewordStatement, statement=statement, text="It was late.") == "same-wording"
    case.do("mediator", c.RewordStatement, statement=statement, text="It was later than agreed.")
    case.do("client", c.WithdrawStatement, statement=statement)
    assert case.sees("handler").statements == []


def test_wordings_that_wait_for_a_side_are_named_in_its_next_step() -> None:
    case = mediated_case()
    statement = case.do("mediator", c.ProposeStatement, kind="shared-aim", text="We want to be done.")
    assert case.line("client")[1] == "read-wordings"
    case.assent("client", statement)
    assert case.line("client")[1] == "listen"


def test_what_both_sides_agree_to_is_not_taken_away_by_one() -> None:
    case = mediated_case()
    statement = case.do("handler", c.ProposeStatement, kind="possible-term", text="We repay a third.")
    case.assent("handler", statement)
    case.assent("client", statement)
    assert case.refused("handler", c.WithdrawStatement, statement=statement) == "both-sides-stand-by-it"
    assert "WithdrawStatement" not in case.sees("handler").statements[0].can
    case.do("handler", c.TakeBackAssent, statement=statement)
    case.do("handler", c.WithdrawStatement, statement=statement)


def test_words_that_show_nothing_are_no_words() -> None:
    assert mediated_case().refused("client", c.PostMessage, room="joint", text="\u200b \u202e\u2060") == "nothing-said"
