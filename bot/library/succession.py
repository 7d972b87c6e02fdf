"""Who came after or before somebody in an office: "who replaced Qin Gang?", "Li Shangfu's successor"."""

import re

_AFTER = (
    r"(?:replaced?|replaces|succeeded|succeeds|succeed|followed|took over (?:from|after)|takes over (?:from|after)|"
    r"came after|comes after|is after|was after|is replacing|is succeeding)"
)
_BEFORE = r"(?:came before|was before|preceded)"
_AS = r"(?: (?:as|in|at) (?P<office>.+))?"
_QUESTIONS = (
    (re.compile(rf"who (?:has |had )?{_AFTER} (?P<name>.+?){_AS}"), True),
    (re.compile(rf"who(?:m)? (?:was|is|has) (?P<name>.+?) (?:been )?(?:replaced|succeeded|followed) by{_AS}"), True),
    (re.compile(rf"who (?:has |had )?{_BEFORE} (?P<name>.+?){_AS}"), False),
    (re.compile(rf"who(?:m)? did (?P<name>.+?) (?:replace|succeed|follow|take over from){_AS}"), False),
    (re.compile(r"(?:who (?:is|was|became) )?(?:the )?successor (?:of|to) (?P<name>.+?)(?P<office>\Z)"), True),
    (re.compile(r"(?:who (?:is|was|became) )?(?:the )?predecessor (?:of|to) (?P<name>.+?)(?P<office>\Z)"), False),
    (re.compile(r"(?:who (?:is|was|became) )?(?P<name>.+?) successor(?P<office>\Z)"), True),
    (re.compile(r"(?:who (?:is|was|became) )?(?P<name>.+?) predecessor(?P<office>\Z)"), False),
    (re.compile(r"(?:who (?:is|was|became|were) )?(?:the )?(?P<office>.+?) (?:right |just )?after (?P<name>.+)"), True),
    (
        re.compile(r"(?:who (?:is|was|became|were) )?(?:the )?(?P<office>.+?) (?:right |just )?before (?P<name>.+)"),
        False,
    ),
)


def asks_for_next(words: str) -> tuple[str, str, bool] | None:
    """Return whose successor normal `words` ask for, in which office if they say it, and False for the predecessor."""
    for pattern, after in _QUESTIONS:
        found = pattern.fullmatch(words)
        if found:
            return found["name"], found["office"] or "", after
    return None


_UNDER = re.compile(
    r"(?:who (?:is|was|were) )?(?:the )?(?P<office>.+) (?:under|during) (?:president |the )?(?P<name>.+?)"
    r"(?: administration| government| presidency)?"
)
_WHOSE = re.compile(r"(?:who (?:is|was|were) )?(?:president )?(?P<name>\w+(?: \w+)??) (?P<office>.+)")


def asks_for_one_under(words: str) -> tuple[tuple[str, str, bool], ...]:
    """Return under whom normal `words` may ask for a holder, of which office, and whether in all of that time.

    "Secretary of state under Trump" is anybody's of his terms, "Trump's secretary of state" the one of today if there
    is one.
    """
    under, whose = _UNDER.fullmatch(words), _WHOSE.fullmatch(words)
    found = [(under["name"], under["office"], True)] if under else []
    return (*found, (whose["name"], whose["office"], False)) if whose else tuple(found)
