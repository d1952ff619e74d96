"""What every reader of annotations promises, asked of each of its samples."""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint

import pytest

from annotator.domain import codec
from annotator.domain.errors import ImportFailedError
from annotator.domain.foreign import Foreign
from annotator.importers.annotations import registry
from annotator.importers.annotations.registry import annotation_readers
from annotator.importers.confined.isolate import ImportWorker
from tests.importers.annotations.samples import SAMPLES, AnnotationSample

KINDS = [name for name in Foreign.__dataclass_fields__ if name != "format"]
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
each_reader = pytest.mark.parametrize("code", list(annotation_readers()))


@each_reader
def test_it_tells_what_it_is(code: str) -> None:
    reader = annotation_readers()[code]
    assert reader.code == code
    assert reader.label
    assert reader.lacks.endswith(".")
    assert reader.lacks.count(".") == 1
    assert all(re.fullmatch(r"\.[a-z]+", suffix) for suffix in reader.suffixes)
    assert code in {sample.reader for sample in SAMPLES}


@each_sample
def test_it_is_known_by_content_and_read_in_full(worker: ImportWorker, sample: AnnotationSample) -> None:
    found = worker.read_annotations(sample.data, sample.name)
    assert found.format == sample.reader
    assert {kind: len(getattr(found, kind)) for kind in KINDS} == {kind: sample.holds.get(kind, 0) for kind in KINDS}
    assert worker.read_annotations(sample.data, sample.name) == found
    assert codec.from_plain(codec.parse(codec.canonical(found)), Foreign) == found


@each_sample
def test_what_is_named_is_there_and_has_one_name(worker: ImportWorker, sample: AnnotationSample) -> None:
    found = worker.read_annotations(sample.data, sample.name)
    sources, people = {each.key for each in found.sources}, {each.key for each in found.people}
    passages, notes = {each.key for each in found.passages}, {each.key for each in found.notes}
    conclusions, claims = {each.key for each in found.conclusions}, {each.key for each in found.claims}
    assert {each.source for each in found.passages} | {each.source for each in found.appearances} <= sources
    assert {each.claim for each in found.conclusions} | {each.claim for each in found.appearances} <= claims
    codes = {each.key for each in found.codes}
    assert {each.about for each in found.notes} <= sources | passages | notes | conclusions | codes
    assert {each.by for each in found.passages} | {each.by for each in found.notes} <= people | {""}
    assert {each.by for each in found.conclusions} <= people | {""}
    assert {each.passage for each in found.codings} <= passages
    assert {each.code for each in found.codings} <= {each.key for each in found.codes}
    for kind in set(KINDS) - {"codings", "left_out"}:
        keys = [each.key for each in getattr(found, kind)]
        assert len(set(keys)) == len(keys)


@each_reader
@pytest.mark.parametrize(
    "data", [b"[]", b"{}", b'"a"', b"17", b'[[["x"]]]', b'{"@graph": {"@graph": 1}}', b"\x00\x01\x02", b"<p>"]
)
def test_what_is_none_of_its_kind_is_one_sentence(worker: ImportWorker, code: str, data: bytes) -> None:
    with pytest.raises(ImportFailedError) as failed:
        worker.read_annotations(data, "a.json", format=code)
    assert "its reader" not in str(failed.value)


class Outside:
    code = "hypothesis"


OUTSIDE = Outside()


def test_an_outside_package_adds_readers_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint("one", "tests.importers.annotations.test_contract:OUTSIDE", registry.ENTRY_POINTS)]
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group == registry.ENTRY_POINTS else [])
    annotation_readers.cache_clear()
    try:
        assert annotation_readers()["hypothesis"].label == "Hypothesis (JSON)"
    finally:
        annotation_readers.cache_clear()
