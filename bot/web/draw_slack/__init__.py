"""Slack's payloads as Slack shows them.

Source of the forms: https://docs.slack.dev/reference/block-kit/blocks and
https://docs.slack.dev/messaging/formatting-message-text
"""

from bot.web.draw_slack.message import home, message

__all__ = ["home", "message"]
