"""One shape for every refusal that leaves the server: a problem document with a code and a next step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Problem(Exception):  # noqa: N818 - a problem document is the term of RFC 9457
    """A refusal outside the case's own rules (signing in, limits, malformed input).

    `code` is stable and meant for programs; `title` is a sentence for people; `next_step` says what to do now;
    `more` is what the problem document carries beside them.
    """

    status: int
    code: str
    title: str
    next_step: str
    more: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"


def problem_document(status: int, code: str, title: str, next_step: str, **more: object) -> dict[str, Any]:
    """Return the JSON of a refusal as every client of the portal knows it."""
    return {"type": "about:blank", "status": status, "code": code, "title": title, "next": next_step, **more}
