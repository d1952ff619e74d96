"""Makes REFI-QDA projects as programs write them, and some that no program would."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from tests.importers.zips import zipped

_NAMESPACE = 'xmlns="urn:QDA-XML:project:1.0"'
USER = "AD68FBE7-E1EE-4A82-A279-23CC698C89EB"


def guid(number: int) -> str:
    """Return a GUID in capitals, as most programs write it."""
    return f"{number:08X}-0000-4000-8000-00000000ABCD"


def key(number: int) -> str:
    """Return the key that a GUID has here."""
    return f"urn:uuid:{guid(number).lower()}"


def coding(number: int, code: int, note: int | None = None, user: str = USER) -> str:
    noted = f'<NoteRef targetGUID="{guid(note)}"/>' if note else ""
    return f'<Coding guid="{guid(number)}" creatingUser="{user}"><CodeRef targetGUID="{guid(code)}"/>{noted}</Coding>'


def selection(number: int, start: int, end: int, name: str = "", inside: str = "") -> str:
    return (
        f'<PlainTextSelection guid="{guid(number)}" name={quoteattr(name)} startPosition="{start}" endPosition="{end}" '
        f'creatingUser="{USER}">{inside}</PlainTextSelection>'
    )


def text_source(number: int, inside: str = "", path: str | None = None, name: str = "Interview.docx") -> str:
    place = f"internal://{guid(number)}.txt" if path is None else path
    return f'<TextSource guid="{guid(number)}" name={quoteattr(name)} plainTextPath="{place}">{inside}</TextSource>'


def project(
    *,
    codes: str = "",
    sources: str = "",
    notes: str = "",
    more: str = "",
    before: str = "",
    origin: str = "Some program 1.0",
    variables: str = "",
) -> bytes:
    """Return the XML of a project."""
    parts = (
        f'<Users><User guid="{USER}" name="Cleo"/></Users>',
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>" if codes else "",
        variables,
        f"<Sources>{sources}</Sources>" if sources else "",
        f"<Notes>{notes}</Notes>" if notes else "",
        more,
    )
    return f'<?xml version="1.0"?>{before}<Project name="P" origin="{origin}" {_NAMESPACE}>{"".join(parts)}</Project>'.encode()


def qdpx(xml: bytes, files: dict[str, bytes] | None = None, name: str = "project.qde") -> bytes:
    """Return the ZIP; ``files`` lie in its folder ``sources``."""
    return zipped({name: xml, **{f"sources/{path}": data for path, data in (files or {}).items()}})
