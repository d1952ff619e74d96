"""The report of a batch, for people and for tables: failures first."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from annotator.bundle.atomic import replacing
from annotator.domain.import_warnings import warning_sentences
from annotator.exporters.csv import safe_cell
from annotator.services.importing_batch import ImportLine

_COLUMNS = ("file", "outcome", "what was noticed", "title", "words", "source", "version")
NOT_IMPORTED, LOOK, KNOWN, IMPORTED = "not imported", "imported, to look at", "was here already", "imported"
_ORDER = (NOT_IMPORTED, LOOK, KNOWN, IMPORTED)


def outcome_of(line: ImportLine) -> str:
    """Return what became of a file, in a word or two."""
    if line.error is not None:
        return NOT_IMPORTED
    if line.known:
        return KNOWN
    return LOOK if line.warnings or line.twin else IMPORTED


def remarks_on(line: ImportLine) -> str:
    """Return what there is to say about a file: why it was not imported and what to do, or what was noticed."""
    if line.error is not None:
        words = str(line.error).removeprefix(f"{line.name}: ")
        return words[:1].upper() + words[1:]
    sentences = list(warning_sentences(line.warnings))
    if line.twin is not None:
        sentences.append(f"Its text is {line.twin.likeness} per cent the same as that of “{line.twin.title}”.")
    return " ".join(sentences)


def report_csv(lines: Iterable[ImportLine]) -> str:
    """Return the report as a table; no cell is taken for a formula."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(_COLUMNS)
    for line in _sorted(lines):
        version = line.version
        row = (line.name, outcome_of(line), remarks_on(line), line.title, str(line.words))
        ids = (version.source_id, version.id) if version else ("", "")
        table.writerow([safe_cell(cell) for cell in (*row, *ids)])
    return written.getvalue()


def report_text(lines: Sequence[ImportLine]) -> str:
    """Return the report as lines of text under one that counts."""
    counts = Counter(outcome_of(line) for line in lines)
    named = ((IMPORTED, counts[IMPORTED] + counts[LOOK]), (KNOWN, counts[KNOWN]), (NOT_IMPORTED, counts[NOT_IMPORTED]))
    head = f"{len(lines)} files: {', '.join(f'{count} {name}' for name, count in named if count)}"
    told = (f"{line.name}: {outcome_of(line)}. {remarks_on(line)}".rstrip() for line in _sorted(lines))
    return "\n".join([head, "", *told, ""])


def write_report(lines: Sequence[ImportLine], path: Path) -> None:
    """Write the report, as a table where the name ends in ``.csv``, else as text. Raises ``ExportFailedError``."""
    is_table = path.suffix.lower() == ".csv"
    with replacing(path) as file:
        file.write(report_csv(lines).encode("utf-8-sig") if is_table else report_text(lines).encode())


def _sorted(lines: Iterable[ImportLine]) -> list[ImportLine]:
    return sorted(lines, key=lambda line: _ORDER.index(outcome_of(line)))
