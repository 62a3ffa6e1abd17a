"""What an operator runs beside the portal: `mediation migrate`, `export`, `hold`, `keys` and `doctor`.

What an operator does to a case is a paper of that case, which everybody on it reads.
"""

import asyncio
import contextlib
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from mediation import clock, db, embedded, migrate
from mediation.app import keyring_of
from mediation.bus import Bus
from mediation.case.events import HoldLifted, HoldPlaced, OperatorAccess
from mediation.case.state import Hold
from mediation.case.terms import PAPERS
from mediation.casework.handle import Casework
from mediation.export.bundle import NotOnThisCase, write_bundle
from mediation.identity.accounts import Language, create_staff, find_by_email
from mediation.identity.resets import RESET_LASTS, write_link
from mediation.papers.carrying import Carried
from mediation.papers.sealing import FILE, Sealer
from mediation.problems import Problem
from mediation.record import log
from mediation.record.doctor import doctor
from mediation.record.keys import KeyForeign, KeyRetired, Keyring, KeyUnusable, public_keys
from mediation.record.log import CaseUnknown
from mediation.settings import (
    CATALOGUE,
    CannotRun,
    Settings,
    advice,
    load_settings,
    read_settings,
    refuse_unsafe,
    shown,
)
from mediation.storage import storage_of


def run_migrate(env: Mapping[str, str]) -> None:
    """Brings the database up to date. Raises `CannotRun`."""
    with database(load_settings(env)) as dsn:
        _say(f"Database at revision {migrate.upgrade(dsn)}")


def run_doctor(env: Mapping[str, str], case: str | None) -> int:
    """Lists settings and the state of the database; with `case`, rebuilds its record, or of "all" cases.

    Returns 1 when something is wrong. Raises `CannotRun`.
    """
    settings = read_settings(env)
    for setting in CATALOGUE:
        _say(f"{setting.variable:<26} {shown(setting, settings):<24} {setting.meaning}")
    _say("")
    for sentence in advice(settings):
        _say(f"Note: {sentence}")
    refuse_unsafe(settings)
    if settings.database_url is None and not (settings.data_dir / "postgresql").exists():
        _say("There is no embedded database yet: `mediation serve` makes it.")
        return 0
    with database(settings) as dsn:
        reached, newest = migrate.revision(dsn), migrate.newest()
        _say(f"PostgreSQL {migrate.server_version(dsn)}, database at revision {reached or 'none'} of {newest}")
        if reached != newest:
            _say("Wrong: migrations are missing. `mediation migrate` applies them.")
            return 1
        to_erase, to_do = asyncio.run(_overdue(dsn))
        if to_erase:
            _say(f"Note: cases in which talk should have been erased by now: {to_erase}. A running portal does that.")
        if to_do:
            _say(f"Note: cases where something is overdue by itself: {to_do}. A running portal does it, or says why.")
        return asyncio.run(_check_record(dsn, case)) if case else 0


def run_export(env: Mapping[str, str], case: str, participant: str, out: Path) -> None:
    """Writes the bundle of one participant to `out`, for nobody else to read. Raises `CannotRun`.

    A paper of the case says so before anything is written: nobody is exported without being able to see it.
    """
    settings = load_settings(env)
    case_id, participant_id = hex_id("CASE", case), hex_id("--for", participant)
    with database(settings) as dsn:
        asyncio.run(_export(settings, dsn, case_id, participant_id, out))
    _say("The papers of the case now say that you exported this.")
    _say(f"Written: {out}")


async def _export(settings: Settings, dsn: str, case_id: str, participant_id: str, out: Path) -> None:
    # A bundle that was cut short must never lie where a whole one is expected.
    unfinished = out.with_name(f"{out.name}.unfinished")
    try:
        async with _casework(settings, dsn) as (casework, keyring), casework.pool.acquire() as connection:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                await _announce_export(connection, casework, case_id, participant_id)
                carried = Carried(
                    casework,
                    storage_of(settings),
                    Sealer(settings.keys_dir, settings.operator or ""),
                    host=settings.operator or "",
                    address=settings.base_url,
                )
                await write_bundle(connection, case_id, participant_id, file, keyring, clock.now(), carried)
        unfinished.replace(out)
    except (NotOnThisCase, CaseUnknown):
        raise CannotRun("This participant has nothing to take away from this case: check both ids.") from None
    except Problem as failure:
        raise CannotRun(str(failure)) from failure
    except OSError as failure:
        raise CannotRun(f"{out} cannot be written: {failure.strerror}.") from failure
    finally:
        unfinished.unlink(missing_ok=True)


