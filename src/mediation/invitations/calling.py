"""Whoever has not come: called when their step of the ladder is reached, reminded when the portal reminds.

All of it is written in the transaction of the entry that it follows from, under the lock of the case: as that entry is
written once, so is a call or a reminder, and a process that is killed leaves neither.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from asyncpg import Record

from mediation import outbox
from mediation.case import events as e
from mediation.case.calling import (
    Named,
    OneToCall,
    has_come,
    next_to_call,
    side_that_has_not_come,
    step_that_asks,
)
from mediation.case.policy import Policy, Responsible
from mediation.case.rooms import may_invite
from mediation.case.state import Case, Papers, Told
from mediation.case.terms import DECIDERS, Party, Role, Tier, team
from mediation.casework.policies import Reach, reach_of
from mediation.db import Connection
from mediation.invitations import sent
from mediation.invitations.inviting import inviting_side
from mediation.invitations.ledger import Row
from mediation.mail import texts
from mediation.problems import Problem

_AGAIN_AFTER: Final = timedelta(hours=20)
"""Who was mailed within it is not reminded: a portal that was off for a while does several reminders at once."""
_MANAGERS: Final[frozenset[Role]] = frozenset({"manager"})


class Caller:
    """Asks people to come, with links to the portal at this origin."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    async def follow(self, conn: Connection, case_id: str, case: Case, written: Sequence[Told]) -> e.Decision:
        """Call and remind whom these entries are a reason to; returns what the business is told in its own room.

        `case` is as it is after them; the caller's transaction holds its lock.
        """
        tells: e.Decision = []
        for told in written:
            party = side_that_has_not_come(case.papers, told.event)
            if party is not None:
                await self._remind(conn, case_id, case.papers, party, DECIDERS, told.at)
                if party == "business":
                    await self._remind_the_desk(conn, case_id, told.at)
            tier = step_that_asks(case.papers, told.event)
            if tier is not None:
                tells += await self._call(conn, case_id, case.papers, tier, told)
        # A side of which nobody has ever come has no room where it could be told.
        return [(room, event) for room, event in tells if case.papers.side("business")]

    async def _call(self, conn: Connection, case_id: str, papers: Papers, tier: Tier, told: Told) -> e.Decision:
        """Call the next one of a step, while nobody has come; whoever was asked before is reminded when it is time."""
        rows = await conn.fetch(_MANAGERS_ASKED, UUID(hex=case_id))
        line = await _line(conn, case_id, papers, tier, rows)
        if has_come(papers, tier, line):
            return []
        if isinstance(told.event, e.Reminded):
            await self._remind(conn, case_id, papers, "business", _MANAGERS, told.at)
        found = next_to_call(line, _today(papers, told.at))
        if found is None:
            is_awaited = any(row["is_open"] for row in rows)
            return [] if is_awaited else [(team("business"), e.NobodyToCall(tier=tier))]
        place, one = found
        row = await sent.make_call(conn, case_id, tier, place, one, told.at)
        await self._mail(conn, papers, row, told.at, is_call=True)
        return [(team("business"), e.ManagerCalled(tier=tier, name=one.name, title=one.title))]

    async def _remind(
        self, conn: Connection, case_id: str, papers: Papers, party: Party, roles: frozenset[Role], now: datetime
    ) -> None:
        """Mail those of a side again who were invited and have not come; their invitation stands as long again."""
        for row in await sent.unanswered(conn, case_id, party, roles, now - _AGAIN_AFTER):
            if row.invited_by is None or may_invite(papers, row.invited_by, row.role, row.party):
                await sent.extend(conn, row.invitation_id, now)
                await self._mail(conn, papers, row, now, is_call=False)

    async def _remind_the_desk(self, conn: Connection, case_id: str, now: datetime) -> None:
        """Mail a business again of which nobody has taken on what a client opened through its page."""
        desk = await conn.fetchrow(_DESK, UUID(hex=case_id))
        if desk is not None:
            await outbox.put(conn, texts.intake_reminder(desk["email"], desk["language"], f"{self._origin}/"), now)

    async def _mail(self, conn: Connection, papers: Papers, row: Row, now: datetime, *, is_call: bool) -> None:
        try:
            token = await sent.add_link(conn, row.invitation_id, now)
        except Problem:
            # It has all the links that an invitation may have, in as many mails.
            return
        link, until, side = f"{self._origin}/join#{token}", now + sent.VALID_FOR, inviting_side(papers, row)
        to = row.email or ""
        if is_call:
            message = texts.called(to, row.language, side, papers.opened.category, link, until)
        else:
            message = texts.invitation_reminder(to, row.language, side, link, until)
        await sent.mark_mailed(conn, row.invitation_id, await outbox.put(conn, message, now))


