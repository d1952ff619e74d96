"""What is kept of a capture beside its text: how one knows what it is, where it came from, and that it is still the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.ids import Digest
from annotator.domain.import_warnings import number_runs
from annotator.domain.source import Version
from annotator.domain.structure import Structure

TYPED = "typed"
"""The importer of a source that a person wrote down."""

FETCHED = "fetched"
"""The basis of an address and time that the program saw itself."""

FILE_TIME = "file time"
"""The basis of a time that is that of the file's last change."""


class FactKind(StrEnum):
    """How a fact is to be written: as it is, as a time (UTC, ISO 8601), as a number of bytes, as one line each."""

    WORDS = "words"
    MOMENT = "moment"
    SIZE = "size"
    LINES = "lines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact: what it is called, what it is, how it is to be written, and how it is known (empty: seen by the program)."""

    label: str
    value: str
    kind: FactKind = FactKind.WORDS
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalFound:
    """The bytes of an original as they are now: the digest recorded, that of what is stored (None: not in this copy)."""

    recorded: Digest
    found: Digest | None

    @property
    def altered(self) -> bool:
        """Whether other bytes are stored than were taken in."""
        return self.found is not None and self.found != self.recorded

    @property
    def sentence(self) -> str:
        """What was found, in words."""
        if self.found is None:
            return "This copy of the project does not hold the original."
        if self.altered:
            return "The original is altered: the bytes that are stored are not those that were taken in."
        return "The original is unchanged: its bytes have the digest that was recorded."


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is kept of one capture. ``importer`` is who took it in, ``engines`` what read which pages (counted from 1)."""

    version: Version
    importer: str
    engines: tuple[tuple[str, tuple[int, ...]], ...] = ()
    altered: bool = False

    def facts(self) -> tuple[Fact, ...]:
        """Return what is known, in the order in which it is read; what is not known is left out."""
        return tuple(fact for fact in (*self._bytes(), *self._capture(), *self._reading()) if fact.value)

    def _bytes(self) -> tuple[Fact, ...]:
        version = self.version
        if version.original is None:
            return ()
        return (
            Fact(label="Original name", value=version.name),
            Fact(label="Size", value=str(version.size), kind=FactKind.SIZE),
            Fact(label="Digest (SHA-256)", value=version.original),
            Fact(label="Declared type", value=version.declared_type),
            Fact(label="Found to be", value=version.media_type),
        )

    def _capture(self) -> tuple[Fact, ...]:
        version = self.version
        headers = version.http_headers or {}
        return (
            Fact(label="Taken in", value=version.imported_at, kind=FactKind.MOMENT),
            Fact(label="Taken in by", value=self.importer),
            Fact(label="Taken in how", value=way_in(version)),
            Fact(label="Address", value=version.url, basis=version.url_basis),
            Fact(label="Retrieved", value=version.retrieved_at, kind=FactKind.MOMENT, basis=version.retrieved_basis),
            Fact(label="Archived copy", value=version.archived_url),
            Fact(label="Page of the archive", value=version.part),
            Fact(label="HTTP status", value=str(version.http_status or "")),
            Fact(
                label="HTTP headers",
                value="\n".join(f"{name}: {value}" for name, value in sorted(headers.items())),
                kind=FactKind.LINES,
            ),
            Fact(label="Why anew", value=version.change_note),
        )

    def _reading(self) -> tuple[Fact, ...]:
        version = self.version
        engines = "\n".join(f"{engine}: {number_runs(pages)}" for engine, pages in self.engines)
        return (
            Fact(label="Read with", value=f"{version.importer} {version.importer_version}".strip()),
            Fact(label="Pages read with", value=engines, kind=FactKind.LINES),
            Fact(label="Encoding", value=version.encoding),
            Fact(label="Digest of the text", value=version.text),
        )


def way_in(version: Version) -> str:
    """Return how a version was taken in, as far as it shows: the words are to be translated."""
    if version.importer == TYPED:
        return "written down"
    if FETCHED in (version.url_basis, version.retrieved_basis):
        return "fetched from its address"
    if version.retrieved_basis == FILE_TIME:
        return "from a file"
    return "pasted, dropped, or given by a script" if version.original else ""


def engines_of(structure: Structure) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return which engine read which pages, counted from 1; engines in the order in which they are first met."""
    found: dict[str, list[int]] = {}
    for number, page in enumerate(structure.pages, 1):
        if page.engine:
            found.setdefault(page.engine, []).append(number)
    return tuple((engine, tuple(pages)) for engine, pages in found.items())
