"""Papers that were printed, where their bytes lie, and clauses that providers keep ready."""

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
