"""Other programs' annotations come in on the right words, once, and as one step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.domain.errors import ImportFailedError, NotFoundError, WrongArgumentError
from annotator.domain.foreign_levels import How
from annotator.domain.foreign_reasons import Why
from annotator.domain.foreign_report import ForeignReport
from annotator.domain.kinds import Annotator, Claim, Linkage, Note, Passage
from annotator.domain.source import Version
from annotator.services.project import Project

ADDRESS = "https://example.org/wall"
TEXT = (
    "The harbour wall\n\n"
    "The council says that “the wall cost 4\u00a0200\u00a0000 crowns” 🌊 and no more.\n"
    "An auditor found twice as much. The wall stands. No more is known.\n"
    "At the end the wall stands again, and an auditor found nothing.\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with annotator.open_project(tmp_path / "case.annotator", annotator="Ada", create=True) as opened:
        yield opened


@pytest.fixture
def version(project: Project) -> Version:
    return project.import_source(("wall.txt", TEXT.encode()), url=ADDRESS)


def on(quote: str, *, prefix: str = "", suffix: str = "", source: str = ADDRESS, **more: Any) -> dict[str, Any]:
    """Return an annotation of these words."""
    selector = {"type": "TextQuoteSelector", "exact": quote, "prefix": prefix, "suffix": suffix}
    target = {"source": source, "selector": selector}
    return {"id": f"https://notes.example/{abs(hash((quote, prefix)))}", "type": "Annotation", "target": target, **more}


def taken(project: Project, *annotations: dict[str, Any], **options: Any) -> ForeignReport:
    return project.import_annotations(("notes.json", json.dumps(annotations).encode()), "webannotation", **options)


def quotes(project: Project) -> list[str]:
    return [passage.quote for passage in project.store.read().all(Passage)]


def test_words_are_found_whatever_the_offsets_say(project: Project, version: Version) -> None:
    annotation = on("twice as much")
    annotation["target"]["selector"] = [
        annotation["target"]["selector"],
        {"type": "TextPositionSelector", "start": 3, "end": 16},
    ]
    report = taken(project, annotation)
    assert (report.count("passage").new, report.left_out) == (1, ())
    (passage,) = project.store.read().all(Passage)
    assert passage.text == version.text
    assert passage.quote == "twice as much"


def test_what_stands_around_tells_which_of_two_is_meant(project: Project, version: Version) -> None:
    report = taken(project, on("wall stands", prefix="At the end the ", suffix=" again"), on("auditor found"))
    (passage,) = (each for each in project.store.read().all(Passage) if each.text == version.text)
    assert passage.fragments[0].start == TEXT.index("At the end") + len("At the end the ")
    assert [(each.words, each.why) for each in report.waiting] == [("auditor found", Why.SEVERAL)]


def test_other_white_space_is_the_same_words_and_other_words_are_not(project: Project, version: Version) -> None:
    report = taken(project, on("cost 4 200 000\n  crowns”"), on("An auditor found thrice as much."))
    assert sorted(quotes(project), reverse=True) == [
        "cost 4\u00a0200\u00a0000 crowns”",
        "An auditor found thrice as much.",
    ]
    (waits,) = report.waiting
    assert (waits.kind, waits.why, waits.detail) == ("passage", Why.CHANGED, "An auditor found twice as much.")


def test_short_words_among_other_words_are_in_doubt(project: Project, version: Version) -> None:
    report = taken(project, on("twice", prefix="the bridge was built ", suffix=" over the river by mistake"))
    assert [each.why for each in report.waiting] == [Why.ELSEWHERE]
    (passage,) = project.store.read().all(Passage)
    assert passage.text != version.text


def test_what_is_in_doubt_waits_for_a_person(project: Project, version: Version) -> None:
    before = project.store.read().state_digest()
    doubtful = [on("An auditor found thrice as much."), on("auditor found"), on("nowhere to be found")]
    linked = on(
        "twice", prefix="the bridge was built ", suffix=" by mistake", body=[{"type": "TextualBody", "value": "No"}]
    )
    report = taken(project, *doubtful, linked)
    after = project.store.read().state_digest()
    assert (len(report.waiting), report.left_out, report.count("note").new) == (4, (), 1)
    rows = {row.quote: row for row in project.anchors(version.id)}
    assert {quote: (row.state.value, row.found) for quote, row in rows.items()} == {
        "An auditor found thrice as much.": ("changed", "An auditor found twice as much."),
        "auditor found": ("changed", "auditor found"),
        "twice": ("changed", "twice"),
        "nowhere to be found": ("orphaned", ""),
    }
    assert not any(row.is_settled for row in rows.values())
    assert taken(project, *doubtful, linked).new == 0
    assert project.store.read().state_digest() == after
    project.accept_anchor(rows["twice"].id)
    project.undo()
    project.undo()
    assert project.store.read().state_digest() == before
    assert len(taken(project, *doubtful, linked).waiting) == 4
    project.verify()


def test_a_longer_file_brings_only_what_is_new_in_doubt(project: Project, version: Version) -> None:
    first = taken(project, on("nowhere to be found"))
    second = taken(project, on("nowhere to be found"), on("never said"))
    assert (first.count("passage").new, second.count("passage").new, second.count("passage").known) == (1, 1, 1)
    assert len(project.anchors(version.id)) == 2


def test_what_waits_is_not_found_in_a_new_version_without_a_person(project: Project, version: Version) -> None:
    """The same words in a new version are no more certain than they were, unless somebody has decided on them."""
    taken(project, on("auditor found"), on("twice", prefix="the bridge was built ", suffix=" by mistake"))
    (several, short) = sorted(project.anchors(version.id), key=lambda row: row.quote)
    project.accept_anchor(short.id)
    report = project.add_version(version.source_id, ("wall.txt", f"News.\n{TEXT}".encode()))
    rows = {row.quote: row for row in project.anchors(report.version.id)}
    assert (rows["auditor found"].state.value, rows["auditor found"].is_settled) == ("changed", False)
    assert rows["twice"].is_settled
    assert several.passage in report.changed


def test_words_that_wait_are_no_words_of_the_source(project: Project, version: Version) -> None:
    taken(project, on("The mayor has confessed to everything."))
    assert project.check_quotation("The mayor has confessed to everything.").places == ()


def test_what_was_looked_at_is_not_worked_out_again(project: Project, version: Version) -> None:
    data = json.dumps([on("twice as much"), on("nowhere to be found")]).encode()
    preview = project.preview_annotations(("notes.json", data), format="webannotation")
    worked = {key: id(found) for key, found in preview.worked.placed.items()}
    assert len(worked) == 2
    project.import_annotations(preview)
    assert {key: id(found) for key, found in preview.worked.placed.items()} == worked


def test_a_source_that_is_not_here_is_asked_for_and_can_be_chosen(project: Project, version: Version) -> None:
    annotation = on("twice as much", source="https://elsewhere.example/copy")
    report = taken(project, annotation)
    assert (report.new, report.missing[0].words, report.missing[0].count) == (0, "https://elsewhere.example/copy", 1)
    assert project.done == [] or project.done[-1].label != "Import annotations"
    chosen = taken(project, annotation, source={report.missing[0].key: version.source_id})
    assert chosen.count("passage").new == 1
    assert taken(project, annotation, source=version.id).count("passage").known == 1
    with pytest.raises(NotFoundError):
        taken(project, annotation, source="0190a000-0000-7000-8000-000000000000")


def test_addresses_differ_in_what_does_not_matter(project: Project, version: Version) -> None:
    assert taken(project, on("twice as much", source="http://www.example.org/wall/#top")).count("passage").new == 1


def test_the_same_again_adds_nothing_and_one_undo_takes_all_back(project: Project, version: Version) -> None:
    before = project.store.read().state_digest()
    annotation = on(
        "twice as much",
        creator={"id": "acct:eve@notes.example", "name": "E\u202eve\u200b"},
        body=[
            {"type": "TextualBody", "value": "Is it?"},
            {"type": "TextualBody", "purpose": "tagging", "value": "cost"},
        ],
    )
    first = taken(project, annotation)
    after = project.store.read().state_digest()
    assert (first.count("passage").new, first.count("note").new, first.by) == (1, 1, ("Eve",))
    (passage,), (note,) = project.store.read().all(Passage), project.store.read().all(Note)
    assert (passage.label, note.text, note.about) == ("cost", "Is it?", passage.id)
    assert passage.annotator_id == note.annotator_id != project.annotator_id
    second = taken(project, annotation)
    assert (second.new, second.known) == (0, 3)
    assert project.store.read().state_digest() == after
    project.undo()
    assert project.store.read().state_digest() == before
    assert taken(project, annotation).new == 2
    assert project.store.read().state_digest() == after
    project.verify()


def test_names_that_could_be_taken_for_others_are_told(project: Project, version: Version) -> None:
    report = taken(project, on("twice as much", creator={"id": "https://notes.example/u", "name": "Аda"}))
    assert [(each.name, each.like) for each in report.names] == [("Аda", "Ada")]
    assert not taken(project, on("No more is known", creator={"id": "https://notes.example/v", "name": "Bo"})).names


def test_a_preview_writes_nothing_and_is_what_comes(project: Project, version: Version) -> None:
    before = project.store.read().state_digest()
    data = json.dumps([on("twice as much"), on("nowhere to be found")]).encode()
    preview = project.preview_annotations(("notes.json", data), format="webannotation")
    assert project.store.read().state_digest() == before
    assert project.import_annotations(preview) == preview.report


def tagged(quote: str, *tags: str) -> dict[str, Any]:
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags]
    return on(quote, creator="https://notes.example/eve", body=bodies)


def test_a_person_says_what_tags_become_and_it_is_kept(project: Project, version: Version) -> None:
    said = {"The wall is dear": "claim", "PRO": "stance:supports"}
    first = tagged("twice as much", "The wall is dear", "pro", "cost")
    report = taken(project, first, codes=said)
    assert {code.path[-1]: code.becomes for code in report.codes} == {
        "The wall is dear": "claim", "pro": "stance:supports", "cost": "label",
    }  # fmt: skip
    reader = project.store.read()
    (linkage,), (claim,), (passage,) = reader.all(Linkage), reader.all(Claim), reader.all(Passage)
    assert (claim.text, passage.label) == ("The wall is dear", "cost")
    assert (linkage.claim_id, linkage.passage_ids, linkage.stance) == (claim.id, (passage.id,), "supports")
    assert linkage.annotator_id == passage.annotator_id != project.annotator_id
    again = tagged("The wall stands", "The wall is dear", "pro")
    assert (
        project.preview_annotations(("notes.json", json.dumps([again]).encode()), format="webannotation")
        .report.count("linkage")
        .new
        == 1
    )


def test_what_was_said_of_tags_is_undone_with_the_import(project: Project, version: Version) -> None:
    data = ("notes.json", json.dumps([tagged("twice as much", "dear")]).encode())
    project.import_annotations(data, "webannotation", codes={"dear": "claim"})

    def becomes() -> str:
        (code,) = project.preview_annotations(data, format="webannotation").report.codes
        return code.becomes

    assert becomes() == "claim"
    project.undo()
    assert becomes() == "label"
    project.redo()
    assert becomes() == "claim"
    project.import_annotations(
        ("b.json", json.dumps([tagged("The wall stands", "dear")]).encode()), "webannotation", codes={"dear": "label"}
    )
    assert becomes() == "label"
    project.undo()


def test_a_tag_that_is_not_there_and_what_none_becomes_are_refused(project: Project, version: Version) -> None:
    with pytest.raises(WrongArgumentError, match="“dear” is no code of the file"):
        taken(project, tagged("twice as much", "cost"), codes={"dear": "claim"})
    with pytest.raises(WrongArgumentError, match="maybe"):
        taken(project, tagged("twice as much", "cost"), codes={"cost": "stance:maybe"})


def test_people_that_a_file_names_go_out_in_a_bundle(project: Project, version: Version, tmp_path: Path) -> None:
    """They are entered by who takes the file in, and undone with it: a bundle with either is whole."""
    annotation = on("twice as much", creator={"id": "acct:eve@notes.example", "name": "Eve"})
    taken(project, annotation, on("nowhere to be found", creator="acct:eve@notes.example"))
    for step in ("undo", "redo", ""):
        path = project.export("bundle", tmp_path / f"case{step}.bundle.zip")
        annotator.verify_bundle(path)
        with annotator.open_project(tmp_path / f"bob{step}.annotator", annotator="Bob", create=True) as bob:
            bob.merge(bob.plan_merge(path))
            assert (quotes(bob), bob.anchors(version.id)) == (quotes(project), project.anchors(version.id))
            names = {each.name for each in bob.store.read().all(Annotator)}
            assert ("Eve" in names) == (step != "redo")
            bob.verify()
        if step:
            getattr(project, step)()


def test_what_goes_out_comes_back_whole(project: Project, version: Version, tmp_path: Path) -> None:
    one = project.highlight(version.id, [(4, 11), (20, 27)], label="cost")
    other = project.highlight(version.id, [(TEXT.index("twice"), TEXT.index("twice") + 5)])
    claim = project.add_claim("The wall cost 4.2 million.")
    said: dict[str, Any] = {
        "stance": "refutes",
        "verdict": "refuted",
        "confidence": "moderate",
        "rationale": "Twice.\nIt says so.",
        "reasons": ["directness"],
        "basis": "named_report",
        "question": "How much?",
        "credibility": 2,
    }
    project.link([one.id, other.id], claim.id, **said)
    project.link(other.id, claim.id, stance="qualifies")
    gone = project.link(one.id, claim.id, stance="supports", verdict="supported", confidence="low")
    project.withdraw(gone.id, reason="A mistake.")
    out = project.export("webannotation", tmp_path / "out.jsonld")
    assert project.import_annotations(out).new == 0
    with annotator.open_project(tmp_path / "other.annotator", annotator="Bob", create=True) as elsewhere:
        elsewhere.import_source(("copy.txt", TEXT.encode()))
        report = elsewhere.import_annotations(out)
        assert (report.left_out, report.by, report.levels) == ((), ("Ada",), ())
        assert _judged(elsewhere) == _judged(project)
        assert elsewhere.import_annotations(out).new == 0


def _judged(project: Project) -> list[tuple[object, ...]]:
    """Return all judgements, without the ids that differ from project to project."""
    reader = project.store.read()
    names = {each.id: each.name for each in reader.all(Annotator)}
    found = []
    for linkage in reader.all(Linkage):
        passages = [reader.get(Passage, id_) for id_ in linkage.passage_ids]
        places = tuple((each.text, each.fragments, each.area, each.label, each.fidelity) for each in passages)
        fields = tuple(
            getattr(linkage, name) for name in Linkage.__dataclass_fields__ if not name.endswith(("id", "ids"))
        )
        claim = reader.get(Claim, linkage.claim_id).text
        found.append((linkage.rationale, names[linkage.annotator_id], claim, places, fields))
    return sorted(found, key=repr)


def test_an_unknown_level_stays_as_it_is_until_a_person_matches_it(project: Project, version: Version) -> None:
    claim = {"source": {"id": "urn:x:claim", "annotator:claim": "It cost more."}, "purpose": "linking"}
    judged = {"type": "TextualBody", "value": "-", "annotator:stance": "undermines", "annotator:verdict": "Refuted"}
    annotation = on("twice as much", body=[claim, judged], motivation="assessing")
    report = taken(project, annotation)
    (linkage,) = project.store.read().all(Linkage)
    assert (linkage.stance, linkage.verdict) == ("undermines", "refuted")
    assert [(each.words, each.how) for each in report.levels] == [("undermines", How.KEPT)]
    assert "scale-mismatch" in {finding.code for finding in project.findings()}
    project.undo()
    taken(project, annotation, levels={"undermines": "refutes"})
    (linkage,) = project.store.read().all(Linkage)
    assert linkage.stance == "refutes"
    project.undo()
    with pytest.raises(WrongArgumentError, match="supports, refutes"):
        taken(project, annotation, levels={"undermines": "no such level"})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n ", "blank lines"),
        (b"{", "not JSON"),
        (b"\xff\xfe\xfd{}", "UTF-8"),
        (b"[" * 200_000 + b"]" * 200_000, "nested deeper"),
        (b'{"type": "AnnotationPage", "items": 7}', "no Web Annotation in it"),
        (b"42", "no Web Annotation in it"),
        (b"null", "no Web Annotation in it"),
        (b'{"a": 1}\n{"b": ', "line 2"),
    ],
)
def test_bad_files_get_one_sentence_and_nothing_is_written(
    project: Project, version: Version, data: bytes, says: str
) -> None:
    before = project.store.read().state_digest()
    with pytest.raises(ImportFailedError, match=says):
        project.import_annotations(("notes.json", data), "webannotation")
    assert project.store.read().state_digest() == before


def test_a_file_of_no_known_format_and_a_format_that_is_none(project: Project) -> None:
    with pytest.raises(ImportFailedError, match="no annotations in a format that is known here"):
        project.import_annotations(("notes.json", b"just words"))
    with pytest.raises(WrongArgumentError, match="webannotation"):
        project.import_annotations(("notes.json", b"{}"), "docx")


@pytest.mark.parametrize(
    "annotation",
    [
        {"type": "Annotation", "target": 5},
        {"type": "Annotation", "target": None, "body": None},
        {"type": "Annotation", "target": {"source": {"id": 4}}, "body": [[[]]]},
        {"type": "Annotation", "target": [{"source": ADDRESS, "selector": {"type": [], "refinedBy": [[]]}}]},
        {
            "type": "Annotation",
            "target": {"source": ADDRESS, "selector": {"type": "TextPositionSelector", "start": 1e300}},
        },
        {"type": "Annotation", "target": {"source": ADDRESS, "selector": "https://a.example/s"}, "creator": [[]]},
    ],
)
def test_annotations_of_a_wrong_shape_are_told(project: Project, version: Version, annotation: dict[str, Any]) -> None:
    report = taken(project, annotation)
    assert report.new == 0
    assert report.left_out
