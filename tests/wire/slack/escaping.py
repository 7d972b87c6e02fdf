"""What Slack makes of a command's text where the manifest has ``should_escape``.

https://docs.slack.dev/interactivity/implementing-slash-commands: channels and people that are there become their ids.
Of a private channel no name is given; what is no channel's name stays as it was typed.
"""

import re

from tests.wire.slack.workspace import Workspace

_NAME = re.compile(r"(?<!\S)#([^\s#,;]+)")


def escaped(space: Workspace, text: str) -> str:
    """Give `text` as it arrives."""
    by_name = {each.name: each for each in space.channels.values() if not each.is_im}

    def channel(found: re.Match[str]) -> str:
        known = by_name.get(found[1])
        return found[0] if known is None else f"<#{known.id}|{'' if known.is_private else known.name}>"

    return _NAME.sub(channel, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
