"""Subscriptions, editions, and what keeps their pace."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _make_rate_buckets()
    _make_revisions()
    _make_schedules()
    _make_snapshots()
    _make_subscriptions()
    _make_editions()
    _make_notices()


def _make_rate_buckets() -> None:
    op.create_table(
        "rate_buckets",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tat", sa.Double(), nullable=False),
        sa.Column("rate", sa.Double(), nullable=True),
        sa.Column("rate_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_rate_buckets")),
    )


def _make_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("entry", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("first_served_at", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entry", "hash", name=op.f("pk_revisions")),
    )


def _make_schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", _ID, nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("next_due", sa.BigInteger(), nullable=False),
        sa.Column("began", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reached", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("retry_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
        sa.UniqueConstraint("time", "zone", "weekdays", name=op.f("uq_schedules_time_zone_weekdays")),
    )
    op.create_index(op.f("ix_schedules_next_due"), "schedules", ["next_due"], unique=False)


def _make_snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_snapshots")),
    )


def _make_subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("schedule", sa.BigInteger(), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("paused_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("base", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_slot", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("spotlit", sa.Text(), nullable=False),
        sa.Column("missed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["schedule"], ["schedules.id"], name=op.f("fk_subscriptions_schedule")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint(
            "platform", "workspace", "channel", name=op.f("uq_subscriptions_platform_workspace_channel")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subscriptions_schedule_id"), "subscriptions", ["schedule", "id"], unique=False)


def _make_editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("subscription", _ID, nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("visible_at", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("part", sa.Integer(), server_default="1", nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_try", sa.BigInteger(), nullable=True),
        sa.Column("messages", sa.Text(), server_default="[]", nullable=False),
        *_content_columns(),
        sa.ForeignKeyConstraint(
            ["subscription"], ["subscriptions.id"], name=op.f("fk_editions_subscription"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("subscription", "slot", name=op.f("uq_editions_subscription_slot")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_editions_lane",
        "editions",
        ["platform", "workspace", "visible_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_editions_newest", "editions", ["subscription", "id"], unique=False)


def _content_columns() -> tuple[sa.Column[str], ...]:
    names = ("last_slot", "seen", "seen_before", "spotlit", "spotlit_before", "missed", "revision", "audience")
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in (*names, "contents", "bodies"))


def _make_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", _ID, nullable=False),
        sa.Column("subscription", _ID, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("visible_at", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["subscription"], ["subscriptions.id"], name=op.f("fk_notices_subscription"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("about", name=op.f("uq_notices_about")),
    )
    op.create_index(op.f("ix_notices_subscription"), "notices", ["subscription"], unique=False)
    op.create_index(
        "ix_notices_untold",
        "notices",
        ["visible_at"],
        unique=False,
        sqlite_where=sa.text("told_at IS NULL"),
        postgresql_where=sa.text("told_at IS NULL"),
    )
