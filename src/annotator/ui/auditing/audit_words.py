"""The words and signs of the audit: levels of findings, decisions of reviewers, and why something is to be reviewed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from annotator.domain.finding import Finding, Severity
from annotator.domain.review import Decision
from annotator.ui.icon_drawing import IconRole
from annotator.ui.theme import Theme

LEVELS = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)

_LEVEL_SIGNS: dict[Severity, tuple[str, IconRole]] = {
    Severity.ERROR: ("circle-x", "error"),
    Severity.WARNING: ("triangle-alert", "text"),
    Severity.INFORMATION: ("info", "muted"),
}
_WHY_SIGNS: dict[str, tuple[str, IconRole]] = {
    "error": ("circle-x", "error"),
    "warning": ("triangle-alert", "text"),
    "contested": ("circle-question-mark", "text"),
    "needs_work": ("circle-dashed", "text"),
    "differs": ("equal-not", "error"),
    "single_source": ("circle-dot", "muted"),
    "sample": ("dices", "muted"),
}
_DECISION_SIGNS = {
    Decision.ACCEPTED: "check",
    Decision.CONTESTED: "circle-question-mark",
    Decision.REJECTED: "x",
    Decision.NEEDS_WORK: "circle-dashed",
}


def level_words(level: Severity, *, many: bool = True) -> str:
    """Return what findings of a level are called."""
    plural = {
        Severity.ERROR: QCoreApplication.translate("audit", "Errors"),
        Severity.WARNING: QCoreApplication.translate("audit", "Warnings"),
        Severity.INFORMATION: QCoreApplication.translate("audit", "Information"),
    }
    single = {
        Severity.ERROR: QCoreApplication.translate("audit", "Error"),
        Severity.WARNING: QCoreApplication.translate("audit", "Warning"),
        Severity.INFORMATION: QCoreApplication.translate("audit", "Information"),
    }
    return (plural if many else single)[level]


def level_sign(level: Severity) -> tuple[str, IconRole]:
    """Return the icon of a level and its colour."""
    return _LEVEL_SIGNS[level]


def why_sign(code: str) -> tuple[str, IconRole]:
    """Return the icon of a reason to review something; one that has none of its own gets a plain one."""
    return _WHY_SIGNS.get(code, ("info", "muted"))


def decision_sign(decision: Decision) -> str:
    """Return the icon of a decision."""
    return _DECISION_SIGNS[decision]


def decision_words(decision: Decision) -> str:
    """Return what was decided."""
    words = {
        Decision.ACCEPTED: QCoreApplication.translate("audit", "accepted"),
        Decision.CONTESTED: QCoreApplication.translate("audit", "contested"),
        Decision.REJECTED: QCoreApplication.translate("audit", "rejected"),
        Decision.NEEDS_WORK: QCoreApplication.translate("audit", "needs work"),
    }
    return words[decision]


def decision_colour(decision: Decision, theme: Theme) -> QColor:
    """Return the colour that a decision has in INCEpTION's curation: always beside its sign and its word."""
    return {
        Decision.ACCEPTED: theme.verdict("supported").text,
        Decision.CONTESTED: theme.error,
        Decision.REJECTED: theme.error,
        Decision.NEEDS_WORK: theme.verdict("conflicting_evidence").text,
    }[decision]


def why_words(code: str) -> str:
    """Return a reason to review something in a word or two, as the queue shows it."""
    words = {
        "error": QCoreApplication.translate("audit", "error"),
        "warning": QCoreApplication.translate("audit", "warning"),
        "contested": QCoreApplication.translate("audit", "contested"),
        "needs_work": QCoreApplication.translate("audit", "needs work"),
        "differs": QCoreApplication.translate("audit", "differs"),
        "low_confidence": QCoreApplication.translate("audit", "low confidence"),
        "single_source": QCoreApplication.translate("audit", "single source"),
        "sample": QCoreApplication.translate("audit", "sample"),
    }
    return words.get(code, code.replace("_", " "))


def why_sentence(codes: Sequence[str]) -> str:
    """Return why something is to be reviewed as a phrase; empty when there is no reason but its turn."""
    words = {
        "error": QCoreApplication.translate("audit", "an error"),
        "warning": QCoreApplication.translate("audit", "a warning"),
        "contested": QCoreApplication.translate("audit", "somebody contested it"),
        "needs_work": QCoreApplication.translate("audit", "somebody said that it needs work"),
        "differs": QCoreApplication.translate("audit", "two judgements differ"),
        "low_confidence": QCoreApplication.translate("audit", "low confidence"),
        "single_source": QCoreApplication.translate("audit", "a single source"),
        "sample": QCoreApplication.translate("audit", "drawn at random"),
    }
    said = [words.get(code, code.replace("_", " ")) for code in codes]
    if not said:
        return ""
    if len(said) == 1:
        return QCoreApplication.translate("audit", "Because: {0}").format(said[0])
    return QCoreApplication.translate("audit", "Because: {0} and {1}").format(", ".join(said[:-1]), said[-1])


def quoted(words: str) -> str:
    """Return words in quotation marks, unless they bring their own; nothing for none."""
    return words if words[:1] in ("", "“", "„", "«", '"') else f"“{words}”"


def finding_title(finding: Finding) -> str:
    """Return what a check found, in the person's language."""
    return QCoreApplication.translate("findings", finding.title)


def finding_words(finding: Finding) -> str:
    """Return why a finding was raised, in one sentence in the person's language."""
    return QCoreApplication.translate("findings", finding.sentence).format(**finding.data)


def finding_advice(finding: Finding) -> str:
    """Return what to do about a finding, in the person's language."""
    return QCoreApplication.translate("findings", finding.advice).format(**finding.data)
