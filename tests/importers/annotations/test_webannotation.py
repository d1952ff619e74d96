"""Web Annotations and Hypothesis as they are found: pages of collections, tags that are kept elsewhere, answers of a service."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.foreign_placing import Doubt, Ground
from annotator.domain.foreign_reasons import Why
from annotator.importers.annotations.hypothesis import READER as HYPOTHESIS
from annotator.importers.annotations.hypothesis_read import read_hypothesis
from annotator.importers.annotations.webannotation_read import read_web_annotations

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def note(id_: str, exact: str = "the wall") -> dict[str, Any]:
    target = {"source": "https://example.org/", "selector": {"type": "TextQuoteSelector", "exact": exact}}
    return {"id": f"https://notes.example/{id_}", "type": "Annotation", "bodyValue": "So.", "target": target}


def test_pages_inside_of_a_collection_and_one_after_the_other() -> None:
    page = {"id": "https://notes.example/p1", "type": "AnnotationPage", "items": [note("1"), note("2")], "next": "p2"}
    collection = {"@context": CONTEXT, "type": ["BasicContainer", "AnnotationCollection"], "total": 3, "first": page}
    lines = "\n".join(json.dumps(each) for each in (collection, {"type": "AnnotationPage", "items": [note("3")]}))
    foreign = read_web_annotations(lines.encode(), "a.jsonl")
    assert [passage.key[-1] for passage in foreign.passages] == ["1", "2", "3"]


def test_a_collection_that_only_names_its_pages_says_what_to_do() -> None:
    collection = {"type": "AnnotationCollection", "total": 42023, "first": "https://notes.example/page1"}
    with pytest.raises(ImportFailedError, match="on pages that are kept elsewhere and never fetched"):
        read_web_annotations(json.dumps(collection).encode(), "a.json")


def test_a_tag_that_is_kept_elsewhere_is_told() -> None:
    body = {"type": "SpecificResource", "purpose": "tagging", "source": "https://example.org/city1"}
    target = {"id": "https://example.org/photo1", "type": "Image"}
    annotation = {"@context": CONTEXT, "id": "x:1", "type": "Annotation", "body": body, "target": target}
    (left,) = read_web_annotations(json.dumps(annotation).encode(), "a.json").left_out
    assert (left.why, left.detail) == (Why.BODY, "https://example.org/city1")


ROW: dict[str, Any] = {
    "id": "vU6pMACEEem9PdtjGwIgQw",
    "user": "acct:gardener@hypothes.is",
    "user_info": {"display_name": None},
    "uri": "https://example.org/study",
    "document": {"title": ["A study"]},
    "tags": ["Walls", "Cost"],
    "text": "",
    "hidden": False,
    "flagged": False,
    "permissions": {"read": ["group:n9iXjarQ"]},
    "target": [
        {
            "source": "https://example.org/study",
            "selector": [
                {"type": "FragmentSelector", "value": "maincontent", "conformsTo": "https://tools.ietf.org/html/rfc3236"},
                {"type": "RangeSelector", "startContainer": "/p[4]", "endContainer": "/p[5]", "startOffset": 0, "endOffset": 2},
                {"type": "TextPositionSelector", "start": 6648, "end": 6690},
                {"type": "TextQuoteSelector", "exact": "that the wall fell.METHODS: Somebody",
                 "prefix": "Abstract. We show ", "suffix": " looked at"},
            ],
        }
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    "answer", [{"rows": [ROW], "total": 1}, {"rows": [ROW], "replies": [], "total": 143}, [ROW], ROW]
)
def test_an_answer_of_the_service_of_hypothesis(answer: Any) -> None:
    data = json.dumps(answer).encode()
    assert HYPOTHESIS.recognises(data, "a.json")
    foreign = read_hypothesis(data, "a.json")
    assert [code.name for code in foreign.codes] == ["Walls", "Cost"]
    assert [(person.name, source.title) for person, source in zip(foreign.people, foreign.sources, strict=True)] == [
        ("gardener", "A study")
    ]
    (passage,) = foreign.passages
    assert foreign.left_out == ()
    here = "Abstract. We show that the wall fell.\nMETHODS:\nSomebody looked at it."
    found = Ground(here, lambda _: None, is_same=False).place(passage.stretches)
    assert not isinstance(found, Doubt)
    assert [here[start:end] for start, end in found] == ["that the wall fell.\nMETHODS:\nSomebody"]
