"""One question and its answer over HTTP/1.1 (RFC 9112), with every byte kept as it went over the line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import h11

from annotator.fetching.line import Watch, connected
from annotator.fetching.network import Network
from annotator.fetching.target import Target, refused

_HEADERS = (
    ("User-Agent", "Annotator (fetches one page when a person asks for it)"),
    ("Accept", "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.1"),
    ("Accept-Encoding", "identity"),
    ("Connection", "close"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was asked where, and what came back: the bytes of both, the status and the headers of the answer."""

    target: Target
    peer: str
    at: datetime
    request: bytes
    response: bytes
    status: int
    headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str:
        """Return the first value of a header (named in lower case), empty when there is none."""
        return next((value for key, value in self.headers if key == name), "")


def exchange(
    target: Target,
    network: Network,
    watch: Watch,
    *,
    room: int,
    progress: Callable[[int, int], None],
    wanted: Callable[[int, str], None],
) -> Exchange:
    """Ask for ``target`` and return the whole answer, of at most ``room`` bytes.

    ``progress`` gets how many bytes came and how many are to come (0: not known). ``wanted`` gets status and media type before
    the body is read, and may raise. Raises ``ImportFailedError``, ``CancelledError``.
    """
    at = datetime.now(UTC)
    speech = h11.Connection(h11.CLIENT, max_incomplete_event_size=watch.limits.headers)
    asked = h11.Request(method="GET", target=target.resource, headers=[("Host", target.authority), *_HEADERS])
    request = speech.send(asked) or b""
    request += speech.send(h11.EndOfMessage()) or b""
    received = bytearray()
    try:
        with connected(target, network, watch) as line:
            line.send(request)
            hearing = _Hearing(speech, target, received, wanted)
            while not hearing.done:
                data = line.receive()
                received += data
                if len(received) > room:
                    raise refused(target.address, f"it is larger than {watch.limits.size / (1 << 20):g} MB")
                hearing.take(data)
                progress(len(received), hearing.length)
    except OSError as error:
        raise refused(target.address, "the connection broke off before the page was whole") from error
    return Exchange(
        target=target,
        peer=line.peer,
        at=at,
        request=request,
        response=bytes(received[hearing.start : hearing.end]),
        status=hearing.status,
        headers=hearing.headers,
    )


class _Hearing:
    """Follows an answer as it comes. ``start`` and ``end`` are where it lies in what was received."""

    def __init__(
        self, speech: h11.Connection, target: Target, received: bytearray, wanted: Callable[[int, str], None]
    ) -> None:
        self._speech, self._target, self._received, self._wanted = speech, target, received, wanted
        self.start = self.end = self.status = self.length = 0
        self.headers: tuple[tuple[str, str], ...] = ()
        self.done = False

    def take(self, data: bytes) -> None:
        """Take in what came, nothing for the end. Raises ``ImportFailedError`` for what is no whole answer."""
        try:
            self._speech.receive_data(data)
            while (event := self._speech.next_event()) is not h11.NEED_DATA:
                if isinstance(event, h11.InformationalResponse):
                    self.start = self._consumed()
                elif isinstance(event, h11.Response):
                    self._begin(event)
                elif isinstance(event, (h11.EndOfMessage, h11.ConnectionClosed)):
                    self.end = self._consumed()
                    self.done = True
                    return
        except h11.RemoteProtocolError as error:
            whole = (
                "its headers are too long" if error.error_status_hint == 431 else "it is cut short, or no proper answer"
            )
            raise refused(self._target.address, f"what the server sent cannot be used: {whole}") from error

    def _begin(self, answer: h11.Response) -> None:
        self.status = answer.status_code
        self.headers = tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in answer.headers
        )
        stated = dict(self.headers)
        self.length = int(stated["content-length"]) if stated.get("content-length", "").isdecimal() else 0
        self._wanted(self.status, stated.get("content-type", "").partition(";")[0].strip().lower())

    def _consumed(self) -> int:
        return len(self._received) - len(self._speech.trailing_data[0])
