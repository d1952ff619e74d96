"""Dates may be partial; none is guessed."""

from __future__ import annotations

import pytest

from annotator.domain.dates import partial_date


@pytest.mark.parametrize("text", ["2025", "2025-05", "2025-05-14", "2024-02-29", "0001-01-01", "9999-12-31"])
def test_dates_of_the_calendar(text: str) -> None:
    assert partial_date(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "25", "2025-5", "2025-13", "2025-00", "2025-02-29", "2025-04-31", "0000", "2025-05-14T00:00", "2025/05",
     "2025-05-14\n", "-2025", "２０２５-13", "May 2025"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        partial_date(text)


def test_digits_are_ascii() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        partial_date("２０２５")
