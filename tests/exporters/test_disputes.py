"""What people set without having seen each other's: no export gives one of it as if it were settled, and each counts it."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from annotator.bundle.layout import CLAIMS
from annotator.bundle.verify import verify_bundle
from annotator.bundle.write import write_bundle
from annotator.domain.change import DELETED, Write
from annotator.domain.checks.case import Case as Case_
from annotator.domain.checks.registry import checks
from annotator.domain.checks.running import findings_of
from annotator.domain.ids import ChangeId, EntityId
from annotator.domain.kinds import Annotator, Claim, Conclusion, Linkage, Review, Waiver
from annotator.domain.review import Decision
from annotator.domain.webannotation import urn
from annotator.exporters.base import ALL, Exporter, ExportOptions, ProjectView, silent
from annotator.exporters.claimreview import CLAIM_REVIEW
from annotator.exporters.csv import CSV
from annotator.exporters.disputes import Disputes
from annotator.exporters.html import HTML
from annotator.exporters.webannotation import WEB_ANNOTATION
from annotator.store.reader import Reader
from annotator.store.store import Store
from tests.exporters.test_html import Reader as Page
from tests.factories import Maker, commit, created, new_store
from tests.store.rich import set_aside

FIELDS = 7
"""Values that are disputed below: two in the linkage, one each in claim, conclusion, source, passage and the other linkage."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the tests ask for by name."""

    claim: Claim
    calm: Claim
    linkage: Linkage
    doomed: Linkage
    conclusion: Conclusion
    ada: Annotator
    bob: Annotator


def beside(store: Store, makers: tuple[Maker, ...], id_: EntityId, kind: str, *fields: dict[str, Any]) -> None:
    """Let each person write without having seen the others, as colleagues who exchange bundles do."""
    changes: list[ChangeId] = []
    for make, given in zip(makers, fields, strict=True):
        changes.append(commit(store, make, Write(id_, kind, given), action="edit").id)
        set_aside(store, *changes)
    set_aside(store)


def build(store: Store) -> Case:
    """Make a case in which Ada and Bob see the same things differently."""
    ada = Maker()
    bob = copy(ada)
    bob.annotator = Annotator(id=ada.id(), name="Bob")
    calm = Claim(id=ada.id(), text="Nobody argues about this.")
    linkage = ada.new_linkage([ada.passage], rationale="As Ada saw it.")
    doomed = ada.new_linkage([ada.passage], "refutes")
    agreed = replace(ada.new_linkage([ada.passage]), claim_id=calm.id)
    conclusion = Conclusion(
        id=ada.id(), claim_id=ada.claim.id, annotator_id=ada.annotator.id, verdict="supported", justification="Weighed."
    )
    commit(store, ada, created(ada.annotator), created(ada.of_kind("scale")))
    commit(store, bob, created(bob.annotator))
    commit(store, ada, *map(created, (ada.agent, ada.source, ada.version)), blobs=ada.blobs)
    commit(store, ada, *map(created, (ada.passage, ada.claim, calm, linkage, doomed, agreed, conclusion)))
    both = (ada, bob)
    beside(store, both, ada.claim.id, "claim", {"text": "The water was safe."}, {"text": "The water is clean."})
    beside(
        store, both, linkage.id, "linkage", {"verdict": "refuted", "rationale": "A"}, {"verdict": "", "rationale": "B"}
    )
    beside(store, both, doomed.id, "linkage", {DELETED: True}, {"rationale": "Keep it."})
    beside(store, both, conclusion.id, "conclusion", {"verdict": "refuted"}, {"verdict": "conflicting_evidence"})
    beside(store, both, ada.source.id, "source", {"title": "Water report 2025"}, {"title": "The water report"})
    beside(store, both, ada.passage.id, "passage", {"label": "one"}, {"label": "other"})
    heads = store.read().state(conclusion.id)
    assert heads is not None
    review = Review(
        id=ada.id(), about=conclusion.id, annotator_id=bob.annotator.id, decision=Decision.CONTESTED,
        comment="Which of the two?", as_of=tuple(sorted(heads.heads)),
    )  # fmt: skip
    waiver = Waiver(
        id=ada.id(), check="verdict-without-evidence", about=conclusion.id, annotator_id=bob.annotator.id,
        reason="It will come.",
    )  # fmt: skip
    early = replace(review, id=ada.id(), about=linkage.id, decision=Decision.ACCEPTED, comment="", as_of=())
    commit(store, bob, created(review), created(early), created(waiver))
    return Case(ada.claim, calm, linkage, doomed, conclusion, ada.annotator, bob.annotator)


