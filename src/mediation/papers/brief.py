"""The case on one page as a paper to carry away: for whoever is brought in, and for the journey there. Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from mediation.case.show.brief import Brief, BriefMeeting, BriefSide
from mediation.case.standstill import time_limits
from mediation.case.state import Standstill
from mediation.case.terms import Party
from mediation.papers.brief_words import BRIEF
from mediation.papers.content import Line
from mediation.papers.letters import Mend, is_blank
from mediation.papers.shape import Run, words
from mediation.papers.telling import money
from mediation.papers.telling_words import TELLING
from mediation.papers.words import WORDS, Language, spelt

_SIZES = ((4_200, 7.0), (2_600, 8.0), (0, 9.0))
"""From so many characters on the page is set in letters of so many points, so that a full one still is one page."""


def page(brief: Brief, name: str, case_id: str, language: Language, mend: Mend, at: datetime) -> dict[str, Any]:
    """What the page shows to `name`, who reads it at this moment."""
    return _Page(brief, language, mend, at).whole(name, case_id)


def noon(day: date) -> datetime:
    """A moment of this day, to spell it by."""
    return datetime.combine(day, time(12), UTC)


class _Page:
    def __init__(self, brief: Brief, language: Language, mend: Mend, at: datetime) -> None:
        self._brief, self._language, self._mend, self._at = brief, language, mend, at
        self._w, self._telling = BRIEF[language], TELLING[language]
        self._sides = {side.party: side.name for side in brief.sides}

    def whole(self, name: str, case_id: str) -> dict[str, Any]:
        brief, w = self._brief, self._w
        title = self._mend(brief.title)
        lines = [line for line in self._lines() if line is not None]
        made = self._given("for", name=name, at=spelt(self._at, self._language))
        length = sum(len(run.get("s", "")) for line in lines for run in line["runs"])
        return {
            "language": self._language,
            "words": {**WORDS[self._language], "kind": w["brief"], "asked": w["asked"]},
            "title": w["brief"],
            "heading": w["brief"] if is_blank(title) else title,
            "reference": case_id[:8],
            "foot": case_id[:8],
            "size": next(points for least, points in _SIZES if length >= least),
            "warning": w["confidential"] if brief.reads_table else "",
            "asked": [words(one, self._mend) for one in self._asked()],
            "lines": lines,
            "notes": [words(one, self._mend) for one in (self._limits(), f"{made} {w['not-sealed']}")],
        }

    def _lines(self) -> Iterable[Line | None]:
        brief, w = self._brief, self._w
        yield self._line("about", [brief.account])
        yield self._line("amount", [money(brief.amount.minor, brief.amount.currency, self._language)]
                         if brief.amount is not None else [])  # fmt: skip
        yield self._line("since", [brief.since])
        yield self._line("wish", [brief.wish])
        yield self._line("who", self._who())
        yield self._line("steps", self._steps())
        yield self._line("met", [*map(self._meeting, brief.met), *self._more(brief.more_met)])
        if not brief.reads_table:
            return
        yield self._line("issues", [*brief.issues, *self._more(brief.more_issues)])
        for side in brief.sides:
            said = [
                one for p in side.positions for one in (p.text, self._given("wants", wants=p.wants, unless=p.wants))
            ]
            heading = self._given("says", side=side.name)
            yield self._line("says", [*said, *self._more(side.more_positions)], heading)
        yield self._line("common", [*(brief.common or [w["no-common"]]), *self._more(brief.more_common)])
        offers = [
            f"{self._sides[one.party]}: "
            + "; ".join(
                part
                for part in (
                    money(one.amount.minor, one.amount.currency, self._language) if one.amount is not None else "",
                    one.terms,
                )
                if part
            )
            for one in brief.offers
        ]
        yield self._line("offers", [*(offers or [w["no-offers"]]), *self._more(brief.more_offers)])
        yield self._line("text", self._text())

    def _asked(self) -> list[str]:
        brief, w = self._brief, self._w
        asked = [w.get(f"next {brief.line.next}", w["next other"])]
        by, owed_by = brief.line.by, brief.line.owed_by
        if by is not None and owed_by is not None:
            form = "by" if owed_by == brief.party else "by-them"
            asked.append(self._given(form, side=self._sides[owed_by], day=self._day(noon(by))))
        asked += [self._given(one.what, when=self._moment(one.at)) for one in brief.dates if one.at > self._at][:2]
        return [*asked, *([] if brief.reads_table or brief.process == "talks" else [w["not-there"]])]

    def _limits(self) -> str:
        """How it is with legal time limits, and, while something can be done about them, what."""
        brief = self._brief
        agreed, until = brief.standstill.agreed_at, brief.standstill.until
        state = time_limits(Standstill(until=until, agreed_at=agreed), self._at)
        told = self._given(
            f"limits {state}",
            agreed=self._day(agreed) if agreed is not None else "",
            until=self._day(noon(until)) if until is not None else "",
        )
        can_agree = state != "stand-still" and brief.process != "ended"
        return f"{told} {self._w['limits can-agree']}" if can_agree else told

    def _who(self) -> list[str]:
        told = [one for side in self._brief.sides for one in self._side(side)]
        mediator = self._brief.mediator
        return [*told, *([self._given("mediator", name=mediator)] if mediator is not None else [])]

    def _side(self, side: BriefSide) -> Iterable[str]:
        yield self._given(
            "people", side=side.name, names=", ".join([*side.people, *self._more(side.more_people)]) or "–"
        )
        said = ""
        if side.can_agree is not None:
            form = "agrees" if side.can_agree else "agrees-nobody"
            said = self._given(form, side=side.name, names=", ".join(side.can_agree))
        yield " ".join(part for part in (said, self._given("to-call", who=side.to_call, unless=side.to_call)) if part)

    def _steps(self) -> list[str]:
        steps = self._brief.steps
        taken = sorted((one for one in steps if one.reached_at is not None), key=lambda one: str(one.reached_at))
        told = [
            self._given("step", step=self._telling[f"tier {one.tier}"], day=self._day(one.reached_at))
            for one in taken
            if one.reached_at is not None
        ]
        ahead = ", ".join(self._telling[f"tier {one.tier}"] for one in steps if one.state == "ahead")
        return [*told, self._given("ahead", steps=ahead, unless=ahead)]

    def _meeting(self, one: BriefMeeting) -> str:
        when = self._moment(one.starts_at)
        if not one.is_held and one.starts_at > self._at:
            return self._given("to-come", when=when)
        return self._given("met-who" if one.attended else "met-nobody", when=when, names=", ".join(one.attended))

    def _text(self) -> list[str]:
        text = self._brief.text
        if text is None:
            return []
        names: dict[Party, str] = self._sides
        counted: dict[str, object] = {
            "n": text.clauses,
            "both": text.both,
            "n-business": text.business,
            "n-client": text.client,
        }
        told = [self._w["clauses"].format_map({"business": names["business"], "client": names["client"], **counted})]
        if text.frozen_at is not None:
            told.append(self._given("frozen", day=self._day(text.frozen_at)))
        if text.signed_by:
            told.append(self._given("signed", names=", ".join(names[party] for party in text.signed_by)))
        if text.effective_at is not None:
            told.append(self._given("effective", day=self._day(text.effective_at)))
        return told

    def _more(self, number: int) -> list[str]:
        return [self._given("more", n=str(number))] if number else []

    def _given(self, form: str, unless: str | None = None, **fields: str | None) -> str:
        """A sentence with its fields; nothing where what it is about is empty."""
        if unless == "":
            return ""
        return self._w[form].format_map({field: value or "" for field, value in fields.items()})

    def _line(self, name: str, texts: Iterable[str], heading: str | None = None) -> Line | None:
        """What it is, and what it says, one below the other; None where it says nothing."""
        runs: list[Run] = []
        for text in texts:
            shown = words(text, self._mend)
            if shown:
                runs += [*([{"br": True}] if runs else []), *shown]
        return {"name": self._mend(heading or self._w[name]), "hex": False, "runs": runs} if runs else None

    def _day(self, moment: datetime) -> str:
        return spelt(moment, self._language).rpartition(",")[0]

    def _moment(self, moment: datetime) -> str:
        return f"{self._day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"
