"""The index of texts: which entries hold the terms of a question, and how many entries hold each.

Made of what one tier of readers may see and of nothing else, so that not even a score or a count tells of a draft. It
is a snapshot: with a changed entry a new one is made that shares all the rest with it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import log
from typing import TYPE_CHECKING

from bot.library.entry import Entry
from bot.library.passages import FIELDS, Passages, written
from bot.library.steady import breathe, let_go, made_aside

if TYPE_CHECKING:
    from tantivy import DocAddress, Index, IndexWriter, Searcher

_BOOSTS = {"names": 3.5, "lead": 1.5, "claims": 1.0, "body": 0.5}
_HEAP = 15_000_000
"""Bytes that a writer may hold before it writes a segment; the least that the engine takes."""
_MANY = 1_000
"""Changed entries from which on the writer's own threads stand back for others: fewer are over in a moment.

A busy machine makes those threads wait, so that a change of one file is better off without.
"""
_COMMON = 0.1
"""Share of the entries from which on a term finds nothing that the rarer terms of the question do not find."""
_LEAST = 0.3
"""Share of the best text weight that an entry has to have to be looked at more closely."""
_KEPT = 256
"""Entries whose terms are kept once they were looked at."""
_FEW = 1_000
"""Entries that may hold a term without its being common."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that holds terms of a question: its text weight as a share of the best, and what it says."""

    entry_id: str
    weight: float
    passages: Passages


@dataclass(frozen=True)
class TextIndex:
    """The texts of some entries, as they were at one moment."""

    _index: "Index"
    _searcher: "Searcher"
    hashes: Mapping[str, str]
    """The entries that are in it, by id, each with the hash of its content."""

    _kept: dict[tuple[int, int], tuple[str, Passages]] = field(default_factory=dict, repr=False, compare=False)
    """The ids and terms of those that were looked at last, by their places in this snapshot."""

    @staticmethod
    def of(entries: Collection[Entry], day: date) -> "TextIndex":
        """Return the index of `entries` as they may be read on `day`."""
        from tantivy import Index, SchemaBuilder

        from bot.library.freed import give_back_large_pieces

        give_back_large_pieces()
        schema = SchemaBuilder().add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for each in FIELDS:
            schema = schema.add_text_field(each, stored=True, tokenizer_name="whitespace", index_option="freq")
        schema = schema.add_text_field("all", tokenizer_name="whitespace", index_option="basic")
        return TextIndex(Index(schema.build()), None, {}).with_changes(entries, (), day)  # type: ignore[arg-type]

    def with_changes(self, changed: Collection[Entry], gone: Iterable[str], day: date) -> "TextIndex":
        """Return the index in which `changed` are as they are now and `gone` are no more; this one stays as it is."""
        from tantivy import Document

        writer = made_aside(self._writer) if len(changed) > _MANY else self._writer()
        hashes, written_now = dict(self.hashes), list[Entry]()
        for entry_id in gone:
            writer.delete_documents_by_term("id", entry_id)
            hashes.pop(entry_id, None)
        for entry in changed:
            breathe()
            if self.hashes:  # also one that is not in it: a reload that failed may have added it
                writer.delete_documents_by_term("id", entry.id)
            said = written(entry, day)
            every = dict.fromkeys(" ".join(said.values()).split())
            breathe()
            writer.add_document(Document(id=entry.id, all=" ".join(every), **said))
            written_now.append(entry)
        for entry in written_now:  # apart: a large table is made larger at once, soon only while its keys are at hand
            hashes[entry.id] = entry.content_hash
        let_go(written_now)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return TextIndex(self._index, self._index.searcher(), hashes)

    def _writer(self) -> "IndexWriter":
        return self._index.writer(heap_size=_HEAP, num_threads=1)

    def rarity(self, held: int) -> float:
        """Return how much a term tells that `held` entries have: the rarer, the more; most for one that none has."""
        count = len(self.hashes)
        return log(1 + (count - held + 0.5) / (held + 0.5)) if count > held else 0.01

    def frequency(self, term: str) -> int:
        """Return how many entries hold `term`."""
        return self._searcher.doc_freq("all", term)

    def candidates(self, asked: Mapping[str, float], most: int) -> list[Candidate]:
        """Return at most `most` entries with terms of `asked`, each of which counts for so much, likeliest first."""
        from tantivy import Occur, Query

        held = {term: self.frequency(term) for term in asked}
        limit = max(_FEW, _COMMON * len(self.hashes))
        known = [term for term, count in held.items() if count]
        telling = [term for term in known if held[term] <= limit] or sorted(known, key=held.__getitem__)[:1]
        clauses = [
            (Occur.Should, Query.boost_query(Query.term_query(self._index.schema, name, term, "freq"), boost))
            for term in telling
            for name, boost in ((name, boost * asked[term]) for name, boost in _BOOSTS.items())
        ]
        hits = self._searcher.search(Query.boolean_query(clauses), most, count=False).hits if clauses else []
        best = hits[0][0] if hits else 1.0
        return [self._candidate(place, weight / best) for weight, place in hits if weight >= _LEAST * best]

    def _candidate(self, place: "DocAddress", weight: float) -> Candidate:
        kept = self._kept.get((place.segment_ord, place.doc))
        return Candidate(kept[0], weight, kept[1]) if kept else self._read(place, weight)

    def _read(self, place: "DocAddress", weight: float) -> Candidate:
        document = self._searcher.doc(place)
        fields = {name: str(document.get_first(name) or "") for name in FIELDS}
        found = Candidate(str(document.get_first("id")), weight, Passages.read(fields))
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[place.segment_ord, place.doc] = found.entry_id, found.passages
        return found
