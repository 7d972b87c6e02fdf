"""Health, metrics and the editors' page: one small web server.

The page draws what the bot sent to Slack and to Discord, on the server and from the payloads alone. It knows the
platforms only through their own packages; no SDK is imported here.
"""