async def _announce_export(connection: db.Connection, casework: Casework, case_id: str, participant_id: str) -> None:
    """Write the paper, and return once it is committed. Raises NotOnThisCase and writes none for a stranger."""
    access = OperatorAccess(what="export", participant=participant_id)
    async with connection.transaction():
        await log.lock(connection, case_id)
        if not await _may_take_away(connection, case_id, participant_id):
            raise NotOnThisCase(case_id)
        tell = await casework.record(connection, case_id, [(PAPERS, access)], clock.now())
    tell()


async def _may_take_away(connection: db.Connection, case_id: str, participant_id: str) -> bool:
    """Whether this participant sits on the case now, as everybody does who reads its papers."""
    return bool(
        await connection.fetchval(
            """
            SELECT EXISTS (SELECT FROM memberships
                WHERE case_id = $1 AND participant_id = $2 AND room = 'papers' AND until_seq IS NULL)
            """,
            UUID(case_id),
            UUID(participant_id),
        )
    )


def run_hold(env: Mapping[str, str], case: str, order: str | None) -> None:
    """Stops all erasure of a case because an order says so, or, without `order`, lifts that. Raises `CannotRun`.

    Both are papers of the case. What both sides and the mediator asked for together only they can lift.
    """
    settings, case_id = load_settings(env), hex_id("CASE", case)
    if order is not None and not re.fullmatch(r"[^\x00-\x1f\x7f]{1,200}", order.strip()):
        raise CannotRun("--order is the reference of the order in one line of at most 200 characters.")
    with database(settings) as dsn:
        asyncio.run(_hold(settings, dsn, case_id, None if order is None else order.strip()))
    _say("Nothing of this case is erased from now on." if order else "The order is lifted; the papers say so.")


async def _hold(settings: Settings, dsn: str, case_id: str, order: str | None) -> None:
    try:
        async with _casework(settings, dsn) as (casework, _), casework.pool.acquire() as connection:
            async with connection.transaction():
                await log.lock(connection, case_id)
                paper = _order((await casework.facts(connection, case_id)).papers.hold, order)
                tell = await casework.record(connection, case_id, [(PAPERS, paper)], clock.now())
            tell()
    except CaseUnknown:
        raise CannotRun(f"There is no case {case_id} in this database.") from None


def _order(hold: Hold, order: str | None) -> HoldPlaced | HoldLifted:
    if order is None and hold.ground != "order":
        raise CannotRun("No order holds this case.")
    if order is not None and (hold.ground, hold.reference) == ("order", order):
        raise CannotRun("This order holds the case already.")
    return HoldLifted() if order is None else HoldPlaced(ground="order", reference=order)


@contextlib.asynccontextmanager
async def _casework(settings: Settings, dsn: str) -> AsyncIterator[tuple[Casework, Keyring]]:
    """What writes papers, on connections of its own; running portals are told when it has. Raises `CannotRun`."""
    pool = await db.open_pool(dsn, size=2)
    try:
        keyring, bus = keyring_of(settings), Bus(dsn)
        async with pool.acquire() as connection:
            await keyring.register(connection, settings.keys_dir)
        await bus.start()
        try:
            yield Casework(pool, bus, keyring, host=settings.operator or ""), keyring
        finally:
            await bus.stop()
    except (KeyForeign, KeyRetired, KeyUnusable) as failure:
        raise CannotRun(str(failure)) from failure
    finally:
        await pool.close()


def run_keys(env: Mapping[str, str], *, rotate: bool) -> None:
    """Lists the signing keys, the present one last; with `rotate`, hands over to a fresh one. Raises `CannotRun`."""
    settings = load_settings(env)
    with database(settings) as dsn:
        asyncio.run(_keys(settings, dsn, rotate=rotate))


