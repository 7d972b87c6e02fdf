"""The ledger's statements that SQLAlchemy cannot say for both databases at once.

A lane is what is open in one workspace. Lanes are found by skipping from one to the next in a partial index of what is
open: neither history nor a workspace with ten thousand editions makes that longer. The states stand in the text: a
partial index is only used where its condition can be read.
"""

from typing import Any, Final

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.types import BigInteger, Text

_LANES = """
WITH RECURSIVE lane(workspace) AS (
    SELECT (SELECT workspace FROM editions WHERE state = 'open' AND platform = :platform
            AND workspace {begin} :after ORDER BY workspace LIMIT 1)
    UNION ALL
    SELECT (SELECT workspace FROM editions WHERE state = 'open' AND platform = :platform
            AND workspace > lane.workspace ORDER BY workspace LIMIT 1)
    FROM lane WHERE lane.workspace IS NOT NULL
)
SELECT lane.workspace FROM lane WHERE lane.workspace IS NOT NULL LIMIT :most
"""
LANES_FROM: Final = text(_LANES.format(begin=">="))
LANES_AFTER: Final = text(_LANES.format(begin=">"))

_CANDIDATE = """
    SELECT c.id, c.visible_at FROM editions AS c
    WHERE c.state = 'open' AND c.platform = :platform AND c.workspace = lane.workspace AND c.visible_at <= :now
    AND COALESCE((SELECT CASE WHEN last.state = 'open' THEN :until ELSE last.visible_at END FROM editions AS last
        WHERE last.subscription = c.subscription AND last.id < c.id AND last.state <> 'skipped'
        ORDER BY last.id DESC LIMIT 1), 0) <= :now
    ORDER BY c.visible_at, c.id
"""
"""What may be claimed in a lane: due, while the channel's edition before it is over, and was not sent just now.

That is asked of an index of everything: PostgreSQL's statistics are of a time when nothing was open, and another
partial index, of which they say that it is empty, would be read from end to end for every row.
"""

_TAKE = """
WITH chosen(id) AS MATERIALIZED (CHOSEN)
UPDATE editions SET lease = :lease, visible_at = :until, attempts = attempts + 1,
    doubt = CASE WHEN lease IS NULL THEN doubt ELSE 1 END, first_try = COALESCE(first_try, :now)
WHERE id LISTED
RETURNING id, subscription, slot, platform, workspace, channel, part, parts, attempts, doubt, first_try, bodies,
    messages, created_at, audience
"""
_CHOSEN = {
    # SQLite has neither LATERAL nor a LIMIT that a row sets: what is too many is cut off afterwards.
    "sqlite": """
        SELECT id FROM (
            SELECT e.id, lane.most,
                ROW_NUMBER() OVER (PARTITION BY lane.workspace ORDER BY e.visible_at, e.id) AS number
            FROM LANES AS lane CROSS JOIN editions AS e WHERE e.id IN (SELECT id FROM (CANDIDATE LIMIT :most))
        ) WHERE number <= most
    """,
    "postgresql": """
        SELECT taken.id FROM LANES AS lane
        CROSS JOIN LATERAL (CANDIDATE LIMIT LEAST(lane.most, :most) FOR UPDATE OF c SKIP LOCKED) AS taken
    """,
}


_LISTED = {
    "sqlite": "IN (SELECT id FROM chosen)",
    "postgresql": "= ANY (ARRAY(SELECT id FROM chosen))",  # never by reading the whole table
}
_LANES_GIVEN = {
    "sqlite": """(SELECT json_extract(value, '$[0]') AS workspace, json_extract(value, '$[1]') AS most
        FROM json_each(:lanes))""",
    "postgresql": """(SELECT value ->> 0 AS workspace, CAST(value ->> 1 AS bigint) AS most
        FROM jsonb_array_elements(CAST(:lanes AS jsonb)))""",
}
_CROWDED = """
SELECT lane.workspace FROM LANES AS lane WHERE EXISTS (SELECT 1 FROM editions AS c
    WHERE c.state = 'open' AND c.platform = :platform AND c.workspace = lane.workspace AND c.visible_at <> :until)
"""


def _typed(dialect: str, statement: str) -> TextClause:
    """Return a statement for `dialect`; asyncpg has to be told what its parameters are."""
    types: dict[str, Any] = {"lanes": Text(), "lease": Text(), "platform": Text()}
    types |= dict.fromkeys(("most", "now", "until"), BigInteger())
    whole = (
        statement.replace("CHOSEN", _CHOSEN[dialect])
        .replace("CANDIDATE", _CANDIDATE)
        .replace("LISTED", _LISTED[dialect])
        .replace("LANES", _LANES_GIVEN[dialect])
    )
    named = [bindparam(name, type_=kind) for name, kind in types.items() if f":{name}" in whole]
    return text(whole).bindparams(*named)


TAKE: Final = {dialect: _typed(dialect, _TAKE) for dialect in _CHOSEN}
"""Claims, by dialect; ``lanes`` is JSON: ``[[workspace, how many], …]``, ``most`` the most of one lane."""
CROWDED: Final = {dialect: _typed(dialect, _CROWDED) for dialect in _CHOSEN}
"""Those of the lanes, by dialect, that have more open than what was claimed with ``until``."""
SOONEST: Final = text("""
SELECT MIN(visible_at) FROM editions WHERE state = 'open' AND platform = :platform AND visible_at > :now
""")
"""When the next part comes up by itself."""
