"""A Discord message with its sender: content, embeds, components, and who can see it."""

import htpy as h
from htpy import Element

from bot.web.draw_discord.components import components
from bot.web.draw_discord.embeds import embed
from bot.web.draw_discord.markdown import markdown
from bot.web.drawing import Controls, Json, items

EPHEMERAL = 1 << 6
"""The flag of a message that only one person sees (https://docs.discord.com/developers/resources/message)."""


def message(payload: Json, controls: Controls, *, time: str, private: bool, used: str = "") -> Element:
    """Return a message as its reader sees it; `used` is the command it answers, shown above it."""
    content = str(payload.get("content") or "")
    return h.article(".dc-message")[
        h.div(".dc-used")["you used ", h.span(".dc-command")[used]] if used else None,
        h.div(".avatar", aria_hidden="true")["≡"],
        h.div(".dc-content")[
            h.div(".dc-sender")[
                h.strong["Briefbot"], " ", h.span(".app")["APP"], " ", h.span(".when")[f"Today at {time}"]
            ],
            h.div(".dc-display")[markdown(content)] if content else None,
            [embed(each) for each in items(payload.get("embeds"))],
            components(payload.get("components"), controls),
            h.div(".dc-private")["👁 Only you can see this"] if private else None,
        ],
    ]
