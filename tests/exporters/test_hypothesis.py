"""What Hypothesis takes: the members that its service asks for, one page an annotation, ids and users as it writes them."""

from __future__ import annotations

import base64
import io
import json
import re
from typing import Any

import pytest

from annotator.domain.change import Write
from annotator.domain.ids import EntityId, to_bytes
from annotator.domain.kinds import Linkage, Passage
from annotator.domain.note import Note
from annotator.exporters.base import ALL, ProjectView, silent
from annotator.exporters.hypothesis import HYPOTHESIS
from annotator.store.store import Store
from tests.exporters.conftest import EVIL, TEXT, Case
from tests.factories import Maker, commit, created, fill

USER = re.compile(r"acct:[A-Za-z0-9._]+@[a-z.]+")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
SELECTORS = {"TextQuoteSelector", "TextPositionSelector", "PageSelector"}


def short(id_: EntityId) -> str:
    return base64.urlsafe_b64encode(to_bytes(id_)).decode().rstrip("=")


def exported(view: ProjectView) -> dict[str, Any]:
    out = io.BytesIO()
    HYPOTHESIS.write(view, out, ALL, silent)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture
def export(view: ProjectView) -> dict[str, Any]:
    return exported(view)


def test_the_export(export: dict[str, Any]) -> None:
    assert set(export) == {"export_date", "export_userid", "client_version", "annotations"}
    assert TIME.fullmatch(export["export_date"])
    assert export["export_date"] == max(each["updated"] for each in export["annotations"])
    assert USER.fullmatch(export["export_userid"])


def test_every_annotation(export: dict[str, Any]) -> None:
    ids = [each["id"] for each in export["annotations"]]
    assert len(set(ids)) == len(ids)
    for each in export["annotations"]:
        assert re.fullmatch(r"[A-Za-z0-9_-]{22}", each["id"])
        assert USER.fullmatch(each["user"])
        assert all(TIME.fullmatch(each[name]) for name in ("created", "updated"))
        assert isinstance(each["text"], str)
        assert all(isinstance(tag, str) for tag in each["tags"])
        assert each["uri"] == "https://example.org/r?a=1&b=2"
        assert (each["group"], each["permissions"]["read"]) == ("__world__", ["group:__world__"])
        for target in each["target"]:
            assert target["source"] == each["uri"]
            assert {selector["type"] for selector in target["selector"]} == SELECTORS


def test_passages_of_words_and_linkages_on_such(export: dict[str, Any], view: ProjectView, case: Case) -> None:
    found = {each["id"]: each for each in export["annotations"]}
    passages = [each for each in view.all(Passage) if each.fragments]
    assert {short(each.id) for each in passages} <= set(found)
    assert short(case.joint.id) not in found  # it rests on an area, too
    quote = next(each for each in found[short(case.passage.id)]["target"][0]["selector"] if "exact" in each)
    assert quote["exact"] == "a rise of 14.2 per cent"
    assert TEXT.index(quote["exact"]) - len(quote["prefix"]) == TEXT.index(quote["prefix"])
    assert len(found) == len(passages) + sum(each.id != case.joint.id for each in view.all(Linkage))


def test_a_judgement_is_told_in_words_that_markdown_leaves_alone(export: dict[str, Any], case: Case) -> None:
    (judged,) = (each for each in export["annotations"] if each["id"] == short(case.withdrawn.id))
    assert judged["tags"] == ["Refutes", "Refuted"]
    assert judged["text"].startswith("**Refutes; Refuted; High confidence; withdrawn: A mistake.")
    assert "<script" not in judged["text"].replace("\\<", "")
    assert judged["annotator:withdrawn"] == f"A mistake. {EVIL}"


def test_shared_notes_are_answers_and_private_ones_stay(store: Store, make: Maker) -> None:
    fill(store, make)
    shared = Note(id=make.id(), about=make.passage.id, annotator_id=make.annotator.id, text="Ask again")
    private = Note(id=make.id(), about=make.passage.id, annotator_id=make.annotator.id, text="Mine", private=True)
    commit(store, make, created(shared), created(private))
    commit(store, make, Write(make.source.id, "source", {"url": None}))
    with store.snapshot() as view:
        found = {each["id"]: each for each in exported(view)["annotations"]}
    assert found[short(shared.id)]["references"] == [short(make.passage.id)]
    assert short(private.id) not in found
    assert found[short(shared.id)]["uri"] == f"urn:uuid:{make.source.id}"
