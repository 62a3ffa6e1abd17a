"""What holds of every case, whatever people do. Each law takes a source of chance and fails with an AssertionError."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from random import Random

import msgspec
from msgspec.structs import replace as with_fields

from buttons import buttons, everything
from casebook import CASE, Casebook, caucus
from histories import Answer, History, Step, a_history, decide_step, everyone_here, take
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.decide import decide
from mediation.case.evolve import fold
from mediation.case.policy import Policy
from mediation.case.refusals import MeetingHasNotBegun, Refusal, TimeIsOver
from mediation.case.rooms import restrict, rooms_of
from mediation.case.show import view_for
from mediation.case.state import Case, Told
from mediation.case.terms import JOINT, TALKS, is_private

# ── non-interference ────────────────────────────────────────────────────────────────────────────────────────────────

USES_WHAT_IS_IN_A_ROOM: dict[type[c.Command], str] = {
    # A caucus or, for messages and offers, whichever room they are in:
    c.OpenCaucus: "asks whether the private session in that caucus is open",
    c.CloseCaucus: "asks whether the private session in that caucus is open",
    c.AnswerScribed: "answers, and carries to the table, a text written in that caucus",
    c.AllowSharing: "answers a request made in that caucus",
    c.RefuseSharing: "answers a request made in that caucus",
    c.PostShared: "carries to the table a text from that caucus, as its side allowed there",
    c.StrikeMessage: "takes back a message of that room by its number there",
    c.AnswerOffer: "answers an offer made in that room",
    c.WithdrawOffer: "takes back an offer made in that room",
    c.MakeOffer: "may answer an offer made in that room, by somebody who was declared at the table to be able to",
    c.AddFile: "asks whether that room still takes words, and whether the table is paused, when it is for the table",
    c.WithdrawFile: "takes back a file of that room",
    c.ChooseExhibit: "has a file of that room go out, which its side showed there or both sent each other",
    c.AgreeToReferral: "may be by somebody who was declared at the table to be able to agree",
    c.OpenRoom: "asks how many private rooms the mediator has opened, and whether one bears that name",
    c.CloseRoom: "asks whether that room is closed already",
    c.OpenDraft: "begins with the text on the table, or with what the draft before it says, if there is one",
    c.ProposeMeeting: "asks what is proposed already in that room",
    c.AnswerMeeting: "answers what was proposed in that room",
    c.SetMeeting: "settles on one of the times that were proposed and answered in that room",
    c.WithdrawMeeting: "takes back what was proposed in that room",
    c.TakeBackLimit: "takes back what its side settled in its own room, if that is still what holds",
    # The table, hidden from legal readers and from those who have not accepted the ground rules:
    c.PostMessage: "waits while the table is paused, when it is for the table",
    c.Pause: "asks whether the table is paused",
    c.Mute: "asks who is muted at the table",
    **dict.fromkeys(
        (c.SetDraftingMode, c.Suggest, c.AcceptSuggestion, c.RejectSuggestion, c.WithdrawSuggestion, c.KeepVersion),
        "is about the text on the table",
    ),
    **dict.fromkeys(
        (c.SetTextLanguage, c.RestoreVersion, c.ReadBack, c.ProposeText, c.GiveClauseAssent, c.TakeBackClauseAssent),
        "is about the text on the table",
    ),
    **dict.fromkeys(
        (c.Freeze, c.Reopen, c.SignSettlement, c.TakeBackSignature, c.WaiveTimeToThink),
        "is about the text on the table, or by somebody who was declared there to be able to agree",
    ),
    c.PostComment: "remarks on the text on the table, in that room",
    c.ResolveComment: "settles a remark of that room",
    c.Unmute: "asks who is muted at the table",
    c.Resume: "asks whether the table is paused",
    c.SetStage: "asks which stage the table is at",
    c.ScribePosition: "may be about a question on the table",
    **dict.fromkeys(
        (c.PutIssue, c.RewordIssue, c.EndorseIssue, c.WithdrawIssue), "words or endorses a question on the table"
    ),
    **dict.fromkeys(
        (c.StatePosition, c.RevisePosition, c.WithdrawPosition), "puts, changes or takes away a view on the table"
    ),
    **dict.fromkeys((c.ReflectPosition, c.AnswerReflection), "is about a view on the table"),
    **dict.fromkeys(
        (c.ProposeStatement, c.RewordStatement, c.WithdrawStatement, c.GiveAssent, c.TakeBackAssent),
        "puts a wording on the table, or is about one",
    ),
}
"""The commands that are exempt when a room that they use was altered, which their author sat in, and why.

