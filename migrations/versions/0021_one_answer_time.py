"""An intake keeps no time for an answer of its own: the clock of its case has it."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE public.intakes DROP COLUMN answer_by")


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
