"""What counts as judged by several, and what agreement is made of it."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.agreement import Agreement, Undefined, Unit
from annotator.domain.ids import EntityId
from annotator.domain.judged import concluded, linked
from annotator.domain.judgement import Conclusion, Linkage, Stage
from annotator.domain.measuring import measure, unit_of
from annotator.domain.passage import Area, Passage
from annotator.domain.people import Annotator
from annotator.domain.scales import Codebook, scales_from
from annotator.resources import resource
from tests.factories import Maker

BOOK = Codebook(scales_from(tomllib.loads(resource("scales", "default.toml").read_text(encoding="utf-8"))))
TEXT = "".join(chr(97 + number % 26) for number in range(400)) + "\n"


class Case:
    """Passages of one text, and linkages of them to one claim."""

    def __init__(self) -> None:
        self.make = Maker(text=TEXT)
        self.people = [Annotator(id=self.make.id(), name=name) for name in ("Ada", "Ben", "Cleo")]
        self.passages: dict[EntityId, Passage] = {}
        self.linkages: list[Linkage] = []

    def link(self, who: int, *spans: tuple[int, int], verdict: str = "supported", withdrawn: str = "") -> Linkage:
        """Link one passage with these fragments."""
        passage = self.make.new_passage(spans)
        self.passages[passage.id] = passage
        linkage = self.make.new_linkage([passage])
        linkage = replace(linkage, annotator_id=self.people[who].id, verdict=verdict, withdrawn=withdrawn)
        self.linkages.append(linkage)
        return linkage

    def groups(self) -> list[list[int]]:
        """Return the groups of linkages by the numbers in which they were made."""
        number = {linkage.id: position for position, linkage in enumerate(self.linkages)}
        claims = {self.make.claim.id}
        found = linked(reversed(self.linkages), self.passages, claims)
        return [[number[each.id] for each in group.judgements] for group in found]


def test_passages_that_overlap_by_half_are_one_unit() -> None:
    case = Case()
    case.link(0, (0, 100))
    case.link(1, (50, 100))
    case.link(1, (200, 300))
    case.link(0, (251, 351))
    assert case.groups() == [[0, 1], [2], [3]], "50 of 100 are half; 49 of 151 are not"


def test_all_fragments_and_all_passages_count() -> None:
    case = Case()
    case.link(0, (0, 20), (100, 120))
    case.link(1, (0, 20))
    case.link(2, (0, 20), (200, 300))
    assert case.groups() == [[0, 1], [2]], "20 of 40 are half; 20 of 120 are not"


def test_what_overlaps_most_comes_together_first_and_no_chain_is_made() -> None:
    case = Case()
    for who, span in enumerate([(0, 100), (30, 130), (60, 160)]):
        case.link(who, span)
    assert case.groups() == [[0, 1], [2]], "the third overlaps the second by half, the first by 40 of 160"
    case.link(0, (62, 162))
    assert case.groups() == [[0, 1], [2, 3]]


def test_texts_claims_areas_and_missing_passages_are_kept_apart() -> None:
    case = Case()
    first, other_text, other_claim = (case.link(who, (0, 50)) for who in range(3))
    elsewhere = case.passages[other_text.passage_ids[0]]
    case.passages[elsewhere.id] = replace(elsewhere, text=case.make.version.structure)
    case.linkages[2] = replace(other_claim, claim_id=case.make.id())
    gone = [replace(case.link(who, (0, 50)), passage_ids=(case.make.id(),)) for who in (0, 1)]
    case.linkages[3:] = gone
    for who, left in ((0, 0), (1, 0), (2, 5)):
        linkage = case.link(who, (0, 1))
        drawn = Area(page=0, left=left, top=0, right=9, bottom=9)
        passage = case.passages[linkage.passage_ids[0]]
        case.passages[passage.id] = replace(passage, fragments=(), area=drawn)
    assert case.groups() == [[0], [1], [3], [4], [5, 6], [7]]
    claims = {case.make.claim.id, case.linkages[2].claim_id}
    assert len(linked(case.linkages, case.passages, claims)) == 7
    assert first.id == case.linkages[0].id


def test_the_last_judgement_that_stands_counts() -> None:
    case = Case()
    case.link(0, (0, 50), verdict="supported")
    case.link(0, (0, 48), verdict="refuted")
    case.link(0, (0, 50), verdict="conflicting_evidence", withdrawn="A slip.")
    case.link(1, (0, 50), verdict="refuted")
    case.link(2, (0, 50), verdict="open")
    (group,) = linked(case.linkages, case.passages, {case.make.claim.id})
    unit = unit_of(group, "verdict", {case.make.claim.id: "A claim."}, Codebook(()), "words")
    ada, ben, _ = (person.id for person in case.people)
    assert unit.values == {ada: "refuted", ben: "refuted"}, "an open verdict says nothing"
    assert unit.entities == {ada: case.linkages[1].id, ben: case.linkages[3].id}
    assert unit.agrees
    assert (unit.claim, unit.words) == ("A claim.", "words")


def test_conclusions_are_grouped_by_claim_drafts_too_withdrawn_ones_not() -> None:
    make = Maker()
    base = Conclusion(id=make.id(), claim_id=make.claim.id, annotator_id=make.annotator.id, verdict="supported")
    withdrawn = replace(base, id=make.id(), annotator_id=make.id(), stage=Stage.WITHDRAWN)
    published = replace(base, id=make.id(), annotator_id=make.id(), stage=Stage.PUBLISHED)
    deleted = replace(base, id=make.id(), claim_id=make.id())
    (group,) = concluded([published, withdrawn, deleted, base], {make.claim.id})
    assert group.judgements == (base, published)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(1, 40)), min_size=1, max_size=12))
def test_units_part_the_linkages_and_hold_only_what_overlaps_by_half(
    marks: list[tuple[int, int, int]],
) -> None:
    case = Case()
    for who, start, length in marks:
        case.link(who, (start, start + length))
    groups = case.groups()
    assert sorted(itertools.chain.from_iterable(groups)) == list(range(len(marks)))
    words = [set(range(start, start + length)) for _, start, length in marks]
    close = {
        (a, b)
        for a, b in itertools.product(range(len(marks)), repeat=2)
        if 2 * len(words[a] & words[b]) >= len(words[a] | words[b])
    }
    for group in groups:
        assert close >= set(itertools.product(group, repeat=2))
    for group, other in itertools.combinations(groups, 2):
        assert not close >= set(itertools.product(group, other)), "two units that could be one are one"


# -- from units to figures


def units(*rows: Sequence[str]) -> list[Unit]:
    """Return units with what each of several annotators says; nothing where one says nothing."""
    make = Maker()
    return [
        Unit(
            claim_id=make.id(),
            claim="",
            words="",
            values={EntityId(f"person {number}"): value for number, value in enumerate(row) if value},
            entities={EntityId(f"person {number}"): make.id() for number, value in enumerate(row) if value},
        )
        for row in rows
    ]


def measured(rows: list[Unit], field: str = "verdict", pair: tuple[EntityId, EntityId] | None = None) -> Agreement:
    """Return the agreement on units."""
    people = [Annotator(id=EntityId("person 0"), name="Ada"), Annotator(id=EntityId("person 1"), name="Ben")]
    return measure(rows, unit="conclusion", field=field, people=people, codebook=BOOK, pair=pair)


def test_the_figures_of_a_two_by_two_table_and_what_is_behind_them() -> None:
    cells = {("supported", "supported"): 20, ("supported", "refuted"): 5, ("refuted", "supported"): 10}
    rows = [row for row, count in (cells | {("refuted", "refuted"): 15}).items() for _ in range(count)]
    found = measured(units(*rows))
    assert (found.n, found.n_pair, len(found.units)) == (50, 50, 50)
    assert found.percent == pytest.approx(70)
    assert found.cohen_kappa == pytest.approx(0.4)
    assert found.categories == ("supported", "refuted"), "in the order of the codebook"
    assert found.matrix == ((20, 5), (10, 15))
    assert [person.name for person in found.annotators] == ["Ada", "Ben"]
    assert sum(unit.agrees for unit in found.units) == 35
    low, high = found.intervals["cohen_kappa"]
    assert low < 0.4 < high
    assert found.undefined == {"alpha_ordinal": Undefined.NO_ORDER, "alpha_interval": Undefined.NO_ORDER}


def test_confidence_has_an_order_and_numbers() -> None:
    near = measured(units(("low", "moderate"), ("high", "moderate"), ("high", "high"), ("low", "low")), "confidence")
    far = measured(units(("low", "high"), ("high", "low"), ("high", "high"), ("low", "low")), "confidence")
    assert near.alpha_nominal is not None
    assert near.alpha_ordinal is not None
    assert near.alpha_interval is not None
    assert far.alpha_ordinal is not None
    assert near.alpha_ordinal > near.alpha_nominal, "one step apart is not as bad as apart"
    assert near.alpha_ordinal > far.alpha_ordinal
    assert not near.undefined


def test_with_three_the_two_with_most_in_common_are_compared_unless_others_are_named() -> None:
    rows = units(
        ("", "refuted", "refuted"), ("", "refuted", "supported"), ("supported", "", "supported"), ("refuted", "", "")
    )
    found = measured(rows)
    assert [person.name for person in found.annotators] == ["Ben", "Annotator on 2"], (
        "who is withheld goes by a pseudonym"
    )
    assert (found.n, found.n_pair, len(found.units)) == (3, 2, 4)
    assert [person.name for person in found.people] == ["Ada", "Ben", "Annotator on 2"]
    named = measured(rows, pair=(EntityId("person 2"), EntityId("person 0")))
    assert (named.n_pair, named.matrix) == (1, ((1, 0), (0, 0)))
    assert named.alpha_nominal == found.alpha_nominal


def test_without_two_annotators_nothing_is_defined_and_that_is_said() -> None:
    for rows in (units(), units(("supported", ""), ("refuted", ""))):
        found = measured(rows)
        assert (found.n, found.annotators, found.matrix, found.intervals) == (0, (), (), {})
        assert found.percent is found.cohen_kappa is found.fleiss_kappa is found.alpha_nominal is found.ac1 is None
        assert set(found.undefined.values()) == {Undefined.NO_UNITS}
        assert len(found.undefined) == 7
        assert "two" in found.undefined["cohen_kappa"].words


def test_with_one_category_there_is_nothing_but_per_cent() -> None:
    found = measured(units(*[("refuted", "refuted")] * 5))
    assert found.percent == 100
    assert found.cohen_kappa is found.fleiss_kappa is found.alpha_nominal is found.ac1 is None
    assert found.undefined["cohen_kappa"] is Undefined.ONE_CATEGORY
    assert set(found.intervals) == {"percent"}


def test_a_value_that_no_scale_knows_is_a_category_of_its_own() -> None:
    found = measured(units(("mostly fine", "refuted"), ("refuted", "refuted"), ("Z", "Z")))
    assert found.categories == ("refuted", "Z", "mostly fine")
    assert found.matrix[2] == (1, 0, 0)
