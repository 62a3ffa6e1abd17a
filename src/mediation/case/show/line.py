"""The line on top of every screen: where things stand, and the next step for this viewer."""

from msgspec.structs import replace

from mediation.case import commands as c
from mediation.case.clocks import key_of
from mediation.case.decide import may
from mediation.case.decide import referral as refer
from mediation.case.decide import signing as sign
from mediation.case.decide.allowed import allows
from mediation.case.referral import has_answered
from mediation.case.show.ladder import ends_on
from mediation.case.show.meetings import awaits_answer
from mediation.case.show.next_step import Next, answer_at_the_table, is_missing, on_to_others, step_asked_for
from mediation.case.state import Case, Joint, Person, Signing
from mediation.case.terms import DECIDERS, PARTIES, caucus, other
from mediation.case.view import NowNext

_NEXT_AT_STAGE = {
    "opening": "listen",
    "perspectives": "say-your-view",
    "agenda": "read-questions",
    "exploring": "look-for-common-ground",
    "bargaining": "make-offer",
    "drafting": "work-on-settlement",
    "signing": "read-settlement",
    "follow-up": "keep-promises",
}


def line_for(case: Case, me: Person) -> NowNext:
    """Codes for "Now … Next …", with the last day for it; the catalogue of the screen puts them into words."""
    line = _line(case, me)
    if _is_asked_to_be_bound(case, me):
        line = replace(line, next="answer-referral", yours=True)
    first = me.party or "business"
    asked = ((party, ends_on(case.papers, key_of("answer", party))) for party in (first, other(first)))
    owed_by, by = next(((party, day) for party, day in asked if day is not None), (None, None))
    return replace(line, by=by, owed_by=owed_by, until=ends_on(case.papers, "resolve"))


def _told(now: str, following: Next) -> NowNext:
    return NowNext(now=now, next=following.next, yours=following.yours)


def _is_asked_to_be_bound(case: Case, me: Person) -> bool:
    return any(
        one.text.binding
        and me.party is not None
        and not has_answered(one, me.party)
        and allows(refer.check_agreeing, case, me, one)
        for one in case.papers.referrals.values()
    )


def _line(case: Case, me: Person) -> NowNext:
    papers = case.papers
    if papers.closed_at is not None:
        return NowNext(now="closed", next="download-record", yours=False)
    if papers.outcome is not None:
        # What is passed on goes on elsewhere: the papers for it, and then what comes back.
        left = on_to_others(case, me) if papers.outcome != "settled" else None
        return _told(f"ended-{papers.outcome}", left or Next("download-record", yours=True))
    if me.role == "legal":
        return NowNext(now="mediation" if papers.began_at else "preparing", next="read-papers", yours=False)
    if "resting" in papers.still:
        return NowNext(now="resting", next="wake", yours=me.party is not None)
    if papers.began_at is None or case.joint is None:
        return _before(case, me)
    return _at_the_table(case, case.joint, me)


def _before(case: Case, me: Person) -> NowNext:
    papers = case.papers
    if papers.mediator is None:
        referred = on_to_others(case, me) if papers.tier == "referral" else None
        if referred is not None:
            return _told("referral", referred)
        missing = [p for p in PARTIES if not papers.side(p)]
        if missing == ["business"] and papers.opened.by_page:
            # The business was told when the dispute was opened on its page.
            return NowNext(now="asked", next="await-answer", yours=False)
        if missing:
            yours = me.role in DECIDERS
            return NowNext(now="talks", next="invite-other-side", yours=yours)
        if is_missing(case, me):
            return NowNext(now="talks", next="bring-management", yours=True)
        if awaits_answer(case, me):
            return NowNext(now="talks", next="answer-meeting", yours=True)
        if me.party is not None and key_of("answer", me.party) in papers.clocks:
            return NowNext(now="talks", next="answer-other-side", yours=me.role in DECIDERS)
        if me.party is not None and key_of("answer", other(me.party)) in papers.clocks:
            return NowNext(now="talks", next="await-their-answer", yours=False)
        asked = step_asked_for(papers, me)
        if asked is not None:
            return _told("talks", asked)
        return NowNext(now="talks", next="talk-or-invite-mediator", yours=me.role in DECIDERS)
    if papers.disclosure is None:
        mine = me.participant == papers.mediator
        return NowNext(now="preparing", next="disclose" if mine else "await-disclosure", yours=mine)
    if me.role in DECIDERS and me.party is not None and me.party not in papers.accepted_by:
        return NowNext(now="preparing", next="accept-mediator", yours=True)
    # Somebody who joins late finds the others at the table already.
    now = "preparing" if papers.began_at is None else "mediation"
    if me.participant not in papers.agreed:
        return NowNext(now=now, next="accept-ground-rules", yours=True)
    return NowNext(now=now, next="await-others", yours=False)


