"""Papers as PDF: typst in a bounded process, which follows PDF/A-3a and PDF/UA-1 and attaches the data it was made of.

The same data make the same bytes: the time in the file is the paper's own.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import structlog

from mediation.papers.letters import FONTS, Mend, drawable, plainly_drawable

log = structlog.get_logger(__name__)

Template = Literal["settlement", "attestation", "certificate", "draft", "list", "custodian", "pack", "brief"]
Data = Callable[[Mend], Mapping[str, Any]]
"""What a template shows, with every text put through the function given."""

_TEMPLATES: Final = Path(__file__).parent / "templates"
_PATIENCE: Final = timedelta(seconds=90)
_MOST_DATA: Final = 8 << 20  # characters; what a settlement of 1 MiB comes to as blocks, and the JSON that goes with it
_LARGEST: Final = 64 << 20
_PROGRAM: Final = (sys.executable, "-I", "-m", "mediation.papers.typesetter")


class CannotTypeset(RuntimeError):  # noqa: N818 - reads as the sentence it is
    """The paper could not be made; the message says why, in words that hold nothing of the text."""


class TookTooMuch(CannotTypeset):
    """It needed more time, memory or room than a paper may; trying again would need as much."""


class Job(NamedTuple):
    """A paper to be made; `attached` is the canonical JSON that goes with it."""

    template: Template
    data: Data
    at: datetime
    attached: bytes | None = None


async def typeset(template: Template, data: Data, at: datetime, attached: bytes | None = None) -> bytes:
    """The paper as PDF. `attached` is the canonical JSON that goes with it. Raises `CannotTypeset`."""
    (made,) = await typeset_all([Job(template, data, at, attached)])
    return made


async def typeset_all(jobs: Sequence[Job]) -> list[bytes]:
    """These papers as PDFs, made by one process. Raises `CannotTypeset`.

    Some characters are there and still cannot be drawn beside each other. Then the whole is set once more, with
    everything written out that is not a plain letter: the words must not be kept from those whose they are.
    """
    try:
        return await _typeset(jobs, drawable)
    except TookTooMuch:
        raise
    except CannotTypeset as failed:
        log.warning("papers.typeset_plainly", templates=[job.template for job in jobs], reason=str(failed))
        return await _typeset(jobs, plainly_drawable)


async def _typeset(jobs: Sequence[Job], mend: Mend) -> list[bytes]:
    papers = [_asked(job, mend) for job in jobs]
    if sum(len(paper["data"]) for paper in papers) > _MOST_DATA:
        raise TookTooMuch("there is too much text")
    asked = {"folder": str(FONTS), "papers": papers}
    process = await asyncio.create_subprocess_exec(
        *_PROGRAM, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={}, cwd="/", start_new_session=True
    )
    try:
        async with asyncio.timeout(_PATIENCE.total_seconds()):
            made, reason = await _talk(process, json.dumps(asked).encode())
            code = await process.wait()
    except TimeoutError as late:
        raise TookTooMuch("it took too long") from late
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    if code < 0:
        raise TookTooMuch(f"ended by signal {-code}")
    found = _parted(made)
    if code != 0 or len(found) != len(jobs) or not all(one.startswith(b"%PDF-") for one in found):
        raise CannotTypeset(f"exit {code}: {reason.decode(errors='replace')[:200]}")
    return found


def _asked(job: Job, mend: Mend) -> dict[str, Any]:
    source = "".join((_TEMPLATES / f"{name}.typ").read_text("utf-8") for name in ("common", job.template))
    given = {**job.data(mend), "attached": job.attached.decode() if job.attached is not None else None}
    given["at"] = {part: getattr(job.at, part) for part in ("year", "month", "day", "hour", "minute", "second")}
    return {"source": source, "data": json.dumps(given), "at": int(job.at.timestamp())}


def _parted(made: bytes) -> list[bytes]:
    """Each PDF stands behind its length."""
    found, at = [], 0
    while at + 8 <= len(made):
        end = at + 8 + int.from_bytes(made[at : at + 8], "big")
        found.append(made[at + 8 : end])
        at = end
    return found


async def _talk(process: Process, said: bytes) -> tuple[bytes, bytes]:
    made, reason = await process.communicate(said)
    if len(made) > _LARGEST:
        raise TookTooMuch("it would be too large")
    return made, reason
