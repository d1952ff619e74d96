"""Finds the data files that ship with the program: scales, themes, icons, fonts, the sample case."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"
_CHECKOUT = _PACKAGE.parents[1] / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped data file or folder.

    Parameters: ``parts`` are path components below ``resources/``, such as ``("scales", "default.toml")``.
    Works the same from an installed wheel and from a checkout.
    Raises ``FileNotFoundError`` when the installation is incomplete.
    """
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    path = root.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"{'/'.join(parts)} is missing from the program's resources in {root}")
    return path
