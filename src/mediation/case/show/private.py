"""What only some are told of: what waits in the caucuses a viewer is in, their own side's draft and limits."""

from mediation.case import commands as c
from mediation.case.decide import limits, may, own_draft
from mediation.case.decide.allowed import allows, names
from mediation.case.state import Case, Person, Sharing
from mediation.case.terms import DECIDERS, team
from mediation.case.view import LimitView, OwnDraftView, ScribedView, SharingView


def scribed_for(case: Case, me: Person) -> list[ScribedView]:
    """Positions the mediator wrote down, oldest first."""
    found = [(room, s) for room, state in case.private.items() for s in state.scribed.values()]
    # A pause of the joint conversation holds nobody back from saying "Not quite" to the mediator.
    answering = allows(may.be_at_the_table, case)
    return [
        ScribedView(
            scribed=s.scribed,
            room=room,
            owner=s.owner,
            at=s.at,
            issue=s.issue,
            text=s.text,
            interest=s.interest,
            wants=s.wants,
            confirmed=s.confirmed,
            words=s.words,
            can=["AnswerScribed"] if answering and s.owner == me.participant and s.confirmed is None else [],
        )
        for room, s in sorted(found, key=lambda rs: (rs[1].at, rs[1].scribed))
    ]


def sharings_for(case: Case, me: Person) -> list[SharingView]:
    """Texts that might be carried to the table, oldest first."""
    found = [(room, s) for room, state in case.private.items() for s in state.sharings.values()]
    return [
        SharingView(
            sharing=s.sharing,
            room=room,
            form=s.form,
            text=s.text,
            by=s.by,
            at=s.at,
            state=s.state,
            condition=s.condition,
            can=_with_sharing(case, me, room, s),
        )
        for room, s in sorted(found, key=lambda rs: (rs[1].at, rs[1].sharing))
    ]


def _with_sharing(case: Case, me: Person, room: str, sharing: Sharing) -> list[str]:
    if not allows(may.be_in_caucus, case, me, room):
        return []
    if me.participant == case.papers.mediator:
        ready = sharing.state == "allowed" and allows(may.speak_at_the_table, case, me)
        return ["PostShared"] if ready else []
    if me.role not in DECIDERS:
        return []
    return {"asked": ["AllowSharing", "RefuseSharing"], "allowed": ["RefuseSharing"]}.get(sharing.state, [])


def own_draft_for(case: Case, me: Person) -> OwnDraftView | None:
    """The draft of the viewer's own side, if they read the entry that tells of it."""
    room = team(me.party) if me.party is not None else None
    state = case.private.get(room) if room is not None else None
    if room is None or state is None or state.draft is None:
        return None
    draft = state.draft
    return OwnDraftView(
        name=draft.document,
        room=room,
        by=draft.by,
        at=draft.at,
        can_edit=allows(own_draft.write, case, me),
        not_read_by=sorted(who for who, since in state.since.items() if since > draft.seq),
    )


def limit_for(case: Case, me: Person) -> LimitView | None:
    """What the viewer's own side has settled about how far to go, if they read the entry that tells of it."""
    limit = limits.limit_of(case, me.party) if me.party is not None else None
    if me.party is None or limit is None:
        return None
    room = team(me.party)
    return LimitView(
        limit=limit.limit,
        room=room,
        meaning=limit.meaning,
        amount=limit.amount,
        terms=limit.terms,
        until=limit.until,
        by=limit.by,
        at=limit.at,
        not_read_by=sorted(who for who, since in case.private[room].since.items() if since > limit.seq),
        can=names((c.TakeBackLimit, limits.check_taking_back, (case, me, limit))),
    )
