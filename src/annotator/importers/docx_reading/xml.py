"""The names of WordprocessingML (ECMA-376-1), and small questions asked of its elements."""

from __future__ import annotations

from lxml import etree

from annotator.importers.documents.xml_guard import parse_xml
from annotator.importers.documents.zip_guard import Package

_MAIN = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _MAIN),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATIONS),
)
W = f"{{{_MAIN.decode()}}}"
R = f"{{{_RELATIONS.decode()}}}"

_OFF = ("0", "false", "off", "none")


def read_part(package: Package, part: str, name: str) -> etree._Element:
    """Return the root of a part; names of the strict format become those of the usual one."""
    data = package.read(part)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return parse_xml(data, part, name)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: etree._Element | None, path: str) -> str:
    """Return the ``w:val`` of the descendant at ``path`` (local names with slashes), empty when there is none."""
    found = child(element, path)
    return found.get(f"{W}val", "") if found is not None else ""


def child(element: etree._Element | None, path: str) -> etree._Element | None:
    """Return the descendant at ``path`` (local names with slashes)."""
    for step in path.split("/"):
        if element is None:
            return None
        element = element.find(f"{W}{step}")
    return element


def switched(element: etree._Element | None, path: str) -> bool | None:
    """Return whether the on/off property at ``path`` is set, none when nothing is said (ECMA-376-1, 17.17.4)."""
    found = child(element, path)
    return None if found is None else is_on(found.get(f"{W}val", "1"))


def is_on(said: str) -> bool:
    """Tell whether the value of an on/off property switches it on."""
    return said.lower() not in _OFF


def number(text: str, otherwise: int = 0) -> int:
    """Return ``text`` as a number of reasonable size."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else otherwise
