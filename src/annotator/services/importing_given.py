"""What a person gives to be taken in: files, folders, or names with bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import ImportFailedError
from annotator.importers.confined.isolate import MAX_BYTES
from annotator.services.download_marks import download_mark
from annotator.services.page_folders import page_of

Given = str | Path | tuple[str, bytes]
"""A path, or a name and bytes."""


class Original(NamedTuple):
    """The bytes of one source as they came, what they are called, and what the file system knows of them.

    ``modified`` is when their file was last changed (UTC, or empty), ``mark`` the address that a browser noted beside it.
    """

    name: str
    data: bytes
    modified: str = ""
    mark: str = ""


def name_of_given(given: Given) -> str:
    """Return what is given is called: the name of the file, without its folders."""
    return given[0] if isinstance(given, tuple) else Path(given).name


def read_given(given: Given) -> Original:
    """Return the bytes of what is given; of a file that is too large, as many as show that it is.

    Raises ``ImportFailedError`` where a file cannot be read.
    """
    if isinstance(given, tuple):
        return Original(given[0], given[1])
    path = Path(given)
    try:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with path.open("rb", buffering=0) as file:
            data = file.read(MAX_BYTES + 1) if path.stat().st_size > MAX_BYTES else file.readall()
        return Original(path.name, data, modified, download_mark(path))
    except OSError as error:
        raise ImportFailedError(
            name=path.name,
            reason=f"it cannot be read ({error.strerror or error})",
            advice="Check the name and that you may open the file",
        ) from error


def files_in(given: Iterable[Given]) -> Iterator[Given]:
    """Yield files and named bytes as they are, and the files below each folder, sorted; hidden ones are left out.

    Of a page that a browser saved with a folder of its pieces, only the page is taken, whichever of both is given.
    """
    all_given = list(given)
    pages = {page for one in all_given if not isinstance(one, tuple) and (page := page_of(Path(one)))}
    named = {Path(one) for one in all_given if not isinstance(one, tuple)}
    for each in all_given:
        if isinstance(each, tuple) or not Path(each).is_dir():
            yield each
        elif (page := page_of(Path(each))) is None:
            yield from _below(Path(each))
        elif page in pages - named:
            pages.discard(page)
            yield page


def _below(folder: Path) -> Iterator[Path]:
    try:
        paths = sorted(folder.iterdir())
    except OSError:  # reading it tells why not
        yield folder
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            if path.is_file():
                yield path
        elif not path.is_symlink() and page_of(path) is None:
            yield from _below(path)
