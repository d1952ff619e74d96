"""Dates as sources give them: whole, partial, or unknown."""

from __future__ import annotations

import re
from datetime import date
from typing import NewType

PartialDate = NewType("PartialDate", str)
"""A year, a month or a day in ISO 8601 (``2025``, ``2025-05``, ``2025-05-14``): its length is its precision."""

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def partial_date(text: str) -> PartialDate:
    """Return ``text`` as a partial date; raises ``ValueError`` when it is no date of the calendar."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a date such as 2025, 2025-05 or 2025-05-14")
    year, month, day = match.groups(default="1")
    date(int(year), int(month), int(day))
    return PartialDate(text)
