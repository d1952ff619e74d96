"""Passages found again in a newer text: every pitfall that is known has a case."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest

from annotator.domain.anchoring import AnchorState
from annotator.domain.anchoring_again import Again, Finder, find_again
from annotator.domain.errors import CancelledError
from annotator.domain.text import is_grapheme_boundary

EXACT, MOVED, SPACE = AnchorState.EXACT, AnchorState.MOVED, AnchorState.WHITESPACE
CHANGED, GONE = AnchorState.CHANGED, AnchorState.ORPHANED

OLD = (
    "The harbour wall\n"
    "City water is “safe”, says the mayor of the island.\n"
    "Cafe owners disagree: 41 percent found lead; 4.1 had been reported before.\n"
    "The council did not find a leak in the wall that was built last year.\n"
    "A ferry pilot saw the water rise twice in May. The end."
)


def found(old: str, new: str, *quotes: str) -> tuple[AnchorState, list[str]]:
    """Return how the passage that these quotes make is found again, and the words there."""
    again = anchored(old, new, *quotes)
    return again.state, [new[start:end] for start, end in again.spans]


def anchored(old: str, new: str, *quotes: str) -> Again:
    spans = [(old.index(quote), old.index(quote) + len(quote)) for quote in quotes]
    (again,) = find_again(old, new, [spans])
    return again


# -- in place


@pytest.mark.parametrize("quote", ["The harbour", "The end.", "4.1", "says the mayor", OLD])
def test_a_text_that_is_the_same_has_every_passage(quote: str) -> None:
    assert found(OLD, OLD, quote) == (EXACT, [quote])
    assert anchored(OLD, OLD, quote).score == 100


@pytest.mark.parametrize("quote", ["The harbour wall", "did not find a leak", "A ferry pilot", "The end."])
def test_words_put_in_around_a_passage_leave_it_exact(quote: str) -> None:
    new = "Stop press.\n" + OLD.replace("says the mayor", "says again the mayor") + " And after.\n"
    assert found(OLD, new, quote) == (EXACT, [quote])


@pytest.mark.parametrize(
    ("old", "new", "quote", "now"),
    [
        ("did not find", "did find", "did not find a leak", "did find a leak"),
        ("4.1 had", "41 had", "4.1", "41"),
        ("4.1 had", "4.2 had", "4.1 had been", "4.2 had been"),
        ("is “safe”", "is “unsafe”", "water is “safe”", "water is “unsafe”"),
        ("“safe”", '"safe"', "is “safe”, says", 'is "safe", says'),
        ("City water", "Town water", "City water is", "Town water is"),
        ("The end.", "The end", "twice in May. The end.", "twice in May. The end"),
        ("the mayor", "the 👩‍👩‍👧 mayor", "says the mayor", "says the 👩‍👩‍👧 mayor"),
        ("Cafe owners", "Cafe\u0301 owners", "Cafe", "Cafe\u0301"),
        ("percent", "per\u00adcent", "41 percent found", "41 per\u00adcent found"),
        ("find a leak", "ﬁnd a leak", "did not find", "did not ﬁnd"),
        ("The council", "the council", "The council did", "the council did"),
    ],
)
def test_any_other_letter_in_a_passage_is_a_change(old: str, new: str, quote: str, now: str) -> None:
    state, words = found(OLD, OLD.replace(old, new), quote)
    assert (state, words) == (CHANGED, [now])
    assert anchored(OLD, OLD.replace(old, new), quote).score < 100


def test_a_text_that_is_composed_otherwise_is_mapped_word_for_word() -> None:
    old = "Die Prüfung der Brücke übersah Schäden. " * 5 + "Fünf Männer hörten zu. " + "Später fiel sie. " * 5
    new = unicodedata.normalize("NFD", old)
    assert found(old, new, "Fünf Männer hörten zu.") == (
        CHANGED,
        [unicodedata.normalize("NFD", "Fünf Männer hörten zu.")],
    )
    assert found(old, new, "der") == (EXACT, ["der"])


@pytest.mark.parametrize(
    ("quote", "joined"),
    [("41 percent", "41percent"), ("owners disagree", "ownersdisagree"), ("twice in May", "twice inMay")],
)
def test_two_words_that_became_one_are_a_change(quote: str, joined: str) -> None:
    assert found(OLD, OLD.replace(quote, joined), quote) == (CHANGED, [joined])
    assert found(OLD.replace(quote, joined), OLD, joined) == (CHANGED, [quote])


@pytest.mark.parametrize(
    ("old", "new"),
    [("她在北京 说了什么", "她在北京说了什么"), ("„gut“ , sagt er", "„gut“, sagt er"), ("1 + 1 = 2", "1+1=2")],
)
def test_white_space_that_parts_no_words_may_go(old: str, new: str) -> None:
    text = "The harbour wall\n{0}\nThe council did not find a leak."
    assert found(text.format(old), text.format(new), old) == (SPACE, [new])


@pytest.mark.parametrize("space", ["\n", "\u00a0", "  ", " \u2009\n\n"])
def test_other_white_space_is_no_change(space: str) -> None:
    quote = "owners disagree: 41 percent"
    assert found(OLD, OLD.replace(" ", space), quote) == (SPACE, [quote.replace(" ", space)])


def test_a_passage_that_was_left_out_is_given_up() -> None:
    lines = OLD.split("\n")
    assert found(OLD, "\n".join(lines[:3] + lines[4:]), "did not find a leak") == (GONE, [])
    assert found(OLD, OLD.replace(" in May. The end.", ""), "The end.") == (GONE, [])
    assert found(OLD, OLD.removeprefix("The harbour wall\n"), "The harbour wall") == (GONE, [])


def test_a_passage_that_was_written_anew_is_given_up() -> None:
    new = OLD.replace("did not find a leak in the wall", "postponed its session until autumn")
    assert found(OLD, new, "did not find a leak in the wall") == (GONE, [])


# -- duplicates


def test_a_duplicate_elsewhere_does_not_beat_the_original_that_was_edited() -> None:
    quote = "The review found no fault with the pumps."
    old = f"First of all. {quote} Then the harbour was closed for a year.\nLater on. {quote} Nothing came after that."
    new = old.replace("no fault", "a fault", 1)
    assert found(old, new, quote) == (CHANGED, ["The review found a fault with the pumps."])


def test_a_new_duplicate_elsewhere_does_not_beat_it_either() -> None:
    quote = "The review found no fault with the pumps."
    old = f"First of all. {quote} Then the harbour was closed for a year.\nNothing came after that, they said."
    new = old.replace("no fault", "a fault") + f"\nLater on somebody wrote: {quote}"
    assert found(old, new, quote)[0] is not EXACT
    assert new[slice(*anchored(old, new, quote).spans[0])] == "The review found a fault with the pumps."


def test_the_duplicate_of_a_passage_that_was_left_out_is_not_it() -> None:
    quote = "The review found no fault."
    old = f"In spring: {quote} Five men were there to hear it.\nIn autumn: {quote} Nobody came to that meeting."
    new = old.replace(f"In spring: {quote} Five men were there to hear it.\n", "")
    assert found(old, new, quote) == (GONE, [])


def test_of_the_same_words_twice_in_a_paragraph_each_stays_itself() -> None:
    old = "No fault was found in May, and no money was paid; no fault was found in June, and no pump was sold."
    new = old.replace("June", "July")
    first, second = old.index("fault was found"), old.rindex("fault was found")
    size = len("fault was found")
    one, other = find_again(old, new, [[(first, first + size)], [(second, second + size)]])
    assert (one.spans, other.spans) == (((first, first + size),), ((second, second + size),))
    assert one.state is other.state is EXACT


# -- moved


def test_a_paragraph_that_moved_takes_its_passages_along() -> None:
    lines = OLD.split("\n")
    new = "\n".join([lines[4], *lines[:4]])
    for quote in ("A ferry pilot saw the water rise twice in May. The end.", "saw the water rise"):
        assert found(OLD, new, quote) == (MOVED, [quote])


def test_list_items_that_moved() -> None:
    old = "\n".join(["What was bought", "Apples", "Pears and plums", "Oranges", "Figs", "Lemons", "A sack of flour"])
    new = "\n".join(["What was bought", "Oranges", "Lemons", "Apples", "Pears and plums", "Figs", "A sack of flour"])
    for item in ("Apples", "Oranges", "Figs", "Lemons", "Pears and plums"):
        state, words = found(old, new, item)
        assert words == [item]
        assert state in (EXACT, MOVED)


def test_swapped_halves() -> None:
    half = [" ".join(f"{word}{number}" for number in range(60)) for word in ("wall", "pump")]
    old, new = "\n".join(half), "\n".join(reversed(half))
    assert {found(old, new, quote)[0] for quote in ("wall30 wall31", "pump30 pump31")} == {EXACT, MOVED}
    assert found(old, new, "wall58 wall59\npump0 pump1")[0] in (CHANGED, GONE)


def test_a_paragraph_that_moved_and_was_edited_waits() -> None:
    lines = OLD.split("\n")
    new = "\n".join([lines[3].replace("did not", "did"), lines[0], lines[1], lines[2], lines[4]])
    assert found(OLD, new, "The council did not find a leak") == (CHANGED, ["The council did find a leak"])


def test_short_words_are_not_found_by_chance() -> None:
    old = "What the board of the mint said was never published. " + "Nothing else was said in all of that year. " * 3
    new = "Nothing else was said in all of that year. " * 3 + "In spring one of the ferries sank near the old pier."
    assert found(old, new, "of the") == (GONE, [])


def test_short_words_that_moved_to_other_surroundings_wait() -> None:
    old = (
        "A colleague of Herbert at the University of Pennsylvania, Andrew, said it first. "
        + "Nothing else was said. " * 9
    )
    there = "So did her colleague Noam at the University of Pennsylvania in a letter."
    new = "Nothing else was said. " * 9 + there
    assert found(old, new, "Pennsylvania")[0] is CHANGED


def test_where_one_of_two_twins_went_the_one_that_moved_may_be_the_other() -> None:
    twin = "Which food do you like best? Are there things that you would rather not eat at all?"
    rest = [f"Answer {number} was a long one, and nobody wrote all of it down." for number in range(12)]
    old = "\n".join([*rest[:3], twin, *rest[3:9], twin, *rest[9:]])
    new = "\n".join([twin, *rest])
    assert found(old, new, "you would rather not eat")[0] in (CHANGED, GONE)
    both = "\n".join([twin, *rest[:6], twin, *rest[6:]])
    assert found(old, both, "you would rather not eat")[0] is MOVED


def test_the_same_words_in_a_text_written_anew_are_not_taken_for_the_passage() -> None:
    new = "Something else entirely is written here of the mayor and of lead and so on. " * 20
    for quote in ("says the mayor", "of the", "lead", "City water is"):
        assert found(OLD, new, quote)[0] in (GONE, CHANGED)
    assert found(OLD, "", "lead") == (GONE, [])
    assert found(OLD, " \n", "lead") == (GONE, [])


def test_a_part_of_a_row_of_dashes_is_not_taken_for_another() -> None:
    old = OLD.replace("The end.", "----------------\nThe end.")
    start = old.index("----") + 4
    (again,) = find_again(old, old[:start] + old[start + 6 :], [[(start, start + 6)]])
    assert again.state in (CHANGED, GONE)
    (again,) = find_again(old, "Stop press.\n" + old, [[(start, start + 6)]])
    assert again.state is EXACT


# -- several fragments


def test_fragments_are_found_one_by_one() -> None:
    assert found(OLD, "Stop press.\n" + OLD, "City water is", "says the mayor") == (
        EXACT,
        ["City water is", "says the mayor"],
    )
    assert found(OLD, OLD.replace("says the", "said the"), "City water is", "says the mayor")[0] is CHANGED


def test_a_passage_that_lost_a_fragment_has_changed() -> None:
    new = OLD.replace("City water is “safe”, says the mayor of the island.\n", "")
    assert found(OLD, new, "City water is", "did not find a leak") == (CHANGED, ["did not find a leak"])
    assert found(OLD, new, "City water", "says the mayor") == (GONE, [])


def test_fragments_that_changed_their_order_have_changed() -> None:
    lines = OLD.split("\n")
    new = "\n".join([lines[4], *lines[:4]])
    state, words = found(OLD, new, "41 percent found lead", "A ferry pilot saw the water rise twice in May.")
    assert (state, words) == (CHANGED, ["A ferry pilot saw the water rise twice in May.", "41 percent found lead"])


# -- scripts


ARABIC = "قال الوزير إن الماء آمن في المدينة.\nلم يجد المجلس أي تسرب في الجدار الجديد.\nهكذا انتهى التقرير."
CHINESE = "市长说城里的水是安全的。\n议会没有发现新墙有任何渗漏。\n报告就这样结束了，没有人反对。"
HEBREW = "ראש העיר אומר שהמים בטוחים.\nהמועצה לא מצאה דליפה בקיר.\nכך הסתיים הדוח."


@pytest.mark.parametrize(
    ("text", "quote", "gone", "now"),
    [
        (ARABIC, "لم يجد المجلس أي تسرب", "لم ", "يجد المجلس أي تسرب"),
        (CHINESE, "议会没有发现新墙有任何渗漏", "没有发", "议会现新墙有任何渗漏"),
        (HEBREW, "המועצה לא מצאה דליפה", "לא ", "המועצה מצאה דליפה"),
    ],
)
def test_other_scripts(text: str, quote: str, gone: str, now: str) -> None:
    assert found(text, "👩‍👩‍👧 " + text, quote) == (EXACT, [quote])
    assert found(text, text.replace(gone, "", 1), quote) == (CHANGED, [now])
    lines = text.split("\n")
    assert found(text, "\n".join([lines[1], lines[2], lines[0]]), quote)[1] == [quote]


@pytest.mark.parametrize("before", ["👩‍👩‍👧 ", "🇳🇿🇳🇿 ", "𝒜 "])
def test_characters_outside_the_basic_plane_shift_nothing(before: str) -> None:
    old = before + OLD.replace("lead;", "lead 🌊;")
    assert found(old, before * 3 + old, "found lead 🌊; 4.1") == (EXACT, ["found lead 🌊; 4.1"])


def test_a_place_never_ends_within_a_character() -> None:
    chance = random.Random(5)  # noqa: S311 the same cases in every run
    signs = ["e\u0301", "👩‍👩‍👧", "🇳🇿", "की", "각", "a", " ", "\n", "x"]
    for _ in range(200):
        old = "".join(chance.choices(signs, k=60))
        new = "".join(sign for sign in old if chance.random() < 0.9)
        ends = [at for at in range(len(old) + 1) if is_grapheme_boundary(old, at)]
        spans = [sorted(chance.sample(ends, 2)) for _ in range(8)]
        for again in find_again(old, new, [[(start, end)] for start, end in spans]):
            for start, end in again.spans:
                assert start < end
                assert is_grapheme_boundary(new, start)
                assert is_grapheme_boundary(new, end)


# -- what holds whatever the texts


def test_what_is_found_without_a_person_has_the_same_words() -> None:
    """Whatever is done to a text: exact and moved are the very words, white space is them but for white space."""
    chance = random.Random(3)  # noqa: S311 the same cases in every run
    words = [
        "the",
        "wall",
        "was",
        "not",
        "built",
        "of",
        "stone",
        "and",
        "no",
        "one",
        "said",
        "so",
        "in",
        "May",
        "or",
        "June",
    ]
    for _ in range(60):
        old = " ".join(chance.choices(words, k=200))
        kept = [word for word in old.split(" ") if chance.random() < 0.8]
        moved = kept[:40]
        chance.shuffle(moved)
        kept[:40] = moved
        new = chance.choice((" ", "\n")).join(kept)
        starts = chance.sample(range(len(old) - 40), 30)
        spans = [(start, start + chance.randint(1, 40)) for start in starts]
        for (start, end), again in zip(spans, find_again(old, new, [[span] for span in spans]), strict=True):
            there = [new[first:last] for first, last in again.spans]
            if again.state in (EXACT, MOVED):
                assert there == [old[start:end]]
            elif again.state is SPACE:
                assert ["".join(each.split()) for each in there] == ["".join(old[start:end].split())]


def test_a_long_text_and_an_unrelated_one_take_seconds() -> None:
    chance = random.Random(1)  # noqa: S311 the same cases in every run
    one, other = (" ".join(f"w{chance.randrange(5000)}" for _ in range(60_000)) for _ in range(2))
    spans = [[(at, at + 60)] for at in range(0, 300_000, 3_000)]
    before = time.process_time()
    assert {again.state for again in find_again(one, other, spans)} <= {GONE, CHANGED}
    same = "A ." * 100_000
    assert next(iter(find_again(same, same[:-150_000], [[(0, 30)]]))).state is EXACT
    assert time.process_time() - before < 30, "a bound, not a measure: without one this takes hours"


def test_a_search_can_be_stopped() -> None:
    def stop() -> None:
        raise CancelledError(what="a search")

    with pytest.raises(CancelledError):
        Finder(OLD, OLD, stop)
