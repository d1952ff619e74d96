"""Finding words in one version, as the find bar of the window does."""

from __future__ import annotations

from annotator.domain.errors import WrongArgumentError
from annotator.domain.find import Finder, Query
from annotator.domain.ids import EntityId
from annotator.domain.rows import Found
from annotator.domain.source import Version
from annotator.services.base import Job, existing


class TextFinding(Job):
    """Looks for words in the text of one version. Safe from any thread."""

    def find(
        self,
        version: EntityId,
        query: str,
        *,
        case: bool = False,
        words: bool = False,
        fold: bool = True,
        regex: bool = False,
    ) -> tuple[Found, ...]:
        """Return all places in the text of a version where ``query`` stands, in its order; a million at most.

        White space of any kind and length is one space, line ends too. ``case``: capitals matter. ``words``: whole words
        only. ``fold``: accents, ligatures and kinds of quotes do not matter. ``regex``: ``query`` is a regular expression.
        Raises ``PatternError`` for what is none, and ``PatternTooSlowError`` for one that takes too long.
        """
        if not query.strip():
            raise WrongArgumentError(argument="query", problem="there is nothing to look for", allowed="words")
        reader = self.store.read()
        text = reader.text(existing(reader, Version, version).text)
        hits = Finder(text).find(Query(query, case=case, words=words, fold=fold, regex=regex))
        return tuple(Found(start=start, end=end, quote=text[start:end]) for start, end in hits)
