"""Whole folders: in the order given, stopped and gone on with, killed in the middle, twins noticed, a report at the end."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator.domain.errors import WrongArgumentError
from annotator.services.importing_batch import ImportLine
from annotator.services.importing_report import report_csv, report_text
from annotator.services.project import Project
from tests.importers.captures import answer, packed, page

_STORY = (
    "The harbour wall held all night, the council says, although the water rose by two metres before dawn. Engineers had "
    "measured it twice in May and found that it had not moved. The auditor, who was asked to look at the bills, says that "
    "the repairs cost twice as much as the council had promised, and that nobody can say where the rest of the money went. "
    "People who live behind the wall were told to leave their houses at midnight, and most of them spent the night in the "
    "school. Nobody was hurt, and the power was back before noon. "
)


def _folder(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for number in range(count):
        words = f"Letter {number} is about meter {number * 7919}, reading {number * number}, in street {number}.\n"
        (folder / f"letter-{number:04}.txt").write_text(words, encoding="utf-8")
    return folder


def test_files_read_at_once_come_in_in_the_order_given(project: Project, tmp_path: Path) -> None:
    folder = _folder(tmp_path, 24)
    big = folder / "letter-0000.txt"
    big.write_text("A long one. " * 200_000, encoding="utf-8")
    seen: list[str] = []
    report = project.import_many([folder], progress=lambda _done, _total, line: seen.append(line.name if line else ""))
    names = [path.name for path in sorted(folder.iterdir())]
    assert [line.name for line in report.lines] == names == seen[1:]
    assert [source.title for source in project.sources()] == [Path(name).stem for name in names]


def test_a_stopped_batch_is_offered_again_and_goes_on_where_it_stopped(project: Project, tmp_path: Path) -> None:
    folder = _folder(tmp_path, 30)
    report = project.import_many([folder], cancelled=lambda: len(project.sources()) >= 7)
    assert (report.cancelled, len(project.sources())) == (True, 7)
    (unfinished,) = project.unfinished_imports()
    assert (unfinished.given, unfinished.files) == ((folder,), 30)
    again = project.import_many(unfinished.given)
    assert (len(again.known), len(again.lines), len(project.sources())) == (7, 30, 30)
    assert project.unfinished_imports() == ()


def test_an_archive_is_a_line_for_each_of_its_pages(project: Project) -> None:
    pages = {name: page(f"The {name} stands.", name.title()) for name in ("wall", "ferry", "school")}
    archive = b"".join(packed(answer(f"https://ledger.example/{name}", data)) for name, data in pages.items())
    seen: list[tuple[int, int]] = []
    given = [("all.warc.gz", archive), ("note.txt", b"A note.")]
    report = project.import_many(given, progress=lambda done, total, _line: seen.append((done, total)))
    assert [line.title for line in report.lines] == ["Wall", "Ferry", "School", "note"]
    assert [line.words for line in report.lines] == [3, 3, 3, 2]
    assert seen == [(0, 2), (1, 2), (2, 2)]
    again = project.import_many(given)
    assert (len(again.known), len(project.sources())) == (4, 4)


def test_a_batch_that_is_given_up_is_not_offered_again(project: Project, tmp_path: Path) -> None:
    folder = _folder(tmp_path, 5)
    project.import_many([folder], cancelled=lambda: True)
    project.forget_import((folder,))
    assert project.unfinished_imports() == ()
    project.import_many([("a.txt", b"One."), ("b.txt", b"Two.")], cancelled=lambda: True)
    assert project.unfinished_imports() == (), "what is no file cannot be found again"


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of Unix")
def test_killed_in_the_middle_nothing_is_half_imported_and_the_rest_comes_in(tmp_path: Path) -> None:
    folder, path = _folder(tmp_path, 120), tmp_path / "case.annotator"
    script = (
        "import sys, annotator\n"
        "with annotator.open_project(sys.argv[1], annotator='Ada', create=True) as project:\n"
        "    project.import_many([sys.argv[2]], progress=lambda done, total, line: print(done, flush=True))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        done = 0
        for line in process.stdout:
            done = int(line)
            if done >= 20:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.wait()
    with annotator.open_project(path, annotator="Ada") as project:
        project.verify()
        came_in = len(project.sources())
        assert done <= came_in < 120
        for row in project.source_rows():
            (version,) = row.versions
            assert project.original(version.id).decode() == project.text(version.id)
        (unfinished,) = project.unfinished_imports()
        report = project.import_many(unfinished.given)
        assert (len(report.known), report.failed) == (came_in, ())
        assert [source.title for source in project.sources()] == sorted(each.stem for each in folder.iterdir())
        project.verify()


def test_a_text_that_is_nearly_there_is_noticed_and_both_are_kept(project: Project) -> None:
    first = project.import_source(("ledger.txt", _STORY.encode()))
    changed = _STORY.replace("two metres", "three metres").replace("’", "'").upper()
    other = "The mayor opened a school on Monday, and every child was given a book about the history of the town. " * 6
    report = project.import_many([("post.txt", changed.encode()), ("school.txt", other.encode())])
    twin, stranger = report.lines
    assert twin.twin is not None
    assert (twin.twin.source_id, twin.twin.title) == (first.source_id, "ledger")
    assert 60 <= twin.twin.likeness < 100
    assert stranger.twin is None
    assert len(project.sources()) == 3, "nothing is left out silently"


def test_a_twin_becomes_a_version_by_a_person_s_word_and_keeps_what_is_on_it(project: Project) -> None:
    first = project.import_source(("ledger.txt", _STORY.encode()))
    second = project.import_source(("post.txt", _STORY.replace("two metres", "three metres").encode()))
    passage = project.highlight(second.id, [(0, 16)])
    older = project.highlight(first.id, [(4, 16)])
    moved = project.make_version(second.source_id, first.source_id)
    (row,) = project.source_rows()
    assert [version.sequence for version in row.versions] == [1, 2]
    assert (moved.supersedes, moved.original, moved.text) == (first.id, second.original, second.text)
    assert passage.id in [each.id for each in project.passages(moved.id)]
    (anchored,) = project.anchors(moved.id)
    assert (anchored.passage, anchored.state in ("exact", "moved")) == (older.id, True)
    project.undo()
    assert len(project.sources()) == 2
    assert [each.id for each in project.passages(second.id)] == [passage.id]
    with pytest.raises(WrongArgumentError, match="same source"):
        project.make_version(first.source_id, first.source_id)


def test_notes_on_a_twin_go_along_and_come_back(project: Project, tmp_path: Path) -> None:
    first = project.import_source(("ledger.txt", _STORY.encode()))
    second = project.import_source(("post.txt", _STORY.replace("two metres", "three metres").encode()))
    project.edit(first.source_id, notes="Seen in the archive.")
    project.edit(second.source_id, notes="Sent by a reader.")
    on_source, on_version = project.note(second.source_id, "taken down since"), project.note(second.id, "a copy")
    before = project.state_digest()
    moved = project.make_version(second.source_id, first.source_id)
    assert [note.id for note in project.notes(first.source_id)] == [on_source.id]
    assert [note.id for note in project.notes(moved.id)] == [on_version.id]
    assert [source.notes for source in project.sources()] == ["Seen in the archive.\n\nSent by a reader."]
    assert not [finding for finding in project.findings() if finding.code == "stands-on-deleted"]
    project.export("bundle", tmp_path / "case.zip")
    annotator.verify_bundle(tmp_path / "case.zip")
    project.undo()
    assert project.state_digest() == before


def test_the_report_has_failures_first_and_no_cell_is_a_formula(project: Project, tmp_path: Path) -> None:
    (tmp_path / "=cmd.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Some good words.", encoding="utf-8")
    report = project.import_many([tmp_path / "good.txt", tmp_path / "=cmd.txt"])
    table = list(csv.DictReader(report_csv(report.lines).splitlines()))
    assert [row["outcome"] for row in table] == ["not imported", "imported"]
    assert table[0]["file"] == "'=cmd.txt"
    assert table[0]["what was noticed"].startswith("The file is empty")
    assert table[1]["version"] == report.lines[0].version.id if report.lines[0].version else False
    text = report_text(report.lines)
    assert text.index("=cmd.txt") < text.index("good.txt")
    assert text.startswith("2 files: 1 imported, 1 not imported")


def test_a_line_that_came_in_again_says_so() -> None:
    text = report_text([ImportLine(name="a.txt", known=True, words=3)])
    assert "was here already" in text
