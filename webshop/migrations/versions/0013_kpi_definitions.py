"""The indicators' progress says by which definitions they were computed.

Revision: 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "load_progress", sa.Column("definitions", sa.String(64)), schema="kpi", if_not_exists=True
    )


def downgrade() -> None:
    """Nothing: the schema is `shopnow.database`'s now."""
