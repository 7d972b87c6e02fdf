"""Words that say little by themselves, in a library on two countries and those who hold their offices."""

from collections.abc import Iterable


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION = _words(
    "a an the of to in on at for and or with by from over about as is are was were be been do does did has have "
    "he she it him her his their they this that these those s"
)
"""Words that no question is about."""

COUNTRY = _words("us usa america american united states china chinese prc")
"""The two countries, which almost every entry is about."""
COUNTRIES = frozenset({"china", "us"})
"""The terms for them."""
NATIONS = COUNTRIES | _words(
    "japan philippin australia britain russia cuba taiwan india indonesia singapor korea germani franc canada vietnam "
    "mexico ukrain europ"
)
"""The terms for these and other countries, whose offices and ministries are called alike."""

OFFICES = _words(
    "pres deputy mr mrs ms miss dr sir hon president vice secretary state minister foreign prime premier chairman "
    "amb ambassador gen general adm admiral sec secy sen senator director adviser advisor leader envoy premier "
    "spokesman spokeswoman spokesperson former ex then current acting "
    "zhuxi zongshuji zongtong zongli waizhang buzhang dashi zhuren tongzhi"
)
"""Words of address and office, which may stand beside a person's name without being part of it."""

LIKE_PLURALS = _words("burns marcos williams gates james jones davis harris adams phillips collins woods texas")
"""Names that end like a plural, and have nothing to do with what they would be the plural of."""

MONTHS = _words(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)

_YEAR_LONG = 4
_DIRECTIONS = _words("north south east west")
_SAME = {"chinese": "china", "american": "us", "america": "us", "usa": "us"}


def same(word: str) -> str:
    """Return `word`, or the country's name for its people's: "Chinese president" is China's president."""
    return _SAME.get(word, word)


def is_date(word: str) -> bool:
    """Return whether a normal `word` is a month or a number, which are never a slip of each other."""
    return word in MONTHS or word.isdecimal()


def is_year(word: str) -> bool:
    """Return whether a normal `word` is a year of the last century or this one."""
    return len(word) == _YEAR_LONG and word.isdecimal() and word.startswith(("19", "20"))


def lies_elsewhere(words: Iterable[str], title: str) -> bool:
    """Return whether normal `words` and `title` say directions, and others: the East China Sea is not the South one."""
    said = _DIRECTIONS.intersection(words)
    titled = _DIRECTIONS.intersection(title.casefold().split()) if said else said
    return bool(titled) and said.isdisjoint(titled)


def tells(word: str) -> bool:
    """Return whether a normal `word` can tell one entry from the others."""
    return not (word in FUNCTION or word in COUNTRY or is_date(word))
