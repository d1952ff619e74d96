"""ZIPs that are the same bytes whenever they are written: every member has the same time."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16


def packing(out: BinaryIO) -> zipfile.ZipFile:
    """Return a ZIP that is written to ``out``."""
    return zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)


def member(name: str) -> zipfile.ZipInfo:
    """Return the entry of a packed member."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = _PLAIN_FILE
    info.create_system = 3
    return info
