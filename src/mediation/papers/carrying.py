"""What a participant takes away of a case's papers: the printed ones, the text as JSON, and copies in Word."""

import asyncio
from uuid import UUID

from mediation.case import chain
from mediation.case.terms import PAPERS
from mediation.casework.handle import Casework
from mediation.db import Connection
from mediation.papers import content
from mediation.papers.printing import PART, source_of
from mediation.papers.problems import paper_lost
from mediation.papers.sealing import Sealer
from mediation.papers.word import mended, word_file
from mediation.papers.words import LANGUAGES
from mediation.record import log
from mediation.storage import NoSuchPart, Storage


class Carried:
    """The files for the folder `documents/` of a bundle; `host` and `address` as they are printed."""

    def __init__(self, casework: Casework, storage: Storage, sealer: Sealer, *, host: str, address: str) -> None:
        self._casework = casework
        self._storage = storage
        self._sealer = sealer
        self._host = host
        self._address = address

    async def __call__(self, conn: Connection, case_id: str, _participant: str) -> dict[str, bytes]:
        """By name, what there is, read within the caller's snapshot. Raises `Problem` 503 when one cannot be read."""
        files: dict[str, bytes] = {}
        rows = await conn.fetch(
            "SELECT paper, language, key FROM printed_papers WHERE case_id = $1 ORDER BY paper, language", UUID(case_id)
        )
        for row in rows:
            try:
                files[f"{row['paper']}-{row['language']}.pdf"] = await self._storage.get(row["key"], PART)
            except NoSuchPart as gone:
                raise paper_lost() from gone
        length = (await log.lengths(conn, case_id)).get(PAPERS, 0)
        papers = (await self._casework.folds.papers(conn, case_id, length)).papers
        signing = papers.signing
        if papers.ended_at is None or signing is None or signing.effective_at is None:
            return files
        source = await source_of(conn, case_id, papers, self._sealer.fingerprint, self._host, self._address)
        files["settlement.json"] = chain.jcs(source.node)
        for language in LANGUAGES:
            data = content.settlement(source, language, mended)
            made = await asyncio.to_thread(word_file, data, signing.effective_at, is_draft=False)
            files[f"settlement-{language}.docx"] = made
        return files
