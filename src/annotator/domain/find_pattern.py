"""Regular expressions in one text: compiled with a sentence for what is wrong, and given up when they take too long."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from annotator.domain.errors import PatternError, PatternTooSlowError
from annotator.domain.letters import Alike, fold_letters
from annotator.domain.shadow import Shadow
from annotator.domain.shadow_kinds import Stop
from annotator.domain.text import is_grapheme_boundary
from annotator.domain.word_edges import is_whole_words

PATIENCE = 2.0
"""Seconds that a regular expression may take for one text, and as many more for each million of its characters."""

_LONGEST = 2_000
_QUOTED = 40
_OFTEN = 1_024
_ACCENTS = Alike(case=False, accents=True)


def pattern_spans(
    text: str, shadow: Shadow | None, pattern: str, *, case: bool, words: bool, stop: Stop
) -> Iterator[tuple[int, int]]:
    """Yield where a regular expression matches, leftmost first; matches of nothing are none.

    ``shadow`` is the text without accents, in which it is looked for; None: in the text as it is. Raises ``PatternError``
    and ``PatternTooSlowError``.
    """
    compiled = compile_pattern(pattern, case=case, accents=shadow is None)
    if compiled is None:
        return
    searched = text if shadow is None else shadow.text
    matches = _matches(compiled, pattern, searched, stop)
    for first, end in sorted(matches) if compiled.flags & regex.REVERSE else matches:
        span = _whole(text, first, end) if shadow is None else shadow.span(first, end)
        if span is not None and not (words and not is_whole_words(text, *span)):
            yield span


def compile_pattern(pattern: str, *, case: bool, accents: bool) -> regex.Pattern[str] | None:
    """Return a regular expression ready for use, or None for an empty one. Without ``accents`` its own letters lose theirs.

    Raises ``PatternError`` with what is wrong and where.
    """
    if not pattern:
        return None
    if len(pattern) > _LONGEST:
        problem = f"it is longer than {_LONGEST} characters"
        raise PatternError(pattern=_short(pattern), problem=problem, place=_LONGEST + 1)
    flags = regex.MULTILINE if case else regex.MULTILINE | regex.IGNORECASE
    try:
        return regex.compile(pattern if accents else _without_accents(pattern), flags, cache_pattern=False)
    except regex.error as error:
        problem, place = str(getattr(error, "msg", error)), int(getattr(error, "pos", None) or 0)
        raise PatternError(pattern=_short(pattern), problem=problem, place=min(place, len(pattern)) + 1) from None
    except (RecursionError, OverflowError, MemoryError):
        raise PatternError(pattern=_short(pattern), problem="it is nested too deeply", place=1) from None
    except ValueError as error:  # flags that contradict each other
        raise PatternError(pattern=_short(pattern), problem=str(error), place=1) from None


def _short(pattern: str) -> str:
    """Return a pattern as it is quoted in a sentence."""
    return pattern if len(pattern) <= _QUOTED else f"{pattern[: _QUOTED - 1]}…"


def _without_accents(pattern: str) -> str:
    """Fold the letters of a pattern one by one; what would become longer, or a sign of the language, stays itself."""
    return "".join(letter if letter.isascii() else _folded(letter) for letter in pattern)


def _folded(letter: str) -> str:
    folded = fold_letters(letter, _ACCENTS)
    return regex.escape(folded, special_only=True, literal_spaces=True) if len(folded) < 2 else letter


def _matches(compiled: regex.Pattern[str], pattern: str, text: str, stop: Stop) -> Iterator[tuple[int, int]]:
    """Yield from where to where a pattern matches something."""
    patience = PATIENCE * (1 + len(text) / 1_000_000)
    try:
        for number, match in enumerate(compiled.finditer(text, timeout=patience, concurrent=True)):
            if number % _OFTEN == 0:
                stop()
            if match.start() < match.end():
                yield match.span()
    except (TimeoutError, MemoryError):  # one that calls itself takes all memory it gets
        raise PatternTooSlowError(pattern=_short(pattern)) from None


def _whole(text: str, start: int, end: int) -> tuple[int, int] | None:
    is_whole = is_grapheme_boundary(text, start) and is_grapheme_boundary(text, end)
    return (start, end) if is_whole else None
