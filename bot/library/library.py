"""The library: every entry, immutable, and what can be asked of it by somebody who may see only part of it.

Replaced whole, never edited: a reader in mid-command keeps the one it started with. Every look-up takes the viewer,
so that a draft, an embargoed or an inner entry surfaces nowhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from hashlib import sha256
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.library.answer import Answer
from bot.library.completing import Completion, completed
from bot.library.entry import Claim, Entry, Role
from bot.library.known import held_on, told_on
from bot.library.look import Found
from bot.library.names import Names
from bot.library.normal import normal
from bot.library.problem import Problem
from bot.library.read import slug_of
from bot.library.sights import Sights
from bot.library.steady import breathe, let_go, sorted_steadily
from bot.library.visibility import Viewer, expired, visible
from bot.library.vocabulary import Kind
from bot.library.when import When

if TYPE_CHECKING:
    from bot.library.read import Read

Resolution = Found


_SEARCHED_WHILE_TYPED = 2_000
"""Entries up to which every letter that is typed is searched for: in some milliseconds."""


class HeldRole(NamedTuple):
    """An office, who held it where there is an entry for them, and the entry that says so.

    `certain` is False where its dates are not exact enough to tell for the day asked for.
    """

    role: Role
    holder: Entry | None
    source_entry: Entry
    certain: bool = True


class Dated(NamedTuple):
    """A claim with a date, and the entry that tells it."""

    claim: Claim
    entry: Entry
    when: When


class Library:
    """Every entry that can be served, by id, and every problem that was found in the files."""

    def __init__(
        self,
        entries: Iterable[Entry],
        problems: Iterable[Problem] = (),
        stale: Mapping[str, str] | None = None,
        reads: Sequence["Read"] = (),
        previous: "Library | None" = None,
    ) -> None:
        """Index `entries`; `stale` maps an entry served from an earlier version to its broken file.

        What did not change since `previous` need not be made searchable again.
        """
        ordered = sorted_steadily(entries, key=lambda entry: f"{entry.title.casefold()}\0{entry.id}")
        self.entries_by_id: Mapping[str, Entry] = MappingProxyType({entry.id: entry for entry in ordered})
        self.problems = tuple(problems)
        self.stale: Mapping[str, str] = MappingProxyType(dict(stale or {}))
        self.reads = tuple(reads)
        self.revision = _revision(ordered)
        self.names: Names = Names(ordered, previous.names if previous else None)
        self.sights: Sights = Sights(ordered, previous.sights if previous else None)
        self._backlinks = _backwards(
            ordered, lambda entry: (*entry.related, *((entry.parent,) if entry.parent else ()))
        )
        self.namesakes = _backwards(ordered, lambda entry: entry.not_to_be_confused_with)
        self._roles = _roles(ordered)
        let_go(ordered)

    def __getstate__(self) -> dict[str, Any]:
        """Return what another process makes it of: views that cannot be changed are not to be handed over."""
        return self.__dict__ | {"entries_by_id": dict(self.entries_by_id), "stale": dict(self.stale)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take what `__getstate__` returned."""
        self.__dict__.update(state)
        self.entries_by_id = MappingProxyType(state["entries_by_id"])
        self.stale = MappingProxyType(state["stale"])

    @cached_property
    def unread(self) -> frozenset[str]:
        """Ids of entries whose files are there and of which nothing can be served, not even an earlier version."""
        return frozenset(slug_of(read.path) for read in self.reads).difference(self.entries_by_id)

    def get(self, entry_id: str, viewer: Viewer) -> Entry | None:
        """Return the entry called `entry_id`, or None when there is none for `viewer`."""
        entry = self.entries_by_id.get(entry_id)
        return entry if entry is not None and visible(entry, viewer) else None

    def browse(self, viewer: Viewer, kind: Kind | None = None, topic: str | None = None) -> tuple[Entry, ...]:
        """Return the entries of `kind` and `topic` (all for None), by title."""
        return tuple(
            entry
            for entry in self.entries_by_id.values()
            if (kind is None or entry.kind is kind)
            and (topic is None or topic in entry.topics)
            and visible(entry, viewer)
        )

    def topics(self, viewer: Viewer) -> tuple[tuple[str, int], ...]:
        """Return each topic with the number of its entries, most first."""
        counted = Counter(topic for entry in self.browse(viewer) for topic in entry.topics)
        return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))

    def related(self, entry: Entry, viewer: Viewer) -> tuple[Entry, ...]:
        """Return what belongs with `entry`, whichever end says so: its relations, parent, children."""
        own = (*entry.related, *((entry.parent,) if entry.parent else ()))
        ids = dict.fromkeys((*own, *self._backlinks.get(entry.id, ())))
        return tuple(self._known((each for each in ids if each != entry.id), viewer))

    def confusable(self, entry: Entry, viewer: Viewer) -> tuple[Entry, ...]:
        """Return the entries that `entry` is not to be confused with, whichever end says so."""
        ids = dict.fromkeys((*entry.not_to_be_confused_with, *self.namesakes.get(entry.id, ())))
        return tuple(self._known((each for each in ids if each != entry.id), viewer))

    def roles(self, entry: Entry, viewer: Viewer, on: date | None) -> tuple[HeldRole, ...]:
        """Return offices that `entry` holds, offers or tells of, on the day `on` (ever, for None), oldest first.

        An office that several entries tell of is there once, as `entry` itself tells it if it does. An office whose
        holder `viewer` may not see is left out, for its line would name them.
        """
        found: dict[tuple[str, str, date], HeldRole] = {}
        for role, holder_id, source in self._roles.get(entry.id, ()):
            certain = True if on is None else held_on(role, on, viewer.now.date())
            if not visible(source, viewer) or certain is False:
                continue
            holder = self.get(holder_id, viewer) if holder_id else None
            if holder_id in self.entries_by_id and holder is None:
                continue
            held = HeldRole(role, holder, source, certain is not None)
            key = (normal(role.office), holder_id or normal(role.person or ""), _begin(role))
            if key not in found or source.id == entry.id:
                found[key] = held
        return tuple(found.values())

    def timeline(
        self,
        viewer: Viewer,
        *,
        entry: Entry | None = None,
        first: date | None = None,
        last: date | None = None,
        known: date | None = None,
    ) -> tuple[Dated, ...]:
        """Return dated claims between `first` and `last` (both counted in) in order; an event told twice once.

        With `known` only those that could be told on that day. Of twins (`same_as`) the one that the other points to
        is told. An entry that has expired tells no claims.
        """
        found: dict[str, Dated] = {}
        for each in (entry,) if entry is not None else self.browse(viewer):
            for claim in () if expired(each, viewer) else each.claims:
                when = claim.date
                if when is None or (first and when.last < first) or (last and when.first > last):
                    continue
                if known and not told_on(claim, known):
                    continue
                event = self.event(each, claim)
                if event == f"{each.id}#{claim.id}":
                    found.pop(event, None)  # its place is then where its own entry tells it, not where a twin did
                elif event in found:
                    continue
                found[event] = Dated(claim, each, when)
        return tuple(sorted(found.values(), key=_order))

    def claim(self, entry: Entry, reference: str) -> Claim | None:
        """Return the claim that `entry` refers to, ``claim-id`` for its own or ``entry-id#claim-id``; None for none."""
        entry_id, _, claim_id = reference.rpartition("#")
        told_in = self.entries_by_id.get(entry_id or entry.id)
        return next((claim for claim in told_in.claims if claim.id == claim_id), None) if told_in else None

    def search(self, query: str, viewer: Viewer, on: date | None = None) -> Answer:
        """Return what answers `query` on the day `on` (today for None): a match, several, or none with the nearest."""
        from bot.library.search import Search  # here, since a start searches for nothing

        return Search(self.names, lambda: self.sights.of(viewer), viewer, on).find(query)

    def resolve(self, query: str, viewer: Viewer, on: date | None = None) -> Resolution:
        """Return the entries that `search` stands by."""
        answer = self.search(query, viewer, on)
        return Found(answer.outcome, answer.entries, answer.how)

    def is_named(self, query: str, viewer: Viewer) -> bool:
        """Return whether `query` is a name, so that it can be answered without the texts."""
        return self.names.exactly(query, viewer, None) is not None

    def prepare(self, viewer: Viewer) -> None:
        """Make what `viewer` may see searchable by its texts, so that no question has to wait for it.

        Takes time with the first question otherwise. May be called in a thread.
        """
        self.sights.of(viewer)

    def is_prepared(self, viewer: Viewer) -> bool:
        """Return whether that was done, so that `search` takes no time."""
        return self.sights.ready(viewer)

    def complete(self, typed: str, viewer: Viewer, limit: int = 25) -> tuple[Completion, ...]:
        """Return at most `limit` entries: what `search` finds for `typed`, then those whose name starts so.

        All by title for an empty one. Only names that are found without delay while the texts are made searchable.
        """
        quick = self.is_prepared(viewer) and len(self.entries_by_id) <= _SEARCHED_WHILE_TYPED
        search = partial(self.search, viewer=viewer) if quick else None
        return tuple(islice(completed(self.names, search, typed, viewer, limit), limit))

    def event(self, entry: Entry, claim: Claim) -> str:
        """Return one name for the event that `claim` tells, the same in every entry that tells it."""
        reference, seen = f"{entry.id}#{claim.id}", set[str]()
        while claim.same_as and reference not in seen:
            seen.add(reference)
            reference = claim.same_as if "#" in claim.same_as else f"{entry.id}#{claim.same_as}"
            entry_id, _, claim_id = reference.partition("#")
            other = self.entries_by_id.get(entry_id)
            following = next((each for each in other.claims if each.id == claim_id), None) if other else None
            if other is None or following is None:
                break
            entry, claim = other, following
        return reference

    def _known(self, ids: Iterable[str], viewer: Viewer) -> Iterator[Entry]:
        return (entry for each in ids if (entry := self.get(each, viewer)) is not None)


