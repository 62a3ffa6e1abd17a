"""What follows from what happened, written in its transaction: notices, mails, and what other systems are told."""

from collections.abc import Iterable

from mediation.case.state import Case, Told
from mediation.db import Connection
from mediation.notices import writing
from mediation.notices.letters import Letters
from mediation.notices.webhooks import queue


async def announce(
    conn: Connection, case_id: str, before: Case, after: Case, written: Iterable[Told], letters: Letters
) -> None:
    """Tell everybody in the rooms of what was written whom it concerns; the cases are those before and after it.

    What is mailed tells that there is something, and never what, where or by whom: each is in that room, so a mail
    tells nobody of a room they are not in. A business's own systems are told of papers alone.
    """
    written = list(written)
    await writing.write(conn, case_id, before, after, written, letters)
    await queue.put(conn, case_id, written)
