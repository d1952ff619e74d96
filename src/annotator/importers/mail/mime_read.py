"""Takes a MIME message apart (RFC 2045, 5322) in bounds; nothing in it is opened but texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import parsedate_to_datetime

from annotator.domain.errors import ImportFailedError
from annotator.domain.text import canonical_text
from annotator.importers.encoding import decode, known_encoding
from annotator.importers.moments import javascript_time

MAX_PARTS = 2000
MAX_DEPTH = 40
_MAX_HEADER = 20_000
_SPACES = re.compile(r"\s+")


class _Unchanged(Compat32):
    """Gives headers back as they stand, also those with letters that nobody encoded."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        del name
        return value


def parsed_message(data: bytes, name: str) -> Message:
    """Return a message taken apart; ``name`` is the file's.

    Raises ``ImportFailedError`` for one that is nested too deep or has too many parts.
    """
    try:
        message = BytesParser(policy=_Unchanged()).parsebytes(data.lstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf"))
    except RecursionError:
        raise _refused(name, f"its parts are nested more than {MAX_DEPTH} deep") from None
    for number, (_, depth) in enumerate(_nested(message)):
        if depth > MAX_DEPTH:
            raise _refused(name, f"its parts are nested more than {MAX_DEPTH} deep")
        if number > MAX_PARTS:
            raise _refused(name, f"it has more than {MAX_PARTS:,} parts")
    return message


def header_text(message: Message, name: str) -> str:
    """Return a header decoded, on one line; empty when there is none."""
    return decoded_words(str(message.get(name, "")), message.get_content_charset() or "")


def decoded_words(raw: str, charset_of_message: str = "") -> str:
    """Return words of a header with what was encoded in them decoded (RFC 2047), on one line."""
    words = []
    for chunk, charset in decode_header(_readable(raw[:_MAX_HEADER], charset_of_message)):
        if isinstance(chunk, str):
            words.append(chunk)
        elif charset and (known := known_encoding(charset)):
            words.append(chunk.decode(known, "replace"))
        else:
            words.append(decode(chunk).text if chunk else "")
    return _SPACES.sub(" ", canonical_text("".join(words))).strip()


def header_time(message: Message, name: str) -> datetime | None:
    """Return the time in a header; with no zone when it names none, nothing when it is no time."""
    words = header_text(message, name)
    for read in (parsedate_to_datetime, javascript_time):
        try:
            moment = read(words)
        except (ValueError, IndexError, OverflowError):
            continue
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None and words.endswith("-0000") else moment
    return None


def content(part: Message) -> bytes:
    """Return the bytes of a part without its transfer encoding; a damaged one gives what can be read."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def declared_type(part: Message) -> str:
    """Return the media type of a part with its character set, as a server would say it."""
    charset = part.get_content_charset()
    return f"{part.get_content_type()}; charset={charset}" if charset else part.get_content_type()


def subparts(part: Message) -> list[Message]:
    """Return the parts of a multipart, none for any other."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _nested(message: Message) -> Iterator[tuple[Message, int]]:
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        yield part, depth
        waiting += [(one, depth + 1) for one in subparts(part)]


def _readable(raw: str, charset: str) -> str:
    """Return a header with letters that nobody encoded read as UTF-8, else as the message's own, else as western ones."""
    if raw.isascii():
        return raw
    data = raw.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", known_encoding(charset)):
        try:
            return data.decode(encoding or "utf-8")
        except UnicodeError:
            continue
    return data.decode("windows-1252", "replace")


def _refused(name: str, reason: str) -> ImportFailedError:
    return ImportFailedError(
        name=name, reason=reason, advice="Open it in a mail program or browser, print it to a PDF, and import that."
    )
