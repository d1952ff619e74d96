"""Marks which blocks of a page are its article. An extractor points at them; holes are filled, nothing is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence

import trafilatura
from lxml import etree

from annotator.domain.structure import BlockKind
from annotator.importers.html_reduce import Found

_LONG = 20
_LONG_IDEOGRAPHS = 8
_PART = 40
_CONTAINED = 0.9
_LINKED = 0.5
_TITLE_REACH = 60
_AFTER = 40
_CORRECTION = re.compile(
    r"\b(?:corrections?|corrected|clarifications?|editor[’']?s[’']? note|updated?|amended|erratum|"
    r"korrektur|berichtigung|richtigstellung|anmerkung der redaktion|rectificatif|correction|mise à jour|"
    r"correcci[oó]n|fe de errores|rettifica|correção|исправлен\w*|поправк\w*|更正)",
    re.I,
)
_MAX_CORRECTION = 1500
_CHROME = "other"
_HARD = frozenset(("share", "form", "navigation", "advertisement", "notice", "comments"))


def fold(text: str) -> str:
    """Return only the letters and digits of ``text``, without case."""
    return "".join(filter(str.isalnum, text.casefold()))


def mark_article(found: Sequence[Found], text: str, markup: str, title: str) -> tuple[str, ...]:
    """Set ``article``, ``label`` and the title's kind in ``found``, the blocks of the page ``markup`` with ``text``.

    ``title`` is what the page says its title is. Returns warnings: ``article-not-found`` when it had to be guessed.
    """
    folded = [fold(text[one.start : one.end]) for one in found]
    hits = _hits(found, text, folded, trafilatura.extract(markup, include_comments=False) or "")
    heading = _title_block(found, folded, fold(title))
    warnings: tuple[str, ...] = ()
    if hits:
        _mark_range(found, text, folded, hits, heading)
    else:
        warnings = ("article-not-found",)
        _mark_fallback(found)
    if heading is not None:
        found[heading].kind = BlockKind.TITLE
        found[heading].article = True
    if not any(one.article for one in found):
        for one in found:
            one.article = True
    for one in found:
        one.label = "" if one.article else one.chrome[0][1] if one.chrome else _CHROME
    return warnings


def _hits(found: Sequence[Found], text: str, folded: list[str], extract: str) -> dict[int, int]:
    """Return the blocks that the extractor took, each with its weight in folded characters."""
    lines = {fold(line) for line in extract.splitlines()} - {""}
    shadow = "\n".join(fold(line) for line in extract.splitlines())
    parts = [line for line in lines if len(line) >= _PART]
    hits = {}
    for index, (one, words) in enumerate(zip(found, folded, strict=True)):
        if _is_long(words):
            taken = words in shadow
            if not taken and len(words) > _PART:
                taken = any(part in words for part in parts)
        else:
            taken = words in lines and one.linked < one.end - one.start and text[one.start : one.end].strip() != ""
        if taken:
            hits[index] = len(words)
    return hits


def _is_long(folded: str) -> bool:
    return len(folded) >= (_LONG if folded.isascii() or folded[:1] < "\u2e80" else _LONG_IDEOGRAPHS)


def _title_block(found: Sequence[Found], folded: list[str], title: str) -> int | None:
    """Return the heading that is the page's title: the first one that says what the page says of itself."""
    for index, one in enumerate(found):
        if one.kind is BlockKind.HEADING and folded[index]:
            same = folded[index] == title
            alike = one.level == 1 and len(folded[index]) >= _LONG and (folded[index] in title or title in folded[index])
            if title and (same or alike):
                return index
    first = [index for index, one in enumerate(found) if one.kind is BlockKind.HEADING and one.level == 1]
    return first[0] if len(first) == 1 else None


def _mark_range(
    found: Sequence[Found], text: str, folded: list[str], hits: dict[int, int], heading: int | None
) -> None:
    """Mark what lies between the first and the last hit, and the parts that belong to it before and behind."""
    depth, container = _container(found, hits)
    inside = {index for index in hits if _within(found[index], container, depth)}
    solid = [index for index in inside if _is_long(folded[index])] or [*inside]
    start, end = min(solid), max(solid)
    if heading is not None and start - _TITLE_REACH <= heading < start:
        start = heading
    for index in range(start, end + 1):
        one = found[index]
        label = _chrome_below(one, depth)
        near = index < min(solid) or _within(one, container, depth)
        one.article = (index in inside and label not in _HARD) or (near and not label)
    for index in range(end + 1, len(found)):
        one = found[index]
        label = _chrome_below(one, depth)
        words = text[one.start : one.end]
        after = index <= end + _AFTER
        corrects = after and len(words) <= _MAX_CORRECTION and _CORRECTION.search(words[:80]) is not None
        beside = one.path[: len(found[end].path)][:-1] == found[end].path[:-1] and found[index - 1].article
        goes_on = beside and one.linked < _LINKED * len(words)
        noted = one.kind in (BlockKind.FOOTNOTE, BlockKind.CAPTION) and _within(one, container, depth)
        one.article = label not in _HARD and (corrects or (not label and (goes_on or noted)))


def _container(found: Sequence[Found], hits: dict[int, int]) -> tuple[int, etree._Element]:
    """Return the deepest element that holds nearly all of what was hit, and its depth."""
    total = sum(hits.values())
    depth, container = 0, found[next(iter(hits))].path[0]
    while True:
        weights: dict[etree._Element, int] = {}
        for index, weight in hits.items():
            path = found[index].path
            if len(path) > depth + 1 and path[depth] is container:
                child = path[depth + 1]
                weights[child] = weights.get(child, 0) + weight
        if not weights:
            return depth, container
        heaviest = max(weights, key=lambda child: weights[child])
        if weights[heaviest] < _CONTAINED * total:
            return depth, container
        depth, container = depth + 1, heaviest


def _within(one: Found, container: etree._Element, depth: int) -> bool:
    return len(one.path) > depth and one.path[depth] is container


def _chrome_below(one: Found, depth: int) -> str:
    return next((label for level, label in one.chrome if level > depth), "")


def _mark_fallback(found: Sequence[Found]) -> None:
    """Without a hint, take the longest ``article`` element, else ``main``, else all; without chrome."""
    sizes: dict[tuple[bool, etree._Element], int] = {}
    for one in found:
        for element in one.path:
            main = element.tag == "main" or element.get("role") == "main"
            if main or element.tag == "article" or element.get("itemprop") == "articleBody":
                key = (not main, element)
                sizes[key] = sizes.get(key, 0) + one.end - one.start
    chosen = max(sizes, key=lambda key: (key[0], sizes[key]), default=None)
    for one in found:
        depth = one.path.index(chosen[1]) if chosen is not None and chosen[1] in one.path else 0
        one.article = (chosen is None or chosen[1] in one.path) and not _chrome_below(one, depth)
