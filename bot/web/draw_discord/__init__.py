"""Discord's payloads as Discord shows them: Components V2, embeds, content, and its own Markdown.

Source of the forms: https://docs.discord.com/developers/components/reference and
https://docs.discord.com/developers/resources/message
"""

from bot.web.draw_discord.message import message

__all__ = ["message"]
