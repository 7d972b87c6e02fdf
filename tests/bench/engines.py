"""What the search is measured beside, over the same texts: SQLite FTS5 with its Porter stemmer, and bare tantivy."""

import sqlite3
from collections.abc import Callable, Iterable

from tests.bench.made_up import Made

Ask = Callable[[str], int]
"""Ask a query; how many entries came back."""
_HITS = 10


def fts5(entries: Iterable[Made]) -> Ask:
    """Return an index of `entries` in SQLite, in memory, any word of the query being enough."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE texts USING fts5(title, names, lead, claims, tokenize = 'porter unicode61')")
    rows = ((each.title, " ".join(each.names), each.bottom_line, " ".join(each.claims)) for each in entries)
    base.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows)
    base.commit()
    found = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts, 4.0, 3.0, 1.5, 1.0) LIMIT ?"

    def ask(query: str) -> int:
        words = " OR ".join(f'"{word}"' for word in query.split())
        return len(base.execute(found, (words, _HITS)).fetchall())

    return ask


def tantivy(entries: Iterable[Made]) -> Ask:
    """Return an index of `entries` in tantivy with English stems, in memory, any word of the query being enough."""
    from tantivy import Document, Index, SchemaBuilder

    schema = SchemaBuilder()
    for field in ("title", "names", "lead", "claims"):
        schema = schema.add_text_field(field, tokenizer_name="en_stem")
    index = Index(schema.build())
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for each in entries:
        said = {"title": each.title, "names": " ".join(each.names), "claims": " ".join(each.claims)}
        writer.add_document(Document(lead=each.bottom_line, **said))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, boosts = index.searcher(), {"title": 4.0, "names": 3.0, "lead": 1.5, "claims": 1.0}

    def ask(query: str) -> int:
        parsed = index.parse_query(query, ["title", "names", "lead", "claims"], field_boosts=boosts)
        return len(searcher.search(parsed, _HITS, count=False).hits)

    return ask
