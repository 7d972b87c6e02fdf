"""What holds for every request: who may ask, what the browser may do with the answer, and how failures are told.

- Host: a page on some other site can make its own name point at this machine and read what is served here ("DNS
  rebinding"), so only known names are answered. What machines ask for is also answered under bare addresses, which
  is how orchestrators ask, and which are no names that could point elsewhere.
- Origin: a form on another site could post here, so a POST that a browser calls cross-site is refused.
"""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.errors import report

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})


def guarded(allowed_hosts: Collection[str], machine_paths: tuple[str, ...], body_limit: int) -> web.Application:
    """Return an application that answers only under `allowed_hosts` and keeps to this module's rules.

    `machine_paths` are the beginnings of the paths that machines ask for; `body_limit` is in bytes.
    """
    names = frozenset(name.lower() for name in allowed_hosts)

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            _check_host(request, names, machine_paths)
            _check_origin(request)
            return await handler(request)
        except web.HTTPException as error:
            if error.status < 400:  # noqa: PLR2004 - HTTP's own border between redirects and failures
                raise
            return _told(error.status, error.text or error.reason, error.content_type)
        except ConnectionResetError:
            raise  # the browser has gone; there is nobody to tell
        except Exception as error:  # noqa: BLE001 - the border: the reader gets a sentence, the log the traceback
            incident = report(error, action="web.request", path=request.path)
            return _told(500, f"{incident.sentence}\n{incident.advice}\nReference: {incident.reference}")

    app = web.Application(middlewares=[guard], client_max_size=body_limit)
    app.on_response_prepare.append(_add_headers)
    return app


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


def _told(status: int, words: str, content_type: str = "text/plain") -> web.Response:
    return web.Response(status=status, text=f"{words}\n", content_type=content_type)


def _check_host(request: web.Request, names: Collection[str], machine_paths: tuple[str, ...]) -> None:
    host = _host_name(request.host)
    if host in names or (request.path.startswith(machine_paths) and _is_address(host)):
        return
    raise web.HTTPForbidden(text="This name is not one this server answers to (web.allowed_hosts).")


def _host_name(host: str) -> str:
    """Return a Host header's name in lower case, without the port; an IPv6 address keeps its brackets."""
    end = host.rfind("]") if host.startswith("[") else -1
    port = host.find(":", end + 1)
    return (host if port < 0 else host[:port]).lower()


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _check_origin(request: web.Request) -> None:
    if request.method in _SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    crossed = site is not None and site not in _OWN_SITE
    if crossed or (origin is not None and _authority(origin) != request.host.lower()):
        raise web.HTTPForbidden(text="Requests from other sites are refused.")


def _authority(origin: str) -> str | None:
    """Return the host and port of an Origin header; None when it is none."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return None
