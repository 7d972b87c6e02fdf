"""The settings: `config/briefbot.toml`, overridden by `BRIEFBOT_…` environment variables; secrets from there alone.

Boundary: nothing is read at import, nothing is kept. `load_settings` reads once, and what it returns is handed around.
"""

from bot.settings.check import advice
from bot.settings.load import DEFAULT_CONFIG, load_settings
from bot.settings.model import (
    SPECS,
    BriefingsSettings,
    DatabaseSettings,
    DigestSettings,
    DiscordSettings,
    LogSettings,
    Settings,
    ShutdownSettings,
    SlackSettings,
    Spec,
    WebSettings,
)
from bot.settings.problem import SettingProblem, SettingsError

__all__ = [
    "DEFAULT_CONFIG",
    "SPECS",
    "BriefingsSettings",
    "DatabaseSettings",
    "DigestSettings",
    "DiscordSettings",
    "LogSettings",
    "SettingProblem",
    "Settings",
    "SettingsError",
    "ShutdownSettings",
    "SlackSettings",
    "Spec",
    "WebSettings",
    "advice",
    "load_settings",
]
