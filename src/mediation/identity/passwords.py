"""Passwords: argon2id, always computed off the event loop, always computed once per try.

The work runs on two threads at most, so that a flood of sign-ins waits in line instead of taking all memory
(64 MiB a try) and every core.
"""

import asyncio
import secrets
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()  # argon2-cffi follows RFC 9106's second recommendation and raises it over time
_WORKERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


def _normalised(password: str) -> str:
    # Two keyboards may send the same letter in different code points (NIST SP 800-63B, 3.1.1.2).
    return unicodedata.normalize("NFKC", password)


@cache
def _nobodys_hash() -> str:
    """The hash of a password nobody knows, so that an unknown account costs as much time as a known one."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _verify(stored: str | None, password: str) -> bool:
    against = stored if stored is not None else _nobodys_hash()
    try:
        _HASHER.verify(against, _normalised(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


async def hash_password(password: str) -> str:
    """Return the encoded argon2id hash, with its salt and parameters in it."""
    return await asyncio.get_running_loop().run_in_executor(_WORKERS, _HASHER.hash, _normalised(password))


async def verify(stored: str | None, password: str) -> bool:
    """Whether the password fits. With no stored hash the same work is done and the answer is no."""
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(_WORKERS, _nobodys_hash)  # made before the first try is timed
    return await loop.run_in_executor(_WORKERS, _verify, stored, password)


def is_outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)
