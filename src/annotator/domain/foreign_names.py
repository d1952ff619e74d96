"""Names and words as they come from outside, made harmless before they are kept."""

from __future__ import annotations

import re
import unicodedata

from annotator.domain.letters import UNSEEN
from annotator.domain.text import canonical_text

_LONGEST = 200
_UNSEEN = re.compile(f"[{UNSEEN}]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean_name(name: str) -> str:
    """Return a name in NFC on one line, without what is not seen or turns the direction of writing; at most 200 characters."""
    plain = _UNSEEN.sub("", unicodedata.normalize("NFC", canonical_text(name)))
    return " ".join(_CONTROLS.sub(" ", plain).split())[:_LONGEST].strip()


def clean_text(text: str) -> str:
    """Return words as canonical text without control characters and white space around."""
    return _CONTROLS.sub("", canonical_text(text)).strip()
