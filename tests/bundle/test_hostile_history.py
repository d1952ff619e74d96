"""Bundles whose every digest fits and whose content does not: refused, naming the member and the reason."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from annotator.bundle.layout import BAG_INFO, BAGIT, CLAIMS, CODEBOOK, CRATE, FORMAT, MANIFEST, TAG_MANIFEST
from annotator.bundle.verify import verify_bundle
from annotator.domain.codec import canonical
from annotator.domain.errors import BundleRefusedError, CancelledError
from annotator.domain.ids import digest_of
from tests.bundle.builders import (
    PART,
    ForgedChange,
    Members,
    entries,
    fields,
    forged,
    of_kind,
    only,
    pack,
    replaced,
    resealed,
)

Changes = list[ForgedChange]
OTHER = "0" * 64
STATED = b"Format: %d" % FORMAT
ENTITY = "00000000-0001-7000-8000-00000000ffff"


def refusal(found: Members, tmp_path: Path) -> tuple[str, str]:
    """Return the member and the reason for which a bundle of these members is refused."""
    with pytest.raises(BundleRefusedError) as caught:
        verify_bundle(pack(found, tmp_path / "evil.zip"))
    return str(caught.value.data["member"]), str(caught.value.data["reason"])


def test_what_fits_again_is_taken(parts: Members, tmp_path: Path) -> None:
    """The forger's tools work: what is refused below is refused for its reason."""
    verify_bundle(pack(resealed(parts), tmp_path / "same.zip"))
    assert forged(parts, lambda _: None) == resealed(parts)


# -- the bag


@pytest.mark.parametrize("name", [BAGIT, BAG_INFO, MANIFEST, TAG_MANIFEST])
def test_a_tag_file_missing(parts: Members, tmp_path: Path, name: str) -> None:
    top = digest_of(parts[MANIFEST])
    del parts[name]
    with pytest.raises(BundleRefusedError) as caught:
        verify_bundle(pack(parts, tmp_path / "evil.zip", top=top))
    assert (caught.value.data["member"], caught.value.data["reason"]) == (name, "is missing")


def test_a_member_that_the_manifest_lists_is_missing(parts: Members, tmp_path: Path) -> None:
    del parts[CLAIMS]
    assert refusal(parts, tmp_path) == (CLAIMS, f"is listed in {MANIFEST}, but is not there")


def test_a_member_of_the_layout_is_missing(parts: Members, tmp_path: Path) -> None:
    del parts[CODEBOOK]
    assert refusal(resealed(parts), tmp_path) == (CODEBOOK, "is missing")


def test_a_member_that_belongs_to_nothing(parts: Members, tmp_path: Path) -> None:
    parts["data/text/" + OTHER + ".txt"] = b"smuggled"
    member, reason = refusal(resealed(parts), tmp_path)
    assert member == "data/text/" + OTHER + ".txt"
    assert reason == "belongs to nothing that the history refers to"


def altered_tags(parts: Members, name: str, data: bytes) -> Members:
    """Return members with one tag file altered and the tag manifest fitting it."""
    found = {**parts, name: data}
    lines = {
        each: entry for each, entry in entries(found).items() if not each.startswith("data/") and each != TAG_MANIFEST
    }
    found[TAG_MANIFEST] = "".join(f"{entry.digest}  {each}\n" for each, entry in sorted(lines.items())).encode()
    return found


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        (BAGIT, b"1.0", b"2.0", "does not declare BagIt 1.0"),
        (BAG_INFO, STATED, b"Format: 9", f"states format 9; this program reads formats up to {FORMAT}"),
        (BAG_INFO, STATED, b"Format: 0", f"states format 0; this program reads formats up to {FORMAT}"),
        (BAG_INFO, STATED, b"Format: x", "states no Annotator-Bundle-Format"),
        (BAG_INFO, b"Bag-Software", b"Payload-Oxum: 1.1\nBag-Software", "states Payload-Oxum twice"),
        (BAG_INFO, b"Payload-Oxum: ", b"Payload-Oxum: 1", "another size of the payload"),
        (BAG_INFO, b"Changes: 1", b"Changes: 2", "another checkpoint"),
        (BAG_INFO, b"Head: ", b"Head: 0", "another checkpoint"),
        (MANIFEST, b"  data/claims", b" data/claims", "is not a digest and a name"),
        (MANIFEST, b"data/claims.jsonl", b"data/codebook.json", "is not a digest and a name of its own"),
    ],
)
def test_tag_files_altered(parts: Members, tmp_path: Path, name: str, old: bytes, new: bytes, reason: str) -> None:
    assert old in parts[name]
    member, told = refusal(altered_tags(parts, name, parts[name].replace(old, new, 1)), tmp_path)
    assert member == name
    assert reason in told


