"""Where a target of a Web Annotation is: its selectors, joined to one stretch or area."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.domain.codec import Json
from annotator.domain.foreign import ForeignStretch
from annotator.domain.passage import Area
from annotator.importers.annotations.json_file import listed, number, offset, word
from annotator.importers.annotations.linked import types

_PAGE = re.compile(r"(?:^|[#&])page=(\d{1,6})(?:$|&)")
_CHARACTERS = re.compile(r"(?:^|[#&])char=(\d{1,12}),(\d{1,12})(?:$|[;&])")
_RECTANGLE = re.compile(r"(?:^|[#&])viewrect=([\d.]{1,12}),([\d.]{1,12}),([\d.]{1,12}),([\d.]{1,12})(?:$|&)")
_DEEP = 8


@dataclass(slots=True)
class Place:
    """What the selectors of one target say; ``unusable`` are the kinds that say nothing that can be followed here."""

    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    area: Area | None = None
    unusable: list[str] = field(default_factory=list)

    @property
    def stretch(self) -> ForeignStretch | None:
        """The stretch of words, or None where no words and no offsets are given."""
        if not self.quote and (self.start is None or self.end is None):
            return None
        return ForeignStretch(
            quote=self.quote,
            prefix=self.prefix,
            suffix=self.suffix,
            start=self.start,
            end=self.end,
            page=self.page,
        )


def place_of(selectors: Json) -> Place:
    """Return what selectors say together: of several they are ways to say the same, and a refinement says it closer."""
    place = Place()
    for selector, is_refined in _all(selectors, 0, is_refined=False):
        _read(selector, place, is_refined=is_refined)
    return place


def _all(selectors: Json, depth: int, *, is_refined: bool) -> Iterator[tuple[Json, bool]]:
    for selector in listed(selectors):
        yield selector, is_refined
        if isinstance(selector, dict) and depth < _DEEP:
            is_page = "FragmentSelector" in types(selector)
            yield from _all(selector.get("refinedBy"), depth + 1, is_refined=is_refined or not is_page)
            if types(selector) & {"Choice", "List", "Composite"}:
                yield from _all(selector.get("items", selector.get("members")), depth + 1, is_refined=is_refined)


def _read(selector: Json, place: Place, *, is_refined: bool) -> None:
    """Take what one selector says; offsets inside a part of the page are none of the text."""
    kinds = types(selector)
    if "TextQuoteSelector" in kinds:
        if not place.quote:
            place.quote, place.prefix, place.suffix = (
                word(selector.get(each)) for each in ("exact", "prefix", "suffix")
            )
    elif "TextPositionSelector" in kinds:
        if not is_refined and place.start is None:
            place.start, place.end = offset(selector.get("start")), offset(selector.get("end"))
    elif "PageSelector" in kinds:
        place.page = offset(selector.get("index"))
    elif "FragmentSelector" in kinds and _fragment(word(selector.get("value")), place):
        return
    elif not kinds & {"Choice", "List", "Composite"}:
        place.unusable.append(next(iter(sorted(kinds)), "a selector that is kept elsewhere"))


def _fragment(value: str, place: Place) -> bool:
    """Take what the fragment of an address says; tell whether it says anything."""
    if found := _CHARACTERS.search(value):
        place.start, place.end = int(found[1]), int(found[2])
    page = _PAGE.search(value)
    if page and int(page[1]):
        place.page = int(page[1]) - 1
    if place.page is not None and (rectangle := _RECTANGLE.search(value)):
        left, top, width, height = (round(100 * (number(each) or 0)) for each in rectangle.groups())
        place.area = Area(page=place.page, left=left, top=top, right=left + width, bottom=top + height)
    return bool(found or page)
