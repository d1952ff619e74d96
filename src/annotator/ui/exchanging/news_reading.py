"""Reads what is new since a person last looked, and counts it by whom it is from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.merging import News
from annotator.ui.exchanging.merge_words import number, people_words

if TYPE_CHECKING:
    from annotator.services.project import Project

UNTOLD = frozenset({"annotator"})
"""Kinds that are nothing to look at."""


@dataclass(frozen=True, slots=True)
class NewsCount:
    """How much is new, and from whom, most first."""

    count: int = 0
    people: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The count in words: “12 new from Jonas Weld”; empty when nothing is."""
        if not self.count:
            return ""
        words = QCoreApplication.translate("news", "{0} new from {1}")
        return words.format(number(self.count), people_words(self.people))


def read_news(project: Project) -> tuple[News, ...]:
    """Return what is new, by person (most first), kind and time; called by a job."""
    found = [each for each in project.news() if each.kind not in UNTOLD]
    counts = Counter(each.annotator for each in found)
    found.sort(key=lambda each: each.at, reverse=True)
    return tuple(sorted(found, key=lambda each: (-counts[each.annotator], each.annotator, _rank(each.kind))))


def count_news(news: tuple[News, ...]) -> NewsCount:
    """Return how much is new and from whom."""
    return NewsCount(len(news), tuple(dict.fromkeys(each.annotator for each in news)))


def _rank(kind: str) -> tuple[int, str]:
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)


_ORDER = ("conclusion", "linkage", "review", "claim", "passage", "appearance", "note", "source", "version", "agent")
