"""Any valid entry that became any other: composed without fail, every change told, and drawn within every limit."""

import json
import re

from hypothesis import HealthCheck, given, settings

from bot.digests.changes import new_corrections
from bot.digests.edition import Before, Edition, Kept, Section
from bot.digests.layout import POINTS_BELOW
from bot.digests.model import OnEmpty, Wants
from bot.digests.revision import Revision, revision
from bot.library.entry import Entry
from bot.platforms.terminal.render import plain_text
from bot.reply import Outcome
from tests.digests.editions import TODAY, changed, edition, files, made, seen
from tests.library.strategies import ENTRY_ID, entry_files
from tests.platforms.test_any_entry import discord_words, loaded, slack_words, tokens

OTHER = files("Standing By")
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def drawn(found: Edition) -> list[set[str]]:
    """Draw for every platform, hold each against the platform's rules, and return the letters and digits shown."""
    for action in found.reply.actions:
        assert json.loads(json.dumps(action.encode())) == action.encode()
    return [tokens(draw(found.reply)) for draw in (plain_text, slack_words, discord_words)]


def expected(then: Revision, entry: Entry) -> str:
    """Return every text that changed between the two, as the file says it."""
    now = revision(entry)
    corrections = new_corrections(then, entry)
    found = [each for one in corrections for each in (one.was, one.now)]
    if then.bottom_line != now.bottom_line:
        found += [then.bottom_line, now.bottom_line]
    for claim_id in then.claims.keys() | now.claims.keys():
        was, told = then.claims.get(claim_id), now.claims.get(claim_id)
        if was != told:
            found += [each.text for each in (was, told) if each is not None]
    found += list({*then.sayings} ^ {*now.sayings})
    return "\n".join((now.title, *found)) if found else ""


@given(entry_files(), entry_files())
@FEW
def test_every_change_of_any_entry_is_told_on_every_platform(was: tuple[str, str], now: tuple[str, str]) -> None:
    before, after = loaded(*was), loaded(*now)
    (then,) = (revision(entry) for entry in before.entries_by_id.values())
    (entry,) = after.entries_by_id.values()
    found = edition(after, seen(before), wants=Wants(duties=True))
    changes = [item for item in found.items if item.section is Section.CHANGED]
    assert len(changes) <= 1
    points = len(changes[0].words.split("\n")) - 1 if changes else 0
    for shown in drawn(found):
        if points <= POINTS_BELOW:
            assert tokens(expected(then, entry)) <= shown


@given(entry_files())
@FEW
def test_any_entry_is_told_when_it_is_new_first_seen_or_gone(written: tuple[str, str]) -> None:
    alone, with_it = made(OTHER), made(OTHER | dict([written]))
    new = edition(with_it, seen(alone), wants=Wants(duties=True))
    (entry,) = (each for each in with_it.entries_by_id.values() if each.id == ENTRY_ID)
    why = entry.why_it_matters or ""
    for shown in drawn(new):
        assert tokens(f"{entry.title} {entry.bottom_line} {why}") <= shown
    gone = edition(alone, seen(with_it))
    for shown in drawn(gone):
        assert tokens(entry.title) <= shown
    drawn(edition(with_it, Before(None, Kept({}))))
    drawn(edition(with_it, seen(with_it), wants=Wants(on_empty=OnEmpty.NOTE)))


@given(entry_files(), entry_files())
@FEW
def test_without_the_earlier_words_it_is_still_told(was: tuple[str, str], now: tuple[str, str]) -> None:
    before, after = loaded(*was), loaded(*now)
    found = edition(after, seen(before, revisions=Kept({})))
    (entry,) = after.entries_by_id.values()
    for shown in drawn(found):
        assert was == now or tokens(entry.title) <= shown


def test_hundreds_of_changes_are_drawn_within_every_limit() -> None:
    was = files(*[f"Person number {place}" for place in range(200)])
    now = files(*[f"Person number {place}" for place in range(200)], bottom_line=f"Another line{' and more' * 30}.")
    found = changed(was, now, today=TODAY)
    assert found.reply.outcome is Outcome.LIST
    for shown in drawn(found):
        assert re.search(r"\d", " ".join(shown))
    told = {item.entry_id for item in found.items} | {each.entry_id for each in found.left_out}
    assert len(told) == 200
