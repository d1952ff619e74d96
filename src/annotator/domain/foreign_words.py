"""Words as they come from outside, made harmless before they are kept. For names there is ``names.clean_name``."""

from __future__ import annotations

import re

from annotator.domain.text import canonical_text

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def clean_text(text: str) -> str:
    """Return words as canonical text without control characters and white space around."""
    return _CONTROLS.sub("", canonical_text(text)).strip()
