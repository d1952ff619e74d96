"""Tells messages and MHTML pages (both MIME, RFC 2045) from other texts by their headers, without reading them."""

from __future__ import annotations

import re

_HEAD = 32 << 10
_LINE = re.compile(rb"([!-9;-~]{1,76}):[ \t]?(.*)")
_LETTER = frozenset({b"from", b"received", b"message-id", b"return-path", b"delivered-to", b"subject"})
_USUAL = _LETTER | {b"to", b"cc", b"date", b"mime-version", b"content-type", b"reply-to", b"x-mailer", b"sender"}
_SENT = frozenset({b"received", b"to", b"delivered-to", b"return-path"})
_ENVELOPE = re.compile(rb"^From [^\r\n]{1,200} \d{4}\r?$", re.M)


def is_message(data: bytes) -> bool:
    """Tell whether ``data`` begins with the headers of a message (RFC 5322)."""
    headers = _headers(data)
    return bool(headers.keys() & _LETTER) and len(headers.keys() & _USUAL) > 1


def is_saved_page(data: bytes) -> bool:
    """Tell whether ``data`` is a web page saved with its pieces (MHTML, RFC 2557) rather than a message."""
    headers = _headers(data)
    if b"snapshot-content-location" in headers or b"<saved by" in headers.get(b"from", b"").lower():
        return True
    kind = headers.get(b"content-type", b"").lower()
    whole = kind.startswith(b"multipart/related") or (kind.startswith(b"text/html") and b"content-location" in headers)
    return whole and not headers.keys() & _SENT


def messages_in(data: bytes) -> int:
    """Return how many messages a mailbox (RFC 4155) holds; 0 for what is none."""
    return len(_ENVELOPE.findall(data)) if data.startswith(b"From ") else 0


def _headers(data: bytes) -> dict[bytes, bytes]:
    """Return the headers that ``data`` begins with, by their names in lower case; none when it begins otherwise."""
    found: dict[bytes, bytes] = {}
    name = b""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    for number, line in enumerate(head.splitlines()):
        if number == 0 and line.startswith((b"From ", b">From ")):
            continue
        if not line.strip():
            break
        if line[:1] in b" \t" and name:
            found[name] += b" " + line.strip()
            continue
        match = _LINE.match(line)
        if match is None:
            return {} if len(found) < 2 else found
        name = match[1].lower()
        found.setdefault(name, match[2])
    return found
