"""Writing down a source that has no file: a phone call, a broadcast, a visit."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.errors import ImportFailedError
from annotator.domain.evidence import TYPED
from annotator.domain.people import AgentKind
from annotator.domain.source import Medium, Source, Version
from annotator.domain.text import canonical_text
from annotator.services.base import Outcome, created
from annotator.services.claiming import date_argument
from annotator.services.identity import new_id
from annotator.services.importing import Importing
from annotator.services.importing_given import Original
from annotator.services.importing_written import agents_named, new_version
from annotator.store.reader import Reader

_TITLE_LENGTH = 80


class TypingSources(Importing):
    """The job of writing down what was said where nobody published it."""

    def type_source(
        self,
        title: str,
        text: str,
        *,
        date: str | None = None,
        person: str = "",
        place: str = "",
        medium: str = Medium.OTHER,
    ) -> Version:
        """Write down a source that has no file: a phone call, a broadcast, a visit. ``person`` is who said it.

        Raises ``ImportFailedError`` when there is no text, ``WrongArgumentError`` for no date.
        """
        words = canonical_text(text)
        if not words.strip():
            raise ImportFailedError(
                name=title or "typed text", reason="there is no text", advice="Write down what was said"
            )
        read = self._parsed(Original(f"{title or TYPED}.txt", words.encode()), encoding="utf-8")

        def plan(reader: Reader) -> Outcome[Version]:
            agents, writes = agents_named(reader, [person] if person else [], AgentKind.PERSON)
            source = Source(
                id=new_id(),
                title=title or words.strip().split("\n")[0][:_TITLE_LENGTH],
                authors=agents,
                date_published=date_argument("date", date),
                place=place,
                medium=Medium(medium),
                confirmed=True,
            )
            version = replace(
                new_version(source.id, read),
                original=None,
                name="",
                size=0,
                encoding="",
                importer=TYPED,
                suggested=(),
            )
            return Outcome(version, (*writes, created(source), created(version)), (read.text, read.structure))

        return self.do("type", plan)
