"""A loopback Slack: the Web API, Socket Mode, response_url and signed HTTP, with Slack's limits and errors."""

from tests.wire.slack.checks import check_message, check_options, check_view
from tests.wire.slack.faults import Fault
from tests.wire.slack.pings import Ping, pings_of
from tests.wire.slack.records import Answer, ApiCall, Message, View
from tests.wire.slack.server import SlackServer
from tests.wire.slack.shapes import Refusal
from tests.wire.slack.workspace import SlackError

__all__ = [
    "Answer",
    "ApiCall",
    "Fault",
    "Message",
    "Ping",
    "Refusal",
    "SlackError",
    "SlackServer",
    "View",
    "check_message",
    "check_options",
    "check_view",
    "pings_of",
]
