"""What import noticed, in the person's language."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.domain import import_warnings


def warning_sentences(warnings: Iterable[str]) -> tuple[str, ...]:
    """Return warnings (a code, with an optional detail behind a colon) as sentences; details of one code are joined."""
    return import_warnings.warning_sentences(
        warnings, lambda template: QCoreApplication.translate("warnings", template)
    )
