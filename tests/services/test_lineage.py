"""What a change names as its parents once others' work has come in: its own chain, and what it builds on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from annotator.domain.ids import ChangeId
from annotator.services.project import Project
from tests.services.replicas import Replicas, make_base, take


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Project, Project]]:
    """Return two copies of a project in two hands."""
    with ExitStack() as stack:
        replicas = Replicas(make_base(tmp_path), tmp_path / "copies", ("Ada", "Bo"))
        stack.callback(replicas.close)
        one, two = replicas.projects
        yield one, two


def _newest(project: Project) -> tuple[ChangeId, tuple[ChangeId, ...]]:
    change = project.changes(limit=1)[0].change
    return change.id, change.header.parents


def test_what_has_nothing_to_do_with_a_merge_names_only_the_own_chain(pair: tuple[Project, Project]) -> None:
    ada, bo = pair
    ada.add_claim("Mine.")
    own, _ = _newest(ada)
    bo.add_claim("Theirs.")
    take(ada, bo)
    ada.add_claim("Mine again.")
    assert _newest(ada)[1] == (own,)


def test_what_builds_on_a_merge_names_what_it_builds_on_once(pair: tuple[Project, Project]) -> None:
    ada, bo = pair
    ada.add_claim("Mine.")
    own, _ = _newest(ada)
    theirs = bo.add_claim("Theirs.")
    made, _ = _newest(bo)
    bo.add_claim("Theirs too.")
    take(ada, bo)
    ada.edit(theirs.id, text="Theirs, better.")
    better, parents = _newest(ada)
    assert parents == tuple(sorted((own, made)))
    ada.edit(theirs.id, text="Theirs, best.")
    assert _newest(ada)[1] == (better,)


def test_a_reference_builds_on_what_it_names(pair: tuple[Project, Project]) -> None:
    ada, bo = pair
    theirs = bo.add_claim("Theirs.")
    made, _ = _newest(bo)
    take(ada, bo)
    ada.note(theirs.id, "Ask again.")
    assert made in _newest(ada)[1]


def test_what_names_very_much_names_all_that_stands_instead(
    pair: tuple[Project, Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.lineage._NAMED_AT_MOST", 1)
    ada, bo = pair
    claims = [bo.add_claim(f"Claim {number}.") for number in range(3)]
    take(ada, bo)
    newest, _ = _newest(bo)
    passage = ada.passages(ada.versions(ada.sources()[0].id)[0].id)[0]
    ada.link_many([{"passage": passage.id, "claim": claim.id, "stance": "supports"} for claim in claims])
    assert newest in _newest(ada)[1]
    ada.verify()
