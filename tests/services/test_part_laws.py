"""Parts as a law: whatever parts people exchange, once everybody has the whole, nothing is lost and all are equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.bundle.scope import BundleScope, Withholding
from annotator.domain import register
from annotator.domain.change import Change, Revision, StoredRevision, revision
from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.register import State
from annotator.services.project import Project
from annotator.services.scoping import selected
from annotator.store.reader import Reader
from tests.services.replicas import (
    ACTS,
    NAMES,
    Act,
    FromProject,
    Oracle,
    Replicas,
    Written,
    act,
    check_closed,
    make_base,
    take,
)

RUNS = 60
PART = "take part"

acts = st.lists(
    st.tuples(
        st.sampled_from((*ACTS, PART, PART, "edit claim", "edit claim", "edit linkage", PART)),
        st.integers(0, len(NAMES) - 1), st.integers(0, 5), st.integers(0, 5),
    ),
    min_size=4,
    max_size=20,
)  # fmt: skip


class FromPart(FromProject):
    """What a bundle of a part of a project would bring."""

    def __init__(self, reader: Reader, scope: BundleScope) -> None:
        super().__init__(reader)
        self._withholding = Withholding(scope, selected(reader, scope), reader.state)

    def changes(self) -> Iterator[tuple[Change, bytes, Iterable[StoredRevision]]]:
        """Yield the changes that stand, with the words of what goes out."""
        for change, header, revisions in super().changes():
            yield change, header, [
                replace(each, body=None) if self._withholding.why(each.kind, each.entity) else each
                for each in revisions
            ]  # fmt: skip


class SeeingOracle(Oracle):
    """Holds that nobody had what was withheld from them."""

    def note(self, project: Project) -> None:
        """Take in what was committed to a copy since it was looked at last."""
        history = project.store.read().history
        standing: set[ChangeId] = set()
        hidden: set[tuple[EntityId, ChangeId]] = set()
        for change, _ in history.changes(standing=True):
            stored = list(history.revisions_of_change(change.id))
            if change.id not in self.known:
                self.known.add(change.id)
                for each in stored:
                    had = frozenset(had for had in standing if (each.entity, had) not in hidden)
                    made = revision(each.entity, each.kind, change.id, (), each.body)
                    self.written += [
                        Written(each.entity, name, list(values), change.id, had) for name, values in made.writes()
                    ]
            hidden |= {(each.entity, change.id) for each in stored if each.body is None}
            standing.add(change.id)


def scope_of(project: Project, number: int) -> BundleScope:
    claims = sorted(claim.id for claim in project.claims())
    chosen = claims[number % len(claims)] if claims else None
    if number % 3 == 0 or chosen is None:
        return BundleScope(names=False, notes=False)
    return BundleScope(claims=(chosen,), names=number % 2 == 0)


def do(replicas: Replicas, what: str, who: int, one: int, two: int) -> None:
    if what != PART:
        act(replicas, what, who, one, two)
        return
    project, other = replicas.projects[who], replicas.projects[one % len(NAMES)]
    with suppress(AnnotatorError):
        take(project, other, FromPart(other.store.read(), scope_of(other, two)))
    replicas.oracle.note(project)
    check_closed(project)


def settle_all_exchanges(replicas: Replicas) -> None:
    one, two, three = replicas.projects[: len(NAMES)]
    late = replicas.copy(2, "late")
    for other in (two, three):
        take(one, other)
    for other in (one, two):
        take(late, other)
    gathered = one.state_digest()
    assert late.state_digest() == gathered, "the order of parts and wholes matters"
    for other in (two, three):
        take(other, one)
        assert other.state_digest() == gathered, "after gathering and spreading not all are equal"
    assert replicas.oracle.lost(one) == [], "something that was recorded is lost"
    assert one.verify().withheld == 0


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Replicas]:
    folder = tmp_path_factory.mktemp("parts")
    base = make_base(folder)
    numbers = count()

    def make() -> Replicas:
        replicas = Replicas(base, folder / str(next(numbers)))
        replicas.oracle = SeeingOracle()
        return replicas

    return make


def run(fresh: Callable[[], Replicas], acts: list[Act]) -> None:
    replicas = fresh()
    try:
        for each in acts:
            do(replicas, *each)
        settle_all_exchanges(replicas)
    finally:
        replicas.close()


@settings(max_examples=RUNS, suppress_health_check=list(HealthCheck))
@given(acts)
def test_parts_in_any_order_and_then_the_whole_are_the_whole(fresh: Callable[[], Replicas], acts: list[Act]) -> None:
    run(fresh, acts)


def test_the_law_fails_where_what_was_withheld_counts_as_seen(
    fresh: Callable[[], Replicas], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plant the fault that an edit builds on words which its author cannot have read."""
    fold = register.fold

    def seen_unread(revisions: list[Revision]) -> State:
        state = fold(revisions)
        return replace(state, heads=fold([replace(each, fields=each.fields or {}) for each in revisions]).heads)

    apart: list[Act] = [("edit claim", 0, 0, 0), (PART, 1, 0, 1), ("edit claim", 1, 0, 1)]
    run(fresh, apart)
    monkeypatch.setattr("annotator.store.commit.fold", seen_unread)
    with pytest.raises(AssertionError, match="something that was recorded is lost"):
        run(fresh, apart)
