"""The process that puts marks on the pages of one stranger's PDF. See ``pdf_process`` for what is said to it."""

from __future__ import annotations

import os
import struct
import sys
from typing import BinaryIO

from annotator.domain.codec import from_plain, parse
from annotator.walls.confining import Walls, limit, not_outlive_parent
from annotator.walls.readable import python_places

LENGTH = struct.Struct(">Q")
STATE = struct.Struct(">BQ")
"""How it went, and the length of what follows: the PDF, or the reason in UTF-8."""

FINE, REFUSED, BROKEN = range(3)


def main(arguments: list[str]) -> None:
    """Read a PDF and an order from standard input, and write the marked PDF. ``arguments``: limits of memory and time."""
    memory, cpu = (int(each) for each in arguments)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    from annotator.exporters import pdf_annots  # noqa: F401 what it loads is loaded before the process is bound

    not_outlive_parent()
    limit(memory=memory, cpu=cpu)
    Walls(python_places()).raise_()
    state, content = _answer(sys.stdin.buffer)
    answers.write(STATE.pack(state, len(content)))
    answers.write(content)
    answers.flush()


def _answer(source: BinaryIO) -> tuple[int, bytes]:
    """Do what is asked. Here ends whatever a damaged document may raise."""
    from annotator.exporters.pdf_annots import annotated
    from annotator.exporters.pdf_mark import Order, PdfRefusedError

    data, order = _frame(source), from_plain(parse(_frame(source)), Order)
    try:
        return FINE, annotated(data, order)
    except PdfRefusedError as error:
        return REFUSED, error.reason.encode()
    except Exception:
        return BROKEN, b""


def _frame(source: BinaryIO) -> bytes:
    length: int = LENGTH.unpack(source.read(LENGTH.size))[0]
    return source.read(length)
