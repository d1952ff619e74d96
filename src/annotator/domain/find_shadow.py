"""The shadow of a text: its folded form, in which search is a plain comparison, and the way back to the text.

Nearly every character has a shadow of one character. Where that is not so (white space in a row, soft hyphens, ligatures,
accents written apart) there is a *fold*: a stretch of the text with its shadow. The way back needs to know these only.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from annotator.domain.letters import Alike, fold_letters
from annotator.domain.text import is_grapheme_boundary, snap_to_graphemes

_PIECE = 1 << 14
"""Code points that are worked on at a stretch: other threads wait no longer than that takes."""
_PLANE = 128
"""Characters are looked at by this many neighbours, and only those whose neighbours are in a text."""
_ALONE = r"\x00-\x7f\u3400-\u9fff\uac00-\ud7a3"
"""For a character class: ASCII, ideographs and Hangul syllables are their own shadows, but for case."""

_JOINS = regex.compile(
    r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}\p{GCB=Prepend}\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=RI}]"
)
_LEANS = regex.compile(r"\p{NFC_QC=M}")
_ORDERED = regex.compile(r"\P{ccc=0}")
_ROOMS = re.compile("  +")
_NEVER = "(?!)"
_FEW = 32
_MEMORY = 20_000

Stop = Callable[[], None]
"""Called now and then; it raises what ends the work."""


class Rules(NamedTuple):
    """How a text is folded. ``literally``: white space and whatever has a longer shadow stay as they are, for patterns."""

    alike: Alike = Alike()
    literally: bool = False


class _Kinds(NamedTuple):
    """Characters by what becomes of them: the shadows of most; unseen ones; longer ones; those that lean on the one before.

    ``marks`` have shadows of one, but stand in an order; ``joining`` are those that make one grapheme with a neighbour.
    """

    shadows: dict[int, int]
    unseen: str
    longer: str
    leaning: str
    marks: str
    joining: str


class Shadow:
    """A folded text. Offsets *at* are of the shadow, offsets *in* of the text, both in code points."""

    def __init__(self, text: str, rules: Rules, stop: Stop = lambda: None) -> None:
        """Fold a text; this takes a moment for long ones, and ``stop`` is called all the while."""
        self.source = text
        folding = _Folding(text, _kinds_in(text, rules, stop), rules, stop)
        self.text = folding.fold()
        self._from, self._to, self._at, self._until = folding.folds
        self._joining = frozenset(folding.kinds.joining)
        self.is_plain = not self._joining and not self._from
        """Whether every place in the shadow is the same place in the text, and no grapheme has two code points."""

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the stretch of the text with a stretch of the shadow, or None: it would split a character."""
        if self.is_plain:
            return first, last
        start, end = self._start(first), self._end(last)
        if start < 0 or end < 0 or not self.is_boundary(start):
            return None
        if not self.is_boundary(end):
            end = snap_to_graphemes(self.source, end, end)[1]
            if end > self._start(last):
                return None
        return start, end

    def is_boundary(self, offset: int) -> bool:
        """Tell whether no grapheme of the text lies across an offset."""
        text, joining = self.source, self._joining
        if not joining or not 0 < offset < len(text):
            return True
        if text[offset - 1] not in joining and text[offset] not in joining:
            return True
        return is_grapheme_boundary(text, offset)

    def _start(self, at: int) -> int:
        """Return the last place in the text that a place in the shadow stands for; -1 inside a fold."""
        number = bisect_right(self._at, at) - 1
        if number < 0:
            return at
        if at >= self._until[number]:
            return int(self._to[number]) + at - self._until[number]
        return int(self._from[number]) if at == self._at[number] else -1

    def _end(self, at: int) -> int:
        """Return the first place in the text that a place in the shadow stands for; -1 inside a fold."""
        number = bisect_left(self._at, at) - 1
        if number < 0:
            return at
        return int(self._to[number]) + at - self._until[number] if at >= self._until[number] else -1


