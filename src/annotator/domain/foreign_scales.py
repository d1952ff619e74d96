"""Levels of other people's scales that came with a bundle: what each means there, and what a person said it to be here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from annotator.domain.codec import Json
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import EntityId
from annotator.domain.scales import FOREIGN, Codebook, Level, Scale

RAISED = "+"
"""Says that a level is to be added to our scale as it is."""

KEPT = ""
"""Says that a level is to stand as it is, for nothing of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignLevel:
    """A level that our scale of that ``name`` does not have, with the label of the scale it is of; ``mapped`` is ours for it.

    ``otherwise`` are levels of ours that other teams map it to instead.
    """

    name: str
    scale: str
    level: Level
    mapped: str = ""
    otherwise: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What it is called there."""
        return self.level.label or self.level.code


def foreign_levels(ours: Codebook, theirs: Codebook) -> Iterator[ForeignLevel]:
    """Yield each level of ``theirs`` that the scale of ours in force under the same name does not have."""
    seen: set[tuple[str, str]] = set()
    names = {scale.name for scale in ours.scales}
    for scale in theirs.scales:
        own = {level.code for level in ours.scale(scale.name).levels} if scale.name in names else None
        for level in scale.levels if own is not None else ():
            if level.code not in (own or ()) and (scale.name, level.code) not in seen:
                seen.add((scale.name, level.code))
                mapped = ours.scale(scale.name).mapped.get(level.code, "")
                said = {*ours.meant(scale.name, level.code), *theirs.meant(scale.name, level.code)}
                yield ForeignLevel(
                    name=scale.name,
                    scale=scale.label or scale.name,
                    level=level,
                    mapped=mapped,
                    otherwise=tuple(sorted((said & (own or set())) - {mapped})),
                )


def next_version(scale: Scale, foreign: Mapping[str, Level], choices: Mapping[str, str], id_: EntityId) -> Scale:
    """Return the next version of our scale, with other people's levels mapped or raised as a person chose.

    ``choices`` give for codes of ``foreign`` levels one of ours, ``RAISED`` or ``KEPT``. Raises ``WrongArgumentError``.
    """
    mapped, levels = dict(scale.mapped), list(scale.levels)
    for code, chosen in choices.items():
        if code not in foreign:
            known = ", ".join(sorted(foreign)) or "none: no scale that came with a bundle has others than ours"
            raise WrongArgumentError(
                argument="levels", problem=f"“{code}” is no foreign level of “{scale.name}”", allowed=known
            )
        mapped.pop(code, None)
        if chosen == RAISED:
            levels.append(replace(foreign[code], key="", rank=None))
        elif chosen != KEPT:
            mapped[code] = scale.level(chosen).code
    kept: dict[str, Json] = {}
    for code, ours in sorted(mapped.items()):
        kept.setdefault(ours, []).append(code)
    maps = {name: map_ for name, map_ in (scale.maps or {}).items() if name != FOREIGN} | (
        {FOREIGN: kept} if kept else {}
    )
    return replace(scale, id=id_, version=scale.version + 1, levels=tuple(levels), maps=maps or None)
