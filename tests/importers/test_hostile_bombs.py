"""Small files that grow to gigabytes, or whose pieces are beyond counting: each is refused in a sentence, within 400 MB."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.confined.wire import Limits
from annotator.importers.registry import ReadOptions
from tests.importers.captures import WALL, Wacz, answer, packed
from tests.importers.docx_files import docx, paragraph, run
from tests.importers.epubs import epub, page
from tests.importers.odts import odt
from tests.importers.rtfs import rtf
from tests.importers.zips import MEBIBYTE, bomb, zipped

LIMITS = Limits(memory=400 << 20, stall=20)
HUGE = 256 << 20
DEEP, MANY = 20_000, 300_000
_GZIP = "Content-Encoding: gzip"


def squeezed(size: int) -> bytes:
    """Return ``size`` bytes of blanks as gzip, made without holding them."""
    piece = gzip.compress(b" " * (16 * MEBIBYTE), 9)
    return piece * (size // (16 * MEBIBYTE))


def swollen(document: bytes, part: str, size: int = HUGE) -> bytes:
    """Return a ZIP like ``document`` in which one part unpacks to ``size`` bytes."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != part}
    return bomb(part, size, parts)


def collection() -> bytes:
    return Wacz({"a.warc.gz": packed(answer(WALL, b"<p>x"))}, [WALL]).file()


def attributes(count: int) -> str:
    return " ".join(f'a{number}="1"' for number in range(count))


def billion() -> str:
    """Return entities of which each stands for ten of the one before: 10 bytes that would be 10 GB."""
    steps = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{steps}]>'


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "part.docx": (lambda: swollen(docx(paragraph(run("x"))), "word/document.xml"), "would unpack to more than 200 times"),
    "part.odt": (lambda: swollen(odt("<text:p>x</text:p>"), "content.xml"), "would unpack to more than 200 times"),
    "part.epub": (lambda: swollen(epub({"a.xhtml": page("x")}), "OEBPS/a.xhtml"), "unpack to more than"),
    "part.wacz": (lambda: swollen(collection(), "pages/pages.jsonl"), "would unpack to more than"),
    "whole.docx": (
        lambda: zipped({"word/document.xml": "<x/>", **{f"word/{n}.xml": b" " * MEBIBYTE for n in range(64)}}),
        "",
    ),
    "whole.warc.gz": (lambda: squeezed(HUGE), ""),
    "body.warc.gz": (lambda: packed(answer(WALL, gzip.compress(bytes(80 << 20), 1), headers=[_GZIP])), "64 MB"),
    "deep.docx": (lambda: docx("<w:sdt><w:sdtContent>" * DEEP + "</w:sdtContent></w:sdt>" * DEEP), "nested"),
    "deep.odt": (lambda: odt("<text:section>" * DEEP + "</text:section>" * DEEP), "nested"),
    "deep.epub": (lambda: epub({"a.xhtml": page("<div>" * DEEP + "x" + "</div>" * DEEP)}), "nested"),
    "deep.rtf": (lambda: rtf("{" * 200_000 + "x" + "}" * 200_000), ""),
    "many.docx": (lambda: docx(f"<w:p {attributes(MANY)}/>"), "attributes"),
    "many.odt": (lambda: odt(f"<text:p {attributes(MANY)}>x</text:p>"), "attributes"),
    "many.epub": (lambda: epub({"a.xhtml": page(f"<p {attributes(MANY)}>x</p>")}), "attributes"),
    "billion.xhtml": (lambda: (billion() + "<html><body><p>&e9;</p></body></html>").encode(), ""),
    "billion.docx": (lambda: zipped({"word/document.xml": billion() + "<w>&e9;</w>"}), ""),
    "quotes.md": (lambda: b">" * 300_000 + b"x", ""),
    "lists.md": (lambda: b"".join(b" " * (2 * n) + b"- x\n" for n in range(400)), ""),
}  # fmt: skip
"""How each file is made, and words of the sentence (none: it may be read in time as well)."""


@pytest.mark.parametrize("name", FILES)
def test_it_is_contained(worker: ImportWorker, name: str) -> None:
    make, words = FILES[name]
    data = make()
    assert len(data) < 6_500_000
    try:
        imported = worker.read(data, ReadOptions(name=name), limits=LIMITS)
    except ImportFailedError as error:
        reason = str(error.data["reason"])
        assert words in reason
        assert not any(bad in reason for bad in ("broke down", "failed on it", "reach other", "nothing more came")), (
            reason
        )
        assert words == "" or "memory" not in reason
    else:
        assert not words
        assert len(imported.text) < len(data) * 20


@pytest.mark.parametrize("data", [b"[" * 200_000, b"*a_ " * 100_000], ids=["brackets", "stars"])
def test_what_keeps_a_reader_of_markdown_busy_is_stopped(worker: ImportWorker, data: bytes) -> None:
    with pytest.raises(ImportFailedError) as caught:
        worker.read(data, ReadOptions(name="busy.md"), limits=Limits(stall=1.5))
    assert caught.value.data["reason"] == "nothing more came of it within 1.5 seconds"
