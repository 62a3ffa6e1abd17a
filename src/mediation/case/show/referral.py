"""Referrals as everybody on the case sees them: all of it is papers."""

from typing import get_args

from mediation.case import commands as c
from mediation.case.decide.allowed import allows, names
from mediation.case.decide.files import files_in
from mediation.case.decide.referral import check, check_exhibit, check_taking_back, refer
from mediation.case.referral import gaps_of, pack_sha256, shown_pack, terms_sha256
from mediation.case.referral_rules import BINDS, PROVIDERS, asked, does
from mediation.case.state import Case, Person, Referral
from mediation.case.terms import JOINT, PARTIES, TALKS, ReferralProvider
from mediation.case.view import (
    ContactView,
    ExhibitView,
    GapView,
    ProceedingsView,
    ReferralAnswerView,
    ReferralOutcomeView,
    ReferralsView,
    ReferralView,
)

_ACTS = (
    c.RewordReferral,
    c.WithdrawReferral,
    c.AgreeToReferral,
    c.RefuseReferral,
    c.ChooseExhibit,
    c.SendReferral,
    c.RecordReferralOutcome,
)


def referrals_for(case: Case, me: Person) -> ReferralsView | None:
    """Every referral with its gaps and what the viewer may do; None on a ladder that leads to none."""
    papers = case.papers
    if "referral" not in papers.opened.ladder:
        return None
    told = sorted(papers.referrals.values(), key=lambda one: (one.at, one.referral))
    return ReferralsView(
        referrals=[_referral(case, me, one) for one in told],
        contacts=[ContactView(party=p, contact=papers.contacts[p]) for p in PARTIES if p in papers.contacts],
        proceedings=_proceedings() if allows(refer, case, me) else [],
    )


def _referral(case: Case, me: Person, referral: Referral) -> ReferralView:
    pack = shown_pack(case.papers, referral.referral)
    gaps = pack.gaps if referral.sent_at is not None else gaps_of(case.papers, referral)
    terms = terms_sha256(referral.text)
    return ReferralView(
        referral=referral.referral,
        party=referral.party,
        by=referral.by,
        at=referral.at,
        state="sent" if referral.sent_at is not None else "withdrawn" if referral.withdrawn else "open",
        text=referral.text,
        terms_sha256=terms,
        answers=[
            ReferralAnswerView(party=p, agreed=a.agreed, at=a.at, stands=a.terms_sha256 == terms)
            for p in PARTIES
            if (a := referral.answers.get(p)) is not None
        ],
        gaps=[GapView(field=gap.field, party=gap.party) for gap in gaps],
        pack_sha256=referral.pack_sha256 or pack_sha256(pack),
        exhibits=[
            ExhibitView(
                exhibit=one.exhibit,
                number=number,
                party=one.party,
                name=one.name,
                media_type=one.media_type,
                size=one.size,
                sha256=one.sha256,
                at=one.at,
                can=names((c.TakeBackExhibit, check_taking_back, (case, me, referral, one.exhibit))),
            )
            for number, one in enumerate(sorted(referral.exhibits.values(), key=lambda e: (e.at, e.exhibit)), 1)
        ],
        choosable=_choosable(case, me, referral),
        sent_at=referral.sent_at,
        sent_by=referral.sent_by,
        outcomes=[
            ReferralOutcomeView(party=one.party, at=one.at, day=one.day, text=one.text) for one in referral.outcomes
        ],
        can=names(*((kind, check, (case, kind, me, referral)) for kind in _ACTS)),
    )


def _choosable(case: Case, me: Person, referral: Referral) -> list[str]:
    if not allows(check, case, c.ChooseExhibit, me, referral):
        return []
    found = [(room, file) for room in (TALKS, JOINT) for file in files_in(case, room).values()]
    fitting = [f for room, f in found if allows(check_exhibit, case, me, referral, room, f)]
    return [f.file for f in sorted(fitting, key=lambda f: (f.at, f.file))]


def _proceedings() -> list[ProceedingsView]:
    """What can be proposed, for the form: kinds and providers, whether they bind, and what they ask for."""
    return [
        ProceedingsView(
            kind=kind,
            binds=binds,
            provider=provider,
            name=PROVIDERS[provider].name if provider in PROVIDERS else "",
            rules=PROVIDERS[provider].rules[kind] if provider in PROVIDERS else "",
            asks=asked(provider, kind, binding=False),
        )
        for kind, binds in BINDS.items()
        for provider in get_args(ReferralProvider)
        if does(provider, kind)
    ]
