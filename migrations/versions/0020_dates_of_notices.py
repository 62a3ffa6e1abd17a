"""What a notice changes in its reader's calendar, and what the act that it tells of consisted of.

Why so: docs/decisions/0107-one-act-one-notice.md.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# `dates` are entries of a calendar, each with the name that it keeps and a number that grows; `parts` are codes.
COLUMNS = """
ALTER TABLE public.notices
    ADD COLUMN dates jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(dates) = 'array'),
    ADD COLUMN parts text[] NOT NULL DEFAULT '{}';
GRANT SELECT (dates, parts) ON public.notices TO mediation_reader;
"""


def upgrade() -> None:
    op.execute(COLUMNS)


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
