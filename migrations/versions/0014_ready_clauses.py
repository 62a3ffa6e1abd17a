"""Clauses that a provider of mediation writes for its mediators, with every version of each."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# What is changed is written again under the next number: nobody can be shown a wording that was never there, and what
# a lead retires can be taken up again. The highest version is the clause as it is now.
READY_CLAUSES = """
CREATE TABLE public.ready_clauses (
    organisation_id uuid NOT NULL REFERENCES public.organisations,
    clause_id uuid NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    language text NOT NULL CHECK (language IN ('en', 'de')),
    title text NOT NULL CHECK (title <> ''),
    words text NOT NULL CHECK (words <> ''),
    means text NOT NULL CHECK (means <> ''),
    takes_rights boolean NOT NULL,
    retired boolean NOT NULL,
    written_by uuid NOT NULL REFERENCES public.accounts,
    written_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, clause_id, version)
);
GRANT SELECT, INSERT ON public.ready_clauses TO mediation_app;
"""


def upgrade() -> None:
    op.execute(READY_CLAUSES)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
