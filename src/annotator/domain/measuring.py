"""From what annotators judged to how far they agree."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from annotator.domain.agreement import Agreement, Undefined, Unit
from annotator.domain.checks.scaling import UNJUDGED, Scaling
from annotator.domain.claim import Claim
from annotator.domain.coefficients import (
    Pairs,
    Ratings,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    interval,
    krippendorff_alpha,
    nominal,
    ordinal,
    percent_agreement,
)
from annotator.domain.ids import EntityId
from annotator.domain.judged import Group, Judgement, concluded, linked, quote_of
from annotator.domain.judgement import Conclusion, Linkage
from annotator.domain.passage import Passage
from annotator.domain.people import Annotator, pseudonym
from annotator.domain.resampling import bootstrap
from annotator.domain.scales import Codebook, Level
from annotator.domain.view import View

Measure = Callable[[Ratings], float | None]


def agreement_of(view: View, unit: str, field: str, pair: tuple[EntityId, EntityId] | None = None) -> Agreement:
    """Return how far the annotators of a project agree on one field of its conclusions or linkages (``unit``).

    What rests on a claim that is deleted is left out.
    """
    claims = {claim.id: claim.text for claim in view.all(Claim)}
    codebook = view.codebook()
    units: list[Unit] = []
    if unit == Conclusion.kind:
        units += [unit_of(group, field, claims, codebook) for group in concluded(view.all(Conclusion), claims)]
    else:
        passages = {passage.id: passage for passage in view.all(Passage)}
        units += [
            unit_of(group, field, claims, codebook, quote_of(group.judgements[0], passages))
            for group in linked(view.all(Linkage), passages, claims)
        ]
    return measure(units, unit=unit, field=field, people=view.all(Annotator), codebook=codebook, pair=pair)


def unit_of(
    group: Group[Judgement], field: str, claims: Mapping[EntityId, str], codebook: Codebook, words: str = ""
) -> Unit:
    """Return what each annotator's last judgement says in one field; one that is empty or open says nothing.

    A level of other people's scales says what it was mapped to.
    """
    last = {who: judgement for who, judgement in group.last.items() if getattr(judgement, field) not in UNJUDGED}
    given = {who: getattr(judgement, field) for who, judgement in last.items()}
    return Unit(
        claim_id=group.claim_id,
        claim=claims[group.claim_id],
        words=words,
        values={who: codebook.mapped(field, said) or said for who, said in given.items()},
        entities={who: judgement.id for who, judgement in last.items()},
    )


def measure(
    units: Iterable[Unit],
    *,
    unit: str,
    field: str,
    people: Iterable[Annotator],
    codebook: Codebook,
    pair: tuple[EntityId, EntityId] | None = None,
) -> Agreement:
    """Return how far ``people`` agree on units. Without a ``pair`` the two with most units in common are compared."""
    judged = tuple(each for each in units if each.values)
    known = {person.id: person for person in people}
    present = sorted({who for each in judged for who in each.values})
    two = pair or _most_in_common(judged)
    categories = _categories(judged, codebook, field)
    ratings = Counter(tuple(sorted(each.values.values())) for each in judged)
    pairs = Counter(
        (each.values[two[0]], each.values[two[1]]) for each in judged if two and each.values.keys() >= {*two}
    )
    measures, unordered = _measures(ratings, categories, codebook, field)
    compared = {values: count for values, count in ratings.items() if len(values) > 1}
    found = {name: of(compared) for name, of in measures.items()} | {"cohen_kappa": cohen_kappa(pairs)}
    spans = bootstrap(compared, measures) | bootstrap(pairs, {"cohen_kappa": cohen_kappa})
    return Agreement(
        unit=unit,
        field=field,
        people=tuple(_person(known, who) for who in present),
        annotators=tuple(_person(known, who) for who in two or ()),
        n=sum(compared.values()),
        n_pair=pairs.total(),
        percent=found["percent"],
        cohen_kappa=found["cohen_kappa"],
        fleiss_kappa=found["fleiss_kappa"],
        alpha_nominal=found["alpha_nominal"],
        alpha_ordinal=found.get("alpha_ordinal"),
        alpha_interval=found.get("alpha_interval"),
        ac1=found["ac1"],
        undefined=_undefined({**dict.fromkeys(unordered), **found}, unordered, compared, pairs),
        intervals={name: span for name, span in spans.items() if found[name] is not None},
        categories=categories,
        matrix=tuple(tuple(pairs[row, column] for column in categories) for row in categories) if two else (),
        units=judged,
    )


def _measures(
    ratings: Ratings, categories: Sequence[str], codebook: Codebook, field: str
) -> tuple[dict[str, Measure], tuple[str, ...]]:
    """Return the measures that the values allow, by name, and the names of those that want an order or numbers."""
    alone: Ratings = {values: count for values, count in ratings.items() if len(values) == 1}
    measures: dict[str, Measure] = {
        "percent": percent_agreement,
        "fleiss_kappa": fleiss_kappa,
        "alpha_nominal": lambda drawn: krippendorff_alpha(drawn, nominal),
        "ac1": lambda drawn: gwet_ac1({**alone, **drawn}, len(categories)),
    }
    scaling, unordered = Scaling(codebook), []
    for name, number_of, distance in (
        ("alpha_ordinal", _rank, ordinal),
        ("alpha_interval", _percent, interval),
    ):
        levels = [(code, scaling.level(field, code)) for code in categories]
        numbers = {code: float(number) for code, level in levels if (number := number_of(level)) is not None}
        if len(numbers) < len(categories):
            unordered.append(name)
        else:
            measures[name] = _alpha(distance(numbers))
    return measures, tuple(unordered)


def _alpha(distance: Callable[[Mapping[str, float]], Callable[[str, str], float]]) -> Measure:
    return lambda drawn: krippendorff_alpha(drawn, distance)


def _rank(level: Level | None) -> int | None:
    return level.rank if level else None


def _percent(level: Level | None) -> int | None:
    return level.percent if level else None


def _undefined(
    found: Mapping[str, float | None], unordered: Sequence[str], compared: Ratings, pairs: Pairs
) -> dict[str, Undefined]:
    reasons = {}
    for name in (name for name, value in found.items() if value is None):
        if not (pairs if name == "cohen_kappa" else compared):
            reasons[name] = Undefined.NO_UNITS
        else:
            reasons[name] = Undefined.NO_ORDER if name in unordered else Undefined.ONE_CATEGORY
    return reasons


def _most_in_common(units: Sequence[Unit]) -> tuple[EntityId, EntityId] | None:
    shared: Counter[tuple[EntityId, EntityId]] = Counter()
    for each in units:
        shared.update(itertools.combinations(sorted(each.values), 2))
    return min(shared, key=lambda pair: (-shared[pair], pair)) if shared else None


def _categories(units: Sequence[Unit], codebook: Codebook, field: str) -> tuple[str, ...]:
    """Return the values that were given: those of the codebook in its order, then all others."""
    given = {value for each in units for value in each.values.values()}
    ordered = [level.code for scale in codebook.scales if scale.name == field for level in scale.levels]
    return tuple(dict.fromkeys([*(code for code in ordered if code in given), *sorted(given - {*ordered})]))


def _person(known: Mapping[EntityId, Annotator], who: EntityId) -> Annotator:
    """Return an annotator; one whose name was withheld goes by the pseudonym."""
    return known.get(who) or Annotator(id=who, name=pseudonym(who))
