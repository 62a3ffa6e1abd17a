"""A record in memory: what the log writes, without a database, and the same every time for the same seed."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from mediation.case import chain
from mediation.export.bundle import Contents, EntryLine, OpeningLine, SealedLine, assemble
from mediation.record.keys import Keyring, PublicKey
from mediation.record.seal import checkpoint

START = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
CASE = "0f" * 16
BUSINESS, CLIENT, MEDIATOR = "b1" * 16, "c1" * 16, "ad" * 16


class Dice:
    """Bytes that look random and are the same in every run: SHA-256 of a seed and a counter."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._throws = count()

    def __call__(self, size: int) -> bytes:
        return hashlib.sha256(f"{self._seed} {next(self._throws)}".encode()).digest()[:size]


def key(seed: str) -> Keyring:
    return Keyring.from_seed(hashlib.sha256(seed.encode()).digest())


@dataclass
class SampleRecord:
    """A case to which entries are appended as the log does it: every paper seals a checkpoint."""

    case_id: str = CASE
    seed: str = "sample"
    keyring: Keyring = field(default_factory=lambda: key("the portal's key"))
    rooms: dict[str, list[EntryLine]] = field(default_factory=lambda: {room: [] for room in chain.SLOTS})
    slots: dict[str, int] = field(default_factory=lambda: dict(chain.SLOTS))
    heads: dict[str, bytes] = field(default_factory=dict)
    checkpoints: list[SealedLine] = field(default_factory=list)
    openings: list[OpeningLine] = field(default_factory=list)
    keys: list[PublicKey] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._dice = Dice(self.seed)
        self._at = START
        self.heads = {room: chain.genesis(self.case_id, room) for room in self.rooms}
        self.keys = [PublicKey(self.keyring.ed25519, self.keyring.valid_from)]

    def say(
        self,
        room: str,
        kind: str,
        body: Mapping[str, object],
        actor: str = "system",
        attachments: Sequence[chain.Attachment] = (),
    ) -> "SampleRecord":
        if room not in self.rooms:
            self.slots[room] = 7 + len(self.rooms) - len(chain.SLOTS)
            self.rooms[room], self.heads[room] = [], chain.genesis(self.case_id, room)
        seq, salt = len(self.rooms[room]) + 1, self._dice(32)
        self._at += timedelta(seconds=61, milliseconds=7)
        entry = chain.entry_bytes(
            case_id=self.case_id,
            room=room,
            seq=seq,
            at=self._at,
            actor=actor,
            kind=kind,
            body=body,
            attachments=attachments,
        )
        commitment = chain.commitment(salt, entry)
        self.rooms[room].append(EntryLine(commitment, salt, entry))
        self.heads[room] = chain.link(seq, self.heads[room], commitment)
        if room == "papers":
            self._seal()
        return self

    def rotate(self, seed: str) -> "SampleRecord":
        self._at += timedelta(minutes=1)
        fresh = key(seed)
        unsigned = PublicKey(fresh.ed25519, self._at)
        signature = self.keyring.sign(chain.KEY_DOMAIN, unsigned.statement())
        self.keys.append(PublicKey(fresh.ed25519, self._at, self.keyring.key_id, signature))
        fresh.valid_from = self._at
        self.keyring = fresh
        return self

    def erase(self, room: str, seq: int) -> "SampleRecord":
        self.rooms[room][seq - 1] = EntryLine(self.rooms[room][seq - 1].commitment)
        return self

    def _seal(self) -> None:
        previous = hashlib.sha256(self.checkpoints[-1].body).digest() if self.checkpoints else chain.NO_CHECKPOINT
        sealed = checkpoint(
            self.case_id,
            n=len(self.checkpoints) + 1,
            at=self._at,
            previous=previous,
            rooms={room: (self.slots[room], len(self.rooms[room]), self.heads[room]) for room in self.rooms},
            keyring=self.keyring,
            random=self._dice,
        )
        self.checkpoints.append(SealedLine(sealed.body, sealed.sig, sealed.key_id))
        self.openings += [OpeningLine(sealed.n, o.room, o.slot, o.r, o.length) for o in sealed.openings]

    def contents(
        self, provable: tuple[str, ...] = ("papers", "talks"), reads: tuple[str, ...] = ("joint",)
    ) -> Contents:
        return Contents(
            case_id=self.case_id,
            participant_id=CLIENT,
            keys=self.keys,
            checkpoints=self.checkpoints,
            openings=[opening for opening in self.openings if opening.room in provable],
            rooms={room: self.rooms[room] for room in provable},
            transcripts={room: [line.entry for line in self.rooms[room] if line.entry is not None] for room in reads},
        )

    def files(self, **which: tuple[str, ...]) -> dict[str, bytes]:
        return assemble(self.contents(**which), self.keyring, self._at + timedelta(hours=1))


def small_record() -> SampleRecord:
    """A short case: talks before the mediation, a private word, an erased line, and a tail that is not sealed yet."""
    return (
        SampleRecord()
        .say("papers", "CaseOpened", {"title": "A website that came late", "amount": 480_000, "currency": "EUR"})
        .say("talks", "MessagePosted", {"text": "We are still waiting for the shop pages."}, CLIENT)
        .say("talks", "MessagePosted", {"text": "Something said in anger."}, BUSINESS)
        .say("papers", "MediatorAppointed", {"mediator": MEDIATOR})
        .say("joint", "MessagePosted", {"text": "Thank you both for coming."}, MEDIATOR)
        .say("caucus-client", "MessagePosted", {"text": "I could live with 300 less."}, CLIENT)
        .say("papers", "SessionOpened", {"roll": [BUSINESS, CLIENT, MEDIATOR]})
        .say(
            "talks",
            "MessagePosted",
            {"text": "Line\u2028separator, “quotes”, \U0001f642 and \u0007 survive."},
            BUSINESS,
        )
        .erase("talks", 2)
    )
