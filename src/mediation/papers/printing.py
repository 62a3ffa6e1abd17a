"""The worker that prints the papers of a case once it has ended: each once in each language, late rather than never.

The order is the record's: the signatures are sealed by a checkpoint, the paper prints that checkpoint's hash, and the
paper's own hash goes into the papers of the case and thereby under the next checkpoint. So neither can be exchanged
later, also not by whoever runs the portal.
"""

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec
import structlog

from mediation import clock
from mediation.bus import Bus
from mediation.case import chain
from mediation.case.events import Decision, PaperPrinted
from mediation.case.evolve import fold
from mediation.case.state import Papers
from mediation.case.terms import PAPERS, PrintedPaper
from mediation.casework.folds import told
from mediation.casework.handle import Casework
from mediation.casework.waking import claim, wake_at
from mediation.db import Connection
from mediation.papers import content, outcome
from mediation.papers.content import Seals, Source
from mediation.papers.look_up import code_hash, new_code
from mediation.papers.sealing import Sealer
from mediation.papers.typesetting import typeset
from mediation.papers.words import LANGUAGES, Language
from mediation.record import log as record
from mediation.storage import Storage
from mediation.watch import Watch

PART: Final = "paper.pdf"
"""What the bytes of a printed paper are called under their key."""
LOOK_EVERY: Final = timedelta(minutes=1)
_GIVEN_UP: Final = timedelta(hours=1)  # bytes that no row names by then are of a printing that failed

logger = structlog.get_logger(__name__)


class Made(msgspec.Struct, frozen=True):
    """A paper that is ready, its bytes stored under `key`."""

    paper: PrintedPaper
    language: Language
    key: str
    sha256: str
    size: int
    code: str
    """Printed on it, to look it up by."""


