"""Marks which blocks of a page are its article. An extractor points at them; holes are filled, nothing is dropped."""

from __future__ import annotations

from collections.abc import Sequence

import trafilatura
from lxml import etree

from annotator.domain.structure import BlockKind
from annotator.importers.html_reading.found import Found
from annotator.importers.html_reading.hits import find_hits, fold, is_long
from annotator.importers.html_reading.trim import TEASER, is_linked, trim_article
from annotator.importers.html_reading.words import is_correction

_PART = 40
_CONTAINED = 0.9
_TITLE_REACH = 60
_NEAR_TITLE = 12
_AFTER = 40
_CHROME = "other"
_BOXES = 3
_GOOD_PART = 0.2
_HARDLY = 0.15
_LOOSE = frozenset(("share", "aside", "teaser"))
_HARD = frozenset(("share", "form", "navigation", "advertisement", "notice", "comments"))


def mark_article(found: Sequence[Found], text: str, root: etree._Element, title: str) -> tuple[str, ...]:
    """Set ``article``, ``label`` and the title's kind in ``found``, the blocks of the page ``root`` with ``text``.

    The page is a tree of ``HtmlElement`` without comments, and stays as it is; ``title`` is what it says its title is.
    Returns warnings: ``article-not-found`` when it had to be guessed.
    """
    folded = [fold(text[one.start : one.end]) for one in found]
    hits = find_hits(found, folded, _extracted(root, len(text)))
    heading = _title_block(found, folded, fold(title), min(hits, default=0))
    warnings: tuple[str, ...] = ()
    if hits:
        _mark_range(found, text, folded, hits, heading)
    else:
        warnings = ("article-not-found",)
        _mark_fallback(found)
    if heading is not None:
        found[heading].kind = BlockKind.TITLE
        found[heading].article = True
    if hits:
        trim_article(found, text, hits)
    if not any(one.article for one in found):
        for one in found:
            one.article = True
    for one in found:
        one.label = "" if one.article else one.label or (one.chrome[0][1] if one.chrome else _CHROME)
    return warnings


def _extracted(root: etree._Element, size: int) -> str:
    """Return what the extractor takes for the article of a page of ``size`` characters.

    Its quick look does as well as its thorough one, but where it has found hardly anything of the page.
    """
    quick = trafilatura.extract(root, include_comments=False, fast=True) or ""
    if len(quick) >= _HARDLY * size:
        return quick
    return trafilatura.extract(root, include_comments=False) or quick


def _title_block(found: Sequence[Found], folded: list[str], title: str, begin: int) -> int | None:
    """Return the heading that is the page's title: the first one that says what the page says of itself.

    Without such, a sole heading of the highest level is, where the article begins (``begin``) soon after.
    """
    for index, one in enumerate(found):
        if one.kind is BlockKind.HEADING and folded[index]:
            same = folded[index] == title
            alike = one.level == 1 and is_long(folded[index]) and (folded[index] in title or title in folded[index])
            if title and (same or alike):
                return index
    first = [index for index, one in enumerate(found) if one.kind is BlockKind.HEADING and one.level == 1]
    return first[0] if len(first) == 1 and (not title or begin - first[0] <= _NEAR_TITLE) else None


def _mark_range(
    found: Sequence[Found], text: str, folded: list[str], hits: dict[int, int], heading: int | None
) -> None:
    """Mark what lies between the first and the last hit, and the parts that belong to it before and behind."""
    depth, twins = _with_twins(*_container(found, hits))
    parent = next(iter(twins)).getparent()
    within = [len(one.path) > depth and one.path[depth] in twins for one in found]
    around = [depth == 0 or (len(one.path) > depth and one.path[depth - 1] is parent) for one in found]
    misnamed = _misnamed(found, folded, hits)
    labels = [_label_below(one, depth, misnamed) for one in found]
    solid = [index for index in hits if within[index] and is_long(folded[index])] or [*hits]
    if len(twins) > 1:
        solid += [
            index
            for index, one in enumerate(found)
            if within[index] and not labels[index] and len(folded[index]) > 2 * _PART and not is_linked(one)
        ]
    first, last = min(solid), max(solid)
    start = heading if heading is not None and first - _TITLE_REACH <= heading < first else first
    for index in range(start, first):
        if labels[index] == TEASER and _is_lead(found[index], folded[index]):
            labels[index] = ""
    for index in range(start, last + 1):
        hit = index in hits and within[index] and labels[index] not in _HARD
        found[index].article = hit or (not labels[index] and (within[index] or index < first))
    for index in range(last + 1, len(found)):
        one = found[index]
        near = index <= last + _AFTER and around[index] and labels[index] not in _HARD
        corrects = near and is_correction(text[one.start : one.end])
        beside = one.path[: len(found[last].path)][:-1] == found[last].path[:-1] and found[index - 1].article
        goes_on = beside and not labels[index] and not is_linked(one)
        noted = within[index] and not labels[index] and one.kind in (BlockKind.FOOTNOTE, BlockKind.CAPTION)
        one.article = corrects or goes_on or noted


def _is_lead(one: Found, folded: str) -> bool:
    """Tell whether what is called a teaser is the paragraph that leads into the article."""
    return one.kind is BlockKind.PARAGRAPH and not one.linked and len(folded) > 2 * _PART


def _with_twins(depth: int, container: etree._Element) -> tuple[int, set[etree._Element]]:
    """Return the container, or what it is in, with those beside it that look the same, and their depth.

    Some pages put an article into several like boxes; a box with a headline of its own is another article.
    """
    element = container
    for up in range(_BOXES):
        parent, classes = element.getparent(), element.get("class")
        if parent is None or element.tag in ("article", "main", "body"):
            break
        like = [one for one in parent.iterchildren(element.tag) if classes and one.get("class") == classes]
        if len(like) > 1 and not any(
            one.find(".//h1") is not None or one.find(".//article") is not None for one in like
        ):
            return depth - up, set(like)
        element = parent
    return depth, {container}


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


def _misnamed(found: Sequence[Found], folded: list[str], hits: dict[int, int]) -> set[etree._Element]:
    """Return the elements that are called chrome but hold a good part of the article, or are mostly article."""
    taken: dict[etree._Element, int] = {}
    sizes: dict[etree._Element, int] = {}
    for index, one in enumerate(found):
        for level, _ in one.chrome:
            element = one.path[level]
            sizes[element] = sizes.get(element, 0) + len(folded[index])
            taken[element] = taken.get(element, 0) + hits.get(index, 0)
    good = _GOOD_PART * sum(hits.values())
    return {
        one for one, weight in taken.items() if weight >= 2 * _PART and (weight >= good or 2 * weight >= sizes[one])
    }


def _label_below(one: Found, depth: int, misnamed: set[etree._Element]) -> str:
    """Return what chrome a block is inside the container; embedded posts and captions are none, whatever their class."""
    if one.kind in (BlockKind.QUOTATION, BlockKind.CAPTION) and one.chrome and one.chrome[-1][1] in _LOOSE:
        return ""
    return next((label for level, label in one.chrome if level > depth and one.path[level] not in misnamed), "")


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
        one.article = (chosen is None or chosen[1] in one.path) and not any(level > depth for level, _ in one.chrome)
