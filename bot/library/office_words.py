"""What offices are called: for short, in Chinese, and by the press."""

import re
from collections.abc import Iterator

from bot.library.common import OFFICES
from bot.library.normal import has_han, is_han, normal
from bot.library.script import simplified
from bot.library.terms import of_normal

_SHORT = {
    "fm": "foreign minister",
    "pm": "prime minister",
    "secdef": "us secretary of defense",
    "secstate": "us secretary of state",
    "potus": "president of the united states",
    "prez": "president",
    "ambo": "ambassador",
    "nsa": "national security adviser",
    "ustr": "us trade representative",
    "ccp": "communist party",
    "cpc": "communist party",
    "副国务卿": "deputy secretary of state",
    "国务卿": "us secretary of state",
    "外交部长": "foreign minister",
    "外交部发言人": "spokesperson of the ministry of foreign affairs",
    "外长": "foreign minister",
    "国防部长": "defense minister",
    "防长": "defense minister",
    "商务部长": "minister of commerce",
    "财政部长": "minister of the treasury",
    "财长": "minister of the treasury",
    "国家安全顾问": "national security adviser",
    "国安顾问": "national security adviser",
    "国务委员": "state councilor",
    "参谋长联席会议": "joint chiefs of staff",
    "参联会": "joint chiefs of staff",
    "中央军委": "central military commission",
    "中共": "communist party",
    "总书记": "general secretary",
    "贸易代表": "trade representative",
    "副总理": "vice premier",
    "中情局局长": "director of the central intelligence agency",
    "国家主席": "president china",
    "主席": "chairman",
    "驻华大使": "ambassador to china",
    "驻美大使": "ambassador to us",
    "总统": "president",
    "部长": "minister",
    "将军": "general",
    "发言人": "spokesperson",
    "总理": "premier",
    "首相": "prime minister",
    "中国": "china",
    "美国": "us",
    "英国": "united kingdom",
    "日本": "japan",
    "澳大利亚": "australia",
    "新加坡": "singapore",
    "菲律宾": "philippines",
}
"""What offices are called for short, and in Chinese."""
_CHINESE = [word for word in _SHORT if is_han(word[0])]
_HEADED = {"secretari": "minist", "prime": "premier"}
"""What the same office is called elsewhere: a secretary of defense is a minister of defense."""
CAPITALS = {"beijing": "china", "washington": "us", "london": "united kingdom", "canberra": "australia"}
"""Whose office it is where only its seat is said."""
_CHIEF = re.compile(r"(?:(?<=\bdefense )|(?<=\bdefence )|(?<=\bforeign )|(?<=\bcommerce ))(?:chief|boss|head)\b")
"""What stands in headlines for whoever is minister."""
_PARTY = re.compile(r"\b(?:ccp|cpc|(?:chinese )?communist party) (?:chief|boss|head|leader)\b")
"""What the press calls the general secretary of the party."""
_STATE = re.compile(r"\bheads? of state\b")
_CABINET = re.compile(r"\bstate council\b")
_TRADE = re.compile(r"\btrade minister\b")
"""What the press calls a minister of commerce."""
_ENVOY = "representative"
"""A word of an office that does not stand beside a name."""


def names_office(words: str) -> bool:
    """Whether normal `words` name an office, or a word of one."""
    return bool(_CHIEF.search(words) or _PARTY.search(words)) or any(map(_is_of_office, words.split()))


def _is_of_office(word: str) -> bool:
    return word in OFFICES or word in _SHORT or word == _ENVOY or has_han(word)


def office_terms(words: str) -> Iterator[str]:
    """Yield the terms of an office as `words` say it, whatever it is called there and in which language."""
    words = _CHIEF.sub("minister", _CABINET.sub("council", _STATE.sub("president", normal(words))))
    words = _PARTY.sub("general secretary communist party", _TRADE.sub("commerce minister", words))
    if not words.isascii():
        words = simplified(words)
        for chinese in _CHINESE:
            words = words.replace(chinese, f" {_SHORT[chinese]} ")
    said = " ".join(CAPITALS.get(word, _SHORT.get(word, word)) for word in words.split())
    return (_HEADED.get(term, term) for term in of_normal(said))
