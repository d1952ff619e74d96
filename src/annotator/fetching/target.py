"""An address as a person typed it, or a server named it: checked, and in the form that goes over the line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import idna

from annotator.domain.errors import ImportFailedError

_PORTS = {"http": 80, "https": 443}
_MAX_ADDRESS = 4096
_KEPT = "%!$&'()*+,;=:@/?~-._"
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]{0,253}[a-z0-9])?\.?")
_IN_BROWSER = "Open the page in your browser, save it, and import the file."


@dataclass(frozen=True, slots=True)
class Target:
    """Where a page is asked for. ``host`` is in ASCII (an IPv6 address without brackets), ``resource`` path and query."""

    scheme: str
    host: str
    port: int
    resource: str

    @property
    def authority(self) -> str:
        """Host and port as the ``Host`` header names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        """The whole address, without a fragment."""
        return f"{self.scheme}://{self.authority}{self.resource}"


def target_of(address: str) -> Target:
    """Return what ``address`` asks for. Raises ``ImportFailedError`` for what is no plain web address."""
    address = address.strip()
    if len(address) > _MAX_ADDRESS or any(c.isspace() or not c.isprintable() for c in address):
        raise refused(address, "it is too long, or has blanks in it", "Copy the address from your browser again.")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise refused(address, "it is no web address", "Copy the address from your browser again.") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise refused(address, "only addresses that begin with http:// or https:// can be fetched", _IN_BROWSER)
    if "@" in parts.netloc:
        raise refused(address, "it has a name or password in it, which would be kept", "Take them out of the address.")
    port = _PORTS[parts.scheme] if port is None else port
    if port not in _PORTS.values() and port < 1024:
        raise refused(address, f"port {port} is no port of web pages", _IN_BROWSER)
    path = quote(parts.path or "/", safe=_KEPT)
    return Target(
        parts.scheme,
        _ascii(parts.hostname, address),
        port,
        urlunsplit(("", "", path, quote(parts.query, safe=_KEPT), "")),
    )


def refused(address: str, reason: str, advice: str = _IN_BROWSER) -> ImportFailedError:
    """Return the error for an address that is not fetched."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in address)
    return ImportFailedError(name=shown if len(shown) <= 200 else f"{shown[:199]}…", reason=reason, advice=advice)


def _ascii(host: str, address: str) -> str:
    """Return a host's name as the line knows it (IDNA 2008, UTS 46)."""
    if ":" in host:
        return host
    try:
        name = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        name = ""
    if not _HOST.fullmatch(name):
        raise refused(address, "it names no computer", "Copy the address from your browser again.")
    return name
