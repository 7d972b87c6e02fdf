"""What operators see of the bot: its log, its metrics and its health.

Boundary: identifiers and numbers, never what people wrote and never a secret. Nothing here is global but the logging
that Python itself keeps for the process; `Metrics` and `Health` are objects that are handed around.
"""

from bot.observe.health import Check, Health, Snapshot
from bot.observe.log import configure_logging
from bot.observe.metrics import Metrics

__all__ = ["Check", "Health", "Metrics", "Snapshot", "configure_logging"]
