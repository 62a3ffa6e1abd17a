"""A side's private draft: to which room a document belongs, who is shown it, and with what it is erased.

Why so: docs/decisions/0086-a-draft-of-ones-own.md.
"""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Every document until now was the table's. The owner sees no row of the table, so the value comes with the column; it
# is no default afterwards, because a document whose room somebody forgot to say must be shown to nobody.
# `since` is the entry of the room that tells of the document: whoever reads the room from later on is not shown it.
ROOM = """
ALTER TABLE public.documents
    ADD COLUMN room text NOT NULL DEFAULT 'joint',
    ADD COLUMN since bigint NOT NULL DEFAULT 1 CHECK (since >= 1);
ALTER TABLE public.documents ALTER COLUMN room DROP DEFAULT, ALTER COLUMN since DROP DEFAULT;
ALTER TABLE public.documents ADD CONSTRAINT documents_name_tells_room CHECK (
    room IS NOT DISTINCT FROM CASE split_part(name, '.', 1)
        WHEN 'settlement' THEN 'joint'
        WHEN 'draft-business' THEN 'team-business'
        WHEN 'draft-client' THEN 'team-client'
    END
);
-- Versions are read by everybody at the table.
ALTER TABLE public.document_versions ADD CONSTRAINT document_versions_of_the_table CHECK (name LIKE 'settlement.%');
CREATE OR REPLACE FUNCTION public.refuse_document_shrinking() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.case_id, NEW.name, NEW.epoch, NEW.room, NEW.since)
            = (OLD.case_id, OLD.name, OLD.epoch, OLD.room, OLD.since)
        AND NEW.head >= OLD.head AND NEW.bytes >= OLD.bytes
        AND (OLD.frozen_at IS NULL OR (NEW.frozen_at, NEW.head) = (OLD.frozen_at, OLD.head)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A document only grows, stays in its room, and a frozen one stays as it is.'
        USING ERRCODE = 'insufficient_privilege';
END
$$;
"""

WALL = """
DROP POLICY documents_reader ON public.documents;
CREATE POLICY documents_reader ON public.documents FOR SELECT TO mediation_reader USING (
    case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
    AND EXISTS (
        SELECT FROM public.memberships m
        WHERE m.case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
          AND m.participant_id = NULLIF(current_setting('mediation.participant', true), '')::uuid
          AND m.room = documents.room AND m.from_seq <= documents.since AND m.until_seq IS NULL
    )
);
"""

# The function of 0009 but for the documents. It belongs to the eraser, so whoever replaces it acts as it for a moment.
BECOME_THE_ERASER = """
DO $$
BEGIN
    IF NOT pg_catalog.pg_has_role(current_user, 'mediation_eraser', 'USAGE') THEN
        EXECUTE format('GRANT mediation_eraser TO %I', current_user);
    END IF;
END
$$
"""

ERASE_ROOM = """
CREATE OR REPLACE FUNCTION public.erase_room(of_case uuid, of_room text, at_time timestamptz) RETURNS boolean
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
    -- What was typed goes with the room of its document, and not with another side's.
    DELETE FROM public.document_snapshots s USING public.documents d
        WHERE s.case_id = of_case AND d.case_id = of_case AND d.name = s.name AND d.room = of_room;
    DELETE FROM public.document_updates u USING public.documents d
        WHERE u.case_id = of_case AND d.case_id = of_case AND d.name = u.name AND d.room = of_room;
    DELETE FROM public.documents WHERE case_id = of_case AND room = of_room;
    IF of_room LIKE 'private-%' THEN
        DELETE FROM public.memberships WHERE case_id = of_case AND room = of_room;
    END IF;
    INSERT INTO public.erasures AS earlier (case_id, room, at, length, checkpoint_n)
        VALUES (of_case, of_room, at_time, reached, sealed)
        ON CONFLICT (case_id, room) DO UPDATE
            SET at = EXCLUDED.at, length = EXCLUDED.length, checkpoint_n = EXCLUDED.checkpoint_n;
    RETURN true;
END
$$;
"""

NOBODY_IS_THE_ERASER = """
DO $$
BEGIN
    EXECUTE format('REVOKE mediation_eraser FROM %I', current_user);
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END
$$
"""


def upgrade() -> None:
    for statements in (ROOM, WALL, BECOME_THE_ERASER, ERASE_ROOM, NOBODY_IS_THE_ERASER):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
