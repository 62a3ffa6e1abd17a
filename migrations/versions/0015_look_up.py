"""Codes by which a printed paper is looked up, and time stamps that somebody else gave for checkpoints."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# The code stands on the paper; here is its hash alone, so that whoever reads this table can look nothing up by it.
CODES = """
ALTER TABLE public.printed_papers ADD COLUMN code_sha256 bytea NULL UNIQUE CHECK (octet_length(code_sha256) = 32);
"""

# Beside the checkpoints and not in them: those never change, and a token comes later or not at all.
STAMPS = """
CREATE TABLE public.checkpoint_stamps (
    case_id uuid NOT NULL,
    n bigint NOT NULL,
    token bytea NOT NULL CHECK (octet_length(token) BETWEEN 1 AND 65536),
    PRIMARY KEY (case_id, n),
    FOREIGN KEY (case_id, n) REFERENCES public.checkpoints
);
ALTER TABLE public.checkpoint_stamps ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.checkpoint_stamps FORCE ROW LEVEL SECURITY;
CREATE POLICY checkpoint_stamps_app ON public.checkpoint_stamps TO mediation_app USING (true) WITH CHECK (true);
CREATE POLICY checkpoint_stamps_reader ON public.checkpoint_stamps FOR SELECT TO mediation_reader USING (
    case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
    AND EXISTS (
        SELECT FROM public.memberships m
        WHERE m.case_id = NULLIF(current_setting('mediation.case', true), '')::uuid
          AND m.participant_id = NULLIF(current_setting('mediation.participant', true), '')::uuid
          AND m.room = 'papers' AND m.until_seq IS NULL
    )
);
CREATE TRIGGER checkpoint_stamps_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON public.checkpoint_stamps
    FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
GRANT SELECT, INSERT ON public.checkpoint_stamps TO mediation_app;
GRANT SELECT (case_id, n, token) ON public.checkpoint_stamps TO mediation_reader;
"""


def upgrade() -> None:
    for statements in (CODES, STAMPS):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
