"""A side's private draft: to which room a document belongs."""

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
