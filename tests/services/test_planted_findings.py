"""The sample case with one planted instance of each check: that one is found, and nothing besides."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from annotator.domain.change import Draft
from annotator.domain.checks.registry import checks
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.passage import Fragment, Passage
from annotator.domain.source import Version
from annotator.services.base import created
from annotator.services.identity import new_id
from annotator.services.project import open_as
from annotator.services.sample import build_sample

MISSING = "stands-on-deleted"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("sample"))


class Desk:
    """A copy of the sample in the hands of Zoe, and of Yan after her, with a claim of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.project = open_as(path, "Zoe", new_id)
        self.claim = self.project.add_claim("The meters were fitted in a week.").id
        sources = self.project.sources()[:2]
        self.versions = [self.project.versions(source.id)[-1].id for source in sources]

    def become(self, name: str) -> None:
        """Let somebody else go on."""
        self.project.close()
        self.project = open_as(self._path, name, new_id)

    def alter(self) -> None:
        """Alter one letter of an original while the project is closed, as a broken disk or a stranger might."""
        self.project.close()
        with closing(dbapi2.connect(str(self._path))) as file:
            file.execute(
                "UPDATE blob SET data = CAST(replace(data, 'Port Ansel Water', 'Port Ansel Wafer') AS BLOB) "
                "WHERE n = (SELECT min(n) FROM blob WHERE kind = 'original' AND instr(data, 'Port Ansel Water') > 0)"
            )
            file.commit()
        self.project = open_as(self._path, "Zoe", new_id)

    def mark(self, version: int = 0, start: int = 0) -> EntityId:
        """Highlight some words that nobody has marked alike."""
        return self.project.highlight(self.versions[version], [(start, start + 23)]).id

    def link(self, passage: EntityId, stance: str = "supports", verdict: str = "supported") -> Linkage:
        """Link a passage to the claim, with all that a linkage wants."""
        return self.project.link(
            passage, self.claim, stance=stance, verdict=verdict, confidence="moderate", rationale="It says so."
        )

    def conclude(self, verdict: str) -> None:
        """Conclude on the claim and answer for it."""
        self.project.conclude(
            self.claim, verdict=verdict, confidence="moderate", justification="Weighed.", stage="submitted"
        )

    def outside(self, entity: Passage | Linkage) -> None:
        """Write what no job of the program would: as a stranger's program might."""
        draft = Draft(action="x", label="X", annotator=self.project.annotator_id, writes=(created(entity),))
        self.project.store.commit(lambda _: draft)


def _quote_mismatch(desk: Desk) -> None:
    passage = desk.project.entity(desk.mark())
    assert isinstance(passage, Passage)
    wrong = Fragment(start=5, end=20, quote="never stood here")
    desk.outside(replace(passage, id=new_id(), fragments=(wrong,)))


def _missing_rationale(desk: Desk) -> None:
    desk.project.link(desk.mark(), desk.claim, stance="supports", verdict="supported", confidence="moderate")


def _common_origin(desk: Desk) -> None:
    first, second = desk.mark(0), desk.mark(1)
    root = desk.project.appear(first, desk.claim, agent=desk.project.agent("A fitter").id, role="asserts")
    desk.project.appear(
        second, desk.claim, agent=desk.project.agent("A neighbour").id, role="repeats", derived_from=root.id
    )
    desk.link(first)
    desk.link(second)


def _circular_sourcing(desk: Desk) -> None:
    desk.project.edit(desk.claim, claimants=["A fitter"])
    passage = desk.mark()
    desk.project.appear(passage, desk.claim, agent=desk.project.agent("A fitter").id, role="asserts")
    desk.link(passage)


def _disagreement(desk: Desk) -> None:
    passage = desk.mark()
    desk.link(passage)
    desk.become("Yan")
    desk.link(passage, "refutes", "refuted")


def _duplicate_linkage(desk: Desk) -> None:
    passage = desk.mark()
    desk.link(passage)
    desk.link(passage)


def _single_source(desk: Desk) -> None:
    desk.link(desk.mark())
    desk.conclude("supported")


def _conclusion_stale(desk: Desk) -> None:
    desk.link(desk.mark(0))
    desk.conclude("not_enough_evidence")
    desk.link(desk.mark(1))


def _scale_mismatch(desk: Desk) -> None:
    desk.outside(replace(desk.link(desk.mark()), id=new_id(), passage_ids=(desk.mark(1),), verdict="perhaps"))


def _passage_changed(desk: Desk) -> None:
    desk.link(desk.mark())
    old = desk.project.entity(desk.versions[0])
    assert isinstance(old, Version)
    text = desk.project.text(old.id)
    desk.project.add_version(old.source_id, ("corrected.txt", ("Not so: " + text[9:]).encode()))


def _passage_unsought(desk: Desk) -> None:
    old = desk.project.entity(desk.versions[0])
    assert isinstance(old, Version)
    more = desk.project.text(old.id) + "\nThis was corrected in May."
    desk.project.add_version(old.source_id, ("corrected.txt", more.encode()))
    desk.link(desk.mark())


PLANTED: dict[str, Callable[[Desk], object]] = {
    "quote-mismatch": _quote_mismatch,
    "verdict-without-evidence": lambda desk: desk.conclude("supported"),
    "missing-rationale": _missing_rationale,
    "inconsistent-linkage": lambda desk: desk.link(desk.mark(), "supports", "refuted"),
    "single-source": _single_source,
    "common-origin": _common_origin,
    "circular-sourcing": _circular_sourcing,
    "disagreement": _disagreement,
    "duplicate-linkage": _duplicate_linkage,
    "self-review": lambda desk: desk.project.review(desk.link(desk.mark()).id, "accepted"),
    "conclusion-stale": _conclusion_stale,
    "scale-mismatch": _scale_mismatch,
    "passage-changed": _passage_changed,
    "passage-unsought": _passage_unsought,
    "original-altered": lambda desk: desk.alter(),
}


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(Path(shutil.copy(sample, tmp_path)))
    yield made
    made.project.close()


def test_each_check_but_the_one_that_needs_two_copies_is_planted() -> None:
    assert {*PLANTED, MISSING} == set(checks())


@pytest.mark.parametrize("code", PLANTED)
def test_the_planted_one_is_found_and_nothing_besides(desk: Desk, code: str) -> None:
    before = {finding.key for finding in desk.project.findings()}
    PLANTED[code](desk)
    found = [finding for finding in desk.project.findings() if finding.key not in before]
    assert [finding.code for finding in found] == [code]
    assert before == {finding.key for finding in desk.project.findings()} - {found[0].key}
