"""The place of a text that comes nearest to a quotation.

Both are compared as shadows, so that quotes, capitals, dashes and white space do not count. What a quotation leaves out (“…”) or
puts in (“[the mayor]”) parts it into pieces; they are looked for one after the other. A long quotation is cut into
pieces too, so that the time grows with the text and not with both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from annotator.domain.edit_distance import best_end
from annotator.domain.letters import Alike
from annotator.domain.shadow import Shadow
from annotator.domain.shadow_kinds import Rules

RULES = Rules(Alike(quoted=True))
"""By these a quotation and the texts are compared."""

LEAST = 0.75
"""Below this share of matching letters a quotation is found nowhere; short ones need more."""

_LONG_ENOUGH = 40
_PIECE = 300
_CUTOFF = 55.0
_PLACES = 24
_FEW, _CLOSE = 3, 16
_LEFT_OUT, _PUT_IN, _NEXT = 20_000, 200, 60
_GAP = regex.compile(r"\s*(?:[\[(]\s*(?:\u2026|\.\s?\.\s?\.)\s*[\])]|\u2026|\.\s?\.\s?\.)\s*|\s*\[[^\]\n]{1,120}\]\s*")
_EDGE = "\"' \t\n\u00a0\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb"
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")


@dataclass(frozen=True, slots=True)
class Near:
    """A place that comes near to a quotation: half-open code points, one stretch for each piece of it that was found.

    ``score`` is the share of the quotation's letters that stand there: 1 is word for word, but for what a shadow leaves out.
    """

    spans: tuple[tuple[int, int], ...]
    score: float

    @property
    def start(self) -> int:
        """Where the place begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the place ends."""
        return self.spans[-1][1]

    def words(self, text: str) -> str:
        """Return the words of the place; what lies between its stretches is “…”."""
        return " … ".join(text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of the quotation as a shadow, and how far behind the one before it may stand."""

    text: str
    reach: int


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    errors: int


class Quotation:
    """A quotation that is looked for in any number of texts."""

    def __init__(self, words: str) -> None:
        self._pieces = tuple(_pieces(words.strip(_EDGE)))
        self.letters = sum(len(piece.text) for piece in self._pieces)

    @property
    def can_be_found(self) -> bool:
        """Whether there is anything to look for."""
        return self.letters > 0

    def nearest(self, text: str) -> Near | None:
        """Return the nearest place in a text, or None."""
        if not self._pieces:
            return None
        shadow = Shadow(text, RULES)
        anchor = max(range(len(self._pieces)), key=lambda number: len(self._pieces[number].text))
        best: tuple[int, list[_Hit | None]] | None = None
        for hit in self._places(shadow.text, anchor):
            hits = self._around(shadow.text, anchor, hit)
            errors = sum(
                found.errors if found else len(piece.text) for found, piece in zip(hits, self._pieces, strict=True)
            )
            if best is None or errors < best[0]:
                best = errors, hits
            if errors == 0:
                break
        if best is None or 1 - best[0] / self.letters < least_score(self.letters):
            return None
        spans: list[tuple[int, int]] = []
        for found, piece in zip(best[1], self._pieces, strict=True):
            if found is not None and found.start < found.end:
                start, end = shadow.around(found.start, found.end)
                if spans and (piece.reach < _LEFT_OUT or start - spans[-1][1] <= 1):
                    start = spans.pop()[0]
                spans.append((start, end))
        return Near(tuple(spans), 1 - best[0] / self.letters) if spans else None

    def _places(self, text: str, anchor: int) -> Iterator[_Hit]:
        """Yield where the longest piece stands: where it stands exactly, the first places; else the nearest."""
        wanted = self._pieces[anchor].text
        at, found = text.find(wanted), 0
        while at >= 0 and found < _PLACES:
            yield _Hit(at, at + len(wanted), 0)
            found += 1
            at = text.find(wanted, at + 1)
        if not found and (hit := _find(wanted, text, 0, len(text))):
            yield hit

    def _around(self, text: str, anchor: int, hit: _Hit) -> list[_Hit | None]:
        """Return where the other pieces stand before and behind the longest; None for what is not there."""
        hits: list[_Hit | None] = [None] * len(self._pieces)
        hits[anchor] = hit
        at = hit.end
        for number in range(anchor + 1, len(self._pieces)):
            piece = self._pieces[number]
            found = _find(piece.text, text, at, min(len(text), at + piece.reach + 2 * len(piece.text)))
            hits[number] = found
            at = found.end if found else at
        at = hit.start
        for number in range(anchor - 1, -1, -1):
            piece = self._pieces[number]
            reach = self._pieces[number + 1].reach + 2 * len(piece.text)
            found = _find(piece.text, text, max(0, at - reach), at, from_end=True)
            hits[number] = found
            at = found.start if found else at
        return hits


