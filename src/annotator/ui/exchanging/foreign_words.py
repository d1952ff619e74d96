"""What comes of another program's file, in the person's language."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from annotator.domain.foreign_coded import CodeUse
from annotator.domain.foreign_levels import How, MatchedLevel
from annotator.domain.foreign_reasons import LeftOut, reason
from annotator.domain.foreign_report import ForeignCount, ForeignReport
from annotator.domain.signing_words import warning_sentence
from annotator.ui.exchanging.merge_words import kinds_words, number, people_words

_SHOWN = ("source", "passage", "claim", "appearance", "linkage", "conclusion", "agent", "note")
_HOW = {
    How.CHOSEN: "chosen by you",
    How.WORDS: "by its words",
    How.NUMBER: "by its number",
    How.KEPT: "kept as it is: nothing in your codebook says the same",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("foreign", words)


def count_words(count: ForeignCount) -> str:
    """Return how many of a kind come in, and how many are here."""
    kind = kinds_words(count.kind)
    if count.kind == "source":
        found = _tr("{0} found here").format(number(count.known)) if count.known else ""
        brought = _tr("{0} brought by the file").format(number(count.new)) if count.new else ""
        return f"{kind}: {', '.join(filter(None, (brought, found)))}"
    known = _tr(", {0} here already").format(number(count.known)) if count.known else ""
    return _tr("{0}: {1} new{2}").format(kind, number(count.new), known)


def counts_words(report: ForeignReport) -> str:
    """Return what comes in, a line a kind, in the order in which they build on each other."""
    order = {kind: place for place, kind in enumerate(_SHOWN)}
    counts = sorted(report.counts, key=lambda count: order.get(count.kind, len(order)))
    return "\n".join(map(count_words, counts)) or _tr("Nothing yet")


def by_words(report: ForeignReport) -> str:
    """Return by whom the file is; nothing where it does not say."""
    return _tr("By {0}, as the file says").format(people_words(report.by)) if report.by else ""


def names_words(report: ForeignReport) -> tuple[str, ...]:
    """Return what is to be seen in the names that it brings."""
    return tuple(
        warning_sentence(each, lambda said: QCoreApplication.translate("signatures", said)) for each in report.names
    )


def level_words(level: MatchedLevel) -> str:
    """Return how a level was matched."""
    return _tr(_HOW[level.how])


def becomes_words(becomes: str) -> str:
    """Return what a code becomes, without the level."""
    words = {"label": "label", "claim": "claim", "nothing": "nothing"}
    return _tr(words.get(becomes, "level"))


def code_words(code: CodeUse, options: Mapping[str, str]) -> str:
    """Return a code with those above it, how many passages bear it, and what it becomes."""
    where = _tr("1 passage") if code.count == 1 else _tr("{0} passages").format(number(code.count))
    becomes = options.get(code.becomes) or _tr("{0}, by its name").format(code.becomes)
    return f"{' › '.join(code.path)} · {where} → {becomes}"


def codes_words(counts: Mapping[str, int]) -> str:
    """Return how many codes become what."""
    several = {"label": "labels", "claim": "claims", "level": "levels", "nothing": "nothing"}
    said = (f"{number(count)} {_tr(several.get(kind, kind)) if count != 1 else kind}" for kind, count in counts.items())
    return _tr("What the codes become: {0}").format(", ".join(said))


def left_out_words(left_out: LeftOut) -> str:
    """Return what was left out and why, in one line."""
    kind = _tr(left_out.kind.replace("_", " ").capitalize())
    named = f"{kind}: “{left_out.words}”" if left_out.words else kind
    return f"{named} – {reason(left_out, _tr)}"


def done_words(report: ForeignReport) -> str:
    """Return what came of taking a file in."""
    if not report.new:
        return _tr("Nothing new: all that could come in is here already.")
    counts = (f"{kinds_words(count.kind)}: {number(count.new)}" for count in report.counts if count.new)
    said = _tr("Taken in. {0}.").format(", ".join(counts))
    waiting = len(report.waiting)
    waits = _tr("1 waits under Versions.") if waiting == 1 else _tr("{0} wait under Versions.").format(number(waiting))
    return f"{said} {waits}" if waiting else said
