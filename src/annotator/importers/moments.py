"""Times as browsers write them."""

from __future__ import annotations

from datetime import UTC, datetime


def javascript_time(words: str) -> datetime:
    """Return a time as JavaScript prints it: ``Tue Jan 16 2024 10:00:00 GMT+0100 (Central European Time)``.

    Raises ``ValueError`` for what is none.
    """
    return datetime.strptime(words.partition(" (")[0].strip(), "%a %b %d %Y %H:%M:%S GMT%z")


def iso_time(moment: datetime) -> str:
    """Return a time that has a zone as it is stored: UTC in ISO 8601, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
