"""Sources: works that someone published, and the captured versions of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from annotator.domain.dates import PartialDate
from annotator.domain.entity import Entity, entity
from annotator.domain.ids import Digest, EntityId, derived_id


class Medium(StrEnum):
    """What a source was published as (AVeriTeC)."""

    WEB_TEXT = "web text"
    WEB_TABLE = "web table"
    PDF = "PDF"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """What a capture says of its source: the ``field`` of ``Source``, its value in words, and how it is known (``og:title``)."""

    field: str
    value: str
    basis: str


@entity("source")
@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Entity):
    """A work someone published: an article, report, transcript, post. ``language`` is a BCP 47 tag.

    ``confirmed`` tells that a person has said that these details are right; before that they are what import found.
    """

    title: str = ""
    authors: tuple[EntityId, ...] = ()
    publishers: tuple[EntityId, ...] = ()
    url: str = ""
    date_published: PartialDate | None = None
    language: str = ""
    medium: Medium = Medium.OTHER
    genre: str = ""
    licence: str = ""
    place: str = ""
    notes: str = ""
    confirmed: bool = False


@entity("version")
@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Entity):
    """One captured state of a source. Its facts never change.

    ``original``, ``text`` and ``structure`` are digests of stored bytes (``original`` is empty for typed text); times are
    UTC in ISO 8601; ``size`` is that of the original in bytes; ``encoding`` the one its text was read in; ``part`` the key of
    the page that was read, where the original holds several; ``suggested`` what the capture says of its source.
    """

    source_id: EntityId
    text: Digest
    structure: Digest
    sequence: int = 1
    original: Digest | None = None
    part: str = ""
    name: str = ""
    size: int = 0
    media_type: str = ""
    declared_type: str = ""
    encoding: str = ""
    importer: str = ""
    importer_version: str = ""
    imported_at: str = ""
    url: str = ""
    url_basis: str = ""
    retrieved_at: str = ""
    retrieved_basis: str = ""
    archived_url: str = ""
    http_status: int | None = None
    http_headers: dict[str, str] | None = None
    supersedes: EntityId | None = None
    change_note: str = ""
    warnings: tuple[str, ...] = ()
    suggested: tuple[Detail, ...] = ()


@entity("block_mark")
@dataclass(frozen=True, slots=True, kw_only=True)
class BlockMark(Entity):
    """A person's word that the block starting at ``start`` (a code point) of a text is part of the article, or is not.

    The id follows from text and start: two people who mark one block make one mark, and are in conflict where they differ.
    """

    derived: ClassVar[bool] = True
    text: Digest
    start: int
    article: bool


def block_mark_id(text: Digest, start: int) -> EntityId:
    """Return the id of the mark of the block that starts at ``start``, the same in every copy of a project."""
    return derived_id(BlockMark.kind, text, str(start))
