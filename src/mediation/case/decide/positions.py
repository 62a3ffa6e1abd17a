"""What each side says: questions in neutral words, positions, and what the mediator hears in them."""

from typing import assert_never

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.state import Case, Issue, Joint, Person, Position
from mediation.case.terms import JOINT

Issues = c.PutIssue | c.RewordIssue | c.EndorseIssue | c.WithdrawIssue


def decide_issue(case: Case, command: Issues, person: Person) -> e.Decision:
    """The mediator words the questions; each side endorses the wording."""
    joint = may.speak_at_the_table(case, person)
    match command:
        case c.EndorseIssue(issue=issue_id):
            issue = issue_in(joint, issue_id)
            party = may.speak_for_a_side(person)
            if party in issue.endorsed_by:
                raise no.IssueAlreadyEndorsed
            return [(JOINT, e.IssueEndorsed(issue=issue_id, party=party))]
        case c.PutIssue(command_id=issue_id, text=text):
            may.be_mediator(case, person)
            may.be_new(joint.issues, issue_id)
            return [(JOINT, e.IssuePut(issue=issue_id, text=may.words(text)))]
        case c.RewordIssue(issue=issue_id, text=text):
            may.be_mediator(case, person)
            if may.words(text) == issue_in(joint, issue_id).text:
                raise no.SameWording
            return [(JOINT, e.IssueReworded(issue=issue_id, text=may.words(text)))]
        case c.WithdrawIssue(issue=issue_id):
            may.be_mediator(case, person)
            issue_in(joint, issue_id)
            return [(JOINT, e.IssueWithdrawn(issue=issue_id))]
        case _:
            assert_never(command)


def issue_in(joint: Joint, issue: str) -> Issue:
    """The issue with this id; refused when it is not on the table."""
    if issue not in joint.issues:
        raise no.NotThere
    return joint.issues[issue]


def decide_position(
    case: Case, command: c.StatePosition | c.RevisePosition | c.WithdrawPosition, person: Person
) -> e.Decision:
    """A person states, revises and withdraws their own view."""
    joint = may.say_at_the_table(case, person)
    party = may.be_of_a_side(person)
    if isinstance(command, c.StatePosition):
        if command.issue is not None:
            issue_in(joint, command.issue)
        may.be_new(joint.positions, command.command_id)
        stated = e.PositionStated(
            position=command.command_id,
            party=party,
            issue=command.issue,
            text=may.words(command.text),
            interest=command.interest.strip(),
            wants=command.wants.strip(),
        )
        return [(JOINT, stated)]
    position = position_in(joint, command.position)
    if position.owner != person.participant:
        raise no.NotYours
    if isinstance(command, c.WithdrawPosition):
        return [(JOINT, e.PositionWithdrawn(position=command.position))]
    revised = e.PositionRevised(
        position=command.position,
        text=may.words(command.text),
        interest=command.interest.strip(),
        wants=command.wants.strip(),
    )
    if (revised.text, revised.interest, revised.wants) == (position.text, position.interest, position.wants):
        raise no.SameWording
    return [(JOINT, revised)]


def position_in(joint: Joint, position: str) -> Position:
    """The position with this id; refused when it is not on the table, or withdrawn."""
    if position not in joint.positions:
        raise no.NotThere
    return joint.positions[position]


def decide_reflection(case: Case, command: c.ReflectPosition | c.AnswerReflection, person: Person) -> e.Decision:
    """The mediator says what they hear; the one who said it confirms or corrects."""
    joint = may.speak_at_the_table(case, person)
    if isinstance(command, c.ReflectPosition):
        may.be_mediator(case, person)
        position_in(joint, command.position)
        may.be_new(joint.reflections, command.command_id)
        reflected = e.PositionReflected(
            reflection=command.command_id, position=command.position, text=may.words(command.text)
        )
        return [(JOINT, reflected)]
    reflection = joint.reflections.get(command.reflection)
    if reflection is None:
        raise no.NotThere
    if position_in(joint, reflection.position).owner != person.participant:
        raise no.NotYours
    if reflection.heard is not None:
        raise no.AlreadyAnswered
    answered = e.ReflectionAnswered(
        reflection=command.reflection, heard=command.heard, correction=command.correction.strip()
    )
    return [(JOINT, answered)]
