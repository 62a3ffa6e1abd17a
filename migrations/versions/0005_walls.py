"""The second wall: a role that reads on behalf of one person, and policies that show it their rooms alone.

How it stands below the first one: docs/decisions/0074-the-second-wall.md. A table of a later migration that holds what
is said in rooms does the same for itself; tests/walls/test_catalog.py fails for one that does not.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# As in the first migration: another database of the cluster may be making the role at this moment, and since
# PostgreSQL 16 whoever made a role may grant it without being able to work as it.
ROLE = """
DO $role$
DECLARE
    may_use boolean;
BEGIN
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'mediation_reader') THEN
            CREATE ROLE mediation_reader NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
        END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
    END;
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE 'SELECT pg_catalog.pg_has_role(current_user, ''mediation_reader'', ''SET'')' INTO may_use;
    ELSE
        may_use := pg_catalog.pg_has_role(current_user, 'mediation_reader', 'MEMBER');
    END IF;
    IF NOT may_use THEN
        BEGIN
            GRANT mediation_reader TO CURRENT_USER;
        EXCEPTION
            WHEN unique_violation THEN
                NULL;
            WHEN insufficient_privilege THEN
                RAISE EXCEPTION 'The role mediation_reader exists but % may not use it.', current_user
                    USING HINT = format('As an administrator: GRANT mediation_reader TO %I WITH ADMIN OPTION;',
                                        current_user);
        END;
    END IF;
END
$role$
"""

WALLED = (
    "cases",
    "rooms",
    "entries",
    "checkpoints",
    "openings",
    "seats",
    "memberships",
    "commands",
    "notes",
    "documents",
    "document_updates",
    "document_snapshots",
)
"""Every table that holds, counts or dates what is said in rooms."""

# The roles that decide and erase see every row; what they may do with it is said by their grants.
WALLS = """
ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_app ON public.{table} TO mediation_app, mediation_eraser USING (true) WITH CHECK (true)
"""

CASE = "NULLIF(current_setting('mediation.case', true), '')::uuid"
WHO = "NULLIF(current_setting('mediation.participant', true), '')::uuid"


def _in(room: str, further: str = "") -> str:
    """Whether whom the transaction reads for is in this room of their case now."""
    return f"""EXISTS (
        SELECT FROM public.memberships m
        WHERE m.case_id = {CASE} AND m.participant_id = {WHO} AND m.room = {room} AND m.until_seq IS NULL {further})"""


_IN_PAPERS, _IN_JOINT = _in("'papers'"), _in("'joint'")

# A row is shown to whoever is in its room now. Each policy says so itself and leans on no other, so that one that is
# widened some day widens nothing else. Openings tell a room's length at every checkpoint: they are for who reads all
# of it. A kind of document that no policy names is shown to nobody. Of seats, commands and what is typed into documents
# the reader needs nothing, and has no policy.
SHOWN = {
    "memberships": f"case_id = {CASE} AND participant_id = {WHO} AND until_seq IS NULL",
    "rooms": f"case_id = {CASE} AND {_in('rooms.room')}",
    "entries": f"case_id = {CASE} AND {_in('entries.room', 'AND m.from_seq <= entries.seq')}",
    "cases": f"case_id = {CASE} AND {_IN_PAPERS}",
    "checkpoints": f"case_id = {CASE} AND {_IN_PAPERS}",
    "openings": f"""case_id = {CASE} AND openings.room IN ('papers', 'talks')
        AND {_in("openings.room", "AND m.from_seq = 1")}""",
    "notes": f"case_id = {CASE} AND participant_id = {WHO} AND {_IN_PAPERS}",
    "documents": f"case_id = {CASE} AND documents.name LIKE 'settlement.%' AND {_IN_JOINT}",
}

# "place" and "head" of entries, and slots and heads of rooms, stay out of reach: a gap in the order of writing would
# count what is said elsewhere.
GRANTS = """
GRANT USAGE ON SCHEMA public TO mediation_reader;
GRANT SELECT (case_id, room, participant_id, from_seq, until_seq) ON public.memberships TO mediation_reader;
GRANT SELECT (case_id, room, length) ON public.rooms TO mediation_reader;
GRANT SELECT (case_id, room, seq, entry, salt, commitment) ON public.entries TO mediation_reader;
GRANT SELECT (case_id, opened_at, checkpoint_n, checkpoint_hash, checkpoint_at) ON public.cases TO mediation_reader;
GRANT SELECT (case_id, n, body, sig, key_id, tst) ON public.checkpoints TO mediation_reader;
GRANT SELECT (case_id, n, slot, room, r, length) ON public.openings TO mediation_reader;
GRANT SELECT (case_id, participant_id, text) ON public.notes TO mediation_reader;
GRANT SELECT (case_id, name) ON public.documents TO mediation_reader;
GRANT SELECT ON public.signing_keys TO mediation_reader;
"""


def upgrade() -> None:
    op.execute(ROLE)
    for table in WALLED:
        op.execute(WALLS.format(table=table))
    for table, condition in SHOWN.items():
        op.execute(f"CREATE POLICY {table}_reader ON public.{table} FOR SELECT TO mediation_reader USING ({condition})")
    op.execute(GRANTS)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
