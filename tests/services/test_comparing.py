"""A project held against a bundle that was kept elsewhere."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

import annotator
from annotator.cli import run
from annotator.domain.errors import BundleRefusedError, CancelledError
from annotator.services.project import Project, open_bundle


@pytest.fixture
def bundle(project: Project, tmp_path: Path) -> Path:
    """Return a bundle of a project with three claims, kept elsewhere."""
    for number in range(3):
        project.add_claim(f"Claim {number}.")
    return project.export("bundle", tmp_path / "elsewhere.bundle.zip")


def test_all_of_an_older_bundle_is_here(project: Project, bundle: Path) -> None:
    held = len(project.changes())
    project.add_claim("A later one.")
    project.undo()

    found = project.compare(bundle)

    assert (found.name, found.changes, found.known, found.newer) == (bundle.name, held, held, 2)
    assert found.whole
    assert (found.missing, found.examples) == ((), ())
    assert found.bundle_id == annotator.verify_bundle(bundle).bundle_id


def test_a_history_that_was_shortened_is_noticed_though_it_verifies(tmp_path: Path) -> None:
    path, older = tmp_path / "case.annotator", tmp_path / "older.annotator"
    with annotator.open_project(path, annotator="Ada", create=True) as project:
        project.add_claim("First.")
    shutil.copy(path, older)
    with annotator.open_project(path, annotator="Ada") as project:
        for number in range(7):
            project.add_claim(f"Claim {number}.")
        newest = project.changes(limit=7)
        bundle = project.export("bundle", tmp_path / "elsewhere.bundle.zip")
    shutil.copy(older, path)

    with annotator.open_project(path, annotator="Ada") as project:
        project.verify()
        project.add_claim("Another.")
        found = project.compare(bundle)

    assert not found.whole
    assert set(found.missing) == {row.change.id for row in newest}
    assert [each.id for each in found.examples] == list(found.missing[:5])
    assert (found.known, found.newer) == (found.changes - 7, 1)


def test_what_was_taken_back_is_counted(project: Project, bundle: Path, tmp_path: Path) -> None:
    with open_bundle(bundle, tmp_path / "bo.annotator", annotator="Bo") as bo:
        bo.add_claim("Bo's.")
        theirs = bo.export("bundle", tmp_path / "bo.bundle.zip")
    project.merge(project.plan_merge(theirs))
    project.undo()

    found = project.compare(theirs)

    assert found.whole
    assert found.aside == 2


def test_a_bundle_of_another_project_shares_nothing(project: Project, tmp_path: Path) -> None:
    project.add_claim("Mine.")
    with annotator.open_project(tmp_path / "other.annotator", annotator="Bo", create=True) as other:
        foreign = other.export("bundle", tmp_path / "other.bundle.zip")

    found = project.compare(foreign)

    assert found.known == 0
    assert len(found.missing) == found.changes > 0


def test_an_altered_bundle_is_refused(project: Project, bundle: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(bundle) as old, zipfile.ZipFile(altered, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if "history/part" in info.filename:
                data = data.replace(b"Claim 1.", b"Claim 7.")
            new.writestr(info, data)

    with pytest.raises(BundleRefusedError) as caught:
        project.compare(altered)
    assert "history/part-00001.jsonl" in str(caught.value)
    with pytest.raises(BundleRefusedError):
        project.compare(tmp_path / "nowhere.zip")


def test_comparing_tells_how_far_it_is_and_can_be_stopped(project: Project, bundle: Path) -> None:
    seen: list[tuple[int, int]] = []
    project.compare(bundle, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (1000, 1000)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)

    def stop(_done: int, _total: int) -> None:
        raise CancelledError(what="the check")

    with pytest.raises(CancelledError):
        project.compare(bundle, progress=stop)


def test_the_command_line_compares_while_the_project_is_open(
    project: Project, bundle: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project.add_claim("A later one.")
    held = len(project.changes()) - 1

    assert run(["verify", str(project.path), "--against", str(bundle)]) == 0
    assert f"All {held} changes of {bundle.name} are here; 1 change was made since." in capsys.readouterr().out

    assert run(["verify", str(project.path), "--against", str(bundle), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["against"]["known"] == held


def test_the_command_line_ends_with_1_where_something_is_gone(
    project: Project, bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with annotator.open_project(tmp_path / "other.annotator", annotator="Bo", create=True):
        pass

    assert run(["verify", str(tmp_path / "other.annotator"), "--against", str(bundle)]) == 1
    out = capsys.readouterr().out
    held = len(project.changes())
    assert f"{held} of the {held} changes of {bundle.name} are not here:" in out
    assert "Add claim" in out
