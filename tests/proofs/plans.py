"""Two histories of one case that look alike to one person: in the second, what was hidden from them is another."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random

import msgspec
from msgspec.structs import replace as with_fields

from casebook import Casebook
from histories import Answer, History, Step, Teller, decide_step, everyone_here, take
from laws import rooms_used
from mediation.case import commands as c
from mediation.case.policy import DEFAULT_POLICY
from mediation.case.refusals import Refusal
from mediation.case.show import view_for
from mediation.casework.handle import Casework
from proofs.whole_portal import numbered


class CannotBeSent(Exception):  # noqa: N818 - reads as the sentence it is
    """The altered history would need words that its author did not choose: no command says them."""


@dataclass(frozen=True)
class Turn:
    """What is sent in the first world and in the second; `is_hidden` from the viewer."""

    first: tuple[Step, ...]
    second: tuple[Step, ...]
    is_hidden: bool
    heads: Mapping[str, int] = field(default_factory=dict)
    """How far the viewer's rooms reach afterwards; empty before they have a seat."""
    screen: object = None
    """What the viewer's screen then shows."""


@dataclass(frozen=True)
class Plan:
    """A history for two worlds, and whose eyes compare them."""

    turns: tuple[Turn, ...]
    viewer: str
    opener: str
    """The account that opens the case."""
    first: Casebook
    """The case as it stands at the end in the first world."""
    altered: int
    """In how many turns the worlds differ."""

    @property
    def case_id(self) -> str:
        """The id of the case, the same in both worlds."""
        opening = self.turns[0].first[0].what
        assert isinstance(opening, c.OpenCase)
        return Casework.case_id_for(self.opener, opening.command_id)


def a_plan(seed: int, length: int) -> Plan:
    """A plan for this seed; the same in every run."""
    for attempt in range(50):
        chance = Random(f"{seed} {attempt}")
        try:
            plan = _plan(chance, numbered("opener", f"{seed} {attempt}"), length)
        except CannotBeSent:
            continue
        if plan.altered:
            return plan
    raise AssertionError(f"no plan for seed {seed}")


def _plan(chance: Random, opener: str, length: int) -> Plan:
    nickname = chance.choice(("handler", "handler", "mediator"))
    command_id = numbered("step", 0)
    teller = Teller(chance, nickname, {nickname: _seat_of_opener(opener, command_id)}, DEFAULT_POLICY)
    told = teller.tell(length)
    viewer = _whose_eyes(told, chance)
    since = told.book.reads_from(viewer)
    first, second = Casebook(), Casebook()
    turns = []
    for number, (step, answer) in enumerate(zip(told.steps, told.answers, strict=True)):
        starts = {room: len(entries) for room, entries in first.rooms.items()}
        take(first, step)
        is_hidden = _is_hidden(answer, since, starts)
        sent = (
            _other_words(second, step, answer, since, chance, number)
            if is_hidden
            else _followed(second, step, answer, since)
        )
        case_id = Casework.case_id_for(opener, command_id)
        turns.append(Turn((step,), sent, is_hidden, _heads(first, viewer), _screen(first, viewer, case_id)))
    altered = sum(turn.first != turn.second for turn in turns)
    return Plan(tuple(turns), viewer, opener, first, altered)


def _seat_of_opener(account: str, command_id: str) -> str:
    return hashlib.sha256(f"seat {account} {command_id}".encode()).hexdigest()[:32]


def _whose_eyes(told: History, chance: Random) -> str:
    """Somebody on the case, seldom a mediator: from them least is hidden."""
    papers = told.book.whole.papers
    here = everyone_here(told)
    if not here:
        raise CannotBeSent
    weights = [1 if papers.people[who].role == "mediator" else 5 for who in here]
    return chance.choices(here, weights)[0]


def _heads(book: Casebook, viewer: str) -> dict[str, int]:
    if viewer not in book.whole.papers.people:
        return {}
    return {room: len(book.rooms[room]) for room, since in book.reads_from(viewer).items()}


def _screen(book: Casebook, viewer: str, case_id: str) -> object:
    if viewer not in book.whole.papers.people:
        return None
    return json.loads(msgspec.json.encode(view_for(viewer, book.known_to(viewer), case_id)))


def _is_hidden(answer: Answer, since: Mapping[str, int], starts: Mapping[str, int]) -> bool:
    if isinstance(answer, str) or not answer:
        return False
    return all(starts.get(room, 0) + 1 < since.get(room, 2**53) for room, _ in answer)


def _other_words(
    second: Casebook, step: Step, answer: Answer, since: Mapping[str, int], chance: Random, number: int
) -> tuple[Step, ...]:
    """Drop a hidden step, say something else instead, say more, or leave it as it is."""
    rooms = [] if isinstance(answer, str) else [room for room, _ in answer]
    # Whoever joins a room later reads its numbers, which tell how many entries came before; words alone are altered.
    choices = ("keep", "reword") if set(rooms) & set(since) else ("drop", "drop", "reword", "more")
    choice = chance.choice(choices)
    if choice == "drop":
        return ()
    if choice == "reword" and isinstance(step.what, c.PostMessage | c.ProposeSharing | c.ScribePosition):
        step = replace(step, what=with_fields(step.what, text="something else"))
    if set(rooms) & set(since) and isinstance(_would_be(second, step), str):
        # What it rests on elsewhere was dropped, and without it the numbers would differ.
        raise CannotBeSent
    take(second, step)
    if choice != "more":
        return (step,)
    more = replace(
        step, what=c.PostMessage(command_id=numbered("more", number), room=rooms[0], text=f"one more {number}")
    )
    would_be = _would_be(second, more)
    if not isinstance(would_be, str) and {room for room, _ in would_be} != {rooms[0]}:
        # It would answer the other side, which the papers tell.
        return (step,)
    take(second, more)
    return (step, more)


def _followed(second: Casebook, step: Step, answer: Answer, since: Mapping[str, int]) -> tuple[Step, ...]:
    """Take a remaining step in the second world as well, unless it would say what its author never chose to say."""
    if not isinstance(step.what, c.OpenCase | c.JoinCase):
        known = second.reads_from(step.by)
        used = rooms_used(step.what, known) & set(known)
        is_exempt = any(since.get(room) != 1 for room in used)
        now = _would_be(second, step)
        if is_exempt and now != answer:
            told = () if isinstance(answer, str) else answer
            tells = () if isinstance(now, str) else now
            if any(room in since for room, _ in (*told, *tells)):
                raise CannotBeSent
    take(second, step)
    return (step,)


def _would_be(book: Casebook, step: Step) -> Answer:
    try:
        return tuple(decide_step(book, step))
    except Refusal as refusal:
        return refusal.code
