"""Asks a running bot whether it is alive, for a container's HEALTHCHECK: no SDK, no event loop.

Not whether it is ready: whoever restarts what is unhealthy would restart for ever what has one wrong token.
"""

import http.client
import ipaddress
import json

TIMEOUT = 3.0
_OK = 200


def alive(host: str, port: int) -> tuple[bool, str]:
    """Return whether the bot listening on `host` and `port` is alive, and that in words. Never raises."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        told = json.loads(response.read())
        live = response.status == _OK and isinstance(told, dict) and told.get("live") is True
        return live, "alive" if live else "not a briefbot"
    except (OSError, http.client.HTTPException, ValueError) as error:
        return False, f"no answer on {host}, port {port} ({type(error).__name__})"
    finally:
        connection.close()


def _reachable(host: str) -> str:
    """Return where to ask a server that listens on `host`: "every address" is no address to connect to."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if not address.is_unspecified:
        return host
    return "::1" if address.version == 6 else "127.0.0.1"  # noqa: PLR2004 - IP's own number
