"""Passages are found by where they stand, however many there are and however they came to be there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.domain.ids import EntityId
from annotator.domain.rows import PassageRow
from annotator.ui.annotating.highlights import Highlights
from annotator.ui.annotating.lanes import LANES
from annotator.ui.annotating.line_marks import FEW, Mark, marks_on

LENGTH = 2_000
TEXT = ("words and words " * 6 + "\n") * 21
STANCES = ("supports", "refutes", "qualifies", "contextualises", "")


def row(number: int, start: int, length: int, stance: str = "") -> PassageRow:
    return PassageRow(
        id=EntityId(f"{number:05}"), spans=((start, start + length),), stances=(stance,) if stance else ()
    )


rows = st.lists(
    st.tuples(st.integers(0, LENGTH - 400), st.integers(1, 400), st.sampled_from(STANCES)), max_size=300
).map(lambda found: [row(number, *place) for number, place in enumerate(found)])
spans = st.tuples(st.integers(0, LENGTH), st.integers(1, 300)).map(lambda place: (place[0], place[0] + place[1]))


def order(found: PassageRow) -> tuple[int, int, str]:
    return found.start, -found.end, found.id


@settings(max_examples=60, deadline=None)
@given(rows, spans)
def test_what_reaches_into_a_stretch_is_found_in_order_and_counted(
    made: list[PassageRow], span: tuple[int, int]
) -> None:
    found = Highlights(made, TEXT)
    expected = sorted((row for row in made if row.start < span[1] and row.end > span[0]), key=order)
    assert found.within(*span) == expected
    assert found.count_within(*span) == len(expected)
    assert [found.number(row) for row in found.rows] == list(range(1, len(made) + 1))


@settings(max_examples=40, deadline=None)
@given(rows, st.lists(st.tuples(st.integers(0, 400), st.integers(0, LENGTH - 400), st.integers(1, 400)), max_size=60))
def test_putting_passages_in_is_the_same_as_having_had_them(
    made: list[PassageRow], changes: list[tuple[int, int, int]]
) -> None:
    found = Highlights(made, TEXT)
    expected = {row.id: row for row in made}
    for number, start, length in changes:
        put = row(number, start, length, "refutes")
        before, found = found, found.with_row(put)
        span = found.changed_since(before)
        assert span is not None
        assert span[0] <= put.start
        assert put.end <= span[1]
        expected[put.id] = put
    assert list(found.rows) == sorted(expected.values(), key=order)
    assert found.count_within(0, LENGTH) == len(expected)
    assert all(found.find(id_) == row for id_, row in expected.items())
    for offset in range(0, LENGTH, 97):
        assert found.count_within(offset, offset + 50) == len(found.within(offset, offset + 50))


def test_the_last_of_many_may_be_moved_to_the_front_and_another_changed_then() -> None:
    for count in range(1, 100):
        made = [row(number, number * 10, 5) for number in range(count)]
        found = Highlights(made, TEXT).with_row(row(count - 1, 5, 4)).with_row(row(count // 2, 1_500, 9))
        expected = {each.id: each for each in (*made, row(count - 1, 5, 4), row(count // 2, 1_500, 9))}
        assert list(found.rows) == sorted(expected.values(), key=order)
        assert [found.number(each) for each in found.rows] == list(range(1, count + 1))
        assert found.column(found.rows[-1]) >= 0


@settings(max_examples=40, deadline=None)
@given(rows)
def test_no_two_stripes_share_a_column_of_their_own_on_the_same_words(made: list[PassageRow]) -> None:
    found = Highlights(made[:60], TEXT)
    for start in range(0, LENGTH, 50):
        columns = [column for column, _ in found.own_columns(start, start + 1)]
        assert len(columns) == len(set(columns))


def test_an_older_state_knows_nothing_of_a_newer_one() -> None:
    first = Highlights([row(1, 0, 5)], TEXT)
    second = first.with_row(row(2, 10, 5))
    assert [each.id for each in first.rows] == ["00001"]
    assert first.find("00002") is None
    assert first.changed_since(second) == second.changed_since(first) == (10, 15)
    assert second.with_row(row(3, 20, 5)).changed_since(first) is None


def test_of_many_passages_those_of_one_stance_share_a_lane_and_nothing_is_left_out() -> None:
    made = [row(number, number * 3, 40, STANCES[number % 5]) for number in range(100)]
    (marks,) = marks_on(Highlights(made, TEXT), [(100, 160)], None)
    assert Highlights(made, TEXT).count_within(100, 160) > FEW
    for stance in STANCES:
        covered = {place for mark in marks if mark.stance == stance for place in range(mark.start, mark.end)}
        wanted = {p for each in made if (each.stances or ("",)) == (stance,) for p in range(each.start, each.end)}
        assert covered == wanted & set(range(100, 160))
        assert len({mark.lane for mark in marks if mark.stance == stance}) == 1
    assert max(mark.lane for mark in marks) == LANES - 1
    assert len(marks) < 30


def test_the_chosen_passage_keeps_a_line_of_its_own_among_many() -> None:
    made = [row(number, number, 60, "refutes") for number in range(100)]
    chosen = made[50]
    (marks,) = marks_on(Highlights(made, TEXT), [(40, 140)], chosen)
    assert [mark for mark in marks if mark.chosen] == [Mark("refutes", 0, chosen.start, chosen.end, chosen=True)]
    assert not [mark for mark in marks if not mark.chosen and mark.start < chosen.end and mark.end > chosen.start]


def test_overlapping_ones_of_few_stand_below_each_other() -> None:
    made = [row(1, 0, 30, "supports"), row(2, 10, 30, "supports"), row(3, 20, 5, "refutes")]
    (marks,) = marks_on(Highlights(made, TEXT), [(0, 60)], None)
    assert sorted(marks) == [
        Mark("refutes", 2, 20, 25),
        Mark("supports", 0, 0, 30),
        Mark("supports", 1, 10, 40),
    ]


def test_lines_know_only_what_stands_on_them() -> None:
    made = [row(1, 0, 130, "supports"), row(2, 100, 10, "refutes")]
    first, second = marks_on(Highlights(made, TEXT), [(0, 60), (60, 120)], None)
    assert first == [Mark("supports", 0, 0, 60)]
    assert sorted(second) == [Mark("refutes", 1, 100, 110), Mark("supports", 0, 60, 120)]