class Printer:
    """The worker of this process. `start` and `stop` it with the app."""

    def __init__(
        self,
        casework: Casework,
        storage: Storage,
        sealer: Sealer,
        bus: Bus,
        *,
        host: str,
        address: str,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        """`host` and `address` are who runs the portal, and where: both are printed."""
        self._casework = casework
        self._storage = storage
        self._sealer = sealer
        self._bus = bus
        self._host = host
        self._address = address
        self._now = now
        self._watch = Watch("printer", self.look, LOOK_EVERY)
        self._stop_listening: Callable[[], None] | None = None

    async def start(self) -> None:
        """Begin to look: whenever mail is to go out, which it is at every ending, and every minute."""
        self._stop_listening = self._bus.listen("mail", lambda _hint: self._watch.hurry())
        self._watch.start()

    async def stop(self) -> None:
        """Stop; what was being printed is begun anew when its lease is over."""
        if self._stop_listening is not None:
            self._stop_listening()
        await self._watch.stop()

    async def look(self) -> int:
        """Print everything that is due, as far as no other process is at it; tells how many papers that was."""
        printed = 0
        while (case_id := await self._claim()) is not None:
            try:
                printed += await self.print(case_id)
            except Exception:
                # One case that cannot be printed must not keep the others.
                logger.exception("papers.failed", case=case_id)
        return printed

    async def print(self, case_id: str) -> int:
        """Print what this case still lacks and enter it in its papers; tells how many papers that was."""
        pool = self._casework.pool
        async with pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
            papers = (await self._casework.facts(conn, case_id)).papers
            source = await source_of(conn, case_id, self._sealer.fingerprint, self._host, self._address)
        made = [await self._make(source, paper, language) for paper, language in wanted(papers)]
        now = self._now()
        async with pool.acquire() as conn:
            async with conn.transaction():
                await record.lock(conn, case_id)
                new = await _keep(conn, case_id, made)
                entries: Decision = [(PAPERS, _entry(one, source)) for one in new]
                tell = await self._casework.record(conn, case_id, entries, now) if entries else None
                await wake_at(conn, "printings", case_id, None)
            if tell is not None:
                tell()
        return len(new)

    async def _make(self, source: Source, paper: PrintedPaper, language: Language) -> Made:
        """Typeset, seal and store one paper. Its bytes are noted as nobody's until its row is there."""
        write = {
            "settlement": content.settlement,
            "attestation": content.attestation,
            "certificate": outcome.certificate,
        }
        at, code = source.papers.ended_at or self._now(), new_code()
        source = msgspec.structs.replace(source, code=code)
        attached = chain.jcs(source.node) if paper == "settlement" and source.node is not None else None
        plain = await typeset(paper, partial(write[paper], source, language), at, attached)
        sealed = await asyncio.to_thread(self._sealer.seal, plain)
        key = secrets.token_hex(16)
        async with self._casework.pool.acquire() as conn:
            await conn.execute(
                "INSERT INTO bytes_to_erase (key, not_before) VALUES ($1, $2)", key, clock.now() + _GIVEN_UP
            )
        await self._storage.put(key, PART, sealed)
        await self._storage.settle(key)
        return Made(paper, language, key, sha256(sealed).hexdigest(), len(sealed), code)

    async def _claim(self) -> str | None:
        async with self._casework.pool.acquire() as conn:
            return await claim(conn, "printings", self._now())


def wanted(papers: Papers) -> list[tuple[PrintedPaper, Language]]:
    """What an ended case still lacks."""
    if papers.ended_at is None:
        return []
    is_settled = papers.signing is not None and papers.signing.effective_at is not None
    kinds: list[PrintedPaper] = ["certificate"]
    if is_settled:
        kinds.insert(0, "settlement")
        if papers.began_at is not None and papers.mediator is not None:
            kinds.insert(1, "attestation")
    there = {(one.paper, one.language) for one in papers.printed}
    return [(kind, language) for kind in kinds for language in LANGUAGES if (kind, language) not in there]


async def source_of(conn: Connection, case_id: str, seal_key: str, host: str, address: str) -> Source:
    """What the papers of an ended case are made of: its facts, its text, and the checkpoint that seals the ending.

    The facts are those of the ending, whenever it is printed: a paper says nothing that its checkpoint does not seal.
    """
    entries = [one for one in await record.read(conn, case_id, PAPERS) if isinstance(one, record.Entry)]
    ending = next(one.seq for one in entries if one.kind == "MediationEnded")
    text: dict[str, Any] = next((one.body for one in reversed(entries) if one.kind == "SettlementEffective"), {})
    sealed = await conn.fetchrow(
        """
        SELECT c.n, c.body, c.key_id FROM checkpoints c
        JOIN openings o ON o.case_id = c.case_id AND o.n = c.n AND o.room = 'papers' AND o.length >= $2
        WHERE c.case_id = $1 ORDER BY c.n LIMIT 1
        """,
        UUID(case_id),
        ending,
    )
    if sealed is None:
        raise LookupError(f"no checkpoint seals the ending of case {case_id}")
    return Source(
        case_id=case_id,
        papers=fold(told(one) for one in entries if one.seq <= ending).papers,
        seals=Seals(
            checkpoint=sealed["n"],
            checkpoint_sha256=sha256(sealed["body"]).hexdigest(),
            checkpoint_at=datetime.fromisoformat(msgspec.json.decode(sealed["body"])["at"]),
            record_key=sealed["key_id"],
            seal_key=seal_key,
        ),
        host=host,
        address=address,
        text_hash=text.get("text_hash"),
        node=text.get("text"),
        language=text.get("language", ""),
    )


async def _keep(conn: Connection, case_id: str, made: list[Made]) -> list[Made]:
    """Note where the papers lie that nobody has printed meanwhile, and return those. The caller holds the case."""
    rows = await conn.fetch("SELECT paper, language FROM printed_papers WHERE case_id = $1", UUID(case_id))
    there = {(row["paper"], row["language"]) for row in rows}
    new = [one for one in made if (one.paper, one.language) not in there]
    for one in new:
        await conn.execute(
            """
            INSERT INTO printed_papers (case_id, paper, language, key, sha256, size, code_sha256)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            UUID(case_id),
            one.paper,
            one.language,
            one.key,
            bytes.fromhex(one.sha256),
            one.size,
            code_hash(one.code),
        )
    keys = [one.key for one in new]
    kept = await conn.fetch("DELETE FROM bytes_to_erase WHERE key = ANY($1::text[]) RETURNING key", keys)
    if len(kept) != len(keys):
        raise LookupError("the bytes of a paper were given up before it was entered")
    return new


def _entry(one: Made, source: Source) -> PaperPrinted:
    return PaperPrinted(
        paper=one.paper,
        language=one.language,
        sha256=one.sha256,
        size=one.size,
        checkpoint=source.seals.checkpoint,
    )
