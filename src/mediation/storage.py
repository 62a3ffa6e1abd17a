"""Where the bytes of files lie: a folder beside the keys by default, or an S3-compatible bucket.

A file is a bundle of parts under one random key. The key is drawn for each file anew and never made from its content:
equal files of two rooms share nothing, so nobody who sees the store, or its bill, can tell that they are equal.
"""

import asyncio
import contextlib
import os
import re
import shutil
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import structlog
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, S3Store

from mediation.problems import Problem
from mediation.settings import Settings

log = structlog.get_logger(__name__)

_KEY: Final = re.compile(r"[0-9a-f]{32}")
_PART: Final = re.compile(r"[a-z0-9-]{1,80}(\.[a-z0-9]{1,8})?")
_PATIENCE: Final = timedelta(seconds=20)  # with a bucket elsewhere; whoever waits is asked to try again


class NoSuchPart(LookupError):  # noqa: N818 - reads as the sentence it is
    """The store does not hold this part (any more)."""


class StoreAway(Problem):
    """503: the store cannot be reached or refuses us. The log says why, the answer does not."""

    def __init__(self) -> None:
        super().__init__(
            503, "try-again", "The portal cannot answer right now.", "Nothing was lost. Try again in a moment."
        )
        self.retry_after = 5


class Storage:
    """The parts of files, by key and name. Both are ours: neither ever holds what a person typed."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        """`folder` is where a local store keeps its files, so that they can be forced to the disk."""
        self._store = store
        self._folder = folder

    async def put(self, key: str, part: str, content: bytes) -> None:
        """Keep a part; the same part again replaces it whole, never in halves. Raises `StoreAway`."""
        try:
            await self._store.put_async(_path(key, part), content)
        except (BaseError, OSError) as fault:
            raise _away(fault) from fault

    async def get(self, key: str, part: str) -> bytes:
        """The content of a part. Raises `NoSuchPart` and `StoreAway`."""
        try:
            found = await self._store.get_async(_path(key, part))
            return bytes(await found.bytes_async())
        except FileNotFoundError as fault:
            raise NoSuchPart(part) from fault
        except (BaseError, OSError) as fault:
            raise _away(fault) from fault

    async def stream(self, key: str, parts: Sequence[str]) -> AsyncIterator[bytes]:
        """The contents of `parts`, one at a time. Raises as `get`, also in the middle."""
        for part in parts:
            yield await self.get(key, part)

    async def settle(self, key: str) -> None:
        """Return once what was put under `key` would survive a power cut. Buckets promise that by themselves."""
        if self._folder is not None:
            await asyncio.to_thread(_force, self._folder / _prefix(key))

    async def drop(self, key: str, part: str) -> None:
        """Delete one part; one that is not there is no error. Raises `StoreAway`."""
        try:
            await self._store.delete_async(_path(key, part))
        except FileNotFoundError:
            return
        except (BaseError, OSError) as fault:
            raise _away(fault) from fault

    async def erase(self, key: str) -> None:
        """Delete everything under `key`; nothing there is no error. Raises `StoreAway` unless nothing is left."""
        try:
            if self._folder is not None:
                await asyncio.to_thread(_remove, self._folder / _prefix(key))
                return
            # A store that cannot delete may answer as if there were nothing to delete, so it is asked again.
            for _ in range(2):
                names = await self._names(key)
                if not names:
                    return
                with contextlib.suppress(FileNotFoundError):
                    await self._store.delete_async(names)
            if await self._names(key):
                raise _away(FileExistsError())
        except (BaseError, OSError) as fault:
            raise _away(fault) from fault

    async def _names(self, key: str) -> list[str]:
        return [found["path"] async for page in self._store.list(_prefix(key)) for found in page]


def storage_of(settings: Settings) -> Storage:
    """The store that the settings name. A folder is made, for its owner's eyes; a bucket must be there."""
    if settings.files is None:
        settings.files_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Storage(LocalStore(settings.files_dir, automatic_cleanup=True), settings.files_dir)
    place = urlsplit(settings.files)
    config: dict[str, str] = {}
    if settings.files_endpoint is not None:
        config["endpoint"] = settings.files_endpoint
    if settings.files_key is not None and settings.files_secret is not None:
        config |= {"access_key_id": settings.files_key, "secret_access_key": settings.files_secret}
    return Storage(
        S3Store(
            place.netloc,
            prefix=place.path.strip("/") or None,
            region=settings.files_region,
            virtual_hosted_style_request=settings.files_endpoint is None,
            # Not every server that calls itself compatible knows how to delete several at once.
            disable_bulk_delete=True,
            client_options={"allow_http": (settings.files_endpoint or "").startswith("http://"), "timeout": _PATIENCE},
            retry_config={"max_retries": 3, "retry_timeout": _PATIENCE},
            **config,  # type: ignore[arg-type]  # the stubs name each key
        )
    )


def _prefix(key: str) -> str:
    if _KEY.fullmatch(key) is None:
        raise ValueError("a key is 32 lower-case hex digits")
    # Folders of a million entries are slow to list; two digits first keep them short.
    return f"{key[:2]}/{key}"


def _path(key: str, part: str) -> str:
    if _PART.fullmatch(part) is None:
        raise ValueError("a part's name is lower-case letters, digits and hyphens")
    return f"{_prefix(key)}/{part}"


def _force(folder: Path) -> None:
    for place in (*folder.iterdir(), folder, folder.parent, folder.parent.parent):
        opened = os.open(place, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _remove(folder: Path) -> None:
    """The whole folder: a process that was killed while it wrote leaves half a part behind, which no list shows."""
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(folder)


def _away(fault: Exception) -> StoreAway:
    # The kind of the fault alone: its text may hold the address of the bucket.
    log.error("storage.away", kind=type(fault).__name__)
    return StoreAway()
