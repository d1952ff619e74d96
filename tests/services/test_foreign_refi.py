"""A project goes out as REFI-QDA and comes back whole; other programs' projects come in, and harmful ones change nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import annotator
from annotator.domain.errors import ImportFailedError
from annotator.domain.kinds import Agent, Annotator, Claim, Conclusion, Linkage, Note, Passage, Source, Version
from annotator.domain.passage import Area
from annotator.domain.structure import BlockKind
from annotator.importers.annotations.registry import read_foreign
from annotator.services.project import Project
from tests.importers.annotations.refi_files import coding, guid, project, qdpx, selection, text_source
from tests.importers.docx_files import docx, paragraph, run
from tests.importers.pdfs import Pdf, lines
from tests.importers.zips import MEBIBYTE, bomb

DOCUMENT = (
    Pdf()
    .page(lines(72, 700, ["The auditor looked at many bills in May", "and found a rise of fourteen per cent in all"]))
    .page(lines(72, 700, ["Another page on the same."]), rotate=90)
    .bytes()
)
POST = "Emoji 👩‍👩‍👧 before.\r\nThe mayor denies it all, “truly”.\r\nThe end of it 👍 is here."


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Project]:
    """Return a second, empty project of somebody else."""
    with annotator.open_project(tmp_path / "there.annotator", annotator="Bob", create=True) as opened:
        yield opened


def fill(project: Project) -> None:
    pdf = project.import_source(("bills.pdf", DOCUMENT))
    post = project.import_source(("post.txt", POST.encode()), url="https://example.org/x")

    def spans(version: Version, *words: str) -> list[tuple[int, int]]:
        text = project.text(version.id)
        return [(text.index(each), text.index(each) + len(each)) for each in words]

    claim = project.add_claim("Bills rose by 40 %", claimants=["ACLU", "Smith, Jr."], date="2025-05", location="Town")
    part = project.add_claim("They rose in May")
    project.edit(part.id, parent=claim.id, relation="contradicts")
    parts = project.highlight(pdf.id, spans(pdf, "auditor looked", "fourteen per cent"), label="Two parts")
    project.highlight_area(pdf.id, Area(page=1, left=1000, top=2000, right=5000, bottom=4000), label="A frame")
    thumb, denial = (project.highlight(post.id, spans(post, words)) for words in ("👍 is", "mayor denies"))
    project.highlight(post.id, spans(post, "The end"))
    project.link(
        parts.id, claim.id, stance="supports", verdict="supported", confidence="moderate", rationale="Because.\nTwice.",
        reasons=["directness"], basis="named_report", question="Who?", credibility=2,
    )  # fmt: skip
    project.link(
        [thumb.id, denial.id], claim.id, stance="refutes", verdict="refuted", confidence="low", rationale="Both"
    )
    project.link(thumb.id, part.id, stance="qualifies", confidence="high")
    project.conclude(
        claim.id, verdict="refuted", confidence="moderate", justification="All in all.", flags=["misleading"]
    )
    project.note(denial.id, "A note\non it")
    project.note(claim.id, "A note on the claim")


def told(project: Project) -> dict[str, list[Any]]:
    """Return what a project says, without its ids."""
    reader = project.store.read()
    people = {each.id: each.name for each in reader.all(Annotator)}
    passages = {each.id: (each.quote, each.label, each.area, len(each.fragments)) for each in reader.all(Passage)}
    claims = {each.id: each.text for each in reader.all(Claim)}
    named = {**passages, **claims}
    agents = {each.id: each.name for each in reader.all(Agent)}
    found: dict[str, list[Any]] = {
        "sources": [each.title for each in reader.all(Source)],
        "texts": [each.text for each in reader.all(Version)],
        "passages": list(passages.values()),
        "claims": [
            (
                each.text, [agents[id_] for id_ in each.claimants], each.date, each.location,
                claims.get(each.parent or each.id), each.relation,
            )
            for each in reader.all(Claim)
        ],
        "linkages": [
            (
                sorted(map(repr, (passages[id_] for id_ in each.passage_ids))), claims[each.claim_id], people[each.annotator_id],
                each.stance, each.verdict, each.confidence, each.confidence_percent, each.reasons, each.rationale,
                each.basis, each.question, each.credibility,
            )
            for each in reader.all(Linkage)
        ],
        "conclusions": [
            (claims[each.claim_id], people[each.annotator_id], each.verdict, each.flags, each.confidence,
             each.confidence_percent, each.reasons, each.justification, each.stage)
            for each in reader.all(Conclusion)
        ],
        "notes": [(repr(named.get(each.about)), people[each.annotator_id], each.text) for each in reader.all(Note)],
    }  # fmt: skip
    return {kind: sorted(lines, key=repr) for kind, lines in found.items()}


def test_a_project_comes_back_whole(project: Project, there: Project, tmp_path: Path) -> None:
    fill(project)
    out = project.export("qdpx", tmp_path / "case.qdpx")
    before = told(project)
    report = there.import_annotations(out)
    assert [left.words for left in report.left_out] == ["Medium (1)"]
    after = told(there)
    for kind, lines_ in before.items():
        assert after[kind] == lines_, kind
    assert report.by == ("Ada",)


def test_the_same_again_adds_nothing_and_one_step_takes_it_back(
    project: Project, there: Project, tmp_path: Path
) -> None:
    fill(project)
    out = project.export("qdpx", tmp_path / "case.qdpx")
    assert project.import_annotations(out).new == 0
    empty = there.state_digest()
    assert there.import_annotations(out).new > 0
    assert there.import_annotations(out).new == 0
    there.undo()
    assert there.state_digest() == empty


def test_a_pdf_that_came_with_another_text_has_its_pages_and_its_words(there: Project) -> None:
    """Another program has other line ends in the text of a PDF: the words are found in ours."""
    text = "The auditor looked at many\r\nbills in May and found a rise\r\nof fourteen per cent in all\r\n"
    start = text.index("bills in May and found")
    inside = selection(2, start, start + len("bills in May and found"), "bills in May and found")
    shown = f'<Representation guid="{guid(60)}" plainTextPath="internal://{guid(60)}.txt">{inside}</Representation>'
    source = f'<PDFSource guid="{guid(1)}" name="bills.pdf" path="internal://{guid(1)}.pdf">{shown}</PDFSource>'
    files = {f"{guid(1)}.pdf": DOCUMENT, f"{guid(60)}.txt": text.encode()}
    report = there.import_annotations(("theirs.qdpx", qdpx(project_xml(source), files)))
    assert (report.count("passage").new, report.left_out) == (1, ())
    (passage,) = there.store.read().all(Passage)
    (version,) = there.store.read().all(Version)
    assert passage.quote == "bills in May and found"
    assert version.media_type == "application/pdf"
    assert len(list(there.store.read().structure(version.structure).boxes(0, 10))) == 1


LINES = (
    "What was said",
    "The mayor 👍 denies it all.",
    "Nobody else does, three people say.",
    "So that was it, well...",
)
WORD = docx("".join(paragraph(run(line), "Heading1" if line == LINES[0] else "") for line in LINES))


def word_source(inside: str, *, plain: bool) -> str:
    path = f'plainTextPath="internal://{guid(60)}.txt"' if plain else ""
    rich = f'richTextPath="internal://{guid(1)}.docx"'
    return f'<TextSource guid="{guid(1)}" name="Interview" {rich} {path}>{inside}</TextSource>'


def test_a_word_document_comes_with_its_structure_and_its_words(there: Project) -> None:
    """The text beside it is counted as NVivo counts: an emoji is two, and so is a line end."""
    text = "\r\n".join(LINES)
    at = [len(text[: text.index(words)].encode("utf-16-le")) // 2 for words in ("mayor 👍", "three people say")]
    inside = selection(2, at[0], at[0] + 8, "mayor 👍") + selection(3, at[1], at[1] + 16, "three people say")
    files = {f"{guid(1)}.docx": WORD, f"{guid(60)}.txt": text.encode("utf-8-sig")}
    report = there.import_annotations(("theirs.qdpx", qdpx(project_xml(word_source(inside, plain=True)), files)))
    assert (report.count("passage").new, report.left_out) == (2, ())
    reader = there.store.read()
    (version,) = reader.all(Version)
    assert sorted(each.quote for each in reader.all(Passage)) == ["mayor 👍", "three people say"]
    assert version.name == "Interview.docx"
    assert reader.structure(version.structure).blocks[0].kind is BlockKind.HEADING


def test_a_word_document_alone_has_its_words_found_by_their_names(there: Project) -> None:
    """What the program counted is not quite what is read here: just the words of a name are taken, and no letter more."""
    joined, at = "denies it all. Nobody else does", "\n".join(LINES).index("denies")
    named = [
        (2, 400, 414, "Nobody else does"), (3, 500, 503, "NVivo has no name"), (4, 14, 23, "The mayor"),
        (5, 700, 800, "Nobody else…"), (6, 900, 950, "Nobody else did, four people say."),
        (7, 960, 980, "that was it, well..."), (8, at, at + len(joined) + 3, joined),
    ]  # fmt: skip
    inside = "".join(selection(*each) for each in named)
    files = {f"{guid(1)}.docx": WORD}
    report = there.import_annotations(("theirs.qdpx", qdpx(project_xml(word_source(inside, plain=False)), files)))
    assert sorted(each.quote for each in there.store.read().all(Passage)) == [
        "Nobody else did, four people say.", "Nobody else does", "The mayor", "denies it all.\nNobody else does",
        "that was it, well...",
    ]  # fmt: skip
    assert [waits.words for waits in report.waiting] == ["Nobody else did, four people say."]
    assert [(left.kind, left.words) for left in report.left_out] == [
        ("passage", "NVivo has no name"), ("passage", "Nobody else…"),
    ]  # fmt: skip


def test_a_word_document_that_is_damaged_leaves_its_text(there: Project) -> None:
    files = {f"{guid(1)}.docx": WORD[:-40], f"{guid(60)}.txt": b"Words"}
    source = word_source(selection(2, 0, 5, "Words"), plain=True)
    report = there.import_annotations(("theirs.qdpx", qdpx(project_xml(source), files)))
    assert (report.count("passage").new, report.left_out) == (1, ())
    alone = word_source(selection(2, 0, 5, "Words"), plain=False).replace(guid(1), guid(7))
    report = there.import_annotations(("b.qdpx", qdpx(project_xml(alone), {f"{guid(7)}.docx": WORD[:-40]})))
    (left,) = report.left_out
    assert (left.kind, left.detail) == (
        "source", "Its file is damaged and has no plain text beside it; it has 1 selection"
    )  # fmt: skip


def test_what_waits_goes_out_on_a_source_of_its_own(project: Project, tmp_path: Path) -> None:
    """Other programs know no passages that wait: they get the words as they were marked, and no place in the source."""
    project.import_source(("post.txt", POST.encode()), url="https://example.org/x")
    selector = {"type": "TextQuoteSelector", "exact": "The mayor owns it all"}
    note = {"type": "Annotation", "target": {"source": "https://example.org/x", "selector": selector}}
    assert len(project.import_annotations(("notes.json", json.dumps(note).encode()), "webannotation").waiting) == 1
    out = project.export("qdpx", tmp_path / "case.qdpx")
    foreign = read_foreign(out.read_bytes(), out.name, "qdpx")
    titles = {source.key: source.title for source in foreign.sources}
    assert sorted(titles.values()) == ["post", "post (marked in notes.json)"]
    assert [titles[passage.source] for passage in foreign.passages] == ["post (marked in notes.json)"]


def project_xml(sources: str) -> bytes:
    codes = f'<Code guid="{guid(5)}" name="Happy &lt;b&gt;" isCodable="true"/>'
    return project(codes=codes, sources=sources)


def test_codes_of_another_program_become_labels_by_who_coded(there: Project) -> None:
    inside = selection(2, 0, 5, "Words", coding(20, 5))
    there.import_annotations(("a.qdpx", qdpx(project_xml(text_source(1, inside)), {f"{guid(1)}.txt": b"Words"})))
    (passage,) = there.store.read().all(Passage)
    assert passage.label == "Happy <b>"
    assert "Cleo" in {each.name for each in there.store.read().all(Annotator)}


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 no more",
        bomb("project.qde", 300 * MEBIBYTE, {"project.qde": b""}),
        qdpx(project(codes="<Code>" * 300 + "</Code>" * 300)),
        qdpx(project()),
    ],
)
def test_harmful_files_change_nothing(there: Project, data: bytes) -> None:
    before = there.state_digest()
    with pytest.raises(ImportFailedError, match=r"theirs\.qdpx") as refused:
        there.import_annotations(("theirs.qdpx", data))
    assert "failed on it" not in str(refused.value)
    assert there.state_digest() == before
