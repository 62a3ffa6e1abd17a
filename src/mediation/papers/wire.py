"""What crosses the wire about papers."""

from typing import Any

from msgspec import Struct


class Imported(Struct, frozen=True, kw_only=True):
    """A Word file as ProseMirror JSON of the settlement's schema; nothing was written."""

    content: dict[str, Any]
