"""What concurrent writes add up to: nothing written is lost, and the order of arrival does not matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.change import DELETED, Revision
from annotator.domain.codec import Json
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.register import base, before, differences, fold, writers

ENTITY = EntityId("entity")
NOT_SET = object()


def revision(change: str, parents: str = "", **fields: Json) -> Revision:
    """Return a revision; ``parents`` are the letters of the changes that its author had seen as newest."""
    return Revision(ENTITY, "claim", ChangeId(change), tuple(map(ChangeId, parents)), fields)


def withheld(change: str, parents: str = "") -> Revision:
    return Revision(ENTITY, "claim", ChangeId(change), tuple(map(ChangeId, parents)), None)


# -- by hand


def test_later_writes_replace_earlier_ones_field_by_field() -> None:
    state = fold([revision("a", text="1", place="x"), revision("b", "a", text="2")])
    assert (state.fields, state.conflicts, state.heads) == ({"text": "2", "place": "x"}, {}, ("b",))


def test_concurrent_writes_of_one_field_are_a_conflict_and_both_stand() -> None:
    state = fold([revision("a", text="1"), revision("b", "a", text="3"), revision("c", "a", text="2")])
    assert state.fields["text"] == "2"
    assert [(s.value, s.changes) for s in state.conflicts["text"]] == [("2", ("c",)), ("3", ("b",))]
    assert state.heads == ("b", "c")


def test_the_same_value_written_twice_is_no_conflict() -> None:
    state = fold([revision("a", text="1"), revision("b", "a", text="2"), revision("c", "a", text="2")])
    assert (state.fields["text"], state.conflicts) == ("2", {})


def test_concurrent_writes_of_two_fields_are_no_conflict() -> None:
    state = fold([revision("a", text="1"), revision("b", "a", text="2"), revision("c", "a", place="y")])
    assert (state.fields, state.conflicts) == ({"text": "2", "place": "y"}, {})


def test_a_write_that_has_seen_both_settles_them() -> None:
    both = [revision("a", text="1"), revision("b", "a", text="2"), revision("c", "a", text="3")]
    state = fold([*both, revision("d", "bc", text="3")])
    assert (state.fields["text"], state.conflicts, state.heads) == ("3", {}, ("d",))


def test_a_write_that_has_seen_one_of_two_leaves_the_other_standing() -> None:
    both = [revision("a", text="1"), revision("b", "a", text="2"), revision("c", "a", text="3")]
    state = fold([*both, revision("d", "b", text="4")])
    assert [s.value for s in state.conflicts["text"]] == ["3", "4"]


def test_deleting_and_bringing_back() -> None:
    made = revision("a", text="1")
    gone = revision("b", "a", deleted=True)
    assert fold([made, gone]).deleted
    assert not fold([made, gone, revision("c", "b", deleted=False)]).deleted
    assert DELETED not in fold([made, gone]).fields


def test_a_deletion_beside_an_edit_is_a_conflict_and_the_entity_stays() -> None:
    state = fold([revision("a", text="1"), revision("b", "a", deleted=True), revision("c", "a", text="2")])
    assert not state.deleted
    assert state.fields["text"] == "2"
    assert [(s.value, s.changes) for s in state.conflicts[DELETED]] == [(False, ("c",)), (True, ("b",))]


def test_two_deletions_are_one() -> None:
    state = fold([revision("a", text="1"), revision("b", "a", deleted=True), revision("c", "a", deleted=True)])
    assert (state.deleted, state.conflicts) == (True, {})


def test_a_deletion_that_has_seen_the_edit_stands_alone() -> None:
    state = fold([revision("a", text="1"), revision("b", "a", text="2"), revision("c", "b", deleted=True)])
    assert (state.deleted, state.conflicts) == (True, {})


def test_bringing_back_beside_a_deletion_is_a_conflict() -> None:
    first = [revision("a", text="1"), revision("b", "a", deleted=True)]
    state = fold([*first, revision("c", "b", deleted=False), revision("d", "b", deleted=True)])
    assert not state.deleted
    assert {s.value for s in state.conflicts[DELETED]} == {True, False}


def test_a_contested_deletion_can_be_settled_either_way() -> None:
    contested = [revision("a", text="1"), revision("b", "a", deleted=True), revision("c", "a", text="2")]
    assert fold([*contested, revision("d", "bc", deleted=True)]).deleted
    kept = fold([*contested, revision("d", "bc", deleted=False)])
    assert (kept.deleted, kept.conflicts) == (False, {})


def test_a_withheld_revision_counts_as_seen_but_sets_nothing_that_is_known() -> None:
    state = fold([revision("a", text="1"), withheld("b", "a"), revision("c", "b", place="x")])
    assert (state.fields, state.heads) == ({"text": "1", "place": "x"}, ("c",))
    assert fold([withheld("a")]).fields == {}


def test_parents_that_are_not_here_are_passed_over() -> None:
    assert fold([revision("b", "a", text="1")]).fields == {"text": "1"}


def test_not_set_is_a_value_like_any_other() -> None:
    state = fold([revision("a", place="x"), revision("b", "a", place=None), revision("c", "a", place="y")])
    assert [s.value for s in state.conflicts["place"]] == ["y", None]


def test_who_wrote_what_stands_and_what_was_before() -> None:
    history = [
        revision("a", text="1"),
        revision("b", "a", place="x"),
        revision("c", "a", text="2"),
        revision("d", "bc"),
    ]
    assert [r.change for r in writers(history, "text")] == ["c"]
    assert writers(history, "date") == ()
    assert [r.change for r in before(history, ChangeId("c"))] == ["a"]
    assert [r.change for r in before(history, ChangeId("d"))] == ["a", "b", "c"]


def test_differences_name_fields_in_order() -> None:
    assert [*differences({"b": 1, "a": 2}, {"a": 2, "c": 3})] == [("b", 1, None), ("c", None, 3)]


MADE_APART = [
    Revision(ENTITY, "anchor", ChangeId("a"), (), {"state": "changed"}),
    Revision(ENTITY, "anchor", ChangeId("b"), (ChangeId("a"),), {DELETED: True}),
    Revision(ENTITY, "anchor", ChangeId("c"), (), {"state": "changed"}),
]
"""An anchor that one person made and took back, and that another made apart from them."""


def test_taking_back_what_somebody_else_made_too_leaves_theirs() -> None:
    state = fold(MADE_APART)
    assert (state.deleted, state.conflicts, state.fields) == (False, {}, {"state": "changed"})
    settled = Revision(ENTITY, "anchor", ChangeId("d"), (ChangeId("c"),), {"decision": "accepted"})
    assert fold([*MADE_APART, settled]).conflicts == {}


def test_what_both_took_back_is_gone() -> None:
    theirs = Revision(ENTITY, "anchor", ChangeId("d"), (ChangeId("c"),), {DELETED: True})
    assert fold([*MADE_APART, theirs]).deleted
    assert fold([*MADE_APART, Revision(ENTITY, "anchor", ChangeId("e"), tuple("bc"), {DELETED: True})]).deleted  # type: ignore[arg-type]


# -- laws


def reopened(change: str, parents: str, **fields: Sequence[Json]) -> Revision:
    return Revision(ENTITY, "claim", ChangeId(change), tuple(map(ChangeId, parents)), {}, fields)


def test_a_settlement_that_is_undone_leaves_both_values_standing_again() -> None:
    both = [revision("a", text="1"), revision("b", "a", text="2"), revision("c", "a", text="3")]
    undone = [*both, revision("d", "bc", text="3"), reopened("e", "d", text=("2", "3"))]
    state = fold(undone)
    assert [(s.value, s.changes) for s in state.conflicts["text"]] == [("2", ("e",)), ("3", ("e",))]
    settled = fold([*undone, revision("f", "e", text="2")])
    assert (settled.fields["text"], settled.conflicts) == ("2", {})


def test_a_deletion_beside_an_edit_can_be_opened_again() -> None:
    both = [revision("a", text="1"), revision("b", "a", text="2"), revision("c", "a", deleted=True)]
    gone = [*both, revision("d", "bc", deleted=True)]
    assert fold(gone).deleted
    state = fold([*gone, reopened("e", "d", deleted=(False, True))])
    assert (state.deleted, [s.value for s in state.conflicts[DELETED]]) == (False, [False, True])


def test_the_base_is_what_all_sides_had_seen() -> None:
    line = [revision("a", text="1"), revision("b", "a", text="2")]
    sides = [revision("c", "b", text="3"), revision("d", "b", text="4"), revision("e", "d", text="5")]
    revisions = [*line, *sides]
    assert [r.change for r in base(revisions, [ChangeId("c"), ChangeId("e")])] == ["a", "b"]
    assert [r.change for r in base(revisions, [ChangeId("e")])] == ["a", "b", "d"]


@dataclass(frozen=True)
class History:
    """Revisions, parents first, and for each the set of those it had seen."""

    revisions: tuple[Revision, ...]
    seen: Mapping[ChangeId, frozenset[ChangeId]]


@st.composite
def histories(draw: st.DrawFn, most: int = 8) -> History:
    """Draw a history: each revision had seen some earlier ones and with them all that those had seen."""
    revisions: list[Revision] = []
    seen: dict[ChangeId, frozenset[ChangeId]] = {}
    for index in range(draw(st.integers(1, most))):
        change = ChangeId(f"{index:02}")
        chosen = draw(st.sets(st.sampled_from([r.change for r in revisions]))) if revisions else set()
        below = frozenset().union(*(seen[each] for each in chosen)) if chosen else frozenset()
        parents = tuple(sorted(chosen - below))
        values = {"text": st.integers(0, 2), "place": st.integers(0, 2) | st.none(), DELETED: st.booleans()}
        fields = draw(st.fixed_dictionaries({}, optional=values))
        revisions.append(Revision(ENTITY, "claim", change, parents, fields))
        seen[change] = below | chosen
    return History(tuple(revisions), seen)


def _linear_extension(draw: st.DrawFn, history: History) -> list[Revision]:
    left, order = list(history.revisions), list[Revision]()
    while left:
        done = {revision.change for revision in order}
        ready = [revision for revision in left if history.seen[revision.change] <= done]
        order.append(draw(st.sampled_from(ready)))
        left.remove(order[-1])
    return order


@given(st.data())
def test_the_order_of_arrival_does_not_matter(data: st.DataObject) -> None:
    history = data.draw(histories())
    order = data.draw(st.composite(_linear_extension)(history))
    first, second = fold(history.revisions), fold(order)
    assert (first.fields, first.deleted, first.conflicts) == (second.fields, second.deleted, second.conflicts)
    assert sorted(first.heads) == sorted(second.heads)


def _lost(history: History, shown: Mapping[str, Sequence[Json]]) -> list[tuple[ChangeId, str]]:
    """Return the writes that nobody has seen and that are not shown: the oracle, which knows nothing of ``fold``."""
    lost = []
    for revision in history.revisions:
        for name, value in (revision.fields or {}).items():
            known_to_a_later_write = any(
                revision.change in history.seen[other.change] and name in (other.fields or {})
                for other in history.revisions
            )
            if not known_to_a_later_write and value not in shown.get(name, ()):
                lost.append((revision.change, name))
    return lost


def _shown(revisions: Sequence[Revision]) -> dict[str, list[Json]]:
    state = fold(revisions)
    shown = {name: [value] for name, value in state.fields.items()}
    shown.update({name: [s.value for s in standing] for name, standing in state.conflicts.items()})
    shown.setdefault(DELETED, [state.deleted])
    return shown


def _last_writer_wins(revisions: Sequence[Revision]) -> dict[str, list[Json]]:
    shown: dict[str, list[Json]] = {}
    for revision in revisions:
        shown.update({name: [value] for name, value in (revision.fields or {}).items()})
    return shown


@settings(max_examples=500)
@given(histories())
def test_no_write_is_lost(history: History) -> None:
    lost = [(change, name) for change, name in _lost(history, _shown(history.revisions)) if name != DELETED]
    assert lost == []


def test_the_oracle_catches_a_fold_where_the_last_writer_wins() -> None:
    history = History(
        (revision("a", text=0), revision("b", "a", text=1), revision("c", "a", text=2)),
        {ChangeId("a"): frozenset(), ChangeId("b"): frozenset("a"), ChangeId("c"): frozenset("a")},  # type: ignore[arg-type]
    )
    assert _lost(history, _last_writer_wins(history.revisions)) == [("b", "text")]
    assert _lost(history, _shown(history.revisions)) == []


@given(histories())
def test_a_deletion_beside_an_edit_is_always_shown(history: History) -> None:
    state = fold(history.revisions)
    edits = [r for r in history.revisions if any(n != DELETED or v is not True for n, v in (r.fields or {}).items())]
    standing = [
        r
        for r in history.revisions
        if (r.fields or {}).get(DELETED) is True
        and not any(r.change in history.seen[o.change] and DELETED in (o.fields or {}) for o in history.revisions)
    ]
    beside = [
        (deletion, edit)
        for deletion in standing
        for edit in edits
        if deletion.change != edit.change
        and deletion.change not in history.seen[edit.change]
        and edit.change not in history.seen[deletion.change]
    ]
    if beside:
        assert DELETED in state.conflicts
        assert not state.deleted
    elif standing:
        assert state.deleted or DELETED in state.conflicts


@given(histories(most=5))
def test_seeing_all_and_writing_settles_everything(history: History) -> None:
    state = fold(history.revisions)
    everything = Revision(ENTITY, "claim", ChangeId("99"), state.heads, {"text": 0, "place": 0, DELETED: False})
    assert fold([*history.revisions, everything]).conflicts == {}


@pytest.mark.parametrize("order", list(permutations("bcd")))
def test_three_colleagues_in_any_order(order: tuple[str, ...]) -> None:
    theirs = {
        "b": revision("b", "a", text="2"),
        "c": revision("c", "a", deleted=True),
        "d": revision("d", "a", place="x"),
    }
    state = fold([revision("a", text="1"), *(theirs[name] for name in order)])
    assert state.fields == {"text": "2", "place": "x"}
    assert [s.changes for s in state.conflicts[DELETED]] == [("b", "d"), ("c",)]
