"""Who is told what by each act of a case in memory, and what the calendars of its people hold."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import vobject

from casebook import CASE, Casebook, Story, person
from mediation.case.events import Decision
from mediation.case.state import Told
from mediation.notices.acts import notices_of
from mediation.notices.dates import Date
from mediation.notices.letters import Letters
from mediation.notices.notice import Notice

LETTERS = Letters("https://portal.example")


@dataclass
class Heard(Casebook):
    """A log that keeps what each act is told as."""

    acts: list[list[Notice]] = field(default_factory=list)

    def _write(self, decision: Decision, by: str, now: datetime) -> list[Told]:
        before = self.whole
        written = super()._write(decision, by, now)
        self.acts.append(notices_of(before, written, self.whole))
        return written


def heard(case: Story) -> Heard:
    """Keep what is told from now on."""
    book = case.book
    case.book = Heard(book.rooms, book.whole, book.text, book.versions)
    return case.book


def by_name(case: Story, notices: list[Notice]) -> dict[str, Notice]:
    """Notices by nickname; fails when somebody has two."""
    names = {person(nickname): nickname for nickname in case.people}
    assert len({notice.participant for notice in notices}) == len(notices), "one act, one notice"
    return {names[notice.participant]: notice for notice in notices}


def last_act(case: Story) -> dict[str, Notice]:
    """Who is told what by the newest act, by nickname."""
    assert isinstance(case.book, Heard)
    return by_name(case, case.book.acts[-1])


@dataclass
class PersonsCalendar:
    """A calendar that takes in files as RFC 5546 has it: of one name the highest number counts. vobject reads them."""

    entries: dict[str, tuple[int, Any, bool]] = field(default_factory=dict)

    def take(self, dates: tuple[Date, ...], now: datetime) -> None:
        """Take in the files of a mail."""
        for one in dates:
            self.read(LETTERS.file(CASE, one, zone="UTC", language="en", now=now).decode())

    def read(self, file: str) -> None:
        """Take in one file."""
        calendar = vobject.readOne(file)
        event = calendar.vevent
        number, cancelled = int(event.sequence.value), event.status.value == "CANCELLED"
        assert (calendar.method.value == "CANCEL") == cancelled
        known = self.entries.get(event.uid.value)
        if known is None or number > known[0]:
            self.entries[event.uid.value] = (number, event.dtstart.value, cancelled)
        elif number == known[0]:
            assert known == (number, event.dtstart.value, cancelled), "one number stands for one thing"

    @property
    def days(self) -> list[date]:
        """What stands in it."""
        return sorted(day for _, day, cancelled in self.entries.values() if not cancelled)


def calendar_of(case: Story, nickname: str) -> PersonsCalendar:
    """The calendar of somebody who opened every file that came with a notice."""
    assert isinstance(case.book, Heard)
    calendar = PersonsCalendar()
    for act in case.book.acts:
        for notice in act:
            if notice.participant == person(nickname):
                calendar.take(notice.dates, notice.at)
    return calendar
