"""Levels of other people's scales on the project's own: by code, by words or by number; what has no match stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.errors import WrongArgumentError
from annotator.domain.folding import fold
from annotator.domain.foreign import ForeignRating
from annotator.domain.names import clean_name
from annotator.domain.scales import Codebook, Scale

_RATING = "claimreview_ratingValue"
_SAID_OTHERWISE = {
    "supported": (
        "true|correct|accurate|verified|confirmed|verdadero|verdadeiro|vrai|wahr|richtig|vero|waar|sant|prawda|صحيح"
    ),
    "refuted": (
        "false|fake|incorrect|wrong|inaccurate|pants on fire|fabricated|hoax|debunked|"
        "falso|faux|falsch|onwaar|falskt|fałsz|خطأ"
    ),
    "not_enough_evidence": "unproven|unverified|unsupported|no evidence|not enough evidence|unsubstantiated",
}
"""Words of fact-checkers that say what a level of the default scale says, and nothing else."""


class How(StrEnum):
    """How a level was matched; ``KEPT``: it was not, and stands as it came."""

    CHOSEN = "chosen"
    WORDS = "words"
    NUMBER = "number"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLevel:
    """What became of a level: ``words`` as the file has them, the ``code`` here, and ``how`` the two were matched."""

    scale: str
    words: str
    code: str
    how: How


class Levels:
    """Matches levels, and remembers those whose match a person should see."""

    def __init__(self, codebook: Codebook, chosen: Mapping[str, str]) -> None:
        """``chosen`` are a person's matches: by the words as the file has them, the code of a level of any scale."""
        self._codebook, self._chosen = codebook, chosen
        self._matched: dict[tuple[str, str, str], MatchedLevel] = {}
        self._known: dict[str, dict[str, str]] = {}

    @property
    def matched(self) -> tuple[MatchedLevel, ...]:
        """What was matched in another way than by its code or its label, sorted."""
        return tuple(found for _, found in sorted(self._matched.items()))

    def code(self, scale: str, words: str) -> str:
        """Return the code of a level that has no number."""
        return self.rated(scale, ForeignRating(words=words))

    def rated(self, scale: str, rating: ForeignRating) -> str:
        """Return the code of the level that a rating is, or its own words where there is none; empty for no rating."""
        words = clean_name(rating.words) or _in_words(rating)
        if not words:
            return ""
        known = self._levels(scale)
        if words not in self._chosen and words in known:
            return known[words]
        folded = fold(words)
        if words not in self._chosen and f" {folded}" in known:
            return known[f" {folded}"]
        code, how = self._match(scale, words, folded, rating)
        self._matched[scale, words, code] = MatchedLevel(scale=scale, words=words, code=code, how=how)
        return code

    def _match(self, scale: str, words: str, folded: str, rating: ForeignRating) -> tuple[str, How]:
        chosen = self._chosen.get(words, "")
        if chosen:
            return self._codebook.check(scale, chosen), How.CHOSEN
        if code := self._by_words(scale, folded):
            return code, How.WORDS
        if code := self._by_number(scale, rating):
            return code, How.NUMBER
        return words, How.KEPT

    def _levels(self, scale: str) -> dict[str, str]:
        """Return the codes of a scale by code, and by folded label behind a space."""
        if scale not in self._known:
            levels = found.levels if (found := self._scale(scale)) else ()
            by_label = {f" {fold(level.label)}": level.code for level in levels}
            self._known[scale] = by_label | {level.code: level.code for level in levels}
        return self._known[scale]

    def _scale(self, name: str) -> Scale | None:
        try:
            return self._codebook.scale(name)
        except WrongArgumentError:
            return None

    def _by_words(self, name: str, folded: str) -> str:
        """Return the level that other scales call so, or fact-checkers do; nothing where these differ."""
        scale = self._scale(name)
        maps = (scale.maps or {}).values() if scale else ()
        found = {
            code for each in maps for code, words in each.items() if isinstance(words, str) and fold(words) == folded
        }
        if name == "verdict":
            said = (code for code, words in _SAID_OTHERWISE.items() if folded in map(fold, words.split("|")))
            found.update(code for code in said if code in self._levels(name))
        return found.pop() if len(found) == 1 else ""

    def _by_number(self, name: str, rating: ForeignRating) -> str:
        """Return the level of a number: one of our own numbers on a scale like ours, else only what is quite best or worst."""
        scale, value, worst, best = self._scale(name), rating.value, rating.worst, rating.best
        numbers = (scale.maps or {}).get(_RATING, {}) if scale else {}
        ours = {number: code for code, number in numbers.items() if isinstance(number, int)}
        if not ours or value is None or worst is None or best is None or not worst <= value <= best or worst == best:
            return ""
        if (worst, best) == (min(ours), max(ours)):
            return ours.get(int(value), "") if value == int(value) else ""
        return ours[max(ours)] if value == best else ours[min(ours)] if value == worst else ""


def _in_words(rating: ForeignRating) -> str:
    if rating.value is None:
        return ""
    between = "" if rating.best is None or rating.worst is None else f" ({rating.worst:g} to {rating.best:g})"
    return f"{rating.value:g}{between}"
