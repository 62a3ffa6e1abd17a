"""Bundles taken apart and put together again, by whoever holds which key."""

import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any

from mediation.case import chain
from mediation.record.keys import Keyring

Lines = list[Any]


def zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def unzipped(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines_of(content: bytes) -> Lines:
    return [json.loads(line) for line in content.decode().split("\n")[:-1]]


def written(lines: Iterable[object]) -> bytes:
    return b"".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines)


@dataclass
class Bundle:
    """A bundle whose lines and manifest can be changed; its maker's keys come with it, the oldest first."""

    files: dict[str, bytes]
    """Files that are not lines: the README, documents, attached files."""
    lines: dict[str, Lines]
    manifest: dict[str, Any]
    keys: list[Keyring]
    heads: dict[str, Any] = field(default_factory=dict)
    """What `heads` shall say instead of the truth."""

    @classmethod
    def of(cls, content: bytes, keys: list[Keyring]) -> "Bundle":
        files = unzipped(content)
        manifest = json.loads(files.pop("manifest.json"))
        del files["manifest.sig"]
        lines = {name: lines_of(files.pop(name)) for name in list(files) if name.endswith(".jsonl")}
        return cls(files, lines, manifest, keys)

    @property
    def case_id(self) -> str:
        return str(self.manifest["case"])

    @property
    def checkpoints(self) -> Lines:
        return self.lines["checkpoints.jsonl"]

    @property
    def openings(self) -> Lines:
        return self.lines["openings.jsonl"]

    def rooms(self) -> dict[str, tuple[Lines, int]]:
        """The provable rooms: their lines, and how many of them the last checkpoint seals."""
        sealed: dict[str, int] = {}
        for opening in self.openings:
            sealed[opening["room"]] = max(opening["len"], sealed.get(opening["room"], 0))
        return {room: (self.lines[f"rooms/{room}.jsonl"], length) for room, length in sealed.items()}

    def signed(self, signer: Keyring | None = None, as_key: str | None = None) -> dict[str, bytes]:
        """All files, with heads and hashes that fit what is in them, signed by `signer` or by the last key."""
        signer = signer or self.keys[-1]
        files = self.files | {name: written(lines) for name, lines in self.lines.items()}
        rooms = [name for name in self.lines if name.startswith("rooms/")]
        heads = {name[6:-6]: self._head(name[6:-6], self.lines[name]) for name in rooms} | self.heads
        self.manifest["heads"] = {room: head for room, head in heads.items() if head is not None}
        self.manifest["files"] = [
            {"name": name, "sha256": sha256(content).hexdigest(), "len": len(content)}
            for name, content in files.items()
        ]
        return files | signature(self.manifest, signer, as_key)

    def _head(self, room: str, lines: Lines) -> dict[str, object]:
        head = chain.genesis(self.case_id, room)
        for seq, line in enumerate(lines, 1):
            head = chain.link(seq, head, commitment_of(line))
        return {"len": len(lines), "head": head.hex()}


def signature(manifest: object, signer: Keyring, as_key: str | None = None) -> dict[str, bytes]:
    content = json.dumps(manifest).encode()
    signed = {"key": as_key or signer.key_id, "sig": signer.sign(chain.MANIFEST_DOMAIN, content).hex()}
    return {"manifest.json": content, "manifest.sig": json.dumps(signed).encode()}


def commitment_of(line: Any) -> bytes:
    if "commitment" in line:
        return bytes.fromhex(line["commitment"])
    return bytes(chain.commitment(bytes.fromhex(line["salt"]), line["entry"].encode()))
