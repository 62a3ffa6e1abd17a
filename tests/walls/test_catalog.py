"""What PostgreSQL itself says about the second wall, asked of its catalogue so that no later migration forgets it."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import asyncpg
import pytest

from mediation import db
from mediation.db import Connection

ROLES = ["mediation_app", "mediation_eraser", "mediation_reader"]

WALLED = {
    "cases",
    "checkpoint_stamps",
    "checkpoints",
    "commands",
    "document_snapshots",
    "document_updates",
    "document_versions",
    "documents",
    "due",
    "entries",
    "erasures",
    "files",
    "keeping",
    "memberships",
    "notes",
    "notice_room_wishes",
    "notices",
    "openings",
    "printed_papers",
    "printings",
    "rooms",
    "seats",
    "uploads",
}
"""What holds, counts or dates what is said in rooms."""

EXEMPT = {
    "case_organisations": "which organisation a case came to, for the organisation's own lists: nothing of any room",
    "complaints": "goes past the case and its rooms on purpose, to whoever answers for the mediator",
    "demo_links": "a way to sign in at a trial; production never fills it",
    "intakes": "what a client hands in before there is a room, read again by nobody but the first entry of papers",
    "invitations": "who was asked to come, told to whoever asked them; nothing that was said",
    "webhook_deliveries": "that something became a paper, for the business whose case it is: no word, and no room",
    "presence": "who is connected to a case, which everybody on it is shown",
}
"""What belongs to a case and is not walled, with the reason. The reader has no grant on any of it."""

SHOWN = {
    "cases": {"case_id", "opened_at", "checkpoint_n", "checkpoint_hash", "checkpoint_at"},
    "checkpoint_stamps": {"case_id", "n", "token"},
    "checkpoints": {"case_id", "n", "body", "sig", "key_id", "tst"},
    "document_versions": {"case_id", "version", "name", "node"},
    "documents": {"case_id", "name"},
    "entries": {"case_id", "room", "seq", "entry", "salt", "commitment"},
    "files": {
        "case_id",
        "file_id",
        "room",
        "seq",
        "key",
        "parts",
        "pages",
        "name",
        "media_type",
        "size",
        "sha256",
    },
    "memberships": {"case_id", "room", "participant_id", "from_seq", "until_seq"},
    "notes": {"case_id", "participant_id", "text"},
    "notice_room_wishes": {"case_id", "participant_id", "room", "how"},
    "notices": {
        "notice_id",
        "case_id",
        "participant_id",
        "room",
        "seq",
        "kind",
        "at",
        "due_at",
        "dates",
        "parts",
        "read_at",
    },
    "openings": {"case_id", "n", "slot", "room", "r", "length"},
    "printed_papers": {"case_id", "paper", "language", "key", "sha256", "size"},
    "rooms": {"case_id", "room", "length"},
    "signing_keys": {"key_id", "ed25519", "valid_from", "signed_by", "signature"},
    "uploads": {
        "case_id",
        "upload_id",
        "participant_id",
        "room",
        "name",
        "size",
        "origin",
        "received",
        "parts",
        "key",
    },
}
"""The columns that may be read on behalf of a person. The order of writing across rooms is in none of them."""

LOG = ["entries", "checkpoints", "openings", "signing_keys"]


@pytest.fixture(scope="module")
def catalogue(postgres: str) -> Iterator[str]:
    """A database of its own, as everybody's is after the newest migration; its address as the owner."""
    name = f"catalogue_{uuid4().hex[:8]}"
    asyncio.run(_administer(postgres, f"CREATE DATABASE {name} TEMPLATE mediation_template STRATEGY FILE_COPY"))
    yield postgres.replace("/postgres?", f"/{name}?")
    asyncio.run(_administer(postgres, f"DROP DATABASE {name} WITH (FORCE)"))


