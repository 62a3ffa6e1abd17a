"""The mediator and one side in private: beginning and ending it, writing for somebody, and what may be carried out."""

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.decide.positions import issue_in
from mediation.case.state import Case, Person, PrivateRoom, Sharing
from mediation.case.terms import DECIDERS, JOINT, caucus, party_of_room


def check(case: Case, command: type[c.OpenCaucus | c.CloseCaucus], person: Person, room: str) -> None:
    """Refuse unless this person may begin or end the private session in this caucus now."""
    may.mediate_at_the_table(case, person)
    state = case.private.get(room)
    if state is None:
        raise no.NeedsSomeoneOfThatSide
    if command is c.OpenCaucus and state.open_since is not None:
        raise no.CaucusAlreadyOpen
    if command is c.CloseCaucus and state.open_since is None:
        raise no.CaucusNotOpen


def check_proposing(case: Case, person: Person, room: str) -> PrivateRoom:
    """Refuse unless this person may ask in this caucus to have something carried out; returns the room."""
    state = may.be_in_caucus(case, person, room)
    if person.participant != case.papers.mediator and person.role not in DECIDERS:
        raise no.ForThoseWhoCanAgree
    return state


def decide(case: Case, command: c.OpenCaucus | c.CloseCaucus, person: Person) -> e.Decision:
    """Begin or end a private session. The joint room learns what the mediator announces, and nothing else."""
    room = caucus(command.party)
    check(case, type(command), person, room)
    event: e.Event = e.CaucusOpened() if isinstance(command, c.OpenCaucus) else e.CaucusClosed()
    announcement = command.announcement.strip()
    told = [(JOINT, e.MessagePosted(text=announcement, form="announcement"))] if announcement else []
    return [(room, event), *told]


def decide_scribed(case: Case, command: c.ScribePosition | c.AnswerScribed, person: Person) -> e.Decision:
    """What the mediator writes down stays with its owner until they say "That's it"; then it is theirs at the table."""
    joint = may.be_at_the_table(case)
    if isinstance(command, c.ScribePosition):
        may.be_mediator(case, person)
        owner = case.papers.people.get(command.owner)
        if owner is None or owner.left_at is not None or owner.party is None:
            raise no.NobodyOfThatName
        if command.issue is not None:
            issue_in(joint, command.issue)
        room = caucus(owner.party)
        if owner.participant not in may.be_in_caucus(case, person, room).members:
            raise no.NeedsSomeoneOfThatSide
        may.be_new(case.private[room].scribed, command.command_id)
        written = e.PositionScribed(
            scribed=command.command_id,
            owner=command.owner,
            issue=command.issue,
            text=may.words(command.text),
            interest=command.interest.strip(),
            wants=command.wants.strip(),
        )
        return [(room, written)]
    draft = may.be_in_caucus(case, person, command.room).scribed.get(command.scribed)
    if draft is None:
        raise no.NotThere
    if draft.owner != person.participant:
        raise no.NotYours
    if draft.confirmed is not None:
        raise no.AlreadyAnswered
    answered = e.ScribedAnswered(scribed=command.scribed, confirmed=command.confirmed, words=command.words.strip())
    if not command.confirmed:
        return [(command.room, answered)]
    may.speak_at_the_table(case, person)
    may.be_new(joint.positions, command.command_id)
    stated = e.PositionStated(
        position=command.command_id,
        party=may.be_of_a_side(person),
        # The question may have been withdrawn since; the view stands without it.
        issue=draft.issue if draft.issue in joint.issues else None,
        text=draft.text,
        interest=draft.interest,
        wants=draft.wants,
        scribed_by=case.papers.mediator,
    )
    return [(command.room, answered), (JOINT, stated)]


Sharings = c.ProposeSharing | c.AllowSharing | c.RefuseSharing | c.PostShared


def decide_sharing(case: Case, command: Sharings, person: Person) -> e.Decision:
    """A text leaves a caucus with that side's yes to exactly it, by the mediator's hand, without a tie back."""
    if isinstance(command, c.ProposeSharing):
        return _propose(case, command, person)
    sharing = may.be_in_caucus(case, person, command.room).sharings.get(command.sharing)
    if sharing is None:
        raise no.NotThere
    if isinstance(command, c.PostShared):
        return _post(case, command, person, sharing)
    if person.role not in DECIDERS:
        raise no.ForThoseWhoCanAgree
    if sharing.state == "posted":
        raise no.SharedAlready
    if isinstance(command, c.RefuseSharing):
        if sharing.state == "refused":
            raise no.AlreadyAnswered
        return [(command.room, e.SharingRefused(sharing=command.sharing))]
    if sharing.state != "asked":
        raise no.AlreadyAnswered
    return [(command.room, e.SharingAllowed(sharing=command.sharing, condition=command.condition.strip()))]


def _propose(case: Case, command: c.ProposeSharing, person: Person) -> e.Decision:
    room = check_proposing(case, person, command.room)
    may.be_new(room.sharings, command.command_id)
    asked = e.SharingProposed(sharing=command.command_id, form=command.form, text=may.words(command.text))
    if command.form != "my-words":
        may.be_mediator(case, person)
        return [(command.room, asked)]
    if person.role not in DECIDERS:
        raise no.ForThoseWhoCanAgree
    # Whoever asks to have their own words carried has allowed it by asking.
    return [(command.room, asked), (command.room, e.SharingAllowed(sharing=command.command_id, condition=""))]


def _post(case: Case, command: c.PostShared, person: Person, sharing: Sharing) -> e.Decision:
    may.speak_at_the_table(case, person)
    may.be_mediator(case, person)
    if sharing.state == "posted":
        raise no.SharedAlready
    if sharing.state != "allowed":
        raise no.NotAllowedToShare
    # A "what if" is the mediator's own: it must not say whose idea it was.
    party = None if sharing.form == "what-if" else party_of_room(command.room)
    shared = e.MessagePosted(text=sharing.text, form=sharing.form, on_behalf_of=party)
    return [(command.room, e.SharingPosted(sharing=command.sharing)), (JOINT, shared)]
