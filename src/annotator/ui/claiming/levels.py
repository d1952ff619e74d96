"""The codebook as the screens use it: which answers there are, their words, and how many bars a confidence has."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.domain.claim import Relation, Voice
from annotator.domain.errors import WrongArgumentError
from annotator.domain.judgement import Stage
from annotator.domain.scales import Codebook, Level

STANCES = ("supports", "refutes", "qualifies", "contextualises")


def answers(codebook: Codebook, scale: str, *, rated: bool = True) -> tuple[Level, ...]:
    """Return the levels that may be picked on a scale: the rated ones, or those that say why nothing is rated."""
    try:
        levels = codebook.scale(scale).levels
    except WrongArgumentError:
        return ()
    return tuple(level for level in levels if level.rated is rated and not level.deprecated)


def label(codebook: Codebook, scale: str, code: str) -> str:
    """Return the words for a level; empty for none."""
    return codebook.label(scale, code) if code else ""


def short_verdict(codebook: Codebook, code: str) -> str:
    """Return a verdict in words short enough for a chip."""
    short = {
        "not_enough_evidence": QCoreApplication.translate("verdicts", "Not enough"),
        "conflicting_evidence": QCoreApplication.translate("verdicts", "Conflicting"),
    }
    return short.get(code) or label(codebook, "verdict", code)


def bars(codebook: Codebook, confidence: str) -> int:
    """Return how many of three bars a confidence fills."""
    ranks = {level.code: level.rank or 0 for level in answers(codebook, "confidence")}
    return min(3, ranks.get(confidence, 0))


def reason_words(reasons: Iterable[str]) -> list[str]:
    """Return the reasons for a confidence in the person's language."""
    words = {
        "amount": QCoreApplication.translate("reasons", "amount"),
        "agreement": QCoreApplication.translate("reasons", "agreement"),
        "source_quality": QCoreApplication.translate("reasons", "quality of the source"),
        "independence": QCoreApplication.translate("reasons", "independence"),
        "directness": QCoreApplication.translate("reasons", "directness"),
        "currency": QCoreApplication.translate("reasons", "how recent"),
        "completeness": QCoreApplication.translate("reasons", "completeness"),
        "assumptions": QCoreApplication.translate("reasons", "assumptions"),
        "expertise": QCoreApplication.translate("reasons", "expertise"),
    }
    return [words.get(reason, reason.replace("_", " ")) for reason in reasons]


def stage_words(stage: Stage) -> str:
    """Return how far a conclusion has come, in the person's language."""
    words = {
        Stage.DRAFT: QCoreApplication.translate("stages", "Draft"),
        Stage.SUBMITTED: QCoreApplication.translate("stages", "Submitted"),
        Stage.ADJUDICATED: QCoreApplication.translate("stages", "Adjudicated"),
        Stage.PUBLISHED: QCoreApplication.translate("stages", "Published"),
        Stage.WITHDRAWN: QCoreApplication.translate("stages", "Withdrawn"),
    }
    return words[stage]


def relation_words(relation: Relation | None) -> str:
    """Return how a claim stands to its parent, in the person's language."""
    words = {
        Relation.PART_OF: QCoreApplication.translate("relations", "Part of"),
        Relation.RESTATES: QCoreApplication.translate("relations", "Restates"),
        Relation.CONTRADICTS: QCoreApplication.translate("relations", "Contradicts"),
        Relation.CONFLATED_WITH: QCoreApplication.translate("relations", "Conflated with"),
        Relation.SAME_AS: QCoreApplication.translate("relations", "Same as"),
    }
    return words[relation] if relation else QCoreApplication.translate("relations", "Belongs to")


def voice_words(voice: Voice | None) -> str:
    """Return in whose voice something is said, in the person's language; empty when nobody has said."""
    words = {
        Voice.DIRECT: QCoreApplication.translate("voices", "in direct speech"),
        Voice.INDIRECT: QCoreApplication.translate("voices", "in indirect speech"),
        Voice.OWN: QCoreApplication.translate("voices", "in their own voice"),
        Voice.INSINUATION: QCoreApplication.translate("voices", "by insinuation"),
    }
    return words[voice] if voice else ""


def column_words(stance: str) -> str:
    """Return the head of a column of the evidence board."""
    words = {
        "supports": QCoreApplication.translate("board", "For"),
        "refutes": QCoreApplication.translate("board", "Against"),
        "qualifies": QCoreApplication.translate("board", "Qualifies"),
        "contextualises": QCoreApplication.translate("board", "Context"),
    }
    return words.get(stance, stance)
