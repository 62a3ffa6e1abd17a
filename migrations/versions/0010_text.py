"""The settlement's text as commands work on it: whether a side agrees to a clause of it, and versions that are kept."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# While somebody agrees to a clause, an edit is saved under the lock of its case, so that what it changes can lapse in
# the same transaction. Without agreements, which is most of the time, saving stays one statement.
AGREED = """
ALTER TABLE public.documents ADD COLUMN agreed boolean NOT NULL DEFAULT false;
GRANT UPDATE (agreed) ON public.documents TO mediation_app;
"""

VERSIONS = """
CREATE TABLE public.document_versions (
    case_id uuid NOT NULL,
    version uuid NOT NULL,
    name text NOT NULL,
    node text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (case_id, version),
    -- A version goes when its document does: with the table, after the end.
    FOREIGN KEY (case_id, name) REFERENCES public.documents ON DELETE CASCADE
);
ALTER TABLE public.document_versions ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.document_versions FORCE ROW LEVEL SECURITY;
CREATE POLICY document_versions_app ON public.document_versions TO mediation_app, mediation_eraser
    USING (true) WITH CHECK (true);
CREATE POLICY document_versions_reader ON public.document_versions FOR SELECT TO mediation_reader USING (
    case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
    AND EXISTS (
        SELECT FROM public.memberships m
        WHERE m.case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
          AND m.participant_id = NULLIF(current_setting('mediation.participant', true), '')::uuid
          AND m.room = 'joint' AND m.until_seq IS NULL
    )
);
GRANT SELECT, INSERT ON public.document_versions TO mediation_app;
GRANT SELECT (case_id, version, name, node) ON public.document_versions TO mediation_reader;
"""


def upgrade() -> None:
    for statements in (AGREED, VERSIONS):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
