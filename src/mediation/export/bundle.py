"""A participant's bundle: papers and talks provable, the mediation as a transcript, in one zip (format: §6).

Gathering reads one snapshot and writes nothing; an export never seals, so that its moment cannot be told from the
record. What belongs in a bundle is decided by memberships alone, never by who asks for it.
"""

import asyncio
import base64
import json
import re
import zipfile
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, TypeAlias
from uuid import UUID

import asyncpg

from mediation.case import chain
from mediation.db import Connection, Pool, reading_as
from mediation.export.evidence import Evidence, evidence_of, pack_evidence
from mediation.export.readme import readme
from mediation.record import log
from mediation.record.keys import Keyring, PublicKey, public_keys
from mediation.storage import Storage

# The oldest time a zip can hold: a bundle tells when it was exported in its manifest, and nowhere else.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_DOCUMENT = re.compile(r"(?!signing-key-)[A-Za-z0-9_][A-Za-z0-9._-]{0,120}")


class NotOnThisCase(LookupError):  # noqa: N818 - reads as the sentence it is
    """There is no such case, or this participant does not sit on it (any more)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file for the bundle's documents/ folder: canonical JSON, PDF or DOCX of one version."""

    name: str
    content: bytes

    def __post_init__(self) -> None:
        if _DOCUMENT.fullmatch(self.name) is None:
            raise ValueError(f"{self.name!r} cannot be the name of a file in documents/")


Making: TypeAlias = Callable[[], Awaitable[Mapping[str, bytes]]]
"""Makes documents of what was read before, without a connection that others are waiting for."""
DocumentSource: TypeAlias = Callable[[Connection, str, str], Awaitable[Mapping[str, bytes] | Making]]
"""The documents that a participant may take away, by name: (connection, case, participant), within the export's
snapshot; or what makes them once the snapshot is left."""


@dataclass(frozen=True, slots=True)
class SealedLine:
    """A checkpoint as it is shipped."""

    body: bytes
    sig: bytes
    key_id: str
    tst: bytes | None = None


@dataclass(frozen=True, slots=True)
class OpeningLine:
    """An opening as it is shipped."""

    checkpoint: int
    room: str
    slot: int
    r: bytes
    length: int


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of a provable room: with its text and salt, or, erased or withheld, with its commitment alone."""

    commitment: bytes
    salt: bytes | None = None
    entry: bytes | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything that one bundle ships, apart from its manifest."""

    case_id: str
    participant_id: str
    keys: Sequence[PublicKey]
    checkpoints: Sequence[SealedLine]
    openings: Sequence[OpeningLine]
    rooms: Mapping[str, Sequence[EntryLine]]
    transcripts: Mapping[str, Sequence[bytes]] = field(default_factory=dict)
    documents: Sequence[Document] = ()
    evidence: Sequence[Evidence] = ()
    making: Making | None = None
    """What makes the documents, as long as they are not made."""


async def write_bundle(
    conn: Connection,
    case_id: str,
    participant_id: str,
    out: BinaryIO,
    keyring: Keyring,
    now: datetime,
    documents: DocumentSource | None = None,
) -> None:
    """Write the bundle of one participant to `out`, signed with `keyring`, for an operator who asks for it.

    `conn` sees every room and must not be in a transaction; what a person asks for is read with `write_own_bundle`.
    Raises NotOnThisCase.
    """
    async with conn.transaction(isolation="repeatable_read", readonly=True):
        contents = await gather(conn, case_id, participant_id, documents)
    await _written(contents, out, keyring, now)


async def write_own_bundle(
    readers: Pool,
    case_id: str,
    participant_id: str,
    out: BinaryIO,
    keyring: Keyring,
    now: datetime,
    documents: DocumentSource | None = None,
    files: Storage | None = None,
) -> None:
    """Write the bundle of the participant who asks to `out`, from what PostgreSQL shows them.

    With `files`, the files that its entries name are in it, from that store. Raises NotOnThisCase, EvidenceTooLarge
    and EvidenceGone; then `out` holds no bundle.
    """
    async with reading_as(readers, case_id, participant_id) as conn:
        contents = await gather(conn, case_id, participant_id, documents)
        if files is not None:
            contents = replace(contents, evidence=await evidence_of(conn, case_id, participant_id))
    await _written(contents, out, keyring, now)
    if files is not None:
        with zipfile.ZipFile(out, "a") as archive:
            await pack_evidence(archive, contents.evidence, files, _plain_file(""))


