"""What levels mean: on which side of a claim they stand, whether they decide anything, how far apart they are."""

from __future__ import annotations

from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.scales import Codebook, Level

FOR, AGAINST = 1, -1
"""The sides of a claim, as the polarity of a level has them."""

CONFLICTING = "conflicting_evidence"
UNJUDGED = ("", "open")
"""Verdicts that say that nobody has judged yet."""

_SIDES = {"supported": FOR, "refuted": AGAINST}
"""The sides of verdicts whose levels have no polarity of their own."""

_TWO_LEVELS = 2


class Scaling:
    """Reads levels by the codebook: the scale in force first, then any other scale of the same name that knows the level."""

    def __init__(self, codebook: Codebook) -> None:
        self._levels: dict[str, dict[str, Level]] = {}
        for name in {scale.name for scale in codebook.scales}:
            in_force = codebook.scale(name)
            others = (scale for scale in codebook.scales if scale.name == name and scale is not in_force)
            levels = self._levels[name] = {level.code: level for level in in_force.levels}
            levels |= {
                code: levels[ours] for code, ours in in_force.mapped.items() if ours in levels and code not in levels
            }
            for scale in others:
                for level in scale.levels:
                    levels.setdefault(level.code, level)

    def level(self, scale: str, code: str) -> Level | None:
        """Return a level, or None where no scale of this name has it."""
        return self._levels.get(scale, {}).get(code)

    def label(self, scale: str, code: str) -> str:
        """Return the words for a level, or its code where there are none."""
        level = self.level(scale, code)
        return level.label if level and level.label else code

    def side(self, linkage: Linkage) -> int:
        """Return the side of a claim that a linkage's stance takes: FOR, AGAINST, or 0."""
        level = self.level("stance", linkage.stance)
        return level.polarity or 0 if level else 0

    def is_decisive(self, linkage: Linkage) -> bool:
        """Tell whether the stance bears on the claim's truth at all."""
        level = self.level("stance", linkage.stance)
        return bool(level and level.decisive)

    def verdict_side(self, verdict: str) -> int:
        """Return the side of a claim that a verdict takes: FOR, AGAINST, or 0."""
        level = self.level("verdict", verdict)
        if level is not None and level.polarity is not None:
            return level.polarity
        return _SIDES.get(verdict, 0)

    def differ(self, one: Linkage | Conclusion, other: Linkage | Conclusion) -> bool:
        """Tell whether two judgements differ in their verdicts, or by two levels of confidence.

        One that leaves the verdict open differs from none.
        """
        if one.verdict in UNJUDGED or other.verdict in UNJUDGED:
            return False
        return self._meant(one.verdict) != self._meant(other.verdict) or self.is_far(one.confidence, other.confidence)

    def _meant(self, verdict: str) -> str:
        level = self.level("verdict", verdict)
        return level.code if level else verdict

    def is_far(self, one: str, other: str) -> bool:
        """Tell whether two levels of confidence are two or more ranks apart."""
        if one == other:
            return False
        ranks = [level.rank for code in (one, other) if (level := self.level("confidence", code)) is not None]
        return len(ranks) == 2 and None not in ranks and abs((ranks[0] or 0) - (ranks[1] or 0)) >= _TWO_LEVELS
