"""Puts differences where a person would see them: what was put in or left out begins with a line or a sentence.

“The cat. The dog.” with “The bird.” put in between can be read as “The [bird. The] dog.” too: the same words, and half a sentence
torn from its beginning. Such a stretch is slid along until it begins where lines or sentences do.
"""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.anchoring_tokens import Tokens

_FAR = 400
_SENTENCE = frozenset(".!?…。！？؟")


class Slider:
    """Takes runs in order (where in the old text, where in the new one, how many tokens) and keeps them tidy."""

    def __init__(self, old: Tokens, new: Tokens) -> None:
        self._old, self._new = old, new
        self.runs: list[list[int]] = []

    def take(self, runs: Iterable[tuple[int, int, int]]) -> list[list[int]]:
        """Return the runs with the stretches between them slid."""
        for start, other, size in runs:
            self._add([start, other, size])
        return self.runs

    def _add(self, run: list[int]) -> None:
        """Add a run behind the others; one that can be slid into it goes, and the one before that may be next."""
        while self.runs:
            last = self.runs[-1]
            gap, other_gap = run[0] - last[0] - last[2], run[1] - last[1] - last[2]
            if gap == 0 and other_gap == 0:
                run = [last[0], last[1], last[2] + run[2]]
                self.runs.pop()
                continue
            if gap and other_gap:
                break
            tokens, at = (self._new, 1) if gap == 0 else (self._old, 0)
            back = self._back(tokens, last[at], last[at] + last[2], run[at])
            if back < last[2]:
                self._slide(tokens, at, last, run, back)
                break
            run = [run[0] - back, run[1] - back, run[2] + back]
            self.runs.pop()
        if run[2]:
            self.runs.append(run)

    def _back(self, tokens: Tokens, first: int, start: int, end: int) -> int:
        """Return how far a stretch from ``start`` to ``end`` can be slid towards the beginning, at most to ``first``."""
        numbers, count = tokens.numbers, 0
        while start - count > first and numbers[start - count - 1] == numbers[end - count - 1] and count < _FAR:
            count += 1
        return count

    def _slide(self, tokens: Tokens, at: int, last: list[int], run: list[int], back: int) -> None:
        numbers, start, end = tokens.numbers, last[at] + last[2], run[at]
        forth = 0
        while forth < min(run[2], _FAR) and numbers[start + forth] == numbers[end + forth]:
            forth += 1
        if not back and not forth:
            return
        moves = sorted(range(-back, forth + 1), key=abs)
        move = max(moves, key=lambda step: _rank(tokens, start + step))
        last[2] += move
        run[0], run[1], run[2] = run[0] + move, run[1] + move, run[2] - move


def _rank(tokens: Tokens, place: int) -> int:
    """Return how well a stretch may begin with a token: a line does so best, then a sentence, then a word."""
    if not place:
        return 3
    between = tokens.text[tokens.ends[place - 1] : tokens.starts[place]]
    if "\n" in between:
        return 3
    if tokens.word(place - 1) in _SENTENCE:
        return 2
    return 1 if between else 0
