"""The Preview tab: an entry as Slack and as Discord show it, its limits, its mistakes, and what is sent."""
