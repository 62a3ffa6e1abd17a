"""How long what was said is kept: when each ended case is looked at, and the function that erases a whole room.

Why so: docs/decisions/0070-erased-when-due.md.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# One row for each case that has ended and still holds something, so that looking for what is due costs what is due.
# It only wakes the worker: what may be erased is decided from the papers, under the case's lock.
# `erasures` lets the doctor tell an erased room from a damaged one; the eraser alone writes it.
TABLES = """
CREATE TABLE public.keeping (
    case_id uuid PRIMARY KEY REFERENCES public.cases,
    due_at timestamptz NOT NULL,
    leased_until timestamptz NULL
);
CREATE INDEX keeping_due ON public.keeping (due_at);
CREATE TABLE public.erasures (
    case_id uuid NOT NULL,
    room text NOT NULL,
    at timestamptz NOT NULL,
    length bigint NOT NULL CHECK (length >= 0),
    checkpoint_n bigint NOT NULL CHECK (checkpoint_n >= 0),
    PRIMARY KEY (case_id, room),
    FOREIGN KEY (case_id, room) REFERENCES public.rooms
);
CREATE INDEX erasures_by_time ON public.erasures (at);
-- Bytes are counted too, and two thousand millions of them is a few files.
ALTER TABLE public.limits ALTER COLUMN count TYPE bigint;
"""

# Erased words lie in dead rows until a vacuum. By default one waits for a fifth of the table to be dead.
VACUUM_SOON = """
ALTER TABLE public.entries SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 50);
ALTER TABLE public.notes SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 50);
ALTER TABLE public.document_updates SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 50);
ALTER TABLE public.document_snapshots SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 50)
"""

# current_user inside a trigger is whoever runs the statement: the eraser only within its own function.
TRIGGERS = """
DROP TRIGGER openings_stay ON public.openings;
CREATE TRIGGER openings_stay BEFORE UPDATE OR TRUNCATE ON public.openings
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
CREATE FUNCTION public.refuse_all_but_destroying() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF current_user = 'mediation_eraser' AND OLD.room NOT IN ('papers', 'talks') THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'The record is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER openings_go_with_their_room BEFORE DELETE ON public.openings
    FOR EACH ROW EXECUTE FUNCTION public.refuse_all_but_destroying();
