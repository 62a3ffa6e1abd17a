"""Offers: made, answered, withdrawn, at the table or in direct talks."""

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.state import Case, Joint, Offer, Person, Talks


def decide(case: Case, command: c.MakeOffer | c.AnswerOffer | c.WithdrawOffer, person: Person) -> e.Decision:
    """An offer is a side's own: that side withdraws it, the other accepts, declines or answers with another."""
    ledger = may.bargain(case, person, command.room)
    party = may.be_of_a_side(person)
    if isinstance(command, c.MakeOffer):
        terms = command.terms.strip()
        if command.amount is None and not terms:
            raise no.OfferIsEmpty
        may.be_new(ledger.offers, command.command_id)
        if command.in_answer_to is not None:
            _from_the_other_side(_open_offer(ledger, command.in_answer_to), person)
        made = e.OfferMade(
            offer=command.command_id,
            party=party,
            amount=command.amount,
            terms=terms,
            in_answer_to=command.in_answer_to,
        )
        return [(command.room, made)]
    offer = _open_offer(ledger, command.offer)
    if isinstance(command, c.AnswerOffer):
        _from_the_other_side(offer, person)
        return [(command.room, e.OfferAnswered(offer=command.offer, party=party, accepted=command.accepted))]
    if offer.party != party:
        raise no.NotYours
    return [(command.room, e.OfferWithdrawn(offer=command.offer))]


def _open_offer(ledger: Talks | Joint, offer: str) -> Offer:
    if offer not in ledger.offers:
        raise no.NotThere
    if ledger.offers[offer].state != "open":
        raise no.OfferAlreadyAnswered
    return ledger.offers[offer]


def _from_the_other_side(offer: Offer, person: Person) -> None:
    if offer.party == person.party:
        raise no.NotYourOwnOffer
