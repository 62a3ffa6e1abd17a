"""What is delivered: which papers are told, and the rows that wait for delivery, written with what they tell of."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from mediation.case import events as e
from mediation.case.state import Told
from mediation.case.terms import PAPERS
from mediation.db import Connection

GIVE_UP_AFTER: Final = timedelta(days=4)

KINDS: Final[dict[str, str]] = {
    "MediatorAppointed": "mediator-appointed",
    "MediationBegan": "mediation-began",
    "NoticeServed": "notice-served",
    "NoticeAnswered": "notice-answered",
    "Reminded": "reminded",
    "TermExpired": "term-expired",
    "TermExtended": "term-extended",
    "TierReached": "step-taken",
    "TierSkipped": "step-skipped",
    "StandstillAgreed": "standstill-agreed",
    "CaseRested": "case-rested",
    "CaseWoken": "case-woken",
    "SettlementFrozen": "text-frozen",
    "SettlementReopened": "text-reopened",
    "SettlementSigned": "text-signed",
    "SignatureTakenBack": "signature-taken-back",
    "SettlementEffective": "settlement-effective",
    "MediationEnded": "mediation-ended",
    "CaseClosed": "case-closed",
    "TalkErased": "talk-erased",
}
"""The papers of which other systems are told, and what they are called there. Nothing that is said in a room."""

OPENED: Final = "case-opened"
"""That a case is with a business from now on: it is told of no case before."""
TEST: Final = "test"


async def put(conn: Connection, case_id: str, written: Iterable[Told]) -> None:
    """Have what became a paper delivered to the businesses of the case, once the transaction is committed."""
    told = [t for t in written if t.room == PAPERS and e.kind_of(t.event) in KINDS]
    if not told:
        return
    hooks = await conn.fetch(
        """
        SELECT organisation_id FROM case_organisations JOIN webhooks USING (organisation_id)
        WHERE case_id = $1 AND enabled
        """,
        UUID(hex=case_id),
    )
    for hook in hooks:
        for one in told:
            kind = KINDS[e.kind_of(one.event)]
            await add(conn, hook["organisation_id"], UUID(hex=case_id), kind, one.at)


async def put_opening(conn: Connection, case_id: str, organisation: str | None, at: datetime) -> None:
    """Have a business told that a case is with it, once the transaction that says so is committed; None is nobody."""
    if organisation is not None and await conn.fetchval(
        "SELECT enabled FROM webhooks WHERE organisation_id = $1", UUID(hex=organisation)
    ):
        await add(conn, UUID(hex=organisation), UUID(hex=case_id), OPENED, at)


async def add(conn: Connection, organisation: UUID, case_id: UUID | None, kind: str, at: datetime) -> UUID:
    """Have one thing delivered; returns the id under which it is, from try to try."""
    delivery = uuid.uuid4()
    await conn.execute(
        """
        INSERT INTO webhook_deliveries (delivery_id, organisation_id, case_id, kind, at, created_at, give_up_at,
            next_try_at)
        VALUES ($1, $2, $3, $4, $5, $5, $6, $5)
        """,
        delivery,
        organisation,
        case_id,
        kind,
        at,
        at + GIVE_UP_AFTER,
    )
    return delivery
