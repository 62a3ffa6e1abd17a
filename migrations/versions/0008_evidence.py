"""Files as evidence: uploads under way, files that belong to one room, and bytes that are to be erased.

Why the bytes of a file go with its entry: docs/decisions/0068-bytes-go-with-the-entry.md.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = """
CREATE TABLE public.uploads (
    case_id uuid NOT NULL,
    upload_id uuid NOT NULL,
    participant_id uuid NOT NULL,
    room text NOT NULL,
    name text NOT NULL,
    origin text NOT NULL,
    size bigint NOT NULL CHECK (size >= 1),
    received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
    key text NOT NULL UNIQUE,
    parts text[] NOT NULL DEFAULT '{}',
    touched_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, upload_id),
    FOREIGN KEY (case_id, room) REFERENCES public.rooms,
    FOREIGN KEY (case_id, participant_id) REFERENCES public.seats
);
CREATE INDEX uploads_by_end ON public.uploads (expires_at);

-- "seq" is the entry that brought the file: who reads that entry may open the file, and nobody else.
CREATE TABLE public.files (
    case_id uuid NOT NULL,
    file_id uuid NOT NULL,
    room text NOT NULL,
    seq bigint NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL CHECK (size >= 1),
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    key text NOT NULL UNIQUE,
    parts text[] NOT NULL,
    pages smallint NULL,
    PRIMARY KEY (case_id, file_id),
    UNIQUE (case_id, room, seq),
    FOREIGN KEY (case_id, room, seq) REFERENCES public.entries
);

-- A key tells neither case nor room. The first time at once, the second time for a piece that arrived meanwhile.
CREATE TABLE public.bytes_to_erase (
    key text PRIMARY KEY,
    erased_once boolean NOT NULL DEFAULT false,
    not_before timestamptz NULL
);
"""

# Whatever erases an entry erases its file with it: withdrawing, the end of a room's time, and what comes later.
ERASURE = """
CREATE FUNCTION public.erase_file_of_entry() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    WITH gone AS (
        DELETE FROM public.files f
        WHERE f.case_id = NEW.case_id AND f.room = NEW.room AND f.seq = NEW.seq RETURNING f.key
    )
    INSERT INTO public.bytes_to_erase (key) SELECT gone.key FROM gone;
    RETURN NULL;
END
$$;
CREATE TRIGGER entries_take_their_file AFTER UPDATE OF entry ON public.entries
    FOR EACH ROW WHEN (OLD.entry IS NOT NULL AND NEW.entry IS NULL) EXECUTE FUNCTION public.erase_file_of_entry();
"""

WALLED = ("uploads", "files")
WALLS = """
ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_app ON public.{table} TO mediation_app, mediation_eraser USING (true) WITH CHECK (true)
"""

CASE = "NULLIF(current_setting('mediation.case', true), '')::uuid"
WHO = "NULLIF(current_setting('mediation.participant', true), '')::uuid"
SHOWN = {
    "uploads": f"case_id = {CASE} AND participant_id = {WHO}",
    "files": f"""case_id = {CASE} AND EXISTS (
        SELECT FROM public.memberships m
        WHERE m.case_id = {CASE} AND m.participant_id = {WHO} AND m.room = files.room AND m.until_seq IS NULL
            AND m.from_seq <= files.seq)""",
}

# A key is the way to the bytes, so a reader sees it of what they may read and of nothing else.
GRANTS = """
GRANT SELECT, INSERT, DELETE ON public.uploads, public.files TO mediation_app;
GRANT UPDATE (received, parts, touched_at) ON public.uploads TO mediation_app;
GRANT UPDATE (pages) ON public.files TO mediation_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON public.bytes_to_erase TO mediation_app;
GRANT SELECT, DELETE ON public.files TO mediation_eraser;
GRANT INSERT ON public.bytes_to_erase TO mediation_eraser;
GRANT SELECT (case_id, upload_id, participant_id, room, name, origin, size, received, key, parts)
    ON public.uploads TO mediation_reader;
GRANT SELECT (case_id, file_id, room, seq, name, media_type, size, sha256, key, parts, pages)
    ON public.files TO mediation_reader;
"""


def upgrade() -> None:
    op.execute(TABLES)
    op.execute(ERASURE)
    for table in WALLED:
        op.execute(WALLS.format(table=table))
    for table, condition in SHOWN.items():
        op.execute(f"CREATE POLICY {table}_reader ON public.{table} FOR SELECT TO mediation_reader USING ({condition})")
    op.execute(GRANTS)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
