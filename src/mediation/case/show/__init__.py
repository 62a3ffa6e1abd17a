"""Fill the viewer's view from what the viewer knows. There is no other way to read a case."""

from functools import partial

from mediation.case import commands as c
from mediation.case.decide import caucus, limits, may, mediation, own_draft, people, private_rooms, process, terms
from mediation.case.decide import keeping as keep
from mediation.case.decide import meetings as meet
from mediation.case.decide import referral as refer
from mediation.case.decide.allowed import Question, allows, names
from mediation.case.decide.drafting import check_commenting
from mediation.case.keeping import due_at, kept_as
from mediation.case.rooms import members_of, restrict, rooms_of
from mediation.case.show.drafting import actions, comments_for, documents_for, drafting_for, signing_for
from mediation.case.show.files import files_for
from mediation.case.show.ladder import calendar_for, ends_on, ladder_for, standstill_for, terms_for
from mediation.case.show.line import line_for
from mediation.case.show.meetings import meetings_for, proposals_for
from mediation.case.show.private import limit_for, own_draft_for, scribed_for, sharings_for
from mediation.case.show.referral import referrals_for
from mediation.case.show.table import issues_for, offers_for, positions_for, statements_for
from mediation.case.state import Case, Person, PrivateRoom
from mediation.case.terms import PARTIES, CaseId, ParticipantId, Process, is_private, party_of_room
from mediation.case.view import (
    AgreementView,
    CaseView,
    EndingView,
    HoldView,
    Me,
    MediatorView,
    PartyView,
    PersonView,
    PrintedView,
    RoomView,
    SessionView,
    SpokenView,
)

__all__ = ["view_for"]


def view_for(viewer: ParticipantId, case: Case, case_id: CaseId) -> CaseView:
    """What `viewer` sees of a case. Rooms they are not in are cut off first, whatever `case` holds.

    Raises KeyError when the viewer has never been on the case.
    """
    papers = case.papers
    facts = papers.opened
    me = papers.people[viewer]
    case = restrict(case, rooms_of(case, viewer))
    joint = case.joint
    return CaseView(
        case=case_id,
        title=facts.title,
        category=facts.category,
        account=facts.account,
        amount=facts.amount,
        since=facts.since,
        wish=facts.wish,
        answer_by=ends_on(papers, "answer-business") if facts.by_page else None,
        opened_at=papers.opened_at or me.joined_at,
        host=facts.host,
        host_is_party=facts.host_is_party,
        fees=facts.fees,
        me=Me(
            participant=viewer,
            name=me.name,
            role=me.role,
            party=me.party,
            may_agree=allows(may.agree_for_a_side, case, me),
        ),
        process=_process(case),
        line=line_for(case, me),
        stage=joint.stage if joint is not None else None,
        paused=joint is not None and joint.paused,
        parties=_parties(case),
        people=[
            PersonView(
                participant=p.participant,
                name=p.name,
                role=p.role,
                party=p.party,
                title=p.title,
                joined_at=p.joined_at,
                accepted_agreement=p.participant in papers.agreed,
                can=_with_person(case, me, p),
            )
            for p in papers.present()
        ],
        mediator=_mediator(case),
        agreement=AgreementView(
            text=facts.agreement,
            sha256=facts.agreement_sha256,
            accepted_by=[p.participant for p in papers.present() if p.participant in papers.agreed],
        ),
        began_at=papers.began_at,
        sessions=[
            SessionView(session=s.session, opened_at=s.opened_at, closed_at=s.closed_at, attended=list(s.attended))
            for s in papers.sessions
        ],
        meetings=meetings_for(case, me),
        meeting_proposals=proposals_for(case, me),
        tier=papers.tier,
        ladder=ladder_for(papers, me),
        terms=terms_for(papers, me),
        silent=[party for party in PARTIES if party in papers.silent],
        resting="resting" in papers.still,
        calendar=calendar_for(papers),
        standstill=standstill_for(papers),
        rooms=_rooms(case, me),
        files=files_for(case, me),
        muted=sorted(joint.muted & {p.participant for p in papers.present()}) if joint is not None else [],
        issues=issues_for(case, me),
        positions=positions_for(case, me),
        statements=statements_for(case, me),
        offers=offers_for(case, me),
        scribed=scribed_for(case, me),
        sharings=sharings_for(case, me),
        documents=documents_for(case, me),
        own_draft=own_draft_for(case, me),
        limit=limit_for(case, me),
        drafting=drafting_for(case, me),
        comments=comments_for(case, me),
        signing=signing_for(case),
        printed=[
            PrintedView(paper=p.paper, language=p.language, sha256=p.sha256, size=p.size, at=p.at)
            for p in papers.printed
        ],
        spoken=_spoken(case, me),
        referral=referrals_for(case, me),
        ending=EndingView(outcome=papers.outcome, at=papers.ended_at) if papers.outcome and papers.ended_at else None,
        closed_at=papers.closed_at,
        hold=_hold(case, me),
        allowed_actions=allowed_actions(case, me),
    )


def _process(case: Case) -> Process:
    if case.papers.ended_at is not None:
        return "ended"
    return "mediation" if case.papers.began_at is not None else "talks"