def tidied(words: str) -> str:
    """Return a quotation on one line, without the marks around it, and “…” for whatever way it leaves words out."""
    gaps = _GAP.sub(lambda gap: " … " if _leaves_out(gap.group()) else gap.group(), words.strip(_EDGE))
    return " ".join(gaps.split())


def least_score(letters: int) -> float:
    """Return how near a place must come to a quotation of so many letters: a few letters stand nearly anywhere by chance."""
    if letters >= _LONG_ENOUGH:
        return LEAST
    allowed = letters * letters * (1 - LEAST) / _LONG_ENOUGH
    return 1 - max(allowed, 1.0 if letters >= _LONG_ENOUGH // 4 else 0.0) / max(letters, 1)


def _find(wanted: str, text: str, start: int, end: int, *, from_end: bool = False) -> _Hit | None:
    """Return the nearest place of a piece between two places of a shadow; None when nothing comes near.

    Of exact places the first counts, or the last with ``from_end``.
    """
    room = text[start:end]
    at = room.rfind(wanted) if from_end else room.find(wanted)
    if at >= 0:
        return _Hit(start + at, start + at + len(wanted), 0)
    found = fuzz.partial_ratio_alignment(wanted, room, score_cutoff=_CUTOFF)
    if found is None:
        return None
    slack = max(8, len(wanted) // 2)
    first = max(0, found.dest_start - slack)
    window = room[first : found.dest_end + slack]
    errors, stop = best_end(wanted, window)
    if errors >= len(wanted) * (1 - least_score(len(wanted)) + 0.15):
        return None
    _, length = best_end(wanted[::-1], window[:stop][::-1], from_start=True)
    begin, stop = _to_words(text, start + first + stop - length, start + first + stop)
    return _Hit(*_to_outer_words(text, wanted, begin, stop), errors)


def _to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch with whole words at its ends, without white space there; scripts without spaces are left alone."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    while 0 < start < end and _in_word(text, start):
        start -= 1
    while start < end < len(text) and _in_word(text, end):
        end += 1
    return start, end


def _to_outer_words(text: str, wanted: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch that begins and ends with the first and last words of a piece, where these stand close by.

    Without this “did find” is nearer to “find” than to “did not find”, and the one word that matters would not be seen.
    """
    words = wanted.split()
    if len(words) < _FEW:
        return start, end
    before, behind = text[max(0, start - _CLOSE) : start], text[end : end + _CLOSE]
    if not text.startswith(words[0], start) and (found := before.rfind(words[0])) >= 0:
        place = start - len(before) + found
        if place == 0 or not _in_word(text, place):
            start = place
    if not text.endswith(words[-1], start, end) and (found := behind.find(words[-1])) >= 0:
        place = end + found + len(words[-1])
        if place == len(text) or not _in_word(text, place):
            end = place
    return start, end


def _in_word(text: str, at: int) -> bool:
    pair = text[at - 1 : at + 1]
    return bool(_WORD.match(pair[0]) and _WORD.match(pair[1])) and not _UNSPACED.search(pair)


def _pieces(words: str) -> Iterator[_Piece]:
    """Yield the pieces of a quotation."""
    reach = 0
    for start, end, following in _between_gaps(words):
        shadow = Shadow(words[start:end], RULES).text.strip()
        if not _LETTER.search(shadow):
            reach = max(reach, following)
            continue
        for number, piece in enumerate(_cut(shadow)):
            yield _Piece(piece, _NEXT if number else reach)
        reach = following


def _between_gaps(words: str) -> Iterator[tuple[int, int, int]]:
    """Yield each stretch between what is left out or put in, with how far away the next one may be."""
    at = 0
    for match in _GAP.finditer(words):
        yield at, match.start(), _LEFT_OUT if _leaves_out(match.group()) else _PUT_IN
        at = match.end()
    yield at, len(words), 0


def _leaves_out(gap: str) -> bool:
    return any(sign in gap for sign in ("…", "..", ". ."))


def _cut(shadow: str) -> Iterator[str]:
    """Yield a long piece in parts that end with a word."""
    at = 0
    while len(shadow) - at > 2 * _PIECE:
        end = shadow.find(" ", at + _PIECE, at + 2 * _PIECE)
        end = end if end > 0 else at + _PIECE
        yield shadow[at:end].strip()
        at = end
    yield shadow[at:].strip()
