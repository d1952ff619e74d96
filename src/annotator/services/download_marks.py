"""The address that a browser wrote beside a file when it downloaded it, on the three systems."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path
from xml.parsers.expat import ExpatError

BASIS = "download mark"
"""How an address that a browser noted is known."""

_MOST = 64 << 10
_WEB = ("http://", "https://")


def download_mark(path: Path) -> str:
    """Return the web address that ``path`` was downloaded from, empty when nobody noted it.

    Read from the extended attribute ``user.xdg.origin.url`` (Linux), from ``com.apple.metadata:kMDItemWhereFroms`` (macOS), and
    from the stream ``Zone.Identifier`` (Windows, NTFS).
    """
    try:
        return next((one for one in _noted(path) if one.startswith(_WEB)), "")
    except (OSError, ValueError):
        return ""


if sys.platform == "linux":
    import os

    def _noted(path: Path) -> list[str]:
        return [os.getxattr(path, "user.xdg.origin.url")[:_MOST].decode("utf-8", "replace").strip("\x00 \r\n")]

elif sys.platform == "darwin":
    import ctypes
    import os

    def _noted(path: Path) -> list[str]:
        buffer = ctypes.create_string_buffer(_MOST)
        name = b"com.apple.metadata:kMDItemWhereFroms"
        length = ctypes.CDLL(None, use_errno=True).getxattr(
            os.fsencode(path), name, buffer, ctypes.c_size_t(_MOST), 0, 0
        )
        return where_froms(buffer.raw[:length]) if length > 0 else []

elif sys.platform == "win32":

    def _noted(path: Path) -> list[str]:
        with Path(f"{path}:Zone.Identifier").open("rb") as stream:
            return zone_identifier(stream.read(_MOST))

else:

    def _noted(path: Path) -> list[str]:
        del path
        return []


def where_froms(data: bytes) -> list[str]:
    """Return the addresses in a property list as macOS keeps them: the file's own, then the page that named it."""
    try:
        found = plistlib.loads(data)
    except (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError):
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def zone_identifier(data: bytes) -> list[str]:
    """Return the addresses in a ``Zone.Identifier`` stream: the file's own, then the page that named it."""
    lines = dict(line.strip().partition("=")[::2] for line in data.decode("utf-8", "replace").splitlines())
    return [lines[key] for key in ("HostUrl", "ReferrerUrl") if key in lines]
