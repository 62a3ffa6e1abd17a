"""The whole portal in this process behind real sockets, and everybody who may knock at it."""

import contextlib
import hashlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from litestar import Litestar

from apps import portal_app
from casebook import HOST
from feeds import serving
from mediation import clock
from mediation.casework.handle import Casework
from mediation.identity import accounts, sessions
from mediation.settings import Settings
from way_in import cookie, settings_for

# Nobody in these tests is a burglar by how often they come; the limits have tests of their own.
UNHURRIED = dict.fromkeys(
    ("sign_in_tries", "invitation_tries", "invitations_a_day", "command_tries", "frame_tries", "upload_mib"), 1_000_000
)


@dataclass
class WholePortal:
    """A running portal: `http` speaks to its real port as a script does, `owner` reads what its database holds."""

    app: Litestar
    port: int
    http: httpx.AsyncClient
    owner: "asyncpg.Connection[asyncpg.Record]"
    settings: Settings
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def casework(self) -> Casework:
        casework: Casework = self.app.state.casework
        return casework

    def new_id(self) -> str:
        """Ids that come in the same order in every portal, so that two of them can be compared."""
        return numbered("made", next(self._numbers))

    async def account(self, name: str, kind: str = "staff", account_id: str | None = None) -> str:
        """An account; with an id of one's choice where two portals are to have the same."""
        address = f"{account_id or name.replace(' ', '.')}@people.example"
        async with self.casework.pool.acquire() as conn:
            made = (
                await accounts.create_staff(conn, name, address, None, clock.now())
                if kind == "staff"
                else await accounts.create_guest(conn, name, clock.now())
            )
        if account_id is None:
            return made
        await self.owner.execute(
            "UPDATE accounts SET account_id = $2 WHERE account_id = $1", UUID(made), UUID(account_id)
        )
        return account_id

    async def session(self, account_id: str) -> dict[str, str]:
        """The header that signs an account in, with a session of its own."""
        async with self.casework.pool.acquire() as conn:
            return cookie(await sessions.create(conn, account_id, clock.now()))

    async def join(self, case_id: str, account_id: str, participant: str, seat: Any) -> None:
        """A seat, as if its invitation had been accepted."""
        async with self.casework.pool.acquire() as conn, conn.transaction():
            tell = await self.casework.join(conn, case_id, account_id, participant, seat, clock.now())
        tell()


def numbered(what: str, number: int | str) -> str:
    """32 hex digits that stand for something, the same in every run."""
    return hashlib.sha256(f"{what} {number}".encode()).hexdigest()[:32]


@contextlib.asynccontextmanager
async def whole_portal(database: str, folder: Path, **changes: Any) -> AsyncIterator[WholePortal]:
    """The portal on this database, with real sockets; `changes` are settings."""
    settings = settings_for(
        folder, **{"database_url": database, "operator": HOST, "pool_size": 6, **UNHURRIED, **changes}
    )
    owner = await asyncpg.connect(database)
    try:
        async with (
            portal_app(settings) as app,
            serving(app) as port,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as http,
        ):
            http.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
            yield WholePortal(app, port, http, owner, settings)
    finally:
        await owner.close()
