"""Files in a room: added by whoever may speak there, taken back by whoever added them."""

from collections.abc import Mapping

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case import refusals as no
from mediation.case.decide import may
from mediation.case.rooms import rooms_of
from mediation.case.state import Case, File, Joint, Person, PrivateRoom, Talks
from mediation.case.terms import JOINT, TALKS


def decide(case: Case, command: c.AddFile | c.WithdrawFile, person: Person) -> e.Decision:
    """Add a file that has arrived whole, or take one's own back."""
    if isinstance(command, c.AddFile):
        may.talk(case, person, command.room)
        may.be_new(files_in(case, command.room), command.command_id)
        added = e.FileAdded(
            file=command.command_id,
            name=may.words(command.name),
            media_type=command.media_type,
            size=command.size,
            sha256=command.sha256,
            origin=command.origin,
        )
        return [(command.room, added)]
    check_withdrawing(case, person, command.room, files_in(case, command.room).get(command.file))
    return [(command.room, e.FileWithdrawn(file=command.file))]


def check_withdrawing(case: Case, person: Person, room: str, file: File | None) -> None:
    """Refuse unless this person may take this file back."""
    may.be_open(case)
    if room not in rooms_of(case, person.participant):
        raise no.NotInThisRoom
    if file is None:
        raise no.NotThere
    if file.by != person.participant:
        raise no.NotYours
    if room == TALKS:
        raise no.CorrespondenceStays


def files_in(case: Case, room: str) -> Mapping[str, File]:
    """The files of one room, by their ids; none where the reader is not."""
    parts: dict[str, Talks | Joint | PrivateRoom | None] = {TALKS: case.talks, JOINT: case.joint}
    part = parts.get(room) or case.private.get(room)
    return part.files if part is not None else {}
