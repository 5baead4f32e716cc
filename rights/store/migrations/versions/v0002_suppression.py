"""The list of those who were erased or are not written to, as keyed marks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"


def upgrade() -> None:
    """Makes the table. Rows may go: a person may ask to be known again."""
    op.create_table(
        "suppression",
        sa.Column("mark", sa.String(), primary_key=True, nullable=False),
        sa.Column("purpose", sa.String(), primary_key=True, nullable=False),
        sa.Column("order_key", sa.String(), primary_key=True, nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
    )
