"""What import noticed, in plain words: the one table from code to sentence, for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotator.domain.imported import NO_TEXT

SENTENCES: dict[str, str] = {
    "encoding-guessed": "Its letters were read as {0}, which is a guess.",
    "encoding-not-as-declared": "It says its letters are {0}, but they are not.",
    "undecodable-bytes": "Some letters could not be read and show as �: {0}.",
    "undecoded-characters": "Some characters could not be told and show as �: {0}.",
    "article-not-found": "Where the article begins and ends is a guess.",
    "text-from-linked-data": "Its article is put there by scripts: it was taken from the data that the page holds for machines.",
    "hidden-text-shown": "All its text was hidden, so hidden text is shown.",
    "page-unreadable": "Pages that could not be read: {0}.",
    NO_TEXT: "It holds pictures of pages only, no text: mark areas of its pages, or run text recognition (OCR) on it and import "
    "the result.",
    "archive-cut-short": "The archive was cut short: what stood behind is missing.",
    "archive-digest-differs": "What the archive says its bytes should be is not what they are: it may have been altered.",
    "archive-digests-missing": "The archive states no digests, so whether it was altered cannot be told.",
    "archived-incompletely": "The page was archived in part only.",
    "attachment-not-opened": "Attached, and not opened: {0}.",
    "http-status": "The server answered with an error: {0}.",
    "message-without-words": "The message has no words of its own.",
    "pages-left-out": "The archive holds more pages than are taken in at once; left out: {0}.",
    "pages-not-read": "Pages of the file that have no text or cannot be read: {0}.",
    "page-without-text": "Pages that hold pictures only, no text: {0}.",
    "changes-inserted": "It has changes that nobody accepted or rejected; what they put in is part of the text: {0} places.",
    "changes-deleted": "It has changes that nobody accepted or rejected; what they take out is not in the text: {0} places.",
    "comments-left-out": "Comments in its margin are not part of the text: {0}.",
    "hidden-words": "Words that are hidden in it are not part of the text: {0}.",
    "embedded-parts": "Parts of it are in another format and were not read: {0}.",
}
"""A template for each code; the details behind its colon fill it."""

_UNKNOWN = "Noticed: {0}."
_ENCODING = ("encoding-guessed", "encoding-not-as-declared", "undecodable-bytes")


def warning_sentences(
    warnings: Iterable[str], translated: Callable[[str], str] = lambda template: template
) -> tuple[str, ...]:
    """Return warnings (a code, with an optional detail behind a colon) as sentences; details of one code are joined.

    ``translated`` gives a template in the person's language.
    """
    details: dict[str, list[str]] = {}
    for warning in warnings:
        code, _, detail = warning.partition(":")
        details.setdefault(code, []).extend([detail] if detail else [])
    return tuple(
        translated(SENTENCES[code]).format(_joined(found))
        if code in SENTENCES
        else translated(_UNKNOWN).format(": ".join([code, *found]))
        for code, found in details.items()
    )


def is_about_encoding(warnings: Iterable[str]) -> bool:
    """Tell whether reading in another encoding may help."""
    return any(warning.partition(":")[0] in _ENCODING for warning in warnings)


def number_runs(numbers: Iterable[int]) -> str:
    """Return numbers in their order, those that follow each other as a range: “1–3, 7”."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def _joined(details: list[str]) -> str:
    """Return details with commas between; numbers that follow each other become a range."""
    if not details or not all(detail.isdecimal() for detail in details):
        return ", ".join(dict.fromkeys(details))
    return number_runs(int(detail) for detail in details)
