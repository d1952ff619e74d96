"""What import noticed, in plain words: one table from code to sentence."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from annotator.domain.imported import NO_TEXT

_SENTENCES: dict[str, str] = {
    "encoding-guessed": "Its letters were read as {0}, which is a guess.",
    "encoding-not-as-declared": "It says its letters are {0}, but they are not.",
    "undecodable-bytes": "Some letters could not be read and show as �: {0}.",
    "undecoded-characters": "Some characters could not be told and show as �: {0}.",
    "article-not-found": "Where the article begins and ends is a guess.",
    "hidden-text-shown": "All its text was hidden, so hidden text is shown.",
    "page-unreadable": "Pages that could not be read: {0}.",
    NO_TEXT: "It holds pictures of pages only, no text: mark areas of its pages, or run text recognition (OCR) on it and import "
    "the result.",
    "page-without-text": "Pages that hold pictures only, no text: {0}.",
}
_ENCODING = ("encoding-guessed", "encoding-not-as-declared", "undecodable-bytes")


def warning_sentences(warnings: Iterable[str]) -> tuple[str, ...]:
    """Return warnings (a code, with an optional detail behind a colon) as sentences; details of one code are joined."""
    details: dict[str, list[str]] = {}
    for warning in warnings:
        code, _, detail = warning.partition(":")
        details.setdefault(code, []).extend([detail] if detail else [])
    return tuple(_sentence(code, found) for code, found in details.items())


def is_about_encoding(warnings: Iterable[str]) -> bool:
    """Tell whether reading in another encoding may help."""
    return any(warning.partition(":")[0] in _ENCODING for warning in warnings)


def _sentence(code: str, details: list[str]) -> str:
    template = _SENTENCES.get(code)
    if template is None:
        return QCoreApplication.translate("warnings", "Noticed: {0}.").format(": ".join([code, *details]))
    return QCoreApplication.translate("warnings", template).format(_joined(details))


def _joined(details: list[str]) -> str:
    """Return details with commas between; numbers that follow each other become a range."""
    if not details or not all(detail.isdecimal() for detail in details):
        return ", ".join(dict.fromkeys(details))
    runs: list[list[int]] = []
    for number in sorted({int(detail) for detail in details}):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
