"""Where a request comes from: browsers say so in Origin and Sec-Fetch-Site, and a foreign page is refused.

A client that sends neither is no browser, and carries no one else's cookie by accident.
"""

from collections.abc import Iterable

from mediation.problems import Problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OWN_SITE = frozenset({b"same-origin", b"none"})  # "none": the person typed it or opened a bookmark


def refuse_foreign(headers: Iterable[tuple[bytes, bytes]], own: bytes) -> None:
    """Raise a `Problem` 403 unless every Origin and Sec-Fetch-Site that was sent names our own pages."""
    for name, value in headers:
        if (name == b"origin" and value != own) or (name == b"sec-fetch-site" and value not in _OWN_SITE):
            raise Problem(
                403,
                "foreign-origin",
                "This request came from another site.",
                "Open the portal at its own address and try again there.",
            )
