"""The facts of a capture in words: they are read, never edited."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain.source import Version
from annotator.ui.importing.warning_words import warning_sentences
from annotator.ui.when import moment

_DIGEST = 12
_KILO = 1000

_say = QCoreApplication.translate


def facts_of(version: Version, importer: str) -> list[tuple[str, str]]:
    """Return what is known of a capture, as labels and words; what is not known is left out.

    ``importer`` is the name of whoever took it in.
    """
    by = _say("facts", "{0} by {1}") if importer else "{0}"
    facts = [
        (_say("facts", "Original name"), version.name),
        (_say("facts", "Size"), _size(version.size) if version.original else ""),
        (_say("facts", "Digest"), version.original[:_DIGEST] if version.original else ""),
        (_say("facts", "Kind"), version.media_type),
        (_say("facts", "Encoding"), version.encoding),
        (
            _say("facts", "Imported"),
            by.format(moment(version.imported_at), importer) if version.imported_at else importer,
        ),
        (_say("facts", "Read with"), f"{version.importer} {version.importer_version}".strip()),
        (_say("facts", "Retrieved"), _with_basis(moment(version.retrieved_at), version.retrieved_basis)),
        (_say("facts", "Retrieved from"), _with_basis(version.url, version.url_basis)),
        (_say("facts", "Why anew"), version.change_note),
        (_say("facts", "Noticed"), "\n".join(warning_sentences(version.warnings))),
    ]
    return [(label, words) for label, words in facts if words]


def _with_basis(words: str, basis: str) -> str:
    if not words or not basis:
        return words
    return _say("facts", "{0} (known from: {1})").format(words, basis)


def _size(count: int) -> str:
    if count < _KILO:
        return _say("facts", "{0} bytes").format(count)
    if count < _KILO**2:
        return _say("facts", "{0:.1f} kB").format(count / _KILO)
    return _say("facts", "{0:.1f} MB").format(count / _KILO**2)
