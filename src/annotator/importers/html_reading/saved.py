"""What the program that saved a page wrote into it: the address it was saved from, and when."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import chain, islice

from lxml import etree

from annotator.domain.imported import Capture
from annotator.domain.text import canonical_text
from annotator.importers.archives.captured import from_address
from annotator.importers.moments import iso_time, javascript_time

_COMMENTS = 50
_COMMENT_LENGTH = 4000
_WEB = r"(https?://[^\s<>\"]+)"


def _as_digits(words: str) -> datetime:
    return datetime.strptime(words[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)


_Reader = Callable[[str], datetime]
_COMMENTED: tuple[tuple[re.Pattern[str], str, _Reader], ...] = (
    (
        re.compile(rf"Page saved with SingleFile\s+url:\s*{_WEB}(?:\s+saved date:\s*([^\n]{{1,120}}))?"),
        "SingleFile",
        javascript_time,
    ),
    (re.compile(rf"saved from url=\(\d+\){_WEB}()"), "saved from url", _as_digits),
    (re.compile(rf"Saved from {_WEB} at (\S{{1,40}}) using monolith"), "monolith", datetime.fromisoformat),
    (
        re.compile(r"Mirrored from (\S{4,2000}) by HTTrack Website Copier[^,]{0,80}, ([^\n]{1,60}?)\s*$"),
        "HTTrack",
        parsedate_to_datetime,
    ),
)


def saved_page(root: etree._Element) -> Capture | None:
    """Return where and when a page was saved, as SingleFile, browsers, monolith, HTTrack, WebScrapBook or Save Page WE say."""
    before = root.itersiblings(etree.Comment, preceding=True)
    for comment in islice(chain(before, root.iter(etree.Comment)), _COMMENTS):
        words = canonical_text(str(comment.text or "")[:_COMMENT_LENGTH])
        for pattern, basis, read in _COMMENTED:
            if match := pattern.search(words):
                address = match[1] if match[1].startswith("http") else f"http://{match[1]}"
                return from_address(address, basis, _time(match[2] or "", read))
    scrapbook = root.get("data-scrapbook-source", "")
    if scrapbook.startswith(("http://", "https://")):
        made = _time(root.get("data-scrapbook-create", ""), _as_digits)
        return from_address(canonical_text(scrapbook), "WebScrapBook", made)
    metas = {meta.get("name"): meta.get("content", "") for meta in root.iter("meta")}
    if metas.get("savepage-url", "").startswith(("http://", "https://")):
        made = _time(metas.get("savepage-date", ""), javascript_time)
        return from_address(canonical_text(metas["savepage-url"]), "Save Page WE", made)
    return None


def _time(words: str, read: _Reader) -> str:
    try:
        return iso_time(read(words.strip()))
    except (ValueError, OverflowError):
        return ""
