"""The sources of a REFI-QDA project that have a text, and what is selected on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from annotator.domain.errors import ImportFailedError
from annotator.domain.foreign import ForeignSource
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.domain.ids import digest_of
from annotator.importers.annotations.refi_counting import Counted, Marked
from annotator.importers.annotations.refi_noted import variable_names, variable_values
from annotator.importers.annotations.refi_package import (
    NotInsideError,
    RefiPackage,
    child,
    children,
    given,
    key_of,
    some,
    target,
    words_of,
)
from annotator.importers.encoding import decode

_OTHERS = {"PictureSource": "a picture", "AudioSource": "sound", "VideoSource": "a film"}
_SELECTIONS = ("PlainTextSelection", "PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
ADDRESS = "Address"
"""The variable in which this program keeps where a source was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """One selection as it is written, with the key of its source; ``marked`` is where on a text it is.

    ``note`` is the key of the note that it stands in, where a program marks in the note what that is on (QualCoder).
    """

    key: str
    source: str
    element: etree._Element
    marked: Marked | None = None
    note: str = ""


@dataclass(slots=True)
class Texts:
    """Sources by their keys, their elements, what is selected on them, and what cannot come in."""

    sources: dict[str, ForeignSource] = field(default_factory=dict)
    elements: dict[str, etree._Element] = field(default_factory=dict)
    selections: list[Selection] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    _marking: dict[str, etree._Element] = field(default_factory=dict)

    def take(self, package: RefiPackage) -> None:
        """Take the sources of a project. Raises ``ImportFailedError`` for files in it that are damaged or too large."""
        names = variable_names(package.root)
        self._marking = {
            key_of(given(note, "guid")): note
            for note in children(child(package.root, "Notes"), "Note")
            if child(note, "PlainTextSelection") is not None
        }
        for element in children(child(package.root, "Sources"), "TextSource", "PDFSource", *_OTHERS):
            kind = etree.QName(element).localname
            if kind in _OTHERS:
                detail = f"It is {_OTHERS[kind]}, which has no words to be judged; it has {some(_count(element), 'selection')}"
                self.left_out.append(LeftOut(kind="source", words=given(element, "name"), why=Why.OTHER, detail=detail))
            else:
                self._source(package, element, names)

    def _source(self, package: RefiPackage, element: etree._Element, names: Mapping[str, str]) -> None:
        name = given(element, "name")
        key = key_of(given(element, "guid")) or f"source:{name}"
        is_pdf = etree.QName(element).localname == "PDFSource"
        holder = child(element, "Representation") if is_pdf else element
        path = given(element, "path" if is_pdf else "richTextPath")
        original, missing = _original(package, path)
        text: Counted | None = None
        try:
            text = _counted(holder, package) if holder is not None else None
            missing = missing if is_pdf else ""
        except NotInsideError as error:
            missing = error.reason
        if text is None and original and not is_pdf:
            text = _as_read(original, path)
            original, missing = (original, "") if text else (b"", "Its file is damaged and has no plain text beside it")
        if missing and not original:
            stead = "its text stands for it" if text else f"it has {some(_count(element), 'selection')}"
            self.left_out.append(LeftOut(kind="source", words=name, why=Why.OTHER, detail=f"{missing}; {stead}"))
        if key in self.sources or (text is not None and not text.text.strip() and not original):
            why = Why.TWICE if key in self.sources else Why.EMPTY
            self.left_out.append(LeftOut(kind="source", words=name, why=why))
            return
        values = dict(variable_values(element, names))
        self.elements[key] = element
        self.sources[key] = ForeignSource(
            key=key,
            address=values.get(ADDRESS, ""),
            title=_title(name),
            text=text.text if text else "",
            original=original,
            original_digest=digest_of(original) if original else "",
            name=_file_name(name, path) if original else name or "Untitled",
        )
        self.selections += _selections(element, holder, key, text)
        if text is not None:
            self.selections += self._marked_in_notes(element, key, text)

    def _marked_in_notes(self, element: etree._Element, source: str, text: Counted) -> Iterator[Selection]:
        """Yield what notes on a source mark in it."""
        for ref in children(element, "NoteRef"):
            note = self._marking.get(target(ref))
            for each in children(note, "PlainTextSelection"):
                yield _marked(each, source, text, target(ref))


def _original(package: RefiPackage, path: str) -> tuple[bytes, str]:
    """Return the file that a source was made of, or why it is not there."""
    try:
        return (package.file(path), "") if path else (b"", "")
    except NotInsideError as error:
        return b"", error.reason


def _selections(
    element: etree._Element, holder: etree._Element | None, source: str, text: Counted | None
) -> Iterator[Selection]:
    """Yield the selections on a source: of one that is given twice, as text and as area, the text."""
    seen: set[str] = set()
    if text is not None:
        for each in children(holder, "PlainTextSelection"):
            seen.add(_key(each, source))
            yield _marked(each, source, text)
    for each in children(element, "PDFSelection"):
        if (key := _key(each, source)) not in seen:
            yield Selection(key=key, source=source, element=each)


def _marked(element: etree._Element, source: str, text: Counted, note: str = "") -> Selection:
    start, end = (_whole(given(element, name)) for name in ("startPosition", "endPosition"))
    marked = Marked(text, start, end, given(element, "name"))
    return Selection(key=_key(element, source), source=source, element=element, marked=marked, note=note)


def _key(element: etree._Element, source: str) -> str:
    places = "-".join(given(element, name) for name in ("startPosition", "endPosition", "page", "firstX", "firstY"))
    return key_of(given(element, "guid")) or f"{source}#{places}"


def _counted(element: etree._Element, package: RefiPackage) -> Counted | None:
    """Return the text of a source, None where it has none. Raises ``NotInsideError``."""
    path = given(element, "plainTextPath")
    if child(element, "PlainTextContent") is not None:
        return Counted(words_of(element, "PlainTextContent"), has_mark=False)
    if not path:
        raise NotInsideError("It has no plain text")
    data = package.file(path)
    return Counted(decode(data).text, has_mark=data.startswith(_MARKS))


def _as_read(original: bytes, path: str) -> Counted | None:
    """Return the text of a word processor's file as it is read here, which is nearly as the program counted it."""
    from annotator.importers.registry import ReadOptions, importer_for

    options = ReadOptions(name=path)
    try:
        read = importer_for(original, options).read(original, options, lambda _done, _total: None)
    except ImportFailedError:
        return None
    return Counted(read.text, has_mark=False, is_own=False)


def _file_name(name: str, path: str) -> str:
    """Return the name of a source with the ending of its file, by which its kind is known."""
    ending = PurePosixPath(path).suffix
    return name if name.lower().endswith(ending.lower()) else f"{name or 'Untitled'}{ending}"


def _title(name: str) -> str:
    """Return what a source is called, without the ending of the file that it was."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem and ending.isalnum() and len(ending) <= 4 else name


def _count(element: etree._Element) -> int:
    return sum(1 for each in element.iter() if isinstance(each.tag, str) and etree.QName(each).localname in _SELECTIONS)


def _whole(value: str) -> int:
    """Return a position, -1 for what is none."""
    plain = value.strip()
    return int(plain) if plain.isdecimal() and len(plain) < 16 else -1
