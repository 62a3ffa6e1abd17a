"""Mail waiting to be sent, links of invitations, one-time codes, and disputes opened from outside."""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    raise NotImplementedError("Migrations go forward only; restore a backup instead.")
