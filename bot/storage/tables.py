"""The tables, for both databases. A change here needs a migration; a test holds the two together.

Instants are milliseconds since the epoch by the database's clock. What is counted against the row writes of a delivery
is `editions` alone: an edition is one row, which remembers which of its parts comes next.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

_ID = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts only what is called INTEGER

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("time", Text, nullable=False),  # 07:00
    Column("zone", Text, nullable=False),
    Column("weekdays", Text, nullable=False),  # 0123456, Monday first
    Column("next_due", BigInteger, nullable=False),
    Column("began", BigInteger, nullable=False, server_default="0"),  # when the pass in hand began
    Column("reached", BigInteger, nullable=False, server_default="0"),  # the last subscription of it
    Column("retry_at", BigInteger, nullable=False, server_default="0"),  # when something of it is to be tried again
    UniqueConstraint("time", "zone", "weekdays"),
    Index(None, "next_due"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("schedule", BigInteger, ForeignKey("schedules.id"), nullable=False),
    Column("wants", Text, nullable=False),  # JSON
    Column("audience", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("paused_reason", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    # What was planned and seen when it was last set going; editions after `base` know better.
    Column("base", BigInteger, nullable=False, server_default="0"),
    Column("last_slot", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("spotlit", Text, nullable=False),
    Column("missed", Text, nullable=False),
    UniqueConstraint("platform", "workspace", "channel"),
    Index(None, "schedule", "id"),
    sqlite_autoincrement=True,  # an id that came again would give the keys of other messages again
)

editions = Table(
    "editions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column(
        "subscription",
        _ID,
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("slot", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),  # open sent unknown failed cancelled skipped
    Column("reason", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column(
        "visible_at", BigInteger, nullable=False
    ),  # when its next part, or the channel's next edition, may be claimed
    Column("lease", Text),
    Column("part", Integer, nullable=False, server_default="1"),  # the part that comes next
    Column("parts", Integer, nullable=False),
    Column("doubt", Integer, nullable=False, server_default="0"),  # whether that part may have been posted already
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("first_try", BigInteger),
    Column("messages", Text, nullable=False, server_default="[]"),  # JSON: [identifier, link] of each part sent
    # The subscription's state after this edition.
    Column("last_slot", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("seen_before", Text, nullable=False),
    Column("spotlit", Text, nullable=False),
    Column("spotlit_before", Text, nullable=False),
    Column("missed", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("audience", Text, nullable=False),  # the tier that it was composed for
    Column("contents", Text, nullable=False),  # JSON: what is in it and what is not, with reasons
    Column("bodies", Text, nullable=False),  # JSON: its messages as they were drawn; emptied once it is over
    UniqueConstraint("subscription", "slot"),
    Index(
        "ix_editions_lane",
        "platform",
        "workspace",
        "visible_at",
        "id",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
    Index("ix_editions_newest", "subscription", "id"),
    sqlite_autoincrement=True,
)

rate_buckets = Table(
    "rate_buckets",
    metadata,
    Column("name", Text, primary_key=True),  # slack, slack/T0123
    Column("tat", Double, nullable=False),  # theoretical arrival time: before it nothing more is sent
    Column("rate", Double),  # messages a second learnt from refusals; empty for none
    Column("rate_at", BigInteger, nullable=False),
    # How a ceiling is sought that nobody tells: the phase, and what was promised since there was last no room left.
    Column("phase", Integer, nullable=False, server_default="0"),
    Column("promised", Integer, nullable=False, server_default="0"),
    Column("since", Double, nullable=False, server_default="0"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", _ID, primary_key=True),
    Column(
        "subscription",
        _ID,
        ForeignKey("subscriptions.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("about", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("visible_at", BigInteger, nullable=False),
    Column("lease", Text),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("told_at", BigInteger),
    Index(
        "ix_notices_untold",
        "visible_at",
        sqlite_where=text("told_at IS NULL"),
        postgresql_where=text("told_at IS NULL"),
    ),
    Index(None, "subscription"),
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("key", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("used_at", BigInteger, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("entry", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("first_served_at", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
)