_Part = tuple[int, int, str]
"""A fold: from where, to where, its shadow."""


class _Folding:
    """Makes one shadow."""

    def __init__(self, text: str, kinds: _Kinds, rules: Rules, stop: Stop) -> None:
        self.kinds = kinds
        self.folds = array("I"), array("I"), array("I"), array("I")
        """From where in the text, to where, from where in the shadow, to where; in order."""
        self._text, self._rules, self._stop = text, rules, stop
        self._odd = kinds.unseen + kinds.longer + kinds.leaning
        self._room = "" if rules.literally else " "
        self._parts = _parts(kinds, rules)
        self._memory: dict[tuple[int, str], tuple[_Part, ...]] = {}

    def fold(self) -> str:
        """Return the shadow, all folds noted."""
        even = "".join(self._even())
        from_, to, at, until = self.folds
        folded: list[str] = []
        done = length = 0
        for start, end in self._runs(even):
            base = self._base(start, done)
            for first, last, shadow in self._parts_of(self._text[base:end], start - base):
                first, last = base + first, base + last
                folded.append(even[done:first])
                folded.append(shadow)
                length += first - done
                from_.append(first)
                to.append(last)
                at.append(length)
                length += len(shadow)
                until.append(length)
                done = last
        folded.append(even[done:])
        return self._ordered("".join(folded) if done else even)

    def _even(self) -> Iterator[str]:
        """Yield the text with all characters folded that have a shadow of one."""
        shadows, text, lowers = self.kinds.shadows, self._text, self._rules.alike.case
        changed = "".join(chr(code) for code, shadow in shadows.items() if code != shadow)
        odd = frozenset(self._odd)
        contrary = {letter for letter in (*odd, "\u0130") if not odd.issuperset(letter.lower())} if lowers else set()
        is_contrary = re.compile(f"[{re.escape(''.join(contrary))}]" if contrary else _NEVER)
        is_changed = re.compile(f"[{re.escape(changed)}]" if changed else _NEVER)
        for start in range(0, len(text), _PIECE):
            self._stop()
            piece = text[start : start + _PIECE]
            if not piece.isascii() and not is_contrary.search(piece):
                lower = piece.lower() if lowers else piece
                found = set(is_changed.findall(lower))
                if len(found) <= _FEW:
                    for letter in found:
                        lower = lower.replace(letter, chr(shadows[ord(letter)]))
                    yield lower
                    continue
            yield piece.translate(shadows)

    def _base(self, start: int, done: int) -> int:
        """Return where the letter stands that what begins at ``start`` may lean on."""
        base, marks = max(start - 1, done), self.kinds.marks
        while base > done and self._text[base] in marks:
            base -= 1
        return base

    def _parts_of(self, run: str, first: int) -> tuple[_Part, ...]:
        """Return the folds of a run that begins at ``first``; before that stands the letter that it may lean on."""
        if not self._odd:
            return ((first, len(run), " "),)
        key = first, run
        parts = self._memory.get(key)
        if parts is None:
            parts = tuple(self._take_apart(run, first))
            if len(self._memory) < _MEMORY and len(run) <= _FEW:
                self._memory[key] = parts
        return parts

    def _take_apart(self, run: str, first: int) -> Iterator[_Part]:
        for part in self._parts.finditer(run, first):
            start, end = part.span()
            if part.lastgroup == "room":
                yield start, end, " "
            elif part.lastgroup in ("broken", "unseen"):
                yield start, end, ""
            else:
                start = 0 if part.lastgroup == "leaning" and start == first else start
                yield start, end, fold_letters(run[start:end], self._rules.alike)

    def _runs(self, even: str) -> Iterator[tuple[int, int]]:
        """Yield from where to where there are odd characters, or white space in a row."""
        odd, room, marks = re.escape(self._odd), self._room, re.escape(self.kinds.marks)
        if not odd and not room:
            return
        pattern = re.compile(f"[{room}{odd}][{room}{odd}{marks}]+|[{odd}]") if odd else _ROOMS
        edges = room + odd + marks
        inside = re.compile(f"[{edges}]*")
        start = 0
        while start < len(even):
            self._stop()
            found = inside.match(even, start + _PIECE)
            end = found.end() if found else len(even)
            for match in pattern.finditer(even, start, end):
                yield match.span()
            start = end

    def _ordered(self, folded: str) -> str:
        """Return a shadow with the marks over one letter in their one order."""
        marks = re.escape(self.kinds.marks)
        if not marks or unicodedata.is_normalized("NFC", folded):
            return folded
        return re.sub(f"[{marks}][{marks}]+", lambda found: unicodedata.normalize("NFC", found[0]), folded)


