"""The door of the loopback routes: a secret in the path, and nobody from another machine."""

import ipaddress
import secrets

from aiohttp import web
from aiohttp.typedefs import Handler

PREFIX = "/loopback/"
"""Where every loopback route begins."""


def secret_path(platform: str) -> str:
    """Return a fresh path for a platform's routes, which only this process knows."""
    return f"{PREFIX}{platform}/{secrets.token_urlsafe(24)}"


def private(handler: Handler) -> Handler:
    """Return `handler`, answering this machine alone; anybody else finds nothing there."""

    async def checked(request: web.Request) -> web.StreamResponse:
        if not _same_machine(request):
            raise web.HTTPNotFound
        return await handler(request)

    return checked


def _same_machine(request: web.Request) -> bool:
    if request.remote is None or request.transport is None:
        return False
    own = request.transport.get_extra_info("sockname")
    return ipaddress.ip_address(request.remote).is_loopback or (own is not None and own[0] == request.remote)
