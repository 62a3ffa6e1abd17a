"""A text that both sides agree to, in a whole portal over real sockets, and the people who sign it."""

import email
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any
from uuid import UUID, uuid4

import httpx
from litestar import Litestar

from authenticator import Authenticator
from casebook import a_clause
from mediation import clock
from mediation.case import commands as c
from mediation.case.state import Text
from mediation.case.terms import Party, Role
from mediation.drafting import texts
from mediation.identity import accounts
from mediation.invitations import sent
from mediation.record import log
from office import Docket

WORDS = "The studio repays nine hundred and forty euros."
GUESTS = frozenset({"client", "companion"})


@dataclass
class Time:
    """The portal's clock: it stands still until a test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def on(self, weekday: int, hour: int, minute: int = 0) -> None:
        """Move on to the next such moment, Monday being 0."""
        day = self.now.date() + timedelta(days=(weekday - self.now.weekday()) % 7)
        moved = datetime.combine(day, time(hour, minute), UTC)
        assert moved >= self.now
        self.now = moved


class Signatories(Docket):
    """A case whose people have addresses: staff of their own, guests the one to which they were invited."""

    async def account_of(self, nickname: str) -> str:
        async with self.casework.pool.acquire() as conn:
            if nickname in GUESTS:
                return await accounts.create_guest(conn, nickname.title(), clock.now())
            return await accounts.create_staff(
                conn, nickname.title(), f"{nickname}@people.example", None, clock.now(), language="de"
            )

    async def join(self, nickname: str, role: Role, party: Party | None) -> "Signatories":
        await super().join(nickname, role, party)
        if nickname in GUESTS:
            participant = self.seats[nickname].participant_id
            async with self.casework.pool.acquire() as conn:
                await sent.make_accepted(
                    conn, self.case_id, participant, f"{nickname}@people.example", "en", clock.now()
                )
        return self

    async def text(self) -> Text:
        async with self.casework.pool.acquire() as conn, conn.transaction():
            found = await texts.read(conn, self.case_id, (await self.sees("mediator")).documents[0].name)
        assert found is not None
        return found

    async def agree_on(self, words: str = WORDS) -> None:
        """The mediator writes a clause, and both sides agree to it."""
        document, clause = (await self.sees("mediator")).documents[0].name, uuid4().hex
        suggestion = await self.do(
            "client", c.Suggest, document=document, change="insert", clause=clause, node=a_clause(clause, words)
        )
        await self.do("mediator", c.AcceptSuggestion, suggestion=suggestion)
        await self.agree_to_all()

    async def agree_to_all(self) -> None:
        for clause in (await self.text()).clauses:
            for nickname in ("client", "handler"):
                await self.do(nickname, c.GiveClauseAssent, clause=clause.clause, text_hash=clause.text_hash)

    async def freeze(self) -> None:
        await self.do("mediator", c.Freeze, text_hash=(await self.text()).text_hash)

    async def papers(self) -> list[str]:
        """What was entered in the papers, by kind."""
        async with self.casework.pool.acquire() as conn:
            entries = await log.read(conn, self.case_id, "papers")
        return [entry.kind for entry in entries if isinstance(entry, log.Entry)]


@dataclass
class Room:
    """Where the text is signed, by nickname."""

    app: Litestar
    docket: Signatories
    http: httpx.AsyncClient
    time: Time

    async def ask(self, who: str, path: str, headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        """POST something about the case."""
        signed_in = headers or await self.docket.cookie(who)
        return await self.http.post(f"/api/cases/{self.docket.case_id}{path}", headers=signed_in, **more)

    async def mails_to(self, who: str) -> list[EmailMessage]:
        """Everything that was mailed to somebody so far, the oldest first."""
        await self.app.state.outbox.send_due()
        folder = self.app.state.settings.mail_dir
        files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        mails = [email.message_from_bytes(file.read_bytes(), policy=modern) for file in files]
        return [mail for mail in mails if mail["To"] == f"{who}@people.example"]

    async def code_for(self, who: str) -> str:
        """Ask for a code, and read it from the newest mail."""
        answer = await self.ask(who, "/signing/code")
        assert answer.status_code == 202, answer.text
        found = re.search(r"\b\d{6}\b", (await self.mails_to(who))[-1].get_content())
        assert found
        return found[0]

    async def body(self, who: str, **fields: Any) -> dict[str, Any]:
        """What a browser sends to sign, but for the proof."""
        return {
            "command_id": uuid4().hex,
            "text_hash": (await self.docket.text()).text_hash,
            "name": f"{who.title()} Example",
            "capacity": "consumer" if who == "client" else "business",
            "place": "Hamburg",
            "authority": "managing director",
            "consent": True,
            **fields,
        }

    async def sign(self, who: str, **fields: Any) -> httpx.Response:
        """Ask for a code, unless one is given, and sign with it."""
        proof = fields if "code" in fields or "credential" in fields else {"code": await self.code_for(who), **fields}
        return await self.ask(who, "/signatures", json=await self.body(who, **proof))

    async def key_of(self, who: str, headers: dict[str, str], *, is_new: bool = False) -> Authenticator:
        """A passkey that somebody added to their account: the day before yesterday, or just now."""
        key = Authenticator(self.app.state.settings.origin)
        asked = (await self.http.post("/api/account/passkeys/options", headers=headers)).json()
        body = {"challenge_id": asked["challenge_id"], "name": "Phone", "credential": key.make(asked["options"])}
        answer = await self.http.post("/api/account/passkeys", headers=headers, json=body)
        assert answer.status_code == 201, answer.text
        if not is_new:
            async with self.docket.casework.pool.acquire() as conn:
                await conn.execute(
                    """
                    WITH added AS (DELETE FROM passkeys WHERE passkey_id = $1 RETURNING *)
                    INSERT INTO passkeys (passkey_id, account_id, credential_id, public_key, sign_count,
                                          created_at, name)
                    SELECT passkey_id, account_id, credential_id, public_key, sign_count,
                           created_at - interval '2 days', name FROM added
                    """,
                    UUID(answer.json()["passkey"]),
                )
        return key

    async def challenge(self, who: str, headers: dict[str, str]) -> Any:
        answer = await self.ask(who, "/signing/passkey-options", headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


def refused(answer: httpx.Response) -> str:
    """The code of a refusal."""
    assert answer.status_code >= 400, answer.text
    return str(answer.json()["code"])
