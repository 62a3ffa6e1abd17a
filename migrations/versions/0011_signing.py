"""When a signed settlement takes effect by itself."""

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
