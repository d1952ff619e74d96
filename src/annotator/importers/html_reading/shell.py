"""Pages that scripts put together: their article is taken from the linked data they hold (schema.org ``articleBody``)."""

from __future__ import annotations

from annotator.domain.structure import BlockKind
from annotator.importers.html_reading.found import Found, Reduced
from annotator.importers.html_reading.hits import fold

FROM_DATA = "text-from-linked-data"

_LEAST = 300
_SAMPLE = 40
_SHARE = 0.3


def lacks(text: str, body: str) -> bool:
    """Tell whether a page's ``text`` has hardly anything of the article ``body`` that the page says is its own."""
    letters = fold(body)
    if len(letters) < _LEAST:
        return False
    shown = fold(text)
    samples = [letters[at : at + _SAMPLE] for at in range(0, len(letters) - _SAMPLE, _SAMPLE)]
    return sum(sample in shown for sample in samples) < _SHARE * len(samples)


def with_article(reduced: Reduced, body: str) -> Reduced:
    """Return the page with the article ``body`` below it, a paragraph a line; nothing else is part of the article."""
    found = list(reduced.found)
    for one in found:
        one.label = one.chrome[0][1] if one.chrome else "other"
    parts = [reduced.text] if reduced.text else []
    length = len(reduced.text)
    for line in filter(None, map(str.strip, body.splitlines())):
        start = length + bool(parts)
        length = start + len(line)
        parts.append(line)
        found.append(Found(kind=BlockKind.PARAGRAPH, start=start, end=length, path=(), article=True))
    return Reduced("\n".join(parts), found, reduced.inlines)
