"""What crosses the wire about papers."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from mediation.case.terms import PrintedPaper, Sha256


class LookUp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The code on a printed paper, however it is typed."""

    code: Annotated[str, Meta(min_length=1, max_length=60)]


class LookedUp(Struct, frozen=True, kw_only=True):
    """What the record says of a printed paper, and of nobody: `sha256` and `size` (bytes) are those of its PDF.

    The paper prints `checkpoint` and its hash; `sealed_by` is the checkpoint under which its own hash lies, signed by
    `key`.
    """

    paper: PrintedPaper
    language: str
    sha256: Sha256
    size: int
    sealed_at: datetime
    checkpoint: int
    checkpoint_sha256: Sha256
    checkpoint_at: datetime
    sealed_by: int
    sealed_by_sha256: Sha256
    key: Sha256


Unread = Literal["pictures", "notes", "comments", "deleted", "headers", "links"]
"""What a Word file may hold that a settlement's text does not: of links, the words stay and the address goes."""


class LeftOut(Struct, frozen=True):
    """What of a Word file was not taken over, and how often it stood there."""

    what: Unread
    count: int


class Imported(Struct, frozen=True, kw_only=True):
    """A Word file as ProseMirror JSON of the settlement's schema; nothing was written."""

    content: dict[str, Any]
    left_out: list[LeftOut]
