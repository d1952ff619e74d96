"""How much of one text stands in another, so that a second capture of one article is noticed."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from annotator.domain.folding import fold
from annotator.domain.structure import Block

_RUN = 4
"""So many words in a row are compared: a changed word parts four of them, and two articles seldom share any by chance."""
_PHRASE, _PHRASES = 5, 7
_LONGEST = 200_000
"""Characters of a text that are looked at."""

NEARLY_THE_SAME = 60
"""Per cent of runs that two texts share from which on they are taken for captures of one article."""


def article_text(text: str, blocks: Sequence[Block]) -> str:
    """Return what of a text is the article: menus and footers are alike on all pages of a site."""
    article = [text[block.start : block.end] for block in blocks if block.article]
    return "\n".join(article) if article else text


def runs(text: str) -> frozenset[int]:
    """Return the digests of all runs of a few folded words in a text; case, accents, quotes and white space do not count."""
    words = fold(text[:_LONGEST]).split()
    if len(words) <= _RUN:
        return frozenset({crc32(" ".join(words).encode())} if words else ())
    return frozenset(crc32(" ".join(words[at : at + _RUN]).encode()) for at in range(len(words) - _RUN + 1))


def telling_phrases(text: str) -> tuple[str, ...]:
    """Return a few folded phrases spread over a text: another text that has none of them is another article."""
    words = fold(text[:_LONGEST]).split()
    if len(words) < _PHRASE:
        return (" ".join(words),) if words else ()
    step = max(1, (len(words) - _PHRASE) // _PHRASES)
    return tuple(dict.fromkeys(" ".join(words[at : at + _PHRASE]) for at in range(0, len(words) - _PHRASE + 1, step)))[
        : _PHRASES + 1
    ]


def likeness(one: frozenset[int], other: frozenset[int]) -> int:
    """Return how alike two texts are, in per cent of the runs that stand in either: 100 for the same words."""
    return 100 * len(one & other) // len(one | other) if one and other else 0
