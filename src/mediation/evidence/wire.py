"""What crosses the wire about files, besides their bytes."""

from typing import Annotated, Final

from msgspec import Meta, Struct

from mediation.case.terms import PRINTABLE, FileOrigin, Hex32, Room, Sha256
from mediation.casework.handle import Place

PIECE: Final = 1 << 20
"""Bytes of one piece of an upload; the last one alone may be shorter."""


class BeginUpload(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Announce a file for a room; the same command again leads to the same upload."""

    command_id: Hex32
    room: Room
    name: Annotated[str, Meta(min_length=1, max_length=255, pattern=PRINTABLE)]
    size: Annotated[int, Meta(ge=1, le=2**40, description="bytes")]
    origin: FileOrigin


class Upload(Struct, frozen=True, kw_only=True):
    """An upload under way: it has got as far as `received` bytes and takes `piece` bytes at a time."""

    upload: Hex32
    received: int
    piece: int


class Received(Struct, frozen=True, kw_only=True):
    """How many bytes have arrived and are kept."""

    received: int


class Progress(Struct, frozen=True, kw_only=True):
    """How many bytes have arrived, and of how many."""

    received: int
    size: int


class FinishUpload(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Make a whole upload a file of its room. `sha256` is the sender's own reckoning of the bytes."""

    command_id: Hex32
    upload: Hex32
    sha256: Sha256


class ChooseFile(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Have a file of direct talks or of the table go out with a referral, under this name.

    The exhibit's id is the command's; the file's own name stays where it was shown.
    """

    command_id: Hex32
    referral: Hex32
    file: Hex32
    name: Annotated[str, Meta(min_length=1, max_length=200, pattern=PRINTABLE)]


class Filed(Struct, frozen=True, kw_only=True):
    """A file is in its room: the entry that says so, and the file's id."""

    command_id: str
    written: list[Place]
    file: Hex32
