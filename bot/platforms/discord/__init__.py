"""Discord, through discord.py: commands, buttons and completion over the gateway; answers over REST.

Inside this package `import discord` means the SDK, as everywhere: imports are absolute.
"""
