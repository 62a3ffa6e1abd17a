"""Which characters the fonts of the papers can draw; what they cannot is written out, so that no text stops a paper.

A PDF of the standards that ours follow holds no empty box, so typesetting ends at the first character without a glyph.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).parent / "fonts"

Mend = Callable[[str], str]
"""Makes of any text one that can be shown where it goes."""

_INVISIBLE: Final = frozenset(map(chr, (0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x61C, *range(0x2066, 0x206A))))
"""Needed to write some languages rightly. Those that turn the order of what is read around are not among them."""
_ONE_BY_ONE: Final = (range(0x20, 0x530), range(0x1E00, 0x2400))
"""Latin, Greek and Cyrillic, and signs."""
_JAMO: Final = re.compile("[\u1100-\u11ff]+")
"""Parts of Korean syllables, as some systems write file names; the fonts have the syllables."""
_LONGEST: Final = 40
_BREAK: Final = "\u200b"


def is_blank(text: str) -> bool:
    """Whether nothing of a text would be seen. A heading must not be such: readers who hear it would hear nothing."""
    return all(one.isspace() or one in _INVISIBLE for one in text)


def written_out(character: str) -> str:
    """A character that cannot be shown, by its number."""
    return f"[U+{ord(character):04X}]"


def drawable(text: str) -> str:
    """The text as the fonts can draw it, with places to break where nobody left one."""
    joined = _JAMO.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return _breakable(_mended(joined, _coverage(), marks=True))


def plainly_drawable(text: str) -> str:
    """As `drawable`, without anything that has to be put together of several characters."""
    return _breakable(_mended(text, _plain_coverage(), marks=False))


def _mended(text: str, covered: Mapping[str, int], *, marks: bool) -> str:
    mended: list[str] = []
    together = 0  # the fonts that have all of what belongs together up to here
    for character in text:
        fonts = covered.get(character, 0)
        category = unicodedata.category(character)
        if character in _INVISIBLE and marks:
            mended.append(character)
        elif category in {"Cc", "Cf", "Cs", "Zl", "Zp"} or not fonts:
            mended.append(written_out(character))
            together = 0
        elif category.startswith("M"):
            # What is drawn onto a letter has to come from the font that has the letter.
            is_drawn = marks and fonts & together
            mended.append(character if is_drawn else written_out(character))
            together = together & fonts if is_drawn else 0
        else:
            mended.append(character)
            together = fonts
    return "".join(mended)


def _breakable(text: str) -> str:
    """Words longer than a line is wide may be broken anywhere; others nowhere new."""
    if len(text) <= _LONGEST:
        return text
    words = text.split(" ")
    return " ".join(
        word
        if len(word) <= _LONGEST or not word.isascii()
        else _BREAK.join(word[at : at + 8] for at in range(0, len(word), 8))
        for word in words
    )


@cache
def _coverage() -> Mapping[str, int]:
    """Every character that a font has, with which fonts these are, one bit for each family."""
    families: dict[str, int] = {}
    covered: dict[str, int] = {}
    for file in sorted(one for one in FONTS.iterdir() if one.suffix in {".ttf", ".otf"}):
        bit = 1 << families.setdefault(file.stem.partition("-")[0], len(families))
        for code in _characters(file.read_bytes()):
            covered[chr(code)] = covered.get(chr(code), 0) | bit
    return covered


@cache
def _plain_coverage() -> Mapping[str, int]:
    """The letters of the one font that everything else falls back to, of scripts that set them one by one."""
    letters = _characters((FONTS / "NotoSans-Regular.ttf").read_bytes())
    return {chr(code): 1 for code in letters if any(code in span for span in _ONE_BY_ONE)}


def _characters(font: bytes) -> set[int]:
    """The characters that an OpenType font maps to a glyph (its `cmap`, formats 4 and 12)."""
    tables = {font[at : at + 4]: _number(font, at + 8, 4) for at in range(12, 12 + 16 * _number(font, 4, 2), 16)}
    cmap = tables[b"cmap"]
    found: set[int] = set()
    for record in range(cmap + 4, cmap + 4 + 8 * _number(font, cmap + 2, 2), 8):
        at = cmap + _number(font, record + 4, 4)
        kind = _number(font, at, 2)
        if kind == 4:  # noqa: PLR2004 - the number of the format
            found |= _format_4(font, at)
        elif kind == 12:  # noqa: PLR2004 - as above
            for group in range(at + 16, at + 16 + 12 * _number(font, at + 12, 4), 12):
                found.update(range(_number(font, group, 4), _number(font, group + 4, 4) + 1))
    return found


def _format_4(font: bytes, at: int) -> set[int]:
    segments = _number(font, at + 6, 2) // 2
    ends, starts = at + 14, at + 16 + 2 * segments
    deltas, offsets = starts + 2 * segments, starts + 4 * segments
    found: set[int] = set()
    for segment in range(segments):
        start, end = _number(font, starts + 2 * segment, 2), _number(font, ends + 2 * segment, 2)
        delta, place = _number(font, deltas + 2 * segment, 2), offsets + 2 * segment
        offset = _number(font, place, 2)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code if offset == 0 else _number(font, place + offset + 2 * (code - start), 2)
            if glyph and (glyph + delta) & 0xFFFF:
                found.add(code)
    return found


def _number(content: bytes, at: int, size: int) -> int:
    return int.from_bytes(content[at : at + size], "big")
