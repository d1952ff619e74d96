"""Words of a source with where they stand, as one would quote them."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.ui.annotating.opened import Opened
from annotator.ui.when import published


def citation(opened: Opened, spans: Iterable[tuple[int, int]]) -> str:
    """Return a quotation with source, publisher, date and address; fragments are parted by “ … ”."""
    quote = " … ".join(opened.text.text[start:end] for start, end in spans)
    source, version = opened.row.source, opened.version
    about = [opened.title, opened.row.publisher, published(source.date_published), source.url or version.url]
    return f"“{quote}”\n— {', '.join(part for part in about if part)}"
