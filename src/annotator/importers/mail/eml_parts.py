"""Which parts of a message are its words, and what is attached to it (RFC 2046)."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import Message

from annotator.importers.mail.mime_read import content, decoded_words, header_text, subparts

_WORDS = ("text/html", "text/plain")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_MAX_NAME = 120


@dataclass(slots=True)
class MessageParts:
    """The parts that are read, in their order, and the names of what is attached."""

    words: list[Message] = field(default_factory=list)
    attached: list[str] = field(default_factory=list)


def parts_of(message: Message) -> MessageParts:
    """Return what of a message is read: of alternatives the richest that holds words, else all texts that are not attached."""
    found = MessageParts()
    _sort(message, found)
    return found


def _sort(part: Message, found: MessageParts) -> None:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        found.attached.append(_called(part, header_text(subparts(part)[0], "Subject") if subparts(part) else ""))
    elif kind == "multipart/alternative":
        _sort_best(subparts(part), found)
    elif kind == "multipart/related":
        _sort_related(subparts(part), found)
    elif part.is_multipart():
        for one in subparts(part):
            _sort(one, found)
    elif _is_words(part):
        found.words.append(part)
    elif kind not in _SIGNATURES:
        found.attached.append(_called(part))


def _is_words(part: Message) -> bool:
    """Tell whether a part is to be read: text that is not attached, of an unusual kind only where it has no name of a file.

    What says that it has parts and has none is read too.
    """
    loose = part.get_content_maintype() in ("text", "multipart") and not part.get_filename()
    return (part.get_content_type() in _WORDS or loose) and part.get_content_disposition() != "attachment"


def _sort_best(alternatives: list[Message], found: MessageParts) -> None:
    """Take the HTML where it has any words, else the plain text, else what comes last; what hangs on either is named."""
    tried = []
    for one in alternatives:
        inside = MessageParts()
        _sort(one, inside)
        tried.append(inside)
    with_words = [one for one in tried if any(content(part).strip() for part in one.words)]
    best = next(
        (one for one in with_words if any(part.get_content_type() == "text/html" for part in one.words)),
        with_words[-1] if with_words else None,
    )
    if best is not None:
        found.words += best.words
    found.attached += [name for one in tried if one is best or not one.words for name in one.attached]


def _sort_related(parts: list[Message], found: MessageParts) -> None:
    """Take the first part; the others are pieces of it, of which those that are no pictures are named."""
    for number, one in enumerate(parts):
        if number == 0:
            _sort(one, found)
        elif one.get_content_maintype() != "image" or one.get_content_disposition() == "attachment":
            found.attached.append(_called(one))


def _called(part: Message, title: str = "") -> str:
    """Return what an attachment is called, for people: its name, else its title, else its kind."""
    name = decoded_words(part.get_filename() or "") or title or part.get_content_type()
    plain = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return plain[:_MAX_NAME] or part.get_content_type()
