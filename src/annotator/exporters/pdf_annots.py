"""Annotations with their appearance (PDF 1.7, 12.5), added behind the bytes of a PDF, which stay as they are."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import pypdfium2
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from annotator.domain.page_space import SeenPage
from annotator.domain.structure import Box
from annotator.exporters.pdf_drawing import Quad, around, drawing, margin, rgb
from annotator.exporters.pdf_mark import Mark, Order, PdfRefusedError

_PRINTED = 4
_NOTE = (180, 120)
_SLACK = 100
"""By how much the size of a page may differ from what was measured, in 1/100 pt."""
_MOST_PAGES = 20_000


def annotated(data: bytes, order: Order) -> bytes:
    """Return a PDF with marks on its pages. Raises ``PdfRefusedError``, and anything else on damaged ones."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise PdfRefusedError("is encrypted; print it to a new PDF in a viewer, and import that")
    if len(reader.pages) != len(order.pages) or len(reader.pages) > _MOST_PAGES:
        raise PdfRefusedError("has other pages than when it was read")
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    by_page: dict[int, list[Mark]] = defaultdict(list)
    for mark in order.marks:
        by_page[mark.boxes[0].page].append(mark)
    for number, marks in sorted(by_page.items()):
        _put(writer, writer.pages[number], order.pages[number], marks)
    writer.add_metadata({"/ModDate": _moment(max(mark.modified for mark in order.marks))})
    out = io.BytesIO()
    writer.write(out)
    _check(out.getvalue(), len(order.pages), {number: len(marks) for number, marks in by_page.items()})
    return out.getvalue()


def _put(writer: PdfWriter, page: PageObject, size: Sequence[int], marks: Iterable[Mark]) -> None:
    seen = SeenPage(_rect(page.mediabox), _rect(page.cropbox), page.rotation % 360)
    if any(abs(100 * now - then) > _SLACK for now, then in zip(seen.size, size, strict=True)):
        raise PdfRefusedError("has pages of another size than when they were read")
    known = page.get("/Annots")
    found = known.get_object() if known is not None else None
    annots = ArrayObject(found if isinstance(found, ArrayObject) else ())
    for mark in marks:
        annots.extend(_annotation(writer, page, seen, mark))
    page[NameObject("/Annots")] = annots


def _annotation(writer: PdfWriter, page: PageObject, seen: SeenPage, mark: Mark) -> list[IndirectObject]:
    """Return an annotation and the window of its note."""
    quads = [_quad(box, seen) for box in mark.boxes]
    rect = around(quads, margin(mark))
    entries: dict[str, PdfObject] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Square" if mark.area else "/Highlight"),
        "/Rect": _numbers(rect),
        "/C": _numbers(rgb(mark.colour)),
        "/F": NumberObject(_PRINTED),
        "/NM": TextStringObject(mark.name),
        "/T": TextStringObject(mark.author),
        "/Contents": TextStringObject(mark.words),
        "/CreationDate": TextStringObject(_moment(mark.created)),
        "/M": TextStringObject(_moment(mark.modified)),
        "/AP": _named({"/N": _appearance(writer, rect, drawing(mark, quads))}),
    }
    if not mark.area:
        entries["/QuadPoints"] = _numbers([side for quad in quads for point in quad for side in point])
    if page.indirect_reference is not None:
        entries["/P"] = page.indirect_reference
    annotation = _named(entries)
    reference = writer._add_object(annotation)  # noqa: SLF001 there is no public name for it
    left, _, right, upper = _rect(page.mediabox)
    beside = min(rect[2], max(left, right - _NOTE[0]))
    popup: dict[str, PdfObject] = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Popup"),
        "/Rect": _numbers((beside, min(rect[3], upper) - _NOTE[1], beside + _NOTE[0], min(rect[3], upper))),
        "/Parent": reference,
    }
    annotation[NameObject("/Popup")] = writer._add_object(_named(popup))  # noqa: SLF001
    window = annotation.raw_get("/Popup")
    assert isinstance(window, IndirectObject)  # noqa: S101 added just now
    return [reference, window]


def _appearance(writer: PdfWriter, rect: Sequence[float], drawn: str) -> IndirectObject:
    """Return how an annotation looks, so that every viewer shows the same."""
    form = DecodedStreamObject()
    form.set_data(drawn.encode("ascii"))
    blended = _named({"/Type": NameObject("/ExtGState"), "/BM": NameObject("/Multiply")})
    form.update(
        _named(
            {
                "/Type": NameObject("/XObject"),
                "/Subtype": NameObject("/Form"),
                "/BBox": _numbers(rect),
                "/Group": _named({"/S": NameObject("/Transparency")}),
                "/Resources": _named({"/ExtGState": _named({"/M": blended})}),
            }
        )
    )
    return writer._add_object(form)  # noqa: SLF001


def _quad(box: Box, seen: SeenPage) -> Quad:
    """Return the corners of a box as viewers want them: upper left, upper right, lower left, lower right as it is read."""
    corners = ((box.left, box.top), (box.right, box.top), (box.left, box.bottom), (box.right, box.bottom))
    a, b, c, d = (seen.in_user_space(x / 100, y / 100) for x, y in corners)
    return a, b, c, d


def _check(data: bytes, pages: int, marks: dict[int, int]) -> None:
    """Let a second program open what was written: raises ``PdfRefusedError`` where it does not find every mark."""
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) != pages:
            raise PdfRefusedError("is damaged; print it to a new PDF in a viewer, and import that")
        for number, count in marks.items():
            page = document[number]
            if pypdfium2.raw.FPDFPage_GetAnnotCount(page) < 2 * count:
                raise PdfRefusedError("is damaged; print it to a new PDF in a viewer, and import that")
    finally:
        document.close()


def _rect(box: Iterable[object]) -> tuple[float, float, float, float]:
    sides: list[float] = [float(str(side)) for side in box]
    if len(sides) != 4 or not all(map(math.isfinite, sides)):
        raise PdfRefusedError("has a page without a size")
    x0, y0, x1, y1 = sides
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _numbers(numbers: Iterable[float]) -> ArrayObject:
    return ArrayObject(FloatObject(f"{number:.2f}") for number in numbers)


def _named(entries: dict[str, PdfObject]) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value for name, value in entries.items()})


def _moment(moment: str) -> str:
    """Return a time in UTC (ISO 8601) as PDF writes it (7.9.4)."""
    digits = "".join(each for each in moment[:19] if each.isdigit())
    return f"D:{digits}Z"
