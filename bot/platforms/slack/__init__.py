"""Slack, through Bolt: commands, buttons, App Home, mentions and direct messages, by socket or by signed requests."""
