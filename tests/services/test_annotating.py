"""Highlighting, linking, correcting and withdrawing through the scripting face."""

from __future__ import annotations

import pytest

from annotator.domain.errors import NotFoundError, WrongArgumentError
from annotator.domain.source import Version
from annotator.services.annotating import joined
from annotator.services.project import Project
from tests.services.conftest import spans


def test_a_passage_holds_the_words_as_published(project: Project, version: Version) -> None:
    text = project.text(version.id)
    assert "\r" not in text
    passage = project.highlight(version.id, spans(text, "4\u00a0200\u00a0000", "🌊", "العربية"), note="check")
    assert [fragment.quote for fragment in passage.fragments] == ["4\u00a0200\u00a0000", "🌊", "العربية"]
    for fragment in passage.fragments:
        assert text[fragment.start : fragment.end] == fragment.quote
        assert text[: fragment.start].endswith(fragment.prefix)
        assert text[fragment.end :].startswith(fragment.suffix)
    assert [note.text for note in project.notes(passage.id)] == ["check"]


@pytest.mark.parametrize(
    ("fragments", "what"),
    [
        ([], "there is none"),
        ([(5, 5)], "empty"),
        ([(0, 10_000)], "outside the text"),
        ([(-1, 3)], "outside the text"),
        ([(0, 5), (3, 8)], "overlaps"),
    ],
)
def test_wrong_fragments_are_refused_by_name(
    project: Project, version: Version, fragments: list[tuple[int, int]], what: str
) -> None:
    before = project.state_digest()
    with pytest.raises(WrongArgumentError, match=what):
        project.highlight(version.id, fragments)
    assert project.state_digest() == before


def test_half_a_grapheme_is_refused(project: Project, version: Version) -> None:
    at = project.text(version.id).index("e\u0301")
    with pytest.raises(WrongArgumentError, match="splits the character"):
        project.highlight(version.id, [(at, at + 1)])


def test_link_highlights_and_links_in_one_step(project: Project, version: Version) -> None:
    claim = project.add_claim("The wall cost 4.2 million crowns.")
    steps = len(project.done)
    linkage = project.link(
        None,
        claim.id,
        version=version.id,
        fragments=[(0, 16)],
        stance="refutes",
        verdict="refuted",
        confidence="moderate",
        rationale="The auditor counted.",
        reasons=["directness"],
        basis="named_report",
    )
    assert len(project.done) == steps + 1
    assert linkage.confidence_percent == 60
    row = project.linkage_rows(claim=claim.id)[0]
    assert (row.annotator, row.quote, row.source_title) == ("Ada", "The harbour wall", "The harbour wall")
    project.undo()
    assert not project.passages(version.id)
    assert not project.linkages()


@pytest.mark.parametrize(
    ("judgement", "named"),
    [
        ({"stance": "maybe"}, "supports, refutes, qualifies, contextualises"),
        ({"stance": ""}, "supports"),
        ({"stance": "supports", "verdict": "true"}, "supported, refuted"),
        ({"stance": "supports", "confidence": "95%"}, "low, moderate, high"),
        ({"stance": "supports", "basis": "gut"}, "primary_document"),
        ({"stance": "supports", "reasons": ["luck"]}, "amount"),
        ({"stance": "supports", "credibility": 7}, "1 to 6"),
        ({"stance": "supports", "colour": "red"}, "rationale"),
    ],
)
def test_unknown_levels_are_refused_with_those_that_exist(
    project: Project, version: Version, judgement: dict[str, object], named: str
) -> None:
    passage = project.highlight(version.id, [(0, 3)])
    claim = project.add_claim("A claim.")
    with pytest.raises(WrongArgumentError, match=named):
        project.link(passage.id, claim.id, **judgement)  # type: ignore[arg-type]


def test_a_set_of_passages_is_linked_jointly(project: Project, version: Version) -> None:
    one, two = (project.highlight(version.id, [span]) for span in ((0, 3), (4, 11)))
    claim = project.add_claim("A claim.")
    linkage = project.link([one.id, two.id], claim.id, stance="supports")
    project.delete(one.id)
    assert [row.linkage.id for row in project.linkage_rows(passage=two.id)] == [linkage.id]
    project.delete(two.id)
    assert not project.linkages()


def test_a_new_claim_is_made_as_it_is_linked(project: Project, version: Version) -> None:
    linkage = project.link_to_new_claim(
        None, "  The wall\ncost much. ", stance="supports", version=version.id, fragments=[(0, 3)]
    )
    (claim,) = project.claims()
    assert claim.text == "The wall cost much."
    assert claim.wording == linkage.passage_ids[0]
    project.undo()
    assert not project.claims()


def test_many_are_linked_in_one_change(project: Project, version: Version) -> None:
    claim = project.add_claim("A claim.")
    rows = [
        {"version": version.id, "fragments": [(i, i + 2)], "claim": claim.id, "stance": "supports"} for i in range(8)
    ]
    steps = len(project.done)
    assert len(project.link_many(rows)) == 8
    assert len(project.done) == steps + 1
    rows[-1]["fragments"] = [(9, 9)]
    with pytest.raises(WrongArgumentError):
        project.link_many(rows)
    assert len(project.linkages()) == 8


def test_withdrawing_needs_a_reason_and_keeps_the_linkage(project: Project, version: Version) -> None:
    claim = project.add_claim("A claim.")
    linkage = project.link(None, claim.id, version=version.id, fragments=[(0, 3)], stance="supports")
    with pytest.raises(WrongArgumentError, match="reason"):
        project.withdraw(linkage.id, reason=" ")
    project.withdraw(linkage.id, reason="Misread it.")
    assert project.linkages()[0].withdrawn == "Misread it."
    assert project.claim_rows()[0].stances == ()
    assert project.passage_rows(version.id)[0].stances == ()
    assert project.to_do().unlinked_passages


def test_a_passage_takes_another_fragment_and_joins_what_touches(project: Project, version: Version) -> None:
    passage = project.highlight(version.id, [(0, 3)])
    assert len(project.add_fragment(passage.id, 4, 11).fragments) == 2
    assert [(f.start, f.end) for f in project.add_fragment(passage.id, 2, 5).fragments] == [(0, 11)]
    assert project.passage_rows(version.id)[0].spans == ((0, 11),)


def test_joined_spans() -> None:
    assert joined([(5, 7), (0, 2), (2, 3), (6, 9)]) == [(0, 3), (5, 9)]


def test_what_is_not_there_is_said(project: Project, version: Version) -> None:
    claim = project.add_claim("A claim.")
    with pytest.raises(NotFoundError, match="passage"):
        project.link(claim.id, claim.id, stance="supports")
    with pytest.raises(NotFoundError, match="version"):
        project.highlight("nonsense", [(0, 1)])  # type: ignore[arg-type]
    with pytest.raises(WrongArgumentError, match="passage"):
        project.link(None, claim.id, stance="supports")
    with pytest.raises(WrongArgumentError, match="note"):
        project.note(claim.id, "  ")
