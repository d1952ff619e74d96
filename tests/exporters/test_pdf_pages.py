"""PDFs with highlights: drawn by PDFium and compared with the boxes of the words, read by pypdf for what the notes say."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from annotator.domain.change import Blob, Write
from annotator.domain.codec import canonical
from annotator.domain.errors import CancelledError
from annotator.domain.ids import EntityId
from annotator.domain.kinds import Claim, Linkage, Passage, Source, Version
from annotator.domain.passage import Area, fragments_of
from annotator.domain.scales import Level, Scale
from annotator.domain.structure import Box
from annotator.exporters import apart
from annotator.exporters.apart import ApartLimits
from annotator.exporters.base import ALL, ExportOptions, Progress, ProjectView, silent
from annotator.exporters.pdf_mark import Mark, Order, PdfRefusedError
from annotator.exporters.pdf_pages import LEFT_OUT, PDF_PAGES
from annotator.exporters.pdf_process import marked
from annotator.importers.pdf_reading.read import read_pdf
from annotator.importers.registry import ReadOptions
from annotator.store.store import Store
from tests.factories import Maker, commit, created
from tests.importers.pdfs import Pdf, lines

WORDS = ["The auditor looked at many bills in May", "and found a rise of fourteen per cent in all", "of the districts."]
TITLE = "Bills: a/b\u202e?"
_CROP = (50, 100, 500, 400)
_SCALE = 2
_MARGIN = 6.0
"""How far a mark may reach beyond its words, in points: lines stand below them."""


def document() -> bytes:
    """Return a page as usual, and three that are turned and cut."""
    pdf = Pdf().page(lines(72, 700, WORDS))
    for rotation in (90, 180, 270):
        page = lines(100, 300, [f"Page turned by {rotation} degrees", f"and cropped, too ({rotation})."])
        pdf.page(page, rotate=rotation, crop=_CROP, media=(20, 30, 600, 700))
    return pdf.bytes()


@dataclass
class Case:
    """A project with one PDF; what is judged is added by ``judge``."""

    store: Store
    make: Maker
    text: str
    version: Version
    claim: Claim

    def passage(self, *quotes: str) -> Passage:
        spans = [(self.text.index(quote), self.text.index(quote) + len(quote)) for quote in quotes]
        passage = Passage(
            id=self.make.id(), text=self.version.text, fragments=fragments_of(self.text, spans), label="Look"
        )
        commit(self.store, self.make, created(passage))
        return passage

    def judge(self, passages: Sequence[Passage], stance: str, **more: Any) -> Linkage:
        linkage = Linkage(
            id=self.make.id(), passage_ids=tuple(each.id for each in passages), claim_id=self.claim.id,
            annotator_id=self.make.annotator.id, stance=stance, verdict="refuted", confidence="high", **more,
        )  # fmt: skip
        commit(self.store, self.make, created(linkage))
        return linkage

    def files(self, options: ExportOptions = ALL, progress: Progress = silent) -> dict[str, bytes]:
        out = io.BytesIO()
        with self.store.snapshot() as view:
            PDF_PAGES.write(view, out, options, progress)
        with zipfile.ZipFile(out) as packed:
            return {name: packed.read(name) for name in packed.namelist()}

    def pdf(self) -> bytes:
        ((name, data),) = self.files().items()
        assert name == "Bills a b.pdf"
        return data

    def boxes(self, passage: Passage) -> list[Box]:
        with self.store.snapshot() as view:
            structure = view.structure(self.version.structure)
        return [box for each in passage.fragments for box in structure.boxes(each.start, each.end)]


def case_of(store: Store, make: Maker, data: bytes) -> Case:
    imported = read_pdf(data, ReadOptions(name="bills.pdf"), lambda _done, _total: None)
    blobs = (
        Blob("text", imported.text.encode()),
        Blob("structure", canonical(imported.structure)),
        Blob("original", data),
    )
    source = Source(id=make.id(), title=TITLE)
    version = Version(
        id=make.id(), source_id=source.id, text=blobs[0].digest, structure=blobs[1].digest, original=blobs[2].digest,
        media_type="application/pdf",
    )  # fmt: skip
    claim = Claim(id=make.id(), text="Bills rose by 40 %, “really” 👩‍👧")
    commit(store, make, created(make.annotator), created(source), created(version), created(claim), blobs=blobs)
    return Case(store, make, imported.text, version, claim)


@pytest.fixture
def case(store: Store, make: Maker) -> Case:
    return case_of(store, make, document())


def marks_in(data: bytes, kind: str) -> list[dict[str, Any]]:
    found = []
    for page in PdfReader(io.BytesIO(data)).pages:
        found += [each.get_object() for each in page.get("/Annots", ())]
    return [dict(each) for each in found if each["/Subtype"] == kind]


def drawn(data: bytes, page: int) -> list[bytes]:
    """Return the rows of a page as PDFium draws it: blue, green, red and an unused byte a pixel."""
    document = pypdfium2.PdfDocument(data)
    try:
        bitmap = document[page].render(scale=_SCALE, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx)
        raw, stride = bytes(bitmap.buffer), bitmap.stride
    finally:
        document.close()
    return [raw[at : at + stride] for at in range(0, len(raw), stride)]


def changed(before: bytes, after: bytes, page: int) -> set[tuple[int, int]]:
    """Return where a page looks another way, in points from its upper left corner, doubled."""
    rows = enumerate(zip(drawn(before, page), drawn(after, page), strict=True))
    return {
        (x, y)
        for y, (old, new) in rows
        if old != new
        for x in range(len(old) // 4)
        if old[4 * x : 4 * x + 3] != new[4 * x : 4 * x + 3]
    }


def test_the_words_are_tinted_and_nothing_else(case: Case) -> None:
    quotes = ("fourteen per cent in all of", "by 90 degrees", "cropped, too (180)", "turned by 270")
    passages = [case.passage(quote) for quote in quotes]
    data = case.pdf()
    for page, passage in enumerate(passages):
        boxes = case.boxes(passage)
        assert {box.page for box in boxes} == {page}
        places = changed(document(), data, page)
        for box in boxes:
            area = (box.right - box.left) * (box.bottom - box.top) / 100**2 * _SCALE**2
            assert len(_within(box, places, 0)) > 0.5 * area
        assert not places.difference(*(_within(box, places, _MARGIN) for box in boxes))


def _within(box: Box, places: set[tuple[int, int]], margin: float) -> set[tuple[int, int]]:
    left, right, top, bottom = (side / 100 for side in (box.left, box.right, box.top, box.bottom))
    return {
        (x, y)
        for x, y in places
        if left - margin <= x / _SCALE <= right + margin and top - margin <= y / _SCALE <= bottom + margin
    }


def test_the_original_stays_byte_for_byte(case: Case) -> None:
    case.passage("auditor")
    data = case.pdf()
    assert data.startswith(document())
    assert data == case.pdf()


def test_an_unlinked_passage_is_yellow(case: Case) -> None:
    passage = case.passage("auditor")
    data = case.pdf()
    (mark,) = marks_in(data, "/Highlight")
    assert [round(float(part), 2) for part in mark["/C"]] == [1, 0.84, 0]
    assert (mark["/Contents"], mark["/NM"]) == ("Look", f"{passage.id}:0")
    (box,) = case.boxes(passage)
    x, y = int(box.left / 100 * _SCALE) + 2, int(box.top / 100 * _SCALE) + 1
    blue, green, red = drawn(data, 0)[y][4 * x : 4 * x + 3]
    assert red > 245
    assert green > 230
    assert blue < 200


def test_a_note_a_linkage(case: Case) -> None:
    passage, further = case.passage("auditor looked", "fourteen per cent"), case.passage("many")
    one = case.judge([passage], "supports", rationale="It says so.\nTwice.", confidence_percent=90, reasons=("amount",))
    two = case.judge([passage, further], "refutes", question="Who?")
    gone = case.judge([passage], "qualifies", withdrawn="A mistake.")
    data = case.pdf()
    marks = {mark["/NM"]: mark for mark in marks_in(data, "/Highlight")}
    assert set(marks) == {f"{passage.id}:0:{one.id}", f"{passage.id}:0:{two.id}", f"{further.id}:0:{two.id}"}
    assert not any(gone.id in name for name in marks)
    first, second = marks[f"{passage.id}:0:{one.id}"], marks[f"{passage.id}:0:{two.id}"]
    assert first["/Contents"] == (
        f"supports: {case.claim.text}\nVerdict: refuted\nConfidence: high (90 %)\nReasons: amount\nAnnotator: Ada\n\n"
        "It says so.\nTwice."
    )
    assert "Question: Who?" in second["/Contents"]
    assert "Together with 1 other passage" in second["/Contents"]
    assert first["/T"] == "Ada"
    assert first["/C"] != second["/C"]
    assert len(first["/QuadPoints"]) == 2 * 8
    assert first["/M"].startswith("D:2026")
    windows = marks_in(data, "/Popup")
    assert {window["/Parent"].get_object()["/NM"] for window in windows} == set(marks)


def test_a_note_says_reasons_in_the_words_of_the_scale(case: Case) -> None:
    level = Level(id=case.make.id(), code="source_quality", label="Source quality")
    commit(case.store, case.make, created(Scale(id=case.make.id(), name="reasons", levels=(level,))))
    case.judge([case.passage("auditor looked")], "supports", reasons=("source_quality", "amount"))
    (mark,) = marks_in(case.pdf(), "/Highlight")
    assert "\nReasons: Source quality, amount\n" in mark["/Contents"]


def test_quads_go_from_the_upper_left_to_the_lower_right_corner(case: Case) -> None:
    passage = case.passage("auditor")
    (box,) = case.boxes(passage)
    (mark,) = marks_in(case.pdf(), "/Highlight")
    left, right, top, bottom = (
        round(side / 100, 2) for side in (box.left, box.right, 79200 - box.top, 79200 - box.bottom)
    )
    assert [float(side) for side in mark["/QuadPoints"]] == [left, top, right, top, left, bottom, right, bottom]


def test_an_area_is_framed(case: Case) -> None:
    area = Passage(
        id=case.make.id(), text=case.version.text, area=Area(page=1, left=1000, top=2000, right=5000, bottom=4000)
    )
    commit(case.store, case.make, created(area))
    data = case.pdf()
    (mark,) = marks_in(data, "/Square")
    assert mark["/NM"] == f"{area.id}:0"
    assert {(20, 60), (99, 40)} <= changed(document(), data, 1)


def test_annotations_that_were_there_stay(store: Store, make: Maker) -> None:
    writer = PdfWriter(io.BytesIO(document()), incremental=True)
    writer.add_metadata({"/Title": "Kept"})
    from pypdf.annotations import Text

    writer.add_annotation(0, Text(rect=(10, 10, 30, 30), text="From before"))
    out = io.BytesIO()
    writer.write(out)
    case = case_of(store, make, out.getvalue())
    case.passage("auditor")
    data = case.pdf()
    assert [note["/Contents"] for note in marks_in(data, "/Text")] == ["From before"]
    assert len(marks_in(data, "/Highlight")) == 1
    assert PdfReader(io.BytesIO(data)).metadata == {"/Title": "Kept", "/ModDate": "D:20260101000002Z"}


def test_one_claim_takes_only_its_marks(case: Case) -> None:
    case.passage("many")
    linkage = case.judge([case.passage("auditor")], "supports")
    files = case.files(ExportOptions(claims=(case.claim.id,)))
    (mark,) = marks_in(files["Bills a b.pdf"], "/Highlight")
    assert mark["/NM"].endswith(linkage.id)


def test_what_cannot_be_marked_is_told(view: ProjectView, store: Store, make: Maker) -> None:
    """A PDF that is cut short, and one that is encrypted: the rest goes out, and a list says which do not."""
    writer = PdfWriter(clone_from=io.BytesIO(document()))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    case = case_of(store, make, out.getvalue())
    case.passage("auditor")
    page = make.new_passage([(0, 4)])
    commit(
        store, make, created(make.source), created(make.agent), created(make.version), created(page), blobs=make.blobs
    )
    told = case.files()
    assert list(told) == [LEFT_OUT]
    assert told[LEFT_OUT].decode().splitlines() == [
        "“Water report” is no PDF.",
        "“Bills a b” is encrypted; print it to a new PDF in a viewer, and import that.",
    ]
    cut = io.BytesIO()
    PDF_PAGES.write(view, cut, ALL, silent)
    with zipfile.ZipFile(cut) as packed:
        assert "could not be written to; it may be damaged." in packed.read(LEFT_OUT).decode()


def test_a_project_without_passages_says_so(case: Case) -> None:
    assert case.files() == {LEFT_OUT: b"No passage stands on a source that is a PDF.\n"}


def test_an_original_that_was_left_out(case: Case) -> None:
    case.passage("auditor")
    commit(case.store, case.make, Write(case.version.id, "version", {"original": "0" * 64}))
    assert case.files() == {
        LEFT_OUT: "“Bills a b” is not in this copy of the project: its original was left out.\n".encode()
    }


MARK = Mark(
    boxes=(Box(0, 7200, 8000, 9000, 9000),), colour="#FFD500", name="a", author="Ada", words="W",
    created="2026-01-01T00:00:00Z", modified="2026-01-01T00:00:00Z",
)  # fmt: skip


def _order() -> Order:
    return Order(pages=((61200, 79200), (30000, 45000), (45000, 30000), (30000, 45000)), marks=(MARK,))


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        (replace(_order(), pages=_order().pages[:1]), "other pages"),
        (replace(_order(), pages=((60000, 79200), *_order().pages[1:])), "another size"),
    ],
)
def test_a_pdf_that_is_not_the_one_that_was_read(order: Order, reason: str) -> None:
    with pytest.raises(PdfRefusedError, match=reason):
        marked(document(), order, lambda: None)


def test_damaged_bytes_are_marked_or_refused() -> None:
    from annotator.exporters.apart_child import FINE, LENGTH
    from annotator.exporters.pdf_child import answered

    order = canonical(_order())
    data = document()
    states = set()
    for at in range(0, len(data), len(data) // 60):
        for damaged in (data[:at], data[:at] + b"\xff" + data[at + 1 :]):
            frames = io.BytesIO(LENGTH.pack(len(damaged)) + damaged + LENGTH.pack(len(order)) + order)
            state, content = answered(frames)
            states.add(state)
            if state == FINE:
                assert len(marks_in(content, "/Highlight")) == 1
    assert len(states) > 1


def test_who_stops_the_work_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = apart._start

    def remembering(module: str, limits: ApartLimits) -> subprocess.Popen[bytes]:
        started.append(start(module, limits))
        return started[-1]

    monkeypatch.setattr(apart, "_start", remembering)

    def stop() -> None:
        raise CancelledError(what="the export")

    with pytest.raises(CancelledError):
        marked(document(), _order(), stop)
    (process,) = started
    assert process.returncode is not None
    assert os.name == "nt" or process.returncode < 0


@pytest.mark.parametrize("limits", [ApartLimits(time=0.0), ApartLimits(memory=1 << 20)])
def test_a_document_that_costs_too_much_is_refused(limits: ApartLimits) -> None:
    with pytest.raises(PdfRefusedError, match="could not be written to"):
        marked(document(), _order(), lambda: None, limits)


def test_versions_of_one_name_have_files_of_their_own(case: Case) -> None:
    second = replace(case.version, id=EntityId("00000000-0009-7000-8000-000000000001"), sequence=2)
    commit(case.store, case.make, created(second))
    case.passage("auditor")
    assert list(case.files()) == ["Bills a b.pdf"]
