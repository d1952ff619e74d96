"""What every format must do."""

from __future__ import annotations

import io
import re
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from annotator.domain.errors import CancelledError, NotFoundError, WrongArgumentError
from annotator.exporters import registry
from annotator.exporters.base import ALL, Exporter, ExportOptions, Progress, ProjectView, silent
from tests.exporters.conftest import UNKNOWN, Case

CODES = list(registry.exporters())
CLAIMS_ALONE = ("claimreview", "qdc", "pdf-pages")
"""The formats without passages and linkages, or with those on real PDFs only."""


def written(exporter: Exporter, view: ProjectView, options: ExportOptions = ALL, progress: Progress = silent) -> bytes:
    out = io.BytesIO()
    exporter.write(view, out, options, progress)
    return out.getvalue()


def readable(data: bytes) -> str:
    """Return what is written as text; what is packed is unpacked, and of pages it is the words, with one blank between them."""
    if data.startswith(b"%PDF"):
        return " ".join(word for page in PdfDocument(data) for word in page.get_textpage().get_text_bounded().split())
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join([*packed.namelist(), *(packed.read(name).decode() for name in packed.namelist())])


@pytest.fixture(params=CODES)
def exporter(request: pytest.FixtureRequest) -> Exporter:
    return registry.exporter(request.param)


def test_it_tells_what_it_is(exporter: Exporter) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", exporter.code)
    assert exporter.label
    assert re.fullmatch(r"(\.[a-z]+)+", exporter.suffix)
    assert re.match(r"[a-z]+/[a-z+]+", exporter.media_type)
    assert exporter.lacks.endswith(".")
    assert exporter.lacks.count(".") == 1


def test_same_project_same_bytes(exporter: Exporter, view: ProjectView) -> None:
    assert written(exporter, view) == written(exporter, view)


def test_an_empty_project(exporter: Exporter, empty_view: ProjectView) -> None:
    assert written(exporter, empty_view)


def test_only_the_claims_asked_for(exporter: Exporter, view: ProjectView, case: Case) -> None:
    data = readable(written(exporter, view, ExportOptions(claims=(case.part.id,))))
    assert "SUM(A1)" in data or exporter.code in CLAIMS_ALONE
    assert "Weighed." not in data
    assert str(case.joint.id) not in data


def test_a_claim_that_is_not_there(exporter: Exporter, view: ProjectView) -> None:
    with pytest.raises(NotFoundError):
        written(exporter, view, ExportOptions(claims=(UNKNOWN,)))


def test_it_is_utf8_and_leaves_the_file_open(exporter: Exporter, view: ProjectView) -> None:
    out = io.BytesIO()
    exporter.write(view, out, ALL, silent)
    out.write(b"")
    assert "5 870 bills" in readable(out.getvalue()) or exporter.code in CLAIMS_ALONE


def test_progress_ends_and_stops(exporter: Exporter, view: ProjectView) -> None:
    told: list[tuple[int, int]] = []
    written(exporter, view, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)
    assert all(done <= total for done, total in told)

    def stop(_done: int, _total: int) -> None:
        raise CancelledError(what="the export")

    with pytest.raises(CancelledError):
        written(exporter, view, progress=stop)


def test_nothing_local_goes_out(exporter: Exporter, view: ProjectView) -> None:
    database = view.connection.engine.url.database  # type: ignore[attr-defined]
    data = readable(written(exporter, view))
    assert str(Path.home()) + "/" not in data
    assert database is None or str(Path(database).parent) not in data
    assert "case.annotator" not in data


def test_an_unknown_format_names_those_that_exist() -> None:
    with pytest.raises(
        WrongArgumentError, match="html, report-pdf, csv, webannotation, claimreview, qdpx, qdc, pdf-pages"
    ):
        registry.exporter("docx")


class Foreign:
    code, label, suffix, media_type, lacks = "foreign", "Foreign", ".foreign", "text/plain", "Everything."

    def write(self, view: ProjectView, out: io.BytesIO, options: ExportOptions, progress: Progress) -> None:
        raise NotImplementedError


class Impostor(Foreign):
    code = "html"


FOREIGN, IMPOSTOR = Foreign(), Impostor()


def test_an_outside_package_adds_but_does_not_replace(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [
        EntryPoint("one", "tests.exporters.test_contract:FOREIGN", registry.GROUP),
        EntryPoint("two", "tests.exporters.test_contract:IMPOSTOR", registry.GROUP),
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group == registry.GROUP else [])
    registry.exporters.cache_clear()
    try:
        assert registry.exporters()["foreign"].label == "Foreign"
        assert registry.exporters()["html"].label != "Foreign"
    finally:
        registry.exporters.cache_clear()
