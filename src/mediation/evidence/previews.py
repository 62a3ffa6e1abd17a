"""Pages of pictures and PDFs as pictures of our own making, so that nothing of a file itself runs in a browser.

Each is drawn when it is first asked for, by a process of its own that can reach nothing (`evidence.picture`), and kept
beside the file's bytes: it goes when they go. A page that cannot be drawn is kept too, as nothing.
"""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from datetime import timedelta
from typing import Final

import structlog

from mediation.db import Pool
from mediation.evidence import problems
from mediation.evidence.files import File
from mediation.evidence.names import DRAWN
from mediation.evidence.picture import MAX_PAGES
from mediation.problems import Problem
from mediation.storage import NoSuchPart, Storage

log = structlog.get_logger(__name__)

_AT_ONCE: Final = 2
_WAITING: Final = 12
_TIME: Final = timedelta(seconds=20)
_LARGEST: Final = 16 << 20  # bytes of a drawn page; ten times what one comes to
PROGRAM = (sys.executable, "-I", "-m", "mediation.evidence.picture")
"""What draws, given the media type and the page."""
_DRAWN, _CANNOT, _KILLED_BY_LIMIT = 0, 3, {-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT}


class _Turns:
    """Whose pages wait, and are drawn one after the other: nobody's many pages hold up what others look at."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0


class Previews:
    """What can be shown of files. Two are drawn at once in each process, one for each person.

    A few more of each person's wait, the rest is asked to.
    """

    def __init__(self, pool: Pool, storage: Storage) -> None:
        self._pool = pool
        self._storage = storage
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._of: dict[str, _Turns] = {}

    async def page(self, file: File, number: int, account: str) -> tuple[bytes, int]:
        """Page `number` (from 1) as WebP, and how many there are. Raises the `Problem` that says there is none.

        `account` is whose turn it takes if it has to be drawn first.
        """
        if file.media_type not in DRAWN or number > MAX_PAGES:
            raise problems.no_preview()
        part = f"page-{number:02d}.webp"
        try:
            picture, pages = await self._storage.get(file.key, part), file.pages or 1
        except NoSuchPart:
            picture, pages = await self._draw_in_turn(file, number, part, account)
        if not picture:
            raise problems.no_preview()
        return picture, pages

    async def _draw_in_turn(self, file: File, number: int, part: str, account: str) -> tuple[bytes, int]:
        own = self._of.setdefault(account, _Turns())
        if own.waiting >= _WAITING:
            raise Problem(503, "try-again", "The portal is busy drawing other pages.", "Try again in a moment.")
        own.waiting += 1
        try:
            async with own.lock, self._turns:
                return await self._draw(file, number, part)
        finally:
            own.waiting -= 1
            if not own.waiting:
                self._of.pop(account, None)

    async def _draw(self, file: File, number: int, part: str) -> tuple[bytes, int]:
        try:
            content = b"".join([piece async for piece in self._storage.stream(file.key, file.parts)])
        except NoSuchPart as gone:
            raise problems.file_unknown() from gone
        pages, picture = await drawn(content, file.media_type, number)
        if pages:
            async with self._pool.acquire() as conn:
                await conn.execute("UPDATE files SET pages = $2 WHERE key = $1", file.key, pages)
        await self._storage.put(file.key, part, picture)
        return picture, pages


async def drawn(content: bytes, media_type: str, page: int, patience: timedelta = _TIME) -> tuple[int, bytes]:
    """How many pages there are, and this one as WebP; (0, b"") for what cannot be drawn, now or ever.

    Raises `Problem` 503 when it took too long for reasons that may lie with us.
    """
    process = await asyncio.create_subprocess_exec(
        *PROGRAM,
        media_type,
        str(page),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    )
    feeding = asyncio.create_task(_feed(process, content))
    try:
        async with asyncio.timeout(patience.total_seconds()):
            answer = await _collect(process)
            code = await process.wait()
    except TimeoutError as late:
        log.warning("evidence.preview_too_slow", media_type=media_type, size=len(content))
        raise Problem(
            503, "try-again", "Drawing this page took too long.", "Try again later, or download it."
        ) from late
    finally:
        feeding.cancel()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
        with contextlib.suppress(asyncio.CancelledError, ConnectionError):
            await feeding
    if code == _DRAWN and len(answer) > 4:  # noqa: PLR2004 - the number of pages comes first
        return int.from_bytes(answer[:4], "big"), answer[4:]
    if code != _CANNOT and code not in _KILLED_BY_LIMIT:
        log.error("evidence.preview_failed", media_type=media_type, code=code)
    return 0, b""


async def _feed(process: Process, content: bytes) -> None:
    assert process.stdin is not None  # noqa: S101 - asked for above
    with contextlib.suppress(ConnectionError):
        process.stdin.write(content)
        await process.stdin.drain()
    process.stdin.close()


async def _collect(process: Process) -> bytes:
    """All that the process says, or nothing when it says too much."""
    assert process.stdout is not None  # noqa: S101 - asked for above
    answer = bytearray()
    while piece := await process.stdout.read(1 << 16):
        answer += piece
        if len(answer) > _LARGEST:
            os.killpg(process.pid, signal.SIGKILL)
            return b""
    return bytes(answer)
