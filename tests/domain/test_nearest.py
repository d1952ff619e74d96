"""A quotation is found where it stands, altered or not, and nowhere where it does not."""

from __future__ import annotations

import random
import time

import pytest

from annotator.domain.edit_distance import best_end
from annotator.domain.nearest import RULES, Near, Quotation, least_score
from annotator.domain.shadow import Shadow

SAID = "The City Auditor, who examined all 5,870 pilot accounts, found an average rise of 14.2 per cent."
TEXT = (
    "Since January the meters have been accused of almost everything that a meter can do.\n"
    f"{SAID}\n"
    "“On average they are 40\u00a0% higher,” the residents wrote – and “nobody asked to see a bill”.\n"
    "The mayor did not say that the water was safe; he said that he had been told so by the works.\n"
)
ARABIC = "قالت الوزارة إن المياه آمنة في جميع أنحاء المدينة منذ شهر يناير الماضي.\nولم يرد المجلس على أسئلتنا."
CHINESE = "市长在三月九日的会议上表示，新水表没有使水费上涨百分之四十。居民们不同意这种说法，并要求公布全部账单。"


def near(quote: str, text: str = TEXT) -> Near:
    found = Quotation(quote).nearest(text)
    assert found is not None
    return found


def test_what_stands_there_word_for_word_is_found_exactly() -> None:
    found = near("examined all 5,870 pilot accounts")
    assert found.words(TEXT) == "examined all 5,870 pilot accounts"
    assert found.score == 1


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ('"On average they are 40 % higher,"', "On average they are 40\u00a0% higher,"),
        (
            "the residents wrote - and 'nobody asked to see a bill'",
            "the residents wrote – and “nobody asked to see a bill",
        ),
        ("THE CITY  AUDITOR,\nwho examined", "The City Auditor, who examined"),
        ("accused of almost every\u00adthing", "accused of almost everything"),
        ("meter can do. The City Auditor", "meter can do.\nThe City Auditor"),
    ],
)
def test_quotes_capitals_dashes_and_white_space_do_not_count(quote: str, words: str) -> None:
    found = near(quote)
    assert found.score == 1
    assert found.words(TEXT) == words


def test_a_changed_number_is_found_with_its_place_and_a_lower_score() -> None:
    found = near(SAID.replace("14.2", "41.2"))
    assert found.words(TEXT) == SAID
    assert 0.9 < found.score < 1


def test_a_not_that_was_left_out_is_found_with_the_whole_place() -> None:
    found = near("The mayor did say that the water was safe")
    assert found.words(TEXT) == "The mayor did not say that the water was safe"
    assert 0.75 < found.score < 1


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("did say that the water was safe", "did not say that the water was safe"),
        ("the water was safe; he said that he had been", "the water was safe; he said that he had been"),
        ("an average increase of 14.2 per", "an average rise of 14.2 per"),
        (
            "pilot accounts, found an average rise of 14.2 percent",
            "pilot accounts, found an average rise of 14.2 per cent",
        ),
    ],
)
def test_the_first_and_last_words_of_a_quotation_belong_to_the_place(quote: str, words: str) -> None:
    assert near(quote).words(TEXT) == words


def test_what_a_quotation_leaves_out_parts_the_place() -> None:
    found = near("The City Auditor […] found an average rise … nobody asked to see a bill")
    assert [TEXT[start:end] for start, end in found.spans] == [
        "The City Auditor",
        "found an average rise",
        "nobody asked to see a bill",
    ]
    assert found.score == 1
    assert found.words(TEXT) == "The City Auditor … found an average rise … nobody asked to see a bill"


def test_dots_leave_out_as_well_and_the_nearest_of_several_places_is_taken() -> None:
    text = "He said no. Later he left. " * 3 + "He said yes to all of it. Then he went home at last."
    found = near("He said... he went home", text)
    assert found.words(text) == "He said … he went home"
    assert found.start == text.rindex("He said")


@pytest.mark.parametrize("quote", ["said that he [the mayor] had been told so", "asked to see a [water] bill"])
def test_words_put_in_by_whoever_quotes_are_no_fault(quote: str) -> None:
    found = near(quote)
    assert found.score == 1
    assert len(found.spans) == 1


def test_words_that_stand_for_others_are_read_over() -> None:
    found = near("the residents wrote – and [none of them] asked to see a bill")
    assert found.words(TEXT) == "the residents wrote – and “nobody asked to see a bill"


def test_a_few_letters_are_found_only_where_they_stand_nearly_alike() -> None:
    assert near("5,870 pilots").words(TEXT) == "5,870 pilot"
    assert Quotation("6,912 pirate").nearest(TEXT) is None
    assert Quotation("he sad no").nearest(TEXT) is None
    assert near("14.2").words(TEXT) == "14.2"
    assert Quotation("14.9").nearest(TEXT) is None


