"""The certificate of outcome: the bare facts of how a case ended, and when people met. Pure, as `content`.

Never why, and never who left. That somebody was not at a meeting is not said either: a side says it of its own people
alone, and one that says nothing has stayed away no more than it has come.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from mediation.case.state import Meeting, Papers
from mediation.case.terms import PARTIES, ParticipantId
from mediation.papers.content import Line, Part, Source, Writer, frame, mediator_of, parties, record
from mediation.papers.letters import Mend
from mediation.papers.shape import words
from mediation.papers.words import Language, spelt


def certificate(source: Source, language: Language, mend: Mend) -> dict[str, Any]:
    """How it ended, sealed when it did."""
    papers, writer = source.papers, Writer(language, mend)
    w = writer.words
    took_place, settled = papers.began_at is not None, papers.outcome in {"settled", "partly-settled"}
    if took_place:
        outcome = w[str(papers.outcome) if settled else "not-settled"]
    else:
        outcome = w["case-settled" if settled else "case-not-settled"]
    dates = [writer.at("opened", papers.opened_at)]
    if took_place:
        dates += [writer.at("began", papers.began_at), writer.line("mediator", mediator_of(papers))]
    dates.append(writer.at("ended", papers.ended_at))
    parts = [parties(source, writer), {"heading": w["dates"], "lines": dates, "notes": []}]
    if took_place:
        parts.append(_sessions(papers, writer))
    if meetings := _until_the_end(papers):
        parts.append(_meetings(papers, meetings, writer))
    says = [w["took-place" if took_place else "no-mediation"] + " " + outcome, w["bare-facts"]]
    return {
        **frame(source, writer, w["certificate-of-outcome" if took_place else "certificate-without-mediation"]),
        "says": [words(one, mend) for one in says],
        "parts": [*parts, record(source, writer)],
    }


def _sessions(papers: Papers, writer: Writer) -> Part:
    w = writer.words
    lines = []
    for number, one in enumerate(papers.sessions, 1):
        until = one.closed_at or papers.ended_at or one.opened_at
        said = f"{_times(one.opened_at, until, writer)}; {_attended(papers, one.attended, writer)}"
        lines.append(_numbered("session", number, said, writer))
    return {"heading": w["sessions"], "lines": lines, "notes": [] if lines else [w["no-sessions"]]}


def _until_the_end(papers: Papers) -> list[Meeting]:
    """Those that were to be before it ended, in the order of time; of a later one nothing can be said yet."""
    ended_at = papers.ended_at
    found = (m for m in papers.meetings.values() if m.attended or ended_at is None or m.starts_at < ended_at)
    return sorted(found, key=lambda m: (m.starts_at, m.meeting))


def _meetings(papers: Papers, meetings: Iterable[Meeting], writer: Writer) -> Part:
    w = writer.words
    lines = []
    for number, one in enumerate(meetings, 1):
        when = f"{w[f'step-{one.tier}']}; {_times(one.starts_at, one.ends_at, writer)}"
        lines.append(_numbered("meeting", number, f"{when}; {_held(papers, one, writer)}", writer))
    return {"heading": w["meetings"], "lines": lines, "notes": [w["meetings-say"]]}


def _held(papers: Papers, meeting: Meeting, writer: Writer) -> str:
    """Whether it took place, and who came: as the mediator says, or each side of its own people."""
    w = writer.words
    if meeting.cancelled_at is not None:
        return w["meeting-off"]
    if None in meeting.attended:
        return _attended(papers, meeting.attended[None], writer)
    said = [
        w["attended-of"]
        .replace("{side}", papers.facts_of(party).name)
        .replace("{names}", _names(papers, meeting.attended[party]))
        for party in PARTIES
        if party in meeting.attended
    ]
    return "; ".join(said) or w["meeting-unsaid"]


def _times(since: datetime, until: datetime, writer: Writer) -> str:
    said = writer.words["session-says"]
    return said.replace("{from}", spelt(since, writer.language)).replace("{until}", spelt(until, writer.language))


def _attended(papers: Papers, people: Iterable[ParticipantId], writer: Writer) -> str:
    names = _names(papers, people)
    return writer.words["attended"].replace("{names}", names) if names else writer.words["attended-nobody"]


def _names(papers: Papers, people: Iterable[ParticipantId]) -> str:
    return ", ".join(papers.people[who].name for who in people if who in papers.people)


def _numbered(name: str, number: int, said: str, writer: Writer) -> Line:
    return {
        "name": writer.words[name].replace("{n}", str(number)),
        "hex": False,
        "runs": words(said, writer.mend),
    }
