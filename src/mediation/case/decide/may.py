"""Who may do what, and when: each rule once, asked before a decision and again for the buttons on the screen."""

import unicodedata
from collections.abc import Mapping

from mediation.case import refusals as no
from mediation.case.rooms import members_of, rooms_of
from mediation.case.state import Case, Conversation, Joint, Person, PrivateRoom, Talks
from mediation.case.terms import DECIDERS, JOINT, PAPERS, PARTIES, TALKS, ParticipantId, Party, is_private

# Controls, formats (zero-width ones among them) and separators: a text of these alone shows nothing.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def words(text: str) -> str:
    """What somebody said, without blanks around it; saying nothing is refused."""
    said = text.strip()
    if all(unicodedata.category(character) in _INVISIBLE for character in said):
        raise no.NothingSaid
    return said


def be_open(case: Case) -> None:
    """The case takes further entries."""
    if case.papers.closed_at is not None:
        raise no.CaseIsClosed


def be_before_the_end(case: Case) -> None:
    """The mediation, or the way towards it, goes on."""
    be_open(case)
    if case.papers.ended_at is not None:
        raise no.MediationHasEnded


def be_mediator(case: Case, person: Person) -> None:
    """The one mediator of the case."""
    if person.participant != case.papers.mediator:
        raise no.ForTheMediator


def be_of_a_side(person: Person) -> Party:
    """Somebody of either side, whatever their role; returns the side."""
    if person.party is None:
        raise no.ForTheSides
    return person.party


def speak_for_a_side(person: Person) -> Party:
    """Somebody whose role speaks for a side; returns the side."""
    party = be_of_a_side(person)
    if person.role not in DECIDERS:
        raise no.ForThoseWhoCanAgree
    return party


def agree_for_a_side(case: Case, person: Person) -> Party:
    """Somebody who can agree today: whom the side named, or, while it named nobody, whoever speaks for it."""
    party = be_of_a_side(person)
    declared = case.joint.authority.get(party) if case.joint is not None else None
    if declared is None:
        return speak_for_a_side(person)
    if person.participant not in declared.can_agree:
        raise no.ForThoseWhoCanAgree
    return party


def be_at_the_table(case: Case) -> Joint:
    """The mediation is on and the author is in the joint room; returns what is on the table."""
    be_before_the_end(case)
    if case.papers.began_at is None:
        raise no.NotBeforeTheMediationBegins
    if case.joint is None:
        raise no.NotInThisRoom
    return case.joint


def speak_at_the_table(case: Case, person: Person) -> Joint:
    """As `be_at_the_table`, and no pause holds this person back."""
    joint = be_at_the_table(case)
    if joint.paused and person.participant != case.papers.mediator:
        raise no.TalksArePaused
    return joint


def say_at_the_table(case: Case, person: Person) -> Joint:
    """As `speak_at_the_table`, and the mediator has not asked this person to listen for now."""
    joint = speak_at_the_table(case, person)
    if person.participant in joint.muted:
        raise no.YouAreMuted
    return joint


def not_both_signed(case: Case) -> None:
    """What both have signed takes effect by itself: neither an ending nor somebody's leaving undoes it."""
    if case.papers.signing is not None and len(case.papers.signing.signatures) == len(PARTIES):
        raise no.BothHaveSigned


def be_in_caucus(case: Case, person: Person, room: str) -> PrivateRoom:
    """The author is in this caucus and the mediation has not ended; returns the room."""
    be_before_the_end(case)
    if not room.startswith("caucus-") or room not in rooms_of(case, person.participant):
        raise no.NotInThisRoom
    return case.private.get(room, PrivateRoom())


def talk(case: Case, person: Person, room: str) -> Conversation:
    """The author may post in this room now; returns the conversation there."""
    if room == JOINT:
        return say_at_the_table(case, person).conversation
    be_open(case)
    if room == PAPERS or room not in rooms_of(case, person.participant):
        raise no.NotInThisRoom
    if room == TALKS:
        return (case.talks or Talks()).conversation
    if room not in case.private:
        raise no.NotInThisRoom
    state = case.private[room]
    if is_private(room) and (state.closed or case.papers.mediator not in state.members):
        raise no.RoomIsClosed
    if room.startswith("caucus-") or is_private(room):
        be_before_the_end(case)
    if room.startswith("team-") and "teams" in case.papers.erased and state.kept_until is None:
        # Words said to somebody who comes later would be gone within the minute.
        raise no.MediationHasEnded
    return state.conversation


def bargain(case: Case, person: Person, room: str) -> Talks | Joint:
    """The author may make and answer offers in this room now; returns what is on offer there."""
    agree_for_a_side(case, person)
    if room == JOINT:
        return speak_at_the_table(case, person)
    be_before_the_end(case)
    if room != TALKS or case.talks is None:
        raise no.NotInThisRoom
    if case.papers.began_at is not None:
        # Who can agree today is said at the table; somebody who is not there yet does not know it.
        raise no.OffersAreMadeAtTheTable
    return case.talks


def mention(case: Case, person: Person, room: str, mentioned: tuple[ParticipantId, ...]) -> tuple[ParticipantId, ...]:
    """Whom the author asks for attention: others in this room, each once. Whoever is not there learns nothing of it."""
    others = set(members_of(case, room)) - {person.participant}
    if len(set(mentioned)) < len(mentioned) or not others.issuperset(mentioned):
        raise no.MentionedIsNotInThisRoom
    return mentioned


def be_new(known: Mapping[str, object], made: str) -> None:
    """Things are named by the command that makes them; a name that is taken is refused."""
    if made in known:
        raise no.NameIsTaken


def mediate_at_the_table(case: Case, person: Person) -> None:
    """The mediator, while the mediation is on."""
    be_at_the_table(case)
    be_mediator(case, person)


def speak_of_a_side_at_the_table(case: Case, person: Person) -> None:
    """Somebody of a side who may speak at the table now."""
    be_of_a_side(person)
    speak_at_the_table(case, person)


def say_for_a_side_at_the_table(case: Case, person: Person) -> None:
    """Somebody of a side who may put something into words at the table now."""
    be_of_a_side(person)
    say_at_the_table(case, person)


def bargain_somewhere(case: Case, person: Person) -> None:
    """Somebody who may make an offer now: at the table once it is there, before that in direct talks."""
    bargain(case, person, JOINT if case.papers.began_at is not None else TALKS)
