"""A PDF that holds pictures of pages only: it has a short text of our own, by which its passages know it."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.ids import digest_of
from annotator.domain.structure import Block, BlockKind, Page, Structure

LABEL = "pages without text"


def scanned(data: bytes, pages: Sequence[Page]) -> tuple[str, Structure]:
    """Return the text and the structure of a PDF whose pages have no words.

    Passages belong to the digest of a text, so the text names the file by its digest: two scans never share one.
    """
    count = "1 page without text" if len(pages) == 1 else f"{len(pages)} pages without text"
    said = (count, f"SHA-256 of the file: {digest_of(data)}")
    blocks, start = [], 0
    for line in said:
        end = start + len(line)
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=start, end=end, article=False, label=LABEL))
        start = end + 1
    return "\n".join(said), Structure(blocks=tuple(blocks), pages=tuple(pages))
