"""The facts of a capture in the person's words: they are read, never edited."""

from __future__ import annotations

import re
import textwrap

from PySide6.QtCore import QCoreApplication

from annotator.domain.evidence import Evidence, Fact, FactKind
from annotator.ui.importing.warning_words import warning_sentences
from annotator.ui.when import moment

_KILO = 1000
_LINE = 48
_LONG = re.compile(rf"\S{{{_LINE + 1},}}")

_say = QCoreApplication.translate


def facts_of(kept: Evidence) -> list[tuple[str, str]]:
    """Return what is kept of a capture, as labels and words, an altered original first; what is not known is left out."""
    facts = [(_say("facts", fact.label), _with_basis(_words(fact), fact.basis)) for fact in kept.facts()]
    if kept.altered:
        facts.insert(0, (_say("facts", "Original"), altered_words()))
    noticed = "\n".join(warning_sentences(kept.version.warnings))
    facts += [(_say("facts", "Noticed"), noticed)] if noticed else []
    return [(label, _in_lines(words)) for label, words in facts]


def altered_words() -> str:
    """Return the sentence that stands wherever a source with an altered original is shown."""
    return _say("facts", "The stored original is altered: it is not the one that was taken in.")


def _in_lines(words: str) -> str:
    """Return words with what is too long for a line, such as a digest or an address, cut into several."""
    return _LONG.sub(lambda found: "\n".join(textwrap.wrap(found.group(), _LINE)), words)


def _words(fact: Fact) -> str:
    if fact.kind is FactKind.MOMENT:
        return moment(fact.value)
    return _size(int(fact.value)) if fact.kind is FactKind.SIZE else fact.value


def _with_basis(words: str, basis: str) -> str:
    return _say("facts", "{0} (known from: {1})").format(words, basis) if basis else words


def _size(count: int) -> str:
    if count < _KILO:
        return _say("facts", "{0} bytes").format(count)
    if count < _KILO**2:
        return _say("facts", "{0:.1f} kB").format(count / _KILO)
    return _say("facts", "{0:.1f} MB").format(count / _KILO**2)
