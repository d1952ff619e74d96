"""What of a project rests on words that a newer version of their source does not have."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.anchoring import Anchor
from annotator.domain.changed_words import ChangedWords, all_changed, changed_sentence
from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage
from annotator.domain.source import Version
from annotator.domain.view import View


class Changed:
    """Knows which passages have other words in a newer version."""

    def __init__(self, view: View) -> None:
        self._changed = all_changed(view.all(Anchor), view.all(Version), view.all(Passage))

    def of(self, passages: Iterable[EntityId]) -> tuple[ChangedWords, ...]:
        """Return what became of the words of those of these passages that changed."""
        return tuple(found for passage in passages if (found := self._changed.get(passage)))

    def words(self, passages: Iterable[EntityId]) -> str:
        """Return that as a sentence for each, one a line; nothing where all words are the same."""
        return "\n".join(dict.fromkeys(map(changed_sentence, self.of(passages))))
