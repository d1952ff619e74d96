"""Reads the records of a WARC (ISO 28500) in bounds: which there are, and the answer that one of them holds."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fastwarc.warc import ArchiveIterator, HeaderMap, WarcRecord

from annotator.domain import codec
from annotator.domain.errors import ImportFailedError
from annotator.importers.archives.captured import MAX_PAGE, CapturedPage, from_address, kept_headers
from annotator.importers.archives.http_body import TooLargeError, unpacked
from annotator.importers.archives.warc_digest import digest_differs

MAX_RECORDS = 200_000
MAX_UNPACKED = 4 << 30
_MAX_INFO = 1 << 20
_SNIFFED = 1024
_PAGE_LIST = re.compile(rb"^json-metadata:\s*(\{.*\})\s*$", re.M)
_ADVICE = "It may be damaged or made to do harm; ask for another copy, or save the page from your browser."


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record's head. ``key`` finds it again: where its piece of the file begins, and how many records later it stands.

    ``status`` and ``media_type`` are those of the server's answer, ``head`` its first bytes; ``embedded`` is set where the
    browser asked for it as a piece of another page.
    """

    key: str
    kind: str
    id: str
    address: str
    date: str
    status: int | None = None
    media_type: str = ""
    digest: str = ""
    head: bytes = b""
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Scanned:
    """The records that may hold a page; ``broken`` tells that the file could not be read to its end.

    ``listed`` are the addresses that the program which made the archive lists as its pages, where it does.
    """

    records: tuple[Record, ...]
    broken: bool
    listed: frozenset[str]


def scan(data: bytes, name: str) -> Scanned:
    """Return the answers that a WARC holds, in its order. Raises ``ImportFailedError`` for one that is too large."""
    answers: list[Record] = []
    pieces: set[tuple[str, str]] = set()
    listed: set[str] = set()
    size = count = 0
    broken = False
    last = ""
    try:
        for key, record in _records(data, 0):
            count += 1
            last = key
            size += record.content_length
            if count > MAX_RECORDS or size > MAX_UNPACKED:
                raise _refused(name, f"it holds more than {MAX_RECORDS:,} records or {MAX_UNPACKED >> 30} GB")
            kind = record.headers.get("WARC-Type") or ""
            if kind == "request" and _asked_as_piece(record):
                pieces.add((address_of(record), record.headers.get("WARC-Date") or ""))
                pieces.update(("", one) for one in record.headers.get_multiple("WARC-Concurrent-To"))
            elif kind in ("response", "resource"):
                answers.append(_head(key, kind, record))
            elif kind == "warcinfo":
                listed |= _listed(record.reader.read(_MAX_INFO))
    except (OSError, ValueError):
        broken = True
    broken = broken or not _is_whole(data, last)
    return Scanned(_marked(answers, pieces), broken, frozenset(listed))


def read_page(data: bytes, key: str, name: str) -> CapturedPage:
    """Return the page in the record that ``key`` finds. Raises ``ImportFailedError`` where there is none, or it is too large."""
    place, _, after = key.partition("+")
    if not (place.isdecimal() and after.isdecimal()):
        raise _refused(name, f"it has no page called {key}")
    for start in (int(place), 0):  # within one piece of gzip no record can be jumped to
        try:
            for found, record in _records(data, start):
                if found == key:
                    return _page(record, name)
        except (OSError, ValueError):
            continue
    raise _refused(name, f"its page {key} cannot be found or unpacked")


