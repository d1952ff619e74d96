"""REFI-QDA projects and codebooks, by the rules of their schemas (both accept what is written; they are not shipped)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from annotator.domain.change import DELETED, Write
from annotator.domain.ids import EntityId
from annotator.domain.kinds import Annotator, Linkage, Note, Passage
from annotator.exporters.base import ALL, ExportOptions, ProjectView, silent
from annotator.exporters.refi_codebook import REFI_CODEBOOK
from annotator.exporters.refi_codes import CLAIMS, short
from annotator.exporters.refi_project import REFI_PROJECT
from annotator.store.store import Store
from tests.exporters.conftest import EVIL, TEXT, Case
from tests.exporters.refi_rules import CODEBOOK, PROJECT, faults
from tests.factories import TEXT as LETTERS
from tests.factories import Maker, commit, created, fill

_N = {"p": PROJECT, "c": CODEBOOK}


class Written:
    """What was exported, opened."""

    def __init__(self, view: ProjectView, options: ExportOptions = ALL) -> None:
        out = io.BytesIO()
        REFI_PROJECT.write(view, out, options, silent)
        self.data = out.getvalue()
        with zipfile.ZipFile(io.BytesIO(self.data)) as packed:
            self.files = {name: packed.read(name) for name in packed.namelist()}
        self.root = etree.fromstring(self.files["project.qde"])

    def find(self, path: str) -> list[etree._Element]:
        return list(self.root.iterfind(path, _N))

    def codes_of(self, selection: EntityId, by: EntityId) -> set[str]:
        codings = self.find(f".//*[@guid='{selection}']/p:Coding[@creatingUser='{by}']/p:CodeRef")
        labels = {each.get("guid") for each in self.find(".//p:Codes/p:Code[@name='Labels']/p:Code")}
        return {str(each.get("targetGUID")) for each in codings} - labels

    def words(self, selection: etree._Element) -> str:
        """Return the words that a selection marks in the file that its source names."""
        source = selection.getparent()
        assert source is not None
        text = self.files[f"sources/{source.get('plainTextPath', '').removeprefix('internal://')}"].decode()
        return text[int(selection.get("startPosition", "")) : int(selection.get("endPosition", ""))]


@pytest.fixture
def written(view: ProjectView) -> Written:
    return Written(view)


def test_the_rules_of_the_schema(written: Written, view: ProjectView, case: Case, empty_view: ProjectView) -> None:
    assert faults(written.root) == []
    assert faults(Written(view, ExportOptions(claims=(case.part.id,))).root) == []
    assert faults(Written(empty_view).root) == []


def test_the_rules_find_faults(written: Written) -> None:
    """What keeps to the rules is broken in each way that other programs break them."""
    (users,), (code, *_) = written.find("p:Users"), written.find(".//p:Code[p:Code]")
    for each in list(users):
        users.remove(each)
    code.append(etree.Element(f"{{{PROJECT}}}Description"))
    code.set("guid", "{1}")
    assert len([fault for fault in faults(written.root) if "names nothing" not in fault]) == 3


@pytest.mark.parametrize("part", [False, True])
def test_a_codebook(view: ProjectView, empty_view: ProjectView, case: Case, *, part: bool) -> None:
    out, empty = io.BytesIO(), io.BytesIO()
    REFI_CODEBOOK.write(view, out, ExportOptions(claims=(case.part.id,)) if part else ALL, silent)
    REFI_CODEBOOK.write(empty_view, empty, ALL, silent)
    root = etree.fromstring(out.getvalue())
    assert faults(root, CODEBOOK) == []
    assert faults(etree.fromstring(empty.getvalue()), CODEBOOK) == []
    names = [code.get("name") for code in root.iterfind("c:Codes/c:Code", _N)]
    assert names == ["Stance", "Verdict", "Confidence", "Claims"]
    claims = [code.get("guid") for code in root.iterfind(f".//c:Code[@guid='{CLAIMS}']/c:Code", _N)]
    assert claims == ([case.part.id] if part else [case.claim.id, case.part.id])
    assert root.find("c:Sets", _N) is None


def test_positions_are_code_points_of_the_file(written: Written, view: ProjectView) -> None:
    marked = {each.get("guid"): written.words(each) for each in written.find(".//p:PlainTextSelection")}
    for passage in view.all(Passage):
        if passage.fragments:
            assert marked[passage.id] == passage.fragments[0].quote
    assert len(marked) == sum(len(passage.fragments) for passage in view.all(Passage))


def test_code_points_behind_signs_that_take_two_units(store: Store, make: Maker) -> None:
    fill(store, make)
    start = LETTERS.index("disagree")
    passage = make.new_passage([(start, start + 8)])
    commit(store, make, created(passage))
    with store.snapshot() as view:
        written = Written(view)
    (found,) = written.find(f".//p:PlainTextSelection[@guid='{passage.id}']")
    assert "👩" in LETTERS[:start]
    assert (found.get("startPosition"), written.words(found)) == (str(start), "disagree")


def test_fragments_are_selections_tied_by_links(written: Written, case: Case) -> None:
    ((link, *_),) = ([each for each in written.find("p:Links/p:Link") if each.get("name") == "continued by"],)
    first, second = (written.find(f".//*[@guid='{link.get(end)}']")[0] for end in ("originGUID", "targetGUID"))
    assert (written.words(first), written.words(second)) == ("5 870 bills", EVIL)
    assert first.get("guid") in case.joint.passage_ids
    assert len(first.findall("p:Coding", _N)) == len(second.findall("p:Coding", _N)) == 4


def test_an_area_is_in_points_from_the_lower_left_corner(written: Written) -> None:
    (area,) = written.find(".//p:PDFSource/p:PDFSelection")
    sides = ("page", "firstX", "firstY", "secondX", "secondY")
    assert [area.get(side) for side in sides] == ["1", "72", "792", "200", "841"]


def test_the_judgements_of_two_people_on_one_passage(written: Written, view: ProjectView, case: Case) -> None:
    codebook = view.codebook()
    level = {code: codebook.scale(name).level(code).id for name, code in _JUDGED}
    ada, bob = (annotator.id for annotator in view.all(Annotator))
    assert written.codes_of(case.passage.id, ada) == {
        case.claim.id, case.part.id, level["refutes"], level["refuted"], level["low"], level["high"],
    }  # fmt: skip
    assert written.codes_of(case.passage.id, bob) == {
        case.claim.id,
        level["supports"],
        level["supported"],
        level["high"],
    }


_JUDGED = (
    ("stance", "supports"), ("stance", "refutes"), ("verdict", "supported"), ("verdict", "refuted"),
    ("confidence", "low"), ("confidence", "high"),
)  # fmt: skip


def test_a_linkage_is_known_by_its_note(written: Written, view: ProjectView, case: Case) -> None:
    notes = {note.get("guid"): note for note in written.find("p:Notes/p:Note")}
    for linkage in view.all(Linkage):
        if linkage.withdrawn:
            assert linkage.id not in notes
            continue
        words = notes[linkage.id].findtext("p:PlainTextContent", None, _N)
        assert (words or "").startswith(linkage.rationale[:8])
        codings = written.find(f".//p:Coding[p:NoteRef='']/p:NoteRef[@targetGUID='{linkage.id}']/../p:CodeRef")
        assert linkage.claim_id in {each.get("targetGUID") for each in codings}
    (percent,) = notes[case.joint.id].iterfind("p:VariableValue/p:IntegerValue", _N)
    assert percent.text == "90"


def test_conclusions_stand_at_their_claim(written: Written, case: Case) -> None:
    (claim,) = written.find(f".//p:Code[@guid='{case.claim.id}']")
    assert case.conclusion.id in {ref.get("targetGUID") for ref in claim.iterfind("p:NoteRef", _N)}
    (note,) = written.find(f"p:Notes/p:Note[@guid='{case.conclusion.id}']")
    assert (note.findtext("p:PlainTextContent", None, _N) or "").startswith("Weighed.")


def test_original_and_text_of_a_pdf(written: Written, case: Case) -> None:
    (source,) = written.find(f"p:Sources/p:PDFSource[@guid='{case.version.id}']")
    assert written.files[f"sources/{str(source.get('path')).removeprefix('internal://')}"] == b"%PDF-1.7"
    assert TEXT.encode() in written.files.values()


def test_every_file_is_named_by_a_source(written: Written) -> None:
    paths = [each.get(name, "") for each in written.root.iter() for name in ("path", "plainTextPath") if each.get(name)]
    assert sorted(written.files) == sorted(
        ["project.qde", *(path.replace("internal://", "sources/") for path in paths)]
    )


def test_private_notes_stay_and_shared_ones_go(store: Store, make: Maker) -> None:
    fill(store, make)
    shared, private = (
        Note(id=make.id(), about=make.passage.id, annotator_id=make.annotator.id, text=f"{word}\nnote", private=secret)
        for word, secret in (("Open", False), ("Hidden", True))
    )
    commit(store, make, created(shared), created(private))
    with store.snapshot() as view:
        written = Written(view)
    assert faults(written.root) == []
    (selection,) = written.find(f".//p:PlainTextSelection[@guid='{make.passage.id}']")
    assert shared.id in {ref.get("targetGUID") for ref in selection.iterfind("p:NoteRef", _N)}
    assert b"Hidden" not in written.files["project.qde"]


def test_labels_are_codes_too(store: Store, make: Maker) -> None:
    """Other programs look at nothing that bears no code."""
    fill(store, make)
    bears = replace(make.passage, id=make.id(), label="Money;  the  mayor; Money")
    remark = replace(make.passage, id=make.id(), label="r" * 101)
    commit(store, make, created(bears), created(remark))
    with store.snapshot() as view:
        written = Written(view)
    (labels,) = written.find(".//p:Codes/p:Code[@name='Labels']")
    assert [code.get("name") for code in labels] == ["Money", "the mayor", "two fragments"]
    refs = written.find(f".//*[@guid='{bears.id}']/p:Coding/p:CodeRef")
    assert [ref.get("targetGUID") for ref in refs] == [code.get("guid") for code in labels][:2]
    assert written.find(f".//*[@guid='{remark.id}']/p:Coding") == []
    assert faults(written.root) == []


def test_levels_that_no_scale_has_become_codes(store: Store, make: Maker) -> None:
    fill(store, make)
    linkage = make.new_linkage([make.passage], stance="leans towards")
    commit(store, make, created(linkage))
    with store.snapshot() as view:
        written = Written(view)
    assert faults(written.root) == []
    names = {code.get("name") for code in written.find(".//p:Code[@name='Stance']/p:Code")}
    assert names == {"Supports", "No", "leans towards"}


def test_words_whose_source_is_gone(store: Store, make: Maker) -> None:
    fill(store, make)
    commit(store, make, Write(make.version.id, "version", {DELETED: True}))
    with store.snapshot() as view:
        written = Written(view)
    assert faults(written.root) == []
    (selection,) = written.find(f".//p:PlainTextSelection[@guid='{make.passage.id}']")
    assert written.words(selection) == make.passage.quote


def test_one_claim_takes_only_what_it_rests_on(view: ProjectView, case: Case) -> None:
    written = Written(view, ExportOptions(claims=(case.part.id,)))
    assert {each.get("guid") for each in written.find(".//p:PlainTextSelection")} == {case.passage.id}
    assert {user.get("name") for user in written.find("p:Users/p:User")} == {"Ada"}


@pytest.mark.parametrize(("words", "name"), [("two\n lines", "two lines"), ("a" * 101, "a" * 99 + "…"), ("", "")])
def test_names_are_one_short_line(words: str, name: str) -> None:
    assert short(words) == name
