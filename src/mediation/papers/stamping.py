"""Time stamps from somebody else for the newest checkpoints (RFC 3161): that a record was as it is by then.

Checkpoints are sealed without waiting for anybody. Afterwards, where a server for time stamps is set, this worker asks
it for a token over the newest checkpoint of each case; the chain carries it to all that came before. A server that is
away or slow keeps nobody waiting: it is asked again at the next look.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final, Protocol
from uuid import UUID

import asyncpg
from pyhanko.sign.timestamps import HTTPTimeStamper

from mediation.db import Pool
from mediation.watch import Watch

LOOK_EVERY: Final = timedelta(minutes=1)
_PATIENCE: Final = timedelta(seconds=20)
_AT_A_LOOK: Final = 50
_LARGEST: Final = 1 << 16


class Witness(Protocol):
    """Who gives time stamps; pyHanko's `HTTPTimeStamper` is one."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:  # noqa: ANN401 - see below
        """The token over this digest, as asn1crypto's `ContentInfo`."""


class NotOurs(ValueError):  # noqa: N818 - reads as the sentence it is
    """A token came back that stamps something else."""


class Stamper:
    """The worker of this process. `start` and `stop` it with the app; without an address it has nothing to do."""

    def __init__(self, pool: Pool, address: str | None, witness_of: Callable[[str], Witness] | None = None) -> None:
        self._pool = pool
        self._witness = (witness_of or _over_http)(address) if address is not None else None
        self._watch = Watch("stamper", self.look, LOOK_EVERY)

    async def start(self) -> None:
        """Begin to look, every minute."""
        if self._witness is not None:
            self._watch.start()

    async def stop(self) -> None:
        """Stop; a token that was on its way is asked for again."""
        await self._watch.stop()

    async def look(self) -> int:
        """Have the newest checkpoint of every case stamped that is not yet; tells how many were.

        Raises what the server's absence raises, so that one that is away is not asked for every case.
        """
        if self._witness is None:
            return 0
        async with self._pool.acquire() as conn:
            waiting = await conn.fetch(
                """
                SELECT k.case_id, k.n, k.body, k.sig
                FROM cases c JOIN checkpoints k ON k.case_id = c.case_id AND k.n = c.checkpoint_n
                WHERE NOT EXISTS (SELECT FROM checkpoint_stamps s WHERE s.case_id = k.case_id AND s.n = k.n)
                ORDER BY c.checkpoint_at LIMIT $1
                """,
                _AT_A_LOOK,
            )
        for row in waiting:
            await self._stamp(self._witness, row)
        return len(waiting)

    async def _stamp(self, witness: Witness, row: "asyncpg.Record") -> None:
        digest = sha256(row["body"] + row["sig"]).digest()
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            token = await witness.async_timestamp(digest, "sha256")
        encoded: bytes = token.dump()
        if stamped_by(token) != digest or len(encoded) > _LARGEST:
            raise NotOurs
        async with self._pool.acquire() as conn:
            await conn.execute(
                "INSERT INTO checkpoint_stamps (case_id, n, token) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                UUID(row["case_id"].hex),
                row["n"],
                encoded,
            )


def stamped_by(token: Any) -> bytes:  # noqa: ANN401 - asn1crypto's `ContentInfo`, which tells no types
    """The SHA-256 that a token stamps; b"" when it stamps another kind of digest. Raises ValueError for no token."""
    info = token["content"]["encap_content_info"]["content"].parsed
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256":
        return b""
    return bytes(imprint["hashed_message"].native)


def _over_http(address: str) -> Witness:
    return HTTPTimeStamper(address, timeout=10)
