"""What a person gives to be taken in: files, folders, or names with bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import ImportFailedError

Given = str | Path | tuple[str, bytes]
"""A path, or a name and bytes."""


class Original(NamedTuple):
    """The bytes of one source as they came, what they are called, and when their file was last changed (UTC, or empty)."""

    name: str
    data: bytes
    modified: str = ""


def name_of_given(given: Given) -> str:
    """Return what is given is called: the name of the file, without its folders."""
    return given[0] if isinstance(given, tuple) else Path(given).name


def read_given(given: Given) -> Original:
    """Return the bytes of what is given. Raises ``ImportFailedError`` where a file cannot be read."""
    if isinstance(given, tuple):
        return Original(given[0], given[1])
    path = Path(given)
    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Original(path.name, path.read_bytes(), modified)
    except OSError as error:
        raise ImportFailedError(
            name=path.name,
            reason=f"it cannot be read ({error.strerror or error})",
            advice="Check the name and that you may open the file",
        ) from error


def files_in(given: Iterable[Given]) -> Iterator[Given]:
    """Yield files and named bytes as they are, and the files below each folder, sorted; hidden ones are left out."""
    for each in given:
        if not isinstance(each, tuple) and Path(each).is_dir():
            folder = Path(each)
            inside = (path for path in sorted(folder.rglob("*")) if path.is_file())
            yield from (p for p in inside if not any(part.startswith(".") for part in p.relative_to(folder).parts))
        else:
            yield each
