"""What the formats bring: threads, page notes, claims with who made them, conclusions; and what goes out comes back whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.domain.foreign_levels import How
from annotator.domain.foreign_reasons import Why
from annotator.domain.foreign_report import ForeignReport
from annotator.domain.kinds import Agent, Annotator, Appearance, Claim, Conclusion, Linkage, Note, Passage
from annotator.domain.people import AgentKind
from annotator.domain.source import Version
from annotator.services.project import Project
from tests.importers.annotations.samples import ADDRESS, HYPOTHESIS, REVIEW

TEXT = (
    "The harbour wall\n\nThe wall cost 4.2 million & no more. An auditor found twice as much.\n"
    "At the end the wall stands again.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with annotator.open_project(tmp_path / "case.annotator", annotator="Ada", create=True) as opened:
        yield opened


@pytest.fixture
def version(project: Project) -> Version:
    return project.import_source(("wall.txt", TEXT.encode()), url=ADDRESS)


def taken(project: Project, value: Any, **options: Any) -> ForeignReport:
    return project.import_annotations(("a.json", json.dumps(value).encode()), **options)


def reviews(*ratings: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """Return a review of its own for each rating."""
    return [
        {**REVIEW, "url": f"https://check.example/{number}", "reviewRating": rating, **more}
        for number, rating in enumerate(ratings)
    ]


def test_a_thread_of_hypothesis(project: Project, version: Version) -> None:
    report = taken(project, HYPOTHESIS)
    assert [(each.why, each.detail) for each in report.left_out] == [
        (Why.DELETED, ""),
        (Why.SELECTOR, "MediaTimeSelector"),
    ]
    reader = project.store.read()
    (passage,) = reader.all(Passage)
    assert (passage.quote, passage.label) == ("twice as much", "cost")
    notes = {note.text: note for note in reader.all(Note)}
    assert notes["Is it?"].about == passage.id
    assert notes["I think so."].about == notes["Is it?"].id
    assert notes["So do I."].about == notes["I think so."].id
    assert notes["A page note.\n\nwalls"].about == version.source_id
    assert (notes["Mine"].private, notes["Mine"].annotator_id) == (True, project.annotator_id)
    assert not notes["Is it?"].private
    (eve,) = (each for each in reader.all(Annotator) if each.name == "Eve")
    assert passage.annotator_id == notes["Is it?"].annotator_id == eve.id
    assert taken(project, HYPOTHESIS).new == 0


def test_answers_to_each_other_and_to_nothing_are_told(project: Project, version: Version) -> None:
    def reply(id_: str, to: str) -> dict[str, Any]:
        return {"id": id_, "user": "acct:a@b", "uri": ADDRESS, "text": f"{id_} says", "references": [to]}

    report = taken(project, [reply("x", "y"), reply("y", "x"), reply("z", "gone")], format="hypothesis")
    assert report.new == 0
    assert sorted(each.words for each in report.left_out) == ["x says", "y says", "z says"]


def test_hypothesis_out_and_in(project: Project, version: Version, tmp_path: Path) -> None:
    one = project.highlight(version.id, [(4, 11), (20, 28)], label="cost")
    other = project.highlight(version.id, [(TEXT.index("twice"), TEXT.index("twice") + 5)])
    claim = project.add_claim("It *cost* 4.2 million.")
    project.link(
        [one.id, other.id], claim.id, stance="refutes", verdict="refuted", confidence="low", rationale="*So* it is.",
        reasons=["directness"], question="How much?", credibility=3,
    )  # fmt: skip
    project.note(other.id, "Ask again.")
    project.note(other.id, "For me.", private=True)
    out = project.export("hypothesis", tmp_path / "out.json")
    assert project.import_annotations(out).new == 0
    with annotator.open_project(tmp_path / "other.annotator", annotator="Bob", create=True) as elsewhere:
        elsewhere.import_source(("copy.txt", TEXT.encode()))
        report = elsewhere.import_annotations(out)
        assert (report.left_out, report.by, report.levels) == ((), ("Ada",), ())
        assert _contents(elsewhere) == _contents(project)
        assert elsewhere.import_annotations(out).new == 0


def _contents(project: Project) -> list[str]:
    """Return passages, linkages and shared notes, without the ids that differ from project to project."""
    reader = project.store.read()
    told = {each.id: repr((each.fragments, each.label)) for each in reader.all(Passage)}
    found = list(told.values())
    for linkage in reader.all(Linkage):
        fields = [getattr(linkage, name) for name in Linkage.__dataclass_fields__ if not name.endswith(("id", "ids"))]
        passages = [told[id_] for id_ in linkage.passage_ids]
        found.append(repr((fields, passages, reader.get(Claim, linkage.claim_id).text)))
    found += [repr((note.text, told[note.about])) for note in reader.all(Note) if not note.private]
    return sorted(found)


def test_a_claim_with_who_made_it_where_and_what_was_concluded(project: Project, version: Version) -> None:
    report = taken(project, REVIEW)
    reader = project.store.read()
    (claim,), (conclusion,), (appearance,) = reader.all(Claim), reader.all(Conclusion), reader.all(Appearance)
    agents = {agent.id: agent for agent in reader.all(Agent)}
    assert claim.text == "The wall cost 4.2 million & no more."
    assert [(agents[id_].name, agents[id_].agent_kind) for id_ in claim.claimants] == [("The mayor", AgentKind.PERSON)]
    assert (claim.date, conclusion.as_of, conclusion.stage) == ("2026-01-01", "2026-01-05", "published")
    assert reader.get(Passage, appearance.passage_id).quote == claim.text
    assert (conclusion.verdict, [each.how for each in report.levels]) == ("refuted", [How.WORDS])
    assert reader.get(Annotator, conclusion.annotator_id).name == "The Checkers"
    notes = {note.text: note.about for note in reader.all(Note)}
    assert notes == {
        "Published at https://check.example/1": conclusion.id,
        "Appears in: https://elsewhere.example/a": claim.id,
    }
    assert taken(project, REVIEW).new == 0


@pytest.mark.parametrize(
    ("rating", "verdict", "how"),
    [
        ({"alternateName": "Refuted"}, "refuted", None),
        ({"alternateName": "  PANTS on fire! "}, "refuted", How.WORDS),
        ({"alternateName": "NOT ENOUGH INFO"}, "not_enough_evidence", How.WORDS),
        (
            {"alternateName": "Half true", "ratingValue": 3, "bestRating": 5, "worstRating": 1},
            "conflicting_evidence",
            How.NUMBER,
        ),
        (
            {"alternateName": "Mostly false", "ratingValue": "2", "bestRating": "5", "worstRating": "1"},
            "Mostly false",
            How.KEPT,
        ),
        ({"ratingValue": "7", "bestRating": "7", "worstRating": "0"}, "supported", How.NUMBER),
        ({"ratingValue": "0", "bestRating": 7, "worstRating": 0}, "refuted", How.NUMBER),
        ({"ratingValue": -1, "bestRating": -1, "worstRating": -1}, "-1 (-1 to -1)", How.KEPT),
        ({"ratingValue": 9, "bestRating": 5, "worstRating": 1}, "9 (1 to 5)", How.KEPT),
        ({"ratingValue": "nan", "alternateName": ["Falso", "x"]}, "refuted", How.WORDS),
        ({"alternateName": "Satire, so neither"}, "Satire, so neither", How.KEPT),
    ],
)
def test_ratings_as_they_are_found(project: Project, rating: dict[str, Any], verdict: str, how: How | None) -> None:
    report = taken(project, reviews(rating))
    (conclusion,) = project.store.read().all(Conclusion)
    assert conclusion.verdict == verdict
    assert [each.how for each in report.levels] == ([how] if how else [])


def test_a_person_matches_what_has_no_match(project: Project) -> None:
    report = taken(project, reviews({"alternateName": "Half true"}), levels={"Half true": "conflicting_evidence"})
    (conclusion,) = project.store.read().all(Conclusion)
    assert (conclusion.verdict, [each.how for each in report.levels]) == ("conflicting_evidence", [How.CHOSEN])


def test_reviews_with_holes_are_told(project: Project) -> None:
    whole = {"alternateName": "False"}
    found = [
        *reviews(whole, claimReviewed=None, itemReviewed=None),
        *reviews({}, claimReviewed="Nobody rated it."),
        *reviews(whole, claimReviewed="A day that is none.", datePublished="yesterday", author=None),
        *reviews(
            whole,
            claimReviewed="Reviewed as a work.",
            itemReviewed={"@type": "CreativeWork", "url": "https://w.example/"},
        ),
    ]
    report = taken(project, found)
    assert [each.why for each in report.left_out] == [Why.NOT_ONE, Why.NO_VERDICT, Why.NOT_ONE]
    assert report.count("claim").new == 3
    assert report.count("conclusion").new == 2
    assert "Appears in: https://w.example/" in {note.text for note in project.store.read().all(Note)}


def test_an_answer_of_a_search(project: Project) -> None:
    publisher = {"name": "The Checkers", "site": "check.example"}
    review = {"publisher": publisher, "url": "https://check.example/1", "reviewDate": "2026-01-05T00:00:00Z"}
    claim = {"text": "It cost more.", "claimant": "The mayor", "claimDate": "2026-01-01T00:00:00Z"}
    both = [{**review, "textualRating": "True"}, {**review, "url": "https://b.example/", "textualRating": "False"}]
    report = taken(project, {"claims": [{**claim, "claimReview": both}, {"text": "No review."}, None]})
    assert (report.count("claim").new, report.count("conclusion").new, report.left_out) == (1, 2, ())
    assert {each.verdict for each in project.store.read().all(Conclusion)} == {"supported", "refuted"}


def test_claim_review_out_and_in(project: Project, version: Version, tmp_path: Path) -> None:
    whole = project.add_claim("It cost 4.2 million.", claimants=["The council"], date="2025-05", location="Here")
    part = project.add_claim("A part.", parent=whole.id, relation="part_of")
    passage = project.highlight(version.id, [(4, 11)])
    agent = project.agent("The council", kind="government")
    project.appear(passage.id, whole.id, agent=agent.id, role="asserts")
    project.edit(whole.id, valid_from="2024", as_of="2025-06", review_by="2027-01-01")
    project.conclude(whole.id, verdict="refuted", justification="Weighed.", flags=["misleading"], stage="submitted")
    project.conclude(part.id, verdict="too_vague", as_of="2026-02-03")
    out = project.export("claimreview", tmp_path / "out.jsonld")
    assert (project.import_annotations(out).new, project.import_annotations(out).left_out) == (0, ())
    with annotator.open_project(tmp_path / "other.annotator", annotator="Bob", create=True) as elsewhere:
        report = elsewhere.import_annotations(out)
        assert (report.left_out, report.levels, report.by) == ((), (), ("Ada",))
        assert _concluded(elsewhere) == _concluded(project)
        assert elsewhere.import_annotations(out).new == 0


def _concluded(project: Project) -> list[str]:
    reader = project.store.read()
    agents = {each.id: (each.name, each.agent_kind) for each in reader.all(Agent)}
    claims = {each.id: each for each in reader.all(Claim)}
    found = []
    for claim in claims.values():
        above = claims[claim.parent].text if claim.parent else ""
        fields = (
            claim.date,
            claim.location,
            claim.valid_from,
            claim.valid_to,
            claim.as_of,
            claim.review_by,
            claim.relation,
        )
        found.append(repr((claim.text, above, [agents[id_] for id_ in claim.claimants], fields)))
    for each in reader.all(Conclusion):
        name = reader.get(Annotator, each.annotator_id).name
        concluded = (each.verdict, each.flags, each.justification, each.as_of, each.stage)
        found.append(repr((claims[each.claim_id].text, name, concluded)))
    return sorted(found)


def test_claims_that_are_parts_of_each_other(project: Project) -> None:
    def claim(id_: str, above: str) -> dict[str, Any]:
        part = {"@id": f"urn:x:{above}", "@type": "Claim"}
        return {"@id": f"urn:x:{id_}", "@type": "Claim", "text": f"Claim {id_}.", "isPartOf": part}

    report = taken(
        project, {"@context": "https://schema.org", "@graph": [claim("a", "b"), claim("b", "c"), claim("c", "a")]}
    )
    claims = {each.text: each for each in project.store.read().all(Claim)}
    assert (report.count("claim").new, [each.why for each in report.left_out]) == (3, [Why.CIRCLE])
    assert claims["Claim a."].parent == claims["Claim b."].id
    assert claims["Claim c."].parent is None
