"""Many subscriptions: what they share is composed once, and nobody gets what is another's."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.compose import draft as original
from bot.digests.composer import Composer
from bot.digests.edition import Before, Edition
from bot.digests.model import OnEmpty, Wants
from bot.digests.snapshot import snapshot
from bot.library.visibility import Viewer
from bot.library.vocabulary import Audience, Kind
from tests.digests.editions import NOW, PUBLIC, TODAY, claim, edition, files, made, seen, words

LIBRARY = made(
    files(*[f"Person {letter}" for letter in "ABCDEFGHIJKL"], claims=[claim("one", "It was.", date="2020-11-26")])
    | files("Inner One", audience="internal")
    | files("Later One", publish_at="2026-11-26T08:00+00:00")
    | files("Trade One", topics=["trade"], review_by="2026-11-20", expires="2026-11-27")
)
EARLIER = made(files("Person A", bottom_line="Another line.") | files("Gone One"))
BEFORE = seen(EARLIER)


def told(found: Edition) -> tuple[object, ...]:
    reply = found.reply
    return (
        *(words(reply), reply.summary, reply.actions, found.items, found.left_out),
        *(found.news, found.posts, found.snapshot, found.spotlit),
    )


wants = st.builds(
    Wants,
    topics=st.sampled_from([(), ("trade",)]),
    kinds=st.sampled_from([(), (Kind.PERSON,), (Kind.EVENT,)]),
    on_empty=st.sampled_from(OnEmpty),
    duties=st.booleans(),
)
viewers = st.builds(
    Viewer,
    audience=st.sampled_from(Audience),
    now=st.sampled_from([NOW, NOW + timedelta(hours=3), NOW + timedelta(days=2)]),
)
befores = st.builds(
    lambda **fields: replace(BEFORE, **fields),
    snapshot=st.sampled_from([None, BEFORE.snapshot, seen(LIBRARY).snapshot]),
    spotlit=st.lists(st.sampled_from([*LIBRARY.entries_by_id, "gone-one"]), unique=True).map(tuple),
    missed=st.sampled_from(["", "One edition was skipped."]),
    since=st.sampled_from([None, date(2026, 11, 24), date(2026, 11, 25)]),
    seed=st.sampled_from(["", "1", "2"]),
)
cases = st.tuples(
    st.sampled_from([LIBRARY, EARLIER]), viewers, wants, befores, st.sampled_from([TODAY, date(2026, 11, 27)])
)


@given(st.lists(cases, min_size=1, max_size=12), st.sampled_from([1, 3, 512]))
@settings(max_examples=60, deadline=None)
def test_it_gives_what_compose_gives_whatever_it_remembers(asked: list[tuple[object, ...]], kept: int) -> None:
    composer = Composer(kept)
    for library, viewer, wanted, before, today in asked * 2:
        found = composer.compose(library, viewer, wanted, before, today)  # type: ignore[arg-type]
        plain = edition(library, before, viewer=viewer, wants=wanted, today=today)  # type: ignore[arg-type]
        assert told(found) == told(plain)
        assert composer.snapshot(library, viewer, wanted) == snapshot(library, viewer, wanted)  # type: ignore[arg-type]


def test_a_thousand_channels_that_saw_the_same_are_composed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drafted = []

    def draft(*given: object) -> object:
        drafted.append(given)
        return original(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.digests.composer.draft", draft)
    composer, had = Composer(), seen(LIBRARY)
    found = [
        composer.compose(LIBRARY, PUBLIC, Wants(), replace(had, seed=str(number)), TODAY) for number in range(1_000)
    ]
    assert len(drafted) == 1
    spotlights = {each.spotlight for each in found}
    assert 1 < len(spotlights) <= len(LIBRARY.entries_by_id)
    assert len({id(each.reply) for each in found}) == len(spotlights)


def test_a_new_library_is_composed_anew() -> None:
    composer = Composer()
    first = composer.compose(EARLIER, PUBLIC, Wants(), BEFORE, TODAY)
    again = composer.compose(LIBRARY, PUBLIC, Wants(), BEFORE, TODAY)
    assert not first.news
    assert again.news


def test_what_an_embargo_ended_in_between_shows() -> None:
    composer = Composer()
    composer.compose(LIBRARY, PUBLIC, Wants(), BEFORE, TODAY)
    later = Viewer(Audience.PUBLIC, NOW + timedelta(hours=3))
    assert "later-one" in composer.compose(LIBRARY, later, Wants(), BEFORE, TODAY).snapshot.hashes


def test_what_expired_in_between_is_told_no_longer() -> None:
    library = made(files("Ada One", claims=[claim("one", "It was.", date="2020-11-26")], expires="2026-11-26"))
    composer, next_day = Composer(), Viewer(Audience.PUBLIC, NOW + timedelta(days=1))
    assert composer.compose(library, PUBLIC, Wants(), seen(library), TODAY).news
    assert not composer.compose(library, next_day, Wants(), seen(library), TODAY).news


def test_a_channel_that_begins_is_told_apart_from_one_that_saw_nothing() -> None:
    composer, nothing = Composer(), snapshot(made({}), PUBLIC, Wants())
    began = composer.compose(LIBRARY, PUBLIC, Wants(), Before(None, BEFORE.revisions), TODAY)
    empty = composer.compose(LIBRARY, PUBLIC, Wants(), Before(nothing, BEFORE.revisions), TODAY)
    assert told(began) != told(empty)


def test_composing_needs_no_database() -> None:
    unwanted = "{'sqlalchemy', 'alembic', 'discord', 'slack_sdk'}"
    program = f"import sys, bot.digests.composer; print(sorted({unwanted} & {{*sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
