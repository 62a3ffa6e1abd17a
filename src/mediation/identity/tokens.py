"""Bearer tokens: 32 random bytes, shown once in base64url, kept only as a SHA-256."""

import base64
import binascii
import hashlib
import re
import secrets

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """Return a fresh token of 43 base64url characters (256 random bits)."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes | None:
    """Return the 32-byte SHA-256 of the token's raw bytes, or None when the text cannot be one of our tokens."""
    if not _SHAPE.fullmatch(token):
        return None
    try:
        raw = base64.urlsafe_b64decode(token + "=")
    except binascii.Error:
        return None
    return hashlib.sha256(raw).digest()
