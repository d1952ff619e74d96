"""Two versions of a text beside each other: differing words, moved lines, and which place answers to which."""

import time
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.find import Hits
from annotator.domain.version_diff import VersionDiff, diff_versions

_LINES = st.lists(
    st.sampled_from(
        [
            "The meters can close.",
            "The meters cannot close.",
            "",
            "水表不会关闭",
            "הבית לא נסגר",
            "a",
            "👩‍👧 one",
            "e\u0301 x  y",
        ]
    )
)
_TEXTS = st.one_of(st.text(max_size=60), _LINES.map("\n".join))

OLD = """Bills went up
The auditor found a rise of 14.2 per cent, of which 9 points were the tariff.
Four outlets repeated it within two days; none asked.
Even so, 528 of the accounts did rise.
One insurer has confirmed talks. No contract has been found."""

NEW = """Bills went up
The auditor found a rise of 14.2 per cent, of which 11 points were the tariff.
Even so, 528 of the accounts did rise.
Four outlets repeated it within two days; none asked.
No contract has been found.
Correction: the share was given as 9 points."""


def _words(text: str, spans: Hits) -> list[str]:
    return [text[start:end] for start, end in spans]


def _diff(old: str = OLD, new: str = NEW) -> VersionDiff:
    return diff_versions(old, new)


def test_the_words_that_differ_are_named_on_either_side() -> None:
    diff = _diff()

    assert _words(OLD, diff.gone) == ["9", "One insurer has confirmed talks."]
    assert _words(NEW, diff.new) == ["11", "Correction: the share was given as 9 points."]


def test_words_in_the_place_of_others_are_one_change() -> None:
    first = _diff().changes[0]

    assert (OLD[slice(*first.old)], NEW[slice(*first.new)]) == ("9", "11")


def test_a_line_that_stands_elsewhere_is_moved_and_not_different() -> None:
    diff = _diff()

    assert _words(OLD, diff.moved_from) == _words(NEW, diff.moved_to)
    assert _words(OLD, diff.moved_from)[0].startswith(("Four outlets", "Even so"))


def test_a_place_is_found_on_the_other_side_and_back() -> None:
    diff = _diff()
    here, there = OLD.index("points were"), NEW.index("points were")

    assert diff.to_new(here) == there
    assert diff.to_old(there) == here
    assert diff.to_new(OLD.index("No contract")) == NEW.index("No contract")
    assert diff.to_new(OLD.index("insurer")) in range(NEW.index("No contract") - 2, NEW.index("No contract") + 1)


def test_a_text_that_was_wrapped_anew_has_no_differences() -> None:
    text = "The city auditor, who examined all accounts, found a rise. " * 20
    wrapped = text.replace(", ", ",\n").replace("found a", "found  a")

    diff = _diff(text, wrapped)

    assert not diff.changes
    assert not diff.moved_from
    assert diff.to_new(text.rindex("rise")) == wrapped.rindex("rise")


@given(_TEXTS, _TEXTS)
@example("", "")
@example("a\n", "a")
@example("\u0301", "")
def test_whatever_the_texts_places_stay_in_order_and_in_the_text(old: str, new: str) -> None:
    diff = _diff(old, new)
    mapped = [diff.to_new(offset) for offset in range(len(old) + 1)]

    assert mapped == sorted(mapped)
    assert all(0 <= place <= len(new) for place in mapped)
    assert all(0 <= diff.to_old(offset) <= len(old) for offset in range(len(new) + 1))
    for spans, text in ((diff.gone, old), (diff.new, new)):
        assert all(start < end <= len(text) for start, end in spans)
        assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@given(_TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    diff = _diff(text, text)

    assert not diff.changes
    assert all(diff.to_new(offset) == offset for offset in range(len(text) + 1))


def test_a_long_text_with_changes_everywhere_is_compared_in_seconds() -> None:
    lines = [f"Line {number} of a report says that {number * 7} meters were read." for number in range(20_000)]
    changed = [line.replace("were", "are") if number % 3 == 0 else line for number, line in enumerate(lines)]

    began = time.process_time()
    diff = _diff("\n".join(lines), "\n".join(changed))

    assert len(diff.changes) == len(range(0, 20_000, 3))
    assert time.process_time() - began < 20, "seconds for a megabyte, not minutes"


def test_a_line_that_was_moved_and_rewritten_differs_in_its_words_alone() -> None:
    kept = [f"Line {number} says what it always said, word for word." for number in range(4)]
    line = "The programme is set to roll out in 2020 in every city of the country."
    later = line.replace("2020", "2021")
    old, new = "\n".join([line, *kept]), "\n".join([*kept, later])
    diff = _diff(old, new)

    assert [(old[slice(*each.old)], new[slice(*each.new)]) for each in diff.changes] == [("2020", "2021")]
    assert _words(old, diff.moved_from) == [line]
    assert _words(new, diff.moved_to) == [later]


def test_a_line_that_is_hardly_alike_is_another_one() -> None:
    kept = [f"Line {number} says what it always said, word for word." for number in range(4)]
    gone, put = "The meters of the whole city were read by hand.", "Nobody at the depot weighed any copper pipes."
    old, new = "\n".join([gone, *kept]), "\n".join([*kept, put])
    diff = _diff(old, new)

    assert _words(old, diff.gone) == [gone]
    assert _words(new, diff.new) == [put]
    assert not diff.moved_to