No others are: joining, leaving, the way into the mediation, sessions, authority, the ladder and the ending depend on
the papers alone.
"""


def rooms_used(command: object, known: Collection[str]) -> set[str]:
    """The rooms whose contents an exempt command uses, whose author is in `known`; none for every other command."""
    if type(command) not in USES_WHAT_IS_IN_A_ROOM:
        return set()
    match command:
        case c.OpenCaucus(party=party) | c.CloseCaucus(party=party):
            return {caucus(party)}
        case c.PostMessage(room=room) | c.AddFile(room=room):
            return {room} if room == JOINT or is_private(room) else set()
        case c.OpenRoom():
            return {*filter(is_private, known)}
        case (
            c.AllowSharing()
            | c.RefuseSharing()
            | c.StrikeMessage()
            | c.WithdrawFile()
            | c.CloseRoom()
            | c.ChooseExhibit()
        ):
            return {command.room}
        case _:
            # The table, where a pause, a question or somebody's authority matters, and the room where the thing is.
            is_own = isinstance(command, c.OpenDraft | c.TakeBackLimit)
            own = {room for room in known if is_own and room.startswith("team-")}
            return {JOINT, getattr(command, "room", JOINT), *own}


def rooms_do_not_interfere(chance: Random, length: int = 30, policy: Policy | None = None) -> None:
    """Altering what is said where a viewer is not changes neither anybody's answers elsewhere nor what the viewer sees.

    Commands whose entries lie only in rooms the viewer is not in are removed or altered; every remaining one gets the
    same answer, and the viewer the same bytes.
    """
    told = a_history(chance, length, policy)
    here = everyone_here(told)
    if not here:
        return
    viewer = chance.choice(here)
    since = told.book.reads_from(viewer)
    altered = Casebook()
    first = Casebook()
    for step, answer in zip(told.steps, told.answers, strict=True):
        starts = {room: len(entries) for room, entries in first.rooms.items()}
        for book in (first, altered):
            book.until(step.at)
        before = _screen(viewer, first)
        assert take(first, step) == answer
        if _is_hidden(answer, since, starts):
            assert _screen(viewer, first) == before, "a frame would tell that something was said elsewhere"
            _enter_or_not(altered, step, answer, since, chance)
        else:
            _follow(altered, step, answer, since)
        assert _screen(viewer, altered) == _screen(viewer, first)
    assert altered.known_to(viewer) == first.known_to(viewer)
    assert altered.entries_for(viewer) == first.entries_for(viewer)


def _screen(viewer: str, book: Casebook) -> bytes | None:
    if book.whole.papers.facts is None or viewer not in book.whole.papers.people:
        return None
    return book.seen_by(viewer)


def _is_hidden(answer: Answer, since: dict[str, int], starts: dict[str, int]) -> bool:
    """Whether everything that a step wrote lies where the viewer does not read."""
    if isinstance(answer, str) or not answer:
        return False
    return all(starts.get(room, 0) + 1 < since.get(room, 2**53) for room, _ in answer)


def _enter_or_not(altered: Casebook, step: Step, answer: Answer, since: dict[str, int], chance: Random) -> None:
    """Drop a hidden step, say something else instead, say more, or leave it as it is."""
    rooms = [] if isinstance(answer, str) else [room for room, _ in answer]
    # Whoever joins a room later reads its numbers, which tell how many entries came before; words alone are altered.
    is_numbered = bool(set(rooms) & set(since))
    choice = chance.choice(("keep", "reword") if is_numbered else ("keep", "drop", "drop", "reword", "more"))
    if choice == "reword" and isinstance(step.what, c.PostMessage | c.ProposeSharing | c.ScribePosition):
        step = replace(step, what=with_fields(step.what, text="something else"))
    if is_numbered and isinstance(_would_be(altered, step), str):
        # What it rests on elsewhere was dropped: it is there all the same, for the sake of its number.
        altered.write([] if isinstance(answer, str) else [*answer], step.by, step.at)
    elif choice != "drop":
        take(altered, step)
    if choice == "more":
        more = replace(step, what=c.PostMessage(command_id="e" * 32, room=rooms[0], text="one more thing"))
        would_be = _would_be(altered, more)
        # Unless it would answer the other side, which the papers tell.
        if isinstance(would_be, str) or {room for room, _ in would_be} == {rooms[0]}:
            take(altered, more)


def _follow(altered: Casebook, step: Step, answer: Answer, since: dict[str, int]) -> None:
    """Take a remaining step in the altered history: its answer is the same, or it is exempt.

    An exempt command with another answer leaves in the viewer's rooms what it left there before: what its author
    chose to carry out is taken as chosen.
    """
    known = altered.reads_from(step.by)
    used = rooms_used(step.what, known) & set(known)
    # Exempt only where a room it uses could have been altered for this viewer.
    if all(since.get(room) == 1 for room in used) or isinstance(step.what, c.OpenCase | c.JoinCase):
        assert take(altered, step) == answer, f"{type(step.what).__name__} learned of a room it has nothing to do with"
        return
    now = _would_be(altered, step)
    if answer == now:
        take(altered, step)
        return
    # Also in a room that the viewer reads from later on: what is said there before then has its numbers.
    shown = [] if isinstance(answer, str) else [one for one in answer if one[0] in since]
    hidden = [] if isinstance(now, str) else [one for one in now if one[0] not in since]
    altered.write([*hidden, *shown], step.by, step.at)


def _would_be(book: Casebook, step: Step) -> Answer:
    try:
        return tuple(decide_step(book, step))
    except Refusal as refusal:
        return refusal.code


# ── what a view may mention ─────────────────────────────────────────────────────────────────────────────────────────


def nothing_hidden_is_mentioned(chance: Random, length: int = 30) -> None:
    """No view or entry holds a word, an id or a room's name from where its reader is not, however it is computed."""
    history = a_history(chance, length)
    for viewer in everyone_here(history):
        since = history.book.reads_from(viewer)
        seen = history.book.seen_by(viewer)
        if all(first == 1 for first in since.values()):
            # The same from the whole case: `view_for` cuts off what its viewer may not know.
            assert msgspec.json.encode(view_for(viewer, history.book.whole, CASE)) == seen
        for room in history.book.rooms:
            # The tier of direct talks goes by the same word as their room, and everyone may know of it.
            assert room in {*since, TALKS} or f'"{room}"'.encode() not in seen, room
        read = [_body(told) for entries in history.book.entries_for(viewer).values() for told in entries if told]
        for mark in _marks(history, since):
            assert mark.encode() not in seen, mark
            assert not any(mark.encode() in body for body in read), mark


