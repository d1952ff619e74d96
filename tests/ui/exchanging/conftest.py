"""A colleague: a project of their own made of a bundle, worked on apart, given back as a bundle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.services.project import Project, open_bundle, open_project
from tests.ui.whole import ME

COLLEAGUE = "Jonas Weld"
OUR_WORDS = "No source says that bills rose. The auditor counted them all, and found less."
THEIR_WORDS = "The auditor says that bills rose, but counted a part of them only (annex C)."


@pytest.fixture
def apart(case_path: Path, tmp_path: Path) -> Callable[[Callable[[Project], object], Callable[[Project], object]], Path]:
    """Return what lets a colleague and us work apart on the case: theirs comes back as the path of a bundle."""

    def work(theirs: Callable[[Project], object], ours: Callable[[Project], object]) -> Path:
        return work_apart(case_path, tmp_path, theirs, ours)

    return work


def work_apart(
    case: Path, folder: Path, theirs: Callable[[Project], object], ours: Callable[[Project], object]
) -> Path:
    """Give the case away as a bundle, change both copies, and return the colleague’s bundle."""
    given, back = folder / "given.bundle.zip", folder / "northside-21-may.bundle.zip"
    with open_project(case, annotator=ME) as project:
        project.export("bundle", given)
    with open_bundle(given, folder / "theirs.annotator", annotator=COLLEAGUE) as project:
        theirs(project)
        project.export("bundle", back)
    with open_project(case, annotator=ME) as project:
        ours(project)
    return back


def concluded_by_them(project: Project) -> None:
    """Conclude otherwise, add a claim and a source, remove the linkage."""
    claim = project.claims()[0]
    conclusion = project.conclusions(claim.id)[0]
    project.edit(
        conclusion.id, verdict="conflicting_evidence", justification=THEIR_WORDS, flags=("missing_context",)
    )
    project.delete(project.linkages()[0].id)
    version = project.type_source("A letter from the utility", "We never sold a reading to anybody, the utility writes.")
    passage = project.highlight(version.id, [(0, 34)])
    project.link_to_new_claim(passage.id, "The utility sold no readings.", stance="supports", verdict="supported")
    project.add_claim("The meters were paid for by the county.")


def concluded_by_us(project: Project) -> None:
    """Conclude in our own way, and correct the linkage."""
    claim = project.claims()[0]
    conclusion = project.conclusions(claim.id)[0]
    project.edit(conclusion.id, verdict="not_enough_evidence", justification=OUR_WORDS)
    project.edit(project.linkages()[0].id, rationale="A full count, by the letter.")
