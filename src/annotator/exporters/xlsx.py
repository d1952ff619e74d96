"""A workbook for spreadsheets (Office Open XML): a sheet of linkages, one of claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from annotator.domain.claim import Claim
from annotator.domain.judgement import Conclusion
from annotator.domain.people import Agent, Annotator, pseudonym
from annotator.domain.same_agents import distinct_names, names_of
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_claims, chosen_linkages
from annotator.exporters.csv import COLUMNS, LinkageRows, safe_cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CLAIM_COLUMNS = (
    "claim", "claimants", "date", "location", "types", "part_of", "valid_from", "valid_to", "review_by", "verdict",
    "confidence", "flags", "justification", "as_of", "stage", "annotator", "concluded", "linkages", "disputed",
    "claim_id", "conclusion_id",
)  # fmt: skip
_WIDE = {"claim": 48, "words": 60, "rationale": 48, "justification": 60, "source": 32, "question": 32}
_WIDTH = 16
_LONGEST = 32_767
_ROWS = 1_048_575
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?Z")
_NUMBER = re.compile(r"0|[1-9]\d{0,8}")
_NUMBERS = frozenset({"confidence_percent", "credibility", "disputed_values", "linkages"})
_EARLIEST = "1900-03-01"
"""Spreadsheets take 1900 for a leap year: what is earlier stays words."""
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 the format has no zone
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_STEP = 64

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class XlsxExporter:
    """One row a linkage, withdrawn ones too, and one a claim with each of its conclusions. Days and moments (UTC) are dates."""

    code: str = "xlsx"
    label: str = "Workbook of linkages and claims (XLSX)"
    suffix: str = ".xlsx"
    media_type: str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    lacks: str = (
        "Unlinked passages, who said a claim, notes and the history stay behind, and all beyond 1,048,575 rows."
    )

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the workbook; rows go to a file as they come, so that memory does not grow with them."""
        from xlsxwriter.workbook import Workbook

        # Words are never links, numbers or formulas unless they are written as such.
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with Workbook(out, {**plain, "constant_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
            book.set_properties({"title": options.title, "created": _MADE})
            rows = LinkageRows(view)
            linkages = (rows.row(linkage, stamp) for linkage, stamp in chosen_linkages(view, options))
            _Sheet(book, "Linkages", COLUMNS).fill(linkages, progress)
            _Sheet(book, "Claims", _CLAIM_COLUMNS).fill(_claims(view, options), progress)
        progress(1, 1)


class _Sheet:
    """One sheet: a frozen head with a filter, and rows below it."""

    def __init__(self, book: Workbook, name: str, columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._sheet: Worksheet = book.add_worksheet(name)
        self._words: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._day: Format = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        for number, column in enumerate(columns):
            self._sheet.set_column(number, number, _WIDE.get(column, _WIDTH))
            self._sheet.write_string(0, number, column, head)
        self._sheet.freeze_panes(1, 1)

    def fill(self, rows: Iterator[Row], progress: Progress) -> None:
        """Write the rows; what is beyond the last that a sheet can have stays behind."""
        number = 0
        for number, row in zip(range(1, _ROWS + 1), rows, strict=False):
            for place, column in enumerate(self._columns):
                self._cell(number, place, column, row[column])
            if number % _STEP == 0:
                progress(number, number + 1)
        self._sheet.autofilter(0, 0, number, len(self._columns) - 1)

    def _cell(self, row: int, place: int, column: str, value: str) -> None:
        moment = _MOMENT.fullmatch(value)
        if not value:
            return
        if column in _NUMBERS and _NUMBER.fullmatch(value):
            self._sheet.write_number(row, place, int(value), self._words)
        elif moment and value >= _EARLIEST:
            self._sheet.write_datetime(row, place, datetime.fromisoformat(moment[1]), self._moment)
        elif _DATE.fullmatch(value) and value >= _EARLIEST:
            self._sheet.write_datetime(row, place, datetime.fromisoformat(value), self._day)
        else:
            self._sheet.write_string(row, place, _shortened(safe_cell(value)), self._words)


def _claims(view: ProjectView, options: ExportOptions) -> Iterator[Row]:
    """Yield a row for each conclusion on a claim, or one for a claim that has none."""
    agents, codebook, disputed = names_of(view.all(Agent)), view.codebook(), view.disputed()
    names = {annotator.id: annotator.name for annotator in view.all(Annotator)}
    stamps = {conclusion.id: stamp for conclusion, stamp in view.stamped(Conclusion)}
    linked: dict[str, int] = {}
    for linkage, _ in chosen_linkages(view, options):
        linked[linkage.claim_id] = linked.get(linkage.claim_id, 0) + (not linkage.withdrawn)
    for claim in chosen_claims(view, options):
        above = view.find(Claim, claim.parent) if claim.parent else None
        row = dict.fromkeys(_CLAIM_COLUMNS, "") | {
            "claim": claim.text,
            "claimants": ", ".join(distinct_names(agents, claim.claimants)),
            "date": claim.date or "",
            "location": claim.location,
            "types": ", ".join(codebook.label("claim_type", code) for code in claim.types),
            "part_of": above.text if above else "",
            "valid_from": claim.valid_from or "",
            "valid_to": claim.valid_to or "",
            "review_by": claim.review_by or "",
            "linkages": str(linked.get(claim.id, 0)),
            "disputed": ", ".join(disputed.get(claim.id, ())),
            "claim_id": claim.id,
        }
        conclusions = list(view.of_claim(Conclusion, claim.id))
        for each in conclusions:
            fields = (*disputed.get(claim.id, ()), *disputed.get(each.id, ()))
            yield row | {
                "verdict": codebook.label("verdict", each.verdict),
                "confidence": codebook.label("confidence", each.confidence),
                "flags": ", ".join(codebook.label("flags", code) for code in each.flags),
                "justification": each.justification,
                "as_of": each.as_of or "",
                "stage": each.stage.value,
                "annotator": names.get(each.annotator_id, pseudonym(each.annotator_id)),
                "concluded": stamps[each.id].modified,
                "disputed": ", ".join(fields),
                "conclusion_id": each.id,
            }
        if not conclusions:
            yield row


def _shortened(words: str) -> str:
    """Return words that a cell can hold: 32,767 characters, without those that XML has no sign for."""
    words = _CONTROLS.sub("", words)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


XLSX = XlsxExporter()
