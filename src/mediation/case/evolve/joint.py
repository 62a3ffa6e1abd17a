"""The table: what each side says, what both share, what is on offer."""

from immutables import Map
from msgspec.structs import replace

from mediation.case import events
from mediation.case.evolve.drafting import (
    COMMENTS,
    DRAFTING,
    evolve_comments,
    evolve_drafting,
    in_a_new_document,
)
from mediation.case.evolve.meetings import PROPOSALS, evolve_proposals
from mediation.case.evolve.papers import EventInTheWrongRoom
from mediation.case.evolve.talks import CONVERSATION, FILES, OFFERS, evolve_conversation, evolve_files, evolve_offers
from mediation.case.state import Authority, Document, Issue, Joint, Position, Reflection, Statement, Told


def evolve_joint(joint: Joint, told: Told) -> Joint:
    """The table after one more entry."""
    if isinstance(told.event, CONVERSATION):
        return replace(joint, conversation=evolve_conversation(joint.conversation, told))
    if isinstance(told.event, FILES):
        return replace(joint, files=evolve_files(joint.files, told))
    if isinstance(told.event, COMMENTS):
        return replace(joint, comments=evolve_comments(joint.comments, told))
    if isinstance(told.event, DRAFTING):
        return replace(joint, drafting=evolve_drafting(joint.drafting, told))
    if isinstance(told.event, OFFERS):
        return replace(joint, offers=evolve_offers(joint.offers, told))
    if isinstance(told.event, PROPOSALS):
        return replace(joint, proposals=evolve_proposals(joint.proposals, told))
    match told.event:
        case events.StageSet(stage=stage):
            return replace(joint, stage=stage)
        case events.Paused():
            return replace(joint, paused=True)
        case events.Resumed():
            return replace(joint, paused=False)
        case events.Muted(participant=participant):
            return replace(joint, muted=joint.muted | {participant})
        case events.Unmuted(participant=participant):
            return replace(joint, muted=joint.muted - {participant})
        case events.AuthorityDeclared() as declared:
            authority = Authority(declared.can_agree, declared.to_call, told.at)
            return replace(joint, authority=joint.authority.set(declared.party, authority))
        case events.DocumentOpened(document=document, epoch=epoch):
            return replace(joint, document=Document(document, epoch), drafting=in_a_new_document(joint.drafting))
        case events.IssuePut() | events.IssueReworded() | events.IssueEndorsed() | events.IssueWithdrawn():
            return replace(joint, issues=_issues(joint.issues, told.event))
        case events.PositionStated() | events.PositionRevised() | events.PositionWithdrawn():
            return _positions(joint, told)
        case events.PositionReflected() | events.ReflectionAnswered():
            return replace(joint, reflections=_reflections(joint.reflections, told))
        case _:
            return replace(joint, statements=_statements(joint.statements, told))


def _issues(issues: Map[str, Issue], event: events.Event) -> Map[str, Issue]:
    match event:
        case events.IssuePut(issue=issue_id, text=text):
            number = max((i.number for i in issues.values()), default=0) + 1
            return issues.set(issue_id, Issue(issue_id, text, number))
        case events.IssueReworded(issue=issue_id, text=text):
            # An endorsement is of a wording; another wording needs another one.
            return issues.set(issue_id, replace(issues[issue_id], text=text, endorsed_by=frozenset()))
        case events.IssueEndorsed(issue=issue_id, party=party):
            issue = issues[issue_id]
            return issues.set(issue_id, replace(issue, endorsed_by=issue.endorsed_by | {party}))
        case events.IssueWithdrawn(issue=issue_id):
            return issues.delete(issue_id)
        case _:
            return issues


def _positions(joint: Joint, told: Told) -> Joint:
    positions = joint.positions
    match told.event:
        case events.PositionStated() as stated:
            position = Position(
                position=stated.position,
                party=stated.party,
                owner=told.actor,
                at=told.at,
                issue=stated.issue,
                text=stated.text,
                interest=stated.interest,
                wants=stated.wants,
                scribed=stated.scribed_by is not None,
            )
            return replace(joint, positions=positions.set(stated.position, position))
        case events.PositionRevised() as revised:
            position = replace(
                positions[revised.position],
                text=revised.text,
                interest=revised.interest,
                wants=revised.wants,
                revised=True,
            )
            # What was heard was the earlier wording.
            return replace(
                joint,
                positions=positions.set(revised.position, position),
                reflections=_without(joint.reflections, revised.position),
            )
        case events.PositionWithdrawn(position=position_id):
            return replace(
                joint,
                positions=positions.delete(position_id),
                reflections=_without(joint.reflections, position_id),
            )
        case _:
            return joint


def _without(reflections: Map[str, Reflection], position: str) -> Map[str, Reflection]:
    return Map({k: r for k, r in reflections.items() if r.position != position})


def _reflections(reflections: Map[str, Reflection], told: Told) -> Map[str, Reflection]:
    match told.event:
        case events.PositionReflected() as reflected:
            reflection = Reflection(
                reflection=reflected.reflection, position=reflected.position, text=reflected.text, at=told.at
            )
            # The latest reflection of a position is the one to answer.
            return _without(reflections, reflected.position).set(reflected.reflection, reflection)
        case events.ReflectionAnswered() as answered:
            reflection = replace(reflections[answered.reflection], heard=answered.heard, correction=answered.correction)
            return reflections.set(answered.reflection, reflection)
        case _:
            return reflections


def _statements(statements: Map[str, Statement], told: Told) -> Map[str, Statement]:
    match told.event:
        case events.StatementProposed() as proposed:
            statement = Statement(
                statement=proposed.statement,
                kind=proposed.kind,
                text=proposed.text,
                issue=proposed.issue,
                by=told.actor,
                at=told.at,
            )
            return statements.set(proposed.statement, statement)
        case events.StatementReworded(statement=statement_id, text=text):
            old = statements[statement_id]
            new = replace(old, text=text, assents=Map(), lapsed=old.lapsed or len(old.assents) > 0)
            return statements.set(statement_id, new)
        case events.StatementWithdrawn(statement=statement_id):
            return statements.delete(statement_id)
        case events.AssentGiven(statement=statement_id, party=party, text_hash=text_hash):
            old = statements[statement_id]
            return statements.set(statement_id, replace(old, assents=old.assents.set(party, text_hash)))
        case events.AssentTakenBack(statement=statement_id, party=party):
            old = statements[statement_id]
            return statements.set(statement_id, replace(old, assents=old.assents.delete(party)))
        case _:
            raise EventInTheWrongRoom(events.kind_of(told.event), told.room)
