"""Names and headings as they are shown: nothing invisible in them, and no letters dressed up as others.

Next to a name stands what somebody says, so a name that looks like another's is a way to speak as them.
"""

import re
import unicodedata
from typing import Final

# Shown as nothing or as an empty space, though Unicode counts them as letters, marks or symbols.
_BLANK: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_UNSHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS: Final = frozenset("\u200c\u200d")
# In these scripts a joiner between two letters changes how they are written (Unicode Standard, 23.2).
_NEED_JOINERS: Final = frozenset({
    "ARABIC", "BALINESE", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "JAVANESE", "KANNADA", "KHMER",
    "MALAYALAM", "MONGOLIAN", "MYANMAR", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "TIBETAN",
})  # fmt: skip
# Alphabets whose letters look alike; nobody's name mixes two of them within a word.
_ALIKE: Final = frozenset({"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GREEK", "LATIN"})
# Letters in another dress: mathematical bold, full width, in a circle.
_DRESSED: Final = ("<font>", "<wide>", "<narrow>", "<circle>", "<square>")


def plain_line(text: str) -> str:
    """Return the text composed, on one line, without what cannot be seen. May be empty."""
    dressed_down = "".join(
        unicodedata.normalize("NFKC", c) if unicodedata.decomposition(c).startswith(_DRESSED) else c for c in text
    )
    composed = _BLANK.sub("", unicodedata.normalize("NFC", dressed_down))
    spaced = " ".join("".join(" " if c in "\t\r\n\x0b\x0c\x85" else c for c in composed).split())
    shown = "".join(
        c
        for place, c in enumerate(spaced)
        if unicodedata.category(c) not in _UNSHOWN or (c in _JOINERS and _joins(spaced, place))
    )
    # What stood between a letter and its accent may have gone: they are composed once more.
    return " ".join(unicodedata.normalize("NFC", shown).split())


def mixes_alphabets(text: str) -> bool:
    """Whether a word of the text has letters of two alphabets that look alike, as in a Cyrillic "a" within "Dana"."""
    return any(
        len({_script(c) for c in word if c.isalpha()} & _ALIKE) > 1
        for word in re.split(r"[\s\-\u2010-\u2015/.,()]+", text)
    )


def _joins(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return bool(before and after) and _script(before) in _NEED_JOINERS and _script(after) in _NEED_JOINERS


def _script(character: str) -> str:
    """The first word of a character's Unicode name, which for letters and marks is their script."""
    return unicodedata.name(character, "").partition(" ")[0]
