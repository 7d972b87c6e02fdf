"""What is typed behind `/digest subscribe`, in any sensible order, becomes its options by name.

Some words say what follows them (``topics taiwan, chips``, ``zone taipei``, ``on-empty note``); the others are known by
their form: a time, days of the week, a time zone, a kind, a topic. What each option holds is read in `digest_order`.
"""

import re
from collections.abc import Collection, Iterator
from datetime import datetime

from bot.commands.find import echo
from bot.digests.times import parse_time, read_days, read_time
from bot.digests.zone_names import SEVERAL
from bot.digests.zones import nearest_zones, zone, zone_words
from bot.errors import BadRequestError
from bot.library.vocabulary import Kind

USAGE = "Write /digest subscribe TIME ZONE DAYS, then topics, kinds or on-empty; /digest help shows how."
_EMPTY = re.compile(r"(?<!\S)(?:on|when|if)[\s_-]?(?:empty|quiet|nothing)\b", re.IGNORECASE)
_KEYWORDS = {
    **dict.fromkeys(("topics", "topic", "about"), "topics"),
    **dict.fromkeys(("kinds", "kind"), "kinds"),
    **dict.fromkeys(("zone", "timezone", "tz"), "zone"),
    "time": "time",
    "days": "days",
    "on-empty": "on-empty",
    "duties": "duties",
}
_GLUED = re.compile(rf"(?<!\S)-{{0,2}}({'|'.join(_KEYWORDS)})\s*[:=]\s*|(?<!\S)--(?=[a-z])", re.IGNORECASE)
_FILLERS = frozenset(("at", "in", "on", "and", "every", "each", "the", "for", "time", "with", "please", "和", "在"))
_YES_OR_NO = frozenset(("yes", "no", "on", "off", "true", "false"))
_LONGEST = 4
"""Words of the longest name of a zone, or of days, that is typed."""
_MOST_WORDS = 80


_CHANNEL = re.compile(
    r"(?:(?<!\S)(?:to|into|in|for|-{0,2}channel)[\s:=]+)?(?<!\S)(<#[^<>\s]*>|#[^\s#,;<>]+)(?=[\s,;]|$)"
    r"|(?<!\S)-{0,2}channel(?:\s*[:=]\s*|\s)([^\s,;]+)",
    re.IGNORECASE,
)


def take_channel(words: str) -> tuple[str, str]:
    """Return the channel that `words` name, "" for none, and the rest: ``#news``, ``channel C01``, ``<#C01|news>``.

    Raises BadRequestError where they name two.
    """
    found = [each[1] or each[2] for each in _CHANNEL.finditer(words)]
    if len(set(found)) > 1:
        raise BadRequestError(
            f"One digest goes to one channel, and there are “{echo(found[0])}” and “{echo(found[1])}”.",
            "Order the second with a command of its own.",
        )
    return (found[0], " ".join(_CHANNEL.sub(" ", words).split())) if found else ("", words)


def kind_of(word: str) -> Kind | None:
    """Return the kind that `word` is: its name, its plural or its folder."""
    typed = word.casefold()
    return next((kind for kind in Kind if typed in {kind.value, f"{kind.value}s", kind.folder}), None)


def topic_of(words: str) -> str:
    """Return `words` as topics are written in entries."""
    return "-".join(words.casefold().replace("_", " ").split())


def read_words(words: str, topics: Collection[str], now: datetime) -> dict[str, str]:
    """Return the options in `words`, by name; `topics` are those that there are, zones are near by what they are `now`.

    Raises BadRequestError for words that are none of them, with the nearest, and for an option given twice.
    """
    return _Reading(topics, now).read(words)


