"""Tests of the order of the long lists: every column against what its lines say, ties, words of any script, narrowing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from annotator.domain.errors import CancelledError, WrongArgumentError
from annotator.domain.listing import LISTS, Line, sort_key
from annotator.services.listing import Listing
from annotator.services.project import Project, open_project
from annotator.store import listing

TITLES = (
    "Zebra",
    "“Éclair” for all",
    "eclair",
    "Ärger",
    "Straße",
    "strasse",
    "",
    "قال الوزير",
    "市長は水が",
    "apple",
    "Apple",
)
TEXT = 'The auditor counted “all” of them.\nÉlan says \\n nothing about 40 per cent. "No" was heard, and: yes.'
SPANS = ((0, 3), (4, 11), (20, 25), (35, 39), (40, 44), (45, 47), (48, 55), (75, 79), (80, 83))
ADA, BEN = "Ada", "Ben"


@pytest.fixture
def case(project_path: Path) -> Iterator[Project]:
    """Return a project in which two people have worked: sources of all scripts, passages linked and not, claims open and not."""
    with open_project(project_path, annotator=BEN, create=True) as project:
        version = project.type_source("By Ben", TEXT)
        project.highlight(version.id, [SPANS[0]])
    project = open_project(project_path, annotator=ADA)
    versions = [
        project.type_source(
            title, f"{number} {TEXT}", person=("", "Zoë", "Anna")[number % 3], date=("", "2024", "2021-05")[number % 3]
        )
        for number, title in enumerate(TITLES)
    ]
    passages = [project.highlight(versions[0].id, [(start + 2, end + 2)]) for start, end in SPANS]
    claims = [project.add_claim(title or "Empty") for title in TITLES]
    stances, verdicts = (
        ("supports", "refutes", "qualifies", "contextualises"),
        ("supported", "refuted", "not_enough_evidence"),
    )
    for number, passage in enumerate(passages[:6]):
        project.link(
            passage.id,
            claims[number % 4].id,
            stance=stances[number % 4],
            verdict=verdicts[number % 3],
            confidence=("low", "moderate", "high")[number % 3],
            rationale="So.",
        )
    gone = project.link(passages[7].id, claims[1].id, stance="supports")
    project.withdraw(gone.id, reason="A slip")
    for number in (0, 2, 5):
        project.conclude(claims[number].id, verdict=verdicts[number % 3], confidence="high")
    yield project
    project.close()


def every(project: Listing, kind: str, **wanted: object) -> list[Line]:
    """Return a whole list."""
    return list(project.rows(kind, limit=10_000, **wanted))  # type: ignore[arg-type]


_RANKS = {
    "stance": ("supports", "refutes", "qualifies", "contextualises"),
    "verdict": ("supported", "refuted", "not_enough_evidence", "conflicting_evidence"),
    "confidence": ("low", "moderate", "high"),
    "stage": ("draft", "submitted"),
}


def key_of(line: Line, column: str) -> object:
    """Return what a column is sorted by, as Python sees it; None for what is not known."""
    value = getattr(line, column)
    if column in _RANKS:
        return _RANKS[column].index(value) if value else None
    if column == "made":
        return line.id
    if column == "stances":
        return -sum(8 >> _RANKS["stance"].index(stance) for stance in value) if value else None
    if isinstance(value, str) and column != "published":
        return sort_key(value[:80]) or None
    return value if value != "" else None


COLUMNS = [(kind, column) for kind, listable in LISTS.items() for column in listable.columns]


@pytest.mark.parametrize(("kind", "column"), COLUMNS)
def test_every_column_sorts_by_what_it_shows_and_ties_stand_as_they_were_made(
    case: Project, kind: str, column: str
) -> None:
    lines = every(case, kind, sort=column, falling=False)
    keys = [key_of(line, column) for line in lines]
    known = [key for key in keys if key is not None]
    assert len(lines) == case.row_order(kind).total > 5
    assert known == sorted(known)  # type: ignore[type-var]
    assert keys[len(known) :] == [None] * (len(keys) - len(known)), "what is not known comes last"
    if (kind, column) not in _BY_PLACE:
        for (before, one), (after, other) in pairwise(zip(keys, lines, strict=True)):
            assert before != after or one.number < other.number, "a tie: the one made first"


_BY_PLACE = {("passages", "source"), ("linkages", "source"), ("linkages", "claim")}
"""Columns in which those with the same words go on in the order of the text, or claim by claim."""


@pytest.mark.parametrize(("kind", "column"), COLUMNS)
def test_falling_is_the_same_the_other_way_round_but_for_what_is_not_known(
    case: Project, kind: str, column: str
) -> None:
    rising, falling = (every(case, kind, sort=column, falling=way) for way in (False, True))
    known = [line.id for line in rising if key_of(line, column) is not None]
    rest = [line.id for line in rising if key_of(line, column) is None]
    assert [line.id for line in falling] == [*reversed(known), *rest]


def test_words_sort_without_case_accents_and_quotation_marks(case: Project) -> None:
    titles = [line.text for line in every(case, "claims", sort="text", falling=False)]  # type: ignore[union-attr]
    assert titles.index("apple") < titles.index("Apple") < titles.index("Ärger") < titles.index("eclair")
    assert titles.index("eclair") < titles.index("“Éclair” for all") < titles.index("Empty")
    assert titles.index("Straße") < titles.index("strasse"), "a tie: the one made first"
    assert titles.index("Zebra") < titles.index("قال الوزير") < titles.index("市長は水が")


@pytest.mark.parametrize(
    ("kind", "only", "holds"),
    [
        ("passages", "unlinked", lambda line: not line.linkages),
        ("claims", "open", lambda line: not line.verdict),
        ("claims", "unlinked", lambda line: not line.passages),
        ("linkages", "withdrawn", lambda line: line.withdrawn),
    ],
)
def test_narrowing_agrees_with_the_lines(case: Project, kind: str, only: str, holds: Callable[[Line], bool]) -> None:
    found, lines = {line.id for line in every(case, kind, only=[only])}, every(case, kind)
    assert found == {line.id for line in lines if holds(line)}
    assert 0 < len(found) < len(lines)


def test_mine_are_those_that_i_made(case: Project) -> None:
    assert {line.by for line in every(case, "passages")} == {ADA, BEN}  # type: ignore[union-attr]
    assert {line.by for line in every(case, "passages", only=["mine"])} == {ADA}  # type: ignore[union-attr]
    assert len(every(case, "passages", only=["mine", "unlinked"])) == 3


def test_sources_to_read_and_in_work(case: Project) -> None:
    unread = every(case, "sources", only=["unread"])
    assert len(unread) == len(TITLES) - 1
    assert {line.title for line in every(case, "sources", only=["unlinked"])} == {"Zebra", "By Ben"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("kind", "words", "count"),
    [
        ("sources", "ecl", 2),
        ("sources", "zoe", 4),
        ("sources", "2021-05", 3),
        ("passages", "counted", 0),
        ("passages", "audit", 1),
        ("passages", "zebra audit", 1),
        ("claims", "STRASSE", 2),
        ("claims", "市長", 1),
        ("linkages", "eclair", 4),
        ("linkages", "ben", 0),
        ("linkages", 'the" OR *', 0),
    ],
)
def test_words_are_looked_for_where_a_person_sees_them(case: Project, kind: str, words: str, count: int) -> None:
    assert len(every(case, kind, words=words)) == count


def test_a_line_is_what_the_rows_of_the_other_lists_say(case: Project) -> None:
    rows = {row.claim.id: row for row in case.claim_rows()}
    for line in every(case, "claims"):
        row = rows[line.id]
        assert line.stances == row.stances  # type: ignore[union-attr]
        assert (line.verdict, line.confidence) == (  # type: ignore[union-attr]
            (row.conclusion.verdict, row.conclusion.confidence) if row.conclusion else ("", "")
        )
    sources = {row.source.id: row for row in case.source_rows()}
    for line in every(case, "sources"):
        source = sources[line.id]
        assert (line.title, line.publisher) == (source.source.title, source.publisher)  # type: ignore[union-attr]
        assert (line.passages, line.unlinked) == (source.passages, source.passages - source.linked)  # type: ignore[union-attr]
        assert case.source_row(source.versions[0].id) == source
    linkages = {row.linkage.id: row for row in case.linkage_rows()}
    for line in every(case, "linkages"):
        judged = linkages[line.id]
        assert (line.claim, line.words, line.source) == (judged.claim, judged.quote, judged.source_title)  # type: ignore[union-attr]


def test_counts_are_those_of_the_rows(case: Project) -> None:
    found, sources, claims = case.counts(), case.source_rows(), case.claim_rows()
    assert (found.sources, found.claims) == (len(sources), len(claims))
    assert found.passages == sum(row.passages for row in sources) == 10
    assert found.linked == sum(row.linked for row in sources) == 6
    assert found.open_claims == sum(row.conclusion is None for row in claims)


def test_undo_takes_a_row_out_and_redo_brings_it_back(case: Project) -> None:
    before = [line.id for line in every(case, "claims")]
    added = case.add_claim("One more")
    assert [line.id for line in every(case, "claims")] == [added.id, *before]
    number = case.row_number(added.id)
    case.undo()
    assert [line.id for line in every(case, "claims")] == before
    assert case.rows_of("claims", [number]) == ()
    case.redo()
    assert case.rows_of("claims", [number])[0].id == added.id


def test_where_a_row_stands_is_told(case: Project) -> None:
    found = case.row_order("claims", sort="text")
    assert [found.place(number) for number in found.numbers] == list(range(len(found)))
    assert found.place(0) == -1


def test_sorting_stops_when_it_is_cancelled(case: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_STEPS_BETWEEN_LOOKS", 1)
    asked = iter([False, False, True])
    with pytest.raises(CancelledError):
        case.row_order("passages", sort="words", cancelled=lambda: next(asked, True))
    assert len(case.row_order("passages", sort="words")) == 10, "the next one is not"


@pytest.mark.parametrize(
    ("kind", "wanted", "argument"),
    [
        ("things", {}, "kind"),
        ("claims", {"sort": "stance"}, "sort"),
        ("claims", {"only": ["mine"]}, "only"),
        ("claims", {"start": -1}, "start, limit"),
    ],
)
def test_a_wrong_argument_is_named(case: Project, kind: str, wanted: dict[str, object], argument: str) -> None:
    with pytest.raises(WrongArgumentError) as error:
        case.rows(kind, **wanted)  # type: ignore[arg-type]
    assert error.value.data["argument"] == argument
