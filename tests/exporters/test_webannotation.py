"""The W3C Web Annotation model, as its own tests read it (they all pass; they are not shipped with this program)."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from annotator.domain.change import DELETED, Write
from annotator.domain.codec import parse
from annotator.domain.kinds import Linkage, Passage
from annotator.domain.webannotation import CONTEXT, urn, web_annotations
from annotator.exporters.base import ALL, ProjectView, silent
from annotator.exporters.webannotation import WEB_ANNOTATION
from annotator.store.store import Store
from tests.exporters.conftest import EVIL, TEXT, Case
from tests.factories import Maker, commit, created, fill

URI = re.compile(r"[a-z][a-z0-9+.-]*:[!-~]+")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
MOTIVATIONS = {"assessing", "highlighting", "linking", "commenting", "questioning", "tagging"}


@pytest.fixture
def collection(view: ProjectView) -> dict[str, Any]:
    out = io.BytesIO()
    WEB_ANNOTATION.write(view, out, ALL, silent)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture
def items(collection: dict[str, Any]) -> dict[str, Any]:
    return {item["id"]: item for item in collection["first"]["items"]}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from nodes(each)
    elif isinstance(value, list):
        for each in value:
            yield from nodes(each)


def test_the_collection(collection: dict[str, Any]) -> None:
    page = collection["first"]
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], page["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert collection["total"] == len(page["items"])
    assert page["partOf"]["id"] == collection["id"]
    assert page["startIndex"] == 0
    assert isinstance(collection["label"], str)


def test_one_annotation_a_passage_and_one_a_linkage(view: ProjectView, items: dict[str, Any]) -> None:
    passages = {urn(passage.id) for passage in view.all(Passage)}
    linkages = {urn(linkage.id) for linkage in view.all(Linkage)}
    assert {id_ for id_, item in items.items() if item["motivation"] == "highlighting"} == passages
    assert {id_ for id_, item in items.items() if item["motivation"] == "assessing"} == linkages
    assert list(items) == sorted(items)


def test_the_model(items: dict[str, Any]) -> None:
    for item in items.values():
        assert item["type"] == "Annotation"
        assert TIME.fullmatch(item["created"])
        assert item["creator"]["type"] == "Person"
        assert item["target"]
        for node in nodes(item):
            assert "id" not in node or URI.fullmatch(node["id"])
            assert node.get("purpose", "linking") in MOTIVATIONS
        for target in item["target"]:
            assert target["type"] == "SpecificResource"
            assert set(target) <= {"type", "source", "selector", "state", "annotator:text"}
            assert target["source"]["id"] == "https://example.org/r?a=1&b=2"
            assert target["source"]["format"] == "application/pdf"
            assert target["state"]["type"] == "TimeState"


def test_selectors_give_the_words(items: dict[str, Any], case: Case) -> None:
    (target,) = items[urn(case.passage.id)]["target"]
    quote, position, page = target["selector"]
    assert quote["type"] == "TextQuoteSelector"
    assert position["type"] == "TextPositionSelector"
    assert TEXT[position["start"] : position["end"]] == quote["exact"] == "a rise of 14.2 per cent"
    assert TEXT[: position["start"]].endswith(quote["prefix"])
    assert TEXT[position["end"] :].startswith(quote["suffix"])
    assert page == {
        "type": "FragmentSelector",
        "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
        "value": "page=1",
        "refinedBy": quote,
    }


def test_a_target_a_fragment_and_one_an_area(items: dict[str, Any], case: Case) -> None:
    targets = items[urn(case.joint.id)]["target"]
    assert len(targets) == 3
    assert targets[0]["selector"][0]["exact"] == "5 870 bills"
    assert targets[1]["selector"][0]["exact"] == EVIL
    assert targets[2]["selector"][0]["value"] == "page=2&viewrect=72.05,1.00,127.95,49.10"


def test_the_judgement_stands_in_codes_and_in_words(items: dict[str, Any], case: Case) -> None:
    claim, judgement, *_ = items[urn(case.joint.id)]["body"]
    assert claim["source"]["id"] == urn(case.claim.id)
    assert judgement["value"] == "Refutes; Supported; High confidence"
    assert judgement["annotator:stance"] == "refutes"
    assert judgement["annotator:verdict"] == "supported"
    assert judgement["annotator:confidence"] == "high"
    assert judgement["annotator:confidencePercent"] == 90
    assert judgement["annotator:reasons"] == ["amount"]


def test_what_was_withdrawn_says_so(items: dict[str, Any], case: Case) -> None:
    judgement = items[urn(case.withdrawn.id)]["body"][1]
    assert judgement["annotator:withdrawn"].startswith("A mistake.")
    assert "withdrawn: A mistake." in judgement["value"]


def test_a_corrected_linkage_has_both_times(items: dict[str, Any]) -> None:
    (changed,) = (item for item in items.values() if "modified" in item)
    assert changed["modified"] > changed["created"]


def test_a_text_without_a_source_and_passages_that_are_gone(store: Store, make: Maker) -> None:
    fill(store, make)
    linkage = make.new_linkage([make.passage])
    commit(store, make, created(linkage))
    commit(store, make, Write(make.version.id, "version", {DELETED: True}))
    with store.snapshot() as view:
        found = {each["id"]: each for each in map(parse, web_annotations(view))}
        assert found[urn(make.passage.id)]["target"][0]["source"]["id"].startswith("ni:///sha-256;")
    commit(store, make, Write(make.passage.id, "passage", {DELETED: True}))
    with store.snapshot() as view:
        found = {each["id"]: each for each in map(parse, web_annotations(view))}
    assert urn(linkage.id) not in found
    assert all(each["@context"] == CONTEXT for each in found.values())
