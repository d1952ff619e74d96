"""Pages that a browser saved “complete”: a file, and beside it a folder with the pieces of the page."""

from __future__ import annotations

from pathlib import Path

_PAGES = (".html", ".htm", ".xhtml", ".mht", ".mhtml")
_ENDINGS = (
    "_files", ".files", "-files", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "_bestanden", "_file",
    "_filer", "-filer", "_soubory", "_pliki", "_tiedostot", "_dosyalar", "_fajlovi", "_elemei", "_kataloog", "_fails", "_bylos",
    "_datoteke", "_archivos", "_fitxers", "_fitxategiak",
)  # fmt: skip
"""What browsers and Windows put behind the name of the page, in the languages they speak."""


def page_of(folder: Path) -> Path | None:
    """Return the page whose pieces ``folder`` holds, or none when it stands for itself."""
    for ending in _ENDINGS:
        if folder.name.endswith(ending) and len(folder.name) > len(ending):
            stem = folder.name.removesuffix(ending)
            for suffix in _PAGES:
                page = folder.with_name(stem + suffix)
                if page.is_file():
                    return page
    return None
