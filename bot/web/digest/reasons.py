"""Why each item is in an edition, and why everything else is not."""

from collections.abc import Sequence

import htpy as h
from htpy import Element, Node

from bot.digests.edition import Edition, Item, LeftOut
from bot.wording import counted


def verdict(edition: Edition) -> Element:
    """Return what would become of the edition, in a sentence."""
    shown = [item for item in edition.items if not item.below]
    if edition.news:
        below = len(edition.items) - len(shown)
        rest = f", and {below} below the list" if below else ""
        words = f"This edition would be posted: {counted(len(shown), 'item')}{rest}."
    elif edition.posts:
        words = "There is nothing new: a one-line note would be posted."
    else:
        words = "There is nothing new: nothing would be posted. This is the note that could be asked for instead."
    return h.p(".verdict", role="status")[words]


def reasons(edition: Edition) -> Node:
    """Return the items with their reasons, and what is left out by reason."""
    return h.section(".reasons", aria_labelledby="why")[
        h.h2("#why")["Why"],
        h.h3[f"In this edition: {counted(len(edition.items), 'item')}"],
        _table(edition.items) if edition.items else h.p(".none")["Nothing."],
        h.h3[f"Left out: {len(edition.left_out)}"],
        [_left_out(reason, found) for reason, found in _by_reason(edition.left_out).items()]
        or h.p(".none")["Nothing."],
    ]


def _table(items: Sequence[Item]) -> Element:
    return h.div(".scroll", tabindex="0", role="region", aria_label="Items of this edition")[
        h.table[
            h.thead[h.tr[(h.th(scope="col")[words] for words in ("Section", "Briefing", "Why it is in"))]],
            h.tbody[
                (
                    h.tr[
                        h.td[item.section.heading, h.span(".none")[" below"] if item.below else None],
                        h.td[item.title],
                        h.td[item.reason],
                    ]
                    for item in items
                )
            ],
        ]
    ]


def _by_reason(left_out: Sequence[LeftOut]) -> dict[str, list[LeftOut]]:
    found: dict[str, list[LeftOut]] = {}
    for each in left_out:
        found.setdefault(each.reason, []).append(each)
    return found


def _left_out(reason: str, found: Sequence[LeftOut]) -> Element:
    titles = [f"{each.title} ({each.section.heading})" if each.section else each.title for each in found]
    return h.details(".left")[
        h.summary[f"{reason} ", h.span(".count")[str(len(found))]],
        h.ul[(h.li[title] for title in titles)],
    ]
