"""One list of what is due by itself in a case: a signed text takes effect, a term is remembered or is over."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

# It held the texts alone; as before, a row only wakes a worker, and what is due is decided from the papers.
DUE = """
ALTER TABLE public.signings RENAME TO due;
ALTER INDEX public.signings_pkey RENAME TO due_pkey;
ALTER INDEX public.signings_due RENAME TO due_at;
ALTER POLICY signings_app ON public.due RENAME TO due_app;
"""


def upgrade() -> None:
    op.execute(DUE)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
