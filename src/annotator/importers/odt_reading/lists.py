"""The numbers that LibreOffice prints before paragraphs: they have to be counted (ODF 1.3, part 3, 16.30-16.34)."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from annotator.importers.html_reading.lists import printed_number
from annotator.importers.odt_reading.styles import Styles
from annotator.importers.odt_reading.xml import STYLE, TEXT, XML, count

_CSS = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_MAX_LEVEL = 10
_OUTLINE = "(outline)"


@dataclass(slots=True)
class OpenList:
    """A list being read: its style and the numbers of its levels so far."""

    style: str
    counted: dict[int, int] = field(default_factory=dict)


class Lists:
    """Counts the items of a document's lists and its numbered headings, in their order."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._by_style: dict[str, OpenList] = {}
        self._by_id: dict[str, OpenList] = {}
        self._outline = OpenList(_OUTLINE)

    def open(self, element: etree._Element) -> OpenList:
        """Return the list that a ``text:list`` begins or goes on with."""
        style = element.get(f"{TEXT}style-name", "")
        earlier = self._by_id.get(element.get(f"{TEXT}continue-list", ""))
        if earlier is None and element.get(f"{TEXT}continue-numbering") == "true":
            earlier = self._by_style.get(style)
        found = earlier or OpenList(style)
        self._by_style[style] = found
        if own_id := element.get(f"{XML}id"):
            self._by_id[own_id] = found
        return found

    def printed(self, one: OpenList, style: str, level: int, start: str | None) -> str:
        """Return what is printed before the next item at ``level`` (from 1); ``start`` is a number given to it."""
        own = self._level(style, level)
        first = count(own.get(f"{TEXT}start-value"), 1) if own is not None else 1
        one.counted[level] = count(start, one.counted[level] + 1 if level in one.counted else first)
        for deeper in [each for each in one.counted if each > level]:
            del one.counted[deeper]
        return self._label(one, style, level, own)

    def heading(self, level: int, start: str | None) -> str:
        """Return the number of the next heading of a level, empty where headings have none."""
        return self.printed(self._outline, _OUTLINE, level, start) if self._styles.outline is not None else ""

    def _label(self, one: OpenList, style: str, level: int, own: etree._Element | None) -> str:
        if own is None or not own.get(f"{STYLE}num-format"):
            return ""
        shown = max(1, min(count(own.get(f"{TEXT}display-levels"), 1), level))
        numbers = []
        for each in range(level - shown + 1, level + 1):
            definition = self._level(style, each)
            kind = definition.get(f"{STYLE}num-format", "") if definition is not None else ""
            if kind:
                numbers.append(printed_number(one.counted.get(each, 1), _CSS.get(kind, "decimal")))
        around = (own.get(f"{STYLE}num-prefix", ""), ".".join(numbers), own.get(f"{STYLE}num-suffix", ""))
        return "".join(around).strip()

    def _level(self, style: str, level: int) -> etree._Element | None:
        root = self._styles.outline if style == _OUTLINE else self._styles.lists.get(style)
        levels = root.iterchildren() if root is not None else ()
        wanted = str(min(level, _MAX_LEVEL))
        return next((one for one in levels if one.get(f"{TEXT}level") == wanted), None)
