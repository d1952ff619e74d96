"""What is written for a source that was read: its version, its texts, and the people it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.domain.change import Blob, Write
from annotator.domain.codec import canonical, to_plain
from annotator.domain.ids import EntityId, digest_of
from annotator.domain.imported import Imported, Suggestion
from annotator.domain.people import Agent, AgentKind
from annotator.domain.source import Medium, Source, Version
from annotator.services.base import Outcome, created, existing
from annotator.services.claiming import date_argument
from annotator.services.identity import new_id, now
from annotator.services.importing_given import Original
from annotator.store import queries
from annotator.store.reader import Reader

_MEDIA = {"application/pdf": Medium.PDF, "text/html": Medium.WEB_TEXT, "application/xhtml+xml": Medium.WEB_TEXT}


def source_taken_in(reader: Reader, original: Original, imported: Imported, url: str) -> Outcome[Version]:
    """Return what is written for a source that was read; ``url`` is the address a person gave (empty: what was found).

    Nothing for bytes that are here in the same encoding; a new version for an address that is known; else a new source.
    """
    known = queries.versions_with_original(reader, digest_of(original.data))
    if known and existing(reader, Version, known[0]).encoding == imported.encoding:
        return Outcome(existing(reader, Version, known[0]))
    hints = imported.suggestions
    address = url or (hints.url.value if hints.url else "")
    blobs = (Blob("original", original.data), *blobs_of(imported))
    twin = _source_at(reader, address)
    if twin is not None:
        newest = newest_version(reader, twin.id)
        version = new_version(twin.id, original, imported, after=newest, url=url)
        return Outcome(version, (created(version),), blobs)
    authors, made_authors = agents_named(reader, [author.value for author in hints.authors], AgentKind.PERSON)
    publishers, made = agents_named(reader, [hints.publisher.value] if hints.publisher else [], AgentKind.OUTLET)
    source = Source(
        id=new_id(),
        title=_value(hints.title) or Path(original.name).stem,
        authors=authors,
        publishers=publishers,
        url=address,
        date_published=date_argument("date", _value(hints.date)),
        language=_value(hints.language),
        medium=_MEDIA.get(imported.media_type, Medium.OTHER),
    )
    version = new_version(source.id, original, imported, url=url)
    agents = {write.entity: write for write in (*made_authors, *made)}
    return Outcome(version, (*agents.values(), created(source), created(version)), blobs)


def new_version(
    source: EntityId, original: Original, imported: Imported, *, after: Version | None = None, url: str = ""
) -> Version:
    """Return a version of a source, the next after ``after``; ``url`` is the address a person gave (empty: what was found)."""
    version = Version(
        id=new_id(),
        source_id=source,
        sequence=after.sequence + 1 if after else 1,
        original=digest_of(original.data),
        name=original.name,
        size=len(original.data),
        imported_at=now(),
        retrieved_at=original.modified,
        retrieved_basis="file time" if original.modified else "",
        supersedes=after.id if after else None,
        **facts_of_text(imported),
    )
    hint = imported.suggestions.url
    if url:
        return replace(version, url=url, url_basis="typed")
    return replace(version, url=hint.value, url_basis=hint.basis) if hint else version


def facts_of_text(imported: Imported) -> dict[str, Any]:
    """Return the fields of a version that tell how its text was made."""
    text, structure = blobs_of(imported)
    return {
        "text": text.digest,
        "structure": structure.digest,
        "media_type": imported.media_type,
        "encoding": imported.encoding,
        "importer": imported.importer,
        "importer_version": imported.importer_version,
        "warnings": imported.warnings,
    }


def blobs_of(imported: Imported) -> tuple[Blob, Blob]:
    """Return the text and the structure as they are stored."""
    return Blob("text", imported.text.encode()), Blob("structure", canonical(to_plain(imported.structure)))


def newest_version(reader: Reader, source: EntityId) -> Version:
    """Return the newest version of a source."""
    ids = reader.ids_where(
        "SELECT n FROM version WHERE source = ? ORDER BY sequence DESC, n DESC LIMIT 1", reader.number(source)
    )
    return reader.get(Version, ids[0])


def agents_named(reader: Reader, names: Sequence[str], kind: AgentKind) -> tuple[tuple[EntityId, ...], list[Write]]:
    """Return the agents with these names, and what makes those that are new, which are of ``kind``."""
    ids, writes = [], []
    for name in dict.fromkeys(" ".join(name.split()) for name in names if name.strip()):
        known = reader.ids_where("SELECT n FROM agent WHERE name = ? ORDER BY n LIMIT 1", name)
        if known:
            ids.append(known[0])
        else:
            agent = Agent(id=new_id(), name=name, agent_kind=kind)
            ids.append(agent.id)
            writes.append(created(agent))
    return tuple(ids), writes


def _source_at(reader: Reader, url: str) -> Source | None:
    ids = reader.ids_where("SELECT n FROM source WHERE url = ? ORDER BY n LIMIT 1", url) if url else ()
    return reader.find(Source, ids[0]) if ids else None


def _value(suggestion: Suggestion | None) -> str:
    return suggestion.value if suggestion else ""
