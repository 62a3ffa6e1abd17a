"""When a signed settlement takes effect by itself, and what a passkey is asked to prove."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# One row for each text that both sides have signed and that waits for the time to withdraw to pass. As with `keeping`,
# it only wakes the worker: whether the text binds is decided from the papers, under the lock of the case.
SIGNINGS = """
CREATE TABLE public.signings (
    case_id uuid PRIMARY KEY REFERENCES public.cases,
    due_at timestamptz NOT NULL,
    leased_until timestamptz NULL
);
CREATE INDEX signings_due ON public.signings (due_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON public.signings TO mediation_app;
ALTER TABLE public.signings ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.signings FORCE ROW LEVEL SECURITY;
CREATE POLICY signings_app ON public.signings TO mediation_app USING (true) WITH CHECK (true);
"""

# A proof that was asked for to sign one text on one case is none for anything else.
PURPOSES = """
ALTER TABLE public.passkey_challenges
    ADD COLUMN purpose bytea NULL CHECK (octet_length(purpose) = 32),
    ADD CHECK (purpose IS NULL OR account_id IS NOT NULL);
"""


def upgrade() -> None:
    for statements in (SIGNINGS, PURPOSES):
        op.execute(statements)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
