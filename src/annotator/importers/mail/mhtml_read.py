"""Reads a page saved as MHTML (RFC 2557): its root, with the frames that were saved beside it at their places."""

from __future__ import annotations

import re
from email.message import Message
from urllib.parse import urlsplit

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Capture, Imported
from annotator.domain.text import canonical_text
from annotator.importers.archives.captured import MAX_PAGE, CapturedPage, from_address, read_captured
from annotator.importers.encoding import decode
from annotator.importers.mail.mime_read import content, declared_type, header_text, header_time, parsed_message
from annotator.importers.moments import iso_time
from annotator.importers.registry import Importer, Progress, ReadOptions

_PAGES = ("text/html", "application/xhtml+xml")
_FRAME = re.compile(
    r"<iframe\b(?P<before>[^>]*?)\bsrc\s*=\s*(?P<quote>[\"']?)cid:(?P<id>[^\"'\s>]{1,300})(?P=quote)[^>]*>", re.I
)
_BODY = re.compile(r"<body\b[^>]*>(.*)</body\s*>", re.I | re.S)
_FRAME_DEPTH = 4
_POSTS = frozenset(
    ("twitter.com", "x.com", "facebook.com", "instagram.com", "threads.net", "tiktok.com", "t.me", "bsky.app", "reddit.com",
     "linkedin.com", "vk.com", "weibo.com")
)  # fmt: skip
"""Sites whose posts are embedded in articles; frames from elsewhere are mostly advertisements."""


def read_mhtml(data: bytes, options: ReadOptions, progress: Progress, outer: Importer) -> Imported:
    """Return the text of a saved page. Raises ``ImportFailedError`` when there is no page in it."""
    message = parsed_message(data, options.name)
    parts = [part for part in message.walk() if not part.is_multipart()]
    root = _root(message, parts)
    if root is None:
        raise ImportFailedError(
            name=options.name,
            reason="it holds no web page, only pieces of one",
            advice="Save the page again, or as HTML, and import that.",
        )
    page = CapturedPage(data=content(root), declared_type=declared_type(root), capture=_capture(message, root))
    frames = {_id(part): part for part in parts if part is not root and part.get_content_type() in _PAGES and _id(part)}
    if frames and not options.encoding:
        page = _with_frames(page, frames)
    return read_captured(page, options, progress, outer)


def _root(message: Message, parts: list[Message]) -> Message | None:
    """Return the part that is the page: the one called the start, else the first page, else the first text."""
    start = str(message.get_param("start", "") or "").strip("<> ")
    return next(
        (part for part in parts if start and _id(part) == start),
        next(
            (part for part in parts if part.get_content_type() in _PAGES),
            next((part for part in parts if part.get_content_maintype() == "text"), None),
        ),
    )


def _id(part: Message) -> str:
    return str(part.get("Content-ID", "")).strip().strip("<>")


def _capture(message: Message, root: Message) -> Capture:
    address = header_text(message, "Snapshot-Content-Location") or header_text(root, "Content-Location")
    moment = header_time(message, "Date")
    saved_at = iso_time(moment) if moment and moment.tzinfo else ""
    if address.startswith(("http://", "https://")):
        return from_address(address, "MHTML", saved_at)
    return Capture(retrieved_at=saved_at, retrieved_basis="MHTML" if saved_at else "")


def _with_frames(page: CapturedPage, frames: dict[str, Message]) -> CapturedPage:
    """Return a page with each frame in the place where it is shown: posts as quotations, others as what stands aside."""
    room = MAX_PAGE

    def put(match: re.Match[str], depth: int) -> str:
        nonlocal room
        part = frames.get(match["id"])
        if part is None or depth > _FRAME_DEPTH:
            return match[0]
        markup = _markup(content(part), declared_type(part))
        inner = _BODY.search(markup)
        markup = inner[1] if inner else markup
        room -= len(markup)
        if room < 0:
            return match[0]
        markup = _FRAME.sub(lambda nested: put(nested, depth + 1), markup)
        element = "blockquote" if _is_post(part) else "aside"
        return f"<{element}>{markup}</{element}>{match[0]}"

    markup = _FRAME.sub(lambda match: put(match, 1), _markup(page.data, page.declared_type))
    return CapturedPage(data=markup.encode(), declared_type="text/html; charset=utf-8", capture=page.capture)


def _markup(data: bytes, declared: str) -> str:
    return canonical_text(decode(data, declared=declared.partition("charset=")[2]).text)


def _is_post(part: Message) -> bool:
    host = urlsplit(header_text(part, "Content-Location")).hostname or ""
    return any(host == site or host.endswith(f".{site}") for site in _POSTS)
