"""What is written for a source that was read: its version, its texts, and the people it names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.change import Blob, Write
from annotator.domain.codec import canonical, to_plain
from annotator.domain.dates import partial_date
from annotator.domain.evidence import FILE_TIME
from annotator.domain.ids import EntityId, digest_of
from annotator.domain.imported import Capture, Imported
from annotator.domain.likeness import article_text, likeness, runs
from annotator.domain.people import Agent, AgentKind
from annotator.domain.source import Detail, Medium, Source, Version
from annotator.services.base import Outcome, created, existing
from annotator.services.download_marks import BASIS as DOWNLOAD_MARK
from annotator.services.identity import new_id, now
from annotator.services.importing_given import Original
from annotator.store import queries
from annotator.store.agents import agent_named
from annotator.store.reader import Reader
from annotator.store.version_order import versions_of

_MEDIA = {"application/pdf": Medium.PDF, "text/html": Medium.WEB_TEXT, "application/xhtml+xml": Medium.WEB_TEXT}
_SHARED, _TELLING = 5, 20
"""Per cent of runs of words that two versions of one source share at least, and how many runs a text must have to tell."""
_FILE_NAME, _BY_HAND, _KIND = "file name", "typed", "media type"


@dataclass(frozen=True, slots=True)
class Read:
    """A source that was read: its bytes as they came, what they hold, and the text and structure as they are stored.

    ``others`` are the further pages of a file that holds several.
    """

    original: Original
    imported: Imported
    text: Blob
    structure: Blob
    others: tuple[Read, ...] = ()

    @property
    def blobs(self) -> tuple[Blob, ...]:
        """All that is stored of it."""
        return (Blob("original", self.original.data), self.text, self.structure)


def read_as(original: Original, imported: Imported) -> Read:
    """Return what was read, ready to be written."""
    structure = canonical(to_plain(imported.structure))
    return Read(original, imported, Blob("text", imported.text.encode()), Blob("structure", structure))


def source_taken_in(reader: Reader, read: Read, url: str) -> Outcome[Version]:
    """Return what is written for a source that was read; ``url`` is the address a person gave (empty: what was found).

    Nothing for bytes that are here in the same encoding; a new version for an address that is known; else a new source.
    """
    ids = queries.versions_with_original(reader, digest_of(read.original.data))
    known = (existing(reader, Version, id_) for id_ in ids)
    here = next((version for version in known if version.part == read.imported.part), None)
    if here is not None and here.encoding == read.imported.encoding:
        return Outcome(here)
    details = {
        detail.field: detail.value for detail in suggested(read) if detail.field not in ("authors", "publishers")
    }
    address = str(_facts_of_capture(read, url)["url"])
    twin = known_source(reader, read, url)
    if twin is not None:
        version = new_version(twin.id, read, after=newest_version(reader, twin.id), url=url)
        return Outcome(version, (created(version),), read.blobs)
    hints = read.imported.suggestions
    authors, made_authors = agents_named(reader, [author.value for author in hints.authors], AgentKind.PERSON)
    publishers, made = agents_named(reader, [hints.publisher.value] if hints.publisher else [], AgentKind.OUTLET)
    date = details.get("date_published")
    source = Source(
        id=new_id(),
        title=details["title"],
        authors=authors,
        publishers=publishers,
        url=address,
        date_published=partial_date(date) if date else None,
        language=details.get("language", ""),
        medium=Medium(details["medium"]),
    )
    version = new_version(source.id, read, url=url)
    agents = {write.entity: write for write in (*made_authors, *made)}
    return Outcome(version, (*agents.values(), created(source), created(version)), read.blobs)


def known_source(reader: Reader, read: Read, url: str) -> Source | None:
    """Return the source that has the address of one that was read; ``url`` is the address a person gave.

    Where only the page says what its address is, it must share some words with that source: many sites give all their pages
    the address of the front page, and anybody may write what address they like.
    """
    facts, hint = _facts_of_capture(read, url), read.imported.suggestions.url
    found = _source_at(reader, str(facts["url"]))
    if found is None or hint is None or (facts["url"], facts["url_basis"]) != (hint.value, hint.basis):
        return found
    newest = newest_version(reader, found.id)
    old = runs(article_text(reader.text(newest.text), reader.structure(newest.structure).blocks))
    new = runs(article_text(read.imported.text, read.imported.structure.blocks))
    is_short = min(len(old), len(new)) < _TELLING
    return found if is_short or likeness(old, new) >= _SHARED else None


def suggested(read: Read) -> tuple[Detail, ...]:
    """Return what a source says of itself, with how each is known; its title is at least the name of its file."""
    hints = read.imported.suggestions
    found = {
        "title": (hints.title,),
        "authors": hints.authors,
        "publishers": (hints.publisher,),
        "url": (hints.url,),
        "date_published": (hints.date if hints.date and _is_date(hints.date.value) else None,),
        "language": (hints.language,),
    }
    details = [
        Detail(field=field, value=" ".join(each.value.split()), basis=each.basis)
        for field, all_found in found.items()
        for each in all_found
        if each is not None and each.value.strip()
    ]
    if not any(detail.field == "title" for detail in details):
        details.insert(0, Detail(field="title", value=Path(read.original.name).stem, basis=_FILE_NAME))
    medium = _MEDIA.get(read.imported.media_type, Medium.OTHER)
    return (*details, Detail(field="medium", value=medium, basis=_KIND))


def new_version(source: EntityId, read: Read, *, after: Version | None = None, url: str = "") -> Version:
    """Return a version of a source, the next after ``after``; ``url`` is the address a person gave (empty: what was found)."""
    original = read.original
    return Version(
        id=new_id(),
        source_id=source,
        sequence=after.sequence + 1 if after else 1,
        original=digest_of(original.data),
        name=original.name,
        size=len(original.data),
        imported_at=now(),
        supersedes=after.id if after else None,
        suggested=suggested(read),
        **facts_of_text(read),
        **_facts_of_capture(read, url),
    )


def _facts_of_capture(read: Read, url: str) -> dict[str, Any]:
    """Return where a source was taken from and when, each with how it is known.

    A person knows the address best, then what the file says of its own capture, then what the page says of itself.
    """
    capture, hint, modified = read.imported.capture or Capture(), read.imported.suggestions.url, read.original.modified
    addresses = (
        (url, _BY_HAND),
        (capture.address, capture.address_basis),
        (read.original.mark, DOWNLOAD_MARK),
        (hint.value if hint else "", hint.basis if hint else ""),
    )
    times = ((capture.retrieved_at, capture.retrieved_basis), (modified, FILE_TIME))
    address, address_basis = next((pair for pair in addresses if pair[0]), ("", ""))
    retrieved, retrieved_basis = next((pair for pair in times if pair[0]), ("", ""))
    return {
        "url": address,
        "url_basis": address_basis,
        "retrieved_at": retrieved,
        "retrieved_basis": retrieved_basis,
        "archived_url": capture.archived_url,
        "http_status": capture.http_status,
        "http_headers": capture.http_headers,
        "part": read.imported.part,
    }


def facts_of_text(read: Read) -> dict[str, Any]:
    """Return the fields of a version that tell how its text was made."""
    imported = read.imported
    return {
        "text": read.text.digest,
        "structure": read.structure.digest,
        "media_type": imported.media_type,
        "encoding": imported.encoding,
        "importer": imported.importer,
        "importer_version": imported.importer_version,
        "warnings": imported.warnings,
    }


def newest_version(reader: Reader, source: EntityId) -> Version:
    """Return the newest version of a source."""
    return reader.get(Version, versions_of(reader, source)[-1])


def agents_named(reader: Reader, names: Sequence[str], kind: AgentKind) -> tuple[tuple[EntityId, ...], list[Write]]:
    """Return the agents with these names, and what makes those that are new, which are of ``kind``."""
    ids, writes = [], []
    for name in dict.fromkeys(" ".join(name.split()) for name in names if name.strip()):
        known = agent_named(reader, name)
        if known is not None:
            ids.append(known.id)
        else:
            agent = Agent(id=new_id(), name=name, agent_kind=kind)
            ids.append(agent.id)
            writes.append(created(agent))
    return tuple(dict.fromkeys(ids)), writes


def _is_date(words: str) -> bool:
    try:
        partial_date(words)
    except ValueError:
        return False
    return True


def sources_at(reader: Reader, url: str) -> tuple[EntityId, ...]:
    """Return the sources with an address."""
    return reader.ids_where("SELECT n FROM source WHERE url = ? ORDER BY n", url) if url else ()


def _source_at(reader: Reader, url: str) -> Source | None:
    ids = sources_at(reader, url)
    return reader.find(Source, ids[0]) if ids else None
