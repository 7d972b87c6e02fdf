"""A reply as each platform's own renderer turns it into messages, drawn and measured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from htpy import Element

from bot.platforms.discord.render import messages as discord_messages
from bot.platforms.slack.render import messages as slack_messages
from bot.reply import Reply, Visibility
from bot.web import draw_discord, draw_slack
from bot.web.drawing import Controls, Json
from bot.web.preview.measure import Measure, discord_measures, slack_measures

_DISCORD_STYLES: Mapping[str, Literal["components", "embed"]] = {"components": "components", "embed": "embed"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One message: what is sent, how it looks, and how near it is to the limits."""

    payload: Json
    drawing: Element
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class Screen:
    """A platform in the preview; `styles` are the ways in which it can draw, by name, the usual one first."""

    name: str
    title: str
    show: Callable[[Reply, str, Controls, datetime], Sequence[Shown]]
    styles: Mapping[str, str] = field(default_factory=dict)


def _slack(reply: Reply, _style: str, controls: Controls, now: datetime) -> Sequence[Shown]:
    private = reply.visibility is Visibility.PRIVATE
    return [
        Shown(
            payload,
            draw_slack.message(payload, controls, time=f"{now:%H:%M} UTC", private=private),
            slack_measures(payload),
        )
        for payload in slack_messages(reply)
    ]


def _discord(reply: Reply, style: str, controls: Controls, now: datetime) -> Sequence[Shown]:
    private = reply.visibility is Visibility.PRIVATE
    drawn = discord_messages(reply, _DISCORD_STYLES.get(style, "auto"))
    payloads = [each.payload(ephemeral=private) for each in drawn]
    return [
        Shown(
            payload,
            draw_discord.message(payload, controls, time=f"{now:%H:%M} UTC", private=private),
            discord_measures(payload),
        )
        for payload in payloads
    ]


SCREENS: Sequence[Screen] = (
    Screen("slack", "Slack", _slack),
    Screen("discord", "Discord", _discord, {"auto": "As sent", "components": "Components V2", "embed": "Embed"}),
)