@pytest.fixture(scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Case]]:
    store = new_store(Path(tmp_path_factory.mktemp("disputed")) / "case.annotator")
    yield store, build(store)
    store.close()


@pytest.fixture
def case(_built: tuple[Store, Case]) -> Case:
    return _built[1]


@pytest.fixture
def view(_built: tuple[Store, Case]) -> Iterator[ProjectView]:
    with _built[0].snapshot() as reader:
        yield reader


def written(exporter: Exporter, view: ProjectView, options: ExportOptions = ALL) -> bytes:
    out = io.BytesIO()
    exporter.write(view, out, options, silent)
    return out.getvalue()


def rows(view: ProjectView) -> dict[str, dict[str, str]]:
    table = csv.DictReader(io.StringIO(written(CSV, view).decode("utf-8-sig"), newline=""))
    return {row["linkage_id"]: row for row in table}


def page(view: ProjectView, *claims: EntityId) -> Page:
    return Page(written(HTML, view, ExportOptions(claims=claims)).decode())


def test_a_view_names_what_is_disputed(view: ProjectView, case: Case) -> None:
    disputed = view.disputed()
    assert disputed[case.linkage.id] == ("rationale", "verdict")
    assert disputed[case.doomed.id] == (DELETED,)
    assert case.calm.id not in disputed
    assert sum(map(len, disputed.values())) == FIELDS


def test_each_side_has_who_and_when(view: ProjectView, case: Case) -> None:
    disputes = Disputes(view, {case.ada.id: "Ada", case.bob.id: "Bob"})
    (verdict,) = disputes.of(case.conclusion.id)
    assert {(side.value, side.who) for side in verdict.sides} == {("refuted", "Ada"), ("conflicting_evidence", "Bob")}
    assert all(side.at.startswith("2026-01-01T") for side in verdict.sides)
    assert disputes.of(case.calm.id) == ()


def test_the_table_names_the_columns_and_counts(view: ProjectView, case: Case) -> None:
    found = rows(view)
    assert found[case.linkage.id]["disputed"] == "claim, verdict, source, rationale"
    assert found[case.linkage.id]["disputed_values"] == "4"
    assert found[case.doomed.id]["disputed"] == "claim, source, deleted"
    (calm,) = (row for row in found.values() if row["claim_id"] == case.calm.id)
    assert (calm["disputed"], calm["disputed_values"]) == ("source", "1")


def test_the_table_has_reviews(view: ProjectView, case: Case) -> None:
    assert rows(view)[case.linkage.id]["reviews"] == "Accepted by Bob, 1 January 2026 (of an earlier state)"


def test_the_page_lists_every_value_with_who_and_when(view: ProjectView) -> None:
    text = page(view).text
    for words in ("The water was safe. Ada, 1 January 2026", "The water is clean. Bob, 1 January 2026",
                  "Water report 2025 Ada,", "The water report Bob,", "deleted Ada,", "kept Bob,", "refuted Ada,"):  # fmt: skip
        assert words in text


def test_the_page_counts(view: ProjectView, case: Case) -> None:
    shown = FIELDS - 1
    assert f"{shown} values are disputed" in page(view).text
    assert "1 value is disputed" in page(view, case.calm.id).text


def test_the_page_marks_each_value_where_it_stands(view: ProjectView) -> None:
    told = written(HTML, view).decode()
    mark = '<span class="disputed"><span aria-hidden="true">⑂</span> disputed</span>'
    heading = re.search(r"<h2[^>]*>The water (?:is clean|was safe)\. (.*?)</h2>", told)
    title = re.search(r'<h3 class="published"[^>]*>[^<]* (.*?)</h3>', told)
    assert heading is not None
    assert title is not None
    assert re.search(rf'<div class="chips"><span class="chip solid[^>]*>.*?</span>{re.escape(mark)}', told)
    assert heading[1] == title[1] == mark
    summary, contents, headings, values, lists = 1, 2, 2, 3, 5
    assert told.count(mark) == summary + contents + headings + values + lists
    assert page(view).open == []


def test_the_page_has_reviews(view: ProjectView) -> None:
    text = page(view).text
    assert "Contested by Bob," in text
    assert ": Which of the two?" in text
    assert "Accepted by Bob," in text
    assert text.count("of an earlier state") == 1


