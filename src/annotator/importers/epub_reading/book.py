"""What an e-book says of itself: its chapters in reading order, its title and makers, whether it is locked."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from annotator.domain.errors import ImportFailedError
from annotator.importers.documents.about import Said
from annotator.importers.documents.xml_guard import parse_xml
from annotator.importers.documents.zip_guard import DAMAGED, Package
from annotator.importers.epub import CONTAINER

_ENCRYPTION = "META-INF/encryption.xml"
_FONT_MASKS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document of the book; ``is_contents`` tells that it is the book's own table of contents (EPUB 3)."""

    part: str
    is_contents: bool


class Book:
    """The package document of an e-book (EPUB 3.3, 5). ``chapters`` are in reading order."""

    def __init__(self, package: Package, name: str) -> None:
        """Raises ``ImportFailedError`` when there is none, or the chapters are locked."""
        self._package = package
        self._name = name
        self._part = self._package_document()
        self._root = parse_xml(package.read(self._part), self._part, name)
        self.chapters = tuple(self._chapters())
        if not self.chapters and next(self._root.iter("{*}itemref"), None) is None:
            raise ImportFailedError(name=name, reason="the book names no chapters", advice=DAMAGED)
        self._check_locks()

    def said(self, element: str) -> list[Said]:
        """Return what the metadata say under a Dublin Core name, in their order."""
        return [("".join(map(str, one.itertext())), f"epub {element}") for one in self._root.iter(f"{_DC}{element}")]

    def makers(self) -> list[Said]:
        """Return the authors: the creators without those who have another role, such as translators."""
        roles = {
            one.get("refines", "").lstrip("#"): (one.text or "").strip()
            for one in self._root.iter("{*}meta")
            if one.get("property") == "role"
        }
        return [
            ("".join(map(str, one.itertext())), "epub creator")
            for one in self._root.iter(f"{_DC}creator")
            if (one.get(f"{_OPF}role") or roles.get(one.get("id", ""), "aut")) == "aut"
        ]

    def dates(self) -> list[Said]:
        """Return when it was published; EPUB 2 names other dates under the same name."""
        dates = [(one.get(f"{_OPF}event", "publication"), one.text or "") for one in self._root.iter(f"{_DC}date")]
        return [(date, "epub date") for event, date in dates if event == "publication"]

    def _package_document(self) -> str:
        root = parse_xml(self._package.read(CONTAINER), CONTAINER, self._name)
        for one in root.iter("{*}rootfile"):
            if one.get("full-path", "") in self._package:
                return one.get("full-path", "")
        raise ImportFailedError(name=self._name, reason="the book's description of itself is missing", advice=DAMAGED)

    def _chapters(self) -> Iterator[Chapter]:
        items = {one.get("id", ""): one for one in self._root.iter("{*}item")}
        seen: set[str] = set()
        for reference in self._root.iter("{*}itemref"):
            item = self._readable(items, reference.get("idref", ""))
            part = self._place(item.get("href", "")) if item is not None else ""
            if item is not None and part in self._package and part not in seen:
                seen.add(part)
                yield Chapter(part, "nav" in item.get("properties", "").split())

    def _readable(self, items: dict[str, etree._Element], item_id: str) -> etree._Element | None:
        """Return the item, or what the book names in its place when it is no page (EPUB 3.3, 3.5.1)."""
        for _ in range(len(items)):
            item = items.get(item_id)
            if item is None or item.get("media-type", "") in _PAGES:
                return item
            item_id = item.get("fallback", "")
        return None

    def _place(self, href: str) -> str:
        path = unquote(href.partition("#")[0])
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(self._part), path)).lstrip("/")

    def _check_locks(self) -> None:
        if _ENCRYPTION not in self._package:
            return
        pages = {chapter.part for chapter in self.chapters}
        for one in parse_xml(self._package.read(_ENCRYPTION), _ENCRYPTION, self._name).iter("{*}EncryptedData"):
            method, place = one.find("{*}EncryptionMethod"), one.find("{*}CipherData/{*}CipherReference")
            masked = method is not None and method.get("Algorithm") in _FONT_MASKS
            if not masked and place is not None and unquote(place.get("URI", "")) in pages:
                raise ImportFailedError(
                    name=self._name,
                    reason="the book is locked by its seller",
                    advice="Ask for a copy without a lock, or write down the passages that you need (Ctrl+Shift+T).",
                )