CREATE OR REPLACE FUNCTION public.refuse_document_change() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_user = 'mediation_eraser' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The log of a document is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$;
"""

# Nothing goes without a paper that tells of it, whoever calls this; entries are canonical JSON, so their bytes say so.
# A fingerprint of few words could be guessed, and the place of an answer tells who wrote an entry that no longer does:
# both go. Other fingerprints of the case go along, because a command may have carried words into a room that its
# author then was not in. Who met in a room of chosen people is told by that room alone.
ERASE_ROOM = """
CREATE FUNCTION public.erase_room(of_case uuid, of_room text, at_time timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    reached bigint;
    sealed bigint;
    kind text := CASE WHEN of_room = 'joint' THEN 'table' WHEN of_room LIKE 'team-%' THEN 'teams' ELSE 'caucuses' END;
BEGIN
    IF of_room IN ('papers', 'talks') THEN
        RAISE EXCEPTION 'Papers and direct talks stay: % is not erased.', of_room
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT EXISTS (SELECT FROM public.entries WHERE case_id = of_case AND room = 'papers'
        AND position(convert_to('"kind":"TalkErased"', 'UTF8') IN entry) > 0
        AND position(convert_to(format('"body":{"what":"%s"}', kind), 'UTF8') IN entry) > 0) THEN
        RAISE EXCEPTION 'No paper of the case tells that % is erased.', of_room
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT r.length, c.checkpoint_n INTO reached, sealed
        FROM public.rooms r JOIN public.cases c USING (case_id) WHERE r.case_id = of_case AND r.room = of_room;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE public.entries SET entry = NULL, salt = NULL
        WHERE case_id = of_case AND room = of_room AND entry IS NOT NULL;
    DELETE FROM public.openings WHERE case_id = of_case AND room = of_room;
    UPDATE public.commands c SET
        fingerprint = NULL,
        written_rooms = ARRAY(SELECT w.room
            FROM unnest(c.written_rooms, c.written_seqs) WITH ORDINALITY AS w (room, seq, n)
            WHERE w.room <> of_room ORDER BY w.n),
        written_seqs = ARRAY(SELECT w.seq
            FROM unnest(c.written_rooms, c.written_seqs) WITH ORDINALITY AS w (room, seq, n)
            WHERE w.room <> of_room ORDER BY w.n)
        WHERE c.case_id = of_case AND (c.fingerprint IS NOT NULL OR of_room = ANY (c.written_rooms));
    -- The file of an entry goes with the entry (0008); what was still on its way goes here.
    WITH gone AS (
        DELETE FROM public.uploads u WHERE u.case_id = of_case AND u.room = of_room RETURNING u.key
    )
    INSERT INTO public.bytes_to_erase (key) SELECT gone.key FROM gone;
    IF of_room = 'joint' THEN
        DELETE FROM public.document_snapshots WHERE case_id = of_case;
        DELETE FROM public.document_updates WHERE case_id = of_case;
        DELETE FROM public.documents WHERE case_id = of_case;
    ELSIF of_room LIKE 'private-%' THEN
        DELETE FROM public.memberships WHERE case_id = of_case AND room = of_room;
    END IF;
    INSERT INTO public.erasures AS earlier (case_id, room, at, length, checkpoint_n)
        VALUES (of_case, of_room, at_time, reached, sealed)
        ON CONFLICT (case_id, room) DO UPDATE
            SET at = EXCLUDED.at, length = EXCLUDED.length, checkpoint_n = EXCLUDED.checkpoint_n;
    RETURN true;
END
$$;
REVOKE ALL ON FUNCTION public.erase_room(uuid, text, timestamptz) FROM PUBLIC;
"""

GRANTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON public.keeping TO mediation_app;
GRANT SELECT ON public.erasures TO mediation_app;
GRANT SELECT, INSERT, UPDATE ON public.erasures TO mediation_eraser;
GRANT SELECT ON public.cases, public.rooms TO mediation_eraser;
GRANT SELECT, DELETE ON public.openings, public.documents, public.document_updates, public.document_snapshots,
    public.memberships, public.uploads TO mediation_eraser;
GRANT SELECT, UPDATE (fingerprint, written_rooms, written_seqs) ON public.commands TO mediation_eraser;
GRANT EXECUTE ON FUNCTION public.erase_room(uuid, text, timestamptz) TO mediation_app;
"""

# Both tell of rooms, and nobody reads them but whoever decides and erases.
WALLS = """
ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_app ON public.{table} TO mediation_app, mediation_eraser USING (true) WITH CHECK (true)
"""

# Cases that ended under an earlier release are looked at once; the worker then sets their real time. The owner of the
# tables sees no row of them.
ENDED_BEFORE = """
SET LOCAL ROLE mediation_app;
INSERT INTO public.keeping (case_id, due_at)
SELECT DISTINCT case_id, timestamptz 'epoch' FROM public.entries
WHERE room = 'papers' AND position(convert_to('"kind":"MediationEnded"', 'UTF8') IN entry) > 0;
RESET ROLE
"""

# As in 0001: a new owner needs CREATE on the schema at the moment it becomes one, whoever hands over must be able to
# act as it, and afterwards nobody can but its functions.
HAND_OVER = """
DO $$
DECLARE
    may_use boolean;
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE 'SELECT pg_catalog.pg_has_role(current_user, ''mediation_eraser'', ''SET'')' INTO may_use;
    ELSE
        may_use := pg_catalog.pg_has_role(current_user, 'mediation_eraser', 'MEMBER');
    END IF;
    IF NOT may_use THEN
        EXECUTE 'GRANT mediation_eraser TO CURRENT_USER';
    END IF;
END
$$;
GRANT CREATE ON SCHEMA public TO mediation_eraser;
ALTER FUNCTION public.erase_room(uuid, text, timestamptz) OWNER TO mediation_eraser;
REVOKE CREATE ON SCHEMA public FROM mediation_eraser;
DO $$
BEGIN
    EXECUTE format('REVOKE mediation_eraser FROM %I', current_user);
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END
$$
"""


def upgrade() -> None:
    for statements in (TABLES, VACUUM_SOON, TRIGGERS, ERASE_ROOM, GRANTS):
        op.execute(statements)
    for table in ("keeping", "erasures"):
        op.execute(WALLS.format(table=table))
    for statements in (ENDED_BEFORE, HAND_OVER):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
