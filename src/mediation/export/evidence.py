"""The files of a bundle: those of the entries that it shows, packed from the store as they are, one piece at a time."""

import asyncio
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

from mediation.db import Connection
from mediation.problems import Problem
from mediation.storage import NoSuchPart, Storage

MOST: Final = 900 << 20
"""Bytes of files in one bundle: the verifier reads bundles of up to 1 GiB."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file as it is shipped, named by its SHA-256 (64 hex); its bytes are the parts under the key, in order."""

    sha256: str
    size: int
    key: str
    parts: tuple[str, ...]


class EvidenceTooLarge(Problem):
    """409: the files come to more than a bundle holds."""

    def __init__(self) -> None:
        super().__init__(
            409,
            "bundle-too-large",
            "With its files the bundle would be larger than it can be.",
            "Take it without the files, and save those that you need one by one.",
        )


class EvidenceGone(Problem):
    """503: a file was withdrawn, or its bytes were lost, while the bundle was being packed."""

    def __init__(self) -> None:
        super().__init__(503, "try-again", "A file changed while the bundle was packed.", "Try again in a moment.")


async def evidence_of(conn: Connection, case_id: str, participant_id: str) -> list[Evidence]:
    """The files of every entry that the participant takes away, equal ones once. Raises EvidenceTooLarge.

    Read within the caller's snapshot, by the same rule as the entries: what is in the bundle is in it altogether.
    """
    rows = await conn.fetch(
        """
        SELECT DISTINCT ON (f.sha256) f.sha256, f.size, f.key, f.parts
        FROM memberships m
        JOIN files f ON f.case_id = m.case_id AND f.room = m.room
            AND f.seq BETWEEN m.from_seq AND coalesce(m.until_seq, f.seq)
        WHERE m.case_id = $1 AND m.participant_id = $2
        ORDER BY f.sha256, f.key
        """,
        UUID(case_id),
        UUID(participant_id),
    )
    found = [Evidence(row["sha256"].hex(), row["size"], row["key"], tuple(row["parts"])) for row in rows]
    if sum(one.size for one in found) > MOST:
        raise EvidenceTooLarge
    return found


async def pack_evidence(
    archive: zipfile.ZipFile, evidence: Sequence[Evidence], storage: Storage, form: zipfile.ZipInfo
) -> None:
    """Add the files to a zip, each as `form` describes files there. Raises EvidenceGone unless every byte is right.

    They are stored as they are: pictures and PDFs are packed already, and nobody at the table should wait for it.
    """
    for one in evidence:
        info = zipfile.ZipInfo(f"evidence/{one.sha256}", form.date_time)
        info.create_system, info.external_attr, info.file_size = form.create_system, form.external_attr, one.size
        reckoned = sha256()
        try:
            with archive.open(info, "w") as entry:
                async for piece in storage.stream(one.key, one.parts):
                    reckoned.update(piece)
                    await asyncio.to_thread(entry.write, piece)
        except NoSuchPart as gone:
            raise EvidenceGone from gone
        if reckoned.hexdigest() != one.sha256:
            raise EvidenceGone
