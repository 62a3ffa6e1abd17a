"""References to clauses, written out as a reader finds them: by the number that the clause has in this text. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from mediation.case.languages import name_of
from mediation.papers.words import LANGUAGES, WORDS, Language

Json = Mapping[str, Any]
_DEEPEST: Final = 100


def with_references(node: Json, text_language: str, language: Language) -> Json:
    """The text with words in place of its references, each with the marks that it bears.

    The words are in the language of the text where the portal knows it: they are read as a part of what was agreed, and
    that is not translated. Otherwise they are in the paper's own. A reference to no clause of this text says so.
    """
    known = next((one for one in LANGUAGES if one == text_language.partition("-")[0]), language)
    ids = [_attr(child, "id") for child in _children(node) if child.get("type") == "clause"]
    numbers = {found: number for number, found in reversed(list(enumerate(ids, 1))) if found is not None}
    return _written(node, numbers, known, 0)


def prevailing(text_language: str, language: Language) -> str:
    """That the language of the text prevails; empty where nobody has said which it is."""
    if not text_language:
        return ""
    return WORDS[language]["prevails"].replace("{language}", name_of(text_language, language))


def _written(node: Json, numbers: Mapping[str, int], language: Language, depth: int) -> Json:
    if node.get("type") == "clause_ref":
        number = numbers.get(_attr(node, "clause") or "")
        words = WORDS[language]["reference"].replace("{n}", str(number)) if number else WORDS[language]["no-clause"]
        said = {"type": "text", "text": words, "marks": node.get("marks")}
        # No editor puts words into a reference; where somebody did, they are not left out.
        return {"type": "words", "content": [said, *_inside(node, numbers, language, depth)]}
    return {**node, "content": _inside(node, numbers, language, depth)} if "content" in node else node


def _inside(node: Json, numbers: Mapping[str, int], language: Language, depth: int) -> list[Json]:
    children = _children(node)
    return children if depth > _DEEPEST else [_written(child, numbers, language, depth + 1) for child in children]


def _children(node: Json) -> list[Json]:
    content = node.get("content")
    return [one for one in content if isinstance(one, Mapping)] if isinstance(content, list | tuple) else []


def _attr(node: Json, name: str) -> str | None:
    attrs = node.get("attrs")
    value = attrs.get(name) if isinstance(attrs, Mapping) else None
    return value if isinstance(value, str) else None
