"""Packs made of random disputes hold no word that was said in any room, in whatever format and language."""

import asyncio
import os
from functools import partial
from random import Random

import msgspec
import pytest

from casebook import Story, referred_case
from histories import History, a_history
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.referral import Pack, pack_of
from mediation.case.terms import PAPERS
from packs import all_that_is_in, every_format, holds

IS_SOAK = os.environ.get("MEDIATION_SOAK") == "1"
PACKS, LENGTH, AT_ONCE = (1_000, 60, 20) if IS_SOAK else (12, 40, 12)
pytestmark = [pytest.mark.soak, pytest.mark.timeout(7_200 if IS_SOAK else 120)]


def written_for_it(mark: str) -> e.ReferralText:
    """A proposal that somebody wrote afresh, with a mark in it."""
    return e.ReferralText(
        kind="ombudsman",
        provider="generic",
        institution="The ombudsman of the trade",
        rules="",
        seat="",
        language="",
        cost="",
        court_stays_open=True,
        binding=False,
        relied_on="",
        description=f"It came late. {mark}",
        claim="",
        value=None,
        relief="",
        procedure="",
    )


def referred(history: History) -> Pack:
    """What would go out, if this dispute were referred as it stands: after what was said everywhere."""
    papers = history.book.whole.papers
    by = next(iter(papers.people))
    proposed = e.ReferralProposed(referral="ab" * 16, party="client", proposal=written_for_it("wombat"))
    history.book.write([(PAPERS, proposed)], by, history.steps[-1].at)
    return pack_of(history.book.whole.papers, "ab" * 16)


def marks_of(history: History) -> set[str]:
    """The words and ids that stand in some room and in no paper, erased ones left out."""
    said: dict[bool, set[str]] = {True: set(), False: set()}
    for room, entries in history.book.rooms.items():
        for told in entries:
            if told is not None:
                said[room == PAPERS] |= set(_texts(msgspec.to_builtins(told.event)))
    return {text for text in said[False] - said[True] if text.startswith("words-") or len(text) == 32}


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        # Words of the histories are followed by others where they are used twice.
        return [value, *value.split()]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for one in inner for text in _texts(one)]


async def test_no_pack_holds_a_word_that_was_said_in_any_room() -> None:
    searched = marks = 0
    for start in range(0, PACKS, AT_ONCE):
        told = [a_history(Random(seed), LENGTH) for seed in range(start, start + AT_ONCE)]
        made = await every_format([referred(history) for history in told])
        for history, files in zip(told, made, strict=True):
            sought = marks_of(history)
            marks += len(sought)
            for name, one in files.items():
                parts: list[bytes] = await asyncio.to_thread(partial(list, all_that_is_in(name, one)))
                assert any(b"wombat" in part for part in parts), f"what was written for it is not found in {name}"
                found = [mark for mark in sought for part in parts if mark.encode() in part]
                assert not found, (name, found)
                searched += sum(len(part) for part in parts)
    assert marks > PACKS, "too little was said to look for"
    print(f"\nsoak: {PACKS} packs in 5 files each, {marks} marks looked for in {searched / 1e6:.0f} MB, none found")


def with_everything_said(mark: str) -> Story:
    """A mark in everything that can be said, in each room, by each side and the mediator; and in the disclosure."""
    case = referred_case().with_counsel()
    case.agree("counsel")
    case.do("mediator", c.Disclose, text=f"No ties, {mark}.")
    for nickname, room in (
        ("client", "talks"),
        ("handler", "talks"),
        ("client", "joint"),
        ("mediator", "joint"),
        ("client", "team-client"),
        ("handler", "team-business"),
        ("client", "caucus-client"),
        ("handler", "caucus-business"),
    ):
        case.say(nickname, room, f"{mark} in {room}")
        case.add_file(nickname, room, f"{mark}.pdf")
    case.do("client", c.MakeOffer, terms=f"{mark} for it")
    case.do("client", c.StatePosition, text=mark, interest=mark, wants=mark)
    case.do("mediator", c.PutIssue, text=mark)
    case.assent("client", case.do("handler", c.ProposeStatement, kind="shared-fact", text=mark))
    case.in_caucus("client", announcement=mark)
    case.do("mediator", c.ProposeSharing, room="caucus-client", form="what-if", text=mark)
    case.do("client", c.ReportAbuse, room="joint", text=mark)
    case.do("handler", c.DeclareAuthority, can_agree=(), to_call=mark)
    case.at("drafting")
    case.writes("mediator", f"The studio pays {mark}.")
    case.do("mediator", c.KeepVersion, name=mark)
    case.do("client", c.PostComment, room="joint", document="settlement.1", text=mark)
    case.do("mediator", c.OpenRoom, members=(case.people["client"],), name=mark)
    return case


async def test_nothing_that_was_said_anywhere_is_in_any_format_of_a_pack() -> None:
    case = with_everything_said("quokka")
    referral = case.do(
        "client",
        c.ProposeReferral,
        proposal=msgspec.convert(written_for_it("wombat"), c.Proposal, from_attributes=True),
    )
    case.do("client", c.GiveContact, contact="At home")
    case.do("client", c.RefuseReferral, referral=referral)
    pack = pack_of(case.papers, referral)
    for files in [*await every_format([pack], None), *await every_format([pack], case.now)]:
        assert set(files) == {"pack.json", "en.pdf", "en.docx", "de.pdf", "de.docx"}
        for name, made in files.items():
            assert holds(name, made, "wombat"), name
            assert not holds(name, made, "quokka"), name
