"""The codebook: scales, their levels, definitions and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.domain.codec import Json, canonical, from_plain, to_plain
from annotator.domain.entity import Entity, entity
from annotator.domain.errors import WrongArgumentError
from annotator.domain.ids import Digest, EntityId, digest_of

FOREIGN = "foreign"
"""The map of a scale that keeps, for its levels, the codes of other people's scales that a person said to mean the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One value of a scale.

    ``rank`` orders ordinal levels, ``polarity`` is -1, 0 or 1, ``percent`` the whole number that stands for the level in
    exchange, ``low`` and ``high`` bound an interval in per cent; ``key`` is the one that picks it, ``sign`` its shape.
    """

    id: EntityId
    code: str
    label: str
    definition: str = ""
    rank: int | None = None
    polarity: int | None = None
    decisive: bool | None = None
    percent: int | None = None
    low: int | None = None
    high: int | None = None
    rated: bool = True
    key: str = ""
    sign: str = ""
    deprecated: bool = False


@entity("scale")
@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Entity):
    """One scale of the project's codebook. Redefining a level makes a new ``version``; a level in use is only deprecated.

    ``name`` is the field it serves (``stance``, ``verdict`` …), ``applies_to`` the kinds of entity, ``scale_kind`` one of
    nominal, ordinal, interval, multi; ``default`` scales are the ones offered; ``reasons`` are those a confidence may give.
    """

    name: str
    label: str = ""
    version: int = 1
    applies_to: tuple[str, ...] = ()
    scale_kind: str = "nominal"
    default: bool = True
    only_for: str = ""
    levels: tuple[Level, ...] = ()
    reasons: tuple[str, ...] = ()
    maps: dict[str, dict[str, Json]] | None = None
    note: str = ""
    source: str = ""

    def level(self, code: str) -> Level:
        """Return the level with this code; raises ``WrongArgumentError`` naming the levels that exist."""
        for level in self.levels:
            if level.code == code:
                return level
        allowed = ", ".join(level.code for level in self.levels if not level.deprecated)
        raise WrongArgumentError(argument=self.name, problem=f"“{code}” is not a level of this scale", allowed=allowed)

    def follows(self, other: Scale) -> bool:
        """Tell whether this is a later version of another scale: it has all its levels, under their ids and codes."""
        own = {(level.id, level.code) for level in self.levels}
        theirs = {(level.id, level.code) for level in other.levels}
        return self.name == other.name and self.version > other.version and theirs <= own

    @property
    def mapped(self) -> dict[str, str]:
        """The levels of this scale that stand for codes of other people's scales, by those codes."""
        kept = (self.maps or {}).get(FOREIGN, {})
        return {foreign: code for code, said in kept.items() if isinstance(said, list) for foreign in said}

    @property
    def digest(self) -> Digest:
        """The digest by which two projects see that they mean the same scale."""
        return digest_of(canonical(to_plain(self)))


@dataclass(frozen=True, slots=True)
class Codebook:
    """The scales in force in a project."""

    scales: tuple[Scale, ...]

    def scale(self, name: str) -> Scale:
        """Return the default scale of this name, else any; raises ``WrongArgumentError`` naming those that exist."""
        found = [scale for scale in self.scales if scale.name == name]
        if not found:
            names = ", ".join(sorted({scale.name for scale in self.scales}))
            raise WrongArgumentError(argument="scale", problem=f"there is no scale “{name}”", allowed=names)
        return next((scale for scale in found if scale.default), found[0])

    def label(self, name: str, code: str) -> str:
        """Return the words for a level of the scale ``name``, or the code itself where no such level is known.

        One of other people's scales keeps its own words, with ours beside them where a person mapped it.
        """
        said, ours = self._words(name, code), self.mapped(name, code)
        return f"{said} ≈ {self._words(name, ours)}" if ours else said

    def _words(self, name: str, code: str) -> str:
        levels = (level for scale in self.scales if scale.name == name for level in scale.levels)
        return next((level.label for level in levels if level.code == code and level.label), code)

    def mapped(self, name: str, code: str) -> str:
        """Return our level that a person said to mean the same as a code of other people's, empty where nobody did.

        The scale in force says it first. Where it does not, the others have to agree: of two answers none is taken.
        """
        said = self.meant(name, code)
        own = self.scale(name).mapped.get(code, "") if said else ""
        return own or (said[0] if len(said) == 1 else "")

    def meant(self, name: str, code: str) -> tuple[str, ...]:
        """Return all levels of ours that people said to mean the same as a code, sorted; several where teams differ.

        What the scale in force says counts, and of the others the newest word: no scale that a later version follows.
        """
        named = [scale for scale in self.scales if scale.name == name]
        if not any(code in scale.mapped for scale in named):
            return ()
        newest = [scale for scale in named if not any(other.follows(scale) for other in named)]
        return tuple(sorted({scale.mapped[code] for scale in (self.scale(name), *newest) if code in scale.mapped}))

    def check(self, name: str, code: str) -> str:
        """Return ``code`` if the scale ``name`` has it or it is empty; raises ``WrongArgumentError`` otherwise."""
        if code:
            self.scale(name).level(code)
        return code

    def check_all(self, name: str, codes: Iterable[str]) -> tuple[str, ...]:
        """Return ``codes`` if the scale ``name`` has them all; raises ``WrongArgumentError`` otherwise."""
        return tuple(self.check(name, code) for code in codes)

    def check_reasons(self, reasons: Iterable[str]) -> tuple[str, ...]:
        """Return ``reasons`` if a confidence may give them all; raises ``WrongArgumentError`` otherwise."""
        allowed = self.scale("confidence").reasons
        reasons = tuple(reasons)
        for reason in reasons:
            if reason not in allowed:
                raise WrongArgumentError(
                    argument="reasons", problem=f"“{reason}” is not on the list", allowed=", ".join(allowed)
                )
        return reasons

    @property
    def digest(self) -> Digest:
        """SHA-256 over the digests of all scales, sorted: changes name the codebook whose levels they use."""
        return digest_of("".join(sorted(scale.digest for scale in self.scales)).encode())


def scales_from(table: Mapping[str, Json]) -> tuple[Scale, ...]:
    """Return the scales of a codebook file (the parsed TOML of ``resources/scales``).

    Raises ``WrongArgumentError`` naming the entry that does not fit.
    """
    scales = []
    for entry in table.get("scale", ()):
        try:
            scale = from_plain(entry, Scale)
        except ValueError as error:
            name = entry.get("name", "?") if isinstance(entry, Mapping) else "?"
            raise WrongArgumentError(
                argument="codebook",
                problem=f"scale “{name}”: {error}",
                allowed="entries as in resources/scales/default.toml",
            ) from error
        codes = [level.code for level in scale.levels]
        if len(set(codes)) != len(codes):
            raise WrongArgumentError(
                argument="codebook", problem=f"scale “{scale.name}” has a level twice", allowed="each code once"
            )
        scales.append(scale)
    return tuple(scales)
