"""Reports of what is rare: very many linkages, chains without end, words without blanks, originals that were withheld."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import pairwise

import pytest

from annotator.domain.change import Blob
from annotator.domain.codec import canonical
from annotator.domain.ids import digest_of
from annotator.domain.kinds import Appearance, Claim, Linkage, Passage, Source, Version
from annotator.domain.passage import fragments_of
from annotator.domain.structure import Structure
from annotator.domain.text import text_digest
from annotator.exporters.base import ALL, silent
from annotator.exporters.chain_layout import TALLEST
from annotator.exporters.html import HTML
from annotator.exporters.lettering import right_to_left, width, wrapped
from annotator.exporters.page_tree import Node, read_page
from annotator.exporters.report_setting import set_page
from tests.exporters.test_report_pdf import words
from tests.factories import Maker, commit, created, new_store

PASSAGES, CHAIN = 60, 520
LONG = "A" * 300
TEXT = "".join(f"{number:04d} قال الوزير 😀 {LONG if number == 3 else 'said'}.\n" for number in range(PASSAGES))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = new_store(tmp_path_factory.mktemp("extremes") / "case.annotator")
    make = Maker()
    ids = make.id
    structure = Blob("structure", canonical(Structure()))
    source = Source(id=ids(), title="عنوان", language="ar")
    version = Version(
        id=ids(),
        source_id=source.id,
        text=text_digest(TEXT),
        structure=structure.digest,
        original=digest_of(b"kept back"),
    )
    claim = Claim(id=ids(), text=f"A claim with a word of {LONG}")
    starts = [TEXT.index(f"{number:04d}") for number in range(PASSAGES)]
    passages = [
        Passage(id=ids(), text=version.text, fragments=fragments_of(TEXT, [(start, end - 1)]))
        for start, end in pairwise((*starts, len(TEXT)))
    ]
    linkages = [
        Linkage(id=ids(), passage_ids=(passage.id,), claim_id=claim.id, annotator_id=make.annotator.id,
                stance=("refutes", "supports", "elsewhere")[number % 3])
        for number, passage in enumerate(passages)
    ]  # fmt: skip
    chain: list[Appearance] = []
    for _ in range(CHAIN):
        above = chain[-1].id if chain else None
        chain.append(Appearance(id=ids(), passage_id=passages[0].id, claim_id=claim.id, derived_from=above))
    commit(
        store, make, *map(created, (make.annotator, source, version)), blobs=(Blob("text", TEXT.encode()), structure)
    )
    commit(store, make, *map(created, (claim, *passages, *linkages, *chain)))
    out = io.BytesIO()
    with store.snapshot() as reader:
        HTML.write(reader, out, ALL, silent)
    yield out.getvalue().decode()
    store.close()


@pytest.fixture(scope="module")
def tree(page: str) -> Node:
    return read_page(page)


def test_many_passages_are_folded_behind_a_line_that_counts_them(tree: Node) -> None:
    folds = [node for node in tree.walk() if node.tag == "summary" and "more passages" in node.text]
    assert [fold.text for fold in folds] == [f"{PASSAGES // 3 - 12} more passages"] * 3
    assert len([node for node in tree.walk() if node.tag == "blockquote"]) == PASSAGES


def test_the_picture_stays_on_a_page_and_counts_what_it_does_not_draw(tree: Node) -> None:
    picture = next(node for node in tree.walk() if "wide" in node.classes)
    assert float(picture.attributes["viewbox"].split()[3]) <= TALLEST
    assert f"Passages: {PASSAGES}." in picture.text
    signs = sorted(float(node.attributes["y"]) for node in picture.walk() if "tint" in node.classes)
    assert all(after - before >= 20 for before, after in pairwise(signs))


def test_a_chain_without_end_is_told_whole_and_never_too_deep(tree: Node) -> None:
    chain = next(node for node in tree.walk() if node.tag == "ul" and "chain" in node.classes)
    assert len([node for node in chain.walk() if node.tag == "li"]) == CHAIN


def test_a_withheld_original_is_called_so_and_named_by_its_digest(page: str) -> None:
    assert "withheld: only its digest is known here" in page
    assert digest_of(b"kept back") in page


def test_a_scale_from_elsewhere_has_its_word_and_no_class_of_its_own(tree: Node) -> None:
    assert not [node for node in tree.walk() if "elsewhere" in node.classes]
    assert "Not defined in this project." in tree.text


def test_the_paper_holds_it_too(page: str) -> None:
    text = words(set_page(page))
    assert f"{PASSAGES - 1:04d}" in text
    assert text.replace(" ", "").replace("\ufffe", "").count("A" * 40) >= 2


@pytest.mark.parametrize(
    "told", ["plain words that go on", LONG, "市长说新水表使账单上涨了百分之四十", "é" * 50, "👩‍👩‍👧‍👦" * 20, ""]
)
@pytest.mark.parametrize("lines", [1, 3])
def test_lines_have_room_and_only_the_last_is_cut(told: str, lines: int) -> None:
    found = wrapped(told, 8, lines)
    assert len(found) <= lines
    assert all(width(line) <= 8 for line in found)
    whole = "".join(found).replace(" ", "")
    assert whole.removesuffix("…") == told.replace(" ", "")[: len(whole.removesuffix("…"))]
    assert whole.endswith("…") == (whole != told.replace(" ", ""))


def test_the_direction_of_words() -> None:
    assert right_to_left("40٪ قال")
    assert not right_to_left("Er sagt: قال")
    assert not right_to_left("40")


def test_an_own_picture_for_a_phone(tree: Node) -> None:
    pictures = [node for node in tree.walk() if node.tag == "svg"]
    assert [node.classes for node in pictures] == [["wide"], ["narrow"]]
    assert float(pictures[1].attributes["viewbox"].split()[2]) < 360
