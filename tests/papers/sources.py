"""Settlements to print: their text, and the case that they are of."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from immutables import Map

from mediation.case.events import CaseOpened, PartyFacts
from mediation.case.state import Papers, Person, Session, Signature, Signing
from mediation.case.terms import Party
from mediation.papers.content import Seals, Source

AT = datetime(2026, 11, 21, 14, 3, 5, tzinfo=UTC)
Node = dict[str, Any]


def text(words: str, *marks: str) -> Node:
    return {"type": "text", "text": words, **({"marks": [{"type": mark} for mark in marks]} if marks else {})}


def paragraph(*content: Node) -> Node:
    return {"type": "paragraph", "content": list(content)}


def clause(*content: Node) -> Node:
    return {"type": "clause", "attrs": {"id": uuid4().hex}, "content": list(content)}


def items(kind: str, *each: Node) -> Node:
    return {"type": kind, "content": [{"type": "list_item", "content": [one]} for one in each]}


def table(*rows: list[str]) -> Node:
    cells = [[{"type": "table_cell", "content": [paragraph(text(words))]} for words in row] for row in rows]
    return {"type": "table", "content": [{"type": "table_row", "content": row} for row in cells]}


def doc(*content: Node) -> Node:
    return {"type": "doc", "content": list(content)}


def a_source(node: Node, title: str = "Web shop redesign") -> Source:
    """A case that a settlement with this text has ended."""
    facts = CaseOpened(
        title=title,
        category="timeline",
        account="",
        amount=None,
        business=PartyFacts(name="Halden Studio GmbH", place="Hamburg"),
        client=PartyFacts(name="Vera Lindqvist", place="Lübeck", capacity="consumer"),
        ladder=("talks", "mediation"),
        tier="mediation",
        host="",
        host_is_party=False,
        fees="",
        agreement="",
        agreement_sha256="",
    )
    mediator = Person(participant="m", name="Amara Okafor", role="mediator", party=None, title="", joined_at=AT)
    signature = Signature(
        participant="h", at=AT, name="Jonas Halden", capacity="business", place="", authority="", identified_by="code"
    )
    signatures: dict[Party, Signature] = {"business": signature, "client": signature}
    signing = Signing(
        document="settlement.1",
        text_hash="ab" * 32,
        partial=False,
        frozen_at=AT,
        sign_from=AT,
        days_to_withdraw=0,
        effective_at=AT,
        signatures=Map(signatures),
    )
    papers = Papers(
        facts=facts,
        opened_at=AT,
        people=Map({"m": mediator}),
        mediator="m",
        began_at=AT,
        sessions=(Session("s", AT, AT, ("m",)),),
        outcome="settled",
        ended_at=AT,
        signing=signing,
    )
    seals = Seals(checkpoint=7, checkpoint_sha256="cd" * 32, checkpoint_at=AT, record_key="ef" * 32, seal_key="01" * 32)
    return Source(
        case_id="0123456789abcdef" * 2,
        papers=papers,
        seals=seals,
        host="Bridge",
        address="https://mediation.example",
        text_hash="ab" * 32,
        node=node,
    )