def _parties(case: Case) -> list[PartyView]:
    sides = []
    for party in PARTIES:
        facts = case.papers.facts_of(party)
        said = case.joint.authority.get(party) if case.joint is not None else None
        sides.append(
            PartyView(
                party=party,
                name=facts.name,
                place=facts.place,
                capacity=facts.capacity,
                can_agree=list(said.can_agree) if said is not None else None,
                to_call=said.to_call if said is not None else "",
            )
        )
    return sides


def _mediator(case: Case) -> MediatorView | None:
    papers = case.papers
    if papers.mediator is None:
        return None
    return MediatorView(
        participant=papers.mediator,
        name=papers.people[papers.mediator].name,
        disclosure=papers.disclosure,
        disclosure_sha256=mediation.disclosure_sha256(papers),
        accepted_by=[p for p in PARTIES if p in papers.accepted_by],
        appointed_at=papers.appointed_at,
        earlier_cases=papers.people[papers.mediator].earlier_cases,
    )


def _with_person(case: Case, me: Person, person: Person) -> list[str]:
    return names(
        (c.RemoveParticipant, people.check_removing, (case, me, person)),
        *((kind, partial(people.check_muting, mute=kind is c.Mute), (case, me, person)) for kind in (c.Mute, c.Unmute)),
    )


def _hold(case: Case, me: Person) -> HoldView:
    hold = case.papers.hold
    asked: list[str] = [who or "mediator" for who in (*PARTIES, None) if who in hold.asked_by]
    return HoldView(
        asked_by=asked,
        asked_by_me=allows(keep.check, case, c.LiftHold, me),
        ground=hold.ground,
        reference=hold.reference,
        placed_at=hold.placed_at,
    )


def _rooms(case: Case, me: Person) -> list[RoomView]:
    return [_room(case, me, room) for room in sorted(rooms_of(case, me.participant))]


def _room(case: Case, me: Person, room: str) -> RoomView:
    state = case.private.get(room, PrivateRoom())
    what = kept_as(room)
    # A side that keeps its own room has not had it erased with the others'.
    erased = what is not None and what in case.papers.erased and not (what == "teams" and state.members)
    return RoomView(
        room=room,
        members=list(members_of(case, room)),
        can_post=allows(may.talk, case, me, room),
        can=_with_room(case, me, room),
        opened_at=state.open_since,
        name=state.name,
        closed=is_private(room) and not allows(may.talk, case, me, room),
        erase_at=due_at(case.papers, what, state.kept_until) if what is not None and not erased else None,
        erased=erased,
        kept_until=state.kept_until,
    )


def _with_room(case: Case, me: Person, room: str) -> list[str]:
    remark: Question = (c.PostComment, check_commenting, (case, me, room))
    if is_private(room):
        return names((c.CloseRoom, private_rooms.check_closing, (case, me, room)), remark)
    if party_of_room(room) is None:
        return names(remark)
    return names(
        *((kind, caucus.check, (case, kind, me, room)) for kind in (c.OpenCaucus, c.CloseCaucus)),
        (c.ProposeSharing, caucus.check_proposing, (case, me, room)),
        remark,
    )


def _spoken(case: Case, me: Person) -> list[SpokenView]:
    if case.joint is None or me.participant != case.papers.mediator:
        return []
    spoken = case.joint.conversation.spoken
    return [SpokenView(participant=p.participant, messages=spoken.get(p.participant, 0)) for p in case.papers.present()]


def allowed_actions(case: Case, me: Person) -> list[str]:
    """Commands this person may give now without picking a thing first, by the same rules that decide them."""
    return names(
        *((kind, mediation.check, (case, kind, me)) for kind in (c.Disclose, c.AcceptMediator, c.RefuseMediator)),
        (c.AcceptAgreement, mediation.check, (case, c.AcceptAgreement, me)),
        (c.DescribeParty, people.check_describing, (case, me)),
        *(
            (kind, process.check, (case, kind, me))
            for kind in (c.OpenSession, c.CloseSession, c.SetStage, c.Pause, c.Resume, c.DeclareAuthority)
        ),
        *((kind, process.check_course, (case, kind, me)) for kind in (c.EndMediation, c.CloseCase)),
        *((kind, terms.check, (case, kind, me)) for kind in (c.AskForAnswer, c.AgreeStandstill)),
        (c.Leave, people.check_leaving, (case, me)),
        (c.ReportAbuse, people.check_reporting, (case, me)),
        (c.OpenRoom, private_rooms.check_opening, (case, me)),
        *((kind, keep.check, (case, kind, me)) for kind in (c.KeepTeamRoom, c.AskHold, c.LiftHold)),
        (c.OpenDraft, own_draft.check, (case, me)),
        (c.ProposeReferral, refer.check_proposing, (case, me)),
        (c.GiveContact, refer.check_contact, (case, me)),
        (c.SetLimit, limits.check, (case, me)),
        (c.ProposeMeeting, meet.check_proposing, (case, me, meet.room_for(case))),
        (c.PutIssue, may.mediate_at_the_table, (case, me)),
        (c.ScribePosition, may.mediate_at_the_table, (case, me)),
        (c.OpenCaucus, may.mediate_at_the_table, (case, me)),
        (c.StatePosition, may.say_for_a_side_at_the_table, (case, me)),
        (c.ProposeStatement, may.say_at_the_table, (case, me)),
        (c.MakeOffer, may.bargain_somewhere, (case, me)),
        *actions(case, me),
    )
