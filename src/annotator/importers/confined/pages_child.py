"""The process that draws the pages of one PDF, into memory that the program sees. See ``pages`` for what is said to it."""

from __future__ import annotations

import ctypes
import math
import os
import struct
import sys
from typing import TYPE_CHECKING, BinaryIO

from annotator.importers.confined.shared_memory import attach
from annotator.walls.confining import Walls, limit, not_outlive_parent
from annotator.walls.readable import FONTS

if TYPE_CHECKING:
    import mmap

    from pypdfium2 import PdfDocument

LENGTH = struct.Struct(">Q")
OPENED = struct.Struct(">BI")
"""How opening went, and how many pages there are."""
SIZE = struct.Struct(">II")
"""Width and height of a page in 1/100 pt."""
WANTED = struct.Struct(">III")
"""Which page, and how many pixels wide and high."""
DRAWN = struct.Struct(">B")

FINE, LOCKED, BROKEN = range(3)
BYTES_A_PIXEL = 4
_LARGEST = (1 << 31) - 1
_WHITE = 0xFFFFFFFF


def main(arguments: list[str]) -> None:
    """Draw until the program closes its end.

    ``arguments``: shared memory, its size, the limits of memory and processor time, the archive the document lies in and its key.
    """
    name, size, memory, cpu = arguments[0], *(int(each) for each in arguments[1:4])
    archive, part = arguments[4:]
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    canvas = attach(name, size)
    import pypdfium2  # noqa: F401 what it loads is loaded before the process is bound

    if archive:
        from annotator.importers.archives.archived_page import archived_page

    not_outlive_parent()
    limit(memory=memory, cpu=cpu)
    Walls(FONTS).raise_()
    source = sys.stdin.buffer
    data = source.read(LENGTH.unpack(source.read(LENGTH.size))[0])
    if archive:
        data = archived_page(data, archive, part)
    document = _open(answers, data)
    while document is not None and len(wanted := source.read(WANTED.size)) == WANTED.size:
        answers.write(DRAWN.pack(_draw(document, canvas, *WANTED.unpack(wanted))))
        answers.flush()


def _open(answers: BinaryIO, data: bytes) -> PdfDocument | None:
    """Open the document and tell how it went, with the size of every page."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        is_locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        answers.write(OPENED.pack(LOCKED if is_locked else BROKEN, 0))
        answers.flush()
        return None
    if document.get_formtype() != raw.FORMTYPE_NONE:
        document.init_forms()
    answers.write(OPENED.pack(FINE, len(document)))
    for number in range(len(document)):
        answers.write(SIZE.pack(*_size(document, number)))
    answers.flush()
    return document


def _size(document: PdfDocument, number: int) -> tuple[int, int]:
    import pypdfium2

    try:
        width, height = document.get_page_size(number)
    except pypdfium2.PdfiumError:
        return 0, 0
    return _hundredths(width), _hundredths(height)


def _hundredths(points: float) -> int:
    return round(min(max(points, 0) * 100, _LARGEST)) if math.isfinite(points) else 0


def _draw(document: PdfDocument, canvas: mmap.mmap, number: int, width: int, height: int) -> int:
    """Draw a page over the whole of ``width`` by ``height`` pixels: blue, green, red, and one unused byte."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = document[number]
    except (pypdfium2.PdfiumError, IndexError):
        return BROKEN
    pixels = (ctypes.c_ubyte * (width * height * BYTES_A_PIXEL)).from_buffer(canvas)
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_BGRx, pixels, width * BYTES_A_PIXEL)
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
        if document.formenv:
            raw.FPDF_FFLDraw(document.formenv, bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
        page.close()
    return FINE