def _order(dated: Dated) -> tuple[date, date]:
    """Return what timelines sort by: a month or a year comes behind the days in it, an interval where it begins.

    What happened on one day stays in the order in which its entry tells it.
    """
    return dated.when.start.last, dated.when.last


def _revision(entries: Iterable[Entry]) -> str:
    """Return what tells one library from another; `entries` come in the order of their titles."""
    found = sha256()
    for entry in entries:
        breathe()
        found.update(f"{entry.id} {entry.content_hash}\n".encode())
    return found.hexdigest()[:12]


def _backwards(entries: Iterable[Entry], names: Callable[[Entry], Iterable[str]]) -> dict[str, list[str]]:
    """Return, for each id that an entry names, the entries that do."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        breathe()
        for other in names(entry):
            found.setdefault(other, []).append(entry.id)
    return found


_Told = tuple[Role, str | None, Entry]


def _roles(entries: Iterable[Entry]) -> dict[str, list[_Told]]:
    """Return for every entry the offices it has to do with: told in it, held by it, or held at it."""
    found: dict[str, dict[int, _Told]] = {}
    for entry in entries:
        breathe()
        for role in entry.roles:
            holder = role.holder or (entry.id if entry.kind is Kind.PERSON and role.person is None else None)
            for each in (entry.id, holder, role.organisation):
                if each:
                    found.setdefault(each, {})[id(role)] = (role, holder, entry)
    return {entry_id: sorted(told.values(), key=lambda each: _begin(each[0])) for entry_id, told in found.items()}


def _begin(role: Role) -> date:
    return role.valid_from.first if role.valid_from else role.seen_first or date.min
