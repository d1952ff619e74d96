"""The numbers that Word prints before paragraphs: they stand nowhere in the file and have to be counted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from annotator.importers.docx_reading.styles import Styles
from annotator.importers.docx_reading.xml import W, child, number, switched, value
from annotator.importers.html_reading.lists import printed_number

_PLACE = re.compile(r"%([1-9])")
_CSS = {"lowerRoman": "lower-roman", "upperRoman": "upper-roman"}
_LETTERS = {"lowerLetter": "a", "upperLetter": "A"}
_CHINESE = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting")
_DIGITS = "〇一二三四五六七八九"
_ORDINALS = {1: "st", 2: "nd", 3: "rd"}
_UNPRINTED = ("bullet", "none")
_MAX_LABEL = 60


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    kind: str
    text: str
    legal: bool
    restarts: bool


class Numbering:
    """The lists of a document (ECMA-376-1, 17.9); paragraphs are to be told in their order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = _by_id(root, "abstractNum", "abstractNumId")
        self._lists = _by_id(root, "num", "numId")
        self._counted: dict[str, dict[int, int]] = {}
        self._levels: dict[tuple[str, int], _Level] = {}
        self._begun: set[tuple[str, int]] = set()

    def printed(self, list_id: str, level: int) -> str | None:
        """Return what is printed before the next item: empty for a mark that is no number, none for no list at all."""
        instance = self._lists.get(list_id)
        abstract_id = self._abstract_of(list_id)
        if instance is None or abstract_id not in self._abstract:
            return None
        own = self._level(instance, abstract_id, level)
        counted = self._counted.setdefault(abstract_id, {})
        restart = value(_override(instance, level), "startOverride")
        if restart and (list_id, level) not in self._begun:
            counted[level] = number(restart)
        else:
            counted[level] = counted[level] + 1 if level in counted else own.start
        self._begun.add((list_id, level))
        for deeper in [one for one in counted if one > level and self._level(instance, abstract_id, one).restarts]:
            del counted[deeper]
        if own.kind in _UNPRINTED:
            return ""
        return self._label(instance, abstract_id, own, counted)

    def _label(self, instance: etree._Element, abstract_id: str, own: _Level, counted: dict[int, int]) -> str:
        def part(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            level = self._level(instance, abstract_id, place)
            count = counted.setdefault(place, level.start)
            return _printed(count, "decimal" if own.legal else level.kind)

        return _PLACE.sub(part, own.text).strip()[:_MAX_LABEL]

    def _abstract_of(self, list_id: str) -> str:
        """Return the definition behind a list; one that only names a style is looked up there."""
        abstract_id = value(self._lists.get(list_id), "abstractNumId")
        link = value(self._abstract.get(abstract_id), "numStyleLink")
        if link:
            abstract_id = value(self._lists.get(self._styles.numbering_of(link)), "abstractNumId")
        return abstract_id

    def _level(self, instance: etree._Element, abstract_id: str, level: int) -> _Level:
        key = (instance.get(f"{W}numId", ""), level)
        if key not in self._levels:
            self._levels[key] = self._read_level(instance, abstract_id, level)
        return self._levels[key]

    def _read_level(self, instance: etree._Element, abstract_id: str, level: int) -> _Level:
        element = child(_override(instance, level), "lvl")
        if element is None:
            levels = self._abstract[abstract_id].iterchildren(f"{W}lvl")
            element = next((one for one in levels if number(one.get(f"{W}ilvl", "")) == level), None)
        return _Level(
            start=number(value(element, "start"), 1) if child(element, "start") is not None else 0,
            kind=value(element, "numFmt") or "decimal",
            text=value(element, "lvlText"),
            legal=bool(switched(element, "isLgl")),
            restarts=value(element, "lvlRestart") != "0",
        )


def _by_id(root: etree._Element | None, tag: str, attribute: str) -> dict[str, etree._Element]:
    elements = root.iterchildren(f"{W}{tag}") if root is not None else ()
    return {one.get(f"{W}{attribute}", ""): one for one in elements}


def _override(instance: etree._Element, level: int) -> etree._Element | None:
    overrides = instance.iterchildren(f"{W}lvlOverride")
    return next((one for one in overrides if number(one.get(f"{W}ilvl", "")) == level), None)


def _printed(count: int, kind: str) -> str:
    if kind in _UNPRINTED:
        return ""
    if kind in _LETTERS and 0 < count <= _MAX_LABEL:  # after z comes aa, then bb
        return chr(ord(_LETTERS[kind]) + (count - 1) % 26) * ((count - 1) // 26 + 1)
    if kind == "decimalZero":
        return f"{count:02}"
    if kind == "ordinal":
        return f"{count}{'th' if count // 10 % 10 == 1 else _ORDINALS.get(count % 10, 'th')}"
    if kind in _CHINESE and 0 < count < 100:
        return _chinese(count)
    return printed_number(count, _CSS.get(kind, "decimal"))


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return ten + (_DIGITS[ones] if ones else "")
