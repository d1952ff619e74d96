"""The numbers that browsers print before the items of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(none|disc|circle|square|decimal|(?:lower|upper)-(?:alpha|latin|roman))", re.I
)
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_MAX_ROMAN = 3999


@dataclass(slots=True)
class ListItem:
    """The printed number of a list item, given to its first block only; ``taken`` counts the blocks."""

    number: str
    taken: int = 0

    def take(self) -> str:
        """Return the number for the first block, nothing for the others."""
        self.taken += 1
        return self.number if self.taken == 1 else ""


def printed_numbers(ordered: etree._Element) -> dict[etree._Element, str]:
    """Return what a browser prints before each item of an ``ol`` element (HTML, 4.4.5 and 4.4.8), where it prints any."""
    items = list(ordered.iterchildren("li"))
    step = -1 if ordered.get("reversed") is not None else 1
    number = _integer(ordered.get("start"), len(items) if step < 0 else 1)
    printed = {}
    for item in items:
        number = _integer(item.get("value"), number)
        kind = item.get("type") or ordered.get("type") or "1"
        style = _list_style(item) or _list_style(ordered) or _TYPES.get(kind, "decimal")
        if style not in ("none", "disc", "circle", "square"):
            printed[item] = f"{printed_number(number, style)}."
        number += step
    return printed


def _list_style(element: etree._Element) -> str:
    match = _LIST_STYLE.search(element.get("style", ""))
    return match[1].lower().replace("latin", "alpha") if match else ""


def _integer(value: str | None, otherwise: int) -> int:
    match = re.match(r"\s*([+-]?[0-9]{1,9})", value or "")
    return int(match[1]) if match else otherwise


def printed_number(number: int, style: str) -> str:
    """Return a number as ``style`` (a CSS ``list-style-type``) prints it; decimal where it has no sign for it."""
    upper = style.startswith("upper")
    if style.endswith("alpha") and number > 0:
        letters = ""
        while number > 0:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if upper else letters
    if style.endswith("roman") and 0 < number <= _MAX_ROMAN:
        printed = ""
        for value, letters in _ROMAN:
            printed += letters * (number // value)
            number %= value
        return printed.upper() if upper else printed
    return str(number)
