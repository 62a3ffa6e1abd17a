"""The pack that goes to an institution: made of papers alone, so nothing that was said anywhere can be in it. Pure.

`pack_of` is given `Papers` and not a `Case`: talks, table, caucuses and teams are not among its arguments, and no part
of `Papers` is made of them. Of the mediation it says that it took place, when and who attended, and never why it ended.
"""

from datetime import datetime
from hashlib import sha256
from typing import Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from mediation.case.chain import jcs
from mediation.case.events import ReferralText
from mediation.case.referral_rules import BOUND_TO, asked
from mediation.case.state import Papers, Person, Referral
from mediation.case.terms import (
    PARTIES,
    Category,
    Money,
    PackField,
    Party,
    ReferralKind,
    ReferralProvider,
    Role,
    Tier,
)

TERMS: Final = (
    *("kind", "provider", "institution", "rules", "seat", "language", "cost", "court_stays_open", "binding"),
)
"""What both sides agree to; the rest is what one of them asks of the institution."""
_REPRESENT: Final[tuple[Role, ...]] = ("principal", "handler", "manager", "counsel")
"""Companions are there for somebody's sake and not for an institution to know of."""


class Gap(Struct, frozen=True):
    """Something that is asked for and still empty; `party` is the side that has to say it, where it is one's own."""

    field: PackField
    party: Party | None = None


class PackPerson(Struct, frozen=True, kw_only=True):
    """Somebody who speaks for a side, or advises it."""

    name: str
    role: Role
    title: str


class PackParty(Struct, frozen=True, kw_only=True):
    """A side, and how an institution reaches it."""

    party: Party
    name: str
    place: str
    capacity: str
    contact: str
    people: tuple[PackPerson, ...]


class PackStep(Struct, frozen=True, kw_only=True):
    """A step of the ladder before the referral. `skipped`: it was passed over, since nobody had to take it."""

    step: Tier
    how: Literal["taken", "skipped"]
    at: datetime | None


class PackSession(Struct, frozen=True, kw_only=True):
    """When a session was, and who attended."""

    opened_at: datetime
    closed_at: datetime | None
    attended: tuple[str, ...]


class PackMeeting(Struct, frozen=True, kw_only=True):
    """A meeting by appointment on a step of the ladder, and who came, as far as anybody has said."""

    step: Tier
    starts_at: datetime
    ends_at: datetime
    attended: tuple[str, ...]


class PackMediation(Struct, frozen=True, kw_only=True):
    """The bare fact: from when to when, and with whom."""

    began_at: datetime
    ended_at: datetime | None
    mediator: str


class PackExhibit(Struct, frozen=True, kw_only=True):
    """A file that goes with the pack, by its name, size in bytes and hash."""

    number: int
    party: Party
    name: str
    media_type: str
    size: int
    sha256: str


class PackAssent(Struct, frozen=True, kw_only=True):
    """A side's yes to the terms, and its day."""

    party: Party
    at: datetime


class Pack(Struct, frozen=True, kw_only=True):
    """All that goes out, in the order in which it is read."""

    format: Literal["mediation-referral-1"] = "mediation-referral-1"
    title: str
    category: Category
    opened_at: datetime
    proposed_by: Party
    kind: ReferralKind
    provider: ReferralProvider
    institution: str
    rules: str
    seat: str
    language: str
    cost: str
    court_stays_open: bool
    binding: bool
    agreed: tuple[PackAssent, ...]
    """Both sides' assent to these terms, given after the dispute arose."""
    parties: tuple[PackParty, ...]
    relied_on: str
    description: str
    claim: str
    value: Money | None
    relief: str
    procedure: str
    steps: tuple[PackStep, ...]
    mediation: PackMediation | None
    sessions: tuple[PackSession, ...]
    meetings: tuple[PackMeeting, ...] = ()
    exhibits: tuple[PackExhibit, ...]
    gaps: tuple[Gap, ...]


def terms_sha256(text: ReferralText) -> str:
    """What an assent names: the terms as they read, and none of what one side asks for in them. 64 hex."""
    said = asdict(text)
    return sha256(b"MR1R" + jcs({name: said[name] for name in TERMS})).hexdigest()


def agreed_by(referral: Referral) -> list[Party]:
    """The sides that agree to the terms as they read now."""
    now = terms_sha256(referral.text)
    given = referral.answers
    return [p for p in PARTIES if p in given and given[p].agreed and given[p].terms_sha256 == now]


def has_answered(referral: Referral, party: Party) -> bool:
    """Whether a side has said yes or no to the terms as they read now."""
    answer = referral.answers.get(party)
    return answer is not None and answer.terms_sha256 == terms_sha256(referral.text)


