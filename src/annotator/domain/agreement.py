"""Agreement between annotators: what was judged by several, and how far they agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.ids import EntityId
from annotator.domain.people import Annotator

UNITS = ("conclusion", "linkage")
"""What agreement is taken over: whole claims, or claims with the passages linked to them."""

FIELDS = {"conclusion": ("verdict", "confidence"), "linkage": ("verdict", "stance", "confidence")}
"""The fields that are compared, by unit."""

TENTATIVE, FIRM = 0.667, 0.8
"""From where on a coefficient allows tentative and firm conclusions (Krippendorff 2019)."""


class Undefined(StrEnum):
    """Why a coefficient has no value."""

    NO_UNITS = "no_units"
    ONE_CATEGORY = "one_category"
    NO_ORDER = "no_order"

    @property
    def words(self) -> str:
        """The reason in words."""
        return _WORDS[self]


_WORDS = {
    Undefined.NO_UNITS: "Nothing was judged by two people.",
    Undefined.ONE_CATEGORY: "Everybody gave one and the same value, so there is no chance agreement to compare with.",
    Undefined.NO_ORDER: "The values have no order.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One thing that annotators judged: a claim, or a claim with passages that overlap by at least half.

    ``values`` are what each annotator says, ``entities`` the judgement behind each; ``words`` are the passage's quotation.
    """

    claim_id: EntityId
    claim: str
    words: str
    values: Mapping[EntityId, str]
    entities: Mapping[EntityId, EntityId]

    @property
    def compared(self) -> bool:
        """Whether two or more annotators judged it."""
        return len(self.values) > 1

    @property
    def agrees(self) -> bool:
        """Whether all who judged it say the same."""
        return len(set(self.values.values())) <= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far annotators agree on one ``field`` of one kind of ``unit``, and on what that rests.

    ``people`` are all who judged a unit. ``annotators`` are the two whom Cohen's kappa and the ``matrix`` compare (rows: the
    first's values, columns: the second's, both in the order of ``categories``); there are none where only one has judged.
    ``percent`` (0–100) and the coefficients (at most 1) are None where they are undefined: ``undefined`` says why, by name.
    ``n`` is the number of units judged by two or more, ``n_pair`` by both of the two; ``cohen_kappa`` rests on the latter,
    all others on the former. ``intervals`` are bootstrap intervals of 95 per cent, (low, high) by name, where there is one.
    ``units`` are all that somebody judged, those judged by one person included.
    """

    unit: str
    field: str
    people: tuple[Annotator, ...]
    annotators: tuple[Annotator, ...]
    n: int
    n_pair: int
    percent: float | None
    cohen_kappa: float | None
    fleiss_kappa: float | None
    alpha_nominal: float | None
    alpha_ordinal: float | None
    alpha_interval: float | None
    ac1: float | None
    undefined: Mapping[str, Undefined]
    intervals: Mapping[str, tuple[float, float]]
    categories: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]
    units: tuple[Unit, ...]
