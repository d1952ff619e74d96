"""Where a dialog for files begins."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def first_folder(*wanted: Path) -> Path:
    """Return the first of these folders that is there, else the person's documents, else their home.

    A dialog that is given a folder that is not there takes its name for that of a file.
    """
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    there = (folder for folder in (*wanted, *([Path(documents)] if documents else [])) if folder.is_dir())
    return next(there, Path.home())
