"""Chinese questions around a name: 耶伦部长, 台湾局势 and 中国间谍气球 say an office, a kind or a country with it."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.library.common import COUNTRIES
from bot.library.normal import has_han
from bot.library.script import simplified
from bot.library.vocabulary import Kind


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_LOOSE = _words(
    "局势 问题 争端 争议 关系 情况 局面 政策 最新消息 消息 新闻 简介 背景 介绍 资料 中美 美中 中共 前任 现任 前"
)
"""Words that may stand beside any name."""
_MEETINGS = _words("事件 危机 峰会 会议 会谈 会晤")
"""Words of what happens, behind a name: with them a place's name is not that of the place."""
OFFICES = _words(
    "部长 主席 总统 国务卿 总理 首相 外长 防长 财长 先生 女士 大使 将军 上将 顾问 主任 特使 局长 司长 发言人 "
    "总书记 同志 书记 外交部长 国防部长 财政部长 商务部长 国家主席 国务委员 中情局局长 国家安全顾问"
)
"""Words of office, which stand beside a person's name and nobody else's."""
_COUNTRIES = {"中国": "china", "中方": "china", "美国": "us", "美方": "us"}
"""Words of country that may stand before a name, and which country they say."""
_ASKING = _words(
    "请问 告诉我 介绍一下 什么是 是什么意思 什么意思 是什么 为什么 什么时候 什么 是谁 谁是 谁 在哪里 怎么样 怎么 如何 "
    "多少 哪里 哪个 哪位 哪天 何时 为何 几艘 几个 几次 几位 多久 是否 有没有 之后 以后 期间 关于 有关 你好 请 吗 呢 "
    "吧 了"
)
"""What Chinese questions are made of beside what they ask about."""
_REQUESTS = _words(
    "怎么回事 相关信息 相关资料 相关 最新进展 最新动态 最新 最近 目前 "
    "解释一下 解释下 说明一下 讲一下 说一下 谈一下 看一下 查一下 找一下 讲讲 说说 谈谈 聊聊 看看 查查 查询 搜索 "
    "科普 了解一下 我想了解 我想知道 想了解 想知道 能不能 可不可以 能否 帮我 帮忙 给我 麻烦 我想 我要 我们 你们 一下 "
    "是啥 啥是 啥"
)
"""How what is asked for is asked for."""
_AROUND = tuple(sorted((*_ASKING, *_REQUESTS), key=len, reverse=True))
"""All of these, longer ones first, since one may hold another."""
_JOINING = "和与跟及在对从向被把将"
_MOST_STEPS = 6


class Kernel(NamedTuple):
    """What a Chinese question may name, and what the words around it say of that."""

    words: str
    person: bool = False
    """Whether an office stood beside it."""

    happened: bool = False
    """Whether a word of what happens stood behind it."""

    country: str | None = None
    """The country that stood before it: "china" or "us"."""

    def without(self, piece: str, rest: str) -> "Kernel":
        """Return the kernel `rest`, to which `piece` stood beside in this one."""
        return Kernel(
            rest,
            self.person or piece in OFFICES,
            self.happened or piece in _MEETINGS,
            _COUNTRIES.get(piece, self.country),
        )

    def fits(self, kind: Kind, title: Iterable[str]) -> bool:
        """Return whether an entry of `kind` with the terms of `title` may be what it names."""
        if self.person and kind is not Kind.PERSON:
            return False
        if self.happened and kind in (Kind.PLACE, Kind.ORGANISATION):
            return False
        said = COUNTRIES.intersection(title)
        return self.country is None or not said or self.country in said


def without_asking(words: str) -> str:
    """Return normal `words` in Simplified characters and without those that only ask."""
    words = simplified(words)
    for asking in _AROUND:
        words = words.replace(asking, " ")
    return " ".join(words.replace("的", " ").split())


def asks_in_chinese(words: str) -> bool:
    """Return whether normal `words` have a Chinese word that asks."""
    return not words.isascii() and any(asking in words for asking in _ASKING)


def without_particles(words: str) -> str:
    """Return `words` without those that only join others, which a name may hold: for what is no name."""
    for particle in _JOINING:
        words = words.replace(particle, " ")
    return " ".join(words.split())


def kernels(words: str) -> Iterator[Kernel]:
    """Yield what `words`, which hold Chinese, may name: without asking, then with less and less around the name."""
    words = without_asking(words)
    if not has_han(words):
        return
    seen = {words}
    left = [Kernel(words)]
    yield left[0]
    for _ in range(_MOST_STEPS):
        left = [each for one in left for each in _shorter(one) if each.words not in seen]
        seen.update(each.words for each in left)
        yield from left


def _shorter(kernel: Kernel) -> Iterator[Kernel]:
    words = kernel.words
    for piece in (*_LOOSE, *_MEETINGS, *OFFICES):
        rest = words.removesuffix(piece).strip()
        if rest != words and rest:
            yield kernel.without(piece, rest)
    for piece in (*_LOOSE, *OFFICES, *_COUNTRIES):
        rest = words.removeprefix(piece).strip()
        if rest != words and rest:
            yield kernel.without(piece, rest)
