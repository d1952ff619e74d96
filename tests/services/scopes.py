"""A case of two people with two claims on two sources, of which parts are given away."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import annotator
from annotator.domain.claim import Claim
from annotator.domain.judgement import Linkage
from annotator.domain.note import Note
from annotator.domain.passage import Passage
from annotator.services.project import Project

WALL = "The harbour wall\n\nAn auditor found that the wall cost twice as much.\n"
MILL = "The old mill\n\nOTHER-TEXT: the mill stood empty for nine years.\n"


@dataclass(slots=True)
class Case:
    """Ada’s project after Bo’s work was merged into it."""

    ada: Project
    bo: Project
    wall: Claim
    mill: Claim
    ada_linkage: Linkage
    bo_linkage: Linkage
    note: Note
    secret: Note


def make_case(folder: Path) -> Case:
    """Make the case: Ada judges both claims, Bo the wall, and reviews Ada."""
    ada = annotator.open_project(folder / "ada.annotator", annotator="Ada Lovelace", create=True)
    wall, wall_linkage = _judged(ada, "wall.txt", WALL, "twice as much", "The wall was dear.")
    ada.appear(wall_linkage.passage_ids[0], wall.id, agent=ada.agent("The Auditor").id, role="asserts", voice="own")
    mill, _ = _judged(ada, "mill.txt", MILL, "nine years", "OTHER-CLAIM: the mill was empty.")
    ada.conclude(wall.id, verdict="supported", confidence="low", justification="The auditor says so.")
    note = ada.note(wall.id, "A public remark.")
    secret = ada.note(wall.id, "PRIVATE-WORDS about the mayor.", private=True)
    bo = annotator.open_bundle(
        ada.export("bundle", folder / "start.bundle.zip"), folder / "bo.annotator", annotator="Bo Berg"
    )
    bo_linkage = bo.link(
        wall_linkage.passage_ids[0], wall.id, stance="supports", verdict="supported", confidence="high",
        rationale="Bo has read it.",
    )  # fmt: skip
    bo.review(wall_linkage.id, "accepted", comment="Well seen.")
    ada.merge(ada.plan_merge(bo.export("bundle", folder / "bo.bundle.zip")))
    return Case(ada, bo, wall, mill, wall_linkage, bo_linkage, note, secret)


def _judged(project: Project, name: str, text: str, quote: str, words: str) -> tuple[Claim, Linkage]:
    version = project.import_source((name, f"ORIGINAL-OF-{name}\n\n{text}".replace("\n", "\r\n").encode()))
    start = project.text(version.id).index(quote)
    passage: Passage = project.highlight(version.id, [(start, start + len(quote))])
    claim = project.add_claim(words, claimants=[f"Claimant of {name}"])
    linkage = project.link(
        passage.id, claim.id, stance="supports", verdict="supported", confidence="low", rationale=f"Read {name}."
    )
    return claim, linkage


def contents(bundle: Path) -> bytes:
    """Return the bytes of all members of a bundle, and their names."""
    with zipfile.ZipFile(bundle) as archive:
        return b"\n".join((*map(archive.read, archive.namelist()), *(name.encode() for name in archive.namelist())))


def opened(bundle: Path, name: str = "Cy Cole") -> Project:
    """Open a bundle as a project of its own, as somebody else."""
    return annotator.open_bundle(bundle, bundle.with_name(f"{bundle.stem}.{name[:2]}.annotator"), annotator=name)
