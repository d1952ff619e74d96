"""Linked data in a file: JSON as it is, or the scripts and elements of a page that hold some."""

from __future__ import annotations

import json
import re

from annotator.domain.codec import Json
from annotator.domain.errors import ImportFailedError
from annotator.importers.annotations.json_file import parse_json
from annotator.importers.annotations.microdata import microdata
from annotator.importers.annotations.patient_html import PatientParser
from annotator.importers.encoding import decode

_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<", re.S)
_WRAPPED = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*;?\s*$|;\s*$")


class _Scripts(PatientParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self._is_in = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_in = tag == "script" and "ld+json" in (dict(attrs).get("type") or "").lower()
        if self._is_in:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_in = self._is_in and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_in:
            self.found[-1] += data


def linked_data(data: bytes, name: str) -> tuple[list[Json], int]:
    """Return the values that a file holds, and how many scripts of a page are no JSON. Raises ``ImportFailedError``.

    Of a page they are what its scripts say, then what its elements say.
    """
    if not _PAGE.match(data):
        return parse_json(data, name), 0
    html, scripts = decode(data).text, _Scripts()
    scripts.feed(html)
    scripts.close()
    values = [value for script in scripts.found if (value := _parsed(script)) is not None]
    described = len(values)
    values += microdata(html)
    if not values:
        raise ImportFailedError(
            name=name,
            reason="it is a page without linked data (JSON-LD, microdata, RDFa)",
            advice="Save the page as the site sends it, with its scripts, or import it as a source.",
        )
    return values, len(scripts.found) - described


def _parsed(script: str) -> Json:
    """Return what a script says; None where it is no JSON even to a patient reader (line breaks within words are common)."""
    try:
        return json.loads(_WRAPPED.sub("", script.strip()), strict=False)
    except (ValueError, RecursionError):
        return None
