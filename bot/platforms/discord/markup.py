"""Plain words as Discord Markdown: everything that would format, link or mention is escaped; only our styles format.

Discord's rules, as its clients apply them:

- A backslash in front of any character that is no letter, digit or space shows that character
  (https://support.discord.com/hc/en-us/articles/210298617).
- Mentions, times, custom emoji and command links are written ``<…>``
  (https://docs.discord.com/developers/reference#message-formatting).
- In the label of a masked link backslashes are *shown*, and a label with an address, a mention or an emoji in it is no
  link at all (https://github.com/discord/discord-api-docs/issues/6185). So a label is either harmless as it stands, or
  it is written as text with the link after it.
"""

import re
import unicodedata
from collections.abc import Container, Iterator

from bot.reply import RichText, Span, plain

_ESCAPED = re.compile(
    r"[\\*_~`|\[\]<@]"  # styles, spoilers, code, links, everything in angle brackets, mentions
    r"|(?<=<)[#/&]|(?<=\])\("  # a channel, a command, a role; the address of a link
    r"|:(?=\S)"  # emoji names, addresses, times
)
_START = re.compile(r"[ \t]*(?:([#>+-])|\d+([.)]))")  # headings, quotes, small print, lists
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NOT_IN_CODE = re.compile(r"[`<@\\]|\]\(")
_NOT_IN_LABEL = re.compile(r"[\\*~`|<>@]|_.*_|:\S|\]\(|^[#+-]|^\d+[.)]|http|discord(?:app)?\.(?:gg|com)", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_AUTHORITY = re.compile(r"https?://[\w.:\[\]-]+(?=[/?#]|$)", re.IGNORECASE)
_NOT_IN_ADDRESS = frozenset(' <>()[]\\"`|*@')
_PLAIN_SYMBOLS = frozenset("©®™")
_GAP = "\u200b"  # keeps the asterisks of two neighbouring styles apart


def escape(text: str) -> str:
    """Return `text` so that Discord shows exactly these characters."""
    return "\n".join(lines((Span(text),)))


def lines(spans: RichText) -> list[str]:
    """Return `spans` as Discord Markdown, one string a line: our styles and links work, the words stay words."""
    return [_line(line) for line in _by_line(spans)]


def single(spans: RichText) -> str:
    """Return `spans` as one line of Discord Markdown, for what must end where the line ends."""
    words = " ".join(line for line in (each.strip() for each in lines(spans)) if line)
    # Discord drops number signs at the end of a heading, escaped or not.
    return words + _GAP if words.endswith("#") else words


def address(url: str) -> str | None:
    """Return `url` safe for ``[label](<…>)``, or None when it is not plain http(s) or hides a user name."""
    found = _AUTHORITY.match(url)
    if found is None:
        return None
    return found[0] + "".join(_in_address(char) for char in url[found.end() :])


def _in_address(char: str) -> str:
    if char in _NOT_IN_ADDRESS or not char.isprintable():
        return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
    return char


def _by_line(spans: RichText) -> Iterator[list[Span]]:
    """Yield the spans of each line, cleaned, neighbours of the same style joined."""
    line: list[Span] = []
    for span in spans:
        head, *rest = _clean(span.text).split("\n")
        _append(line, span, head)
        for words in rest:
            yield line
            line = []
            _append(line, span, words)
    yield line


def _clean(text: str) -> str:
    words = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else "", words)


def _append(line: list[Span], like: Span, words: str) -> None:
    if not words:
        return
    span = Span(words, like.bold, like.italic, like.code, like.url)
    if line and _style(line[-1]) == _style(span):
        line[-1] = Span(line[-1].text + words, like.bold, like.italic, like.code, like.url)
    else:
        line.append(span)


def _style(span: Span) -> tuple[bool, bool, bool, str | None]:
    return span.bold, span.italic, span.code, span.url


def _line(spans: list[Span]) -> str:
    # What must be escaped depends on its neighbours, so it is found in the whole line and not span by span.
    words = plain(spans)
    marks = {found.start() for found in _ESCAPED.finditer(words)}
    start = _START.match(words)
    if start is not None and start.lastindex is not None:
        marks.add(start.start(start.lastindex))
    drawn, at, styled = "", 0, False
    for span in spans:
        stars = "**" * span.bold + "*" * span.italic
        piece = _piece(span, at, marks, stars)
        if styled and stars and piece.startswith("*"):
            drawn += _GAP
        drawn, at, styled = drawn + piece, at + len(span.text), piece.endswith("*") and bool(stars)
    return drawn


def _piece(span: Span, at: int, marks: Container[int], stars: str) -> str:
    """Return one span; spaces at its edges stay outside its style, where Discord wants them."""
    core = span.text.strip()
    if not core:
        return span.text
    before = span.text[: span.text.index(core)]
    after = span.text[len(before) + len(core) :]
    escaped = "".join(f"\\{char}" if at + len(before) + i in marks else char for i, char in enumerate(core))
    if span.url is not None:
        inner = _link(core, escaped, span.url)
    elif span.code and not _NOT_IN_CODE.search(core) and not (stars and "*" in core):
        inner = f"`{core}`"
    else:
        inner = escaped
    return f"{before}{stars}{inner}{stars}{after}"


def _link(label: str, escaped: str, url: str) -> str:
    target = address(url)
    if target is None:
        return escaped
    if label == target:
        return f"<{target}>"
    if _linkable(label):
        return f"[{label}](<{target}>)"
    return f"{escaped} ([link](<{target}>))"


def _linkable(label: str) -> bool:
    """Return whether Discord shows `label` as it stands when it is the label of a link."""
    if _NOT_IN_LABEL.search(label) or re.search(r"[\[\]]", _BRACKETED.sub("", label)):
        return False
    return not any(_odd(char) for char in label)


def _odd(char: str) -> bool:
    """Return whether `char` is an emoji or one of the invisible characters that Discord takes out of labels."""
    if char in _PLAIN_SYMBOLS or char == " ":
        return False
    kind = unicodedata.category(char)
    return kind in {"So", "Sk", "Me", "Cf", "Cc", "Zs", "Zl", "Zp", "Cn", "Co"} or (
        kind in {"Sm", "Mn"} and char > "\u2000"
    )
