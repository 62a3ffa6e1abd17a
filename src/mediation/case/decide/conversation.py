"""Messages in every room, and taking them back."""

from datetime import datetime, timedelta

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.state import Case, Conversation, Joint, Person, PrivateRoom, Talks
from mediation.case.terms import JOINT, TALKS

TAKE_BACK_WITHIN = timedelta(seconds=10)


def decide(case: Case, command: c.PostMessage | c.StrikeMessage, person: Person, now: datetime) -> e.Decision:
    """Post in a room the author is in, or take one's own post back."""
    if isinstance(command, c.PostMessage):
        may.talk(case, person, command.room)
        mentions = may.mention(case, person, command.room, command.mentions)
        said = e.MessagePosted(text=may.words(command.text), form=command.form, mentions=mentions)
        return [(command.room, said)]
    earlier = _conversation(case, command.room).said.get(command.seq)
    may.be_open(case)
    if earlier is None:
        raise no.MessageIsGone
    if earlier.author != person.participant:
        raise no.NotYours
    taken_back = now - earlier.at <= TAKE_BACK_WITHIN
    if command.room == TALKS and not taken_back:
        raise no.CorrespondenceStays
    return [(command.room, e.MessageStruck(seq=command.seq, taken_back=taken_back))]


def _conversation(case: Case, room: str) -> Conversation:
    parts: dict[str, Talks | Joint | PrivateRoom | None] = {TALKS: case.talks, JOINT: case.joint}
    part = parts.get(room) or case.private.get(room)
    if part is None:
        raise no.NotInThisRoom
    return part.conversation
