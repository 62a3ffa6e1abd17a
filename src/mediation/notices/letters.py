"""The mails that follow from notices, put together: which words, which link, and what a calendar takes in."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

import msgspec

from mediation.case.standstill import time_limits
from mediation.case.state import Standstill
from mediation.db import Connection
from mediation.mail import notice_texts, texts
from mediation.mail.message import Language, Message
from mediation.mail.step_texts import TELL_LIMITS
from mediation.mail.texts import written_day
from mediation.notices.acts import most_telling
from mediation.notices.calendar import deadline_file, hours_in, last_day, meeting_file, uid_of
from mediation.notices.dates import Date, newest
from mediation.notices.kinds import Kind, Part


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice of which somebody is to be mailed."""

    notice_id: str
    kind: Kind
    at: datetime
    due: datetime | None
    parts: tuple[Part, ...]
    dates: tuple[Date, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Where somebody is written to, in which language, and where their clock hangs."""

    to: str
    language: Language
    zone: str


def kept_dates(dates: Sequence[Date]) -> str:
    """Dates as a notice keeps them."""
    return msgspec.json.encode(dates).decode()


def dates_in(kept: str) -> tuple[Date, ...]:
    """The dates that a notice keeps."""
    return msgspec.json.decode(kept, type=tuple[Date, ...])


class Letters:
    """Puts mails together for the portal at this address."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")

    async def about(
        self, conn: Connection, case_id: str, notices: Sequence[Waiting], reader: Reader, now: datetime
    ) -> Message:
        """The one mail about these notices of a case, in the words of the most telling one; dates are those of all.

        Its link leads to what that notice is about, and holds nothing of it. That a settlement binds comes with the
        checkpoint that seals it, so that the host cannot show another history later on.
        """
        notice = most_telling(notices)
        dates = newest(date for one in notices for date in one.dates)
        files = self._files(case_id, dates.values(), reader, now)
        link, to, language = self.link(case_id, notice.notice_id), reader.to, reader.language
        if notice.kind == "in-effect":
            seal = await conn.fetchrow(
                """
                SELECT k.n, c.checkpoint_hash, k.key_id FROM cases c
                JOIN checkpoints k ON k.case_id = c.case_id AND k.n = c.checkpoint_n WHERE c.case_id = $1
                """,
                UUID(hex=case_id),
            )
            if seal is None:
                raise LookupError("a settlement that binds is sealed")
            seals = (seal["n"], seal["checkpoint_hash"].hex(), seal["key_id"])
            return replace(texts.settled(to, language, link, notice.at, *seals), calendars=files)
        if notice.kind == "mention":
            return replace(texts.mentioned(to, language, link), calendars=files)
        its_own = [dates[date.name] for date in notice.dates]
        asked = next((date for date in its_own if date.is_due), None) if notice.due is not None else None
        meeting = next((date for date in its_own if date.starts_at is not None), None)
        return notice_texts.about(
            to,
            language,
            notice.kind,
            link,
            parts=notice.parts,
            until=last_day(asked.ends_at, _earlier(asked, reader.zone)) if asked is not None else None,
            hours=_hours(meeting, language) if meeting is not None else "",
            calendars=files,
            still_until=await _still_until(conn, case_id, now) if notice.kind in TELL_LIMITS else None,
        )

    def digest(self, dates: Sequence[tuple[str, Sequence[Date]]], reader: Reader, now: datetime) -> Message:
        """The one mail of a day, about so many cases, each with what changed in its reader's calendar."""
        files = tuple(
            file for case_id, told in dates for file in self._files(case_id, newest(told).values(), reader, now)
        )
        return notice_texts.digest(reader.to, reader.language, len(dates), f"{self._base}/", calendars=files)

    def link(self, case_id: str, notice_id: str) -> str:
        """Where a notice leads."""
        return f"{self._base}/cases/{case_id}/notice/{notice_id}"

    def file(self, case_id: str, date: Date, *, zone: str, language: Language, now: datetime) -> bytes:
        """What a calendar takes in, or gives up again, of a date of a case; `zone` is its reader's."""
        if date.starts_at is not None:
            return meeting_file(
                uid=uid_of(date.name, self._base),
                starts_at=date.starts_at,
                ends_at=date.ends_at,
                zone=date.zone,
                language=language,
                url=f"{self._base}/cases/{case_id}/meetings",
                sequence=date.sequence,
                cancelled=date.cancelled,
                now=now,
            )
        # A calendar is shared: whose time it is, and for what, is not to be read in it.
        name = hashlib.sha256(f"date {case_id} {date.name}".encode()).hexdigest()[:32]
        return deadline_file(
            uid=uid_of(name, self._base),
            due_at=date.ends_at,
            zone=_earlier(date, zone),
            language=language,
            url=f"{self._base}/cases/{case_id}/ladder",
            sequence=date.sequence,
            cancelled=date.cancelled,
            now=now,
        )

    def _files(self, case_id: str, dates: Iterable[Date], reader: Reader, now: datetime) -> tuple[str, ...]:
        return tuple(
            self.file(case_id, date, zone=reader.zone, language=reader.language, now=now).decode() for date in dates
        )


def _earlier(date: Date, zone: str) -> str:
    """Of the case's zone and its reader's the one whose last day is the earlier: nobody is to be late by it."""
    return min((date.zone, zone), key=lambda one: last_day(date.ends_at, one))


def _hours(meeting: Date, language: Language) -> str:
    """When people meet, by the clocks where it was arranged."""
    if meeting.starts_at is None:
        raise ValueError("a meeting begins at some time")
    day, hours = hours_in(meeting.starts_at, meeting.ends_at, meeting.zone)
    return f"{written_day(day, language)}, {hours}"


async def _still_until(conn: Connection, case_id: str, now: datetime) -> date | None:
    """Until when legal time limits stand still, as the papers of the case say; None where they do not.

    Read where it is written, since whoever mails later has no case before them. No text that somebody typed can look
    like the name of a kind: JSON writes its quotation marks otherwise.
    """
    day = await conn.fetchval(
        """
        SELECT convert_from(entry, 'UTF8')::json -> 'body' ->> 'until' FROM entries
        WHERE case_id = $1 AND room = 'papers' AND position('"kind":"StandstillAgreed"'::bytea IN entry) > 0
        ORDER BY seq DESC LIMIT 1
        """,
        UUID(hex=case_id),
    )
    until = date.fromisoformat(day) if day is not None else None
    return until if time_limits(Standstill(until=until), now) == "stand-still" else None