def _marks(history: History, since: dict[str, int]) -> Iterator[str]:
    """The words and ids that were said only where the viewer does not read."""
    open_marks: set[str] = set()
    hidden_marks: set[str] = set()
    for room, entries in history.book.rooms.items():
        for told in entries:
            if told is not None and not isinstance(told.event, e.CaseOpened | e.MemberAdmitted):
                is_open = room in since and told.seq >= since[room]
                (open_marks if is_open else hidden_marks).update(_marks_in(told))
    yield from hidden_marks - open_marks


def _body(told: Told) -> bytes:
    return msgspec.json.encode(e.body_of(told.event))


def _marks_in(told: Told) -> Iterator[str]:
    for name, value in e.body_of(told.event).items():
        is_somebody = name in {"participant", "mediator", "owner", "scribed_by"}
        if isinstance(value, str) and not is_somebody and (value.startswith("words-") or len(value) == 32):
            yield value


# ── membership ──────────────────────────────────────────────────────────────────────────────────────────────────────


def rooms_are_left_only_with_the_case(chance: Random, length: int = 30) -> None:
    """Whoever is in a room stays in it, reading from the same entry on, until they leave the case."""
    history = a_history(chance, length)
    book = Casebook()
    for step in history.steps:
        before = {p.participant: book.reads_from(p.participant) for p in book.whole.papers.present()}
        take(book, step)
        for participant, since in before.items():
            after = book.reads_from(participant)
            assert since.items() <= after.items() or not after, step
            known = book.whole.papers.people[participant]
            assert (known.left_at is None) == bool(after)
        for p in book.whole.papers.present():
            # Everyone whom the papers put into a private room has an entry there that says so.
            assert set(book.reads_from(p.participant)) == rooms_of(book.whole, p.participant)


