"""The hostile files that were measured (docs: IMPORT), made again: each is contained."""

from __future__ import annotations

import gzip
import os
import pickle
import zlib
from pathlib import Path

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.confined.wire import Limits
from annotator.importers.registry import ReadOptions
from tests.importers.conftest import Read
from tests.importers.pdfs import Pdf, at, written


def reason(read: Read, data: bytes, name: str) -> str:
    with pytest.raises(ImportFailedError) as caught:
        read(data, name)
    return str(caught.value.data["reason"])


def test_a_page_tree_that_holds_itself(read: Read) -> None:
    loop = written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])
    assert reason(read, loop, "loop.pdf") == "it has no pages"


def test_a_form_that_draws_itself(read: Read) -> None:
    form = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 5 >> "
        b"stream\n/X Do\nendstream"
    )
    data = written([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 5 >> stream\n/X Do\nendstream", form,
    ])  # fmt: skip
    assert read(data, "form.pdf").text.startswith("1 page without text\n")


def test_streams_within_streams_within_streams(worker: ImportWorker) -> None:
    squeezer = zlib.compressobj(9)
    bomb = b"".join(squeezer.compress(bytes(1 << 24)) for _ in range(24)) + squeezer.flush()
    for _ in range(2):
        bomb = zlib.compress(bomb, 9)
    data = Pdf().page("", filters="/Filter [/FlateDecode /FlateDecode /FlateDecode]", raw=bomb).bytes()
    assert len(data) < 10_000
    with pytest.raises(ImportFailedError) as caught:
        worker.read(data, ReadOptions(name="bomb.pdf"), limits=Limits(memory=240 << 20))
    assert caught.value.data["reason"] == "it takes more memory than one document may"


def test_three_hundred_thousand_attributes(read: Read) -> None:
    attributes = " ".join(f"a{number}=1" for number in range(300_000))
    page = f"<html><body><p {attributes}>text</p></body></html>".encode()
    assert reason(read, page, "attributes.html") == "an element of the page has more than 500 attributes"


@pytest.mark.parametrize("tag", ["div", "b", "custom-element", "p", "li", "table"])
def test_twenty_thousand_elements_deep(read: Read, tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 20_000}text{f'</{tag}>' * 20_000}</body></html>".encode()
    if tag in ("p", "li"):  # one ends the one before it: that is not deep
        assert read(page, "deep.html").text == "text"
    else:
        assert reason(read, page, "deep.html") == "the page's elements are nested more than 200 deep"


@pytest.mark.parametrize(
    "page",
    [
        b"<html><p>text<!-- " + b"<!-- " * 200_000,
        b"<html><p>text" + b"<script>" * 100_000,
        b"<html><p>text" + b"<a '" * 200_000,
        b"<html><p>text" + b'<a "<' * 200_000,
        b"<html><p>text" + b"</" * 400_000,
        b"<html><p>text" + b"&" * 400_000,
        b"<html><p>text" + b"<table><tr><td colspan=999999999 rowspan=999999999>x" * 30,
        b"<html><meta charset=" + b"x" * 400_000 + b"><p>text",
        b'<html><script type="application/ld+json">' + b"[" * 400_000 + b"</script><p>text</p>",
        b'<html><p>text</p><ol start="99999999999999999999"><li value="-9e99">x' + b"<li>y" * 20_000,
    ],
    ids=["comments", "scripts", "quotes", "double", "ends", "entities", "spans", "charset", "json", "items"],
)
def test_markup_made_to_keep_a_reader_busy(worker: ImportWorker, page: bytes) -> None:
    try:
        assert "text" in worker.read(page, ReadOptions(name="busy.html"), limits=Limits(stall=15)).text
    except ImportFailedError as error:
        assert "seconds" not in str(error)  # noqa: PT017 both outcomes are fine, but for a reader that hangs
        assert "broke down" not in str(error)  # noqa: PT017


class _Evil:
    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.marker),)


def test_a_pickle_that_a_pdf_names_is_not_loaded(read: Read, tmp_path: Path) -> None:
    """CVE-2025-64512: a font whose encoding is a path made older pdfminer.six load a pickle from there."""
    marker = tmp_path / "marker"
    trap = tmp_path / "evil.pickle.gz"
    with gzip.open(trap, "wb") as file:
        pickle.dump(_Evil(marker), file)
    name = str(tmp_path / "evil").replace("/", "#2f")
    font = (
        f"/F9 << /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /{name} /DescendantFonts [<< /Type /Font /Subtype "
        "/CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>"
    )
    document = Pdf(fonts=font).page(at(72, 700, "Harmless words") + at(72, 600, "evil", font="F9"))
    assert "Harmless words" in read(document.bytes(), "pickle.pdf").text
    assert not marker.exists()
    with gzip.open(trap) as file:
        pickle.load(file)  # noqa: S301 the trap works: this check can fail
    assert marker.exists()


def test_every_cut_of_a_pdf_is_read_or_refused(worker: ImportWorker) -> None:
    whole = Pdf().page(at(72, 700, "Whole words")).page(at(72, 700, "More words")).bytes()
    for length in range(9, len(whole), 157):
        try:
            worker.read(whole[:length], ReadOptions(name="cut.pdf"))
        except ImportFailedError as error:
            assert "failed on it" not in str(error)  # noqa: PT017 what cannot be read is said in words of our own


def test_flipped_bytes_of_a_pdf_never_break_the_reader(worker: ImportWorker) -> None:
    whole = bytearray(Pdf().page(at(72, 700, "Whole words")).bytes())
    for place in range(9, len(whole), 41):
        flipped = whole[:place] + bytes([whole[place] ^ 0x15]) + whole[place + 1 :]
        try:
            worker.read(bytes(flipped), ReadOptions(name="flipped.pdf"))
        except ImportFailedError as error:
            assert "failed on it" not in str(error)  # noqa: PT017
