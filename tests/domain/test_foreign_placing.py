"""What another program marked is put on the same words only."""

from __future__ import annotations

import pytest

from annotator.domain.foreign import ForeignStretch
from annotator.domain.foreign_placing import Doubt, Ground
from annotator.domain.foreign_reasons import Why

TEXT = "Abstract\nIt is now here.\nCafe\u0301 owners disagree: 4.1 per cent.\nIt is 41 per cent."


def placed(quote: str, *, is_same: bool = False, **more: int | str) -> str | Why:
    stretch = ForeignStretch(quote=quote, **more)  # type: ignore[arg-type]  # the caller knows the fields
    found = Ground(TEXT, lambda _: None, is_same=is_same).place([stretch])
    return found.why if isinstance(found, Doubt) else " … ".join(TEXT[start:end] for start, end in found)


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("It is  now\nhere", "It is now here"),
        ("AbstractIt is now", "Abstract\nIt is now"),
        ("Abstract It is now", "Abstract\nIt is now"),
        ("It is nowhere", Why.NOT_THERE),
        ("It is n ow here", Why.NOT_THERE),
        ("is not now here", Why.NOT_THERE),
        ("41 per cent", "41 per cent"),
        ("4.1 per cent", "4.1 per cent"),
        ("per cent", Why.SEVERAL),
        ("Cafe", Why.HALF_LETTER),
        ("…", Why.NO_WORDS),
        ("", Why.NO_WORDS),
    ],
)
def test_the_same_words_or_none(quote: str, words: str | Why) -> None:
    assert placed(quote) == words


def test_offsets_alone_count_in_the_very_text_only() -> None:
    assert placed("", start=12, end=18, is_same=True) == TEXT[12:18]
    assert placed("", start=12, end=18) is Why.NO_WORDS
    assert placed("", start=12, end=9_999, is_same=True) is Why.NO_WORDS


def test_words_win_over_offsets_and_offsets_decide_between_the_same_words() -> None:
    second = TEXT.rindex("per cent")
    assert placed("disagree", start=0, end=8, is_same=True) == "disagree"
    assert placed("per cent", start=second, end=second + 8) == "per cent"
    assert placed("per cent", start=second + 1, end=second + 9) is Why.SEVERAL