class _Reading:
    """One line, being read."""

    def __init__(self, topics: Collection[str], now: datetime) -> None:
        self._topics = topics
        self._now = now
        self._options: dict[str, str] = {}
        self._lost: list[str] = []

    def read(self, words: str) -> dict[str, str]:
        loose: list[str] = []
        for keyword, said in _sections(words):
            if keyword and keyword != "duties" and not said:
                raise BadRequestError(f"Nothing stands behind “{keyword}”.", USAGE)
            match keyword:
                case "topics" | "kinds":
                    loose += [*self._list(keyword, said), ""]
                case "":
                    loose += said
                case "on-empty":
                    self._put(keyword, said[0])
                    loose += said[1:]
                case "duties":
                    told = bool(said) and said[0].casefold() in _YES_OR_NO
                    self._put(keyword, said[0] if told else "yes")
                    loose += said[told:]
                case _:
                    loose += self._named(keyword, said)
        self._loose([part for each in loose for part in (each.split(",") if each else ("",))])
        if any(self._lost):
            raise _unknown(" ".join(self._lost).split("  ")[0].strip(), self._topics, self._now)
        return self._options

    def _list(self, keyword: str, said: list[str]) -> Iterator[str]:
        """Take topics or kinds, and yield the words behind them that are something else."""
        for piece in " ".join(said).split(","):
            words = piece.split()
            taken = next((end for end in range(len(words), 0, -1) if self._is_one(keyword, words[:end])), 0)
            if not taken:
                ends = (place for place, each in enumerate(words) if read_time(each) or read_days(each))
                taken = max(next(ends, len(words)), min(1, len(words)))
            if taken:
                self._put(keyword, " ".join(words[:taken]))
            yield from words[taken:]

    def _is_one(self, keyword: str, words: list[str]) -> bool:
        if len(words) == 1 and words[0].casefold() in {"all", "any", "everything"}:
            return True
        if keyword == "kinds":
            return len(words) == 1 and kind_of(words[0]) is not None
        return topic_of(" ".join(words)) in self._topics

    def _named(self, keyword: str, said: list[str]) -> list[str]:
        """Take the time, the zone or the days that were announced, and return the words behind them."""
        ends = range(min(_LONGEST, len(said)), 0, -1)
        taken = next((end for end in ends if _fits(keyword, " ".join(said[:end]))), min(1, len(said)))
        self._put(keyword, " ".join(said[:taken]).strip(","))
        return said[taken:]

    def _loose(self, words: list[str]) -> None:
        place = 0
        while place < len(words):
            ends = range(min(place + _LONGEST, len(words)), place, -1)
            end = next((end for end in ends if self._take(words[place:end])), 0)
            if not end and words[place].casefold() not in _FILLERS:
                self._lost.append(words[place])
            place = end or place + 1

    def _take(self, words: list[str]) -> bool:
        """Take `words` for what they look like; return whether they look like anything."""
        if not all(words):
            return False
        said = " ".join(words)
        name = next((each for each in ("days", "time") if _fits(each, said)), "")
        topic, is_zone = topic_of(said) in self._topics, _fits("zone", said)
        if not name and topic and is_zone:
            sentence = f"“{echo(said)}” is a topic and a time zone."
            raise BadRequestError(sentence, f"Write topics {said}, or zone {said}.")
        kind = kind_of(said) is not None
        name = name or ("zone" if is_zone else "topics" if topic else "kinds" if kind else "")
        if name:
            self._put(name, said)
            self._lost += [""] * bool(self._lost)
        return bool(name)

    def _put(self, name: str, said: str) -> None:
        before = self._options.get(name)
        if before is None:
            self._options[name] = said
        elif name in {"topics", "kinds", "days"}:
            self._options[name] = f"{before},{said}"
        else:
            what = {"time": "One digest has one time", "zone": "One digest has one time zone"}.get(
                name, f"{name} is one thing"
            )
            raise BadRequestError(f"{what}, and there are “{echo(before)}” and “{echo(said)}”.", USAGE)


def _sections(words: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands behind each keyword; behind the empty one, what stands before all others."""
    one_comma = words.replace("，", ",").replace("、", ",").replace(";", " ")
    apart = _GLUED.sub(lambda found: f" {found[1] or ''} ", _EMPTY.sub("on-empty", one_comma))
    tidy = re.sub(r"\s*,\s*", ",", apart)
    keyword, said = "", list[str]()
    for word in tidy.split()[:_MOST_WORDS]:
        found = _KEYWORDS.get(word.casefold().strip(","))
        if found:
            if not (found == "zone" and keyword == "time" and not said):  # a time zone
                yield keyword, said
            keyword, said = found, []
        else:
            said.append(word)
    yield keyword, said


def _fits(name: str, said: str) -> bool:
    if name == "time":
        return read_time(said) is not None
    if name == "days":
        return read_days(said) is not None
    return zone(said) is not None or said.casefold() in SEVERAL


def _unknown(said: str, topics: Collection[str], now: datetime) -> BadRequestError:
    """Return what is said of words that are nothing; a time that is none is told as such."""
    if re.match(r"\d", said):
        try:
            parse_time(said)
        except BadRequestError as error:
            return error
    from rapidfuzz import process  # here, since a start has no need of it

    known = (*topics, *(kind.folder for kind in Kind), *_KEYWORDS, "weekdays", "weekends", "daily")
    near = [name for name, *_ in process.extract(said.casefold(), known, score_cutoff=80, limit=2)]
    near = near or [zone_words(name) for name in nearest_zones(said, 2, now)]
    offered = f"Did you mean {' or '.join(near)}? " if near else ""
    return BadRequestError(f"I do not know what “{echo(said)}” means here.", f"{offered}{USAGE}")