async def _written(contents: Contents, out: BinaryIO, keyring: Keyring, now: datetime) -> None:
    if contents.making is not None:
        contents = replace(contents, documents=_documents(await contents.making()), making=None)
    # Hashing and packing a long case takes longer than the others at the table should wait for the loop.
    await asyncio.to_thread(lambda: pack(assemble(contents, keyring, now), out))


async def gather(
    conn: Connection, case_id: str, participant_id: str, documents: DocumentSource | None = None
) -> Contents:
    """What the participant may take away, read within the caller's snapshot. Raises NotOnThisCase."""
    provable = await log.provable_to(conn, case_id, participant_id)
    if "papers" not in provable:
        raise NotOnThisCase(f"participant {participant_id} on case {case_id}")
    found = {} if documents is None else await documents(conn, case_id, participant_id)
    return Contents(
        case_id=case_id,
        participant_id=participant_id,
        keys=await public_keys(conn),
        checkpoints=await _checkpoints(conn, case_id),
        openings=await _openings(conn, case_id, provable),
        rooms={room: await _entries(conn, case_id, room) for room in provable},
        transcripts=await _transcripts(conn, case_id, participant_id, provable),
        documents=() if callable(found) else _documents(found),
        making=found if callable(found) else None,
    )


def assemble(contents: Contents, keyring: Keyring, now: datetime) -> dict[str, bytes]:
    """The files of a bundle by name, manifest and signature first. The same arguments make the same bytes."""
    exported_at = chain.stamp(now)
    files: dict[str, bytes] = {
        "README.txt": readme(
            case_id=contents.case_id,
            participant_id=contents.participant_id,
            exported_at=exported_at,
            fingerprint=keyring.key_id,
        ),
        "checkpoints.jsonl": _jsonl(map(_checkpoint_line, contents.checkpoints)),
        "openings.jsonl": _jsonl(map(_opening_line, contents.openings)),
    }
    heads: dict[str, object] = {}
    for room, entries in contents.rooms.items():
        files[f"rooms/{room}.jsonl"] = _jsonl(map(_entry_line, entries))
        heads[room] = {
            "len": len(entries),
            "head": chain.head_of(contents.case_id, room, (one.commitment for one in entries)).hex(),
        }
    for room, texts in contents.transcripts.items():
        files[f"transcripts/{room}.jsonl"] = _jsonl({"entry": text.decode()} for text in texts)
    for key in contents.keys[1:]:
        files[f"documents/signing-key-{key.key_id}.json"] = _json(_handover(key))
    for document in contents.documents:
        files[f"documents/{document.name}"] = document.content
    manifest = chain.jcs(
        {
            "format": "mediation-record/1",
            "case": contents.case_id,
            "kind": "participant",
            "for": contents.participant_id,
            "exported_at": exported_at,
            "keys": _key_lines(contents.keys),
            "heads": heads,
            "files": [
                *(
                    {"name": name, "sha256": sha256(content).hexdigest(), "len": len(content)}
                    for name, content in sorted(files.items())
                ),
                *({"name": f"evidence/{e.sha256}", "sha256": e.sha256, "len": e.size} for e in contents.evidence),
            ],
        }
    )
    signature = {"key": keyring.key_id, "sig": keyring.sign(chain.MANIFEST_DOMAIN, manifest).hex()}
    return {"manifest.json": manifest, "manifest.sig": _json(signature), **files}


def pack(files: Mapping[str, bytes], out: BinaryIO, compression: int = zipfile.ZIP_DEFLATED) -> None:
    """Write `files` as a zip, in their order, with no times or permissions of this machine in it."""
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            info = _plain_file(name)
            info.compress_type = compression
            archive.writestr(info, content)


def _plain_file(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ZIP_TIME)
    info.create_system, info.external_attr = 3, 0o100644 << 16  # as Unix zips write it
    return info


