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
class Capture:
    """What a file says of its own making: from which address it was taken and when, each with how it is known.

    The bases are words such as ``WARC``, ``MHTML``, ``SingleFile``, ``saved from url`` or ``canonical link``; times are UTC in
    ISO 8601. ``archived_url`` is the copy in a web archive that was read instead of the page itself. ``http_status`` and
    ``http_headers`` (names in lower case, cookies left out) are known where the server's answer was kept.
    """

    address: str = ""
    address_basis: str = ""
    retrieved_at: str = ""
    retrieved_basis: str = ""
    archived_url: str = ""
    http_status: int | None = None
    http_headers: dict[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The canonical text of a source, its structure, and what was noticed on the way.

    ``encoding`` is the one the bytes were read in (empty where a format has none of its own); ``warnings`` are short codes
    with an optional detail behind a colon, such as ``encoding-guessed:windows-1251`` or ``page-without-text:3``.

    A file may hold several pages: then ``parts`` has the key of each, in order, ``part`` the key of the one that was read,
    and ``ReadOptions.part`` asks for another. Both are empty for a file that is one page.
    """

    text: str
    structure: Structure
    media_type: str
    importer: str
    importer_version: str
    encoding: str = ""
    suggestions: Suggestions = Suggestions()
    warnings: tuple[str, ...] = ()
    capture: Capture | None = None
    part: str = ""
    parts: tuple[str, ...] = ()
