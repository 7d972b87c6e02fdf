"""Slack and Discord as far as the page needs them, in this process: the bot's real handlers run without a token.

A venue brings what the user types or presses to the platform's handlers in the platform's own form, and takes what
they answer from the platform's own addresses, which this web server plays under a secret path.
"""
