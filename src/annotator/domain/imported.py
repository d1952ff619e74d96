"""What an importer makes of the bytes of a source."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.structure import Structure

NO_TEXT = "no-text"
"""The warning that a source holds pictures of pages only: its text was put together by the importer, and names the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A detail found in the source, and how it is known, such as ``og:title`` or ``pdf info``. A person confirms it."""

    value: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What a source says of itself. ``date`` is a partial ISO 8601 date, ``language`` a BCP 47 tag."""

    title: Suggestion | None = None
    authors: tuple[Suggestion, ...] = ()
    publisher: Suggestion | None = None
    date: Suggestion | None = None
    language: Suggestion | None = None
    url: Suggestion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The canonical text of a source, its structure, and what was noticed on the way.

    ``encoding`` is the one the bytes were read in (empty where a format has none of its own); ``warnings`` are short codes
    with an optional detail behind a colon, such as ``encoding-guessed:windows-1251`` or ``page-without-text:3``.
    """

    text: str
    structure: Structure
    media_type: str
    importer: str
    importer_version: str
    encoding: str = ""
    suggestions: Suggestions = Suggestions()
    warnings: tuple[str, ...] = ()
