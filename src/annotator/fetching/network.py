"""Which computers may be asked, and how their names become addresses. Nothing that is not public can be reached."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_UNICAST = ip_network("2000::/3")
_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 addresses as networks without IPv4 see them (RFC 6052)."""
_CLOSED = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001:2::/48",
            "2001:10::/28",
            "2001:db8::/32",
            "3fff::/20",
        ),
    )
)
"""What Pythons differ on, or do not know to be closed yet (IANA registries of special-purpose addresses)."""


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet, alone and in all that is wrapped in it.

    Private, loopback, link-local, multicast, documentation and reserved ones do not (RFC 6890), nor does what is no address.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return parsed.is_global and not any(parsed in network for network in _CLOSED)
    if parsed.scope_id is not None:
        return False
    if parsed in _TRANSLATED:
        return is_public(str(IPv4Address(int(parsed) & 0xFFFFFFFF)))
    is_open = parsed in _UNICAST and parsed.is_global and not any(parsed in network for network in _CLOSED)
    return is_open and all(is_public(inner) for inner in _wrapped(parsed))


def _wrapped(address: IPv6Address) -> list[str]:
    inner = [address.sixtofour, *(address.teredo or ())]
    return [str(one) for one in inner if one is not None]


def system_addresses(host: str, port: int) -> list[str]:
    """Return the IP addresses of a name, as the system finds them. Raises ``OSError``, ``UnicodeError``."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def system_tls() -> ssl.SSLContext:
    """Return what checks the certificates of servers: those whom the system trusts, and the name must fit."""
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(frozen=True, slots=True)
class Network:
    """How the world is reached.

    ``servers`` are exact pairs of IP address and port that may be asked although they are not public. It is there for the tests
    of this program, whose servers run on the computer itself, and is empty in the program: no setting, variable or argument
    fills it.
    """

    resolve: Callable[[str, int], list[str]] = system_addresses
    tls: Callable[[], ssl.SSLContext] = system_tls
    servers: frozenset[tuple[str, int]] = frozenset()

    def may_ask(self, address: str, port: int) -> bool:
        """Tell whether a computer may be asked."""
        return is_public(address) or (address, port) in self.servers


NETWORK = Network()
"""The network that the program uses."""
