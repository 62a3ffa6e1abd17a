"""The files of every room a viewer is in."""

from mediation.case import commands as c
from mediation.case.decide.allowed import names
from mediation.case.decide.files import check_withdrawing, files_in
from mediation.case.rooms import rooms_of
from mediation.case.state import Case, Person
from mediation.case.view import FileView


def files_for(case: Case, me: Person) -> list[FileView]:
    """Every file that the viewer may open, oldest first."""
    found = [(room, f) for room in rooms_of(case, me.participant) for f in files_in(case, room).values()]
    return [
        FileView(
            file=f.file,
            room=room,
            name=f.name,
            media_type=f.media_type,
            size=f.size,
            sha256=f.sha256,
            origin=f.origin,
            by=f.by,
            at=f.at,
            can=names((c.WithdrawFile, check_withdrawing, (case, me, room, f))),
        )
        for room, f in sorted(found, key=lambda rf: (rf[1].at, rf[1].file))
    ]
