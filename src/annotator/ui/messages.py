"""What a person reads when something did not work: the error's own sentence and next step, translated and filled in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.errors import AnnotatorError


def sentence(error: AnnotatorError) -> str:
    """Return what happened, in the person's language."""
    return QCoreApplication.translate("errors", error.sentence).format(**error.data)


def next_step(error: AnnotatorError) -> str:
    """Return what to do about it, in the person's language; empty when there is nothing."""
    return QCoreApplication.translate("errors", error.next_step).format(**error.data)
