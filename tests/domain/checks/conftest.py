"""A case on which every check can be tried: two annotators at work on one project, and what came from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.domain.change import Blob, Draft
from annotator.domain.checks.case import Case
from annotator.domain.checks.registry import checks
from annotator.domain.checks.running import findings_of
from annotator.domain.codec import canonical
from annotator.domain.entity import Entity
from annotator.domain.finding import Finding
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.kinds import Annotator, Claim, Source, Version
from annotator.domain.structure import Structure
from annotator.domain.text import text_digest
from annotator.services.identity import new_id
from annotator.services.project import Project
from annotator.services.settings import FOLDER_VARIABLE
from tests.factories import created

REPORT = "The wall holds. Engineers measured it twice in May, and both times it had not moved at all. The council paid."
PAPER = "The council says the wall holds. Nobody else was asked, and the paper prints no figure."


class Scene:
    """Ada and Ben work on one project: a report of the engineers, a paper that repeats things, one claim."""

    def __init__(self, project: Project) -> None:
        self.ada = project
        self.ben = Project(project.store, Annotator(id=new_id(), name="Ben"))
        self.report = self._source("Report", REPORT, "Engineers")
        self.paper = self._source("Paper", PAPER, "The Paper")
        self.claim = project.add_claim("The wall holds.", claimants=["The council"]).id
        self.measured = self.mark(REPORT, "measured it twice in May")
        self.unmoved = self.mark(REPORT, "it had not moved at all")
        self.printed = self.mark(PAPER, "The council says the wall holds.")

    def _source(self, title: str, text: str, publisher: str) -> EntityId:
        """Write down a source as an import does, without waiting for its process."""
        structure = Blob("structure", canonical(Structure()))
        agent = self.ada.agent(publisher)
        source = Source(id=new_id(), title=title, publishers=(agent.id,))
        version = Version(id=new_id(), source_id=source.id, text=text_digest(text), structure=structure.digest)
        self.outside(source, version, blobs=(Blob("text", text.encode()), structure))
        return version.id

    def mark(self, text: str, quote: str) -> EntityId:
        """Highlight words of one of the two sources."""
        start = text.index(quote)
        return self.ada.highlight(self.report if text == REPORT else self.paper, [(start, start + len(quote))]).id

    def link(self, passage: EntityId, stance: str = "supports", *, by: Project | None = None, **judged: Any) -> Linkage:
        """Link a passage to the claim, as Ada unless somebody else does, with a reason unless there is to be none."""
        verdict = {"supports": "supported", "refutes": "refuted"}.get(stance, "not_enough_evidence")
        given = {"verdict": verdict, "confidence": "moderate", "rationale": "It says so.", **judged}
        return (by or self.ada).link(passage, self.claim, stance=stance, **given)

    def conclude(self, verdict: str = "supported", *, by: Project | None = None, **given: Any) -> EntityId:
        """Conclude on the claim and submit it, with a justification unless there is to be none."""
        given = {"justification": "Weighed.", "confidence": "moderate", "stage": "submitted", **given}
        return (by or self.ada).conclude(self.claim, verdict=verdict, **given).id

    def outside(self, *entities: Entity, blobs: tuple[Blob, ...] = ()) -> None:
        """Write entities as they are, as a merge of somebody's bundle does."""
        writes = tuple(map(created, entities))
        draft = Draft(action="test", label="Test", annotator=self.ada.annotator_id, writes=writes, blobs=blobs)
        self.ada.store.commit(lambda _: draft)

    def second_claim(self, text: str = "The wall was built in May.") -> Claim:
        """Add a claim beside the first."""
        return self.ada.add_claim(text)

    def all_found(self) -> tuple[Finding, ...]:
        """Return what all checks find."""
        with self.ada.store.snapshot() as view:
            return findings_of(Case.of(view))

    def found(self, code: str) -> tuple[Finding, ...]:
        """Return what one check finds."""
        with self.ada.store.snapshot() as view:
            return findings_of(Case.of(view), only=[checks()[code]])


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """Return a case with nothing to find fault with."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "settings"))
    with annotator.open_project(tmp_path / "case.annotator", annotator="Ada", create=True) as project:
        yield Scene(project)
