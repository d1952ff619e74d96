"""Reads a WACZ (Webrecorder, version 1): the digests in it are checked, its list says which records are pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from annotator.domain import codec
from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.importers.archives.captured import CapturedPage, read_captured
from annotator.importers.archives.warc_read import MAX_PARTS, first_readable, no_pages, others_than, pages_of
from annotator.importers.archives.warc_records import Record, scan
from annotator.importers.archives.warc_records import read_page as page_of_warc
from annotator.importers.documents.zip_guard import DAMAGED, Package, ZipLimits, shown
from annotator.importers.registry import Importer, Progress, ReadOptions
from annotator.importers.wacz import MAX_BYTES, is_archive

_DESCRIPTION, _SEAL = "datapackage.json", "datapackage-digest.json"
_LIMITS = ZipLimits(part=MAX_BYTES, ratio=1000)
_MAX_LINES = 100_000
_ALGORITHMS = ("sha256", "sha1", "sha224", "sha384", "sha512", "md5")
_BETWEEN = "!"
"""Stands between the name of a WARC file and the key of a record in it; no key of a record has it."""


def read_wacz(data: bytes, options: ReadOptions, progress: Progress, outer: Importer) -> Imported:
    """Return the page that ``options.part`` names, or the first, with the keys of all.

    Raises ``ImportFailedError`` for an archive that is not what its own list says, or holds no page that can be read.
    """
    package = Package(data, options.name, _LIMITS)
    read = _reader(package, options, progress, outer)
    return replace(read(options.part), part=options.part) if options.part else _first(package, options.name, read)


def every_page(data: bytes, options: ReadOptions, progress: Progress, outer: Importer) -> Iterator[Imported | None]:
    """Yield what ``read_wacz`` returns, then the other pages; none for one that cannot be read. Digests are checked once."""
    package = Package(data, options.name, _LIMITS)
    read = _reader(package, options, progress, outer)
    first = _first(package, options.name, read)
    yield first
    yield from others_than(first, read)


def _reader(package: Package, options: ReadOptions, progress: Progress, outer: Importer) -> Callable[[str], Imported]:
    """Return what reads a page by its key. Raises ``ImportFailedError`` for an archive that is not what its own list says."""
    warnings = _check(package, options.name)
    unpacked = lru_cache(1)(package.read)

    def read(part: str) -> Imported:
        imported = read_captured(_page(unpacked, part, options.name), options, progress, outer)
        return replace(imported, warnings=(*warnings, *imported.warnings))

    return read


def _first(package: Package, name: str, read: Callable[[str], Imported]) -> Imported:
    parts, broken = _pages(package, name)
    imported = first_readable(parts[:MAX_PARTS], read)
    warnings = ("archive-cut-short",) if broken else ()
    if len(parts) > MAX_PARTS:
        warnings = (*warnings, f"pages-left-out:{len(parts) - MAX_PARTS}")
    return replace(imported, warnings=(*warnings, *imported.warnings))


def read_page(data: bytes, part: str, name: str) -> CapturedPage:
    """Return the page that ``part`` names, or the first. Raises ``ImportFailedError`` where there is none."""
    package = Package(data, name, _LIMITS)
    return _page(package.read, part or _pages(package, name)[0][0], name)


def _page(unpacked: Callable[[str], bytes], part: str, name: str) -> CapturedPage:
    member, _, key = part.rpartition(_BETWEEN)
    if not is_archive(member):
        raise _refused(name, f"it has no page called {part}")
    return page_of_warc(unpacked(member), key, name)


def _pages(package: Package, name: str) -> tuple[list[str], bool]:
    records: list[Record] = []
    listed = set(_listed(package))
    broken = False
    for member in sorted(filter(is_archive, package.names)):
        found = scan(package.read(member), name)
        broken = broken or found.broken
        listed |= found.listed
        records += [replace(one, key=f"{member}{_BETWEEN}{one.key}") for one in found.records]
    pages = pages_of(records, listed)
    if not pages:
        raise no_pages(name, records, broken=broken)
    return [page.key for page in pages], broken


def _listed(package: Package) -> Iterator[str]:
    """Yield the addresses of the pages that the archive lists, one a line of JSON behind a heading."""
    for part in sorted(package.names):
        if part.startswith("pages/") and part.endswith(".jsonl"):
            for line in package.read(part).split(b"\n", _MAX_LINES)[:_MAX_LINES]:
                page = _parsed(line)
                address = page.get("url") if isinstance(page, dict) else None
                if isinstance(address, str):
                    yield address


def _check(package: Package, name: str) -> tuple[str, ...]:
    """Compare each part with the digest that is stated for it; return warnings. Raises ``ImportFailedError``."""
    description = package.read(_DESCRIPTION)
    if _SEAL in package:
        seal = _parsed(package.read(_SEAL))
        _compare(description, _DESCRIPTION, seal.get("hash") if isinstance(seal, dict) else None, name)
    said = _parsed(description)
    resources = said.get("resources") if isinstance(said, dict) else None
    checked = 0
    for resource in resources if isinstance(resources, list) else ():
        path = resource.get("path") if isinstance(resource, dict) else None
        if isinstance(path, str):
            if path not in package:
                raise _refused(name, f"its part {shown(path)} is missing")
            checked += _compare(package.read(path), path, _stated(resource), name)
    return () if checked else ("archive-digests-missing",)


def _stated(resource: dict[str, codec.Json]) -> codec.Json:
    """Return the digest of a part as ``algorithm:hex``; before version 1.1 it stood among statistics."""
    statistics = resource.get("stats")
    if isinstance(statistics, dict) and "hash" in statistics:
        return f"{resource.get('hashing')}:{statistics['hash']}"
    return resource.get("hash")


def _compare(content: bytes, path: str, stated: codec.Json, name: str) -> bool:
    """Return whether the digest of a part could be compared; raises ``ImportFailedError`` where it differs."""
    algorithm, _, value = stated.partition(":") if isinstance(stated, str) else ("", "", "")
    if algorithm not in _ALGORITHMS:
        return False
    if hashlib.new(algorithm, content, usedforsecurity=False).hexdigest() != value.lower():
        raise _refused(name, f"its part {shown(path)} is not what its list of digests says: it was altered or damaged")
    return True


def _parsed(text: bytes) -> codec.Json:
    try:
        return codec.parse(text.decode())
    except (ValueError, RecursionError):
        return None


def _refused(name: str, reason: str) -> ImportFailedError:
    return ImportFailedError(name=name, reason=reason, advice=DAMAGED)