def _parts(kinds: _Kinds, rules: Rules) -> re.Pattern[str]:
    """Return what takes a run of odd characters apart: white space, unseen ones, and each other with what leans on it.

    A word that was broken with a soft hyphen at the end of a line is one word.
    """
    unseen, longer, leaning = (re.escape(letters) for letters in (kinds.unseen, kinds.longer, kinds.leaning))
    over = unseen + leaning + re.escape(kinds.marks)
    room, broken, alone, long, led = (_NEVER,) * 5
    if not rules.literally:
        room, broken = rf"\s[\s{unseen}]*", "\u00ad[^\\S\n]*\n\\s*"
    if leaning:
        led = f"[{over}]{{,{_FEW}}}[{leaning}][{over}]*"
    if unseen:
        alone = f"(?:(?!{broken})[{unseen}])+"
    if longer:
        long = f"[{longer}]" + (f"[{over}]*" if over else "")
    groups = {"broken": broken, "room": room, "longer": long, "leaning": led, "unseen": alone}
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items()))


def _kinds_in(text: str, rules: Rules, stop: Stop) -> _Kinds:
    """Return the kinds of all characters that are in a text, and of some more."""
    found = [_kinds_of(0, rules)]
    known = _ALONE
    other = re.compile(f"[^{known}]")
    start = 0
    while start < len(text):
        stop()
        piece = text[start : start + _PIECE]
        place = None if piece.isascii() else other.search(piece)
        if place is None:
            start += _PIECE
            continue
        start += place.start()
        plane = ord(place[0]) // _PLANE
        found.append(_kinds_of(plane, rules))
        known += f"{re.escape(chr(plane * _PLANE))}-{re.escape(chr(plane * _PLANE + _PLANE - 1))}"
        other = re.compile(f"[^{known}]")
    shadows = _Shadows()
    for kinds in found:
        shadows.update(kinds.shadows)
    return _Kinds(shadows, *("".join(parts) for parts in zip(*(kinds[1:] for kinds in found), strict=True)))


class _Shadows(dict[int, int]):
    """The shadow of each character; one that is not told of is its own."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


@lru_cache(maxsize=512)
def _kinds_of(plane: int, rules: Rules) -> _Kinds:
    shadows: dict[int, int] = {}
    unseen, longer, leaning, marks, joining = [], [], [], [], []
    for code in range(plane * _PLANE, (plane + 1) * _PLANE):
        letter = chr(code)
        if letter.isspace() and not rules.literally:
            shadow = " "
        else:
            shadow = letter if 0xD800 <= code < 0xE000 else fold_letters(letter, rules.alike)
        if rules.literally and len(shadow) > 1:
            shadow = letter
        if _JOINS.match(letter):
            joining.append(letter)
        if not shadow:
            unseen.append(letter)
        elif _LEANS.match(shadow):
            leaning.append(letter)
        elif len(shadow) > 1:
            longer.append(letter)
        else:
            if _ORDERED.match(shadow):
                marks.append(letter)
            shadows[code] = ord(shadow)
            continue
        shadows[code] = code
    return _Kinds(shadows, "".join(unseen), "".join(longer), "".join(leaning), "".join(marks), "".join(joining))
