"""Referrals elsewhere: proposed, answered, sent, and what came back."""

from immutables import Map
from msgspec.structs import replace

from mediation.case import events
from mediation.case.state import Answer, Exhibit, Papers, Referral, ReferralOutcome, Told

REFERRAL = (
    events.ReferralProposed,
    events.ReferralReworded,
    events.ReferralAnswered,
    events.ReferralWithdrawn,
    events.ContactGiven,
    events.ExhibitChosen,
    events.ExhibitTakenBack,
    events.ReferralSent,
    events.ReferralOutcomeRecorded,
)


def evolve_referral(papers: Papers, told: Told) -> Papers:
    """The papers after one more entry about a referral."""
    match told.event:
        case events.ReferralProposed() as made:
            begun = Referral(referral=made.referral, party=made.party, by=told.actor, at=told.at, text=made.proposal)
            return _with(papers, begun)
        case events.ContactGiven(party=party, contact=contact):
            without = papers.contacts.delete(party) if party in papers.contacts else papers.contacts
            return replace(papers, contacts=without.set(party, contact) if contact else without)
        case (
            events.ReferralReworded()
            | events.ReferralAnswered()
            | events.ReferralWithdrawn()
            | events.ExhibitChosen()
            | events.ExhibitTakenBack()
            | events.ReferralSent()
            | events.ReferralOutcomeRecorded()
        ) as event:
            return _with(papers, _changed(papers.referrals[event.referral], told))
        case _:
            return papers


def _changed(referral: Referral, told: Told) -> Referral:
    match told.event:
        case events.ReferralReworded(proposal=proposal):
            return replace(referral, text=proposal)
        case events.ReferralAnswered() as said:
            answer = Answer(said.agreed, said.terms_sha256, told.at)
            return replace(referral, answers=referral.answers.set(said.party, answer))
        case events.ReferralWithdrawn():
            return replace(referral, withdrawn=True, exhibits=Map())
        case events.ExhibitChosen() as chosen:
            exhibit = Exhibit(
                exhibit=chosen.exhibit,
                party=chosen.party,
                at=told.at,
                name=chosen.name,
                media_type=chosen.media_type,
                size=chosen.size,
                sha256=chosen.sha256,
            )
            return replace(referral, exhibits=referral.exhibits.set(chosen.exhibit, exhibit))
        case events.ExhibitTakenBack(exhibit=exhibit) if exhibit in referral.exhibits:
            return replace(referral, exhibits=referral.exhibits.delete(exhibit))
        case events.ReferralSent() as sent:
            return replace(referral, sent_at=told.at, sent_by=sent.party, pack=sent.pack, pack_sha256=sent.sha256)
        case events.ReferralOutcomeRecorded() as came:
            outcome = ReferralOutcome(party=came.party, at=told.at, day=came.day, text=came.text)
            return replace(referral, outcomes=(*referral.outcomes, outcome))
        case _:
            return referral


def _with(papers: Papers, referral: Referral) -> Papers:
    return replace(papers, referrals=papers.referrals.set(referral.referral, referral))
