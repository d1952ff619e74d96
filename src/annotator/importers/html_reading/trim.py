"""Takes back from a marked article what lies in it and is none of it: ways to other pages, buttons, headings over nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from annotator.domain.structure import BlockKind
from annotator.importers.html_reading.found import Found
from annotator.importers.html_reading.words import is_correction, is_dateline, is_fragment, leads_away

TEASER = "teaser"

_LINKED = 0.5
_HEAD = 12
_RUNNING = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM))


def trim_article(found: Sequence[Found], text: str, hits: Collection[int]) -> None:
    """Unmark blocks of ``found``, whose words lie in ``text``; ``hits`` are those that an extractor took.

    Lines at its head that tell a date become bylines. Captions, quotations, tables and notes stay as they are.
    """
    _mark_datelines(found, text)
    away = False
    for index, one in enumerate(found):
        if not one.article or one.kind is BlockKind.TITLE:
            continue
        words = text[one.start : one.end]
        linked = is_linked(one)
        if one.kind not in _RUNNING and one.kind is not BlockKind.HEADING:
            away = False
        elif leads_away(words) and (linked or is_fragment(words)):
            away = True
            _unmark(one, TEASER)
        elif linked and (away or index not in hits):
            _unmark(one, TEASER)
        else:
            away = False
            if (
                one.kind is BlockKind.PARAGRAPH
                and index not in hits
                and is_fragment(words)
                and not is_correction(words)
            ):
                _unmark(one)
    _unmark_headings_over_nothing(found, text, hits)


def is_linked(one: Found) -> bool:
    """Tell whether at least half of a block is links."""
    return one.linked >= _LINKED * (one.end - one.start)


def _mark_datelines(found: Sequence[Found], text: str) -> None:
    seen = 0
    for one in found:
        if one.article and seen < _HEAD:
            seen += 1
            if one.kind in _RUNNING and is_dateline(text[one.start : one.end]):
                one.kind = BlockKind.BYLINE


def _unmark_headings_over_nothing(found: Sequence[Found], text: str, hits: Collection[int]) -> None:
    """A heading stays while something of the article stands between it and the next of its level or above.

    One that an extractor took and that is a whole sentence is a paragraph in disguise.
    """
    ended, filled = 0, False
    for index in range(len(found) - 1, -1, -1):
        one = found[index]
        if not one.article:
            continue
        if one.kind is not BlockKind.HEADING or (index in hits and not is_fragment(text[one.start : one.end])):
            ended, filled = 0, True
        elif not filled or (ended and one.level >= ended):
            _unmark(one)
        else:
            ended = one.level


def _unmark(one: Found, label: str = "") -> None:
    one.article = False
    one.label = label
