"""What every importer promises, asked of each of its samples."""

from __future__ import annotations

from itertools import pairwise

import pytest

from annotator.domain import codec
from annotator.domain.imported import Imported
from annotator.domain.structure import Inline, Line
from annotator.domain.text import canonical_text
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.registry import ReadOptions, importer_for, importers
from tests.importers.samples import SAMPLES, Sample

pytestmark = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


@pytest.fixture
def imported(worker: ImportWorker, sample: Sample) -> Imported:
    return worker.read(sample.data, ReadOptions(name=sample.name))


def test_it_is_known_by_content(sample: Sample) -> None:
    assert importer_for(sample.data, ReadOptions(name=sample.name)).name == sample.importer
    assert {one.importer for one in SAMPLES} == {one.name for one in importers()}


def test_the_text_is_canonical_and_whole(imported: Imported, sample: Sample) -> None:
    assert imported.text == canonical_text(imported.text)
    position = 0
    for words in sample.holds:
        position = imported.text.index(words, position)
    version = next(one.version for one in importers() if one.name == sample.importer)
    assert (imported.importer, imported.importer_version.partition(" ")[0]) == (sample.importer, version)


def test_blocks_cover_the_text(imported: Imported) -> None:
    blocks = imported.structure.blocks
    assert blocks
    assert all(block.start < block.end for block in blocks)
    gaps = [imported.text[a.end : b.start] for a, b in pairwise(blocks)]
    assert all(gap and not gap.strip("\n\t") for gap in gaps)
    assert imported.text[: blocks[0].start].strip() == imported.text[blocks[-1].end :].strip() == ""


def test_marks_and_lines_lie_inside_blocks(imported: Imported) -> None:
    structure = imported.structure
    parts: list[Inline | Line] = [*structure.inlines, *structure.lines]
    for part in parts:
        block = structure.block_at(part.start)
        assert block is not None
        assert part.start < part.end <= block.end
    for line in structure.lines:
        assert len(line.edges) == 2 * (line.end - line.start)
        assert line.top < line.bottom


def test_it_is_the_same_every_time(worker: ImportWorker, imported: Imported, sample: Sample) -> None:
    assert worker.read(sample.data, ReadOptions(name=sample.name)) == imported


def test_it_can_be_stored(imported: Imported) -> None:
    assert codec.from_plain(codec.parse(codec.canonical(imported)), Imported) == imported


def test_progress_goes_to_its_end(worker: ImportWorker, sample: Sample) -> None:
    steps: list[tuple[int, int]] = []
    worker.read(sample.data, ReadOptions(name=sample.name), progress=lambda done, total: steps.append((done, total)))
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
