"""Reads a Word document: its text as it stands when all changes are accepted, its notes, running heads and properties."""

from __future__ import annotations

import posixpath

from lxml import etree

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.domain.structure import BlockKind
from annotator.importers.documents.about import suggestions, warnings
from annotator.importers.documents.parts import Document, Note, Part, paragraphs_in
from annotator.importers.documents.steps import Steps
from annotator.importers.documents.text import compose
from annotator.importers.documents.xml_guard import parse_xml
from annotator.importers.documents.zip_guard import DAMAGED, Package
from annotator.importers.docx import CONTENT_TYPES, MAIN_TYPES, MEDIA_TYPE, VERSION
from annotator.importers.docx_reading.body import Body
from annotator.importers.docx_reading.numbering import Numbering
from annotator.importers.docx_reading.runs import Noticed, Runs
from annotator.importers.docx_reading.styles import Styles
from annotator.importers.docx_reading.xml import W, child, local, read_part
from annotator.importers.registry import Progress, ReadOptions

_USUAL = "word/document.xml"
_REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def read_docx(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of a Word document. Raises ``ImportFailedError`` for one that is hostile, damaged, locked or empty."""
    package = Package(data, options.name)
    parts = _Parts(package, options.name, progress)
    document, noticed = parts.document()
    text, structure = compose(document)
    if not text.strip():
        raise ImportFailedError(
            name=options.name,
            reason="the document holds no text; it may be made of pictures, charts or embedded files",
            advice="Save it as PDF and import that.",
        )
    core = _properties(package, options.name, "docprops/core.xml")
    app = _properties(package, options.name, "docprops/app.xml")
    about = suggestions(
        text,
        structure,
        titles=[(core.get("title", ""), "docx title")],
        authors=[(core.get("creator", ""), "docx creator")],
        publisher=(app.get("Company", ""), "docx company"),
        dates=[(core.get("created", ""), "docx created"), (core.get("modified", ""), "docx modified")],
        languages=[(core.get("language", ""), "docx language"), (parts.styles.language, "docx style language")],
    )
    parts.steps.end()
    return Imported(
        text=text,
        structure=structure,
        media_type=MEDIA_TYPE,
        importer="docx",
        importer_version=VERSION,
        suggestions=about,
        warnings=warnings(noticed.counts),
    )


class _Parts:
    """The parts of a document and what they refer to."""

    def __init__(self, package: Package, name: str, progress: Progress) -> None:
        self._package = package
        self._name = name
        self._main = self._main_part()
        self._related = self._relations(self._main)
        self.styles = Styles(self._root("styles"))
        self._numbering = Numbering(self._root("numbering"), self.styles)
        self._noticed = Noticed()
        self._text = read_part(package, self._main, name)
        self.steps = Steps(progress, sum(1 for _ in self._text.iter(f"{W}p")))

    def document(self) -> tuple[Document, Noticed]:
        """Read everything, running heads first, as they stand."""
        body = child(self._text, "body")
        if body is None:
            raise ImportFailedError(name=self._name, reason="it has no body of text", advice=DAMAGED)
        document = Document(
            heads=self._running("header"),
            body=self._body(self._main).read(body),
        )
        document.notes = self._notes()
        document.feet = self._running("footer")
        return document, self._noticed

    def _main_part(self) -> str:
        """Return the part that holds the text: by the package's relations, else by what is declared, else the usual one."""
        for kind, target, _ in self._relations("").values():
            if kind == "officeDocument" and target in self._package:
                return target
        if CONTENT_TYPES in self._package:
            types = parse_xml(self._package.read(CONTENT_TYPES), CONTENT_TYPES, self._name)
            for one in types.iterchildren("{*}Override"):
                part = one.get("PartName", "").lstrip("/")
                if one.get("ContentType") in MAIN_TYPES and part in self._package:
                    return part
        return _USUAL

    def _relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Return what a part refers to, by id: kind, target, and whether that lies outside (ECMA-376-2, 6.5)."""
        folder, _, file = part.rpartition("/")
        place = posixpath.join(folder, "_rels", f"{file}.rels")
        if place not in self._package:
            return {}
        found = {}
        for one in parse_xml(self._package.read(place), place, self._name).iterchildren("{*}Relationship"):
            target, outside = one.get("Target", ""), one.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def _of_kind(self, kind: str) -> list[str]:
        usual = posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")
        named = [target for each, target, outside in self._related.values() if each == kind and not outside]
        return [target for target in named or [usual] if target in self._package]

    def _root(self, kind: str) -> etree._Element | None:
        return next((read_part(self._package, part, self._name) for part in self._of_kind(kind)), None)

    def _body(self, part: str) -> Body:
        targets = {key: target for key, (kind, target, _) in self._relations(part).items() if kind == "hyperlink"}
        return Body(self.styles, self._numbering, Runs(self.styles, targets, self._noticed), self.steps)

    def _running(self, kind: str) -> list[Part]:
        """Return what stands at the head or foot of the pages, each text once, not as part of the article."""
        found: dict[str, Part] = {}
        for part in self._of_kind(kind):
            for one in self._body(part).read(read_part(self._package, part, self._name)):
                for paragraph in paragraphs_in([one]):
                    paragraph.label, paragraph.kind = kind, BlockKind.PARAGRAPH
                    if any(map(str.isalpha, paragraph.text)):
                        found.setdefault(" ".join(paragraph.text.split()), paragraph)
        return list(found.values())

    def _notes(self) -> list[Note]:
        """Return the notes that the text refers to; reading one may bring up another."""
        bodies = {}
        for reference, kind in _REFERENCES.items():
            for part in self._of_kind(f"{kind}s"):
                reader = self._body(part)
                for one in read_part(self._package, part, self._name).iterchildren(f"{W}{kind}"):
                    bodies[reference, one.get(f"{W}id", "")] = (reader, one)
        notes: list[Note] = []
        while len(notes) < len(self._noticed.notes):
            known = bodies.get(self._noticed.notes[len(notes)])
            notes.append(Note(str(len(notes) + 1), known[0].read(known[1]) if known else []))
        return notes


def _properties(package: Package, name: str, part: str) -> dict[str, str]:
    if part not in package:
        return {}
    return {local(one): one.text or "" for one in parse_xml(package.read(part), part, name)}
