"""The commands for what colleagues did, as a person types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import annotator
from annotator.cli import run
from annotator.domain.ids import EntityId
from annotator.services.settings import FOLDER_VARIABLE


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path, EntityId]:
    """Return a project, a colleague's bundle that changes its claim otherwise and adds one, and the claim's id."""
    ours, theirs = tmp_path / "ours.annotator", tmp_path / "theirs.annotator"
    with annotator.open_project(ours, annotator="Ada", create=True) as project:
        claim = project.add_claim("The wall was dear.").id
    assert run(["export", str(ours), "bundle", str(tmp_path / "a.bundle.zip")]) == 0
    assert run(["open-bundle", str(tmp_path / "a.bundle.zip"), str(theirs)]) == 0
    with annotator.open_project(theirs, annotator="Bo") as project:
        project.edit(claim, text="The wall was cheap.")
        project.add_claim("Nobody was asked.")
        bundle = project.export("bundle", tmp_path / "bo.bundle.zip")
    with annotator.open_project(ours, annotator="Ada") as project:
        project.edit(claim, text="The wall was very dear.")
    return ours, bundle, claim


def _run(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    capsys.readouterr()
    code = run([str(each) for each in arguments])
    out, err = capsys.readouterr()
    assert code == 0, err
    return out


def test_a_dry_run_says_what_would_come_in(
    pair: tuple[Path, Path, EntityId], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, bundle, _ = pair
    before = ours.read_bytes()
    out = _run(capsys, "merge", ours, bundle, "--dry-run")
    assert ours.read_bytes() == before
    assert "new: claim Nobody was asked. (Bo)" in out
    assert "theirs: The wall was cheap. (Bo" in out
    assert out.endswith("Nothing was changed.\n")
    plan = json.loads(_run(capsys, "merge", ours, bundle, "--dry-run", "--json"))
    assert (plan["new"], plan["changed"], len(plan["conflicts"])) == (2, 1, 1)


def test_merge_settle_and_look(pair: tuple[Path, Path, EntityId], capsys: pytest.CaptureFixture[str]) -> None:
    ours, bundle, claim = pair
    merged = json.loads(_run(capsys, "merge", ours, bundle, "--json"))
    assert Path(merged["backup"]).exists()
    assert merged["conflicting_fields"] == 1
    assert claim in _run(capsys, "conflicts", ours)
    assert run(["audit", str(ours)]) == 1
    assert "Fields in conflict: 1." in capsys.readouterr().out
    assert "Nobody was asked." in _run(capsys, "news", ours, "--seen")
    assert _run(capsys, "news", ours) == ""
    assert (
        _run(capsys, "settle", ours, claim, "text", "--theirs", "--annotator", "Ada") == "text: The wall was cheap.\n"
    )
    assert _run(capsys, "conflicts", ours) == ""
    assert "Fields in conflict" not in _run(capsys, "audit", ours)
    assert "everything in it is here already" in _run(capsys, "merge", ours, bundle)


def test_a_value_of_ones_own_settles_too(pair: tuple[Path, Path, EntityId], capsys: pytest.CaptureFixture[str]) -> None:
    ours, bundle, claim = pair
    _run(capsys, "merge", ours, bundle)
    assert run(["settle", str(ours), claim, "text", "--ours", "--theirs", "--annotator", "Ada"]) == 1
    assert "Allowed: VALUE, --ours, --theirs" in capsys.readouterr().err
    _run(capsys, "settle", ours, claim, "text", "The wall cost 4 million.", "--annotator", "Ada")
    with annotator.open_project(ours) as project:
        assert project.claims()[0].text == "The wall cost 4 million."


def test_settle_all_alike_says_which_until_it_is_confirmed(
    pair: tuple[Path, Path, EntityId], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, bundle, claim = pair
    _run(capsys, "merge", ours, bundle, "--team", "The Desk")
    said = _run(capsys, "settle-all", ours, "--theirs", "--kind", "claim", "--annotator", "Ada")
    assert f"to settle: {claim}" in said
    assert "with --yes would be settled: 1." in said
    assert claim in _run(capsys, "conflicts", ours)
    record = json.loads(_run(capsys, "settle-all", ours, "--theirs", "--yes", "--annotator", "Ada", "--json"))
    assert [each["entity_id"] for each in record["settled"]] == [claim]
    assert _run(capsys, "conflicts", ours) == ""
    assert "merged" in _run(capsys, "exchanges", ours, "--team", "the desk")
    assert _run(capsys, "exchanges", ours, "--team", "Nobody") == ""


def test_take_back_and_bring_back(pair: tuple[Path, Path, EntityId], capsys: pytest.CaptureFixture[str]) -> None:
    ours, bundle, _ = pair
    number = json.loads(_run(capsys, "merge", ours, bundle, "--json"))["number"]
    _run(capsys, "take-back", ours, number)
    assert "taken back" in _run(capsys, "exchanges", ours)
    assert "Nobody" not in _run(capsys, "list", ours, "claims")
    _run(capsys, "bring-back", ours, number)
    assert "Nobody" in _run(capsys, "list", ours, "claims")


def test_a_bad_bundle_is_one_sentence_and_nothing_changes(
    pair: tuple[Path, Path, EntityId], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, bundle, _ = pair
    bad = Path(shutil.copy(bundle, bundle.with_name("bad.bundle.zip")))
    data = bytearray(bundle.read_bytes())
    data[len(data) // 3] ^= 1
    bad.write_bytes(data)
    before = ours.read_bytes()
    assert run(["merge", str(ours), str(bad)]) == 1
    assert "bad.bundle.zip" in capsys.readouterr().err
    assert ours.read_bytes() == before


def test_a_part_is_told_before_it_goes(pair: tuple[Path, Path, EntityId], capsys: pytest.CaptureFixture[str]) -> None:
    ours, _, claim = pair
    out = ours.with_name("part.bundle.zip")
    part = ("export", ours, "bundle", out, "--claim", claim, "--without", "names,originals", "--team", "The Desk")
    said = _run(capsys, *part, "--dry-run")
    assert "Names that go: none." in said
    assert "Nothing was written." in said
    assert not out.exists()
    preview = json.loads(_run(capsys, *part, "--dry-run", "--json"))
    _run(capsys, *part)
    assert out.stat().st_size == preview["size"]
    logged = _run(capsys, "exchanges", ours, "--team", "The Desk")
    assert "given away part.bundle.zip (The Desk)" in logged
    assert "limited to claims, without originals, names" in logged
    assert run(["export", str(ours), "bundle", str(out), "--without", "everything"]) == 1
    assert "originals, notes, names" in capsys.readouterr().err
    assert run(["export", str(ours), "bundle", str(out), "--since", "The Desk"]) == 1
    assert "give the whole project first" in capsys.readouterr().err
    for only_for_bundles in (["--since", "The Desk"], ["--without", "notes,names"]):
        assert run(["export", str(ours), "csv", str(out), *only_for_bundles]) == 1
        assert "it is for bundles" in capsys.readouterr().err
    _run(capsys, "export", ours, "csv", out, "--without", "names")
    assert "Ada" not in out.read_text(encoding="utf-8")
