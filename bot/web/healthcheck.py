"""Asks a running bot whether it is ready, for a container's HEALTHCHECK: no SDK, no event loop."""

import http.client
import ipaddress
import json

TIMEOUT = 3.0
_OK = 200


def ready(host: str, port: int) -> tuple[bool, str]:
    """Return whether the bot listening on `host` and `port` is ready, and what it said, by part. Never raises."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/readyz")
        response = connection.getresponse()
        told = json.loads(response.read())
        return response.status == _OK, _words(told)
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


def _words(told: object) -> str:
    checks = told.get("checks") if isinstance(told, dict) else None
    if not isinstance(checks, dict):
        return "not a briefbot"
    parts = (f"{name}: {'ok' if each['ok'] else 'not ok'} ({each['detail']})" for name, each in checks.items())
    return "; ".join(parts) or "ready"
