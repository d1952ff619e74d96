"""Dates and times as people write them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from annotator.ui.when import day, lately, moment, published

NOW = datetime(2025, 5, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2025-05-21T09:05:00Z", "today 11:05"),
        ("2025-05-20T22:30:00Z", "today 00:30"),
        ("2025-05-20T12:00:00Z", "yesterday 14:00"),
        ("2025-05-19T12:00:00Z", "19 May"),
        ("2024-12-31T23:30:00Z", "1 January"),
        ("2024-05-19T12:00:00Z", "19 May 2024"),
        ("some day", "some day"),
    ],
)
def test_moments_are_told_from_here_and_now(at: str, said: str) -> None:
    assert moment(at, NOW) == said


def test_lately_needs_no_word_for_today() -> None:
    assert lately("2025-05-21T09:05:00Z", NOW) == "11:05"
    assert lately("2025-05-20T12:00:00Z", NOW) == "yesterday 14:00"


def test_days() -> None:
    assert day("2025-03-03T12:00:00Z", NOW) == "3 March"
    assert day("never", NOW) == "never"


def test_what_was_published_keeps_its_precision() -> None:
    assert [published(date, now=NOW) for date in ("2025", "2025-05", "2025-05-14", None, "")] == [
        "2025",
        "May 2025",
        "14 May 2025",
        "",
        "",
    ]
    assert published("2025-05-14", short=True, now=NOW) == "14 May"
