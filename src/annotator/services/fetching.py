"""Fetching a page from the web: only when a person asks for this very address."""

from __future__ import annotations

from annotator.domain.errors import AnnotatorError, CancelledError, ImportFailedError
from annotator.domain.source import Version
from annotator.services.importing import Cancelled, Progress
from annotator.services.importing_batch import ImportingBatches, ImportLine


class Fetching(ImportingBatches):
    """The job of taking in a page that is not a file yet."""

    def fetch(self, address: str, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Version:
        """Fetch the page at ``address`` and import it; all that was asked and answered is kept as a WARC, its original.

        No cookies, no scripts, nothing that the page names, no computer that is not on the public internet. An address that is
        known gives a new version of its source. ``progress`` gets bytes so far and in all (0: not known).
        Raises ``ImportFailedError`` with what to do, ``CancelledError``.
        """
        from annotator.fetching.fetch import fetch

        _ = self.annotator_id  # nothing is asked of anybody for a person who cannot keep it
        fetched = fetch(address, progress=progress, cancelled=cancelled)
        return self.import_source((fetched.name, fetched.warc), cancelled=cancelled)

    def fetch_line(
        self, address: str, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> ImportLine:
        """Fetch the page at ``address`` and return what became of it as a line of a report.

        Raises ``CancelledError``.
        """
        try:
            version = self.fetch(address, progress=progress, cancelled=cancelled)
        except CancelledError:
            raise
        except AnnotatorError as error:
            return ImportLine(name=address, error=error)
        return self._line_of(address, version, known=False)


def server_asked(address: str) -> str:
    """Return the name of the server that ``address`` asks, as it goes over the line; empty for what is no web address."""
    from annotator.fetching.target import target_of

    try:
        return target_of(address).host
    except ImportFailedError:
        return ""
