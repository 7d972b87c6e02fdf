"""What is kept of ceilings that nobody tells."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns of the search."""
    with op.batch_alter_table("rate_buckets") as table:
        table.add_column(sa.Column("phase", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("promised", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("since", sa.Double(), server_default="0", nullable=False))
