"""The table as a viewer sees it: questions, views, common ground, offers."""

from mediation.case import commands as c
from mediation.case.decide import may
from mediation.case.decide.allowed import allows, names
from mediation.case.decide.ground import check_assent, check_wording, statement_hash
from mediation.case.state import Case, Offer, Person, Reflection
from mediation.case.terms import DECIDERS, JOINT, PARTIES, TALKS, OfferState
from mediation.case.view import IssueView, OfferView, PositionView, ReflectionView, StatementView


def issues_for(case: Case, me: Person) -> list[IssueView]:
    """The questions in their order."""
    if case.joint is None:
        return []
    mediating = allows(may.mediate_at_the_table, case, me)
    speaking = allows(may.speak_of_a_side_at_the_table, case, me) and me.role in DECIDERS
    return [
        IssueView(
            issue=i.issue,
            number=i.number,
            text=i.text,
            endorsed_by=[p for p in PARTIES if p in i.endorsed_by],
            can=["RewordIssue", "WithdrawIssue"]
            if mediating
            else ["EndorseIssue"]
            if speaking and me.party not in i.endorsed_by
            else [],
        )
        for i in sorted(case.joint.issues.values(), key=lambda i: i.number)
    ]


def positions_for(case: Case, me: Person) -> list[PositionView]:
    """What each side says, oldest first, with what the mediator heard in it."""
    if case.joint is None:
        return []
    joint = case.joint
    speaking = allows(may.speak_at_the_table, case, me)
    saying = allows(may.say_at_the_table, case, me)
    reflected = {r.position: r for r in joint.reflections.values()}
    views = []
    for p in sorted(joint.positions.values(), key=lambda p: (p.at, p.position)):
        mine = speaking and p.owner == me.participant
        views.append(
            PositionView(
                position=p.position,
                party=p.party,
                owner=p.owner,
                at=p.at,
                issue=p.issue if p.issue in joint.issues else None,
                text=p.text,
                interest=p.interest,
                wants=p.wants,
                scribed=p.scribed,
                revised=p.revised,
                reflection=_reflection(reflected[p.position], mine=mine) if p.position in reflected else None,
                can=["RevisePosition", "WithdrawPosition"]
                if mine and saying
                else names((c.ReflectPosition, may.mediate_at_the_table, (case, me))),
            )
        )
    return views


def _reflection(reflection: Reflection, *, mine: bool) -> ReflectionView:
    return ReflectionView(
        reflection=reflection.reflection,
        text=reflection.text,
        at=reflection.at,
        heard=reflection.heard,
        correction=reflection.correction,
        can=["AnswerReflection"] if mine and reflection.heard is None else [],
    )


def statements_for(case: Case, me: Person) -> list[StatementView]:
    """Candidates for common ground, and what has become it, oldest first."""
    if case.joint is None:
        return []
    speaking = allows(may.speak_at_the_table, case, me)
    saying = allows(may.say_at_the_table, case, me)
    views = []
    for s in sorted(case.joint.statements.values(), key=lambda s: (s.at, s.statement)):
        can = []
        if speaking:
            can += ["GiveAssent"] if allows(lambda s=s: check_assent(case, me, s, give=True)) else []
            can += ["TakeBackAssent"] if allows(lambda s=s: check_assent(case, me, s, give=False)) else []
            if saying and allows(check_wording, case, me, s):
                can += (
                    ["RewordStatement"] if set(PARTIES) <= set(s.assents) else ["RewordStatement", "WithdrawStatement"]
                )
        views.append(
            StatementView(
                statement=s.statement,
                kind=s.kind,
                text=s.text,
                text_hash=statement_hash(s.statement, s.kind, s.text),
                issue=s.issue if s.issue in case.joint.issues else None,
                by=s.by,
                at=s.at,
                assents=[p for p in PARTIES if p in s.assents],
                common=set(PARTIES) <= set(s.assents),
                lapsed=s.lapsed and len(s.assents) < len(PARTIES),
                can=can,
            )
        )
    return views


def offers_for(case: Case, me: Person) -> list[OfferView]:
    """Every offer the viewer may know of, oldest first: those of direct talks, and those at the table."""
    found: list[tuple[str, Offer]] = []
    if case.talks is not None:
        found += [(TALKS, o) for o in case.talks.offers.values()]
    if case.joint is not None:
        found += [(JOINT, o) for o in case.joint.offers.values()]
    may_bargain = {room: allows(may.bargain, case, me, room) for room in (TALKS, JOINT)}
    return [
        OfferView(
            offer=o.offer,
            room=room,
            party=o.party,
            by=o.by,
            at=o.at,
            amount=o.amount,
            terms=o.terms,
            in_answer_to=o.in_answer_to,
            state=_state(case, room, o),
            can=_with_offer(o, me) if may_bargain[room] else [],
        )
        for room, o in sorted(found, key=lambda ro: (ro[1].at, ro[1].offer))
    ]


def _state(case: Case, room: str, offer: Offer) -> OfferState:
    """What is still open in direct talks when the mediation begins has lapsed: offers are then made at the table."""
    lapsed = room == TALKS and offer.state == "open" and case.papers.began_at is not None
    return "lapsed" if lapsed else offer.state


def _with_offer(offer: Offer, me: Person) -> list[str]:
    if offer.state != "open":
        return []
    return ["WithdrawOffer"] if offer.party == me.party else ["AnswerOffer", "MakeOffer"]
