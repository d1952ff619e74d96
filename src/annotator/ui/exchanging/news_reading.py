"""Reads what is new since a person last looked: what came in with bundles, and from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.errors import NotFoundError
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.merging import News
from annotator.ui.exchanging.merge_words import number, people_words

if TYPE_CHECKING:
    from annotator.services.project import Project

_EXACT = 500
"""Up to so many things that several bundles brought are each counted once."""
_ORDER = ("conclusion", "linkage", "review", "claim", "passage", "appearance", "note", "source", "version", "agent")


@dataclass(frozen=True, slots=True)
class NewsCount:
    """How much is new, and from whom."""

    count: int = 0
    people: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The count in words: “12 new from Jonas Weld”; empty when nothing is."""
        if not self.count:
            return ""
        words = QCoreApplication.translate("news", "{0} new from {1}")
        return words.format(number(self.count), people_words(self.people))


def count_news(project: Project) -> NewsCount:
    """Count what is new, reading it only where several bundles may have brought the same; called by a job."""
    lines = [line for line in project.exchanges() if line.unseen and line.stands]
    people = dict.fromkeys(name for line in lines for name in line.people)
    count = sum(line.unseen for line in lines)
    if len(lines) > 1 and count < _EXACT:
        count = len(project.news(limit=_EXACT))
    return NewsCount(count, tuple(people))


def read_news(project: Project) -> tuple[News, ...]:
    """Return what is new, by person (most first), kind and time; called by a job."""
    people = {each.id: each.name for each in project.annotators()}
    found = sorted(
        (_with_owner(project, each, people) for each in project.news()), key=lambda each: each.at, reverse=True
    )
    counts = Counter(each.annotator for each in found)
    return tuple(sorted(found, key=lambda each: (-counts[each.annotator], each.annotator, _rank(each.kind))))


def _with_owner(project: Project, news: News, people: Mapping[EntityId, str]) -> News:
    """Say whose a judgement is where somebody else changed it: two conclusions on one claim would look alike."""
    if news.kind not in ("conclusion", "linkage") or news.is_deleted:
        return news
    try:
        made = project.entity(news.entity_id)
    except NotFoundError:
        return news
    owner = people.get(made.annotator_id, "") if isinstance(made, Conclusion | Linkage) else ""
    if not owner or owner == news.annotator:
        return news
    return replace(news, label=QCoreApplication.translate("news", "{0}’s, {1}").format(owner, news.label))


def _rank(kind: str) -> tuple[int, str]:
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)
