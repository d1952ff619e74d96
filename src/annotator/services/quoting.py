"""Checking a quotation: where it stands in the sources, word for word or nearly."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotator.bundle.layout import Progress, silent
from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign_excerpts import is_excerpts
from annotator.domain.ids import Digest, EntityId
from annotator.domain.quoted import QuotationCheck, QuotedPlace
from annotator.domain.source import Source, Version
from annotator.services.base import Job, existing
from annotator.store import search
from annotator.store.reader import Reader

if TYPE_CHECKING:
    from annotator.domain.nearest import Near, Quotation

_AT_MOST = 60
"""In how many versions a quotation is looked for; of more, in those that have most of its words."""

_LONGEST = 20_000


class Quoting(Job):
    """The job of the person who doubts a quotation. Safe from any thread, like all that only reads."""

    def check_quotation(
        self, words: str, *, version: EntityId | None = None, progress: Progress | None = None
    ) -> QuotationCheck:
        """Return the place of each source, or of one version, that comes nearest to a quotation; none where nothing comes near.

        “…” and “[…]” leave words out, brackets put some in. In a project with many sources only the likeliest are looked
        at, and the result says so. Raises ``WrongArgumentError`` for a quotation without letters or one of more than 20,000,
        ``NotFoundError``.
        """
        from annotator.domain.nearest import Quotation

        quotation, tell = Quotation(words[: _LONGEST + 1]), progress or silent
        if not quotation.can_be_found or len(words) > _LONGEST:
            problem = "there are no words in it" if not quotation.can_be_found else "it is too long"
            raise WrongArgumentError(argument="quotation", problem=problem, allowed=f"1 to {_LONGEST} characters")
        reader = self.store.read()
        sources, versions = search.sources_and_versions(reader)
        chosen = _chosen(reader, words, version, versions)
        near = _nearest(reader, quotation, chosen, tell)
        best: dict[EntityId, QuotedPlace] = {}
        newest: dict[EntityId, int] = {}
        for each in chosen:
            found = near.get(each.text)
            if found is None:
                continue
            place = QuotedPlace(
                source_id=each.source_id,
                version_id=each.id,
                title=_title(reader, each),
                spans=found[0].spans,
                score=found[0].score,
                words=found[1],
            )
            before = best.get(each.source_id)
            if before is None or (place.score, each.sequence) > (before.score, newest[each.source_id]):
                best[each.source_id], newest[each.source_id] = place, each.sequence
        places = sorted(best.values(), key=lambda place: -place.score)
        looked_in = len({each.source_id for each in chosen})
        all_ = 1 if version is not None else sources
        return QuotationCheck(quotation=words, places=tuple(places), looked_in=looked_in, sources=all_)


def _chosen(reader: Reader, words: str, version: EntityId | None, count: int) -> tuple[Version, ...]:
    """Return the versions to look in: one, all ``count``, or of many the likeliest."""
    if version is not None:
        return (existing(reader, Version, version),)
    if count <= _AT_MOST:
        return tuple(version for version in reader.all(Version) if not is_excerpts(version))
    likely = search.likely_versions(reader, words, limit=_AT_MOST)
    return tuple(found for id_ in likely if (found := reader.find(Version, id_)) and not is_excerpts(found))


def _title(reader: Reader, version: Version) -> str:
    source = reader.find(Source, version.source_id)
    return (source.title if source is not None else "") or version.name


def _nearest(
    reader: Reader, quotation: Quotation, versions: Iterable[Version], tell: Progress
) -> dict[Digest, tuple[Near, str]]:
    """Return the nearest place of each text and its words; a text that several versions share is read once."""
    texts = tuple(dict.fromkeys(each.text for each in versions))
    found: dict[Digest, tuple[Near, str]] = {}
    for number, digest in enumerate(texts):
        tell(number, len(texts))
        text = reader.text(digest)
        near = quotation.nearest(text)
        if near is not None:
            found[digest] = near, near.words(text)
    tell(len(texts), len(texts))
    return found
