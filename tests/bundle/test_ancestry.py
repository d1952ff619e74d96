"""What builds on what, held against sets of all ancestors."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.bundle.ancestry import Ancestry
from annotator.domain.ids import EntityId

ENOUGH = 1_000_000

changes = st.lists(
    st.tuples(st.lists(st.integers(0, 30), max_size=3), st.sampled_from(("Ada", "Bo", "Cy"))), min_size=1, max_size=30
)


@given(changes)
def test_it_tells_what_sets_of_ancestors_tell(changes: list[tuple[list[int], str]]) -> None:
    ancestry = Ancestry(ENOUGH)
    ancestors: list[set[int]] = []
    for number, (wanted, maker) in enumerate(changes):
        parents = sorted({number - 1 - each for each in wanted if each < number})
        ancestry.add(parents, EntityId(maker))
        ancestors.append({*parents}.union(*(ancestors[each] for each in parents)))
    for change, below in enumerate(ancestors):
        told = {other for other in range(len(changes)) if ancestry.builds_on(change, other)}
        assert told == below


def test_one_persons_work_takes_one_step_a_change() -> None:
    ancestry = Ancestry(1000)
    for number in range(1000):
        ancestry.add([number - 1] if number else [], EntityId("Ada"))
    assert ancestry.builds_on(999, 0)
    assert not ancestry.builds_on(0, 999)
    with pytest.raises(ValueError, match="more ways than this program follows"):
        ancestry.add([999, 998], EntityId("Ada"))
