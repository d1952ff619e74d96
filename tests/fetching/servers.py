"""A server on this computer for the tests of fetching, which may do as it likes. Nothing here reaches beyond the computer."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.fetching.network import Network

HOST = "ledger.example"
CERTIFICATE = Path(__file__).with_name("ledger.pem")
"""Key and certificate for ``HOST``, made for these tests and trusted by nobody else."""

Answers = Callable[[str], Iterator[bytes | float] | bytes]
"""Gets the path that is asked for; gives the bytes to send, in one go or bit by bit, with seconds of silence between."""


class Server:
    """Answers one request a connection. ``asked`` are the requests that came, whole."""

    def __init__(self, answers: Answers, *, tls: bool = False) -> None:
        self.asked: list[bytes] = []
        self._answers = answers
        self._context: ssl.SSLContext | None = None
        if tls:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(CERTIFICATE)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://{HOST}:{self.port}{path}"

    def close(self) -> None:
        self._ended.set()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._listening.accept()
            except OSError:
                return
            with suppress(OSError):
                self._talk(link)

    def _talk(self, link: socket.socket) -> None:
        with link:
            link.settimeout(5)
            if self._context is None:
                self._answer(link)
            else:
                with self._context.wrap_socket(link, server_side=True) as secured:
                    self._answer(secured)

    def _answer(self, link: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            data = link.recv(65536)
            if not data:
                return
            request += data
        self.asked.append(request)
        found = self._answers(request.split()[1].decode())
        for piece in [found] if isinstance(found, bytes) else found:
            if isinstance(piece, float):
                self._ended.wait(piece)
            elif not self._ended.is_set():
                link.sendall(piece)
        link.shutdown(socket.SHUT_WR)
        while link.recv(65536):
            pass


@contextmanager
def serving(answers: Answers, *, tls: bool = False) -> Iterator[Server]:
    server = Server(answers, tls=tls)
    try:
        yield server
    finally:
        server.close()


def reached(server: Server, names: Mapping[str, list[str]] | None = None) -> Network:
    """Return a network in which ``HOST`` is this computer and only ``server`` may be asked on it."""
    known = {HOST: ["127.0.0.1"], **(names or {})}

    def resolve(host: str, port: int) -> list[str]:
        del port
        return known.get(host, [host])

    def tls() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(CERTIFICATE)
        return context

    return Network(resolve=resolve, tls=tls, servers=frozenset({("127.0.0.1", server.port)}))


def page(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Return an answer with a page; ``length`` is what it says of its own."""
    lines = [
        f"HTTP/1.1 {status}",
        "Content-Type: text/html",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def leading_on(place: str) -> bytes:
    """Return an answer that leads on to another address."""
    return page(b"", f"Location: {place}", status="302 Found")
