"""Merging as a law: whatever three people do apart, in whatever order they exchange it, nothing is lost and all end up equal."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.services.project import Project
from tests.services.replicas import ACTS, NAMES, Act, Replicas, act, make_base, take

RUNS = 500
LONGEST = 24

_often = ("edit claim", "edit linkage", "merge", "edit claim", "edit linkage", "delete", "settle")
acts = st.lists(
    st.tuples(st.sampled_from(ACTS + _often), st.integers(0, len(NAMES) - 1), st.integers(0, 5), st.integers(0, 5)),
    min_size=4,
    max_size=LONGEST,
)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Replicas]:
    folder = tmp_path_factory.mktemp("laws")
    base = make_base(folder)
    numbers = count()
    return lambda: Replicas(base, folder / str(next(numbers)))


@settings(max_examples=RUNS, suppress_health_check=list(HealthCheck))
@given(acts)
def test_the_laws_hold_and_nothing_is_lost(fresh: Callable[[], Replicas], acts: list[Act]) -> None:
    replicas = fresh()
    try:
        for each in acts:
            act(replicas, *each)
        _check(replicas)
    finally:
        replicas.close()


def _check(replicas: Replicas) -> None:
    one, two, three = replicas.projects
    others = [replicas.copy(0, "order"), replicas.copy(1, "group"), replicas.copy(0, "late")]
    order, group, late = others
    take(one, two)
    take(one, three)
    gathered = one.state_digest()
    assert take(one, two) == take(one, three) == 0, "merging twice brings something"
    assert one.state_digest() == gathered, "merging twice changes something"
    take(order, three)
    take(order, two)
    assert order.state_digest() == gathered, "the order of merging matters"
    take(group, three)
    take(late, group)
    assert late.state_digest() == gathered, "the grouping of merges matters"
    for other in (two, three):
        take(other, one)
        assert other.state_digest() == gathered, "after gathering and spreading not all are equal"
    assert replicas.oracle.lost(one) == [], "something that was recorded is lost"
    one.verify()


def _keep_the_newest(project: Project) -> None:
    """Do what a merge by clock does: of the values that stand keep the one that was written last."""
    for conflict in project.conflicts():
        newest = max(conflict.sides, key=lambda side: side.at)
        project.settle(conflict.entity_id, conflict.field, newest.value)


def test_the_oracle_counts_what_a_merge_by_clock_loses(fresh: Callable[[], Replicas]) -> None:
    replicas = fresh()
    try:
        one, two, _ = replicas.projects
        for who in (0, 1):
            act(replicas, "edit claim", who, 0, who)
            act(replicas, "edit linkage", who, 0, 3 * who)
        act(replicas, "delete", 0, 1, 1)
        act(replicas, "edit linkage", 1, 1, 0)
        take(one, two)
        assert replicas.oracle.lost(one) == []
        _keep_the_newest(one)
        assert len(replicas.oracle.lost(one)) == 3
    finally:
        replicas.close()


def test_the_oracle_fails_against_a_planted_merge_by_clock(fresh: Callable[[], Replicas]) -> None:
    """Run as the law is run, with a fault planted in the merge: the newest value wins, silently."""

    @settings(max_examples=RUNS, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate])
    @given(acts)
    def law(acts: list[Act]) -> None:
        replicas = fresh()
        try:
            for each in acts:
                act(replicas, *each)
            one, two, three = replicas.projects
            for other in (two, three):
                take(one, other)
                _keep_the_newest(one)
            assert replicas.oracle.lost(one) == []
        finally:
            replicas.close()

    with pytest.raises(AssertionError):
        law()
