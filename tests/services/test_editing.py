"""Editing, deleting, restoring; the history of anything."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.source import Source, Version
from annotator.services.project import Project


def test_source_details_are_corrected_with_people_by_name(project: Project, version: Version) -> None:
    edited = project.edit(version.source_id, title="The wall", authors=["Lena Marsh"], date_published="2025-05")
    assert isinstance(edited, Source)
    assert edited.title == "The wall"
    assert [agent.name for agent in project.agents()] == ["Lena Marsh"]
    assert project.source_rows()[0].publisher == "Lena Marsh"
    event = project.history(version.source_id)[-1]
    assert event.annotator == "Ada"
    assert ("title", "The harbour wall", "The wall") in event.fields


@pytest.mark.parametrize(
    ("fields", "named"),
    [({"colour": "red"}, "colour"), ({"medium": "smoke"}, "medium"), ({"title": 5}, "title"), ({"id": "x"}, "id")],
)
def test_what_does_not_fit_is_named(project: Project, version: Version, fields: dict[str, object], named: str) -> None:
    with pytest.raises(WrongArgumentError, match=named):
        project.edit(version.source_id, **fields)


def test_captures_and_authorship_are_never_edited(project: Project, version: Version) -> None:
    with pytest.raises(WrongArgumentError, match="sequence"):
        project.edit(version.id, sequence=9)
    claim = project.add_claim("A claim.")
    linkage = project.link(None, claim.id, version=version.id, fragments=[(0, 3)], stance="supports")
    with pytest.raises(WrongArgumentError, match="annotator_id"):
        project.edit(linkage.id, annotator_id=claim.id)
    with pytest.raises(WrongArgumentError, match="refutes"):
        project.edit(linkage.id, stance="dunno")
    assert project.edit(linkage.id, confidence="high").confidence_percent == 90  # type: ignore[attr-defined]


def test_deleting_takes_what_rests_on_it_and_undo_brings_all_back(project: Project, version: Version) -> None:
    claim = project.add_claim("A claim.")
    passage = project.highlight(version.id, [(0, 3)], note="look")
    project.link(passage.id, claim.id, stance="supports")
    project.appear(passage.id, claim.id, agent=None, role="asserts")
    project.conclude(claim.id, verdict="supported")
    before = project.state_digest()
    project.delete(version.source_id)
    assert (project.sources(), project.linkages(), project.appearances(claim.id)) == ((), (), ())
    assert project.claims(), "the claim stands without its evidence"
    with pytest.raises(NotFoundError):
        project.edit(version.source_id, title="gone")
    project.undo()
    assert project.state_digest() == before
    project.delete(claim.id)
    assert (project.claims(), project.linkages()) == ((), ())
    assert project.passages(version.id)
    project.undo()
    assert project.state_digest() == before


def test_an_earlier_state_is_restored(project: Project) -> None:
    claim = project.add_claim("First.")
    first = project.history(claim.id)[-1].change.id
    project.edit(claim.id, text="Second.", location="Port Ansel")
    project.restore(claim.id, first)
    restored = project.claims()[0]
    assert (restored.text, restored.location) == ("First.", "")
    assert [event.change.header.label for event in project.history(claim.id)] == [
        "Add claim",
        "Edit claim",
        "Restore state",
    ]
    with pytest.raises(WrongArgumentError, match="history"):
        project.restore(claim.id, "0" * 64)  # type: ignore[arg-type]
