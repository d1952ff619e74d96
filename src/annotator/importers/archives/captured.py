"""A page that came in a file of another kind: an archive, a message. It is read by the importer for its own kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from annotator.domain.archived import archived_copy
from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Capture, Imported
from annotator.importers.registry import Importer, Progress, ReadOptions, importer_for

MAX_PAGE = 64 << 20
"""No page of an archive may be larger than this, unpacked."""

_INNER = ("html", "pdf", "text")
_UNKEPT = frozenset({"set-cookie", "set-cookie2"})
_MAX_HEADERS = 100
_MAX_VALUE = 2000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPage:
    """One page and what is known of its capture; ``declared_type`` is the media type it was served with."""

    data: bytes
    declared_type: str
    capture: Capture
    warnings: tuple[str, ...] = field(default=())


def read_captured(page: CapturedPage, options: ReadOptions, progress: Progress, outer: Importer) -> Imported:
    """Return what ``page`` holds, as found by ``outer`` in the file ``options`` tell of.

    Raises ``ImportFailedError`` where the page itself cannot be read.
    """
    inside = replace(options, declared_type=page.declared_type, address=page.capture.address, part="")
    inner = importer_for(page.data, inside)
    if inner.name not in _INNER:
        raise ImportFailedError(
            name=options.name,
            reason="the page in it is no web page, PDF or text",
            advice="Save the page from your browser and import that.",
        )
    if len(page.data) > inner.max_bytes:
        raise ImportFailedError(
            name=options.name,
            reason=f"the page in it is larger than {inner.max_bytes >> 20} MB",
            advice="Print the page to a PDF in a browser and import that.",
        )
    imported = inner.read(page.data, inside, progress)
    return replace(
        imported,
        importer=outer.name,
        importer_version=f"{outer.version} ({imported.importer} {imported.importer_version})",
        capture=page.capture,
        warnings=(*page.warnings, *imported.warnings),
    )


def from_address(address: str, basis: str, retrieved_at: str) -> Capture:
    """Return the capture of a page that was saved from ``address``; a copy in a web archive is told from the page itself."""
    copy = archived_copy(address)
    if copy is None:
        return Capture(
            address=address,
            address_basis=basis,
            retrieved_at=retrieved_at,
            retrieved_basis=basis if retrieved_at else "",
        )
    return Capture(
        address=copy.address,
        address_basis=f"{basis}, archive address",
        retrieved_at=copy.made_at,
        retrieved_basis="archive address",
        archived_url=address,
    )


def kept_headers(headers: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return a server's headers as they are stored: lower case, repeated ones joined, cookies left out, bounded."""
    kept: dict[str, str] = {}
    for name, value in headers[:_MAX_HEADERS]:
        name = _CONTROLS.sub("", name).strip().lower()
        value = _CONTROLS.sub(" ", value).strip()[:_MAX_VALUE]
        if name and name not in _UNKEPT:
            kept[name] = f"{kept[name]}, {value}"[:_MAX_VALUE] if name in kept else value
    return kept
