"""briefbot: sourced briefings on US-China relations, answered in Slack, Discord and a terminal."""

__version__ = "0.1.0"
