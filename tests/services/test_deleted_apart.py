"""Two people work apart, one deletes what the other works on: nothing is lost sight of, and all of it can be brought back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import annotator
from annotator.domain.change import DELETED
from annotator.domain.finding import Finding
from annotator.domain.ids import ChangeId, EntityId
from annotator.services.project import Project

TEXT = "The wall holds, the mayor says. Engineers measured it twice in May. It had not moved."
FORMATS = {"html": ".html", "csv": ".csv", "webannotation": ".json", "claimreview": ".json", "bundle": ".bundle.zip"}


class Pair:
    """Ada’s project, and Bo’s, made of Ada’s bundle."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self.ada = stack.enter_context(annotator.open_project(folder / "ada.annotator", annotator="Ada", create=True))
        self.version = self.ada.type_source("Report", TEXT)
        self.said, self.measured, self.asked = (
            self.ada.highlight(self.version.id, [span]).id for span in ((0, 14), (32, 50), (16, 25))
        )
        judged = {"stance": "supports", "verdict": "supported", "rationale": "So it says."}
        linkage = self.ada.link_to_new_claim(self.said, "The wall holds.", **judged)
        self.linkage, self.claim = linkage.id, linkage.claim_id
        self.bo = stack.enter_context(
            annotator.open_bundle(self.bundle(self.ada), folder / "bo.annotator", annotator="Bo")
        )

    def bundle(self, project: Project) -> Path:
        """Return a bundle of a project as it stands."""
        return project.export("bundle", self._folder / f"{project.name}-{len(list(self._folder.iterdir()))}.bundle.zip")

    def merged(self) -> Project:
        """Merge what Bo has into Ada’s project and return that."""
        self.ada.merge(self.ada.plan_merge(self.bundle(self.bo)))
        return self.ada

    def delete(self, what: str) -> None:
        """Let Ada delete one of ``DELETIONS``."""
        for id_ in DELETIONS[what](self):
            self.ada.delete(id_)

    def work(self) -> set[EntityId]:
        """Let Bo work on everything there is, and return what that made."""
        bo = self.bo
        marked = bo.highlight(self.version.id, [(51, 66)]).id
        return {
            marked,
            bo.link(marked, self.claim, stance="supports", verdict="supported", rationale="In May.").id,
            bo.conclude(self.claim, verdict="supported", confidence="low", justification="Weighed.").id,
            bo.appear(self.measured, self.claim, agent=None, agent_name="The mayor", role="asserts").id,
            bo.note(self.claim, "Look here.").id,
            bo.note(self.asked, "And here.").id,
            bo.review(self.linkage, "accepted").id,
        }


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Return two people who have the same project."""
    with ExitStack() as stack:
        yield Pair(tmp_path, stack)


def orphans(project: Project) -> dict[EntityId, Finding]:
    return {each.entity_id: each for each in project.findings() if each.code == "stands-on-deleted"}


def last_living_state(project: Project, id_: EntityId) -> ChangeId:
    """Return the change before that which deleted something, as the history shows it."""
    events = project.history(id_)
    at = next(n for n, event in enumerate(events) if any(name == DELETED for name, _, _ in event.fields))
    return events[at - 1].change.id


def restore_all(project: Project) -> int:
    """Do what each finding advises until there is none; return how often that was."""
    for done in range(20):
        found = orphans(project)
        if not found:
            return done
        gone = next(iter(found.values())).others[0]
        project.restore(gone, last_living_state(project, gone))
    raise AssertionError("it never ends")


DELETIONS: dict[str, Callable[[Pair], Iterable[EntityId]]] = {
    "claim": lambda pair: [pair.claim],
    "source": lambda pair: [pair.version.source_id],
    "passages": lambda pair: [pair.said, pair.measured, pair.asked],
    "everything": lambda pair: [pair.claim, pair.version.source_id],
}
FOUND = {
    "claim": {"linkage", "conclusion", "appearance", "note", "review"},
    "source": {"passage", "appearance", "note", "review"},
    "passages": {"appearance", "note", "review"},
    "everything": {"passage", "linkage", "conclusion", "appearance", "note", "review"},
}


@pytest.mark.parametrize("deleted", DELETIONS)
def test_work_on_what_was_deleted_is_found_and_brought_back(pair: Pair, deleted: str) -> None:
    made = pair.work()
    pair.delete(deleted)
    project = pair.merged()
    assert project.conflicts() == (), "no field has two values: only the check can tell"
    found = orphans(project)
    assert {each.kind for each in found.values()} == FOUND[deleted]
    assert found.keys() <= made
    assert all("that Ada deleted" in each.message and " by Bo " in each.message for each in found.values())
    assert restore_all(project) > 0
    assert orphans(project) == {}
    claim = project.claims()[0]
    assert claim.text == "The wall holds."
    assert [each.annotator_id for each in project.conclusions(claim.id)] == [pair.bo.annotator_id]
    [linked] = [each for each in project.linkages(claim.id) if each.annotator_id == pair.bo.annotator_id]
    assert set(linked.passage_ids) <= {each.id for each in project.passages(pair.version.id)}
    again = annotator.open_bundle(pair.bundle(project), project.path.with_name("cy.annotator"), annotator="Cy")
    with again:
        assert again.state_digest() == project.state_digest()
        assert orphans(again) == {}


def test_what_comes_back_brings_what_it_stands_on(pair: Pair) -> None:
    linkage = pair.linkage
    before = pair.ada.history(linkage)[-1].change.id
    pair.ada.delete(pair.claim)
    pair.ada.delete(pair.version.source_id)
    pair.ada.restore(linkage, before)
    assert [each.id for each in pair.ada.linkages(pair.claim)] == [linkage]
    assert [each.id for each in pair.ada.passages(pair.version.id)] == [pair.said], "the others were not asked for"
    assert [each.title for each in pair.ada.sources()] == ["Report"]
    assert orphans(pair.ada) == {}
    pair.ada.undo()
    assert (pair.ada.sources(), pair.ada.claims(), pair.ada.linkages()) == ((), (), ())
    pair.ada.redo()
    assert pair.ada.linkages(pair.claim)[0].id == linkage


@pytest.mark.parametrize("deleted", DELETIONS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_be_exported(pair: Pair, deleted: str, form: str, tmp_path: Path) -> None:
    pair.work()
    pair.delete(deleted)
    project = pair.merged()
    out = project.export(form, tmp_path / f"out{FORMATS[form]}")
    match form:
        case "html":
            page = out.read_text(encoding="utf-8")
            assert page.count("Stands on something deleted") == len(orphans(project))
        case "csv":
            with out.open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
            assert {row["linkage_id"] for row in rows} == {each.id for each in project.linkages()}
        case "bundle":
            annotator.verify_bundle(out)
            with annotator.open_bundle(out, tmp_path / "cy.annotator", annotator="Cy") as again:
                assert orphans(again).keys() == orphans(project).keys()
        case _:
            json.loads(out.read_text(encoding="utf-8"))
