"""The second wall: a role that reads on behalf of one person, and policies that show it their rooms alone."""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
