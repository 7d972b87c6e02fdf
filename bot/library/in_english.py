"""What Chinese questions say beside names, in English: 访华 is a visit to China, 死缓 a suspended death sentence."""

from collections.abc import Callable

from bot.library.han import without_asking
from bot.library.script import simplified

_WORDS = """
absent: 缺席 没去
abstain: 弃权
accuse: 指责
against: 反对
agree: 达成 同意
agreement: 协议
artificial intelligence: 人工智能
biden xi meeting: 拜习会
trump xi meeting: 特习会 习特会 川习会
aims: 目的 目标
aircraft: 军机
airport: 机场
airship: 飞艇
announce: 宣布 公布
appoint: 任命
arrive: 抵达
arrive beijing: 抵京
attack: 攻击
attend: 出席 参加
balloon: 气球
base: 基地
break off: 中断
bribery: 受贿
call: 通话 通电话 电话
chips: 芯片
collision: 相撞 擦撞
commitment: 承诺
communication: 沟通
corruption: 腐败
criticize: 批评
defense: 国防
defense minister: 国防部长 防长
deny: 否认
director: 局长 主任
foreign minister: 外长 外交部长
minister: 部长
ambassador: 大使
spokesman: 发言人
destroyer: 驱逐舰
dictator: 独裁者
disappear: 失踪 消失
email: 邮件 电邮 邮箱
embassy: 使馆 大使馆
export controls: 出口管制
fighter: 战机
first: 首次 第一次
flaw: 漏洞
foundation: 基金会
hackers: 黑客
handshake: 握手
hotline: 热线
independence: 独立
january: 一月
february: 二月
march: 三月
april: 四月
may: 五月
june: 六月
july: 七月
august: 八月
september: 九月
october: 十月
november: 十一月
december: 十二月
intelligence: 情报
hack: 黑 骇
invasion: 入侵
invite: 邀请
leaders: 领导人
meet: 迎接
talk: 谈 谈了
meeting: 会晤 会谈 会面 会见 见面 接见 见
military: 军方 军队 两军 军事
near: 险些
news: 新闻
nuclear submarines: 核潜艇
nuclear weapons: 核武器
open: 开设
position: 立场
postpone: 推迟 取消 延后 延期
presidents: 元首
press conference: 记者会 发布会
protest: 抗议
rare earths: 稀土
refuse: 拒绝
remarks: 讲话
remove: 免职 撤职 下台
reopen: 重开
replace: 接替
report: 报告 报道
resign: 辞职
results: 成果 结果
resume: 恢复
sanctions: 制裁
say: 表示 说
second: 第二次
secret: 秘密
semiconductors: 半导体
sentence: 判处 判刑 判
shoot down: 击落
soybean: 大豆
speech: 演讲
spy: 间谍
spy balloon: 间谍气球
spy base: 监听站 间谍站 间谍基地
spying: 监听
state guesthouse: 国宾馆
state visit: 国事访问
statement: 声明
submarine: 潜艇
succeed: 接任 继任
summit: 峰会
support: 支持
successor: 继任者 接班人
buy: 买 购买 采购
approve: 批准
relations: 关系
relations act: 关系法
act: 法案
lowest point: 最低点
core interests: 核心利益
suspended death sentence: 死缓
taiwan independence: 台独
talks: 谈判 谈话 对话
tariffs: 关税
trade: 贸易
understandings: 共识
us china: 两国
visit: 访问 出访 到访 来访 之行 行程
visit beijing: 访京
visit china: 访华 访中
visit taiwan: 访台
visit us: 访美
vote: 投票
war: 战争
warship: 军舰
with: 陪同
"""
"""In English, and behind it what is said so in Chinese."""
_ENGLISH = {
    chinese: english
    for english, _, every in (line.partition(": ") for line in _WORDS.split("\n"))
    for chinese in every.split()
}
_JOINING = "和与跟及在对从向被把将于由同为是有到驻受当"
"""Characters that only join others, where no longer word has them."""


_LONGEST, _LONGEST_PIECE = 40, 8
"""Characters of a Chinese question, and of a name or word in it, that are looked at."""


def said_in_english(words: str, name: Callable[[str], str | None]) -> str:
    """Return normal `words` with what is Chinese in them in English as far as it can be said, and the rest as it is.

    `name` says in English what is called by some characters.
    """
    if words.isascii() or len(words) > _LONGEST:
        return words
    english = " ".join(word if word.isascii() else _said(word, name) for word in without_asking(words).split())
    return english if any(map(str.isascii, english.split())) else words


def _said(word: str, name: Callable[[str], str | None]) -> str:
    """Return a Chinese `word` in English, cut from the front into the longest names and words there are."""
    said, unknown = list[str](), ""
    while word:
        sizes = range(min(len(word), _LONGEST_PIECE), 0, -1)
        pieces = ((size, (name(word[:size]) if size > 1 else None) or _word(word[:size])) for size in sizes)
        size, piece = next(((size, piece) for size, piece in pieces if piece), (1, ""))
        unknown, known = ("", unknown) if piece else (unknown + word[0], "")
        said += [known, piece]
        word = word[size:]
    return " ".join(" ".join((*said, unknown)).split())


def _word(word: str) -> str | None:
    """Return a Chinese word that is no name in English, a space for one that only joins others, else None."""
    return " " if word in _JOINING else _ENGLISH.get(simplified(word))
