"""Common ground: statements, and each side's assent to their exact words."""

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.chain import text_hash
from mediation.case.decide import may
from mediation.case.decide.positions import issue_in
from mediation.case.state import Case, Joint, Person, Statement
from mediation.case.terms import JOINT, PARTIES, StatementKind


def statement_hash(statement: str, kind: StatementKind, text: str) -> str:
    """What an assent to a statement is bound to: 64 hex digits over its id, kind and words (docs/record-format.md)."""
    node = {
        "type": "statement",
        "attrs": {"id": statement, "kind": kind},
        "content": [{"type": "text", "text": text}],
    }
    return text_hash(node)


def decide_statement(
    case: Case, command: c.ProposeStatement | c.RewordStatement | c.WithdrawStatement, person: Person
) -> e.Decision:
    """Anyone at the table proposes; its author or the mediator words it anew, and assents lapse; or takes it away."""
    joint = may.say_at_the_table(case, person)
    if isinstance(command, c.ProposeStatement):
        if command.issue is not None:
            issue_in(joint, command.issue)
        may.be_new(joint.statements, command.command_id)
        proposed = e.StatementProposed(
            statement=command.command_id, kind=command.kind, text=may.words(command.text), issue=command.issue
        )
        return [(JOINT, proposed)]
    statement = statement_in(joint, command.statement)
    check_wording(case, person, statement)
    if isinstance(command, c.WithdrawStatement):
        if set(PARTIES) <= set(statement.assents):
            raise no.BothSidesStandByIt
        return [(JOINT, e.StatementWithdrawn(statement=command.statement))]
    if may.words(command.text) == statement.text:
        raise no.SameWording
    return [(JOINT, e.StatementReworded(statement=command.statement, text=may.words(command.text)))]


def check_wording(case: Case, person: Person, statement: Statement) -> None:
    """The wording is its author's and the mediator's to change."""
    if person.participant not in {statement.by, case.papers.mediator}:
        raise no.NotYours


def statement_in(joint: Joint, statement: str) -> Statement:
    """The statement with this id; refused when it is not on the table."""
    if statement not in joint.statements:
        raise no.NotThere
    return joint.statements[statement]


def check_assent(case: Case, person: Person, statement: Statement, *, give: bool) -> None:
    """Refuse unless this person may agree for their side, or take its agreement back."""
    party = may.agree_for_a_side(case, person)
    if give and party in statement.assents:
        raise no.AlreadyAssented
    if not give and party not in statement.assents:
        raise no.NotAssented


def decide_assent(case: Case, command: c.GiveAssent | c.TakeBackAssent, person: Person) -> e.Decision:
    """Agree to a wording as it is now, by its hash, or take that back."""
    joint = may.speak_at_the_table(case, person)
    statement = statement_in(joint, command.statement)
    check_assent(case, person, statement, give=isinstance(command, c.GiveAssent))
    party = may.be_of_a_side(person)
    if isinstance(command, c.TakeBackAssent):
        return [(JOINT, e.AssentTakenBack(statement=command.statement, party=party))]
    if command.text_hash != statement_hash(statement.statement, statement.kind, statement.text):
        raise no.WordingHasChanged
    return [(JOINT, e.AssentGiven(statement=command.statement, party=party, text_hash=command.text_hash))]
