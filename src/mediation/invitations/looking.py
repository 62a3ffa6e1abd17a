"""What holds of everybody who comes with a link: how often, whether it still works, whose mailbox they read."""

from datetime import datetime
from typing import Any, Final

from litestar import Request
from litestar.datastructures import State

from mediation import outbox
from mediation.case.state import Papers
from mediation.casework.handle import Casework
from mediation.db import Connection
from mediation.identity import accounts, codes, limits
from mediation.identity.codes import Subject
from mediation.identity.limits import Budget, address_of
from mediation.identity.sessions import Session
from mediation.invitations import ledger, visits
from mediation.invitations.ledger import Row
from mediation.mail import texts
from mediation.mail.message import Language
from mediation.problems import Problem

AnyRequest = Request[Any, Any, State]
# Roles in which people with an account of their own come to a case; a client's seat never hangs on a staff account.
STAFF_ROLES: Final = frozenset({"mediator", "handler", "manager", "counsel", "legal"})
_MINUTES: Final = int(codes.VALID_FOR.total_seconds() // 60)


def session_in(request: AnyRequest) -> Session | None:
    """Return who is signed in in this browser, if anybody is."""
    session: Session | None = request.scope["state"]["session"]
    return session


async def papers_of(conn: Connection, request: AnyRequest, row: Row) -> Papers:
    """Return the papers of the case that the invitation leads to."""
    casework: Casework = request.app.state.casework
    return (await casework.facts(conn, row.case_id)).papers


async def count(conn: Connection, request: AnyRequest, now: datetime) -> None:
    """Count a use of a link by network address; raises `TooManyTries`."""
    budget = Budget("invitation-address", request.app.state.settings.invitation_tries)
    await limits.spend(conn, budget, address_of(request.scope), now)


def usable(row: Row | None, now: datetime, *, even_accepted: bool = False) -> Row:
    """Return the invitation if its link can still be used; raises the `Problem` that says why it cannot."""
    ask_again = "Ask whoever invited you for a new link."
    if row is None:
        raise Problem(
            404,
            "invitation-unknown",
            "This link does not lead to an invitation.",
            "Check that you have the whole link, or ask whoever invited you for a new one.",
        )
    match row.state(now):
        case "accepted" if row.is_dead_link:
            raise Problem(410, "invitation-revoked", "This link was replaced by another.", ask_again)
        case "accepted" if not even_accepted:
            raise Problem(
                409,
                "invitation-already-used",
                "This invitation has been accepted already.",
                "If it was you, ask for a code: it leads you back in. If not, tell whoever invited you.",
            )
        case "revoked":
            raise Problem(410, "invitation-revoked", "This invitation was taken back.", ask_again)
        case "expired":
            raise Problem(410, "invitation-expired", "This invitation has expired.", ask_again)
        case _:
            return row


async def is_theirs(conn: Connection, request: AnyRequest, row: Row) -> bool:
    """Whether this browser is signed in as the person whom the invitation made."""
    session = session_in(request)
    return session is not None and await ledger.holder_of(conn, row) == session.account_id


async def is_verified(conn: Connection, request: AnyRequest, row: Row, now: datetime) -> bool:
    """Whether this browser reads the mailbox that was invited: by a code, or by an account of that address."""
    session = session_in(request)
    if (
        session is not None
        and row.email is not None
        and await ledger.reads_mailbox(conn, session.account_id, row.email)
    ):
        return True
    return await visits.is_verified(conn, request.scope, row.invitation_id, now)


async def require_verified(conn: Connection, request: AnyRequest, row: Row, now: datetime) -> None:
    """Raise `Problem` 403 unless this browser reads the mailbox that was invited."""
    if not await is_verified(conn, request, row, now):
        raise Problem(
            403,
            "code-needed",
            "First show that this invitation is yours.",
            "Ask for a code: we mail it to the address that was invited.",
        )


async def require_own_account(conn: Connection, session: Session | None, row: Row) -> None:
    """Raise `Problem` 409 when the seat belongs on a staff account of this address, and nobody is signed in to one.

    A guest's seat beside it would be missing from that person's list, and a mediator's earlier cases would not count.
    """
    if row.role not in STAFF_ROLES or row.email is None or (session is not None and session.kind == "staff"):
        return
    account = await accounts.find_by_email(conn, row.email)
    if account is not None and account.kind == "staff" and not account.is_disabled:
        raise sign_in_instead()


def sign_in_instead() -> Problem:
    """The refusal for a mailbox whose owner has an account here: it may sit on many cases, so one mail is no key."""
    return Problem(
        409, "sign-in-instead", "There is an account with this address.", "Sign in with it, then open this link again."
    )


def no_longer_stands() -> Problem:
    """The refusal for a link whose seat is gone, or is not its inviter's to give any more."""
    return Problem(
        410, "invitation-revoked", "This invitation no longer stands.", "Ask whoever invited you for a new link."
    )


async def mail_code(
    conn: Connection, request: AnyRequest, subject: Subject, language: Language, now: datetime
) -> codes.Made:
    """Make a code and write the mail that brings it, in one transaction. Raises `TooManyTries`."""
    async with conn.transaction():
        made = await codes.make(conn, codes.key_of(request.app.state.keyring), subject, now)
        if made.digits is not None:
            message = texts.code(subject.email, language, made.digits, _MINUTES)
            await outbox.put(conn, message, now, useless_after=made.expires_at)
    return made
