"""Takes secrets out of text: the values we were given, and anything that has the shape of a chat platform's token."""

import json
import re
from collections.abc import Iterable

MARK = "[secret]"

# Each pattern keeps what group 1 holds, if it has one, and drops the rest. None asks for a word to begin: in escaped
# text ("…\\nxoxb-…") a letter stands before it.
_QUOTE = r"""(?:\\*["'])"""
_VALUE = r"""(?:\\+/|[^\s"'\\,;)}\]])+"""  # Slack's JSON has a backslash before each slash
_SHAPES = (
    re.compile(r"(?:xox[a-z](?:\.xox[a-z])?|xapp)-[A-Za-z0-9-]+"),  # Slack: bot, user, refresh and app-level tokens
    re.compile(r"(ticket=)[A-Za-z0-9-]+"),  # Slack: the address of a Socket Mode connection
    # Slack: response_url, which posts for whoever has it.
    re.compile(r"(hooks\.slack\.com\\*/[a-z]+\\*/)(?:\\+/|[^\s\"'<>\\])+"),
    re.compile(r"[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,}"),  # Discord: bot token
    re.compile(r"(/(?:interactions|webhooks)/\d+/)[A-Za-z0-9_-]+"),  # Discord: interaction and webhook tokens in paths
    # A header, as HTTP and JSON write it, or as a pair.
    re.compile(rf"((?i:authorization){_QUOTE}?\s*[:=]\s*b?{_QUOTE}?(?:(?:Bearer|Bot)\s+)?){_VALUE}"),
    re.compile(rf"((?i:authorization){_QUOTE}\s*,\s*b?{_QUOTE}(?:Bearer|Bot)\s+){_VALUE}"),
    # Whatever is called a token or a response_url, in a dump of what a platform sent: interaction tokens too.
    re.compile(rf"([a-z_]*(?:token|response_url){_QUOTE}\s*[:=]\s*{_QUOTE}){_VALUE}"),
    re.compile(r"(request - url: )https?://[^\s,]+"),  # slack_sdk at debug level, which names each response_url
)


class Redactor:
    """Replaces the secrets it knows, and whatever looks like one, by a mark."""

    def __init__(self, values: Iterable[str] = ()) -> None:
        """Take the secret values; each is also found as JSON and `repr` write it."""
        known = {form for value in values if value for form in (value, json.dumps(value)[1:-1], repr(value)[1:-1])}
        longest_first = sorted(known, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        """Return `text` without secrets."""
        if self._known is not None:
            text = self._known.sub(MARK, text)
        for shape in _SHAPES:
            text = shape.sub(lambda match: (match[1] if match.re.groups else "") + MARK, text)
        return text
