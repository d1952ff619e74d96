"""Plain text: kept as it is; what stands between blank lines is a block."""

from __future__ import annotations

import re

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported, Suggestion, Suggestions
from annotator.domain.structure import Block, BlockKind, Structure
from annotator.domain.text import canonical_text
from annotator.importers.encoding import Decoded, charset_of, decode, decode_as
from annotator.importers.foreign import foreign_error, is_foreign
from annotator.importers.registry import Importer, Progress, ReadOptions

VERSION = "1"
MAX_BYTES = 200 << 20

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r\x0e\x0f\x1b")) + b"\x7f"
_WIDE = ("utf-16", "utf-32")
_CONTROL_SHARE = 0.01
_TITLE = 150
_WRAPPED_LINE = 100
_WRAPPED_LINES = 80


def _read(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    if is_foreign(data):
        raise foreign_error(data, options.name)
    encoded = (
        decode_as(data, options.encoding, options.name)
        if options.encoding
        else decode(data, declared=charset_of(options.declared_type))
    )
    if is_binary(data, encoded):
        raise foreign_error(data, options.name)
    text = canonical_text(encoded.text)
    if not text.strip():
        raise ImportFailedError(
            name=options.name, reason="it holds nothing but blank lines", advice="Save or download it again."
        )
    progress(1, 2)
    blocks = tuple(_blocks(text))
    title = _title(text, blocks)
    progress(2, 2)
    return Imported(
        text=text,
        structure=Structure(blocks=blocks),
        media_type="text/plain",
        importer="text",
        importer_version=VERSION,
        encoding=encoded.encoding,
        suggestions=Suggestions(title=Suggestion(value=title, basis="first line") if title else None),
        warnings=encoded.warnings,
    )


def is_binary(data: bytes, decoded: Decoded) -> bool:
    """Tell whether ``data`` is no text, whatever it decodes to: it has many control characters."""
    if decoded.encoding.startswith(_WIDE):
        data = decoded.text.encode("ascii", "replace")
    return any(
        len(part) - len(part.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(part) for part in (data, data[:4096])
    )


def _blocks(text: str) -> list[Block]:
    """Return the runs of lines that are not blank: whole where they look wrapped by hand, else line by line."""
    blocks: list[Block] = []
    run: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]*\n?", text):
        start, end = line.start(), line.start() + len(line[0].rstrip("\n"))
        if line[0] and not line[0].isspace():
            run.append((start, end))
        else:
            blocks += _of_run(run)
            run = []
    return blocks


def _of_run(run: list[tuple[int, int]]) -> list[Block]:
    if not run:
        return []
    if len(run) <= _WRAPPED_LINES and all(end - start <= _WRAPPED_LINE for start, end in run):
        run = [(run[0][0], run[-1][1])]
    return [Block(kind=BlockKind.PARAGRAPH, start=start, end=end) for start, end in run]


def _title(text: str, blocks: tuple[Block, ...]) -> str:
    """Return the first line if it looks like a heading: short, alone, and no sentence of its own unless a question."""
    first = text[blocks[0].start : blocks[0].end].strip()
    fits = len(first) <= _TITLE and "\n" not in first and len(blocks) > 1
    return first if fits and not first.endswith((".", ",", ";", ":", "。")) else ""


IMPORTER = Importer(
    name="text",
    version=VERSION,
    media_types=("text/plain",),
    suffixes=(".txt", ".text", ".log", ".csv", ".srt", ".vtt"),
    max_bytes=MAX_BYTES,
    recognises=lambda _data, _name: False,
    read=_read,
)
