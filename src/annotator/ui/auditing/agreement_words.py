"""The words of the agreement: its units, its fields, its coefficients, and why one has no value."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from annotator.domain.agreement import Agreement, Undefined


class Figure(NamedTuple):
    """One figure of agreement: its words, its value (None: ``why`` says why), its interval, whether it is a percentage.

    ``brief`` are its words where there is little room.
    """

    name: str
    words: str
    value: float | None
    interval: tuple[float, float] | None
    why: str
    percent: bool = False
    brief: str = ""


def figures(agreement: Agreement) -> tuple[Figure, ...]:
    """Return the figures that are shown, the one to go by first."""
    tr = QCoreApplication.translate
    ordinal = agreement.field == "confidence"
    alpha = "alpha_ordinal" if ordinal else "alpha_nominal"
    more = len(agreement.people) > len(agreement.annotators)
    shown = [
        (alpha, tr("agreement", "Krippendorff’s alpha"), tr("agreement", "Krippendorff’s α")),
        ("cohen_kappa", tr("agreement", "Cohen’s kappa"), tr("agreement", "Cohen’s κ")),
        ("fleiss_kappa", tr("agreement", "Fleiss’ kappa"), tr("agreement", "Fleiss’ κ")),
        ("ac1", tr("agreement", "Gwet’s AC1"), tr("agreement", "Gwet’s AC1")),
        ("percent", tr("agreement", "Raw agreement"), tr("agreement", "Raw agreement")),
    ]
    return tuple(_figure(agreement, *each) for each in shown if more or each[0] != "fleiss_kappa")


def _figure(agreement: Agreement, name: str, words: str, brief: str) -> Figure:
    value: float | None = getattr(agreement, name)
    percent = name == "percent"
    interval = agreement.intervals.get(name)
    if percent:
        value = None if value is None else value / 100
        interval = (interval[0] / 100, interval[1] / 100) if interval else None
    undefined = agreement.undefined.get(name)
    return Figure(name, words, value, interval, undefined_words(undefined) if undefined else "", percent, brief)


def number(figure: Figure) -> str:
    """Return a figure as it is written: ``.65``, ``75%``, or a dash where it has no value."""
    if figure.value is None:
        return "–"
    if figure.percent:
        return f"{figure.value:.0%}"
    return short(figure.value)


def short(value: float) -> str:
    """Return a number of two decimals as coefficients are written: ``.65``, ``−.20``, ``1``."""
    shown = f"{value:.2f}"
    shown = shown.replace("0.", ".", 1) if abs(value) < 1 else shown.removesuffix(".00")
    return shown.replace("-", "−")


def undefined_words(undefined: Undefined) -> str:
    """Return why a figure has no value, in the person's language."""
    return QCoreApplication.translate("agreement", undefined.words)


def unit_words(unit: str, count: int) -> str:
    """Return how many of a unit were judged by two or more."""
    tr = QCoreApplication.translate
    one, more = {
        "conclusion": (
            tr("agreement", "1 claim concluded twice"),
            tr("agreement", "{0} claims concluded twice or more"),
        ),
        "linkage": (tr("agreement", "1 linkage judged twice"), tr("agreement", "{0} linkages judged twice or more")),
    }[unit]
    return one if count == 1 else more.format(count)


def field_label(field: str) -> str:
    """Return what is compared."""
    words = {
        "verdict": QCoreApplication.translate("agreement", "Verdicts"),
        "stance": QCoreApplication.translate("agreement", "Stances"),
        "confidence": QCoreApplication.translate("agreement", "Confidence"),
    }
    return words[field]