async def _line(conn: Connection, case_id: str, papers: Papers, tier: Tier, asked: Sequence[Record]) -> list[Named]:
    """Everybody whom the policy of this case names for a step, in their order, as they can be reached now."""
    policy, known = papers.opened.policy, await reach_of(conn, case_id, tier)
    people = policy.rung(tier).people if policy is not None else ()
    business, reaches = known if known is not None else ("", ())
    wanted = [UUID(hex=reach.account) for reach in reaches if reach.account is not None]
    colleagues = (
        {row["account_id"].hex: row for row in await conn.fetch(_COLLEAGUES, UUID(hex=business), wanted)}
        if wanted
        else {}
    )
    here = await conn.fetch(_HERE, UUID(hex=case_id))
    accounts, mailboxes = {row["account_id"].hex for row in here}, {row["email"] for row in here if row["email"]}
    present = {row["participant_id"] for row in here}
    taken = {row["email"] for row in asked if not row["is_revoked"]}
    called = {row["called_place"]: row for row in asked if row["called_for"] == tier}
    line = []
    for place, person in enumerate(people):
        reach = reaches[place] if place < len(reaches) else Reach()
        one, other = _reached(person, reach, colleagues.get(reach.account or ""), taken)
        came_by_call = place in called and called[place]["accepted_by"] in present
        is_here = reach.account in accounts or (one.email is not None and one.email in mailboxes) or came_by_call
        line.append(Named(person=one, stands_in=other, is_called=place in called, is_here=is_here))
    return line


def _reached(
    person: Responsible, reach: Reach, colleague: Record | None, taken: set[str]
) -> tuple[OneToCall, OneToCall | None]:
    """Somebody of a policy and whoever stands in for them: a colleague as their account is now, or an address."""
    if colleague is None:
        email = reach.email or None
        return (
            OneToCall(
                name=person.name,
                title=person.title,
                email=email,
                language=reach.language,
                is_asked=email in taken,
            ),
            None,
        )
    one = OneToCall(
        name=person.name,
        title=person.title,
        email=colleague["email"],
        language=colleague["language"],
        away_until=colleague["until"],
        is_asked=colleague["email"] in taken,
    )
    if colleague["other_email"] is None:
        return one, None
    other = OneToCall(
        name=colleague["other_name"],
        email=colleague["other_email"],
        language=colleague["other_language"],
        away_until=colleague["other_until"],
        is_asked=colleague["other_email"] in taken,
    )
    return one, other


def _today(papers: Papers, now: datetime) -> date:
    """The day on which it is now where the business counts its days."""
    policy: Policy | None = papers.opened.policy
    return policy.calendar.day_of(now) if policy is not None else now.date()


_MANAGERS_ASKED: Final = """
    SELECT email, called_for, called_place, accepted_by, revoked_at IS NOT NULL AS is_revoked,
        accepted_at IS NULL AND revoked_at IS NULL AND declined_at IS NULL AS is_open
    FROM invitations WHERE case_id = $1 AND party = 'business' AND role = 'manager'
    """
_COLLEAGUES: Final = """
    SELECT a.account_id, a.email, a.language, b.until,
        o.name AS other_name, o.email AS other_email, o.language AS other_language, ob.until AS other_until
    FROM organisation_members m JOIN accounts a USING (account_id) LEFT JOIN absences b ON b.account_id = a.account_id
    LEFT JOIN organisation_members om ON om.organisation_id = m.organisation_id AND om.account_id = b.stands_in
    LEFT JOIN accounts o ON o.account_id = om.account_id AND o.disabled_at IS NULL AND NOT o.administrator
    LEFT JOIN absences ob ON ob.account_id = o.account_id
    WHERE m.organisation_id = $1 AND a.account_id = ANY($2::uuid[]) AND a.disabled_at IS NULL AND NOT a.administrator
    """
_HERE: Final = """
    SELECT s.participant_id, s.account_id, coalesce(a.email, i.email) AS email
    FROM seats s JOIN accounts a USING (account_id)
    LEFT JOIN LATERAL (
        SELECT email FROM invitations WHERE case_id = $1 AND accepted_by = s.participant_id LIMIT 1
    ) i ON true
    WHERE s.case_id = $1 AND s.party = 'business' AND s.role IN ('handler', 'manager') AND s.left_at IS NULL
    """
_DESK: Final = """
    SELECT o.email, coalesce(v.language, 'en') AS language
    FROM intakes JOIN case_organisations USING (case_id) JOIN organisations o USING (organisation_id)
    LEFT JOIN invitations v ON v.case_id = $1 AND v.accepted_by = intakes.participant_id
    WHERE intakes.case_id = $1 AND o.kind = 'business' LIMIT 1
    """
