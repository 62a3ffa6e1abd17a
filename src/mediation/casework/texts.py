"""What commands need of the settlement's text, which lies in a shared document that others keep."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec.structs import replace

from mediation.case import commands as c
from mediation.case import events as e
from mediation.case.decide.drafting import NEEDS_TEXT, lapses
from mediation.case.refusals import NameIsTaken, SuggestionIsMalformed, TextCannotBeRead
from mediation.case.state import Case, Drafting, Suggestion, Text
from mediation.db import Connection
from mediation.record import log


class Texts(Protocol):
    """The shared documents, each call within the caller's transaction and under the lock of its case."""

    def is_writable(self, node: Mapping[str, Any], /) -> bool:
        """Whether a clause could be written into a settlement."""

    async def create(
        self,
        conn: Connection,
        case_id: str,
        name: str,
        epoch: int,
        now: datetime,
        node: Mapping[str, Any] | None,
        /,
        *,
        room: str,
        since: int,
    ) -> bool:
        """Make a document of a room, told of in its entry `since`: empty, or with a wording; False if it is there."""

    async def read(self, conn: Connection, case_id: str, name: str, /) -> Text | None:
        """The text as it is committed, held until the transaction ends."""

    async def change(
        self, conn: Connection, case_id: str, name: str, suggestion: Suggestion, text: Text, by: str, now: datetime, /
    ) -> int:
        """Change it as a suggestion says."""

    async def append(
        self, conn: Connection, case_id: str, name: str, updates: list[bytes], by: str | None, now: datetime, /
    ) -> int:
        """Append what somebody typed."""

    async def mark_agreed(self, conn: Connection, case_id: str, name: str, /, *, agreed: bool) -> None:
        """Note whether a side agrees to any clause of it."""

    async def freeze(self, conn: Connection, case_id: str, name: str, now: datetime, /) -> None:
        """Let nobody write any more."""

    async def keep_version(self, conn: Connection, case_id: str, version: str, text: Text, now: datetime, /) -> None:
        """Keep the wording."""

    async def version(self, conn: Connection, case_id: str, version_id: str, /) -> dict[str, Any] | None:
        """A kept wording."""


async def with_text(texts: Texts | None, conn: Connection, case_id: str, known: Case, command: c.Command) -> Case:
    """What the author of a command knows, with the text if the command is about it."""
    return await _with_text(texts, conn, case_id, known) if isinstance(command, NEEDS_TEXT) else known


async def with_frozen_text(texts: Texts | None, conn: Connection, case_id: str, case: Case) -> Case:
    """The case with the text that waits for its time, if one does."""
    return await _with_text(texts, conn, case_id, case) if case.papers.signing is not None else case


async def _with_text(texts: Texts | None, conn: Connection, case_id: str, case: Case) -> Case:
    if texts is None or case.joint is None or case.joint.document is None:
        return case
    return replace(case, text=await texts.read(conn, case_id, case.joint.document.document))


def require_writable(texts: Texts, decision: e.Decision) -> None:
    """Refuse a suggestion that no text could take, before it is entered: some of those no record could hold either."""
    for _, event in decision:
        if isinstance(event, e.SuggestionMade) and event.node is not None and not texts.is_writable(event.node):
            raise SuggestionIsMalformed


async def follow(
    texts: Texts,
    conn: Connection,
    case_id: str,
    known: Case,
    decision: e.Decision,
    written: Sequence[log.Entry],
    now: datetime,
) -> dict[str, int]:
    """Do to the documents what was decided and `written`; returns the new head of each that was changed."""
    heads: dict[str, int] = {}
    joint, text = known.joint, known.text
    for (room, event), entry in zip(decision, written, strict=True):
        match event:
            case e.SuggestionAccepted(suggestion=suggestion_id) if joint is not None and text is not None:
                suggestion = joint.drafting.suggestions[suggestion_id]
                name = text.document
                # These are its author's words, whoever lets them in: the entry says who did.
                heads[name] = await texts.change(conn, case_id, name, suggestion, text, suggestion.by, now)
            case e.DocumentOpened():
                node = await _begin(texts, conn, case_id, known, event)
                await texts.create(conn, case_id, event.document, event.epoch, now, node, room=room, since=entry.seq)
            case e.DraftOpened():
                node = await _draft_from(texts, conn, case_id, known, room, event)
                # A name that is taken may be that of a draft which its author was never to read.
                if not await texts.create(conn, case_id, event.document, 1, now, node, room=room, since=entry.seq):
                    raise NameIsTaken
            case e.ClauseAssentGiven() if joint is not None and joint.document is not None:
                await texts.mark_agreed(conn, case_id, joint.document.document, agreed=True)
            case e.VersionKept() if text is not None:
                await texts.keep_version(conn, case_id, event.version, text, now)
            case e.SettlementFrozen():
                await texts.freeze(conn, case_id, event.document, now)
            case _:
                pass
    return heads


async def _draft_from(
    texts: Texts, conn: Connection, case_id: str, known: Case, room: str, event: e.DraftOpened
) -> dict[str, Any] | None:
    """The wording that a side's draft begins with: a text as its author reads it now, and none of its history."""
    on_the_table, own = known.joint.document if known.joint is not None else None, known.private[room].draft
    source = {"table": on_the_table, "draft": own}.get(event.begun_with)
    if source is None:
        return None
    text = await texts.read(conn, case_id, source.document)
    if text is None:
        raise TextCannotBeRead
    return text.node


async def _begin(
    texts: Texts, conn: Connection, case_id: str, known: Case, event: e.DocumentOpened
) -> dict[str, Any] | None:
    """The wording a new document begins with: a version's, or what was frozen; the first one begins empty."""
    if event.version is not None:
        return await texts.version(conn, case_id, event.version)
    return known.text.node if known.text is not None else None


def lapsed(drafting: Drafting, text: Text | None) -> e.Decision:
    """What follows for the sides' agreement now that the text reads like this."""
    now = {one.clause: one.text_hash for one in text.clauses} if text is not None else {}
    changed = {
        clause
        for clause, given in drafting.assents.items()
        if any(text_hash != now.get(clause) for text_hash in given.values())
    }
    return lapses(drafting, changed)
