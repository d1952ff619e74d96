"""Reads a message (RFC 5322): its headers, then its words. What is attached is named and never opened."""

from __future__ import annotations

from dataclasses import replace
from email.message import Message
from email.utils import getaddresses

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported, Suggestion, Suggestions
from annotator.domain.structure import Block, BlockKind, Inline, Structure
from annotator.domain.text import canonical_text
from annotator.importers.eml import VERSION
from annotator.importers.encoding import charset_of, decode, decode_as
from annotator.importers.html_reading.read import read_html
from annotator.importers.mail.eml_parts import MessageParts, parts_of
from annotator.importers.mail.eml_plain import plain_words
from annotator.importers.mail.mime_kinds import messages_in
from annotator.importers.mail.mime_read import content, declared_type, header_text, header_time, parsed_message
from annotator.importers.registry import Progress, ReadOptions

_SHOWN = ("From", "Sender", "Reply-To", "To", "Cc", "Date")
_STEPS = 3
_MAX_NAMED = 50
_MAX_HEADER = 2000
_MAX_AUTHORS = 20
_LOCKED = ("multipart/encrypted",)


def read_message(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of a message. Raises ``ImportFailedError`` for a whole mailbox, or a message that is encrypted."""
    count = messages_in(data)
    if count > 1:
        raise _refused(
            options.name, f"it is a mailbox of {count:,} messages", "Save the message that you need as .eml."
        )
    message = parsed_message(data, options.name)
    if message.get_content_type() in _LOCKED or _is_sealed(message):
        raise _refused(
            options.name, "the message is encrypted", "Open it in your mail program, print it to a PDF, import that."
        )
    progress(1, _STEPS)
    found = parts_of(message)
    text = _Text()
    _write_headers(text, message)
    warnings, encodings, language = _write_words(text, found, options)
    progress(2, _STEPS)
    if not text.length:
        raise _refused(options.name, "the message is empty", "Save it again from your mail program.")
    named = [f"attachment-not-opened:{name}" for name in found.attached[:_MAX_NAMED]]
    progress(3, _STEPS)
    return Imported(
        text="\n".join(text.lines),
        structure=Structure(blocks=tuple(text.blocks), inlines=tuple(text.inlines)),
        media_type="message/rfc822",
        importer="eml",
        importer_version=VERSION,
        encoding=encodings[0] if encodings else "",
        suggestions=replace(_suggestions(message), language=language),
        warnings=(*warnings, *named),
    )


class _Text:
    """A text that grows by blocks, which stand on lines of their own."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.inlines: list[Inline] = []
        self.length = 0

    def add(self, kind: BlockKind, words: str) -> None:
        """Add one block."""
        self.add_all(words, [Block(kind=kind, start=0, end=len(words))], ())

    def add_all(self, words: str, blocks: list[Block], inlines: tuple[Inline, ...]) -> None:
        """Add a text with its blocks and marks, whose offsets count from its own start."""
        start = self.length + 1 if self.lines else 0
        self.blocks += [replace(one, start=one.start + start, end=one.end + start) for one in blocks]
        self.inlines += [replace(one, start=one.start + start, end=one.end + start) for one in inlines]
        self.lines.append(words)
        self.length = start + len(words)


def _write_headers(text: _Text, message: Message) -> None:
    subject = header_text(message, "Subject")[:_MAX_HEADER]
    if subject:
        text.add(BlockKind.TITLE, subject)
    said: set[str] = set()
    for name in _SHOWN:
        words = header_text(message, name)[:_MAX_HEADER]
        if words and words not in said:
            said.add(words)
            text.add(BlockKind.BYLINE, f"{name}: {words}")


def _write_words(
    text: _Text, found: MessageParts, options: ReadOptions
) -> tuple[tuple[str, ...], list[str], Suggestion | None]:
    """Write the words of a message; return warnings, the encodings they were in, and the language the first page names."""
    warnings: tuple[str, ...] = ()
    encodings: list[str] = []
    language: Suggestion | None = None
    before = text.length
    for part in found.words:
        declared = declared_type(part)
        if part.get_content_type() == "text/html":
            page = _page(part, options)
            if page is not None:
                blocks = [replace(one, article=True, label="") for one in page.structure.blocks]
                text.add_all(page.text, [_untitled(one) for one in blocks], page.structure.inlines)
                warnings += tuple(one for one in page.warnings if one != "article-not-found")
                encodings.append(page.encoding)
                language = language or page.suggestions.language
            continue
        data = content(part)
        decoded = (
            decode_as(data, options.encoding, options.name)
            if options.encoding
            else decode(data, declared=charset_of(declared))
        )
        written = plain_words(canonical_text(decoded.text), flowed=_flows(part))
        if written.text:
            text.add_all(written.text, list(written.blocks), ())
            warnings += decoded.warnings
            encodings.append(decoded.encoding)
    if text.length == before:
        warnings += ("message-without-words",)
    return warnings, encodings, language


def _page(part: Message, options: ReadOptions) -> Imported | None:
    """Return the text of a part in HTML, or none when there is no word in it."""
    data = content(part)
    if not data.strip():
        return None
    inside = ReadOptions(name=options.name, declared_type=declared_type(part), encoding=options.encoding)
    try:
        return read_html(data, inside, lambda _done, _total: None)
    except ImportFailedError as error:
        if "no text" in str(error.data["reason"]):
            return None
        raise


def _untitled(block: Block) -> Block:
    """Return a block that is no title: a message has one, its subject."""
    return replace(block, kind=BlockKind.HEADING, level=block.level or 1) if block.kind is BlockKind.TITLE else block


def _flows(part: Message) -> bool:
    return str(part.get_param("format", "")).lower() == "flowed"


def _is_sealed(message: Message) -> bool:
    smime = message.get_content_type() in ("application/pkcs7-mime", "application/x-pkcs7-mime")
    return smime and str(message.get_param("smime-type", "enveloped-data")).lower() != "signed-data"


def _suggestions(message: Message) -> Suggestions:
    subject, moment = header_text(message, "Subject"), header_time(message, "Date")
    people = [name or address for name, address in getaddresses([header_text(message, "From")]) if name or address]
    return Suggestions(
        title=Suggestion(value=subject[:_MAX_HEADER], basis="subject") if subject else None,
        authors=tuple(Suggestion(value=person, basis="sender") for person in people[:_MAX_AUTHORS]),
        date=Suggestion(value=moment.date().isoformat(), basis="date of the message") if moment else None,
    )


def _refused(name: str, reason: str, advice: str) -> ImportFailedError:
    return ImportFailedError(name=name, reason=reason, advice=advice)