def test_the_fewer_the_letters_the_nearer_they_must_come() -> None:
    scores = [least_score(letters) for letters in (6, 12, 20, 30, 40, 400)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0.75


def test_what_stands_nowhere_is_found_nowhere() -> None:
    assert Quotation("The harbour pumps failed twice in one winter, the engineer told the court.").nearest(TEXT) is None
    assert Quotation("").nearest(TEXT) is None
    assert Quotation("“…”").nearest(TEXT) is None
    assert not Quotation(" — ").can_be_found
    assert Quotation("words").nearest("") is None


def test_chinese_is_found_without_spaces() -> None:
    exact = near("新水表没有使水费上涨百分之四十", CHINESE)
    assert exact.score == 1
    altered = near("新水表使水费上涨百分之四十。居民们不同意这种说法", CHINESE)
    assert altered.words(CHINESE) == "新水表没有使水费上涨百分之四十。居民们不同意这种说法"
    assert near("居民们……要求公布全部账单", CHINESE).words(CHINESE) == "居民们 … 要求公布全部账单"


def test_arabic_is_found_with_and_without_points() -> None:
    found = near("قالت الوزارة إن المياه آمنة", ARABIC)
    assert found.score == 1
    assert near("قَالَتِ الوِزارة إنّ المياه آمنة", ARABIC).words(ARABIC) == found.words(ARABIC)
    assert near("قالت الوزارة إن المياه ليست آمنة في جميع أنحاء", ARABIC).words(ARABIC).startswith("قالت الوزارة")


def test_letters_with_their_marks_apart_and_together_are_the_same() -> None:
    text = "Cafe\u0301 owners said: the ﬁne was 5 €."
    found = near("Caf\u00e9 owners said: the fine", text)
    assert found.words(text) == "Cafe\u0301 owners said: the ﬁne"
    assert found.score == 1


def test_a_place_never_splits_what_a_reader_sees_as_one_letter() -> None:
    text = "She wrote: well done 👩‍👩‍👧 and went home."
    found = near("well done 👩", text)
    assert found.words(text) == "well done 👩‍👩‍👧"


def words(count: int, seed: int) -> str:
    """Return made-up words."""
    pick = random.Random(seed)  # noqa: S311 nothing is kept secret by it
    letters = "abcdefghijklmnopqrstuvwxyz"
    known = ["".join(pick.choice(letters) for _ in range(pick.randint(2, 10))) for _ in range(3000)]
    return " ".join(pick.choice(known) for _ in range(count))


@pytest.mark.parametrize("length", [12, 63, 64, 65, 200, 900, 3000])
def test_altered_words_are_found_in_a_megabyte_within_a_second(length: int) -> None:
    text = words(160_000, seed=1)
    start = text.index(" ", 500_000) + 1
    end = text.index(" ", start + length)
    quote = text[start : end - 1] + "#"
    before = time.thread_time()
    found = near(quote, text)
    assert time.thread_time() - before < 1.5
    assert abs(found.start - start) <= 1
    assert abs(found.end - end) <= 1


@pytest.mark.parametrize("length", [20, 60, 200, 2000])
def test_words_of_another_text_are_nowhere_in_a_megabyte(length: int) -> None:
    assert Quotation(words(2000, seed=7)[:length]).nearest(words(160_000, seed=1)) is None


def test_a_letter_that_stands_everywhere_takes_no_time() -> None:
    text = "aaaa bbbb " * 100_000
    before = time.thread_time()
    Quotation("aaaa bbbb … cccc … aaaa").nearest(text)
    assert time.thread_time() - before < 1.5


def plain_distance(pattern: str, text: str) -> int:
    """Return the fewest changes that make a stretch of a text of a pattern, the slow way."""
    row = list(range(len(pattern) + 1))
    best = row[-1]
    for letter in text:
        before, row = row, [0]
        for place, wanted in enumerate(pattern, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (wanted != letter)))
        best = min(best, row[-1])
    return best


def test_the_fewest_changes_are_those_of_the_plain_way() -> None:
    pick = random.Random(3)  # noqa: S311 nothing is kept secret by it
    for _ in range(400):
        pattern = "".join(pick.choice("abc") for _ in range(pick.randint(1, 80)))
        text = "".join(pick.choice("abc") for _ in range(pick.randint(0, 120)))
        errors, end = best_end(pattern, text)
        assert errors == plain_distance(pattern, text)
        again, length = best_end(pattern[::-1], text[:end][::-1], from_start=True)
        assert again == errors
        assert plain_distance(pattern, text[end - length : end]) == errors


@pytest.mark.parametrize("text", [TEXT, ARABIC, CHINESE, "e\u0301\u00ad  ﬁ ß İ\t\n x\u0301", "\u00ad", "", " "])
def test_every_stretch_of_a_shadow_leads_back_to_its_words(text: str) -> None:
    shadow = Shadow(text, RULES)
    last = 0
    for place in range(len(shadow.text)):
        start, end = shadow.around(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last - 1
        assert Shadow(text[start:end], RULES).text.find(shadow.text[place]) >= 0
        last = start
    assert shadow.around(0, len(shadow.text))[1] <= len(text)