# -- the lines of the history

LINES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no JSON": (lambda d: d.replace(b"{", b"[", 1), "line 1"),
    "blanks": (lambda d: d.replace(b'","header', b'", "header', 1), "is not canonical JSON"),
    "members in another order": (lambda d: d.replace(b'{"change":', b'{"z":1,"change":', 1), "is not canonical JSON"),
    "a member twice": (
        lambda d: d.replace(b'"generation":1,', b'"generation":1,"generation":1,', 1),
        "is not canonical",
    ),
    "a member more": (lambda d: d.replace(b'"parents":[]}\n', b'"parents":[],"z":1}\n', 1), "unknown field"),
    "a number that is none": (
        lambda d: d.replace(b'"generation":1,', b'"generation":1e0,', 1),
        "is not canonical JSON",
    ),
    "a number too large": (lambda d: d.replace(b'"generation":1,', b'"generation":1%s,' % (b"0" * 40), 1), "line 1"),
    "too deep": (lambda d: b'{"change":' + b"[" * 100_000 + b"]" * 100_000 + b"}\n" + d, "line 1"),
    "no UTF-8": (lambda d: d.replace(b'"action":"start"', b'"action":"\xff"', 1), "line 1"),
    "a header altered": (lambda d: d.replace(b'"label":"Start"', b'"label":"Begin"', 1), "the digest that names it"),
    "a body altered": (lambda d: d.replace(b'"name":"Ada"', b'"name":"Eve"', 1), "the seal of the change does not fit"),
    "a revision less": (lambda d: b"\n".join(d.split(b"\n")[:1] + d.split(b"\n")[2:]), "fewer than its 1 revisions"),
    "a revision twice": (lambda d: b"\n".join(d.split(b"\n")[:2] + d.split(b"\n")[1:]), "a revision more than"),
    "a revision first": (lambda d: d.partition(b"\n")[2], "a revision more than its change has"),
    "the last line torn": (lambda d: d[:-1], "does not end with a line end"),
    "an empty line": (lambda d: d + b"\n", "line"),
    "nothing at all": (lambda _: b"", "has 0 lines"),
    "a body and its digest": (
        lambda d: d.replace(b',"entity"', b',"digest":"%s","entity"' % OTHER.encode(), 1),
        "either",
    ),
}


@pytest.mark.parametrize("damage", LINES)
def test_lines_altered(parts: Members, tmp_path: Path, damage: str) -> None:
    alter, reason = LINES[damage]
    before = parts[PART]
    parts[PART] = alter(before)
    assert parts[PART] != before
    member, told = refusal(resealed(parts), tmp_path)
    assert member == PART
    assert reason in told


def test_a_part_missing(parts: Members, tmp_path: Path) -> None:
    parts["data/history/part-00002.jsonl"] = parts.pop(PART)
    assert refusal(resealed(parts), tmp_path) == (PART, "is missing")


def test_a_part_too_short(parts: Members, tmp_path: Path) -> None:
    first, _, rest = parts[PART].partition(b"\n")
    parts |= {PART: first + b"\n", "data/history/part-00002.jsonl": rest}
    member, reason = refusal(resealed(parts), tmp_path)
    assert member == PART
    assert "every part but the last has" in reason


# -- a history that fits itself

FORGERIES: dict[str, tuple[Callable[[Changes], Any], str]] = {
    "a newer format": (lambda c: c[0].header.update(format=2), "has format 2"),
    "a parent that is not there": (lambda c: c[0].header.update(parents=[OTHER]), "is not there"),
    "a wrong generation": (lambda c: c[-1].header.update(generation=99), "and says 99"),
    "no annotator": (lambda c: c[0].header.update(annotator="Ada"), "is not a UUID"),
    "no time": (lambda c: c[0].header.update(at="x" * 50), "states no time in UTC"),
    "a time somewhere": (lambda c: c[0].header.update(at="2026-01-01T00:00:00+01:00"), "states no time in UTC"),
    "undoing no change": (lambda c: c[0].header.update(undoes="../x"), "“undoes” of the change is not a digest"),
    "a codebook that is none": (lambda c: c[0].header.update(codebook="A" * 64), "“codebook” of the change is not"),
    "an unknown kind": (lambda c: of_kind(c, "claim").update(kind="opinion"), "“opinion” is not known"),
    "no id": (lambda c: of_kind(c, "claim").update(entity="abcd"), "is not a UUID"),
    "an id in capitals": (lambda c: of_kind(c, "claim").update(entity=ENTITY.upper()), "canonical form"),
    "an entity twice in a change": (lambda c: c[2].revisions.append(c[2].revisions[-1]), "not sorted by entity"),
    "entities out of order": (lambda c: c[2].revisions.reverse(), "not sorted by entity"),
    "a revision's parent that is not there": (lambda c: of_kind(c, "claim").update(parents=[OTHER]), "is not there"),
    "a parent that is no revision of it": (
        lambda c: of_kind(c, "note").update(parents=[c[0].old]),
        "none of its earlier",
    ),
    "a withheld body without a digest": (
        lambda c: (of_kind(c, "note").pop("body"), of_kind(c, "note").update(digest="ab")),
        "the digest of a withheld body is none",
    ),
    "a field of another type": (lambda c: fields(c, "claim").update(text=7), "Expected `str`, got `int`"),
    "a digest that is none": (lambda c: fields(c, "version").update(text="../../evil"), "$.text"),
    "an id that is none": (lambda c: fields(c, "linkage").update(claim_id="x"), "$.claim_id"),
    "a number out of bounds": (lambda c: fields(c, "version").update(sequence=2**60), "$.sequence"),
    "a stage that is none": (lambda c: fields(c, "conclusion").update(stage="won"), "$.stage"),
    "deleted by a word": (lambda c: fields(c, "claim").update(deleted="yes"), "$.deleted"),
    "a body that is none": (lambda c: of_kind(c, "claim").update(body=["fields"]), "not a revision body"),
    "a claim without text": (lambda c: fields(c, "conclusion").pop("verdict"), "missing its field “verdict”"),
    "a quote that does not stand there": (
        lambda c: fields(c, "passage")["fragments"][0].update(quote="Pity"),
        "its quote",
    ),
    "a fragment outside": (lambda c: fields(c, "passage")["fragments"][0].update(end=9_999_999), "outside its text"),
    "a fragment turned round": (lambda c: fields(c, "passage")["fragments"][0].update(start=9), "empty, out of order"),
    "no fragment": (lambda c: fields(c, "passage").update(fragments=[]), "neither words nor an area"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forged_histories(parts: Members, tmp_path: Path, forgery: str) -> None:
    alter, reason = FORGERIES[forgery]

    def once(changes: Changes) -> None:
        alter(changes)

    member, told = refusal(forged(parts, once), tmp_path)
    assert member.startswith("data/history")
    assert reason in told


def test_changes_out_of_order(parts: Members, tmp_path: Path) -> None:
    def swap(changes: Changes) -> None:
        generations = [change.header["generation"] for change in changes]
        first = next(at for at, (one, other) in enumerate(pairwise(generations)) if one == other)
        changes[first], changes[first + 1] = changes[first + 1], changes[first]

    member, reason = refusal(forged(parts, swap, tidy=False), tmp_path)
    assert (member, "not in their order" in reason) == (PART, True)


def test_an_id_of_two_kinds(parts: Members, tmp_path: Path) -> None:
    def alter(changes: Changes) -> None:
        of_kind(changes, "note")["entity"] = of_kind(changes, "claim")["entity"]

    assert "entity of two kinds" in refusal(forged(parts, alter), tmp_path)[1]


def test_a_text_that_is_not_there(parts: Members, tmp_path: Path) -> None:
    def alter(changes: Changes) -> None:
        fields(changes, "version")["text"] = OTHER

    member, reason = refusal(forged(parts, alter), tmp_path)
    assert (member, reason) == (f"data/text/{OTHER}.txt", "is missing, but the history refers to it")


@pytest.mark.parametrize(
    ("start", "data", "reason"),
    [
        ("data/text/", b"\xff\xfe", "is not UTF-8"),
        ("data/text/", b"one\r\ntwo", "no canonical text has"),
        ("data/text/", "\ufeffone".encode(), "no canonical text has"),
        ("data/structure/", b"[]", "is not a structure"),
        ("data/structure/", b"[" * 100_000, "is not a structure"),
        ("data/structure/", canonical({"blocks": [{"kind": "paragraph", "start": 0, "end": 10**6}]}), "outside its text"),
        ("data/structure/", canonical({"blocks": [{"kind": "paragraph", "start": -3, "end": 1}]}), "outside its text"),
        ("data/structure/", canonical({"lines": [{"page": 0, "start": 0, "end": 2, "top": 0, "bottom": 1, "edges": [1]}]}),
         "without a place for each character"),
    ],
)  # fmt: skip
def test_stored_bytes_that_are_unsound(parts: Members, tmp_path: Path, start: str, data: bytes, reason: str) -> None:
    member, told = refusal(replaced(parts, start, data), tmp_path)
    assert member.startswith(start)
    assert reason in told


@pytest.mark.parametrize("start", ["data/text/", "data/structure/", "data/sources/"])
def test_stored_bytes_under_another_name(parts: Members, tmp_path: Path, start: str) -> None:
    name = only(parts, start)
    parts[name] += b" "
    assert refusal(resealed(parts), tmp_path) == (name, "does not have the digest that names it")


def test_an_original_with_another_ending(parts: Members, tmp_path: Path) -> None:
    name = only(parts, "data/sources/")
    parts[name.replace(".html", ".exe")] = parts.pop(name)
    assert refusal(resealed(parts), tmp_path)[1] == "belongs to nothing that the history refers to"


# -- what is derived

DERIVED = {
    "data/annotations/part-00001.jsonl": (b'"refutes"', b'"affirms"'),
    CLAIMS: (b'"alternateName":"supported"', b'"alternateName":"refuted"'),
    CODEBOOK: (b'"label":"No"', b'"label":"Yes"'),
    CRATE: (b"Fact-checking project", b"Something else"),
}


@pytest.mark.parametrize("name", DERIVED)
def test_derived_members_are_compared(parts: Members, tmp_path: Path, name: str) -> None:
    old, new = DERIVED[name]
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    member, reason = refusal(resealed(parts), tmp_path)
    assert member == name
    assert "differs from what the" in reason


@pytest.mark.parametrize("name", ["data/annotations/part-00001.jsonl", CLAIMS])
@pytest.mark.parametrize("lines", [1, -1])
def test_derived_lines_too_few_or_too_many(parts: Members, tmp_path: Path, name: str, lines: int) -> None:
    told = parts[name].splitlines(keepends=True)
    parts[name] = b"".join([*told, told[-1]] if lines > 0 else told[:-1])
    assert refusal(resealed(parts), tmp_path)[0] in (name, CRATE)


def test_a_structure_that_is_larger_than_its_text(parts: Members, tmp_path: Path) -> None:
    member, reason = refusal(replaced(parts, "data/text/", b"short"), tmp_path)
    assert member.startswith("data/structure/")
    assert "outside its text" in reason


def test_a_check_can_be_stopped(bundle: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise CancelledError(what="the check")

    with pytest.raises(CancelledError):
        verify_bundle(bundle, progress=stop)


def test_progress_grows_to_the_end(bundle: Path) -> None:
    told: list[int] = []
    verify_bundle(bundle, progress=lambda done, _: told.append(done))
    assert told == sorted(told)
    assert told[-1] == 1000


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Ada\u200b", "the name holds characters that are not seen"),
        ("\u202eadA", "the name holds characters that are not seen"),
        ("Ada\nLovelace", "the name holds control characters"),
        ("Ade\u0301", "composed form"),
    ],
)
def test_a_name_that_cannot_be_shown_as_it_is(parts: Members, tmp_path: Path, name: str, reason: str) -> None:
    def rename(changes: Changes) -> None:
        fields(changes, "annotator")["name"] = name

    member, why = refusal(forged(parts, rename), tmp_path)
    assert member == "data/history"
    assert reason in why
