"""Every pair of colours that the window paints on one another: words, which need 4.5 : 1, and marks, which need 3 : 1.

What cannot be used just now is painted faded, and is exempt (WCAG 1.4.3 and 1.4.11); so are hairlines, which only part.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from PySide6.QtGui import QColor

from annotator.ui.auditing.agreement_matrix import _STRONGEST
from annotator.ui.pages.page_ground import PAPER, paper_theme
from annotator.ui.reading.hits import _STRONG_WASH, _WASH
from annotator.ui.theme import Theme

WORDS, MARKS = 4.5, 3.0

Pair = tuple[str, QColor, QColor]
"""What it is, its colour, and the colour it lies on."""

_GROUNDS = ("surface", "raised", "row", "row_unfocused", "hover")
_PULSE = 0.28


def luminance(colour: QColor) -> float:
    """Return the relative luminance of a colour as WCAG defines it."""

    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(c) for c in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours as WCAG defines it: from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def washed(ground: QColor, ink: QColor, share: float) -> QColor:
    """Return a ground with a thin layer of a colour over it."""
    channels = zip(ground.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
    return QColor(*(round(below + (above - below) * share) for below, above in channels))


def words(theme: Theme) -> Iterator[Pair]:
    """Yield all words and signs that are read, on what they stand on."""
    for ink, ground in product(("text", "muted", "accent", "error"), _GROUNDS):
        yield f"{ink} on {ground}", getattr(theme, ink), getattr(theme, ground)
    yield "on_accent on accent", theme.on_accent, theme.accent
    yield "on_accent on accent pressed", theme.on_accent, theme.accent.darker(108)
    yield "number of passages in the margin", theme.text, theme.hover
    yield from _read(theme)
    yield from _stances(theme)
    yield from _verdicts(theme)
    strongest = washed(theme.raised, theme.accent, _STRONGEST)
    yield "count in the darkest cell of the agreement", theme.text, strongest
    yield "words in the place of a page", paper_theme().muted, PAPER


def _read(theme: Theme) -> Iterator[Pair]:
    """Yield the words of the text that is read, on all that may lie under them; pale ones are inked there."""
    grounds = {"paper": theme.raised, "selection": theme.selection, "place": washed(theme.raised, theme.accent, _PULSE)}
    grounds |= {f"{code} passage": stance.tint for code, stance in theme.stances.items()}
    grounds |= {
        "hit": washed(theme.raised, theme.accent, _WASH),
        "current hit": washed(theme.raised, theme.accent, _STRONG_WASH),
    }
    for name, ground in grounds.items():
        yield f"article on {name}", theme.text, ground
        yield f"article on a hit on {name}", theme.text, washed(ground, theme.accent, _WASH)
    yield "article on the current hit, selected", theme.text, washed(theme.selection, theme.accent, _STRONG_WASH)
    for ink in ("muted", "dim", "accent"):
        yield f"{ink} on paper", getattr(theme, ink), theme.raised


def _stances(theme: Theme) -> Iterator[Pair]:
    for code, stance in theme.stances.items():
        yield f"{code} sign on its tile", stance.text, stance.tint
        yield f"{code} sign on its solid tile", theme.raised, stance.text
        yield f"{code} word on raised", stance.text, theme.raised
        yield f"{code} word on surface", stance.text, theme.surface


def _verdicts(theme: Theme) -> Iterator[Pair]:
    for code, verdict in theme.verdicts.items():
        for written, chip in ((verdict.text, verdict.tint), (verdict.on_solid, verdict.solid)):
            below = {"its chip": chip} if chip.alpha() else {name: getattr(theme, name) for name in _GROUNDS}
            for name, ground in below.items():
                yield f"{code} on {name}", written, ground


def marks(theme: Theme) -> Iterator[Pair]:
    """Yield all lines, frames and marks that mean something, on what they stand on."""
    for ground in _GROUNDS:
        yield f"focus on {ground}", theme.accent, getattr(theme, ground)
    for ground in ("surface", "raised", "row", "row_unfocused"):
        yield f"edge on {ground}", theme.edge, getattr(theme, ground)
    yield "differing words", theme.accent, theme.selection
    yield "check mark", theme.on_accent, theme.accent
    yield "line of the current hit", theme.accent, washed(theme.raised, theme.accent, _STRONG_WASH)
    yield "caret on the selection", theme.text, theme.selection
    for code, stance in theme.stances.items():
        for ground in ("raised", "surface"):
            yield f"{code} line on {ground}", stance.line, getattr(theme, ground)
        yield f"{code} line on its tint", stance.line, stance.tint
        yield f"handle of a {code} passage", theme.accent, stance.tint
    paper = paper_theme()
    yield "edge on a page", paper.edge, PAPER
    yield "focus on a page", paper.accent, PAPER
    for code, stance in paper.stances.items():
        yield f"{code} line on a page", stance.line, PAPER


def low(pairs: Iterator[Pair], least: float) -> dict[str, float]:
    """Return the pairs that do not reach a contrast, with theirs."""
    found = {what: round(contrast(ink, ground), 2) for what, ink, ground in pairs}
    return {what: ratio for what, ratio in found.items() if ratio < least}