def _documents(found: Mapping[str, bytes]) -> list[Document]:
    return [Document(name, content) for name, content in found.items()]


async def _checkpoints(conn: Connection, case_id: str) -> list[SealedLine]:
    rows = await conn.fetch(
        """
        SELECT c.body, c.sig, c.key_id, coalesce(c.tst, s.token) AS tst
        FROM checkpoints c LEFT JOIN checkpoint_stamps s ON s.case_id = c.case_id AND s.n = c.n
        WHERE c.case_id = $1 ORDER BY c.n
        """,
        UUID(case_id),
    )
    return [SealedLine(row["body"], row["sig"], row["key_id"], row["tst"]) for row in rows]


async def _openings(conn: Connection, case_id: str, rooms: Sequence[str]) -> list[OpeningLine]:
    rows = await conn.fetch(
        "SELECT n, room, slot, r, length FROM openings WHERE case_id = $1 AND room = ANY($2::text[]) ORDER BY n, slot",
        UUID(case_id),
        rooms,
    )
    return [OpeningLine(row["n"], row["room"], row["slot"], row["r"], row["length"]) for row in rows]


async def _entries(conn: Connection, case_id: str, room: str) -> list[EntryLine]:
    rows = await conn.fetch(
        "SELECT commitment, salt, entry FROM entries WHERE case_id = $1 AND room = $2 ORDER BY seq", UUID(case_id), room
    )
    return [EntryLine(row["commitment"], row["salt"], row["entry"]) for row in rows]


async def _transcripts(
    conn: Connection, case_id: str, participant_id: str, provable: Sequence[str]
) -> dict[str, list[bytes]]:
    """What the participant could read in every other room, without a trace of what was erased."""
    rows: list[asyncpg.Record] = await conn.fetch(
        """
        SELECT DISTINCT e.room, e.seq, e.entry
        FROM memberships m
        JOIN entries e ON e.case_id = m.case_id AND e.room = m.room
            AND e.seq BETWEEN m.from_seq AND coalesce(m.until_seq, e.seq)
        WHERE m.case_id = $1 AND m.participant_id = $2 AND m.room <> ALL($3::text[]) AND e.entry IS NOT NULL
        ORDER BY e.room, e.seq
        """,
        UUID(case_id),
        UUID(participant_id),
        provable,
    )
    transcripts: dict[str, list[bytes]] = {}
    for row in rows:
        transcripts.setdefault(row["room"], []).append(row["entry"])
    return transcripts


def _checkpoint_line(sealed: SealedLine) -> dict[str, object]:
    return {
        "k": sealed.body.decode(),
        "sig": sealed.sig.hex(),
        "key": sealed.key_id,
        "tst": None if sealed.tst is None else base64.b64encode(sealed.tst).decode(),
    }


def _opening_line(opening: OpeningLine) -> dict[str, object]:
    return {
        "checkpoint": opening.checkpoint,
        "room": opening.room,
        "slot": opening.slot,
        "r": opening.r.hex(),
        "len": opening.length,
    }


def _entry_line(line: EntryLine) -> dict[str, object]:
    if line.entry is None or line.salt is None:
        return {"commitment": line.commitment.hex()}
    return {"salt": line.salt.hex(), "entry": line.entry.decode()}


def _key_lines(keys: Sequence[PublicKey]) -> list[dict[str, object]]:
    ends = [chain.stamp(key.valid_from) for key in keys[1:]]
    return [
        {"id": key.key_id, "ed25519": key.ed25519.hex(), "from": chain.stamp(key.valid_from), "until": until}
        for key, until in zip(keys, [*ends, None], strict=True)
    ]


def _handover(key: PublicKey) -> dict[str, object]:
    """The old key's word for the new one, in the shape of a checkpoint's line."""
    return {"k": key.statement().decode(), "sig": (key.signature or b"").hex(), "key": key.signed_by}


def _json(value: object) -> bytes:
    # Not canonical: these lines are hashed as they are shipped, and a name order that reads well costs nothing.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _jsonl(values: Iterable[object]) -> bytes:
    return b"".join(map(_json, values))
