"""Telling everybody that a settlement binds: mails written in the transaction in which it takes effect."""

from collections.abc import Iterable

from mediation import outbox
from mediation.case import events as e
from mediation.case.state import Told
from mediation.db import Connection
from mediation.identity import addresses
from mediation.mail import texts
from mediation.record import log
from mediation.record.keys import Keyring


async def announce(
    conn: Connection, heads: log.Heads, written: Iterable[Told], keyring: Keyring, base_url: str
) -> None:
    """Write to everybody on the case if a settlement has just taken effect.

    The mail names the checkpoint that seals it, which `heads` has reached, so that the host cannot show another
    history later on; and no word of what was agreed.
    """
    since = next((told.at for told in written if isinstance(told.event, e.SettlementEffective)), None)
    if since is None:
        return
    link = f"{base_url.rstrip('/')}/cases/{heads.case_id}"
    for reached in await addresses.on_case(conn, heads.case_id):
        message = texts.settled(
            reached.email,
            reached.language,
            link,
            since,
            heads.checkpoint,
            heads.checkpoint_hash.hex(),
            keyring.key_id,
        )
        await outbox.put(conn, message, since)