async def _administer(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(statement)
    await connection.close()


async def asked(dsn: str, question: str, *given: object) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetch(question, *given)
    finally:
        await connection.close()


async def test_every_table_of_a_case_is_walled_or_says_why_not(catalogue: str) -> None:
    tables = await asked(
        catalogue,
        """
        SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS is_walled
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f')
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'case_id')
        """,
    )
    assert {table["name"] for table in tables} == WALLED | EXEMPT.keys(), "list the new table, walled or with a reason"
    assert {table["name"] for table in tables if table["is_walled"]} == WALLED
    assert not WALLED & EXEMPT.keys()


async def test_the_reader_reads_what_is_listed_and_may_do_nothing_else(catalogue: str) -> None:
    """Also by way of what everybody may do: what counts is what PostgreSQL would let it do."""
    columns = await asked(
        catalogue,
        """
        SELECT c.relname AS name, a.attname AS column,
            has_column_privilege('mediation_reader', c.oid, a.attnum, 'SELECT') AS reads,
            has_column_privilege('mediation_reader', c.oid, a.attnum, 'INSERT')
                OR has_column_privilege('mediation_reader', c.oid, a.attnum, 'UPDATE')
                OR has_column_privilege('mediation_reader', c.oid, a.attnum, 'REFERENCES') AS writes,
            has_table_privilege('mediation_reader', c.oid, 'DELETE')
                OR has_table_privilege('mediation_reader', c.oid, 'TRUNCATE')
                OR has_table_privilege('mediation_reader', c.oid, 'TRIGGER') AS destroys
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
        """,
    )
    read: dict[str, set[str]] = {}
    for column in (column for column in columns if column["reads"]):
        read.setdefault(column["name"], set()).add(column["column"])
    assert {table: names <= SHOWN.get(table, set()) for table, names in read.items()} == dict.fromkeys(read, True)
    assert not [column["name"] for column in columns if column["writes"] or column["destroys"]]
    assert read.keys() - WALLED == {"signing_keys"}
    sequences = await asked(
        catalogue,
        "SELECT seqrelid FROM pg_sequence WHERE has_sequence_privilege('mediation_reader', seqrelid, 'USAGE, SELECT')",
    )
    assert not sequences, "a counter that is shared counts what others do"


async def test_every_policy_says_for_whom_it_shows_what(catalogue: str) -> None:
    policies = await asked(
        catalogue, "SELECT tablename, roles::text[] AS roles, cmd, permissive, qual FROM pg_policies"
    )
    shown = {policy["tablename"] for policy in policies if policy["roles"] == ["mediation_reader"]}
    assert shown == SHOWN.keys() - {"signing_keys"}
    for policy in policies:
        if policy["roles"] == ["mediation_reader"]:
            assert (policy["cmd"], policy["permissive"]) == ("SELECT", "PERMISSIVE"), policy["tablename"]
            assert "mediation.case" in policy["qual"], policy["tablename"]
            assert "mediation.participant" in policy["qual"], policy["tablename"]
        else:
            assert set(policy["roles"]) <= {"mediation_app", "mediation_eraser"}, policy["tablename"]


async def test_no_role_of_ours_goes_around_the_wall(catalogue: str) -> None:
    roles = await asked(
        catalogue,
        """
        SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication OR rolcanlogin AS may
        FROM pg_roles WHERE rolname LIKE 'mediation%'
        """,
    )
    assert {role["rolname"] for role in roles} == set(ROLES)
    assert not [role["rolname"] for role in roles if role["may"]]
    members = await asked(
        catalogue,
        """
        SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members
        WHERE member::regrole::text = ANY($1::text[])
        """,
        ROLES,
    )
    assert not members, "a role that is a member of another may act as it"


async def test_nothing_runs_with_the_power_of_somebody_else_but_the_eraser(catalogue: str) -> None:
    functions = await asked(
        catalogue,
        """
        SELECT proname AS name, proowner::regrole::text AS owner, proconfig,
            has_function_privilege('mediation_reader', oid, 'EXECUTE') AS for_reader
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
        """,
    )
    assert {function["name"] for function in functions} == {"erase_entry", "erase_room"}
    for function in functions:
        assert function["owner"] == "mediation_eraser"
        assert function["proconfig"] == ["search_path=pg_catalog, pg_temp"]
        assert not function["for_reader"]
    views = await asked(
        catalogue,
        """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
          AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions, '{}') && '{security_invoker=true}')
        """,
    )
    assert not views, "a view reads as its owner, unless it says otherwise"


@pytest.mark.parametrize("role", ["mediation_app", "mediation_reader"])
async def test_nobody_who_serves_people_may_change_or_remove_what_is_in_the_log(catalogue: str, role: str) -> None:
    granted = await asked(
        catalogue,
        """
        SELECT t.name, p.privilege FROM unnest($2::text[]) AS t (name), unnest($3::text[]) AS p (privilege)
        WHERE has_table_privilege($1, 'public.' || t.name, p.privilege)
           OR CASE WHEN p.privilege = 'UPDATE' THEN has_any_column_privilege($1, 'public.' || t.name, 'UPDATE') END
        """,
        role,
        LOG,
        ["UPDATE", "DELETE", "TRUNCATE", "TRIGGER"],
    )
    assert not granted


HOLES = {
    "CREATE TABLE public.remarks (case_id uuid, text text)": test_every_table_of_a_case_is_walled_or_says_why_not,
    "ALTER TABLE notes NO FORCE ROW LEVEL SECURITY": test_every_table_of_a_case_is_walled_or_says_why_not,
    "ALTER TABLE files DISABLE ROW LEVEL SECURITY": test_every_table_of_a_case_is_walled_or_says_why_not,
    "GRANT SELECT ON entries TO mediation_reader": test_the_reader_reads_what_is_listed_and_may_do_nothing_else,
    "GRANT SELECT ON invitations TO PUBLIC": test_the_reader_reads_what_is_listed_and_may_do_nothing_else,
    "GRANT INSERT (text) ON notes TO mediation_reader": test_the_reader_reads_what_is_listed_and_may_do_nothing_else,
    "CREATE POLICY wide ON entries FOR SELECT USING (true)": test_every_policy_says_for_whom_it_shows_what,
    "CREATE POLICY wide ON entries FOR SELECT TO mediation_reader USING (room = 'joint')": (
        test_every_policy_says_for_whom_it_shows_what
    ),
    "CREATE FUNCTION public.words() RETURNS SETOF bytea SECURITY DEFINER LANGUAGE sql AS 'SELECT entry FROM entries'": (
        test_nothing_runs_with_the_power_of_somebody_else_but_the_eraser
    ),
    "CREATE VIEW public.words AS SELECT entry FROM entries": (
        test_nothing_runs_with_the_power_of_somebody_else_but_the_eraser
    ),
    "GRANT EXECUTE ON FUNCTION erase_entry(uuid, text, bigint) TO PUBLIC": (
        test_nothing_runs_with_the_power_of_somebody_else_but_the_eraser
    ),
}
"""What a careless migration might do, and which test must then fail."""


@pytest.mark.parametrize("hole", HOLES)
async def test_a_hole_in_the_wall_is_found(database: str, hole: str) -> None:
    owner = await asyncpg.connect(database)
    try:
        await HOLES[hole](database)
        await owner.execute(hole)
    finally:
        await owner.close()
    with pytest.raises(AssertionError):
        await HOLES[hole](database)


async def test_the_portals_connections_are_the_lesser_roles_and_fall_back_to_nothing_more(
    pool: db.Pool, readers: db.Pool
) -> None:
    async def falls_back_to(connection: Connection) -> str:
        await connection.execute("RESET ROLE; RESET ALL")
        return str(await connection.fetchval("SELECT current_user"))

    for one, role in ((pool, "mediation_app"), (readers, "mediation_reader")):
        async with one.acquire() as connection:
            assert await falls_back_to(connection) == role
