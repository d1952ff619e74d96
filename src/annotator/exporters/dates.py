"""Dates and times as people write them."""

from __future__ import annotations

import re

_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})")


def written_date(date: str | None) -> str:
    """Return a partial ISO 8601 date as “14 May 2025”, “May 2025” or “2025”; anything else as it is."""
    match = _DATE.fullmatch(date or "")
    if match is None:
        return date or ""
    year, month, day = match.groups()
    return " ".join(part for part in (day and str(int(day)), month and _MONTHS[int(month) - 1], year) if part)


def written_moment(moment: str) -> str:
    """Return a time in UTC (ISO 8601) as “14 May 2025, 10:02 UTC”; anything else as a date."""
    match = _MOMENT.match(moment)
    return f"{written_date(match[1])}, {match[2]} UTC" if match else written_date(moment)