# ── replay ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def the_log_folds_to_what_decided(chance: Random, length: int = 30, policy: Policy | None = None) -> None:
    """Folding the log, in any interleaving of its rooms, erased entries left out, gives the state that decided it."""
    history = a_history(chance, length, policy)
    book = history.book
    kept = {room: [t for t in entries if t is not None] for room, entries in book.rooms.items()}
    assert fold(_interleaved(kept, chance)) == book.whole
    written = {room: [_from_the_record(t) for t in entries] for room, entries in kept.items()}
    assert fold(_interleaved(written, chance)) == book.whole, "an entry reads differently from the record"
    for viewer in everyone_here(history):
        known = restrict(book.whole, rooms_of(book.whole, viewer))
        read_late = {r for r, first in book.reads_from(viewer).items() if first > 1}
        assert _without(book.known_to(viewer), read_late) == _without(known, read_late)
        for room in read_late:
            first = book.reads_from(viewer)[room]
            assert book.known_to(viewer).private[room] == fold(t for t in kept[room] if t.seq >= first).private[room]


def _from_the_record(told: Told) -> Told:
    body = msgspec.json.decode(_body(told))
    return Told(told.room, told.seq, told.at, told.actor, e.read_event(e.kind_of(told.event), body))


def _interleaved(rooms: dict[str, list[Told]], chance: Random) -> Iterator[Told]:
    rest = {room: list(reversed(entries)) for room, entries in rooms.items() if entries}
    while rest:
        room = chance.choice(sorted(rest))
        yield rest[room].pop()
        if not rest[room]:
            del rest[room]


def _without(case: Case, rooms: set[str]) -> Case:
    return with_fields(case, private=type(case.private)({r: s for r, s in case.private.items() if r not in rooms}))


# ── buttons ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def screens_and_rules_agree(chance: Random, length: int = 25, policy: Policy | None = None) -> None:
    """Every button is accepted by the rules, and what no button gives is refused."""
    history = a_history(chance, length, policy)
    book, now = history.book, history.steps[-1].at
    for viewer in [p.participant for p in book.whole.papers.present()]:
        known = book.known_to(viewer)
        offered = buttons(view_for(viewer, known, CASE), "f" * 32)
        for where, command in offered:
            try:
                decide(book.knowing_the_text(viewer, command), command, viewer, now)
            except (TimeIsOver, MeetingHasNotBegun):
                continue  # a view has no clock; the screen shows these in their time
            except Refusal as refusal:
                raise AssertionError(f"{where} offers {command}, which is refused: {refusal.code}") from refusal
        targets = {_target(command) for _, command in offered}
        for command in everything(book.whole, "f" * 32):
            if _target(command) not in targets:
                known = book.knowing_the_text(viewer, command)
                assert _is_refused(known, command, viewer, now), f"{command} is offered nowhere and accepted"


def _target(command: c.Command) -> tuple[object, ...]:
    """What a button is about: its kind and the thing, not the words that go with it."""
    things = ("room", "party", "stage", "to", "outcome", "issue", "position", "reflection", "statement", "offer")
    if isinstance(command, c.StatePosition | c.ReportAbuse):
        return (type(command),)
    if isinstance(command, c.MakeOffer):
        return (type(command), command.room, command.in_answer_to)
    more = (
        "scribed",
        "sharing",
        "owner",
        "participant",
        "file",
        "suggestion",
        "comment",
        "version",
        "mode",
        "referral",
        "exhibit",
        "limit",
        "meeting",
        "proposal",
        "slot",
    )
    return (type(command), *(getattr(command, name, None) for name in (*things, *more)))


def _is_refused(known: Case, command: c.Command, by: str, now: datetime) -> bool:
    try:
        decide(known, command, by, now)
    except Refusal:
        return True
    return False
