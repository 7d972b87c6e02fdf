"""Which proxy leads to an address: as the environment says, NO_PROXY included, which the SDK does not read."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_AS_HTTP = {"ws": "http", "wss": "https"}


def proxy_for(url: str) -> str | None:
    """Return the proxy on the way to `url`, from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; None for none."""
    parts = urlsplit(url)
    proxies = getproxies()
    found = proxies.get(_AS_HTTP.get(parts.scheme, parts.scheme)) or proxies.get("all")
    return found if found and not proxy_bypass(parts.netloc.rpartition("@")[2]) else None
