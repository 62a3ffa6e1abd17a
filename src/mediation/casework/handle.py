"""One command, one transaction: lock → load → decide → append + project → commit → hint the bus."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from mediation.bus import Bus
from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.decide import decide, own_draft
from mediation.case.decide.allowed import allows
from mediation.case.decide.by_itself import due, due_at
from mediation.case.decide.drafting import write
from mediation.case.decide.files import files_in
from mediation.case.decide.people import join, open_case
from mediation.case.evolve import fold
from mediation.case.refusals import NameIsTaken, PrivateRoomsAreUsedUp
from mediation.case.rooms import document_is_open, may_invite, room_of_document, rooms_of
from mediation.case.show import view_for
from mediation.case.state import Case, Drafting, Told
from mediation.case.terms import JOINT, PAPERS, Party, Role, is_private
from mediation.case.view import CaseView
from mediation.casework import policies
from mediation.casework.announcing import announce
from mediation.casework.folds import Folds, rooms_shown, told
from mediation.casework.projections import project, take_seat
from mediation.casework.texts import Texts, follow, lapsed, require_writable, with_frozen_text, with_text
from mediation.casework.waking import wake_at
from mediation.db import Connection, Pool, reading_as
from mediation.identity import organisations
from mediation.identity.guards import Seat, not_on_this_case
from mediation.notices.letters import Letters
from mediation.notices.webhooks.queue import put_opening
from mediation.problems import Problem
from mediation.record import log
from mediation.record.keys import Keyring

SYSTEM = "system"
"""Who does what no participant does, as the record names it."""
_ACTS_AT_ONCE = 50
"""Of one case, in one transaction; whatever is left is due still and comes with the next look."""
Calls = Callable[[Connection, str, Case, Sequence[Told]], Awaitable[e.Decision]]
"""Asks whoever should come by what was written, in its transaction; returns what their side is told of it."""
Along = Callable[[Connection, Sequence[log.Entry]], Awaitable[None]]
"""What has to happen in the transaction of a command, once its entries are written; what it raises undoes all of it."""


class Place(Struct, frozen=True):
    """An entry, by its room and number."""

    room: str
    seq: int


class Answer(Struct, frozen=True):
    """What came of a command: the entries it wrote in rooms its author is in."""

    command_id: str
    written: list[Place]


class Casework:
    """Everything that happens to cases in this process."""

    def __init__(
        self,
        pool: Pool,
        bus: Bus,
        keyring: Keyring,
        *,
        host: str,
        base_url: str = "",
        texts: Texts | None = None,
        calls: Calls | None = None,
    ) -> None:
        self.pool = pool
        self.folds = Folds(bus)
        self._bus = bus
        self._keyring = keyring
        self._host = host
        self._letters = Letters(base_url)
        self._texts = texts
        self._calls = calls

    async def open(
        self, account_id: str, name: str, command: c.OpenCase, now: datetime, *, organisation_id: str | None = None
    ) -> tuple[str, str]:
        """Open a case for an account, which takes its first seat. Returns (case, participant).

        The command's id names the case for this account, so the same command again leads to the same case.
        """
        async with self.pool.acquire() as conn:
            try:
                async with conn.transaction():
                    case_id, participant, tell = await self.open_within(
                        conn, account_id, name, command, now, organisation_id=organisation_id
                    )
            except log.CaseAlreadyOpen:
                case_id = self.case_id_for(account_id, command.command_id)
                participant = _first_seat(account_id, command)
                await _earlier_answer(conn, case_id, participant, command.command_id, _fingerprint(command))
                return case_id, participant
        tell()
        return case_id, participant

    async def open_within(
        self,
        conn: Connection,
        account_id: str,
        name: str,
        command: c.OpenCase,
        now: datetime,
        *,
        organisation_id: str | None = None,
        by_page: bool = False,
    ) -> tuple[str, str, Callable[[], None]]:
        """Open a case in the caller's transaction. Returns (case, participant, what to call after the commit).

        `organisation_id` is the business that it is with, by whose policy it goes. Raises `log.CaseAlreadyOpen`, after
        which the transaction is good for nothing.
        """
        case_id, participant = self.case_id_for(account_id, command.command_id), _first_seat(account_id, command)
        chosen = await policies.policy_for(conn, organisation_id, command.category)
        decision = open_case(command, participant, name, self._host, now, by_page=by_page, policy=chosen.policy)
        heads = await log.open_case(conn, case_id, now)
        if organisation_id is not None:
            await organisations.tie(conn, case_id, organisation_id, goes_by=chosen.kept_as)
            await put_opening(conn, case_id, organisation_id, now)
        entries, after = await self._write(conn, heads, Case(), decision, participant, now, account_id=account_id)
        answer = _answer(command.command_id, entries, after, participant)
        await _keep_answer(conn, case_id, participant, answer, _fingerprint(command))
        return case_id, participant, lambda: self._hint(case_id, heads)

    @staticmethod
    def case_id_for(account_id: str, command_id: str) -> str:
        """The id of the case that an account opens with this command."""
        return hashlib.sha256(f"case {account_id} {command_id}".encode()).hexdigest()[:32]

    async def join(
        self,
        conn: Connection,
        case_id: str,
        account_id: str,
        participant: str,
        seat: c.JoinCase,
        now: datetime,
        *,
        invited_by: str | None = None,
    ) -> Callable[[], None]:
        """Give an account its seat, in the caller's transaction. Call what is returned after the commit.

        Raises `Problem` when `invited_by` may no longer bring in somebody in this role: a link to the other side's
        first seat that was left over would otherwise open that side's rooms to whoever made it.
        """
        heads = await log.lock(conn, case_id)
        case = await self.folds.load(conn, case_id, heads.lengths(), keep=False)
        decision = join(Case(papers=case.papers), seat, participant, now)
        if invited_by is not None and not may_invite(case.papers, invited_by, seat.role, seat.party):
            raise Problem(
                410,
                "invitation-revoked",
                "This invitation no longer stands.",
                "Ask somebody of your own side, or the mediator, for a new link.",
            )
        await self._write(conn, heads, case, decision, participant, now, account_id=account_id)
        return lambda: self._hint(case_id, heads)

    async def handle(self, seat: Seat, command: c.Command, now: datetime, *, also: Along | None = None) -> Answer:
        """Follow a command of a participant, or raise the Refusal that says why not; then nothing was written.

        `also` belongs to the command and happens with it, once: not when the same command comes again.
        """
        fingerprint = _fingerprint(command)
        async with self.pool.acquire() as conn:
            async with conn.transaction():
                heads = await log.lock(conn, seat.case_id)
                earlier = await _earlier_answer(
                    conn, seat.case_id, seat.participant_id, command.command_id, fingerprint
                )
                if earlier is not None:
                    return earlier
                lengths = heads.lengths()
                case = await self.folds.load(conn, seat.case_id, lengths)
                known = await self.folds.known_to(conn, seat.case_id, case, lengths, seat.participant_id)
                known = await with_text(self._texts, conn, seat.case_id, known, command)
                decision = decide(known, command, seat.participant_id, now)
                if self._texts is not None:
                    require_writable(self._texts, decision)
                entries, after = await self._write(conn, heads, case, decision, seat.participant_id, now)
                changed: dict[str, int] = {}
                if self._texts is not None:
                    changed = await follow(self._texts, conn, seat.case_id, known, decision, entries, now)
                if also is not None:
                    await also(conn, entries)
                answer = _answer(command.command_id, entries, after, seat.participant_id)
                await _keep_answer(conn, seat.case_id, seat.participant_id, answer, fingerprint)
                if isinstance(command, c.StrikeMessage):
                    await _erase_words(conn, seat, command.room, command.seq)
                if isinstance(command, c.WithdrawFile):
                    await _erase_words(conn, seat, command.room, files_in(known, command.room)[command.file].seq)
            # Kept only once it is committed: a fold must never be ahead of the log.
            self.folds.keep(seat.case_id, heads.lengths(), after)
        self._hint(seat.case_id, heads)
        for name, head in changed.items():
            self._bus.publish({"case": seat.case_id, "document": name, "head": head})
        has_ended = case.papers.ended_at is None and after.papers.ended_at is not None
        has_gone_out = isinstance(command, c.SendReferral)
        if has_ended or has_gone_out or (isinstance(command, c.PostMessage | c.PostComment) and command.mentions):
            self._hint_mail()
        return answer

    async def answered(self, seat: Seat, command: c.Command) -> Answer | None:
        """The answer that this same command got before, or None: for routes that ask for more than a session."""
        async with self.pool.acquire() as conn:
            return await _earlier_answer(
                conn, seat.case_id, seat.participant_id, command.command_id, _fingerprint(command)
            )

    async def do_what_is_due(self, case_id: str, now: datetime) -> bool:
        """Do what is due by itself, one act after another; tells whether there was anything.

        What there is to wait for is read under the lock and noted anew. Raises `CaseUnknown`, and the Refusal
        `TextCannotBeRead` when the document does not hold what was signed.
        """
        async with self.pool.acquire() as conn:
            async with conn.transaction():
                heads = await log.lock(conn, case_id)
                case = before = await self.folds.load(conn, case_id, heads.lengths())
                known = await with_frozen_text(self._texts, conn, case_id, case)
                for _ in range(_ACTS_AT_ONCE):
                    decision = due(known, now)
                    if not decision:
                        break
                    entries, case = await self._write(conn, heads, case, decision, SYSTEM, now)
                    if self._texts is not None:
                        await follow(self._texts, conn, case_id, known, decision, entries, now)
                    known = replace(case, text=known.text)
                await wake_at(conn, "due", case_id, due_at(case.papers))
            self.folds.keep(case_id, heads.lengths(), case)
        if case is before:
            return False
        self._hint(case_id, heads)
        self._hint_mail()
        return True

    async def typed_over_agreement(
        self, case_id: str, document: str, typed: Sequence[tuple[str, list[bytes]]], now: datetime
    ) -> int:
        """Append what people typed into a text that a side agrees to, and let lapse what reads differently now.

        `typed` holds each person's updates in order. Returns the number of the last update. The case is locked before
        the document, and what lapses is written in the same transaction, in the name of whoever typed it.
        """
        if self._texts is None:
            raise LookupError("there are no documents here")
        head = 0
        async with self.pool.acquire() as conn:
            async with conn.transaction():
                heads = await log.lock(conn, case_id)
                case = await self.folds.load(conn, case_id, heads.lengths())
                for by, updates in typed:
                    head = await self._texts.append(conn, case_id, document, updates, by, now)
                    drafting = case.joint.drafting if case.joint is not None else Drafting()
                    text = await self._texts.read(conn, case_id, document)
                    _, case = await self._write(conn, heads, case, lapsed(drafting, text), by, now)
                if case.joint is None or not any(case.joint.drafting.assents.values()):
                    await self._texts.mark_agreed(conn, case_id, document, agreed=False)
            self.folds.keep(case_id, heads.lengths(), case)
        self._hint(case_id, heads)
        return head

    async def record(self, conn: Connection, case_id: str, decision: e.Decision, now: datetime) -> Callable[[], None]:
        """Enter what no participant does (an erasure, an operator's access, an order), in the caller's transaction.

        Call what is returned after the commit. Raises `CaseUnknown`.
        """
        heads = await log.lock(conn, case_id)
        case = await self.folds.load(conn, case_id, heads.lengths(), keep=False)
        await self._write(conn, heads, case, decision, SYSTEM, now)
        return lambda: self._hint(case_id, heads)

    async def view(self, conn: Connection, case_id: str, viewer: str) -> CaseView:
        """What this participant sees of the case now; `conn` reads as them (`db.reading_as`).

        Raises the `Problem` that a stranger meets when they are not on the case any more.
        """
        case = await self.known(conn, case_id, viewer)
        if viewer not in case.papers.people:
            raise not_on_this_case()
        return view_for(viewer, case, case_id)

    async def known(self, conn: Connection, case_id: str, viewer: str) -> Case:
        """The case as this participant knows it now, from what PostgreSQL shows them; `conn` reads as them."""
        return await self.folds.shown(conn, case_id, viewer, await rooms_shown(conn, case_id, viewer))

    async def document_access(
        self, readers: Pool, seat: Seat, document: str
    ) -> Literal["read-write", "readonly"] | None:
        """What this participant may do with a document now: those in its room write, and read once that has ended.

        None also when PostgreSQL shows them no such document, whatever the case says.
        """
        async with reading_as(readers, seat.case_id, seat.participant_id) as conn:
            is_shown = await conn.fetchval(
                "SELECT true FROM documents WHERE case_id = $1 AND name = $2", UUID(seat.case_id), document
            )
            known = await self.known(conn, seat.case_id, seat.participant_id)
        person = known.papers.people.get(seat.participant_id)
        if not is_shown or person is None or not document_is_open(known, document):
            return None
        rule = write if room_of_document(document) == JOINT else own_draft.write
        return "read-write" if allows(rule, known, person) else "readonly"

    async def may_invite(
        self, conn: Connection, case_id: str, participant: str, role: Role, party: Party | None
    ) -> bool:
        """Whether this participant may invite somebody in this role now."""
        case = await self.facts(conn, case_id)
        return may_invite(case.papers, participant, role, party)

    async def facts(self, conn: Connection, case_id: str) -> Case:
        """The papers alone: what somebody invited may read before they join."""
        return await self.folds.papers(conn, case_id, (await log.lengths(conn, case_id)).get(PAPERS, 0))

    async def _write(
        self,
        conn: Connection,
        heads: log.Heads,
        case: Case,
        decision: e.Decision,
        by: str,
        now: datetime,
        *,
        account_id: str | None = None,
    ) -> tuple[list[log.Entry], Case]:
        # A room is named by the command that opens it; another mediator's room of that name stays what it is.
        opened = {room for room, event in decision if isinstance(event, e.RoomOpened) and is_private(room)}
        if opened & set(heads.rooms):
            raise NameIsTaken
        drafts = [
            log.Draft(room, e.actor_of(event, by), e.kind_of(event), e.body_of(event), _attachments(event))
            for room, event in decision
        ]
        try:
            entries = await log.append(conn, heads.case_id, heads, now, drafts, self._keyring)
        except log.NoRoomLeft:
            raise PrivateRoomsAreUsedUp from None
        written = [told(entry) for entry in entries]
        after = fold(written, case)
        for _, event in decision:
            if isinstance(event, e.ParticipantJoined) and account_id is not None:
                await take_seat(conn, heads.case_id, account_id, event, now)
        await project(conn, heads.case_id, case, after, written)
        await announce(conn, heads.case_id, case, after, written, self._letters)
        if self._calls is not None and (told_of_it := await self._calls(conn, heads.case_id, after, written)):
            _, after = await self._write(conn, heads, after, told_of_it, SYSTEM, now)
        return entries, after

    def _hint_mail(self) -> None:
        """Somebody may have been written to: whoever sends mail should look now, rather than seconds later."""
        self._bus.publish({"mail": True})

    def _hint(self, case_id: str, heads: log.Heads) -> None:
        self._bus.publish({"case": case_id, "heads": heads.lengths()})


def _attachments(event: e.Event) -> tuple[log.Attachment, ...]:
    if not isinstance(event, e.FileAdded | e.ExhibitChosen):
        return ()
    return (log.Attachment(event.sha256, event.size, event.name),)


def _answer(command_id: str, entries: list[log.Entry], after: Case, by: str) -> Answer:
    """Somebody who has just left is in no room any more, and still learns which paper says so."""
    rooms = rooms_of(after, by) | {PAPERS}
    return Answer(command_id, [Place(entry.room, entry.seq) for entry in entries if entry.room in rooms])


def _first_seat(account_id: str, command: c.OpenCase) -> str:
    """The participant whom this account becomes by opening a case with this command."""
    return hashlib.sha256(f"seat {account_id} {command.command_id}".encode()).hexdigest()[:32]


def _fingerprint(command: c.Command | c.OpenCase) -> bytes:
    return hashlib.sha256(type(command).__name__.encode() + msgspec.json.encode(command)).digest()


async def _earlier_answer(
    conn: Connection, case_id: str, by: str, command_id: str, fingerprint: bytes
) -> Answer | None:
    row = await conn.fetchrow(
        """
        SELECT fingerprint, written_rooms, written_seqs FROM commands
        WHERE case_id = $1 AND participant_id = $2 AND command_id = $3
        """,
        UUID(case_id),
        UUID(by),
        UUID(command_id),
    )
    if row is None:
        return None
    if row["fingerprint"] not in {None, fingerprint}:
        raise Problem(
            409,
            "command-id-reused",
            "Something else was sent under this id before.",
            "Send it again with a fresh command_id.",
        )
    places = zip(row["written_rooms"], row["written_seqs"], strict=True)
    return Answer(command_id, [Place(room, seq) for room, seq in places])


async def _keep_answer(conn: Connection, case_id: str, by: str, answer: Answer, fingerprint: bytes) -> None:
    await conn.execute(
        """
        INSERT INTO commands (case_id, participant_id, command_id, fingerprint, written_rooms, written_seqs)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        UUID(case_id),
        UUID(by),
        UUID(answer.command_id),
        fingerprint,
        [place.room for place in answer.written],
        [place.seq for place in answer.written],
    )


async def _erase_words(conn: Connection, seat: Seat, room: str, seq: int) -> None:
    """The words go for good, and with them the fingerprint from which few words could be guessed."""
    await log.erase(conn, seat.case_id, room, seq)
    await conn.execute(
        """
        UPDATE commands SET fingerprint = NULL
        WHERE case_id = $1 AND participant_id = $2
          AND EXISTS (SELECT FROM unnest(written_rooms, written_seqs) AS w (room, seq) WHERE w = ($3::text, $4::bigint))
        """,
        UUID(seat.case_id),
        UUID(seat.participant_id),
        room,
        seq,
    )
