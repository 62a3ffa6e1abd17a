"""How long what was said is kept: what is due to be erased, and when."""

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
