"""The bytes of one page in a web archive, for whoever shows the page itself. Loaded before a process is bound."""

from __future__ import annotations

import codecs

from annotator.domain.errors import ImportFailedError
from annotator.importers.archives.wacz_read import read_page as page_of_wacz
from annotator.importers.archives.warc_read import pages_of
from annotator.importers.archives.warc_records import read_page, scan

codecs.lookup("cp437")  # names in ZIPs are read in it, and a bound process can load nothing any more


def archived_page(data: bytes, importer: str, part: str) -> bytes:
    """Return the page that ``importer`` read from an archive: the one with the key ``part``, or the only one.

    Nothing is returned where it is not there.
    """
    try:
        if importer == "wacz":
            return page_of_wacz(data, part, "").data
        if not part:
            found = scan(data, "")
            part = pages_of(found.records, found.listed)[0].key
        return read_page(data, part, "").data
    except (ImportFailedError, IndexError):
        return b""
