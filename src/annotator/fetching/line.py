"""A connection to one computer: its address is checked and used as it was checked, and each step is bound in time."""

from __future__ import annotations

import os
import selectors
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from annotator.domain.errors import CancelledError
from annotator.fetching.network import Network
from annotator.fetching.target import Target, refused

_POLL = 0.1
_CHUNK = 64 << 10
_TRIED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one fetch may cost: ``seconds`` in all, to ``connect`` and of ``silence``; bytes of all answers and of headers."""

    seconds: float = 60.0
    connect: float = 10.0
    silence: float = 15.0
    size: int = 64 << 20
    headers: int = 64 << 10
    redirects: int = 10


class Watch:
    """Looks at the time and at the person's patience."""

    def __init__(self, address: str, limits: FetchLimits, cancelled: Callable[[], bool] | None = None) -> None:
        self.address = address
        self.limits = limits
        self._cancelled = cancelled or (lambda: False)
        self._end = time.monotonic() + limits.seconds

    def check(self) -> None:
        """Raise ``CancelledError`` or ``ImportFailedError`` when it is enough."""
        if self._cancelled():
            raise CancelledError(what=f"fetching {self.address}")
        if self.left() <= 0:
            raise refused(self.address, f"the server took more than {self.limits.seconds:g} seconds in all")

    def left(self) -> float:
        """Return how many seconds are left."""
        return self._end - time.monotonic()


class Line:
    """An open connection. Use as a context manager. ``peer`` is the IP address that was asked."""

    def __init__(self, link: socket.socket, peer: str, watch: Watch) -> None:
        self._link = link
        self.peer = peer
        self._watch = watch

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._link.close()

    def send(self, data: bytes) -> None:
        """Send a request, which is short. Raises ``OSError``."""
        self._link.settimeout(min(self._watch.limits.silence, max(self._watch.left(), _POLL)))
        self._link.sendall(data)
        self._link.settimeout(_POLL)

    def receive(self) -> bytes:
        """Return what came next, nothing at the end. Raises ``ImportFailedError`` after a long silence, ``OSError``."""
        quiet = time.monotonic() + self._watch.limits.silence
        while True:
            self._watch.check()
            try:
                return self._link.recv(_CHUNK)
            except (TimeoutError, ssl.SSLWantReadError):
                if time.monotonic() > quiet:
                    reason = f"the server said nothing more for {self._watch.limits.silence:g} seconds"
                    raise refused(self._watch.address, reason) from None


def connected(target: Target, network: Network, watch: Watch) -> Line:
    """Return a connection to ``target``. Its name is resolved once, and each address it has must be one that may be asked.

    Raises ``ImportFailedError``, ``CancelledError``.
    """
    addresses = _resolved(target, network, watch)
    for address in addresses:
        if not network.may_ask(address, target.port):
            raise refused(
                target.address,
                f"{target.host} is no computer on the public internet ({address})",
                "Only public pages are fetched. Save this one from your browser and import the file.",
            )
    problem: OSError | None = None
    for address in addresses[:_TRIED]:
        try:
            link = _dialled(address, target.port, watch)
        except OSError as error:
            problem = error
            continue
        return Line(_secured(link, target, network, watch), address, watch)
    raise refused(target.address, f"{target.host} cannot be reached ({_words(problem)})") from problem


def _resolved(target: Target, network: Network, watch: Watch) -> Sequence[str]:
    """Ask for the addresses of a name in a thread of its own: the system may take its time and cannot be told to stop."""
    found: list[str] = []
    problems: list[Exception] = []

    def ask() -> None:
        try:
            found.extend(network.resolve(target.host, target.port))
        except (OSError, UnicodeError) as error:
            problems.append(error)

    thread = threading.Thread(target=ask, name="resolve", daemon=True)
    thread.start()
    while thread.is_alive():
        watch.check()
        thread.join(_POLL)
    if not found:
        raise refused(target.address, f"no computer is called {target.host}", "Check the address.") from (
            problems[0] if problems else None
        )
    return found


def _dialled(address: str, port: int, watch: Watch) -> socket.socket:
    """Return a socket connected to this very address. Raises ``OSError``."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    link = socket.socket(family, socket.SOCK_STREAM)
    link.settimeout(0)
    try:
        link.connect_ex((address, port))
        _await(link, watch)
    except BaseException:
        link.close()
        raise
    link.settimeout(_POLL)
    return link


def _await(link: socket.socket, watch: Watch) -> None:
    """Wait until a socket is connected. Raises ``OSError`` when it is not."""
    end = time.monotonic() + watch.limits.connect
    with closing(selectors.DefaultSelector()) as selector:
        selector.register(link, selectors.EVENT_WRITE)
        while not selector.select(_POLL):
            watch.check()
            if time.monotonic() > end:
                raise TimeoutError
    code = link.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))


def _secured(link: socket.socket, target: Target, network: Network, watch: Watch) -> socket.socket:
    if target.scheme == "http":
        return link
    link.settimeout(max(min(watch.limits.connect, watch.left()), _POLL))
    try:
        secured = network.tls().wrap_socket(link, server_hostname=target.host)
    except (OSError, ValueError) as error:
        link.close()
        reason = error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else _words(error)
        raise refused(
            target.address,
            f"the connection to {target.host} is not safe ({reason})",
            "Look at the page in your browser; it tells more.",
        ) from error
    secured.settimeout(_POLL)
    return secured


def _words(error: Exception | None) -> str:
    if isinstance(error, TimeoutError):
        return "no answer"
    return (isinstance(error, OSError) and error.strerror) or type(error).__name__
