"""Python's reader of HTML, made to go on where a page has what it takes for a mistake of its caller."""

from __future__ import annotations

from html.parser import HTMLParser


class PatientParser(HTMLParser):
    """Reads whatever is there: what begins like a marked section of SGML and is none is a comment, as browsers have it."""

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: D102, FBT001, FBT002 as in the library
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)
