"""The policies of businesses: their ladders with the times, version by version."""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# A case holds the version it was opened with, whole; nothing here ever changes one. The empty category is for all that
# have none of their own; a retired version lets the kind of dispute go by the general policy again.
POLICIES = """
CREATE TABLE public.policies (
    organisation_id uuid NOT NULL REFERENCES public.organisations,
    category text NOT NULL,
    version integer NOT NULL CHECK (version >= 1),
    policy jsonb NOT NULL,
    retired boolean NOT NULL DEFAULT false,
    made_by uuid NOT NULL REFERENCES public.accounts,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, category, version)
);
GRANT SELECT, INSERT ON public.policies TO mediation_app;
"""


def upgrade() -> None:
    op.execute(POLICIES)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
