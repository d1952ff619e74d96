"""A text as words and signs without white space, numbered so that what is read alike has the same number."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import islice

import regex

from annotator.domain.letters import UNSEEN, Alike, fold_letters

Stop = Callable[[], None]
"""Called now and then; it raises what ends the work."""

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_TOKEN = regex.compile(
    rf"(?V1)[{_UNSPACED}]|[[\p{{L}}\p{{N}}\p{{M}}\p{{Co}}{UNSEEN}]--[{_UNSPACED}]]+|\S", flags=regex.DOTALL
)
_ALIKE = Alike(quoted=True)
_OFTEN = 1 << 14


class Vocabulary:
    """Gives every word a number; words that differ in case, ligatures, quotes or unseen signs have the same one."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        """The numbers of words as they are written, of those that were asked for."""
        self._by_shadow: dict[str, int] = {}

    def number(self, word: str) -> int:
        """Return the number of a word that is not known yet."""
        shadow = fold_letters(word, _ALIKE) or word
        found = self.known[word] = self._by_shadow.setdefault(shadow, len(self._by_shadow))
        return found


class Tokens:
    """The tokens of a text: their numbers, and where each starts and ends (code points)."""

    def __init__(self, text: str, vocabulary: Vocabulary, stop: Stop = lambda: None) -> None:
        self.text = text
        self.numbers: list[int] = []
        self.starts, self.ends = array("I"), array("I")
        known, number, matches = vocabulary.known, vocabulary.number, _TOKEN.finditer(text)
        while some := [*islice(matches, _OFTEN)]:
            stop()
            self.starts.extend([match.start() for match in some])
            self.ends.extend([match.end() for match in some])
            words = [match.group() for match in some]
            self.numbers += [known[word] if word in known else number(word) for word in words]

    def __len__(self) -> int:
        return len(self.numbers)

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open run of tokens that a stretch of the text touches."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the stretch of the text from the token ``first`` up to the token before ``last``."""
        return self.starts[first], self.ends[last - 1]

    def words(self, first: int, last: int) -> str:
        """Return the tokens from ``first`` up to the one before ``last``, with what stands between them."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""

    def word(self, place: int) -> str:
        """Return a token as it is written."""
        return self.text[self.starts[place] : self.ends[place]]
