"""What a document of a word processor says of itself, for a person to confirm, and what of it is not in its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from annotator.domain.dates import partial_date
from annotator.domain.imported import Suggestion, Suggestions
from annotator.domain.structure import BlockKind, Structure
from annotator.domain.text import canonical_text

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SEVERAL = re.compile(r"\s*;\s*")
_MEANINGLESS = re.compile(
    r"(?:microsoft word - .*|document\d*|untitled.*|.*\.(?:docx?|odt|rtf|epub|indd|dotx?)|no title|title|word document|"
    r"[?\ufffd\s]*)",
    re.I,
)
_NOBODY = frozenset(("", "unknown", "user", "admin", "administrator", "author", "microsoft office user", "python-docx"))
_NO_COMPANY = frozenset((
    "", "home", "company", "your company", "microsoft", "microsoft corporation", "hp", "hewlett-packard", "dell", "toshiba",
    "acer", "lenovo", "sony", "privat", "private", "personal",
))  # fmt: skip
"""Names that a computer came with."""
_MAX_VALUE = 500
_MAX_AUTHORS = 20

_WARNINGS = {
    "inserted": "changes-inserted",
    "deleted": "changes-deleted",
    "comment": "comments-left-out",
    "hidden": "hidden-words",
    "symbol": "undecoded-characters",
    "embedded": "embedded-parts",
}

Said = tuple[str, str]
"""A value and how it is known, such as (``The wall``, ``docx title``); the value may be empty."""


def suggestions(
    text: str,
    structure: Structure,
    *,
    titles: Iterable[Said] = (),
    authors: Iterable[Said] = (),
    publisher: Said = ("", ""),
    dates: Iterable[Said] = (),
    languages: Iterable[Said] = (),
    url: Said = ("", ""),
) -> Suggestions:
    """Return the first of each that means something; authors all. A title that stands in the text goes before ``titles``."""
    return Suggestions(
        title=_first((*_shown_title(text, structure), *titles, *_first_heading(text, structure)), _title),
        authors=_authors(authors),
        publisher=_first((publisher,), _company),
        date=_first(dates, _date),
        language=_first(languages, _language),
        url=_first((url,), _address),
    )


def warnings(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the warnings of an import for how many there are of what a reader counts by kind; kinds it lacks count as none."""
    return tuple(f"{code}:{counts[kind]}" for kind, code in _WARNINGS.items() if counts.get(kind))


def _shown_title(text: str, structure: Structure) -> Sequence[Said]:
    return [(text[b.start : b.end], "title style") for b in structure.blocks if b.kind is BlockKind.TITLE][:1]


def _first_heading(text: str, structure: Structure) -> Sequence[Said]:
    headings = [b for b in structure.blocks if b.kind is BlockKind.HEADING and b.article]
    return [(text[b.start : b.end], "first heading") for b in headings[:1]]


def _first(candidates: Iterable[Said], reads: Callable[[str], str]) -> Suggestion | None:
    for value, basis in candidates:
        found = reads(value)
        if found:
            return Suggestion(value=found, basis=basis)
    return None


def _plain(value: str) -> str:
    return " ".join(canonical_text(value[: 4 * _MAX_VALUE]).split())[:_MAX_VALUE]


def _title(value: str) -> str:
    title = _plain(value)
    return "" if _MEANINGLESS.fullmatch(title) else title


def _company(value: str) -> str:
    name = _plain(value)
    return "" if name.casefold().removesuffix(" company") in _NO_COMPANY else name


def _authors(candidates: Iterable[Said]) -> tuple[Suggestion, ...]:
    unique: dict[str, Suggestion] = {}
    for value, basis in candidates:
        for part in _SEVERAL.split(_plain(value)):
            if part.casefold() not in _NOBODY:
                unique.setdefault(part.casefold(), Suggestion(value=part, basis=basis))
    return tuple(unique.values())[:_MAX_AUTHORS]


def _date(value: str) -> str:
    match = _DATE.match(value.strip())
    try:
        return partial_date(match[0]) if match else ""
    except ValueError:
        return ""


def _language(value: str) -> str:
    tag = value.strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def _address(value: str) -> str:
    return _plain(value) if value.startswith(("http://", "https://")) else ""