def _at_the_table(case: Case, joint: Joint, me: Person) -> NowNext:
    if case.papers.signing is not None:
        return _signing(case, case.papers.signing, me)
    referred = on_to_others(case, me) if case.papers.tier == "referral" else None
    stage = f"stage-{joint.stage}" if referred is None else "referral"
    now = "paused" if joint.paused else stage
    if me.party is not None:
        if is_missing(case, me):
            return NowNext(now=now, next="bring-management", yours=True)
        private = case.private.get(caucus(me.party))
        if private is not None and private.open_since is not None:
            now = "caucus"
        waiting = _waiting_for(case, joint, me)
        if waiting is not None and (referred is None or waiting != "read-wordings"):
            return NowNext(now=now, next=waiting, yours=True)
        if referred is not None:
            return _told(now, referred)
        if now == "caucus":
            return NowNext(now=now, next="talk-privately", yours=True)
        if joint.paused:
            return NowNext(now=now, next="wait-for-resume", yours=True)
        following = step_asked_for(case.papers, me) or answer_at_the_table(case.papers, me)
        return _told(now, following or Next(_side_at_stage(joint, me), yours=True))
    if any(s.state == "allowed" for r in case.private.values() for s in r.sharings.values()):
        return NowNext(now=now, next="post-shared", yours=True)
    if referred is not None:
        return _told(now, referred)
    return NowNext(now=now, next=f"lead-{_led_at(joint)}", yours=True)


def _led_at(joint: Joint) -> str:
    """The stage whose work is before the mediator: what all agree on is written down, whatever the stage is called.

    Once a side agrees to a clause, the clauses are there, and the others are to be asked.
    """
    if joint.stage == "drafting" and joint.drafting.assents:
        return "agreeing"
    if joint.stage not in ("exploring", "bargaining"):
        return joint.stage
    offers = [o.state for o in joint.offers.values()]
    has_terms = "accepted" in offers or any(s.kind == "possible-term" for s in joint.statements.values())
    is_open = "open" in offers or any(party not in s.assents for s in joint.statements.values() for party in PARTIES)
    return "drafting" if has_terms and not is_open else joint.stage


def _signing(case: Case, signing: Signing, me: Person) -> NowNext:
    if len(signing.signatures) == len(PARTIES):
        return NowNext(now="signed", next="await-effect", yours=False)
    if allows(sign.check, case, c.SignSettlement, me):
        return NowNext(now="signing", next="sign-settlement", yours=True)
    return NowNext(now="signing", next="await-signatures", yours=False)


def _side_at_stage(joint: Joint, me: Person) -> str:
    if joint.stage == "perspectives" and any(p.party == me.party for p in joint.positions.values()):
        return "listen"
    return _NEXT_AT_STAGE[joint.stage]


def _waiting_for(case: Case, joint: Joint, me: Person) -> str | None:
    """What only this person can answer, most personal first."""
    papers = case.papers
    if papers.disclosure is not None and me.role in DECIDERS and me.party not in papers.accepted_by:
        return "accept-mediator"
    for room in case.private.values():
        if any(s.owner == me.participant and s.confirmed is None for s in room.scribed.values()):
            return "confirm-scribed"
        if me.role in DECIDERS and any(s.state == "asked" for s in room.sharings.values()):
            return "answer-sharing"
    owned = {p.position for p in joint.positions.values() if p.owner == me.participant}
    if any(r.position in owned and r.heard is None for r in joint.reflections.values()):
        return "answer-reflection"
    if awaits_answer(case, me):
        return "answer-meeting"
    if not allows(may.agree_for_a_side, case, me):
        return None
    if any(o.state == "open" and o.party != me.party for o in joint.offers.values()):
        return "answer-offer"
    if me.party is not None and any(me.party not in s.assents for s in joint.statements.values()):
        return "read-wordings"
    return None
