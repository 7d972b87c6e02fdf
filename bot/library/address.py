"""What counts as an address that a reader may be sent to."""

import re
from urllib.parse import urlsplit

_WEB = re.compile(r"https?://[^\s<>|\\^`{}\"]+", re.IGNORECASE)


def is_web_address(address: str) -> bool:
    """Return whether `address` is http or https, names a host, and holds no user name that could pose as one."""
    if not _WEB.fullmatch(address):
        return False
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return False
