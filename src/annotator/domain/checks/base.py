"""What a check is: a rule over a loaded case that raises findings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from annotator.domain.checks.case import Case
from annotator.domain.entity import Entity
from annotator.domain.finding import Finding, Severity
from annotator.domain.ids import EntityId


class Check(ABC):
    """One rule. A subclass states its rule in its docstring.

    ``code`` names it for machines and in waivers, ``title`` for people. ``sentence`` says why it was raised and ``advice`` what
    to do: templates that a finding's ``data`` fills; ``more`` are the other sentences that it may use. ``levels`` are the
    severities that it may raise, the usual one first.
    """

    code: ClassVar[str]
    title: ClassVar[str]
    sentence: ClassVar[str]
    advice: ClassVar[str]
    levels: ClassVar[tuple[Severity, ...]]
    more: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def run(self, case: Case) -> Iterator[Finding]:
        """Yield what is found in a case, in any order."""

    @property
    def templates(self) -> tuple[str, ...]:
        """All texts for people, so that a window can have them translated."""
        return (self.title, self.sentence, *self.more, self.advice)

    def finding(
        self,
        entity: Entity,
        *,
        claim: EntityId | None,
        data: dict[str, object],
        others: Iterable[EntityId] = (),
        level: Severity | None = None,
        sentence: str = "",
    ) -> Finding:
        """Return a finding of this check about ``entity``, by default with its usual level and sentence."""
        return Finding(
            code=self.code,
            level=level or self.levels[0],
            title=self.title,
            entity_id=entity.id,
            kind=entity.kind,
            sentence=sentence or self.sentence,
            advice=self.advice,
            data=data,
            others=tuple(sorted(others)),
            claim_id=claim,
        )
