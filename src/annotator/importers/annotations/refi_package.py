"""The ZIP of a REFI-QDA project: its XML, and the files that the XML names inside it. Nothing outside is ever opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

from annotator.domain.errors import ImportFailedError
from annotator.importers.documents.xml_guard import parse_xml
from annotator.importers.documents.zip_guard import DAMAGED, Package

_INTERNAL = "internal://"
_FOLDERS = ("sources/", "")
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]")
_HEAD = 1 << 10
"""Where XML in two bytes a character has a zero, if it is such."""


class NotInsideError(Exception):
    """A file that the project names is not in it; ``reason`` is a sentence without its end."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RefiPackage:
    """An opened project. ``root`` is its XML."""

    def __init__(self, data: bytes, name: str) -> None:
        """``name`` is the file's, for errors. Raises ``ImportFailedError``."""
        self._package = Package(data, name)
        found = sorted(part for part in self._package.names if part.lower().endswith(".qde"))
        if not found:
            raise ImportFailedError(name=name, reason="it holds no project (.qde)", advice=DAMAGED)
        top = min(part.count("/") for part in found)
        found = [part for part in found if part.count("/") == top]
        if len(found) > 1:
            raise ImportFailedError(
                name=name, reason=f"it holds {len(found)} projects", advice="Export each of them by itself."
            )
        self._above = found[0].rpartition("/")[0]
        self.root = parse_xml(_harmless(self._package.read(found[0])), found[0], name)

    def file(self, path: str) -> bytes:
        """Return the bytes of what the project names by ``path``.

        Raises ``NotInsideError`` for what lies outside or is missing, ``ImportFailedError`` for what is too large or damaged.
        """
        scheme, sign, rest = path.partition("://")
        if sign and f"{scheme.lower()}{sign}" != _INTERNAL:
            raise NotInsideError("It is kept outside of the project, in a file of its own")
        name = PurePosixPath((rest if sign else path).replace("\\", "/").lstrip("/"))
        if name.is_absolute() or ".." in name.parts:
            raise NotInsideError("It is kept outside of the project, in a file of its own")
        for folder in _FOLDERS:
            part = f"{self._above}/{folder}{name}".lstrip("/")
            if part in self._package:
                return self._package.read(part)
        raise NotInsideError("The project names a file for it that it does not hold")


def _harmless(xml: bytes) -> bytes:
    """Return XML without control characters, which some programs let in with the words of a PDF and no XML may have."""
    return xml if b"\x00" in xml[:_HEAD] else _CONTROLS.sub(b"", xml)


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child with this name, of whatever namespace."""
    return next(children(element, name), None)


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield the children with one of these names, of whatever namespace."""
    for each in element if element is not None else ():
        if isinstance(each.tag, str) and etree.QName(each).localname in names:
            yield each


def words_of(element: etree._Element, name: str) -> str:
    """Return the words in a child with this name."""
    found = child(element, name)
    return "".join(str(each) for each in found.itertext()) if found is not None else ""


def given(element: etree._Element, name: str) -> str:
    """Return an attribute as words; empty where there is none."""
    return str(element.get(name) or "")


def key_of(guid: str) -> str:
    """Return the key of what goes by a GUID; programs write it in capitals or not, with braces or without. Empty for none."""
    plain = guid.strip().strip("{}").lower()
    return f"urn:uuid:{plain}" if plain else ""


def target(element: etree._Element) -> str:
    """Return the key of what a reference names."""
    return key_of(given(element, "targetGUID"))


def some(count: int, word: str) -> str:
    """Return how many there are of what a word names, such as “2 links”."""
    return f"{count} {word}{'' if count == 1 else 's'}"
