"""Reads Rich Text: what is seen of it, its notes, running heads and properties."""

from __future__ import annotations

import locale

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.importers.documents.about import suggestions, warnings
from annotator.importers.documents.text import compose
from annotator.importers.documents.zip_guard import HARMFUL
from annotator.importers.registry import Progress, ReadOptions
from annotator.importers.rtf import MEDIA_TYPE, VERSION
from annotator.importers.rtf_reading.document import MAX_GROUPS, Reading
from annotator.importers.rtf_reading.tokens import tokens

_EVERY = 20_000


def read_rtf(data: bytes, options: ReadOptions, progress: Progress) -> Imported:
    """Return the text of a Rich Text file. Raises ``ImportFailedError`` for one that is hostile or without text."""
    reading = Reading()
    for number, token in enumerate(tokens(data)):
        if not reading.take(token):
            break
        if reading.depth > MAX_GROUPS:
            raise ImportFailedError(
                name=options.name, reason=f"its groups are nested more than {MAX_GROUPS} deep", advice=HARMFUL
            )
        if number % _EVERY == _EVERY - 1:
            progress(token.at, len(data) + 1)
    document = reading.finish()
    text, structure = compose(document)
    if not text.strip():
        raise ImportFailedError(
            name=options.name,
            reason="the document holds no text; it may be made of pictures",
            advice="Save it as PDF and import that.",
        )
    told = reading.told
    about = suggestions(
        text,
        structure,
        titles=[(told.get("title", ""), "rtf title")],
        authors=[(told.get("author", ""), "rtf author")],
        publisher=(told.get("company", ""), "rtf company"),
        dates=[(told.get("creatim", ""), "rtf creatim"), (told.get("revtim", ""), "rtf revtim")],
        languages=[(locale.windows_locale.get(reading.language, ""), "rtf deflang")],
    )
    progress(len(data) + 1, len(data) + 1)
    return Imported(
        text=text,
        structure=structure,
        media_type=MEDIA_TYPE,
        importer="rtf",
        importer_version=VERSION,
        encoding=reading.encoding,
        suggestions=about,
        warnings=warnings(reading.counts),
    )
