"""The commands that audit: exit codes, records for machines, waivers and reviews."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.cli import run
from annotator.services.sample import build_sample
from annotator.services.settings import FOLDER_VARIABLE


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample case: it holds a disagreement that nobody has waived."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("sample")
        patch.setenv(FOLDER_VARIABLE, str(folder / "settings"))
        return build_sample(folder)


@pytest.fixture
def sample(built: Path, tmp_path: Path) -> str:
    """Return a copy of the sample case."""
    return str(shutil.copy(built, tmp_path))


@pytest.fixture
def calm(tmp_path: Path) -> str:
    """Return a project in which no check finds anything."""
    path = tmp_path / "calm.annotator"
    with annotator.open_project(path, annotator="Ada", create=True):
        pass
    return str(path)


def audit(capsys: pytest.CaptureFixture[str], project: str, *options: str) -> tuple[int, dict[str, Any]]:
    """Run ``audit --json`` and return its exit code and what it printed."""
    code = run(["audit", project, "--json", *options])
    return code, json.loads(capsys.readouterr().out)


def test_a_project_without_findings(calm: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", calm]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Nothing was found.\n")
    assert "Agreement on the verdict of conclusions: 0 judged by two or more" in out
    code, record = audit(capsys, calm)
    assert (code, record["findings"]) == (0, [])
    assert [each["unit"] for each in record["agreement"]] == ["conclusion", "linkage"]
    assert record["agreement"][0]["cohen_kappa"] is None


def test_an_error_that_nobody_waived_is_exit_code_1(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", sample]) == 1
    lines = capsys.readouterr().out.splitlines()
    code, record = audit(capsys, sample)
    assert code == 1
    by_level = [each["level"] for each in record["findings"]]
    assert lines[0] == f"Errors: {by_level.count('error')}"
    assert lines.count(f"Warnings: {by_level.count('warning')}") == 1
    for each in record["findings"]:
        (line,) = [line for line in lines if each["entity"] in line and line.strip().startswith(f"{each['code']} ")]
        assert each["message"] in line
    n = record["agreement"][1]["n"]
    assert f"Agreement on the verdict of linkages: {n} judged by two or more" in lines
    assert sum(map(sum, record["agreement"][1]["matrix"])) == record["agreement"][1]["n_pair"]
    low, high = record["agreement"][1]["intervals"]["cohen_kappa"]
    assert low < record["agreement"][1]["cohen_kappa"] < high


def test_the_level_narrows_what_is_shown_but_not_the_exit_code(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    levels = {}
    for level in ("error", "warning", "information"):
        code, record = audit(capsys, sample, "--level", level)
        assert code == 1
        levels[level] = [each["level"] for each in record["findings"]]
    assert set(levels["error"]) == {"error"}
    assert set(levels["warning"]) == {"error", "warning"}
    assert len(levels["error"]) < len(levels["warning"]) <= len(levels["information"])
    with pytest.raises(SystemExit, match="2"):
        run(["audit", sample, "--level", "grave"])


def test_waivers_make_the_exit_code_0(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, record = audit(capsys, sample, "--level", "error")
    errors = {(each["code"], each["entity"]) for each in record["findings"]}
    for code, entity in errors:
        arguments = ["waive", sample, code, entity, "--annotator", "Priya", "--reason"]
        assert run([*arguments, " "]) == 1
        assert "reason: none is given" in capsys.readouterr().err
        assert run([*arguments, "Settled by telephone.", "--json"]) == 0
        assert {each["check"] for each in json.loads(capsys.readouterr().out)} == {code}
    code, record = audit(capsys, sample, "--level", "error")
    assert (code, record["findings"]) == (0, [])
    code, record = audit(capsys, sample, "--level", "error", "--all")
    assert code == 0
    assert {each["waived"] for each in record["findings"]} == {"Settled by telephone."}
    assert run(["audit", sample, "--all"]) == 0
    out = capsys.readouterr().out
    assert "(waived: Settled by telephone.)" in out
    assert f"Waived: {len(record['findings'])}\n" in out


def test_a_waiver_of_what_is_not_found_names_what_is(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--annotator", "Priya", "--reason", "So be it."]
    assert run(["waive", sample, "no-such-check", "x", *arguments]) == 1
    assert "disagreement" in capsys.readouterr().err
    _, record = audit(capsys, sample)
    (entity,) = [each["entity"] for each in record["findings"] if each["code"] == "disagreement"]
    assert run(["waive", sample, "disagreement", "x", *arguments]) == 1
    assert entity in capsys.readouterr().err
    assert run(["waive", sample, "disagreement", entity, "--reason", "Nobody’s."]) == 1
    assert "--annotator" in capsys.readouterr().err


def test_a_review_is_recorded(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", sample, "linkages", "--json"]) == 0
    linkage = json.loads(capsys.readouterr().out)[0]["id"]
    given = ["review", sample, linkage, "contested", "--comment", "Which May?", "--annotator", "Priya"]
    assert run([*given, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["about"], record["decision"], record["comment"]) == (linkage, "contested", "Which May?")
    assert run(["review", sample, linkage, "accepted", "--annotator", "Priya"]) == 0
    assert capsys.readouterr().out == f"{record['id']}  accepted\n"
    with annotator.open_project(sample) as project:
        (review,) = project.reviews(project.linkages()[0].id)
        assert (review.decision, review.comment) == ("accepted", "")
    assert run(["review", sample, "x", "accepted", "--annotator", "Priya"]) == 1
    with pytest.raises(SystemExit, match="2"):
        run(["review", sample, linkage, "perhaps", "--annotator", "Priya"])
