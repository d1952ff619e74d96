"""Why a bundle is refused, in the words of the window: short enough for a line, with the part and the reason."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from annotator.domain.errors import BundleRefusedError
from annotator.ui.messages import next_step

_FOLDER = re.compile(r"^[0-9a-f]{64}/")
_DIGEST = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")


def refused_headline(error: BundleRefusedError) -> str:
    """Return which bundle is refused."""
    return QCoreApplication.translate("refusing", "{0} is refused").format(Path(str(error.data["path"])).name)


def refused_sentences(error: BundleRefusedError) -> tuple[str, ...]:
    """Return where it fails, why, and what to do. Of digests the first letters are shown, of folders not the bundle’s own."""
    translate = QCoreApplication.translate
    member = _DIGEST.sub(r"\1…", _FOLDER.sub("", str(error.data["member"])))
    return (
        translate("refusing", "Where: {0}").format(member),
        translate("refusing", "Why: {0}.").format(str(error.data["reason"]).rstrip(".")),
        next_step(error),
    )
