"""The shadow of a text: its folded form, in which search is a plain comparison, and the way back to the text.

Nearly every character has a shadow of one character. Where that is not so (white space in a row, soft hyphens, ligatures,
accents written apart) there is a *fold*: a stretch of the text with its shadow. The way back needs to know these only.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotator.domain.letters import fold_letters
from annotator.domain.shadow_kinds import PIECE, Kinds, Rules, Stop, kinds_in
from annotator.domain.text import is_grapheme_boundary, snap_to_graphemes

_ROOMS = re.compile("  +")
_NEVER = "(?!)"
_FEW = 32
_MEMORY = 20_000


class Shadow:
    """A folded text. Offsets *at* are of the shadow, offsets *in* of the text, both in code points."""

    def __init__(self, text: str, rules: Rules, stop: Stop = lambda: None) -> None:
        """Fold a text; this takes a moment for long ones, and ``stop`` is called all the while."""
        self.source = text
        folding = _Folding(text, kinds_in(text, rules, stop), rules, stop)
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

    def around(self, first: int, last: int) -> tuple[int, int]:
        """Return the smallest stretch of the text, in whole characters, whose shadow holds a stretch of this one."""
        number = bisect_right(self._at, first) - 1
        is_inside = number >= 0 and first < self._until[number]
        start = int(self._from[number]) if is_inside else self._start(first)
        number = bisect_left(self._at, last) - 1
        is_inside = number >= 0 and last < self._until[number]
        end = int(self._to[number]) if is_inside else self._end(last)
        return snap_to_graphemes(self.source, start, max(start, end))

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

    def __init__(self, text: str, kinds: Kinds, rules: Rules, stop: Stop) -> None:
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
        for start in range(0, len(text), PIECE):
            self._stop()
            piece = text[start : start + PIECE]
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
            found = inside.match(even, start + PIECE)
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


def _parts(kinds: Kinds, rules: Rules) -> re.Pattern[str]:
    """Return what takes a run of odd characters apart: white space, unseen ones, and each other with what leans on it.

    A word that was broken with a soft hyphen at the end of a line is one word.
    """
    unseen, longer, leaning = (re.escape(letters) for letters in (kinds.unseen, kinds.longer, kinds.leaning))
    letters_over = unseen + leaning + re.escape(kinds.marks)
    room, broken, alone, long, led = (_NEVER,) * 5
    if not rules.literally:
        room, broken = rf"\s[\s{unseen}]*", "\u00ad[^\\S\n]*\n\\s*"
    over = f"(?:(?!{broken})[{letters_over}])"
    if leaning:
        led = f"{over}{{,{_FEW}}}[{leaning}]{over}*"
    if unseen:
        alone = f"(?:(?!{broken})[{unseen}])+"
    if longer:
        long = f"[{longer}]" + (f"{over}*" if letters_over else "")
    groups = {"broken": broken, "room": room, "longer": long, "leaning": led, "unseen": alone}
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in groups.items()))
