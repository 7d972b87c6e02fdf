"""Slack's text objects: plain text, in which only emoji names are read, and mrkdwn."""

import re
from collections.abc import Mapping

import htpy as h
from htpy import Node

from bot.web.draw_slack.emoji import EMOJI
from bot.web.draw_slack.mrkdwn import mrkdwn
from bot.web.drawing import cannot

_EMOJI = re.compile(r":([a-z0-9_+'-]+):")


def plain(piece: object) -> str:
    """Return the words of a plain_text object; empty where there is none."""
    if not isinstance(piece, Mapping):
        return ""
    words = str(piece.get("text", ""))
    if piece.get("emoji", True) is False:
        return words
    return _EMOJI.sub(lambda found: EMOJI.get(found[1], found[0]), words)


def text(piece: object) -> Node:
    """Return a text object of either type."""
    if not isinstance(piece, Mapping):
        return None
    kind = piece.get("type")
    if kind == "mrkdwn":
        return h.div(".sl-text")[mrkdwn(str(piece.get("text", "")))]
    return h.div(".sl-text")[plain(piece)] if kind == "plain_text" else cannot(kind)
