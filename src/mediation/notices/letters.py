"""The mails that follow from notices, put together: which words, which link, and what a calendar takes in."""

from datetime import date, datetime
from uuid import UUID

from mediation.case.standstill import time_limits
from mediation.case.state import Standstill
from mediation.db import Connection
from mediation.mail import notice_texts, texts
from mediation.mail.message import Language, Message
from mediation.notices.calendar import deadline_file, last_day
from mediation.notices.kinds import Kind


class Letters:
    """Puts mails together for the portal at this address."""

    def __init__(self, base_url: str) -> None:
        self._base = base_url.rstrip("/")

    async def about(
        self,
        conn: Connection,
        case_id: str,
        notice_id: str,
        kind: Kind,
        *,
        at: datetime,
        due: datetime | None,
        to: str,
        language: Language,
        zone: str,
        now: datetime,
    ) -> Message:
        """The mail about one notice. Its link leads to what the notice is about, and holds nothing of it.

        That a settlement binds comes with the checkpoint that seals it, so that the host cannot show another history
        later on.
        """
        link = f"{self._base}/cases/{case_id}/notice/{notice_id}"
        if kind == "in-effect":
            seal = await conn.fetchrow(
                """
                SELECT k.n, c.checkpoint_hash, k.key_id FROM cases c
                JOIN checkpoints k ON k.case_id = c.case_id AND k.n = c.checkpoint_n WHERE c.case_id = $1
                """,
                UUID(hex=case_id),
            )
            if seal is None:
                raise LookupError("a settlement that binds is sealed")
            return texts.settled(to, language, link, at, seal["n"], seal["checkpoint_hash"].hex(), seal["key_id"])
        if kind == "mention":
            return texts.mentioned(to, language, link)
        still_until = await _still_until(conn, case_id, now) if kind in notice_texts.TELL_LIMITS else None
        if due is None:
            return notice_texts.about(to, language, kind, link, still_until=still_until)
        file = self.deadline(notice_id, due, zone=zone, language=language, link=link, now=now)
        return notice_texts.about(
            to,
            language,
            kind,
            link,
            until=last_day(due, zone),
            calendar=file.decode(),
            still_until=still_until,
        )

    def digest(self, to: str, language: Language, cases: int) -> Message:
        """The one mail of a day."""
        return notice_texts.digest(to, language, cases, f"{self._base}/")

    def link(self, case_id: str, notice_id: str) -> str:
        """Where a notice leads."""
        return f"{self._base}/cases/{case_id}/notice/{notice_id}"

    def deadline(
        self, notice_id: str, due: datetime, *, zone: str, language: Language, link: str, now: datetime
    ) -> bytes:
        """What a calendar takes in of a notice by which something is due."""
        host = self._base.partition("://")[2].partition("/")[0]
        return deadline_file(
            uid=f"{notice_id}@{host}",
            due_at=due,
            zone=zone,
            language=language,
            url=link,
            sequence=0,
            cancelled=False,
            now=now,
        )


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
