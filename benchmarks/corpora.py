"""Where public corpora lie: in the folder that ``ANNOTATOR_CORPORA`` names, each repository by its own name."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "ANNOTATOR_CORPORA"


def corpus(repository: str) -> Path | None:
    """Return the folder of a repository such as ``mozilla/pdf.js``, none when it is not there."""
    named = os.environ.get(VARIABLE)
    folder = Path(named, repository.partition("/")[2]) if named else None
    return folder if folder is not None and folder.is_dir() else None


def missing(repositories: tuple[str, ...]) -> tuple[str, ...]:
    """Return those that are not there."""
    return tuple(each for each in repositories if corpus(each) is None)


def there(repository: str) -> Path:
    """Return the folder of a repository that a mark ``needs``. Raises ``FileNotFoundError``."""
    folder = corpus(repository)
    if folder is None:
        raise FileNotFoundError(repository)
    return folder
