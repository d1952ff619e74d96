"""A table for spreadsheets: one row a linkage."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.change import DELETED
from annotator.domain.claim import Claim
from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.passage import Passage
from annotator.domain.people import Agent, Annotator, pseudonym
from annotator.domain.places import Places
from annotator.domain.same_agents import distinct_names, names_of
from annotator.domain.view import Stamp
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_linkages
from annotator.exporters.changed import Changed
from annotator.exporters.reviews import Reviews, review_words

COLUMNS = (
    "claim", "stance", "verdict", "confidence", "confidence_percent", "words", "source", "publisher", "published",
    "page", "address", "rationale", "reasons", "basis", "directness", "credibility", "question", "annotator",
    "created", "modified", "withdrawn", "start_end", "text_sha256", "linkage_id", "claim_id", "passage_ids",
    "disputed", "disputed_values", "reviews", "words_changed",
)  # fmt: skip
_CLAIM_COLUMNS = {"text": "claim"}
_SOURCE_COLUMNS = {
    "title": "source", "publishers": "publisher", "authors": "publisher", "date_published": "published", "url": "address",
}  # fmt: skip
"""In which column the fields of a claim and of a source stand."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOM = b"\xef\xbb\xbf"
_STEP = 64


@dataclass(frozen=True, slots=True)
class CsvExporter:
    """One row a linkage, oldest first, withdrawn ones too.

    The column ``disputed`` names the columns of the row that show one of several values, ``disputed_values`` counts them.
    """

    code: str = "csv"
    label: str = "Table of linkages (CSV)"
    suffix: str = ".csv"
    media_type: str = "text/csv; charset=utf-8"
    lacks: str = "Only linkages are in it: no conclusions, no unlinked passages, no history."

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the table as UTF-8 with a byte order mark, by which spreadsheets know it."""
        rows = LinkageRows(view)
        out.write(_BOM)
        text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
        try:
            writer = csv.DictWriter(text, COLUMNS, dialect="excel")
            writer.writeheader()
            for number, (linkage, stamp) in enumerate(chosen_linkages(view, options), 1):
                writer.writerow({name: safe_cell(value) for name, value in rows.row(linkage, stamp).items()})
                if number % _STEP == 0:
                    progress(number, number + 1)
        finally:
            text.detach()
        progress(1, 1)


class LinkageRows:
    """Makes the rows of a project's linkages; what is read of the whole project is read once."""

    def __init__(self, view: ProjectView) -> None:
        self._view = view
        self._places = Places(view)
        self._codebook = view.codebook()
        self._annotators = {annotator.id: annotator.name for annotator in view.all(Annotator)}
        self._agents = names_of(view.all(Agent))
        self._disputed = view.disputed()
        self._reviews = Reviews(view, self._annotators)
        self._changed = Changed(view)

    def row(self, linkage: Linkage, stamp: Stamp) -> dict[str, str]:
        """Return the cells of one linkage by ``COLUMNS``; nothing in them is neutralised yet."""
        label = self._codebook.label
        claim = self._view.find(Claim, linkage.claim_id)
        found = (self._view.find(Passage, id_) for id_ in linkage.passage_ids)
        passages = [passage for passage in found if passage]
        disputed = self._disputed_columns(linkage, passages) if self._disputed else []
        return {
            "claim": claim.text if claim else "",
            "stance": label("stance", linkage.stance),
            "verdict": label("verdict", linkage.verdict),
            "confidence": label("confidence", linkage.confidence),
            "confidence_percent": "" if linkage.confidence_percent is None else str(linkage.confidence_percent),
            "rationale": linkage.rationale,
            "reasons": ", ".join(linkage.reasons),
            "basis": label("basis", linkage.basis),
            "directness": linkage.directness,
            "credibility": "" if linkage.credibility is None else str(linkage.credibility),
            "question": linkage.question,
            "annotator": self._annotators.get(linkage.annotator_id, pseudonym(linkage.annotator_id)),
            "created": stamp.created,
            "modified": stamp.modified,
            "withdrawn": linkage.withdrawn,
            "linkage_id": linkage.id,
            "claim_id": linkage.claim_id,
            "passage_ids": " ".join(linkage.passage_ids),
            "disputed": ", ".join(disputed),
            "disputed_values": str(len(disputed)),
            "reviews": "\n".join(map(review_words, self._reviews.of(linkage.id))),
            "words_changed": self._changed.words(linkage.passage_ids),
            **self._where(passages),
        }

    def _where(self, passages: list[Passage]) -> dict[str, str]:
        """Return what is known of the passages; those of a joint linkage share the cells, one a line."""
        columns: dict[str, list[str]] = {name: [] for name in ("words", "start_end", "text_sha256", "page")}
        columns |= {name: [] for name in ("source", "publisher", "published", "address")}
        for passage in passages:
            version, source = self._places.version(passage.text), self._places.source(passage.text)
            page = self._places.page(passage.text, passage.fragments[0].start) if passage.fragments else None
            page = passage.area.page if passage.area else page
            publishers = source.publishers or source.authors if source else ()
            columns["words"].append(passage.quote)
            columns["start_end"].append(" ".join(f"{each.start}-{each.end}" for each in passage.fragments))
            columns["text_sha256"].append(passage.text)
            columns["page"].append("" if page is None else str(page + 1))
            columns["source"].append(source.title if source else "")
            columns["publisher"].append(", ".join(distinct_names(self._agents, publishers)))
            columns["published"].append((source and source.date_published) or "")
            columns["address"].append((version and version.url) or (source and source.url) or "")
        return {name: _shared(values) for name, values in columns.items()}

    def _disputed_columns(self, linkage: Linkage, passages: list[Passage]) -> list[str]:
        """Return the columns that show one of several values, in their order; what might be gone is named behind them."""
        found = set(self._disputed.get(linkage.id, ()))
        found |= self._named(linkage.claim_id, _CLAIM_COLUMNS, "claim deleted")
        for passage in passages:
            found |= self._named(passage.id, {}, "passage deleted")
            source = self._places.source(passage.text)
            found |= self._named(source.id, _SOURCE_COLUMNS, "source deleted") if source else set()
        order = {name: number for number, name in enumerate(COLUMNS)}
        return sorted(found, key=lambda name: (order.get(name, len(order)), name))

    def _named(self, id_: EntityId, columns: Mapping[str, str], deletion: str) -> set[str]:
        fields = self._disputed.get(id_, ())
        return {columns[field] for field in fields if field in columns} | ({deletion} if DELETED in fields else set())


def _shared(values: list[str]) -> str:
    return values[0] if len(set(values)) == 1 else "\n".join(values)


def safe_cell(value: str) -> str:
    """Return ``value`` so that no spreadsheet takes it for a formula: an apostrophe stands before what looks like one."""
    return f"'{value}" if value.startswith(_FORMULA) else value


CSV = CsvExporter()
