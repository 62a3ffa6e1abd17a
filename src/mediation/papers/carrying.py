"""What a participant takes away of a case's papers: those printed, the text, and what goes with them for a lawyer."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Final
from uuid import UUID

import msgspec
import structlog

from mediation.case import chain
from mediation.case.state import Papers
from mediation.case.terms import PAPERS
from mediation.casework.handle import Casework
from mediation.db import Connection
from mediation.papers import content, dossier, gathering
from mediation.papers.dossier import Dossier
from mediation.papers.printing import PART, source_of
from mediation.papers.problems import paper_lost
from mediation.papers.sealing import Sealer
from mediation.papers.typesetting import CannotTypeset, Job, typeset_all
from mediation.papers.word import form_file, mended, word_file
from mediation.papers.words import LANGUAGES
from mediation.record import log
from mediation.storage import NoSuchPart, Storage

_AT_A_TIME: Final = 2
"""Processes that typeset for bundles: each takes a processor for a third of a second, a long case a few."""
_KEPT: Final = 32
"""Sets of papers that are made once for several exports of the same state, 0.3 MB each."""

logger = structlog.get_logger(__name__)


class Carried:
    """The files for the folder `documents/` of a bundle; `host` and `address` as they are printed."""

    def __init__(self, casework: Casework, storage: Storage, sealer: Sealer, *, host: str, address: str) -> None:
        self._casework = casework
        self._storage = storage
        self._sealer = sealer
        self._host = host
        self._address = address
        self._typesetting = asyncio.Semaphore(_AT_A_TIME)
        self._made: OrderedDict[bytes, dict[str, bytes]] = OrderedDict()

    async def __call__(
        self, conn: Connection, case_id: str, participant: str
    ) -> Callable[[], Awaitable[Mapping[str, bytes]]]:
        """What makes the files, by name, of what is read here within the caller's snapshot.

        Raises `Problem` 503 when a printed paper cannot be read.
        """
        length = (await log.lengths(conn, case_id)).get(PAPERS, 0)
        papers = (await self._casework.folds.papers(conn, case_id, length)).papers
        files = await self._printed(conn, case_id)
        files |= await self._text(conn, case_id, papers)
        found = await gathering.dossier_of(conn, case_id, participant, papers, self._host, self._address)
        return partial(self._with, files, found)

    async def _printed(self, conn: Connection, case_id: str) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        rows = await conn.fetch(
            "SELECT paper, language, key FROM printed_papers WHERE case_id = $1 ORDER BY paper, language", UUID(case_id)
        )
        for row in rows:
            try:
                files[f"{row['paper']}-{row['language']}.pdf"] = await self._storage.get(row["key"], PART)
            except NoSuchPart as gone:
                raise paper_lost() from gone
        return files

    async def _text(self, conn: Connection, case_id: str, papers: Papers) -> dict[str, bytes]:
        signing = papers.signing
        if papers.ended_at is None or signing is None or signing.effective_at is None:
            return {}
        source = await source_of(conn, case_id, self._sealer.fingerprint, self._host, self._address)
        files = {"settlement.json": chain.jcs(source.node)}
        for language in LANGUAGES:
            data = content.settlement(source, language, mended)
            made = await asyncio.to_thread(word_file, data, signing.effective_at, is_draft=False)
            files[f"settlement-{language}.docx"] = made
        return files

    async def _with(self, files: dict[str, bytes], found: Dossier) -> dict[str, bytes]:
        """These files and those for a lawyer; made anew only when the record has grown."""
        key = _key(found)
        made = self._made.get(key)
        if made is None:
            try:
                async with self._typesetting:
                    made = await for_a_lawyer(found)
            except CannotTypeset as failed:
                # What proves is in the bundle without them, and must not be kept back for their sake.
                logger.warning("papers.no_dossier", reason=str(failed))
                return files
        self._made[key] = made
        self._made.move_to_end(key)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return {**files, **made}


async def for_a_lawyer(found: Dossier) -> dict[str, bytes]:
    """Chronology, index of exhibits and a custodian's form in every language; files of confidential rooms apart."""
    # When the newest of what is told was written, and not when the bundle was made: the same says the same. What may be
    # produced must not tell by its date when something was added in confidence.
    at = max(one.at for one in found.entries)
    jobs: dict[str, Job] = {}
    for language in LANGUAGES:
        jobs[f"chronology_{language}.pdf"] = Job("list", partial(dossier.chronology, found, language), at)
        jobs[f"exhibits_{language}.pdf"] = Job("list", partial(dossier.exhibits, found, language), at)
        jobs[f"custodian_{language}.pdf"] = Job("custodian", partial(dossier.custodian, found, language), at)
        if found.confidential:
            confidential = partial(dossier.confidential_exhibits, found, language)
            newest = max(one.at for one in found.confidential)
            jobs[f"confidential-files_{language}.pdf"] = Job("list", confidential, max(at, newest))
    made = dict(zip(jobs, await typeset_all(list(jobs.values())), strict=True))
    for language in LANGUAGES:
        data = dossier.custodian(found, language, mended)
        made[f"custodian_{language}.docx"] = await asyncio.to_thread(form_file, data, at)
    return dict(sorted(made.items()))


def _key(found: Dossier) -> bytes:
    """Of all that these papers are made of; the fold of the papers follows from their entries."""
    parts = (found.case_id, found.rooms, found.heads, found.seals, found.exhibits, found.confidential)
    return sha256(msgspec.json.encode(parts)).digest()
