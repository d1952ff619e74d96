"""Finding in one text: what is read alike is found, whole characters only, and the way back to the text is right."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from annotator.domain.errors import CancelledError, PatternError, PatternTooSlowError
from annotator.domain.find import MOST, NO_HITS, Finder, Query
from annotator.domain.letters import Alike
from annotator.domain.shadow import Shadow
from annotator.domain.shadow_kinds import Rules
from annotator.domain.text import is_grapheme_boundary
from annotator.domain.word_edges import is_whole_words


def found(text: str, query: str, **options: bool) -> list[str]:
    """Return the words of the text that are found."""
    return [text[start:end] for start, end in Finder(text).find(Query(query, **options))]


def spans(text: str, query: str, **options: bool) -> list[tuple[int, int]]:
    return list(Finder(text).find(Query(query, **options)))


# -- what is read alike


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("the credit\nscore of all", "credit score", "credit\nscore"),
        ("the credit \r\n\t score of all", "credit score", "credit \r\n\t score"),
        ("41\u00a0000 km", "41 000", "41\u00a0000"),
        ("41\u202f000 km", "41 000", "41\u202f000"),
        ("one\n\n\ntwo", "one two", "one\n\n\ntwo"),
        ("a co\u00adoperation", "cooperation", "co\u00adoperation"),
        ("an exam\u00ad\nple of it", "example", "exam\u00ad\nple"),
        ("wa\u200bter", "water", "wa\u200bter"),
        ("Caf\u00e9", "cafe", "Caf\u00e9"),
        ("Cafe\u0301!", "cafe", "Cafe\u0301"),
        ("Cafe\u0301!", "CAFÉ", "Cafe\u0301"),
        ("ﬁnding", "finding", "ﬁnding"),
        ("oﬃce", "office", "oﬃce"),
        ("in “quotes” he", 'in "quotes"', "in “quotes”"),
        ("don’t", "don't", "don’t"),
        ("1914–1918", "1914-1918", "1914–1918"),
        ("Straße", "STRASSE", "Straße"),
        ("Łódź", "lodz", "Łódź"),
        ("Søren", "soren", "Søren"),
        ("Işık, İstanbul", "istanbul", "İstanbul"),
        ("Işık", "isik", "Işık"),
        ("ｗａｔｅｒ", "water", "ｗａｔｅｒ"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος", "ΣΊΣΥΦΟΣ"),
        ("ещё", "еще", "ещё"),
        ("שָׁלוֹם", "שלום", "שָׁלוֹם"),
        ("قالَ محـــمدٌ ذلك", "محمد", "محـــمدٌ"),
        ("أحمد", "احمد", "أحمد"),
        ("\u200fאבג\u200e דהו", "אבג דהו", "אבג\u200e דהו"),
        ("हिन्दी में", "हिन्दी", "हिन्दी"),
        ("か\u3099き", "かき", None),
        ("a\u200b\u00ad\nb", "ab", "a\u200b\u00ad\nb"),
        ("か\u3099き\u3099", "がぎ", "か\u3099き\u3099"),
        ("한국", unicodedata.normalize("NFD", "한국"), "한국"),
        (unicodedata.normalize("NFD", "한국"), "한국", unicodedata.normalize("NFD", "한국")),
        ("𝐀 bold 👍 and 🇩🇪 word", "word", "word"),
        ("❤️", "❤", "❤️"),
        ("wait…", "wait...", "wait…"),
    ],
)
def test_what_is_read_alike_is_found(text: str, query: str, expected: str | None) -> None:
    assert found(text, query) == ([expected] if expected else [])


def test_offsets_are_code_points_also_behind_astral_characters_and_folds() -> None:
    text = "😀 ﬁrst  line\n\n“second” 😀 e\u0301nd"
    (span,) = spans(text, "end")
    assert text[slice(*span)] == "e\u0301nd"
    assert span == (len(text) - 4, len(text))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("e\u0301", "\u0301"),
        ("👨\u200d👩\u200d👧", "👩"),
        ("👨\u200d👩\u200d👧", "👨"),
        ("👍🏽", "👍"),
        ("🇩🇪🇫🇷", "🇪"),
        ("한", "하"),
        ("ﬁ", "f"),
        ("…", "."),
        ("नी", "न"),
    ],
)
def test_a_character_is_never_split(text: str, query: str) -> None:
    assert found(text, query) == []


def test_accents_matter_when_asked_but_how_they_are_written_does_not() -> None:
    text = "resume, résumé, re\u0301sume\u0301, RÉSUMÉ, “x” “y”"
    assert found(text, "résumé", fold=False) == ["résumé", "re\u0301sume\u0301", "RÉSUMÉ"]
    assert found(text, "re\u0301sume\u0301", fold=False, case=True) == ["résumé", "re\u0301sume\u0301"]
    assert found(text, "resume", fold=False) == ["resume"]
    assert found(text, '"x"', fold=False) == []
    assert found("Straße Strasse", "strasse", fold=False) == ["Strasse"]
    assert found("co\u00adop\u00a0x", "coop x", fold=False) == ["co\u00adop\u00a0x"]
    assert found("İstanbul istanbul", "istanbul", fold=False) == ["istanbul"]


def test_case_matters_when_asked() -> None:
    assert found("Bush, bush, BUSH", "bush") == ["Bush", "bush", "BUSH"]
    assert found("Bush, bush, Büsh", "Bush", case=True) == ["Bush", "Büsh"]
    assert found("Straße", "Strasse", case=True) == ["Straße"]


# -- whole words


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("can cannot scan can.", "can", ["can", "can"]),
        ("co\u00adoperate co", "co", ["co"]),
        ("co\u00adop op", "op", ["op"]),
        ("l’homme, hommes", "homme", ["homme"]),
        ("naïveté naïve", "naive", ["naïve"]),
        ("x² and x", "x", ["x", "x"]),
        ("costs $5, $50", "$5", ["$5"]),
        ("snake_case snake", "snake", ["snake"]),
        ("事实核查员", "核查", ["核查"]),
        ("東京タワーとカメラマン", "カメラ", []),
        ("東京タワーとカメラ", "カメラ", ["カメラ"]),
        ("東京都の水", "東京", ["東京"]),
        ("นั่งอ่านทั้งวัน", "อ่าน", ["อ่าน"]),
        ("מילה במילה", "מילה", ["מילה"]),
        ("الكتاب كتاب", "كتاب", ["كتاب"]),
        ("हिन्दी हिन्दीभाषी", "हिन्दी", ["हिन्दी"]),
        ("xa a a", "a a", ["a a"]),
        ("credit\nscores credit\nscore", "credit score", ["credit\nscore"]),
    ],
)
def test_whole_words(text: str, query: str, expected: list[str]) -> None:
    assert found(text, query, words=True) == expected


# -- regular expressions


def test_regular_expressions_are_found_across_accents_and_blanks() -> None:
    text = "Café  one\ncafe\u0301\u00a0two\n“quoted” co\u00adop"
    assert found(text, r"caf[ée]", regex=True) == ["Café", "cafe\u0301"]
    assert found(text, r"caf[ée]", regex=True, case=True) == ["cafe\u0301"]
    assert found(text, r"caf\w\s+\w+", regex=True) == ["Café  one", "cafe\u0301\u00a0two"]
    assert found(text, r"^caf", regex=True) == ["Caf", "caf"]
    assert found(text, r"one$", regex=True) == ["one"]
    assert found(text, '"quo.*"', regex=True) == ["“quoted”"]
    assert found(text, "coop", regex=True) == ["co\u00adop"]
    assert found(text, "café", regex=True, fold=False) == ["Café"]
    assert found(text, "o", regex=True, words=True) == []


def test_letters_of_a_pattern_do_not_become_signs_of_its_language() -> None:
    assert found("wait… now (a)", "…", regex=True) == ["…"]
    assert found("（a） b", "（a）", regex=True) == ["（a）"]
    assert found("STRASSE straße", "ß", regex=True) == ["ß"]


def test_matches_of_nothing_are_no_hits() -> None:
    assert found("aaa bbb", "b*", regex=True) == ["bbb"]
    assert found("aaa", "^|$|(?=a)", regex=True) == []
    assert found("aaa", "", regex=True) == []


def test_a_pattern_that_searches_backwards_gives_sorted_hits() -> None:
    assert spans("ab ab ab", "(?r)ab", regex=True) == [(0, 2), (3, 5), (6, 8)]


def test_half_a_character_is_not_matched_by_a_pattern() -> None:
    assert found("e\u0301x", "e", regex=True, fold=False) == []
    assert found("e\u0301x", ".", regex=True) == ["e\u0301", "x"]


@pytest.mark.parametrize(
    ("pattern", "problem", "place"),
    [
        ("(", "missing )", 2),
        ("ab[c", "unterminated character set", 5),
        ("*a", "nothing to repeat", 1),
        (r"\q", r"bad escape \q", 3),
        ("(" + "x" * 1_000, "missing )", 1_002),
        ("x" * 3_000, "it is longer than 2000 characters", 2_001),
        ("(" * 1_900 + ")" * 100, "", None),
        ("(?u)(?a)x", "flags", 1),
    ],
)
def test_what_is_no_regular_expression_is_said_with_the_place(pattern: str, problem: str, place: int | None) -> None:
    with pytest.raises(PatternError) as caught:
        found("some text", pattern, regex=True)
    assert problem in str(caught.value)
    assert "Correct it" in str(caught.value)
    assert len(str(caught.value)) < 200
    assert place is None or caught.value.data["place"] == place


@pytest.mark.parametrize("pattern", [r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(?:a|a|a)+$b", r"(.*)(.*)(.*)(.*)\d"])
@pytest.mark.parametrize("fold", [True, False])
def test_a_pattern_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch, pattern: str, fold: bool) -> None:
    monkeypatch.setattr("annotator.domain.find_pattern.PATIENCE", 0.05)
    started = time.monotonic()
    with pytest.raises(PatternTooSlowError, match="takes too long"):
        found("a" * 10_000, pattern, regex=True, case=True, fold=fold)
    assert time.monotonic() - started < 10


def test_a_pattern_that_only_calls_itself_is_given_up() -> None:
    with pytest.raises(PatternTooSlowError, match="takes too long"):
        found("some text", "(?R)", regex=True)


def test_a_long_text_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "the quick brown fox " * 50_000
    monkeypatch.setattr("annotator.domain.find_pattern.PATIENCE", 1e-4)
    with pytest.raises(PatternTooSlowError):
        found(text, r"\b\w+\b", regex=True, fold=False)
    monkeypatch.undo()
    assert len(found(text * 4, r"\b\w+\b", regex=True, fold=False)) == 800_000


# -- sizes


@pytest.mark.parametrize("query", ["", " ", " \n\u00a0\t", "\u00ad", "\u200d", "\u0301"])
def test_a_query_of_nothing_finds_nothing(query: str) -> None:
    assert found("some text \u0301 with spaces", query) == []


def test_white_space_around_a_query_is_not_looked_for() -> None:
    assert found("the cat, the cats", " cat\n") == ["cat", "cat"]


def test_a_huge_query() -> None:
    text = "word " * 200_000
    assert spans(text, text) == [(0, len(text) - 1)]
    assert spans(text, text + "x") == []


def test_a_paragraph_of_a_megabyte_and_hits_across_the_seams_of_its_pieces() -> None:
    text = ("x" * 65_533 + "  é ﬁ ") * 16
    assert len(found(text, "x e fi x")) == 15
    text = "a" + " " * 70_000 + "\u200b" + "b\u0301" * 70_000 + "c"
    assert spans(text, "a b") == [(0, 70_004)]
    assert spans(text, "bc") == [(len(text) - 3, len(text))]


def test_there_is_a_bound_and_it_is_said() -> None:
    hits = Finder("a" * (MOST + 5)).find(Query("a"))
    assert (len(hits), hits.complete) == (MOST, False)
    hits = Finder("a" * MOST).find(Query("a"))
    assert (len(hits), hits.complete) == (MOST, True)


def test_a_search_can_be_stopped_at_any_time() -> None:
    called = 0

    def stop() -> None:
        nonlocal called
        called += 1
        if called > 5:
            raise CancelledError(what="finding")

    finder = Finder("слово ﬁ " * 300_000)
    with pytest.raises(CancelledError):
        finder.find(Query("слово"), stop)
    assert len(finder.find(Query("слово fi"))) == 300_000


def test_hits_of_a_stretch() -> None:
    hits = Finder("ab ab ab").find(Query("ab"))
    assert [list(hits.within(*span)) for span in ((0, 8), (2, 3), (1, 4), (4, 4), (5, 9), (8, 9))] == [
        [0, 1, 2], [], [0, 1], [1], [2], [],
    ]  # fmt: skip
    assert [hits.first_from(offset) for offset in (0, 1, 3, 7)] == [0, 1, 1, 3]
    assert hits[-1] == (6, 8)
    assert hits[1:] == [(3, 5), (6, 8)]
    assert list(NO_HITS) == []


# -- laws

LETTERS = st.sampled_from(
    [*"abcAB .-'\n\u00a0\t", "é", "e\u0301", "ß", "ẞ", "ﬁ", "ﬃ", "…", "“", "’", "\u00ad", "\u200b", "\u200d", "\u0301", "\u0323",
     "ı", "İ", "I", "Σ", "ς", "ø", "Æ", "ё", "й", "א", "ש\u05c1\u05b8", "م", "\u0640", "\u064e", "أ", "水", "か\u3099", "が",
     "カ", "한", "\u1112\u1161\u11ab", "\u1161", "ก", "กุ\u0e49", "\u0e49\u0e38", "न", "\u093c", "\u094d", "ि", "क़", "😀", "👨",
     "👩", "🇩", "🇪", "🏽", "\ufe0f", "𝐀", "ǆ", "\u0345", "½", "²", "㎏", "\u0600", "\u2028"]
)  # fmt: skip
TEXTS = st.lists(LETTERS, max_size=30).map("".join) | st.text(max_size=30)
RULES = st.builds(Rules, st.builds(Alike, st.booleans(), st.booleans(), st.booleans()), st.just(False))


@given(TEXTS, st.data(), st.booleans(), st.booleans(), st.booleans())
def test_every_hit_is_the_query_in_whole_characters_and_hits_are_sorted(
    text: str, data: st.DataObject, case: bool, fold: bool, words: bool
) -> None:
    start = data.draw(st.integers(0, len(text)))
    query = data.draw(st.just(text[start : start + data.draw(st.integers(0, 6))]) | TEXTS)
    rules = Rules(Alike(case=not case, accents=fold))
    wanted = Shadow(query, rules).text.strip(" ")
    last = 0
    for first, end in spans(text, query, case=case, fold=fold, words=words):
        assert last <= first < end <= len(text)
        assert is_grapheme_boundary(text, first)
        assert is_grapheme_boundary(text, end)
        assert Shadow(text[first:end], rules).text == wanted
        assert not words or is_whole_words(text, first, end)
        last = end


@given(TEXTS, TEXTS, TEXTS, RULES)
def test_what_stands_between_spaces_is_found_however_it_is_written(
    before: str, words: str, after: str, rules: Rules
) -> None:
    text = f"{before} {words} {after}"
    start = len(before) + 1
    assume(is_grapheme_boundary(text, start) and is_grapheme_boundary(text, start + len(words)))
    assume(Shadow(words, rules).text.strip(" "))
    shadow = Shadow(words, rules).text
    assume(shadow == shadow.strip(" "))
    options = {"case": not rules.alike.case, "fold": rules.alike.accents}
    for form in ("NFC", "NFD"):
        hits = spans(text, unicodedata.normalize(form, words), **options)
        assert any(first < start + len(words) and start < end for first, end in hits), form


@given(TEXTS, RULES)
@example("e\u0e49\u0301 x", Rules())
@example("\u0345\u064e", Rules(Alike(True, False)))
@example("é\u1e9e", Rules())
@example("أ\u00ad\n", Rules(Alike(False, False)))
@example("أ", Rules(Alike(quoted=True)))
@example("\u0e38\u0e49\u0345", Rules(Alike(quoted=True)))
def test_equal_texts_have_equal_shadows(text: str, rules: Rules) -> None:
    shadows = {Shadow(unicodedata.normalize(form, text), rules).text for form in ("NFC", "NFD")}
    assert shadows == {Shadow(text, rules).text}


@given(TEXTS, TEXTS, st.booleans())
def test_a_pattern_of_plain_letters_finds_whole_characters(text: str, query: str, fold: bool) -> None:
    assume(not set(query) & set(".-'\\^$*+?()[]{}|#\n"))
    last = 0
    try:
        hits = spans(text, query, regex=True, fold=fold)
    except PatternError:
        return
    for first, end in hits:
        assert last <= first < end
        assert is_grapheme_boundary(text, first)
        assert is_grapheme_boundary(text, end)
        last = end
