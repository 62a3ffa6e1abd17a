"""Mails that follow from what happened, written in its transaction: a settlement binds, somebody is mentioned."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from mediation import outbox
from mediation.case import events as e
from mediation.case.state import Told
from mediation.db import Connection
from mediation.identity import addresses, limits
from mediation.mail import texts
from mediation.record import log
from mediation.record.keys import Keyring

QUIET: Final = timedelta(minutes=15)
"""Somebody who is mentioned again within this time has had their mail: nobody can be flooded."""


async def announce(
    conn: Connection, heads: log.Heads, written: Iterable[Told], keyring: Keyring, base_url: str
) -> None:
    """Write to everybody on the case when a settlement takes effect or a pack goes out, and to whoever is mentioned.

    The mail about a settlement names the checkpoint that seals it, which `heads` has reached, so that the host cannot
    show another history later on; and no word of what was agreed.
    """
    link = f"{base_url.rstrip('/')}/cases/{heads.case_id}"
    for told in written:
        match told.event:
            case e.SettlementEffective():
                for reached in await addresses.on_case(conn, heads.case_id):
                    message = texts.settled(
                        reached.email,
                        reached.language,
                        link,
                        told.at,
                        heads.checkpoint,
                        heads.checkpoint_hash.hex(),
                        keyring.key_id,
                    )
                    await outbox.put(conn, message, told.at)
            case e.ReferralSent():
                for reached in await addresses.on_case(conn, heads.case_id):
                    message = texts.referred(reached.email, reached.language, f"{link}/referral", told.at)
                    await outbox.put(conn, message, told.at)
            case e.MessagePosted() | e.CommentPosted():
                await _tell_mentioned(conn, heads.case_id, told, told.event.mentions, link)
            case _:
                pass


async def _tell_mentioned(conn: Connection, case_id: str, told: Told, mentions: tuple[str, ...], link: str) -> None:
    """Write to them that there is something to read, and nothing of what, where or by whom.

    They are in that room: the rules have refused everybody else. So a mail tells nobody of a room they are not in.
    """
    for participant in mentions:
        for reached in await addresses.on_case(conn, case_id, participant):
            if await limits.is_first_in(conn, "mention", f"{case_id} {participant}", QUIET, told.at):
                await outbox.put(conn, texts.mentioned(reached.email, reached.language, link), told.at)
