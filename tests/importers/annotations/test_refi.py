"""REFI-QDA: words are found however they were counted, nothing outside is opened, and what does not come along is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.foreign import Foreign
from annotator.domain.foreign_coded import resolved
from annotator.domain.foreign_reasons import LeftOut, Why, reason
from annotator.domain.passage import Area
from annotator.importers.annotations.refi_read import read_codebook, read_project
from annotator.importers.annotations.registry import annotation_readers
from tests.importers.annotations.refi_files import USER, coding, guid, key, project, qdpx, selection, text_source
from tests.importers.pdfs import Pdf, lines
from tests.importers.zips import MEBIBYTE, bomb

PARTS = (
    "The mayor 👩‍👩‍👧 says that the water is safe.",
    "Nobody 👍 else says so, and nothing was measured since the spring.",
    "A “report” was promised; it never came, say three who asked for it.",
)
QUOTES = ("that the water is safe", "nothing was measured since the spring", "never came, say three who asked")
OTHER = "82D7C0E5-0000-4000-8000-0000000000FF"


def read(
    sources: str,
    files: dict[str, bytes] | None = None,
    *,
    codes: str = "",
    notes: str = "",
    more: str = "",
    **other: str,
) -> Foreign:
    data = qdpx(project(codes=codes, sources=sources, notes=notes, more=more, **other), files)
    return resolved(read_project(data, "a.qdpx"), {})


def on_text(text: str, inside: str, **more: str) -> Foreign:
    return read(text_source(1, inside), {f"{guid(1)}.txt": text.encode()}, **more)


def quotes(foreign: Foreign) -> list[str]:
    return [stretch.quote for passage in foreign.passages for stretch in passage.stretches]


def sentences(left_out: tuple[LeftOut, ...]) -> list[str]:
    return [reason(each) for each in left_out]


def widths(raw: str, *, utf16: bool, line_end: str) -> list[int]:
    """Return at which position each character of a text begins for a program that counts so; line ends are one character."""
    places, at = [], 0
    for index, letter in enumerate(raw):
        if letter == "\n" and raw[index - 1] == "\r":
            continue
        places.append(at)
        wide = utf16 and ord(letter) > 0xFFFF
        if letter in "\r\n":
            is_double = raw[index : index + 2] == "\r\n" if line_end == "written" else line_end == "two"
            wide = is_double
        at += 2 if wide else 1
    return [*places, at]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("line_end", ["written", "one", "two"])
@pytest.mark.parametrize("utf16", [False, True])
@pytest.mark.parametrize("mark", [0, 1])
def test_words_are_found_however_they_were_counted(end: str, line_end: str, *, utf16: bool, mark: int) -> None:
    raw = end.join(PARTS)
    text = "\n".join(PARTS)
    places = widths(raw, utf16=utf16, line_end=line_end)
    inside = ""
    for number, quote in enumerate(QUOTES, 2):
        start = text.index(quote)
        name = quote if number == 2 else f"{quote[:20]}…"
        inside += selection(number, places[start] + mark, places[start + len(quote)] + mark, name)
    named = places[text.index("Nobody")] + mark, places[text.index("Nobody") + 6] + mark
    inside += selection(9, *named, "my favourite")
    foreign = on_text("\ufeff" * mark + raw, inside)
    assert quotes(foreign) == [*QUOTES, "Nobody"]
    assert foreign.left_out == ()
    assert foreign.sources[0].text == text
    for passage in foreign.passages:
        (stretch,) = passage.stretches
        assert text[stretch.start : stretch.end] == stretch.quote
        assert text[: stretch.start].endswith(stretch.prefix)
        assert text[stretch.end :].startswith(stretch.suffix)


def test_what_nothing_tells_how_it_was_counted_is_left_out_and_told() -> None:
    raw = "\r\n".join(PARTS)
    text = "\n".join(PARTS)
    later = text.index(QUOTES[2])
    foreign = on_text(raw, selection(2, 0, 9) + selection(3, later, later + 5, "my favourite"))
    assert quotes(foreign) == ["The mayor"]
    (left,) = foreign.left_out
    assert (left.kind, left.words, left.why) == ("passage", "my favourite", Why.OTHER)
    assert "depending on how they were counted" in reason(left)


def nameless(text: str, raw: str, words: list[str], *, utf16: bool) -> str:
    """Return selections without names, as NVivo writes them."""
    places = widths(raw, utf16=utf16, line_end="written")
    starts = [(text.index(each), len(each)) for each in words]
    return "".join(selection(number, places[at], places[at + length]) for number, (at, length) in enumerate(starts, 2))


@pytest.mark.parametrize("utf16", [False, True])
def test_whole_words_tell_how_it_was_counted_where_nothing_has_a_name(*, utf16: bool) -> None:
    raw = "\r\n".join((*PARTS, "Ask 🙂 the other town, they know more of it."))
    text = raw.replace("\r\n", "\n")
    words = [*QUOTES, "they know", "the other town", "promised", "Nobody"]
    foreign = on_text(raw, nameless(text, raw, words, utf16=utf16))
    assert (quotes(foreign), foreign.left_out) == (words, ())


def test_a_few_words_that_happen_to_be_whole_tell_nothing() -> None:
    raw = "\r\n".join(PARTS)
    foreign = on_text(raw, nameless("\n".join(PARTS), raw, ["mayor", *QUOTES[1:]], utf16=True))
    assert (quotes(foreign), len(foreign.left_out)) == (["mayor"], 2)


def test_a_name_that_stands_elsewhere_is_a_doubt() -> None:
    text = "\n".join(PARTS)
    start = text.index(QUOTES[1])
    named = selection(3, 3, 20, QUOTES[1])
    sound = selection(4, start, start + 7, "nothing")
    foreign = on_text(text, selection(2, 0, 9, "The mayor") + named + sound)
    assert quotes(foreign) == ["The mayor", "nothing"]
    assert [left.words for left in foreign.left_out] == [QUOTES[1]]


def test_one_that_was_counted_otherwise_is_found_by_its_words() -> None:
    text = "\n".join(PARTS)
    inside = "".join(
        selection(number, text.index(quote), text.index(quote) + len(quote), quote)
        for number, quote in enumerate(QUOTES[:2], 2)
    )
    later = len(text[: text.index(QUOTES[2])].encode("utf-16-le")) // 2
    foreign = on_text(text, inside + selection(9, later, later + len(QUOTES[2]), QUOTES[2]))
    assert quotes(foreign) == list(QUOTES)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 4), (0, 10_000), (10**15, 10**15 + 4)])
def test_numbers_outside_of_the_text_are_told(start: int, end: int) -> None:
    foreign = on_text("\n".join(PARTS), selection(2, start, end, "x") + selection(3, 0, 9, "The mayor"))
    assert quotes(foreign) == ["The mayor"]
    assert [left.why for left in foreign.left_out] == [Why.OTHER]


def test_utf16_files_and_text_in_the_xml() -> None:
    words = "".join(f"<PlainTextContent>{PARTS[0]}</PlainTextContent>")
    inner = f'<TextSource guid="{guid(5)}" name="Inline">{words}{selection(6, 0, 9, "The mayor")}</TextSource>'
    foreign = read(
        text_source(1, selection(2, 0, 9, "The mayor")) + inner, {f"{guid(1)}.txt": PARTS[0].encode("utf-16")}
    )
    assert quotes(foreign) == ["The mayor", "The mayor"]
    assert [source.title for source in foreign.sources] == ["Interview", "Inline"]


CODES = (
    f'<Code guid="{guid(100)}" name="Claims" isCodable="false"><Code guid="{guid(101)}" name="Water is safe" isCodable="true">'
    f'<Code guid="{guid(102)}" name="It was measured" isCodable="true"/></Code></Code>'
    f'<Code guid="{guid(110)}" name="stance" isCodable="false"><Code guid="{guid(111)}" name="Supports" isCodable="true"/>'
    f'<Code guid="{guid(112)}" name="Refutes" isCodable="true"/></Code>'
    f'<Code guid="{guid(120)}" name="Verdict" isCodable="false">'
    f'<Code guid="{guid(121)}" name="Supported" isCodable="true"/></Code>'
    f'<Code guid="{guid(130)}" name="Water" isCodable="true"><Description>All on it</Description></Code>'
)


def test_codes_below_claims_and_stance_make_a_linkage() -> None:
    inside = coding(20, 101) + coding(21, 111) + coding(22, 121) + coding(23, 130) + coding(24, 112, user=OTHER)
    foreign = on_text(PARTS[0], selection(2, 0, 9, "The mayor", inside), codes=CODES)
    first, second = foreign.claims
    assert (first.key, first.text, second.parent, second.relation) == (key(101), "Water is safe", key(101), "part_of")
    (linkage,) = foreign.linkages
    assert (linkage.claim, linkage.stance, linkage.verdict, linkage.passages) == (
        key(101),
        "Supports",
        "Supported",
        (key(2),),
    )
    assert linkage.by == f"urn:uuid:{USER.lower()}"
    (passage,) = foreign.passages
    assert set(passage.codes) == {key(130), key(112)}
    assert {code.key: code.name for code in foreign.codes}[key(130)] == "Water"


def test_selections_of_one_person_on_the_same_words_are_one_passage() -> None:
    inside = "".join(
        selection(number, 0, 9, "The mayor", f"<Description>{code}</Description>{coding(number + 20, code)}")
        for number, code in ((2, 101), (3, 111), (4, 130))
    )
    other = selection(5, 0, 9, "The mayor", coding(40, 130)).replace(
        f'creatingUser="{USER}"', f'creatingUser="{OTHER}"', 1
    )
    links = f'<Links><Link guid="{guid(71)}" name="contradicts" originGUID="{guid(2)}" targetGUID="{guid(3)}"/></Links>'
    foreign = on_text(PARTS[0], inside + other, codes=CODES, more=links)
    assert [(passage.key, passage.codes) for passage in foreign.passages] == [
        (key(2), (key(130),)),
        (key(5), (key(130),)),
    ]
    (linkage,) = foreign.linkages
    assert (linkage.claim, linkage.stance, linkage.passages) == (key(101), "Supports", (key(2),))
    assert [(note.about, note.text) for note in foreign.notes] == [(key(2), "101"), (key(2), "111"), (key(2), "130")]
    assert [left.kind for left in foreign.left_out] == ["link"]


def test_what_makes_no_linkage_stays_as_labels_and_is_told() -> None:
    no_stance = selection(2, 0, 9, "The mayor", coding(20, 101))
    too_many = selection(3, 4, 9, "mayor", coding(21, 101) + coding(22, 102) + coding(23, 111))
    foreign = on_text(PARTS[0], no_stance + too_many, codes=CODES)
    assert foreign.linkages == ()
    assert [set(passage.codes) for passage in foreign.passages] == [{key(101)}, {key(101), key(102), key(111)}]
    assert [left.why for left in foreign.left_out] == [Why.NO_STANCE, Why.OTHER]


def test_memos_become_notes_on_what_they_are_on() -> None:
    notes = "".join(
        f'<Note guid="{guid(number)}" name="m" creatingUser="{USER}"><PlainTextContent>Memo {number}</PlainTextContent></Note>'
        for number in (40, 41, 42, 43, 44)
    )
    inside = f'<Description>A comment</Description>{coding(20, 130, note=41)}<NoteRef targetGUID="{guid(40)}"/>'
    safe = 'name="Water is safe" isCodable="true">'
    codes = CODES.replace(safe, f'{safe}<NoteRef targetGUID="{guid(43)}"/>')
    foreign = on_text(
        PARTS[0],
        selection(2, 0, 9, "The mayor", inside) + f'<NoteRef targetGUID="{guid(42)}"/>',
        codes=codes,
        notes=notes,
    )
    assert {(note.text, note.about) for note in foreign.notes} == {
        ("Memo 40", key(2)), ("Memo 41", key(2)), ("Memo 42", key(1)), ("Memo 43", key(101)), ("A comment", key(2)),
    }  # fmt: skip
    assert [(left.kind, left.words) for left in foreign.left_out] == [("note", "Memo 44")]


def test_a_note_that_marks_words_itself_is_on_them() -> None:
    """As QualCoder writes what it calls annotations: the source names the note, the note the place."""
    marked = f'<PlainTextSelection guid="{guid(50)}" startPosition="4" endPosition="9"/>'
    notes = (
        f'<Note guid="{guid(40)}" creatingUser="{USER}"><PlainTextContent>Who?</PlainTextContent>{marked}</Note>'
        f'<Note guid="{guid(41)}"><PlainTextContent>Old</PlainTextContent></Note>'
    )
    refs = f'<NoteRef targetGUID="{guid(40)}"/><NoteRef targetGUID="{guid(41)}"/>'
    foreign = on_text("The mayor says so.", selection(2, 0, 3, "The") + refs, notes=notes)
    assert quotes(foreign) == ["The", "mayor"]
    assert {(note.text, note.about) for note in foreign.notes} == {("Who?", key(50)), ("Old", key(1))}
    assert foreign.left_out == ()


@pytest.mark.parametrize("ends", [(40, 2), (2, 40)])
def test_a_note_that_is_linked_to_words_is_on_them(ends: tuple[int, int]) -> None:
    """As NVivo writes what it calls annotations."""
    link = f'<Link guid="{guid(70)}" name="" originGUID="{guid(ends[0])}" targetGUID="{guid(ends[1])}"/>'
    note = f'<Note guid="{guid(40)}" name="" plainTextPath="internal://{guid(40)}.txt"/>'
    foreign = read(
        text_source(1, selection(2, 4, 9)),
        {f"{guid(1)}.txt": b"The mayor says so.", f"{guid(40)}.txt": b"Who?"},
        notes=note,
        more=f"<Links>{link}</Links>",
    )
    assert [(each.text, each.about) for each in foreign.notes] == [("Who?", key(2))]
    assert foreign.left_out == ()


def pdf_source(inside: str, text: str = "") -> str:
    shown = f'<Representation guid="{guid(60)}" plainTextPath="internal://{guid(60)}.txt">{text}</Representation>'
    return f'<PDFSource guid="{guid(1)}" name="a.pdf" path="internal://{guid(1)}.pdf">{inside}{shown if text else ""}</PDFSource>'


def pdf_selection(number: int, inside: str = "", sides: str = "72 690 200 712", page: int = 0) -> str:
    x0, y0, x1, y1 = sides.split()
    return (
        f'<PDFSelection guid="{guid(number)}" name="Quotation 1:{number}" page="{page}" firstX="{x0}" firstY="{y0}" '
        f'secondX="{x1}" secondY="{y1}">{inside}</PDFSelection>'
    )


def test_a_selection_given_as_text_and_as_area_is_one() -> None:
    words = "<Representation><PlainTextContent>measured since the spring</PlainTextContent></Representation>"
    both = pdf_selection(2) + pdf_selection(3, words) + pdf_selection(4) + pdf_selection(5, page=9)
    document = Pdf().page(lines(72, 700, [QUOTES[0], QUOTES[1]])).bytes()
    foreign = read(
        pdf_source(both, selection(2, 0, len(QUOTES[0]), QUOTES[0])),
        {f"{guid(1)}.pdf": document, f"{guid(60)}.txt": "\n".join(QUOTES[:2]).encode()},
    )
    text, quoted, area = sorted(foreign.passages, key=lambda passage: passage.key)
    assert [stretch.quote for stretch in text.stretches] == [QUOTES[0]]
    assert [(stretch.quote, stretch.page) for stretch in quoted.stretches] == [("measured since the spring", 0)]
    assert area.area == Area(page=0, left=7200, top=8000, right=20000, bottom=10200)
    assert [(left.words, left.why) for left in foreign.left_out] == [("Quotation 1:5", Why.NO_AREA)]
    assert foreign.sources[0].original == document


def test_parts_that_go_on_are_one_passage() -> None:
    links = "".join(
        f'<Link guid="{guid(70 + start)}" name="continued by" originGUID="{guid(start)}" targetGUID="{guid(end)}"/>'
        for start, end in ((2, 3), (4, 5), (5, 4), (2, 99))
    )
    inside = "".join(selection(number, start, start + 3, "x") for number, start in ((3, 4), (2, 0), (4, 10), (5, 14)))
    foreign = on_text("The mayor says that the water is safe.", inside, more=f"<Links>{links}</Links>")
    assert {passage.key: len(passage.stretches) for passage in foreign.passages} == {key(2): 1, key(3): 1, key(4): 2}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("relative:///a.txt", "kept outside of the project"),
        ("absolute:///etc/passwd", "kept outside of the project"),
        ("file:///etc/passwd", "kept outside of the project"),
        ("internal://../../etc/passwd", "kept outside of the project"),
        ("internal://gone.txt", "that it does not hold"),
        ("", "has no plain text"),
    ],
)
def test_nothing_outside_is_opened(path: str, said: str) -> None:
    foreign = read(text_source(1, selection(2, 0, 5), path=path))
    assert ([source.text for source in foreign.sources], foreign.passages) == ([""], ())
    (left,) = foreign.left_out
    assert said in reason(left)
    assert "it has 1 selection." in reason(left)


@pytest.mark.parametrize("path", ["board.txt", "internal://board.txt", "INTERNAL://board.txt", "internal:///board.txt"])
def test_files_inside_are_found_as_programs_name_them(path: str) -> None:
    assert read(text_source(1, path=path), {"board.txt": b"Words"}).sources[0].text == "Words"


def test_what_there_is_nothing_like_here_is_told() -> None:
    selected = f'<PictureSelection guid="{guid(9)}"/>'
    picture = f'<PictureSource guid="{guid(8)}" name="a.jpg" path="internal://a.jpg">{selected}</PictureSource>'
    more = f'<Sets><Set guid="{guid(90)}" name="s"/></Sets><Graphs><Graph guid="{guid(91)}"/></Graphs>'
    foreign = read(
        picture + text_source(1),
        {f"{guid(1)}.txt": b"Words"},
        more=more,
        variables=f'<Cases><Case guid="{guid(92)}"/></Cases>',
    )
    assert sorted(left.kind for left in foreign.left_out) == ["case", "graph", "set", "source"]


def test_the_second_of_one_source_is_told() -> None:
    foreign = read(text_source(1, selection(2, 0, 5)) * 2, {f"{guid(1)}.txt": b"Words"})
    assert [left.why for left in foreign.left_out] == [Why.TWICE]
    assert len(foreign.passages) == 1


def test_a_codebook() -> None:
    book = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x"><Codes>{CODES}</Codes></CodeBook>'.encode()
    foreign = read_codebook(book, "a.qdc")
    assert [claim.text for claim in foreign.claims] == ["Water is safe", "It was measured"]
    assert [(note.about, note.text) for note in resolved(foreign, {key(130): "claim"}).notes] == [
        (key(130), "All on it")
    ]
    assert [left.kind for left in foreign.left_out] == ["code"]
    readers = annotation_readers()
    assert readers["qdc"].recognises(book, "x.xml")
    assert readers["qdpx"].recognises(qdpx(project()), "x.zip")
    assert not readers["qdpx"].recognises(b"{}", "x.json")
    assert not readers["qdc"].recognises(b"{}", "x.json")


DEEP = "<Code>" * 300 + "</Code>" * 300
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no zip at all", "it is no whole ZIP"),
        (qdpx(project())[:-30], "it is no whole ZIP"),
        (qdpx(b"<Project", None), "damaged"),
        (qdpx(project(), name="notes.txt"), "it holds no project"),
        (qdpx(project(codes=DEEP)), "nested more than"),
        (qdpx(project(before=ENTITIES, sources="&b;")), "declares abbreviations"),
        (bomb("project.qde", 300 * MEBIBYTE, {"project.qde": b""}), "would unpack to more than"),
        (qdpx(project()), "it holds nothing that can come in"),
        (qdpx(project(codes=f'<Code guid="{guid(1)}" name="a" isCodable="true"/>')), "but 1 code without passages"),
    ],
)
def test_harmful_and_empty_files_are_refused_with_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(ImportFailedError, match=said) as refused:
        read_project(data, "a.qdpx")
    assert str(refused.value).startswith("a.qdpx")


def test_a_bomb_among_the_sources_is_refused() -> None:
    xml = project(sources=text_source(1, path="internal://a.txt"))
    with pytest.raises(ImportFailedError, match="would unpack to more than"):
        read_project(bomb("sources/a.txt", 300 * MEBIBYTE, {"project.qde": xml, "sources/a.txt": b""}), "a.qdpx")


def test_every_cut_and_flip_is_read_or_refused(tmp_path: Path) -> None:
    data = qdpx(
        project(
            codes=CODES, sources=text_source(1, selection(2, 0, 9, "The mayor", coding(20, 101) + coding(21, 111)))
        ),
        {f"{guid(1)}.txt": PARTS[0].encode()},
    )
    refused = 0
    for at in range(0, len(data), 7):
        for damaged in (data[:at], data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]):
            try:
                read_project(damaged, "a.qdpx")
            except ImportFailedError:
                refused += 1
    assert refused > len(data) // 10


def test_page_breaks_in_names_are_no_trouble() -> None:
    """QualCoder names a selection by its words, with what stands between two pages of a PDF."""
    foreign = on_text("The end.\x0cThe mayor says so.", selection(2, 4, 18, "end.\x0cThe mayor"))
    assert quotes(foreign) == ["end.\x0cThe mayor"]


def test_garbage_in_the_xml_is_no_trouble() -> None:
    odd = (
        '<TextSource/><PDFSource/><TextSource guid="{x}" name=""><PlainTextContent>Words</PlainTextContent>'
        "<PlainTextSelection/><PlainTextSelection startPosition='a' endPosition='0'><Coding/><Coding><CodeRef/></Coding>"
        "<NoteRef/></PlainTextSelection></TextSource>"
    )
    foreign = read(
        odd, codes="<Code/><Code guid='' name='Claims'><Code/></Code>", notes="<Note/>", more="<Links><Link/></Links>"
    )
    assert foreign.passages == ()
    assert len(foreign.left_out) >= 3
