"""Chinese questions around a name: 耶伦部长, 台湾局势 and 中国间谍气球 say an office, a kind or a country with it."""

from collections.abc import Iterator

from bot.library.normal import is_han
from bot.library.script import simplified


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_BEHIND = _words(
    "局势 问题 争端 争议 事件 危机 关系 峰会 会议 会谈 情况 局面 政策 最新消息 消息 新闻 简介 背景 介绍 资料 "
    "部长 主席 总统 国务卿 总理 首相 外长 防长 财长 先生 女士 大使 将军 上将 顾问 主任 特使 局长 司长 发言人 "
    "总书记 同志 书记"
)
"""Words of kind and office that may stand behind a name."""
_BEFORE = _words(
    "中美 美中 中国 美国 中方 美方 中共 前任 现任 前 总统 主席 国务卿 总理 外长 防长 财长 外交部长 国防部长 财政部长 "
    "商务部长 大使 国家主席 总书记 国务委员 将军 中情局局长 国家安全顾问"
)
"""Words of country and office that may stand before one."""
_ASKING = _words(
    "请问 告诉我 介绍一下 是什么意思 什么意思 是什么 为什么 什么时候 什么 是谁 谁是 谁 在哪里 怎么样 怎么 如何 多少 "
    "哪里 哪个 哪位 哪天 何时 为何 几艘 几个 几次 几位 多久 是否 有没有 之后 以后 期间 关于 有关 你好 请 吗 呢 吧 了"
)
"""What Chinese questions are made of beside what they ask about, longer ones first where one holds another."""
_JOINING = "和与跟及在对从向被把将"
_MOST_STEPS = 6


def without_asking(words: str) -> str:
    """Return normal `words` in Simplified characters and without those that only ask."""
    words = simplified(words)
    for asking in _ASKING:
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


def kernels(words: str) -> Iterator[str]:
    """Yield what `words`, which hold Chinese, may name: without asking, then with less and less around the name."""
    words = without_asking(words)
    if not any(map(is_han, words)):
        return
    seen = {words}
    yield words
    left = [words]
    for _ in range(_MOST_STEPS):
        left = [each for one in left for each in _shorter(one) if each not in seen]
        seen.update(left)
        yield from left


def _shorter(words: str) -> Iterator[str]:
    for piece in _BEHIND:
        if words.endswith(piece) and len(words) > len(piece):
            yield words.removesuffix(piece).strip()
    for piece in _BEFORE:
        if words.startswith(piece) and len(words) > len(piece):
            yield words.removeprefix(piece).strip()
