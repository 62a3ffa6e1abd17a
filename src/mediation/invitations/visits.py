"""The browser in which a link was opened: known again by a random cookie, so that a lost answer locks nobody out.

Networks on the way cut connections. When the answer to an acceptance is lost, its session cookie is lost with it, and
the link has been used. The visit was marked when the link was opened; the same acceptance from the same browser
therefore gets its seat again, and the same words from anywhere else do not.
"""

import hashlib
import re
from datetime import timedelta
from typing import Final
from uuid import UUID

from litestar.types import Scope

from mediation.identity.middleware import cookie_of
from mediation.identity.tokens import new_token

COOKIE: Final = "__Host-mediation-visit"
RECOVERABLE_FOR: Final = timedelta(hours=1)


def visit_of(scope: Scope) -> str | None:
    """Return the mark of the visit this browser is on, or None when it opened no link yet."""
    visit = cookie_of(scope["headers"], COOKIE)
    return visit if visit is not None and re.fullmatch("[A-Za-z0-9_-]{43}", visit) else None


def marking_cookie_header() -> str:
    """Return the Set-Cookie value that begins a visit; it ends with the browser."""
    return f"{COOKIE}={new_token()}; Path=/; Secure; HttpOnly; SameSite=Lax"


def fingerprint(command_id: str, visit: str | None) -> str:
    """Return the 32 hex digits under which an acceptance is known again: this command from this browser."""
    return UUID(bytes=hashlib.sha256(f"{command_id} {visit or ''}".encode()).digest()[:16]).hex