def test_the_page_says_what_was_checked(view: ProjectView, case: Case) -> None:
    text = page(view).text
    assert f"{len(checks())} rules were applied to the project as it stands. Open: " in text
    assert "Waived: 1" in text
    found = findings_of(Case_.of(view))
    (waived,) = (finding for finding in found if finding.waiver)
    assert f"{waived.title}: {waived.message}" in text
    assert "Waived by Bob: It will come." in text
    for finding in found:
        assert finding.message in text
    only = page(view, case.calm.id).text
    assert "It will come." not in only
    assert "What was checked" in only


def test_two_people_who_imported_the_same_article_are_counted_once(store: Store, make: Maker) -> None:
    copy_ = replace(make.source, id=make.id(), title="The same report")
    twin = replace(make.version, id=make.id(), source_id=copy_.id)
    again = make.new_passage([(0, 4)])
    one, other = make.new_linkage([make.passage], rationale="First"), make.new_linkage([again], rationale="Second")
    commit(store, make, created(make.annotator), created(make.of_kind("scale")), created(make.agent))
    commit(store, make, *map(created, (make.source, make.version, copy_, twin)), blobs=make.blobs)
    commit(store, make, *map(created, (make.passage, again, make.claim, one, other)))
    with store.snapshot() as view:
        text, table = page(view).text, rows(view)
    assert "1 passage, 1 origin" in text
    assert text.count("First") == text.count("Second") == 1
    assert text.count("Same text asThe same report") == 1
    assert [row["source"] for row in table.values()] == [make.source.title] * 2


def test_web_annotations_name_the_fields(view: ProjectView, case: Case) -> None:
    collection = json.loads(written(WEB_ANNOTATION, view))
    items = {item["id"]: item for item in collection["first"]["items"]}
    claim, judgement, *_ = items[urn(case.linkage.id)]["body"]
    assert judgement["annotator:disputed"] == ["rationale", "verdict"]
    assert judgement["value"].endswith("disputed: rationale, verdict")
    assert claim["source"]["annotator:disputed"] == ["text"]
    assert items[urn(case.doomed.id)]["body"][1]["annotator:disputed"] == [DELETED]
    passages = [item for item in items.values() if item["motivation"] == "highlighting"]
    assert [item["annotator:disputed"] for item in passages] == [["label"]]
    in_the_source_and_the_conclusion = 2
    assert collection["annotator:disputed"] == FIELDS - in_the_source_and_the_conclusion


def test_a_disputed_verdict_is_no_rating(view: ProjectView, case: Case) -> None:
    graph = json.loads(written(CLAIM_REVIEW, view))["@graph"]
    nodes = {node["@id"]: node for node in graph if "@id" in node}
    review = nodes[urn(case.conclusion.id)]
    assert "reviewRating" not in review
    assert review["creativeWorkStatus"] == "draft; disputed: verdict"
    assert review["reviewBody"] == "Weighed."
    assert nodes[urn(case.claim.id)]["creativeWorkStatus"] == "disputed: text"
    assert "creativeWorkStatus" not in nodes[urn(case.calm.id)]
    assert graph[-1]["text"].startswith("2 values are disputed")


def test_nothing_is_said_where_nothing_is_disputed(view: ProjectView, case: Case, store: Store, make: Maker) -> None:
    only = json.loads(written(CLAIM_REVIEW, view, ExportOptions(claims=(case.calm.id,))))
    assert [node["@type"] for node in only["@graph"]] == ["Claim"]
    commit(store, make, created(make.annotator), created(make.claim))
    with store.snapshot() as calm:
        assert "isputed" not in page(calm).text
        assert b"isputed" not in written(WEB_ANNOTATION, calm)
        assert calm.disputed() == {}


def test_a_bundle_counts_and_its_readable_parts_name_the_fields(view: Reader, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "case.bundle.zip"
    report = write_bundle(view, path)
    assert report.disputed == FIELDS
    assert verify_bundle(path) == report
    with zipfile.ZipFile(path) as archive:
        names = {name.partition("/")[2]: name for name in archive.namelist()}
        claims = [json.loads(line) for line in archive.read(names[CLAIMS]).splitlines()]
    (review,) = (item for item in claims if item["@id"] == urn(case.conclusion.id))
    assert "reviewRating" not in review