async def _keys(settings: Settings, dsn: str, *, rotate: bool) -> None:
    connection = await db.connect(dsn)
    try:
        keyring = keyring_of(settings)
        await keyring.register(connection, settings.keys_dir)
        if rotate:
            settings.keys_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            await keyring.rotate(connection, settings.keys_dir, clock.now())
            _say(f"The new key lies in {settings.keys_dir}: back it up. A running portal follows by itself.")
        if Sealer.is_made(settings.keys_dir):
            seal = Sealer(settings.keys_dir, settings.operator or "").fingerprint
            _say(f"{seal}  certificate of the seal on papers, in {settings.keys_dir / FILE}")
        for key in await public_keys(connection):
            _say(f"{key.key_id}  from {key.valid_from:%Y-%m-%d %H:%M} UTC")
    except (KeyForeign, KeyRetired, KeyUnusable) as failure:
        raise CannotRun(str(failure)) from failure
    finally:
        await connection.close()


def run_account_add(
    env: Mapping[str, str],
    name: str,
    email: str,
    password: str,
    *,
    administrator: bool = False,
    language: Language = "en",
) -> None:
    """Makes a staff account that signs in with e-mail and password. Raises `CannotRun`."""
    with database(load_settings(env)) as dsn:
        migrate.upgrade(dsn)
        asyncio.run(_add_account(dsn, name, email, password, administrator=administrator, language=language))
    _say(f"{name} can sign in as {email}.")


async def _add_account(
    dsn: str, name: str, email: str, password: str, *, administrator: bool, language: Language
) -> None:
    connection = await db.connect(dsn)
    try:
        await create_staff(
            connection, name, email, password, clock.now(), administrator=administrator, language=language
        )
    except Problem as refused:
        raise CannotRun(f"{refused.title} {refused.next_step}") from None
    finally:
        await connection.close()


def run_account_link(env: Mapping[str, str], email: str) -> None:
    """Prints a link that sets the password of a staff account. Raises `CannotRun`."""
    settings = load_settings(env)
    with database(settings) as dsn:
        _say(asyncio.run(_account_link(settings, dsn, email)))


async def _account_link(settings: Settings, dsn: str, email: str) -> str:
    connection = await db.connect(dsn)
    try:
        account = await find_by_email(connection, email)
        if account is None or account.is_disabled:
            raise CannotRun(f"No open account signs in as {email}.")
        return await write_link(connection, settings.base_url, account.account_id, clock.now(), RESET_LASTS)
    finally:
        await connection.close()


async def _overdue(dsn: str) -> tuple[int, int]:
    """How many cases wait to be erased, and how many for what is due by itself, longer than a running worker leaves."""
    connection = await db.connect(dsn)
    try:
        late = clock.now() - timedelta(hours=1)
        row = await connection.fetchrow(
            """
            SELECT (SELECT count(*) FROM keeping WHERE due_at < $1), (SELECT count(*) FROM due WHERE due_at < $1)
            """,
            late,
        )
        return (int(row[0]), int(row[1])) if row is not None else (0, 0)
    finally:
        await connection.close()


async def _check_record(dsn: str, case: str) -> int:
    connection = await db.connect(dsn)
    try:
        cases = await _all_cases(connection) if case == "all" else [hex_id("CASE", case)]
        wrong = 0
        for case_id in cases:
            findings = await doctor(connection, case_id)
            wrong += len(findings)
            _say(f"Record of {case_id}: {'sound' if not findings else 'WRONG'}")
            for finding in findings:
                _say(f"  {finding}")
    except CaseUnknown:
        raise CannotRun(f"There is no case {case} in this database.") from None
    finally:
        await connection.close()
    return 1 if wrong else 0


async def _all_cases(connection: db.Connection) -> list[str]:
    return [row["case_id"].hex for row in await connection.fetch("SELECT case_id FROM cases ORDER BY case_id")]


def hex_id(name: str, text: str) -> str:
    """`text` as an id of 32 hex digits. Raises `CannotRun` naming the argument."""
    plain = text.replace("-", "").lower()
    if not re.fullmatch(r"[0-9a-f]{32}", plain):
        raise CannotRun(f"{name} is an id of 32 hexadecimal digits, and {text!r} is none.")
    return plain


def database(settings: Settings) -> contextlib.AbstractContextManager[str]:
    """The address of the portal's database; the embedded server is started for the while if it is not running."""
    if settings.database_url is not None:
        return contextlib.nullcontext(settings.database_url)
    return embedded.running(settings.data_dir)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
