"""Fetches one page: asks, follows where a server leads on, step by checked step, and gives back all of it as a WARC."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import urljoin

from annotator.domain.errors import ImportFailedError
from annotator.fetching import network as networks
from annotator.fetching.exchange import Exchange, exchange
from annotator.fetching.line import FetchLimits, Watch
from annotator.fetching.target import Target, refused, target_of
from annotator.fetching.warc import warc_of

_LEADS_ON = (301, 302, 303, 307, 308)
_PAGES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain", "")
_UNNAMED = re.compile(r"[^\w.-]+")
_NAME = 80


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page that was fetched: the address at which it stood in the end, a name for the file, and all that was said as a WARC."""

    address: str
    name: str
    warc: bytes


def fetch(
    address: str,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: FetchLimits | None = None,
) -> Fetched:
    """Fetch the page at ``address`` (http or https), without cookies, scripts, proxies, or anything that the page names.

    ``progress`` gets bytes so far and in all (0: not known). Raises ``ImportFailedError`` with what to do, ``CancelledError``.
    """
    network = networks.NETWORK
    limits = limits or FetchLimits()
    watch = Watch(address, limits, cancelled)
    target, room, exchanges = target_of(address), limits.size, list[Exchange]()
    while True:
        done = exchange(
            target,
            network,
            watch,
            room=room,
            progress=progress or (lambda _done, _total: None),
            wanted=lambda status, type_, at=target: _want(at, status, type_),  # type: ignore[misc]
        )
        exchanges.append(done)
        room -= len(done.response)
        if done.status not in _LEADS_ON:
            return Fetched(target.address, _name(target), warc_of(exchanges, f"Annotator {version('annotator')}"))
        if len(exchanges) > limits.redirects:
            raise refused(address, f"it leads on to other addresses more than {limits.redirects} times")
        target = _led_on(done)


def _want(target: Target, status: int, type_: str) -> None:
    """Raise ``ImportFailedError`` for an answer that is no page, before its body is read."""
    if status in _LEADS_ON:
        return
    if status != HTTPStatus.OK:
        try:
            words = f"{status} ({HTTPStatus(status).phrase})"
        except ValueError:
            words = str(status)
        raise refused(target.address, f"the server answered {words}")
    if type_ not in _PAGES:
        raise refused(
            target.address,
            f"it is neither a web page nor a PDF or a text ({type_})",
            "Save it from your browser and see whether the file can be imported.",
        )


def _led_on(done: Exchange) -> Target:
    """Return where a server leads on to, checked like an address that somebody typed."""
    place = done.header("location")
    if not place:
        raise refused(done.target.address, "the server leads on, but does not say where")
    there = urljoin(done.target.address, place.encode("latin-1").decode("utf-8", "replace"))
    try:
        return target_of(there)
    except ImportFailedError as error:
        raise refused(
            done.target.address, f"it leads on to {error.data['name']}, and {error.data['reason']}"
        ) from error


def _name(target: Target) -> str:
    """Return what the file is called: host and path, as far as a name of a file may hold them."""
    words = _UNNAMED.sub("-", f"{target.host}{target.resource}").strip("-.")
    return f"{words[:_NAME].strip('-.')}.warc.gz"
