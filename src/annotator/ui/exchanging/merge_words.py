"""The words of a merge: kinds of things in the plural, counts, names of people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from annotator.domain.merging import News

_KINDS = {
    "source": "Sources",
    "version": "Versions",
    "passage": "Passages",
    "claim": "Claims",
    "appearance": "Appearances",
    "linkage": "Linkages",
    "conclusion": "Conclusions",
    "agent": "Agents",
    "annotator": "Annotators",
    "note": "Notes",
    "scale": "Scales",
    "review": "Reviews",
    "waiver": "Waivers",
    "block_mark": "Marks of what is the article",
    "source_assessment": "Assessments of sources",
    "assignment": "Assignments",
    "anchor": "Anchors",
}
_FEW = 3


def kinds_words(kind: str) -> str:
    """Return what several of a kind are called."""
    return QCoreApplication.translate("merging", _KINDS.get(kind, kind.replace("_", " ").capitalize()))


def number(count: int) -> str:
    """Return a count as people write it: ``1,932``."""
    return QLocale().toString(count)


def people_words(people: Sequence[str]) -> str:
    """Return the names of people in a row: ``Jonas Weld, Mia Roth and 2 more``."""
    translate = QCoreApplication.translate
    if not people:
        return translate("merging", "nobody")
    if len(people) == 1:
        return people[0]
    if len(people) <= _FEW:
        return translate("merging", "{0} and {1}").format(", ".join(people[:-1]), people[-1])
    return translate("merging", "{0} and {1} more").format(", ".join(people[:_FEW]), len(people) - _FEW)


def changes_words(count: int) -> str:
    """Return how many changes: ``1 change``, ``1,932 changes``."""
    if count == 1:
        return QCoreApplication.translate("merging", "1 change")
    return QCoreApplication.translate("merging", "{0} changes").format(number(count))


def happened_words(news: News) -> str:
    """Return what happened to a thing: new, changed or deleted."""
    if news.is_deleted:
        return QCoreApplication.translate("merging", "deleted")
    return QCoreApplication.translate("merging", "new" if news.is_new else "changed")
