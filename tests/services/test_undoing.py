"""Undo and redo: everything back to the empty project, and forth again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import annotator
from annotator.domain.errors import NothingToUndoError, UndoRefusedError
from annotator.domain.people import Annotator
from annotator.domain.source import Version
from annotator.services.identity import new_id
from annotator.services.project import Project
from annotator.services.settings import FOLDER_VARIABLE


def test_everything_is_undone_and_redone(project: Project) -> None:
    empty = project.state_digest()
    version = project.import_source(("a.txt", b"Some words to mark."))
    passage = project.highlight(version.id, [(0, 4)], note="n")
    claim = project.add_claim("Claim.", claimants=["ACLU"])
    linkage = project.link(passage.id, claim.id, stance="refutes", verdict="refuted", confidence="low")
    project.edit(claim.id, text="Better.")
    project.edit(linkage.id, rationale="Because.")
    project.withdraw(linkage.id, reason="No.")
    project.conclude(claim.id, verdict="refuted")
    project.delete(passage.id)
    full, steps = project.state_digest(), len(project.done)
    changes = project.store.read().history.count()
    for _ in range(steps):
        project.undo()
    assert project.state_digest() == empty
    for _ in range(steps):
        project.redo()
    assert project.state_digest() == full
    assert project.store.read().history.count() == changes + 2 * steps, "history only grows"
    with pytest.raises(NothingToUndoError):
        project.redo()


def test_labels_say_what_is_undone(project: Project) -> None:
    project.add_claim("Claim.")
    assert project.done[-1].label == "Add claim"
    undone, redone = project.undo(), project.redo()
    assert undone is not None
    assert redone is not None
    assert (undone.header.label, redone.header.label) == ("Undo: Add claim", "Redo: Add claim")


def test_a_new_step_ends_what_could_be_redone(project: Project) -> None:
    project.add_claim("One.")
    project.undo()
    project.add_claim("Two.")
    with pytest.raises(NothingToUndoError):
        project.redo()


def test_the_stack_ends_with_the_session(tmp_path: Path, project: Project) -> None:
    project.add_claim("One.")
    project.close()
    with annotator.open_project(tmp_path / "case.annotator", annotator="Ada") as again:
        with pytest.raises(NothingToUndoError):
            again.undo()
        assert again.claims()


def test_undo_refuses_what_somebody_else_has_set_since(project: Project, version: Version) -> None:
    claim = project.add_claim("Mine.")
    project.edit(claim.id, text="Mine, better.")
    _as_other(project).edit(claim.id, text="Theirs.")
    before = project.state_digest()
    with pytest.raises(UndoRefusedError, match="Ben has changed “text”"):
        project.undo()
    assert project.state_digest() == before
    assert len(project.done) == 3, "a refused step stays on the stack"


def test_undo_refuses_to_take_away_what_others_stand_on(project: Project, version: Version) -> None:
    claim = project.add_claim("Mine.")
    passage = project.highlight(version.id, [(0, 3)])
    _as_other(project).link(passage.id, claim.id, stance="supports")
    with pytest.raises(UndoRefusedError, match="Ben"):
        project.undo()


def _as_other(project: Project) -> Project:
    return Project(project.store, Annotator(id=new_id(), name="Ben"))


_STEPS = st.lists(
    st.sampled_from(["claim", "edit", "delete", "highlight", "link", "conclude", "undo", "redo"]), max_size=25
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_any_walk_can_be_walked_back_and_forth(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, steps: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("walk")
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    with annotator.open_project(folder / "p.annotator", annotator="Ada", create=True) as project:
        empty = project.state_digest()
        version = project.type_source("T", "words to walk upon")
        for step in steps:
            _walk(project, version, step)
        full, depth = project.state_digest(), len(project.done)
        for _ in range(depth):
            project.undo()
        assert project.state_digest() == empty
        for _ in range(depth):
            project.redo()
        assert project.state_digest() == full


def _walk(project: Project, version: Version, step: str) -> None:
    claims, alive = project.claims(), bool(project.sources())
    if step == "claim":
        project.add_claim(f"Claim {len(claims)}")
    elif step == "edit" and claims:
        project.edit(claims[-1].id, text=claims[-1].text + "!")
    elif step == "delete" and claims:
        project.delete(claims[0].id)
    elif step == "highlight" and alive:
        project.highlight(version.id, [(0, 5)])
    elif step == "link" and claims and alive:
        project.link(None, claims[-1].id, version=version.id, fragments=[(6, 8)], stance="supports")
    elif step == "conclude" and claims:
        project.conclude(claims[-1].id, verdict="open")
    elif step == "undo" and project.done:
        project.undo()
    elif step == "redo" and project.undone:
        project.redo()
