"""The columns of each list: their words, how wide they are, and what a screen reader says of a cell."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from annotator.domain.judgement import Stage
from annotator.domain.listing import ClaimLine, Line, LinkageLine, PassageLine, SourceLine
from annotator.domain.scales import Codebook
from annotator.ui.claiming.levels import label, stage_words
from annotator.ui.disputes import disputed_words
from annotator.ui.versioning.changed_words import changed_words
from annotator.ui.when import moment, published

KINDS = ("sources", "passages", "claims", "linkages")


class Column(NamedTuple):
    """One column: ``width`` in px, and its share of the room that is left (0: none). Numbers stand ``at_end``."""

    code: str
    width: int
    share: int = 0
    at_end: bool = False


COLUMNS: dict[str, tuple[Column, ...]] = {
    "sources": (
        Column("title", 200, 5),
        Column("publisher", 120, 2),
        Column("published", 120),
        Column("versions", 96, at_end=True),
        Column("passages", 104, at_end=True),
        Column("unlinked", 112, at_end=True),
        Column("made", 136),
    ),
    "passages": (
        Column("words", 240, 6),
        Column("source", 160, 3),
        Column("stances", 112),
        Column("linkages", 104, at_end=True),
        Column("by", 120),
        Column("made", 136),
    ),
    "claims": (
        Column("text", 260, 6),
        Column("passages", 168),
        Column("verdict", 168),
        Column("confidence", 112),
        Column("stage", 96),
        Column("made", 136),
    ),
    "linkages": (
        Column("claim", 140, 4),
        Column("words", 148, 4),
        Column("source", 120, 2),
        Column("stance", 116),
        Column("verdict", 120),
        Column("confidence", 112),
        Column("by", 96),
        Column("made", 130),
    ),
}


def kind_words(kind: str) -> str:
    """Return what a list is called."""
    words = {
        "sources": QCoreApplication.translate("lists", "Sources"),
        "passages": QCoreApplication.translate("lists", "Passages"),
        "claims": QCoreApplication.translate("lists", "Claims"),
        "linkages": QCoreApplication.translate("lists", "Linkages"),
    }
    return words[kind]


def head_words(kind: str, code: str) -> str:
    """Return the head of a column."""
    words = {
        "title": QCoreApplication.translate("lists", "Title"),
        "publisher": QCoreApplication.translate("lists", "Publisher"),
        "published": QCoreApplication.translate("lists", "Published"),
        "versions": QCoreApplication.translate("lists", "Versions"),
        "passages": QCoreApplication.translate("lists", "Passages"),
        "unlinked": QCoreApplication.translate("lists", "Not linked"),
        "made": QCoreApplication.translate("lists", "Added")
        if kind == "sources"
        else QCoreApplication.translate("lists", "Made"),
        "words": QCoreApplication.translate("lists", "Words"),
        "source": QCoreApplication.translate("lists", "Source"),
        "stances": QCoreApplication.translate("lists", "Stances"),
        "linkages": QCoreApplication.translate("lists", "Linkages"),
        "by": QCoreApplication.translate("lists", "By"),
        "text": QCoreApplication.translate("lists", "Claim"),
        "claim": QCoreApplication.translate("lists", "Claim"),
        "verdict": QCoreApplication.translate("lists", "Verdict"),
        "confidence": QCoreApplication.translate("lists", "Confidence"),
        "stage": QCoreApplication.translate("lists", "Stage"),
        "stance": QCoreApplication.translate("lists", "Stance"),
    }
    return words[code]


def count_words(kind: str, shown: int, total: int) -> str:
    """Return how much is listed, of how much there is."""
    one = {
        "sources": QCoreApplication.translate("lists", "1 source"),
        "passages": QCoreApplication.translate("lists", "1 passage"),
        "claims": QCoreApplication.translate("lists", "1 claim"),
        "linkages": QCoreApplication.translate("lists", "1 linkage"),
    }
    many = {
        "sources": QCoreApplication.translate("lists", "{0} sources"),
        "passages": QCoreApplication.translate("lists", "{0} passages"),
        "claims": QCoreApplication.translate("lists", "{0} claims"),
        "linkages": QCoreApplication.translate("lists", "{0} linkages"),
    }
    whole = one[kind] if total == 1 else many[kind].format(_grouped(total))
    if shown == total:
        return whole
    return QCoreApplication.translate("lists", "{0} of {1}").format(_grouped(shown), whole)


def cell_words(line: Line, code: str, codebook: Codebook) -> str:
    """Return what stands in a cell, as words alone; empty where nothing is known."""
    match line:
        case SourceLine():
            found = _source_words(line, code)
        case PassageLine():
            found = _passage_words(line, code, codebook)
        case ClaimLine():
            found = _claim_words(line, code, codebook)
        case LinkageLine():
            found = _linkage_words(line, code, codebook)
    return found


def spoken(line: Line, code: str, codebook: Codebook, *, first: bool) -> str:
    """Return what a screen reader says of a cell: the first one also tells what is disputed, and words that changed."""
    parts = [cell_words(line, code, codebook)]
    if first and line.disputed:
        parts.append(disputed_words())
    if first and isinstance(line, PassageLine | LinkageLine) and line.changed:
        parts.append(changed_words(line.changed))
    return ", ".join(parts)


def number_words(number: int) -> str:
    """Return a number as it is written in a column: nothing for none."""
    return _grouped(number) if number else "–"


def _grouped(number: int) -> str:
    locale = QLocale()
    locale.setNumberOptions(QLocale.NumberOption.DefaultNumberOptions)
    return locale.toString(number)


def one_line(words: str) -> str:
    """Return words without line breaks, and no more of them than any column has room for."""
    return " ".join(words[:_MOST].split())


_MOST = 400


def _source_words(line: SourceLine, code: str) -> str:
    match code:
        case "title":
            return one_line(line.title) or QCoreApplication.translate("sources", "Without a title")
        case "publisher":
            return one_line(line.publisher)
        case "published":
            return published(line.published)
        case "made":
            return moment(line.made)
        case _:
            return number_words(getattr(line, code))


def _passage_words(line: PassageLine, code: str, codebook: Codebook) -> str:
    match code:
        case "words":
            area = QCoreApplication.translate("lists", "An area of page {0}")
            return one_line(line.words) or (area.format(line.page + 1) if line.page is not None else "")
        case "source":
            return one_line(line.source) or QCoreApplication.translate("sources", "Without a title")
        case "stances":
            stances = ", ".join(label(codebook, "stance", stance) for stance in line.stances)
            return stances or QCoreApplication.translate("lists", "Not linked")
        case "linkages":
            return number_words(line.linkages)
        case "by":
            return one_line(line.by)
        case _:
            return moment(line.made)


def _claim_words(line: ClaimLine, code: str, codebook: Codebook) -> str:
    match code:
        case "text":
            return one_line(line.text)
        case "passages":
            counts = [f"{label(codebook, 'stance', stance)} {count}" for stance, count in line.stances]
            return ", ".join(counts) or QCoreApplication.translate("lists", "None yet")
        case "verdict":
            return label(codebook, "verdict", line.verdict) or QCoreApplication.translate("lists", "Open")
        case "confidence":
            return label(codebook, "confidence", line.confidence)
        case "stage":
            return stage_words(Stage(line.stage)) if line.stage else ""
        case _:
            return moment(line.made)


def _linkage_words(line: LinkageLine, code: str, codebook: Codebook) -> str:
    match code:
        case "claim" | "words" | "by":
            return one_line(getattr(line, code))
        case "source":
            return one_line(line.source) or QCoreApplication.translate("sources", "Without a title")
        case "stance":
            return label(codebook, "stance", line.stance)
        case "verdict" if line.withdrawn:
            return QCoreApplication.translate("lists", "Withdrawn")
        case "verdict" | "confidence":
            return label(codebook, code, getattr(line, code))
        case _:
            return moment(line.made)
