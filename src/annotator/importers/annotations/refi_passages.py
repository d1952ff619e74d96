"""Selections as passages: each at its place; those that go on in another are one, and those of one person on the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotator.domain.foreign import ForeignPassage, ForeignStretch
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.domain.passage import Area
from annotator.domain.text import CONTEXT
from annotator.importers.annotations.refi_areas import Areas
from annotator.importers.annotations.refi_counting import Settled, is_words
from annotator.importers.annotations.refi_package import given, key_of, words_of
from annotator.importers.annotations.refi_texts import Selection, Texts

Place = ForeignStretch | Area

_IN_DOUBT = "Its numbers do not lead to the words that it is called by, or to several places, depending on how they were counted"
_OUTSIDE = "Its numbers ({0} to {1}) lie outside of the text, which has {2} characters, or mark nothing"


class Placing:
    """Places the selections of a project. ``part_of`` tells which passage a selection became a part of."""

    def __init__(self, texts: Texts, follows: Mapping[str, str]) -> None:
        """``follows`` leads from a selection to the one that goes on with it."""
        self._texts = texts
        self._areas = Areas(texts.sources)
        self._settled = Settled([each.marked for each in texts.selections if each.marked])
        self._by_key = {each.key: each for each in reversed(texts.selections)}
        self._follows = {key: after for key, after in follows.items() if self._is_next(key, after)}
        self._there: dict[tuple[str, str, tuple[Place, ...]], str] = {}
        self.part_of: dict[str, str] = {}

    def is_continued(self, key: str, after: str) -> bool:
        """Tell whether a selection goes on in another."""
        return self._follows.get(key) == after

    def passages(self, *, ours: bool) -> Iterator[ForeignPassage]:
        """Yield the passages; what has no place is told. ``ours``: a description is the label, as this program writes it."""
        later = set(self._follows.values())
        starts = [each for each in self._texts.selections if each.key not in later]
        for selection in (*starts, *self._texts.selections):
            if selection.key not in self.part_of or selection is not self._by_key[selection.key]:
                yield from self._passage(selection, ours=ours)

    def _passage(self, selection: Selection, *, ours: bool) -> Iterator[ForeignPassage]:
        chain = [selection]
        self.part_of[selection.key] = selection.key
        while (after := self._follows.get(chain[-1].key)) and after not in self.part_of:
            chain.append(self._by_key[after])
            self.part_of[after] = selection.key
        places: list[Place] = []
        for each in chain:
            found = self._place(each)
            if isinstance(found, LeftOut):
                self._texts.left_out.append(found)
                return
            places.append(found)
        by = key_of(given(selection.element, "creatingUser"))
        first = selection.key if ours else self._there.setdefault((selection.source, by, tuple(places)), selection.key)
        if first != selection.key:
            self.part_of.update((each.key, first) for each in chain)
            return
        yield ForeignPassage(
            key=selection.key,
            source=selection.source,
            stretches=tuple(place for place in places if isinstance(place, ForeignStretch)),
            area=next((place for place in places if isinstance(place, Area)), None),
            label=words_of(selection.element, "Description") if ours else "",
            by=by,
        )

    def _is_next(self, key: str, after: str) -> bool:
        one, other = self._by_key.get(key), self._by_key.get(after)
        return one is not None and other is not None and key != after and one.source == other.source

    def _place(self, selection: Selection) -> Place | LeftOut:
        marked = selection.marked
        if marked is None:
            return self._areas.place(selection.element, selection.source)
        text, name = marked.text.text, marked.name
        span = self._settled.span(marked)
        if span is None and not marked.text.is_own and is_words(name):
            return ForeignStretch(quote=name)
        if span is None:
            return LeftOut(kind="passage", words=name, why=Why.OTHER, detail=_IN_DOUBT)
        start, end = span
        if not 0 <= start < end <= len(text):
            detail = _OUTSIDE.format(marked.start, marked.end, len(text))
            return LeftOut(kind="passage", words=name, why=Why.OTHER, detail=detail)
        return ForeignStretch(
            quote=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            start=start,
            end=end,
        )
