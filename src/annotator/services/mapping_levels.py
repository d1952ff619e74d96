"""Saying what levels of other people's scales are here: one of ours, or a level more of our own scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from annotator.domain.errors import WrongArgumentError
from annotator.domain.foreign_scales import ForeignLevel, foreign_levels, next_version
from annotator.domain.ids import EntityId
from annotator.domain.scales import Codebook, Level
from annotator.services.base import Job, Outcome, created
from annotator.services.identity import new_id
from annotator.store.reader import Reader

Choices = Mapping[tuple[str, str], str]
"""For levels (name of the scale, code) one of ours, “+” to raise it, or nothing to let it stand."""


class MappingLevels(Job):
    """The job of understanding another newsroom's scales. Their values stay as they are; the mapping stands beside."""

    def foreign_levels(self) -> tuple[ForeignLevel, ...]:
        """Return the levels of scales that came with bundles which our own do not have, with what they were mapped to."""
        codebook = self.store.read().codebook_in_force()
        return tuple(foreign_levels(codebook, codebook))

    def map_levels(self, choices: Choices) -> tuple[ForeignLevel, ...]:
        """Map or raise levels that came with bundles, and return all as they stand then.

        It makes the next version of each scale of ours that is concerned; later bundles are read by it, and teammates who get it
        may take it over. It is one step that undo takes back. Raises ``WrongArgumentError``.
        """
        by_scale: dict[str, dict[str, str]] = defaultdict(dict)
        for (name, code), chosen in choices.items():
            by_scale[name][code] = chosen

        def plan(reader: Reader) -> Outcome[None]:
            codebook = reader.codebook_in_force()
            found: dict[str, dict[str, ForeignLevel]] = defaultdict(dict)
            for each in foreign_levels(codebook, codebook):
                found[each.name][each.level.code] = each
            made = []
            for name, chosen in by_scale.items():
                known = {code: each.level for code, each in found[name].items()}
                if any(chosen[code] != found[name][code].mapped if code in known else True for code in chosen):
                    made.append(next_version(codebook.scale(name), known, chosen, new_id()))
            return Outcome(None, tuple(map(created, made)))

        self.do("map_levels", plan)
        return self.foreign_levels()


def check_choices(ours: Codebook, levels: Iterable[ForeignLevel], choices: Choices) -> None:
    """Raise ``WrongArgumentError`` where a choice names no foreign level, or none of ours for it."""
    known: dict[str, dict[str, Level]] = defaultdict(dict)
    for each in levels:
        known[each.name][each.level.code] = each.level
    for (name, code), chosen in choices.items():
        next_version(ours.scale(name), known[name], {code: chosen}, EntityId(""))


def parsed_choices(mapped: Mapping[str, str]) -> Choices:
    """Return choices that were written as “scale:code”; raises ``WrongArgumentError``."""
    found: dict[tuple[str, str], str] = {}
    for said, chosen in mapped.items():
        name, colon, code = said.partition(":")
        if not (name and colon and code):
            raise WrongArgumentError(
                argument="levels", problem=f"“{said}” names no level", allowed="SCALE:CODE, as in verdict:half"
            )
        found[name, code] = chosen
    return found
