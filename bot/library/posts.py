"""Posts abroad: an ambassador is of one country and at another, and the two turned round are another office."""

from collections.abc import Sequence

_POST = "ambassador"
_WHERE, _WHOSE = frozenset({"to", "in", "at"}), frozenset({"of", "from"})


def turned(asked: Sequence[str], office: Sequence[str]) -> bool:
    """Return whether terms `asked` name the post that is the other way round than `office`, both in their order.

    "China's ambassador", "ambassador to the US": neither is the US ambassador to China.
    """
    if _POST not in asked or _POST not in office:
        return False
    whose, where = _sides(asked)
    office_whose, office_where = _sides(office)
    return bool(whose & office_where - office_whose or where & office_whose - office_where)


def _sides(terms: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the terms that say whose ambassador it is, and those that say where."""
    place = terms.index(_POST)
    whose, where = set(terms[:place]), set[str]()
    side: set[str] | None = None
    for term in terms[place + 1 :]:
        if term in _WHERE or term in _WHOSE:
            side = where if term in _WHERE else whose
        elif side is not None:
            side.add(term)
    return frozenset(whose), frozenset(where)
