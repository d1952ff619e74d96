"""The formats of other programs' annotations, and which of them a given file is.

One format is one module with a ``READER`` and one line in ``_BUILT_IN``. Outside packages add theirs through the entry point
group ``annotator.annotations``: an object of type ``AnnotationReader``.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from annotator.domain.errors import ImportFailedError, WrongArgumentError
from annotator.domain.foreign import Foreign

ENTRY_POINTS = "annotator.annotations"

_BUILT_IN = (
    "annotator.importers.annotations.refi_qda",
    "annotator.importers.annotations.refi_codebook",
    "annotator.importers.annotations.webannotation",
    "annotator.importers.annotations.hypothesis",
    "annotator.importers.annotations.claimreview",
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationReader:
    """One format. The module that defines it stays light: heavy libraries are imported by ``read``.

    ``code`` names it on the command line, ``label`` to people; ``suffixes`` are those of its files, with the dot; ``lacks`` says
    in one sentence what does not come along. ``recognises`` tells from the content and the name whether the bytes are surely
    of this format; ``read`` makes a ``Foreign`` of them, given the name, or raises ``ImportFailedError``. ``max_bytes`` is the
    largest file it takes.
    """

    code: str
    label: str
    suffixes: tuple[str, ...]
    lacks: str
    max_bytes: int
    recognises: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Foreign]


@cache
def annotation_readers() -> dict[str, AnnotationReader]:
    """Return every format by its code, ours first; an outside package does not replace one of ours."""
    found: dict[str, AnnotationReader] = {}
    for module in _BUILT_IN:
        reader: AnnotationReader = importlib.import_module(module).READER
        found[reader.code] = reader
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            loaded = entry.load()
        except (ImportError, AttributeError) as error:
            _log.warning("annotation reader %s was not loaded: %s", entry.name, type(error).__name__)
            continue
        if isinstance(loaded, AnnotationReader):
            found.setdefault(loaded.code, loaded)
    return found


def annotation_reader(code: str) -> AnnotationReader:
    """Return the format with this code; raises ``WrongArgumentError`` naming those that exist."""
    known = annotation_readers()
    if code not in known:
        raise WrongArgumentError(argument="format", problem=f"“{code}” is not known", allowed=", ".join(known))
    return known[code]


def read_foreign(data: bytes, name: str, code: str) -> Foreign:
    """Return what a file says, read as the format with this code, or as the one it is where the code is empty.

    Raises ``ImportFailedError``.
    """
    known = annotation_readers()
    reader = known[code] if code else next((one for one in known.values() if one.recognises(data, name)), None)
    if reader is None:
        labels = "; ".join(one.label for one in known.values())
        raise ImportFailedError(
            name=name, reason="it holds no annotations in a format that is known here", advice=f"Known are: {labels}."
        )
    if len(data) > reader.max_bytes:
        raise ImportFailedError(
            name=name,
            reason=f"it is larger than the {reader.max_bytes >> 20} MB that can be read of this kind",
            advice="Export a part of it.",
        )
    return reader.read(data, name)
