"""Dates and times as people write them: ``today 14:32``, ``yesterday 9:05``, ``14 May 2025``."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale


def moment(at: str, now: datetime | None = None) -> str:
    """Return a time (UTC in ISO 8601) in the person's words and time zone; what is no time comes back as it is."""
    then = _local(at)
    if then is None:
        return at
    today = (now or datetime.now(UTC)).astimezone().date()
    clock = f"{then:%H:%M}"
    days = (today - then.date()).days
    if days == 0:
        return QCoreApplication.translate("when", "today {0}").format(clock)
    if days == 1:
        return QCoreApplication.translate("when", "yesterday {0}").format(clock)
    return day(at, now)


def day(at: str, now: datetime | None = None) -> str:
    """Return the day of a time (UTC in ISO 8601): ``14 May``, with the year where it is another one."""
    then = _local(at)
    if then is None:
        return at
    this_year = (now or datetime.now(UTC)).astimezone().year
    pattern = "d MMMM" if then.year == this_year else "d MMMM yyyy"
    return QLocale().toString(QDate(then.year, then.month, then.day), pattern)


def published(date: str | None, *, short: bool = False, now: datetime | None = None) -> str:
    """Return a partial date (``2025``, ``2025-05``, ``2025-05-14``) in words; ``short`` is ``14 May``, or ``Nov 2024``."""
    if not date:
        return ""
    year, *rest = (int(part) for part in date.split("-"))
    if not rest:
        return str(year)
    whole = len(rest) > 1
    this_year = (now or datetime.now(UTC)).astimezone().year
    pattern = "d MMMM yyyy" if whole else "MMMM yyyy"
    if short:
        pattern = "d MMM" if whole and year == this_year else "MMM yyyy"
    return QLocale().toString(QDate(year, rest[0], rest[1] if whole else 1), pattern)


def lately(at: str, now: datetime | None = None) -> str:
    """Return ``moment``, without a word for today: ``14:32``, ``yesterday 9:05``."""
    then = _local(at)
    today = (now or datetime.now(UTC)).astimezone().date()
    return f"{then:%H:%M}" if then and then.date() == today else moment(at, now)


def _local(at: str) -> datetime | None:
    try:
        then = datetime.fromisoformat(at)
    except ValueError:
        return None
    return then.replace(tzinfo=then.tzinfo or UTC).astimezone()
