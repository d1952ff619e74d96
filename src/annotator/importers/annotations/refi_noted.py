"""The notes of a REFI-QDA project, with what is coded on them and what their variables say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.importers.annotations.refi_package import (
    NotInsideError,
    RefiPackage,
    child,
    children,
    given,
    key_of,
    target,
    words_of,
)
from annotator.importers.encoding import decode

_VALUES = ("TextValue", "IntegerValue", "FloatValue", "BooleanValue", "DateValue", "DateTimeValue")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedText:
    """One note: its words, by whom, the codes on it, the notes on it, and the values of variables by their names."""

    key: str
    text: str
    by: str
    codes: tuple[str, ...]
    notes: tuple[str, ...]
    values: Mapping[str, str]


class Noted:
    """All notes of a project. ``left_out`` are those whose words are not in it."""

    def __init__(self, package: RefiPackage) -> None:
        self._package = package
        self.left_out: list[LeftOut] = []
        names = variable_names(package.root)
        self._by_key: dict[str, NotedText] = {}
        for element in children(child(package.root, "Notes"), "Note"):
            note = self._note(element, names)
            if note is not None:
                self._by_key.setdefault(note.key, note)

    def __iter__(self) -> Iterator[NotedText]:
        return iter(self._by_key.values())

    def get(self, key: str) -> NotedText | None:
        """Return the note with this key."""
        return self._by_key.get(key)

    def _note(self, element: etree._Element, names: Mapping[str, str]) -> NotedText | None:
        name = given(element, "name")
        try:
            text = plain_text(element, self._package.file)
        except NotInsideError as error:
            self.left_out.append(LeftOut(kind="note", words=name, why=Why.OTHER, detail=error.reason))
            return None
        return NotedText(
            key=key_of(given(element, "guid")) or f"note:{name}",
            text=text.strip() or words_of(element, "Description"),
            by=key_of(given(element, "creatingUser")),
            codes=tuple(target(ref) for each in children(element, "Coding") for ref in children(each, "CodeRef")),
            notes=tuple(target(ref) for ref in children(element, "NoteRef")),
            values=dict(variable_values(element, names)),
        )


def plain_text(element: etree._Element, file: Callable[[str], bytes]) -> str:
    """Return the text of a text source: what stands in it, or what the file has that it names.

    Raises ``NotInsideError`` and ``ImportFailedError``.
    """
    path = given(element, "plainTextPath")
    if child(element, "PlainTextContent") is not None or not path:
        return words_of(element, "PlainTextContent")
    return decode(file(path)).text


def variable_names(root: etree._Element) -> dict[str, str]:
    """Return what the variables of a project are called, by their keys."""
    found = children(child(root, "Variables"), "Variable")
    return {key_of(given(each, "guid")): given(each, "name") for each in found}


def variable_values(element: etree._Element, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the variables on an element."""
    for each in children(element, "VariableValue"):
        ref = child(each, "VariableRef")
        value = next((words_of(each, kind) for kind in _VALUES if child(each, kind) is not None), "")
        if ref is not None and value:
            yield names.get(target(ref), ""), value


def per_cent(value: str) -> int | None:
    """Return a value that is a whole number of per cent."""
    return int(value) if value.isdecimal() and int(value) <= 100 else None