def gaps_of(papers: Papers, referral: Referral) -> list[Gap]:
    """What is asked for and still empty."""
    text = referral.text
    found: list[Gap] = []
    for field in asked(text.provider, text.kind, binding=text.binding):
        if field == "contact":
            found += [Gap("contact", party) for party in PARTIES if not papers.contacts.get(party)]
        elif not _said(text, field):
            found.append(Gap(field))
    return found


def is_said(text: ReferralText) -> bool:
    """Whether everything is said that both sides would be bound by."""
    return all(_said(text, field) for field in BOUND_TO)


def _said(text: ReferralText, field: PackField) -> bool:
    return bool(getattr(text, field.replace("-", "_")))


def pack_of(papers: Papers, referral_id: str) -> Pack:
    """What would go out now. The same papers make the same pack. Raises KeyError for a referral that is not there."""
    referral = papers.referrals[referral_id]
    text = referral.text
    return Pack(
        title=papers.opened.title,
        category=papers.opened.category,
        opened_at=papers.opened_at or referral.at,
        proposed_by=referral.party,
        **{name: value for name, value in asdict(text).items() if name in {*TERMS, *_WRITTEN}},
        agreed=tuple(PackAssent(party=p, at=referral.answers[p].at) for p in agreed_by(referral)),
        parties=tuple(_party(papers, party) for party in PARTIES),
        steps=_steps(papers),
        mediation=_mediation(papers),
        sessions=tuple(
            PackSession(opened_at=s.opened_at, closed_at=s.closed_at, attended=_names(papers, s.attended))
            for s in papers.sessions
        ),
        meetings=_meetings(papers),
        exhibits=tuple(
            PackExhibit(
                number=number, party=e.party, name=e.name, media_type=e.media_type, size=e.size, sha256=e.sha256
            )
            for number, e in enumerate(sorted(referral.exhibits.values(), key=lambda e: (e.at, e.exhibit)), 1)
        ),
        gaps=tuple(gaps_of(papers, referral)),
    )


_WRITTEN: Final = ("relied_on", "description", "claim", "value", "relief", "procedure")


def spelt_out(pack: Pack) -> dict[str, object]:
    """The pack as records hold it: JSON of strings, integers, lists and objects."""
    made: dict[str, object] = msgspec.to_builtins(pack)
    if not pack.meetings:
        # A pack that went out before they were told of keeps its hash.
        del made["meetings"]
    return made


def pack_sha256(pack: Pack) -> str:
    """The hash of the pack's canonical JSON, 64 hex."""
    return sha256(jcs(spelt_out(pack))).hexdigest()


def shown_pack(papers: Papers, referral_id: str) -> Pack:
    """The pack as it went out, or, before that, as it would. Raises as `pack_of`."""
    sent = papers.referrals[referral_id].pack
    return msgspec.convert(sent, Pack) if sent is not None else pack_of(papers, referral_id)


def _party(papers: Papers, party: Party) -> PackParty:
    facts = papers.facts_of(party)
    return PackParty(
        party=party,
        name=facts.name,
        place=facts.place,
        capacity=facts.capacity,
        contact=papers.contacts.get(party, ""),
        people=tuple(_person(p) for p in papers.side(party) if p.role in _REPRESENT),
    )


def _person(person: Person) -> PackPerson:
    return PackPerson(name=person.name, role=person.role, title=person.title)


def _steps(papers: Papers) -> tuple[PackStep, ...]:
    """The steps of this case's ladder before the referral, in their order, each with the day it was reached.

    A step without such a day was passed over, by itself or because nobody of this case ever stood on it.
    """
    return tuple(
        PackStep(step=tier, how="taken" if tier in papers.reached else "skipped", at=papers.reached.get(tier))
        for tier in papers.opened.ladder
        if tier != "referral"
    )


def _mediation(papers: Papers) -> PackMediation | None:
    if papers.began_at is None:
        return None
    mediator = papers.people.get(papers.mediator or "")
    name = mediator.name if mediator is not None else ""
    return PackMediation(began_at=papers.began_at, ended_at=papers.ended_at, mediator=name)


def _meetings(papers: Papers) -> tuple[PackMeeting, ...]:
    """Those of which somebody has said who came; of the others nothing is said, nor who stayed away."""
    held = (m for m in papers.meetings.values() if m.attended and m.cancelled_at is None)
    return tuple(
        PackMeeting(
            step=m.tier,
            starts_at=m.starts_at,
            ends_at=m.ends_at,
            attended=_names(papers, m.came),
        )
        for m in sorted(held, key=lambda m: (m.starts_at, m.meeting))
    )


def _names(papers: Papers, attended: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(papers.people[who].name for who in attended if who in papers.people)
