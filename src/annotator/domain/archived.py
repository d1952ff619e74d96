"""Addresses of web archives: which page a copy was made of, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_COPY = re.compile(
    r"https?://(?:web\.archive\.org/web|web\.archive\.org\.au/awa|(?:www\.)?webarchive\.org\.uk/wayback/archive|"
    r"webarchive\.nationalarchives\.gov\.uk/(?:ukgwa|wayback)|arquivo\.pt/(?:noFrame/)?(?:wayback|replay)|"
    r"archive\.(?:today|is|ph|li|fo|vn|md)|swap\.stanford\.edu(?:/was)?|wayback\.archive-it\.org/\w+)"
    r"/(\d{14})[a-z]{0,2}_?/(https?:/{1,2}\S+)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ArchivedCopy:
    """A copy in a web archive: the address of the page itself, and when the copy was made (UTC, ISO 8601)."""

    address: str
    made_at: str


def archived_copy(address: str) -> ArchivedCopy | None:
    """Return what ``address`` is a copy of, or none when it names no copy in a web archive that we know."""
    match = _COPY.match(address)
    if match is None:
        return None
    try:
        made = datetime.strptime(match[1], "%Y%m%d%H%M%S")  # noqa: DTZ007 archives name the time in UTC
    except ValueError:
        return None
    page = re.sub(r"^(https?:)/+", r"\1//", match[2])
    return ArchivedCopy(page, made.strftime("%Y-%m-%dT%H:%M:%SZ"))
