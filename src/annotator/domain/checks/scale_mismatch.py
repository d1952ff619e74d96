"""Values that the scales in force do not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.domain.checks.base import Check
from annotator.domain.checks.case import Case
from annotator.domain.claim import Appearance, Claim
from annotator.domain.errors import WrongArgumentError
from annotator.domain.finding import Finding, Severity
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.scales import Codebook

Valued = Claim | Appearance | Linkage | Conclusion
Value = tuple[str, str]
"""A scale's name, and the code of a level of it."""

REASONS = "reasons"
"""Stands for the list of reasons that the confidence scale has beside its levels."""


class ScaleMismatch(Check):
    """A value is no level of the scale in force: of a claim's types, an appearance's role, a linkage or a conclusion.

    Deprecated levels are in force. A value from outside is kept as it is and never guessed at; the finding says which other
    scale of the project knows it. Withdrawn judgements are not looked at.
    """

    code = "scale-mismatch"
    title = "Scale mismatch"
    sentence = "The {kind} on “{claim}” has {values}, unknown to the scale in force; “{knows}” knows it."
    advice = "Choose the level of your own scale that says the same, or add the level to the codebook."
    levels = (Severity.ERROR,)
    more = ("The {kind} on “{claim}” has {values}, unknown to every scale of this project.",)

    def run(self, case: Case) -> Iterator[Finding]:
        """Look at everything that has levels."""
        levels = _Levels(case.codebook)
        for entity, claim in _valued(case):
            wrong = [value for value in _values(entity) if not levels.has(value)]
            if wrong:
                knowing = [scale for value in wrong if (scale := levels.known_in(value))]
                data: dict[str, object] = {
                    "kind": entity.kind,
                    "claim": case.words(claim.id),
                    "values": ", ".join(f"{name.replace('_', ' ')} “{code}”" for name, code in wrong),
                    "knows": ", ".join(dict.fromkeys(knowing)),
                }
                sentence = self.sentence if knowing else self.more[0]
                yield self.finding(entity, claim=claim.id, data=data, sentence=sentence)


def _valued(case: Case) -> Iterator[tuple[Valued, Claim]]:
    yield from ((claim, claim) for claim in case.claims.values())
    for kind in (case.appearances.values(), case.standing, case.concluded):
        entities: Iterable[Appearance | Linkage | Conclusion] = kind
        yield from ((entity, case.claims[entity.claim_id]) for entity in entities)


def _values(entity: Valued) -> Iterator[Value]:
    """Yield the values that were set, each with the scale that it should be a level of."""
    if isinstance(entity, Claim):
        yield from (("claim_type", code) for code in entity.types)
    elif isinstance(entity, Appearance):
        if entity.role:
            yield "appearance_role", entity.role
    else:
        single = {"verdict": entity.verdict, "confidence": entity.confidence}
        if isinstance(entity, Linkage):
            credibility = "" if entity.credibility is None else str(entity.credibility)
            single |= {"stance": entity.stance, "basis": entity.basis, "info_credibility": credibility}
        else:
            single |= {"likelihood": entity.likelihood}
            yield from (("flags", code) for code in entity.flags)
        yield from ((name, code) for name, code in single.items() if code)
        yield from ((REASONS, code) for code in entity.reasons)


class _Levels:
    """Which levels are in force, looked up once."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._in_force: dict[str, frozenset[str]] = {}

    def has(self, value: Value) -> bool:
        name, code = value
        if name not in self._in_force:
            self._in_force[name] = self._read(name)
        return code in self._in_force[name] or bool(self._codebook.mapped(name, code))

    def _read(self, name: str) -> frozenset[str]:
        try:
            scale = self._codebook.scale("confidence" if name == REASONS else name)
        except WrongArgumentError:
            return frozenset()
        return frozenset(scale.reasons if name == REASONS else (level.code for level in scale.levels))

    def known_in(self, value: Value) -> str:
        """Return the scale that is not in force and knows a value, by name and version; one of the same name first."""
        name, code = value
        for scale in sorted(self._codebook.scales, key=lambda scale: (scale.name != name, scale.id)):
            known = scale.reasons if name == REASONS else (level.code for level in scale.levels)
            if code in known:
                return f"{scale.label or scale.name}, version {scale.version}"
        return ""
