"""The importers there are, and which of them reads a given file.

One format is one module and one line in ``_BUILT_IN``. Outside packages add theirs through the entry point group
``annotator.importers``: an object of type ``Importer``.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import PurePath
from typing import Protocol

from annotator.domain.imported import Imported
from annotator.importers.foreign import is_foreign

ENTRY_POINTS = "annotator.importers"
FALLBACK = "text"

Progress = Callable[[int, int], None]
"""Called with how many steps (pages) are done and how many there are; an importer that stays silent is stopped."""

_BUILT_IN = (
    "annotator.importers.pdf",
    "annotator.importers.docx",
    "annotator.importers.epub",
    "annotator.importers.warc",
    "annotator.importers.wacz",
    "annotator.importers.mhtml",
    "annotator.importers.eml",
    "annotator.importers.html",
    "annotator.importers.markdown",
    "annotator.importers.odt",
    "annotator.importers.rtf",
    "annotator.importers.text",
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What is known of a file beside its bytes.

    ``name`` is the file name or address as a person knows it, ``declared_type`` the media type it came with (empty when
    unknown), ``encoding`` the one a person chose for it (empty: find out), ``part`` the key of the page to read where the
    file holds several (empty: the first), ``address`` where a page stood, as the archive that holds it says.
    """

    name: str
    declared_type: str = ""
    encoding: str = ""
    part: str = ""
    address: str = ""


class Parted(Protocol):
    """A document read page by page, in ranges by several processes; pages count from 0."""

    count: int
    """How many pages there are, at least one."""

    def read(self, number: int) -> tuple[str, bytes]:
        """Return the words of a page for a preview, and what ``finish`` wants to know of it; empty bytes: it is unreadable."""

    def finish(self, bodies: Sequence[bytes]) -> Imported:
        """Return the whole. Raises ``ImportFailedError``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One format. The module that defines it stays light: heavy libraries are imported by ``read``.

    ``recognises`` tells from the content (first argument) and the name whether the bytes are surely of this format.
    ``read`` makes an ``Imported`` of them or raises ``ImportFailedError``. ``max_bytes`` is the largest file it takes;
    ``modules`` are those worth loading before a child process is forked for it. ``parted`` opens a document whose pages can be
    read apart from each other, and raises as ``read`` does; it comes to the same. ``every`` goes once through a file that may
    hold several sources: it yields what ``read`` returns, then each of the others, or none where that cannot be read.
    """

    name: str
    version: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    max_bytes: int
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, ReadOptions, Progress], Imported]
    modules: tuple[str, ...] = ()
    parted: Callable[[bytes, ReadOptions], Parted] | None = None
    every: Callable[[bytes, ReadOptions, Progress], Iterator[Imported | None]] | None = None


@cache
def importers() -> tuple[Importer, ...]:
    """Return every importer there is, ours first; one from outside that cannot be loaded is left out and logged."""
    found = [importlib.import_module(module).IMPORTER for module in _BUILT_IN]
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            loaded = entry.load()
        except (ImportError, AttributeError) as error:
            _log.warning("importer %s was not loaded: %s", entry.name, type(error).__name__)
            continue
        if isinstance(loaded, Importer):
            found.append(loaded)
    return tuple(found)


def importer_for(data: bytes, options: ReadOptions) -> Importer:
    """Return the importer for these bytes: by content, else by declared type, else by suffix, else plain text.

    What is surely of a kind that none of them reads goes to the one for plain text, which says so.
    """
    known = importers()
    suffix = PurePath(options.name).suffix.lower()
    declared = options.declared_type.partition(";")[0].strip().lower()
    for one in known:
        if one.recognises(data, options.name):
            return one
    if is_foreign(data):
        return _fallback()
    for one in known:
        if declared in one.media_types:
            return one
    for one in known:
        if suffix in one.suffixes:
            return one
    return _fallback()


def _fallback() -> Importer:
    return next(one for one in importers() if one.name == FALLBACK)


def preload(name: str) -> None:
    """Load what the importer called ``name`` needs, so that processes forked from this one have it already."""
    for one in importers():
        if one.name == name:
            for module in one.modules:
                importlib.import_module(module)
