"""Opening projects, people, settings, drafts, search, the sample."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import annotator
from annotator.domain.errors import ProjectInUseError, ProjectMissingError, WrongArgumentError
from annotator.domain.source import Version
from annotator.services.project import Project
from annotator.services.sample import build_sample
from annotator.services.settings import Recent, Settings, load_settings, save_settings, with_recent


def test_importing_annotator_loads_neither_sqlalchemy_nor_qt() -> None:
    code = (
        "import annotator, sys; print([m for m in ('sqlalchemy', 'PySide6', 'lxml', 'pdfminer') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_scripting_never_loads_qt(tmp_path: Path) -> None:
    code = (
        "import annotator, sys\n"
        f"with annotator.open_project({str(tmp_path / 'p.annotator')!r}, annotator='Ada', create=True) as p:\n"
        "    p.import_source(('a.txt', b'words'))\n"
        "print('PySide6' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ))
    assert out.stdout.strip() == "False"


def test_a_person_is_found_again_by_name(tmp_path: Path) -> None:
    path = tmp_path / "p.annotator"
    ids = []
    for name in ("Ada", "Ben", " Ada "):
        with annotator.open_project(path, annotator=name, create=True) as project:
            project.add_claim(f"By {name}.")
            ids.append(project.annotator_id)
    assert ids[0] == ids[2] != ids[1]
    with annotator.open_project(path) as project:
        assert [person.name for person in project.annotators()] == ["Ada", "Ben"]


def test_looking_needs_no_name_and_writes_nothing(tmp_path: Path, project: Project) -> None:
    project.add_claim("A claim.")
    changes = project.store.read().history.count()
    project.close()
    with annotator.open_project(tmp_path / "case.annotator") as looked:
        assert looked.claims()
        with pytest.raises(WrongArgumentError, match="annotator"):
            looked.add_claim("Another.")
        assert looked.store.read().history.count() == changes
    with annotator.open_project(tmp_path / "case.annotator", annotator="Ben") as looked:
        assert looked.store.read().history.count() == changes, "opening alone is no change"


def test_what_cannot_be_opened_is_said(tmp_path: Path, project: Project) -> None:
    with pytest.raises(ProjectMissingError, match="no project at"):
        annotator.open_project(tmp_path / "none.annotator", annotator="Ada")
    with pytest.raises(ProjectInUseError, match="Ada, process"):
        annotator.open_project(tmp_path / "case.annotator", annotator="Ben")
    with pytest.raises(WrongArgumentError, match="postgresql"):
        annotator.open_project("postgresql://host/db", annotator="Ada")
    with pytest.raises(WrongArgumentError, match="nobody is named"):
        annotator.open_project(tmp_path / "new.annotator", create=True)
    assert not (tmp_path / "new.annotator").exists()


def test_a_database_url_names_a_file(tmp_path: Path) -> None:
    with annotator.open_project(f"sqlite:///{tmp_path / 'u.annotator'}", annotator="Ada", create=True) as project:
        assert project.path == tmp_path / "u.annotator"


def test_a_project_may_have_scales_of_its_own(tmp_path: Path) -> None:
    scales = tmp_path / "scales.toml"
    scales.write_text(
        '[[scale]]\nid = "0190a0a0-0000-7000-8000-000000000001"\nname = "stance"\n'
        '[[scale.levels]]\nid = "0190a0a0-0000-7000-8000-000000000002"\ncode = "pro"\nlabel = "Pro"\n',
        encoding="utf-8",
    )
    with annotator.open_project(tmp_path / "p.annotator", annotator="A", create=True, codebook=scales) as project:
        assert [level.code for level in project.codebook.scale("stance").levels] == ["pro"]
        with pytest.raises(WrongArgumentError, match="there is no scale"):
            project.codebook.scale("confidence")
    scales.write_text("[[scale]]\nname = 5\n", encoding="utf-8")
    with pytest.raises(WrongArgumentError, match="codebook"):
        annotator.open_project(tmp_path / "q.annotator", annotator="A", create=True, codebook=scales)
    assert not (tmp_path / "q.annotator").exists()


def test_drafts_outlive_the_session_and_are_no_change(tmp_path: Path, project: Project) -> None:
    before = project.state_digest()
    project.keep_draft("link:1", {"rationale": "Because"})
    project.keep_draft("link:1", {"rationale": "Because of"})
    project.close()
    with annotator.open_project(tmp_path / "case.annotator", annotator="Ada") as again:
        assert again.draft("link:1") == {"rationale": "Because of"}
        assert [kept.key for kept in again.drafts()] == ["link:1"]
        assert again.state_digest() == before
        again.drop_draft("link:1")
        assert again.draft("link:1") is None


def test_search_finds_in_sources_passages_claims_and_rationales(project: Project, version: Version) -> None:
    text = project.text(version.id)
    claim = project.add_claim("The crowns were wasted.")
    start = text.index("4\u00a0200")
    project.link(
        None,
        claim.id,
        version=version.id,
        fragments=[(start, start + 16)],
        stance="supports",
        rationale="Crowns, says page 3.",
    )
    hits = {(hit.kind, hit.field) for hit in project.search("CROWN")}
    assert hits == {("version", "text"), ("passage", "fragments"), ("claim", "text"), ("linkage", "rationale")}
    hit = next(hit for hit in project.search("crowns") if hit.kind == "version")
    assert text[hit.start : hit.end] == "crowns"
    assert project.search('"twice as much"')
    assert not project.search('"much as twice"')
    for hostile in ('"', "NEAR(", "a OR", "*", "col:x", "'; DROP", "-", "^", "\x00", "()"):
        project.search(hostile)
    project.delete(claim.id)
    assert not any(hit.kind in ("claim", "linkage") for hit in project.search("crowns"))


def test_settings_survive_and_a_broken_file_does_no_harm(tmp_path: Path) -> None:
    settings = with_recent(Settings(name="Ada", theme="dark"), Recent(path="/a", at="2025-05-14T00:00:00Z"))
    settings = with_recent(settings, Recent(path="/b", at="2025-05-15T00:00:00Z"))
    settings = with_recent(settings, Recent(path="/a", at="2025-05-16T00:00:00Z"))
    save_settings(settings)
    assert [recent.path for recent in load_settings().recent] == ["/a", "/b"]
    (tmp_path / "settings" / "settings.toml").write_text("name = [", encoding="utf-8")
    assert load_settings() == Settings()


def test_the_sample_case_is_whole(tmp_path: Path) -> None:
    path = build_sample(tmp_path / "sample")
    assert build_sample(tmp_path / "sample") == path
    with annotator.open_project(path) as project:
        assert [person.name for person in project.annotators()] == ["Ines Calder", "Jonas Weld"]
        assert len(project.sources()) == 5
        assert len([claim for claim in project.claims() if claim.parent is None]) >= 3
        rows = project.linkage_rows()
        assert {row.annotator for row in rows} == {"Ines Calder", "Jonas Weld"}
        passages = [row for source in project.source_rows() for row in project.passage_rows(source.versions[-1].id)]
        assert any(len(row.spans) == 2 for row in passages), "one of two fragments"
        assert any(a.start < b.start < a.end for a in passages for b in passages), "some overlap"
        assert project.to_do().unlinked_passages
        assert project.to_do().open_claims
