"""What a file is called and what it is, as we say it to others: never simply what its sender said."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

LONGEST: Final = 200  # characters, as `Line` allows
_NAMELESS: Final = "file"
_LONGEST_ENDING: Final = 20
# Joiners are part of words in Persian, Hindi and emoji; every other format character only hides or turns text round.
_JOINERS: Final = frozenset("\u200c\u200d")
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_OCTETS: Final = "application/octet-stream"
SNIFFED: Final = 16
"""How many of its first bytes tell what a file is."""


def cleaned(name: str) -> str:
    """A name that is one line, no path, and reads as it is: at most `LONGEST` characters, "file" if nothing is left.

    Direction overrides go, because with them `invoice\u202efdp.exe` reads like a PDF.
    """
    spaced = re.sub(r"\s", " ", unicodedata.normalize("NFC", name))
    shown = "".join(c for c in spaced if c in _JOINERS or unicodedata.category(c) not in _DROPPED)
    last = re.split(r"[/\\]", shown)[-1]
    # A leading dot hides a file, trailing ones vanish on some systems, and `..` is no name at all.
    plain = last.strip(" .\u200c\u200d") or _NAMELESS
    if len(plain) <= LONGEST:
        return plain
    stem, dot, ending = plain.rpartition(".")
    kept = dot + ending if stem and len(ending) <= _LONGEST_ENDING else ""
    return plain[: LONGEST - len(kept)].rstrip(" .") + kept


def disposition(name: str) -> str:
    """`Content-Disposition` for saving under this name (RFC 6266): plain letters for old readers, all of it for new."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()+,=@~-]", "_", plain).strip(" .") or _NAMELESS
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def media_type_of(first: bytes) -> str:
    """What a file is by its first `SNIFFED` bytes: a picture or PDF that can be drawn, or just bytes.

    It only decides whether a picture of it is tried; a file that is several things at once stays a download.
    """
    if first.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if first.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if first.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if first.startswith(b"RIFF") and first[8:12] == b"WEBP":
        return "image/webp"
    if first.startswith(b"%PDF-"):
        return "application/pdf"
    return _OCTETS


DRAWN: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
"""The media types of which a preview is tried."""
