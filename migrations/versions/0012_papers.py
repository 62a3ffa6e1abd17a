"""Papers that were printed, where their bytes lie, and the cases of which papers are still to be printed."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# What was printed stands in the papers of the case, with its hash; this row says where the bytes are.
PRINTED = """
CREATE TABLE public.printed_papers (
    case_id uuid NOT NULL REFERENCES public.cases,
    paper text NOT NULL,
    language text NOT NULL,
    key text NOT NULL UNIQUE,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    size bigint NOT NULL CHECK (size >= 1),
    PRIMARY KEY (case_id, paper, language)
);
ALTER TABLE public.printed_papers ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.printed_papers FORCE ROW LEVEL SECURITY;
CREATE POLICY printed_papers_app ON public.printed_papers TO mediation_app USING (true) WITH CHECK (true);
CREATE POLICY printed_papers_reader ON public.printed_papers FOR SELECT TO mediation_reader USING (
    case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
    AND EXISTS (
        SELECT FROM public.memberships m
        WHERE m.case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
          AND m.participant_id = NULLIF(current_setting('mediation.participant', true), '')::uuid
          AND m.room = 'papers' AND m.until_seq IS NULL
    )
);
GRANT SELECT, INSERT ON public.printed_papers TO mediation_app;
GRANT SELECT (case_id, paper, language, key, sha256, size) ON public.printed_papers TO mediation_reader;
"""

# As with `keeping` and `signings`: a row only wakes the worker.
PRINTINGS = """
CREATE TABLE public.printings (
    case_id uuid PRIMARY KEY REFERENCES public.cases,
    due_at timestamptz NOT NULL,
    leased_until timestamptz NULL
);
CREATE INDEX printings_due ON public.printings (due_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.printings TO mediation_app;
ALTER TABLE public.printings ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.printings FORCE ROW LEVEL SECURITY;
CREATE POLICY printings_app ON public.printings TO mediation_app USING (true) WITH CHECK (true);
"""


def upgrade() -> None:
    for statements in (PRINTED, PRINTINGS):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
