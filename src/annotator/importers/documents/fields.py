"""The fields of Word's formats: what in the text is a link is said in the instruction of a field."""

from __future__ import annotations

import re

_HYPERLINK = re.compile(r"\s*HYPERLINK\s+(?:\\[a-z]\s+)*(?:\"([^\"]*)\"|([^\\\s]\S*))", re.I)
_PLACE = re.compile(r"\\l\s+\"([^\"]*)\"", re.I)


def field_link(instruction: str) -> str:
    """Return where a field leads (ECMA-376-1, 17.16.5.25), empty for another field or a place in the document itself."""
    match = _HYPERLINK.match(instruction)
    if match is None:
        return ""
    target = match[1] or match[2] or ""
    place = _PLACE.search(instruction)
    if place is None:
        return target
    return f"{target}#{place[1]}" if match.start(1) != place.start(1) and target else ""
