"""The case on one page, for somebody who is brought in: a manager who is to decide, or new counsel.

Made of papers, direct talks and the table alone, as far as its reader reads them: never of a caucus, a side's own room
or a limit of authority, so that whoever prints it and hands it on hands on nothing that was said in private. It quotes
shortly and says what it leaves out.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from mediation.case.rooms import restrict, rooms_of
from mediation.case.show.ladder import ladder_for
from mediation.case.show.line import line_for
from mediation.case.show.meetings import in_order
from mediation.case.state import Case, Offer, Papers, Person
from mediation.case.terms import JOINT, PAPERS, PARTIES, TALKS, Category, Money, Outcome, Party, Process, Role, Tier
from mediation.case.view import NowNext

_ROOMS: Final = frozenset({PAPERS, TALKS, JOINT})
_ACCOUNT, _WORDS, _LINE = 400, 160, 110
"""Characters that are quoted of the account, of a position, and of anything else: what a printed page can hold."""
_MOST_ISSUES, _MOST_POSITIONS, _MOST_COMMON, _MOST_OFFERS, _MOST_MET, _MOST_NAMES = 4, 2, 4, 3, 3, 4


class BriefPosition(Struct, frozen=True, kw_only=True):
    """How somebody of a side sees it, and what they want, in their own words cut short."""

    by: str
    text: str
    wants: str


class BriefSide(Struct, frozen=True, kw_only=True):
    """A side: who it is, who can agree for it today, what it says. `can_agree` is null while it has not said so."""

    party: Party
    name: str
    capacity: str
    people: list[str]
    more_people: int
    can_agree: list[str] | None
    to_call: str
    positions: list[BriefPosition]
    more_positions: int


class BriefStep(Struct, frozen=True, kw_only=True):
    """A step of the ladder, and since when it was taken."""

    tier: Tier
    state: Literal["done", "here", "ahead", "skipped"]
    reached_at: datetime | None


class BriefMeeting(Struct, frozen=True, kw_only=True):
    """When people met, or are to meet, and who came as far as anybody has said."""

    starts_at: datetime
    is_held: bool
    attended: list[str]


class BriefOffer(Struct, frozen=True, kw_only=True):
    """An offer that waits for an answer."""

    party: Party
    amount: Money | None
    terms: str
    at: datetime


class BriefText(Struct, frozen=True, kw_only=True):
    """Where the clauses stand: how many there are, and to how many each side, and both, agree as they read now."""

    clauses: int
    both: int
    business: int
    client: int
    frozen_at: datetime | None
    signed_by: list[Party]
    effective_at: datetime | None


class BriefDate(Struct, frozen=True, kw_only=True):
    """What is to happen at a time that is known."""

    what: Literal["meeting", "sign-from"]
    at: datetime


class BriefStandstill(Struct, frozen=True, kw_only=True):
    """What both sides agreed of legal time limits, and until when; whether it is over is for who has a clock."""

    agreed_at: datetime | None
    until: date | None


class Brief(Struct, frozen=True, kw_only=True):
    """The case on one page. `more_…` is how many of a kind are left out; `reads_table` whether its reader is there."""

    title: str
    category: Category
    account: str
    is_account_cut: bool
    amount: Money | None
    since: str
    wish: str
    opened_at: datetime
    process: Process
    outcome: Outcome | None
    mediator: str | None
    line: NowNext
    role: Role
    party: Party | None
    dates: list[BriefDate]
    sides: list[BriefSide]
    steps: list[BriefStep]
    met: list[BriefMeeting]
    more_met: int
    reads_table: bool
    issues: list[str]
    more_issues: int
    common: list[str]
    more_common: int
    offers: list[BriefOffer]
    more_offers: int
    standstill: BriefStandstill
    text: BriefText | None
    """None while there is no text, and for whoever is not at the table yet."""


def brief_for(case: Case, me: Person) -> Brief:
    """The case on one page as `me` may know it; `case.text` is the text on the table where its reader is there."""
    papers = case.papers
    text = case.text
    case = restrict(case, rooms_of(case, me.participant) & _ROOMS)
    facts, joint = papers.opened, case.joint
    issues = sorted(joint.issues.values(), key=lambda i: i.number) if joint is not None else []
    statements = sorted(joint.statements.values(), key=lambda s: s.at) if joint is not None else []
    common = [s.text for s in statements if set(PARTIES) <= set(s.assents)]
    offers = _open_offers(case)
    met = _met(papers)
    return Brief(
        title=cut(facts.title, _LINE),
        category=facts.category,
        account=cut(facts.account, _ACCOUNT),
        is_account_cut=len(_in_one_line(facts.account)) > _ACCOUNT,
        amount=facts.amount,
        since=cut(facts.since, _LINE),
        wish=cut(facts.wish, _WORDS),
        opened_at=papers.opened_at or me.joined_at,
        process="ended" if papers.ended_at else "mediation" if papers.began_at else "talks",
        outcome=papers.outcome,
        mediator=papers.people[papers.mediator].name if papers.mediator is not None else None,
        line=line_for(case, me),
        role=me.role,
        party=me.party,
        dates=_dates(papers),
        sides=[_side(case, party) for party in PARTIES],
        steps=[BriefStep(tier=r.tier, state=r.state, reached_at=r.reached_at) for r in ladder_for(papers, me)],
        met=met[-_MOST_MET:],
        more_met=max(0, len(met) - _MOST_MET),
        reads_table=joint is not None,
        issues=[cut(i.text, _LINE) for i in issues[:_MOST_ISSUES]],
        more_issues=max(0, len(issues) - _MOST_ISSUES),
        common=[cut(one, _LINE) for one in common[-_MOST_COMMON:]],
        more_common=max(0, len(common) - _MOST_COMMON),
        offers=[
            BriefOffer(party=o.party, amount=o.amount, terms=cut(o.terms, _LINE), at=o.at)
            for o in offers[-_MOST_OFFERS:]
        ],
        more_offers=max(0, len(offers) - _MOST_OFFERS),
        standstill=BriefStandstill(agreed_at=papers.standstill.agreed_at, until=papers.standstill.until),
        text=_text(Case(papers=papers, joint=joint, text=text)) if joint is not None else None,
    )


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def cut(text: str, most: int) -> str:
    """A text in one line, cut at a blank where it is longer than so many characters, with a sign that it goes on."""
    line = _in_one_line(text)
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    at_blank = kept.rsplit(" ", 1)[0]
    # A language without blanks between words is cut where it has to be.
    return (at_blank if len(at_blank) > most // 2 else kept).rstrip() + "…"


def _side(case: Case, party: Party) -> BriefSide:
    papers, joint = case.papers, case.joint
    facts = papers.facts_of(party)
    people = [p.name for p in papers.side(party)]
    said = joint.authority.get(party) if joint is not None else None
    positions = sorted((p for p in joint.positions.values() if p.party == party), key=lambda p: p.at) if joint else []
    return BriefSide(
        party=party,
        name=facts.name,
        capacity=facts.capacity,
        people=people[:_MOST_NAMES],
        more_people=max(0, len(people) - _MOST_NAMES),
        can_agree=_names(papers, said.can_agree)[:_MOST_NAMES] if said is not None else None,
        to_call=cut(said.to_call, _LINE) if said is not None else "",
        positions=[
            BriefPosition(by=_name(papers, p.owner), text=cut(p.text, _WORDS), wants=cut(p.wants, _LINE))
            for p in positions[-_MOST_POSITIONS:]
        ],
        more_positions=max(0, len(positions) - _MOST_POSITIONS),
    )


def _met(papers: Papers) -> list[BriefMeeting]:
    """Live sessions and meetings of a step, in the order of time; those that were called off are left out."""
    sessions = [
        BriefMeeting(starts_at=s.opened_at, is_held=True, attended=_names(papers, s.attended)[:_MOST_NAMES])
        for s in papers.sessions
    ]
    meetings = [
        BriefMeeting(
            starts_at=one.starts_at,
            is_held=bool(one.attended),
            attended=_names(papers, one.came)[:_MOST_NAMES],
        )
        for one in in_order(Case(papers=papers))
        if one.cancelled_at is None
    ]
    return sorted([*sessions, *meetings], key=lambda one: one.starts_at)


def _open_offers(case: Case) -> Sequence[Offer]:
    """What waits for an answer: in direct talks only before the mediation, whose beginning lets it lapse."""
    part = case.joint if case.papers.began_at is not None else case.talks
    if part is None or case.papers.ended_at is not None:
        return []
    return sorted((o for o in part.offers.values() if o.state == "open"), key=lambda o: o.at)


def _dates(papers: Papers) -> list[BriefDate]:
    """What is known to be due, in the order of time. Whether it is over already is for a reader who has a clock."""
    if papers.ended_at is not None:
        return []
    dates = [BriefDate(what="meeting", at=one.starts_at) for one in _to_come(papers)]
    if papers.signing is not None and not papers.signing.signatures:
        dates.append(BriefDate(what="sign-from", at=papers.signing.sign_from))
    return sorted(dates, key=lambda one: one.at)


def _to_come(papers: Papers) -> Iterable[BriefMeeting]:
    return (one for one in _met(papers) if not one.is_held)


def _text(case: Case) -> BriefText | None:
    papers, joint, text = case.papers, case.joint, case.text
    if joint is None or joint.document is None or text is None or not text.clauses:
        return None
    agreed = {
        party: {
            one.clause for one in text.clauses
            if (assents := joint.drafting.assents.get(one.clause)) is not None and assents.get(party) == one.text_hash
        }
        for party in PARTIES
    }  # fmt: skip
    signing = papers.signing
    return BriefText(
        clauses=len(text.clauses),
        both=len(agreed["business"] & agreed["client"]),
        business=len(agreed["business"]),
        client=len(agreed["client"]),
        frozen_at=signing.frozen_at if signing is not None else None,
        signed_by=[party for party in PARTIES if signing is not None and party in signing.signatures],
        effective_at=signing.effective_at if signing is not None else None,
    )


def _name(papers: Papers, participant: str) -> str:
    return papers.people[participant].name if participant in papers.people else ""


def _names(papers: Papers, participants: Iterable[str]) -> list[str]:
    return [name for one in participants if (name := _name(papers, one))]
