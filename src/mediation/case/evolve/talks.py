"""Direct talks, and what talks, table and private rooms have in common: messages and offers."""

from immutables import Map
from msgspec.structs import replace

from mediation.case import events
from mediation.case.evolve.meetings import PROPOSALS, evolve_proposals
from mediation.case.evolve.papers import EventInTheWrongRoom
from mediation.case.state import Conversation, File, Offer, Said, Talks, Told

FILES = (events.FileAdded, events.FileWithdrawn)
CONVERSATION = (events.MessagePosted, events.MessageStruck)
OFFERS = (events.OfferMade, events.OfferAnswered, events.OfferWithdrawn)


def evolve_talks(talks: Talks, told: Told) -> Talks:
    """Direct talks after one more entry."""
    if isinstance(told.event, CONVERSATION):
        return replace(talks, conversation=evolve_conversation(talks.conversation, told))
    if isinstance(told.event, FILES):
        return replace(talks, files=evolve_files(talks.files, told))
    if isinstance(told.event, OFFERS):
        return replace(talks, offers=evolve_offers(talks.offers, told))
    if isinstance(told.event, PROPOSALS):
        return replace(talks, proposals=evolve_proposals(talks.proposals, told))
    raise EventInTheWrongRoom(events.kind_of(told.event), told.room)


def evolve_conversation(talk: Conversation, told: Told) -> Conversation:
    """A struck message leaves the same state as one that was never there, so an erased entry folds to the same."""
    match told.event:
        case events.MessagePosted():
            said = Said(told.actor, told.at)
            spoken = talk.spoken.set(told.actor, talk.spoken.get(told.actor, 0) + 1)
            return Conversation(talk.said.set(told.seq, said), spoken)
        case events.MessageStruck(seq=seq) if seq in talk.said:
            author = talk.said[seq].author
            left = talk.spoken[author] - 1
            spoken = talk.spoken.set(author, left) if left else talk.spoken.delete(author)
            return Conversation(talk.said.delete(seq), spoken)
        case _:
            return talk


def evolve_files(files: Map[str, File], told: Told) -> Map[str, File]:
    """The files of a room after one was added or taken back; what told of one that is gone is erased."""
    match told.event:
        case events.FileAdded() as added:
            file = File(
                file=added.file,
                name=added.name,
                media_type=added.media_type,
                size=added.size,
                sha256=added.sha256,
                origin=added.origin,
                by=told.actor,
                at=told.at,
                seq=told.seq,
            )
            return files.set(added.file, file)
        case events.FileWithdrawn(file=file_id) if file_id in files:
            return files.delete(file_id)
        case _:
            return files


def evolve_offers(offers: Map[str, Offer], told: Told) -> Map[str, Offer]:
    """The ledger after an offer was made, answered or withdrawn. A counter-offer closes the one it answers."""
    match told.event:
        case events.OfferMade() as made:
            if made.in_answer_to is not None and made.in_answer_to in offers:
                offers = offers.set(made.in_answer_to, replace(offers[made.in_answer_to], state="countered"))
            offer = Offer(
                offer=made.offer,
                party=made.party,
                by=told.actor,
                at=told.at,
                amount=made.amount,
                terms=made.terms,
                in_answer_to=made.in_answer_to,
            )
            return offers.set(made.offer, offer)
        case events.OfferAnswered() as answered:
            state = "accepted" if answered.accepted else "declined"
            return offers.set(answered.offer, replace(offers[answered.offer], state=state))
        case events.OfferWithdrawn(offer=offer_id):
            return offers.set(offer_id, replace(offers[offer_id], state="withdrawn"))
        case _:
            raise EventInTheWrongRoom(events.kind_of(told.event), told.room)