def address_of(record: WarcRecord) -> str:
    """Return the address a record is about, without the brackets that some old programs put around it."""
    return (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")


def _records(data: bytes, start: int) -> Iterator[tuple[str, WarcRecord]]:
    """Yield records with their keys. None is decoded on the way: the iterator loses its place where that is done in part."""
    place, after = -1, 0
    stream = io.BytesIO(data)
    stream.seek(start)
    for record in ArchiveIterator(stream, parse_http=False, strict_mode=False):
        after = after + 1 if record.stream_pos == place else 0
        place = record.stream_pos
        yield f"{place}+{after}", record


def _is_whole(data: bytes, last: str) -> bool:
    """Tell whether the last record is there to its end: the iterator ends quietly where a file was cut short."""
    start = int(last.partition("+")[0] or 0)
    for key, record in _records(data, start):
        if key == last:
            return record.reader.consume() == record.content_length
    return start > 0  # one piece of gzip: unpacking it has shown its end


def _asked_as_piece(record: WarcRecord) -> bool:
    """Tell from a browser's own headers (Fetch Metadata) whether it asked for a piece of a page, such as a frame."""
    record.parse_http(strict_mode=False)
    if not record.is_http_parsed:
        return False
    headers = record.http_headers
    wanted = (headers.get("Sec-Fetch-Dest") or "document").lower()
    return wanted != "document" or (headers.get("X-Requested-With") or "").lower() == "xmlhttprequest"


def _head(key: str, kind: str, record: WarcRecord) -> Record:
    head = Record(
        key=key,
        kind=kind,
        id=record.headers.get("WARC-Record-ID") or "",
        address=address_of(record),
        date=record.headers.get("WARC-Date") or "",
        media_type=_plain_type(record.headers.get("Content-Type")) if kind == "resource" else "",
        digest=record.headers.get("WARC-Payload-Digest") or "",
    )
    if kind == "response" and record.is_http:
        record.parse_http(strict_mode=False)
        headers = record.http_headers
        head = replace(head, status=headers.status_code, media_type=_plain_type(headers.get("Content-Type")))
    if head.media_type in ("", "application/octet-stream"):
        head = replace(head, head=record.reader.read(_SNIFFED))
    return head


def _marked(answers: list[Record], pieces: set[tuple[str, str]]) -> tuple[Record, ...]:
    return tuple(
        replace(one, embedded=True) if ("", one.id) in pieces or (one.address, one.date) in pieces else one
        for one in answers
    )


def _listed(information: bytes) -> set[str]:
    """Return the addresses of the pages that Webrecorder lists in the record about the file."""
    match = _PAGE_LIST.search(information)
    try:
        said = codec.parse(match[1].decode()) if match else {}
    except ValueError:
        return set()
    pages = said.get("pages") if isinstance(said, dict) else None
    urls = [page.get("url") for page in pages if isinstance(page, dict)] if isinstance(pages, list) else []
    return {url for url in urls if isinstance(url, str)}


def _page(record: WarcRecord, name: str) -> CapturedPage:
    block = record.reader.read(MAX_PAGE + 1)
    if len(block) > MAX_PAGE:
        raise _refused(name, f"the page in it is larger than {MAX_PAGE >> 20} MB")
    capture = from_address(address_of(record), "WARC", _seconds(record.headers.get("WARC-Date") or ""))
    declared, data, contents = record.headers.get("Content-Type") or "", block, [block]
    warnings = ("archived-incompletely",) if record.headers.get("WARC-Truncated") else ()
    if record.headers.get("WARC-Type") == "response" and record.is_http:
        headers = HeaderMap()
        length = headers.parse(io.BytesIO(block))
        capture = replace(capture, http_status=headers.status_code, http_headers=kept_headers(headers.items()))
        declared = headers.get("Content-Type") or ""
        packed = block[length:]
        try:
            unchunked = unpacked(packed, headers.get("Transfer-Encoding") or "", MAX_PAGE)
            data = unpacked(unchunked, headers.get("Content-Encoding") or "", MAX_PAGE)
        except TooLargeError as error:
            raise _refused(name, f"the page in it unpacks to more than {MAX_PAGE >> 20} MB") from error
        contents += [packed, unchunked, data]
        if headers.status_code is not None and not 200 <= headers.status_code < 300:
            warnings = (*warnings, f"http-status:{headers.status_code}")
    if not data:
        raise _refused(name, "the page in it is empty")
    stated = [record.headers.get(header) or "" for header in ("WARC-Block-Digest", "WARC-Payload-Digest")]
    if digest_differs(stated, contents):
        warnings = ("archive-digest-differs", *warnings)
    return CapturedPage(data=data, declared_type=declared, capture=capture, warnings=warnings)


def _plain_type(declared: str | None) -> str:
    return (declared or "").replace(";", " ").strip().partition(" ")[0].lower()


def _seconds(date: str) -> str:
    """Return a WARC-Date (ISO 8601, UTC) to the second; empty for what is none."""
    whole = date[:19]
    return f"{whole}Z" if len(whole) == 19 and whole[10] == "T" and date.endswith("Z") else ""


def _refused(name: str, reason: str) -> ImportFailedError:
    return ImportFailedError(name=name, reason=reason, advice=_ADVICE)
