"""Bundles made to do harm, each out of a sound one, and for what each is to be refused."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotator.bundle.layout import BAG_INFO, CLAIMS, CODEBOOK, CRATE, FORMAT, MANIFEST, TAG_MANIFEST, manifest
from annotator.domain.codec import canonical
from annotator.domain.ids import digest_of
from tests.bundle import hostile_work as work
from tests.bundle.builders import (
    PART,
    ForgedChange,
    Members,
    added,
    central,
    end,
    entries,
    fields,
    forged,
    of_kind,
    only,
    pack,
    put,
    replaced,
    resealed,
)

NOTHING = "0" * 64
DIRECTORY = "ZIP directory"
ANNOTATIONS, LATER_PART = "data/annotations/part-00001.jsonl", "data/annotations/part-00002.jsonl"
EDGES = ("page", "left", "top", "right", "bottom")


@dataclass(frozen=True)
class Good:
    """A bundle that is sound, its members, and where the hostile one made of it is to lie."""

    bundle: Path
    parts: Members
    out: Path

    def damaged(self, alter: Callable[[bytes], bytes]) -> Path:
        """Alter the bytes of the ZIP."""
        self.out.write_bytes(alter(self.bundle.read_bytes()))
        return self.out

    def with_member(self, name: str, **how: Any) -> Path:
        """Add a member."""
        return added(self.bundle, self.out, name, **how)

    def packed(self, parts: Members) -> Path:
        """Pack members whose digests are left as they are."""
        return pack(parts, self.out)

    def member(self, name: str, old: bytes, new: bytes) -> Path:
        """Alter a member and make all digests of the bag fit."""
        assert old in self.parts[name]
        return pack(resealed({**self.parts, name: self.parts[name].replace(old, new, 1)}), self.out)

    def history(self, alter: Callable[[list[ForgedChange]], Any], *, tidy: bool = True) -> Path:
        """Alter the history and make all digests of it fit."""

        def once(changes: list[ForgedChange]) -> None:
            alter(changes)

        return pack(forged(self.parts, once, tidy=tidy), self.out)

    def stored(self, start: str, data: bytes) -> Path:
        """Replace stored bytes, and their digest wherever it stands."""
        return pack(replaced(dict(self.parts), start, data), self.out)


def tags_altered(good: Good, name: str, old: bytes, new: bytes) -> Path:
    """Alter a tag file and make the tag manifest fit."""
    parts = {**good.parts, name: good.parts[name].replace(old, new, 1)}
    listed = {n: each for n, each in entries(parts).items() if not n.startswith("data/") and n != TAG_MANIFEST}
    return good.packed({**parts, TAG_MANIFEST: manifest(listed)})


def cycle(changes: list[ForgedChange]) -> None:
    """Let the first change build on the last, which builds on it."""
    changes[0].header["parents"] = [changes[-1].old]


def swapped(changes: list[ForgedChange]) -> None:
    """Put a change before the one that it builds on."""
    at = next(at for at in range(1, len(changes)) if changes[at - 1].old in changes[at].header["parents"])
    changes[at - 1], changes[at] = changes[at], changes[at - 1]


def later_quote(changes: list[ForgedChange]) -> None:
    """Quote in a second revision of a passage what nobody wrote."""
    start = fields(changes, "passage")["fragments"][0]["start"]
    work.added(
        changes, work.later(changes, "passage", fragments=[{"start": start, "end": start + 6, "quote": "Nobody"}])
    )


def deleted_quote(changes: list[ForgedChange]) -> None:
    """Quote what nobody wrote in a passage that is deleted, for somebody to bring back."""
    fragment = {"start": 0, "end": 6, "quote": "Nobody"}
    fields(changes, "passage").update(fragments=[fragment], deleted=True)


def second_structure(good: Good) -> Path:
    """Make a version a second time, with a structure that is none of its text."""
    structure = canonical({"blocks": [{"kind": "paragraph", "start": 0, "end": 10**6}]})

    def alter(changes: list[ForgedChange]) -> None:
        made = work.again(changes, "version", structure=digest_of(structure))
        work.added(changes, {**made, "entity": work.NEW})

    parts = {**good.parts, f"data/structure/{digest_of(structure)}.json": structure}
    return replace(good, parts=parts).history(alter)


HOSTILE: dict[str, tuple[Callable[[Good], Path], str, str]] = {
    # the ZIP
    "a name that leads out": (lambda g: g.with_member("data/../../evil"), "../../evil", "leads to another folder"),
    "an absolute name": (lambda g: g.with_member("/etc/evil", within=False), "/etc/evil", "an absolute path"),
    "a drive letter": (lambda g: g.with_member("C:/evil", within=False), "C:/evil", "an absolute path"),
    "a backslash": (lambda g: g.with_member("data\\evil"), "data\\evil", "backslash"),
    "NUL in a name": (lambda g: g.damaged(lambda d: d.replace(b"data/claims.jsonl", b"data/clai\0s.jsonl")), "clai", "backslash"),
    "a link": (lambda g: g.with_member("data/link", data=b"/etc/passwd", mode=0o120777), "data/link", "not a plain file"),
    "encryption": (lambda g: g.damaged(lambda d: put(put(d, 6, b"\1\0"), central(d) + 8, b"\1\0")), "data/", "encrypted"),
    "a name twice": (lambda g: g.with_member(CLAIMS), CLAIMS, "there twice"),
    "a name twice but for capitals": (lambda g: g.with_member("data/Claims.jsonl"), "data/Claims.jsonl", "there twice"),
    "a file that is a folder": (lambda g: g.with_member(f"{CLAIMS}/evil"), "evil", "also a file"),
    "a deep path": (lambda g: g.with_member("data/" + "d/" * 200 + "evil"), "evil", "no bundle has"),
    "entries that overlap": (lambda g: g.damaged(lambda d: put(d, central(d, 1) + 42, bytes(4))), "", "overlaps"),
    "a bomb by its ratio": (lambda g: g.packed(resealed({**g.parts, CLAIMS: bytes(30 << 20)})), CLAIMS, "400 times its size"),
    "a bomb that states a small size": (
        lambda g: (g.packed(resealed({**g.parts, CLAIMS: bytes(30 << 20)})),
                   g.out.write_bytes(g.out.read_bytes().replace(struct.pack("<L", 30 << 20), struct.pack("<L", 99))))
        and g.out, CLAIMS, "another size than it states"),
    "members without end": (lambda g: g.damaged(lambda d: put(d, end(d) + 8, b"\xff\xff\xff\xff")), DIRECTORY, "large files"),
    "a file cut short": (lambda g: g.damaged(lambda d: d[: len(d) * 2 // 3]), DIRECTORY, "not at the end of the file"),
    "an empty file": (lambda g: g.damaged(lambda _: b""), DIRECTORY, "not a ZIP"),
    "no ZIP": (lambda g: g.damaged(lambda _: b"%PDF-1.7 and more words than a ZIP needs"), DIRECTORY, "not a ZIP"),
    "a program before the ZIP": (lambda g: g.damaged(lambda d: b"#!/bin/sh\n" + d), DIRECTORY, "does not end where"),
    # the bag
    "a member that no manifest lists": (lambda g: g.with_member("data/evil"), "data/evil", f"not listed in {MANIFEST}"),
    "a member that is not there": (
        lambda g: g.packed({name: data for name, data in g.parts.items() if name != CLAIMS}),
        CLAIMS, f"is listed in {MANIFEST}, but is not there"),
    "a member that was altered": (
        lambda g: g.packed({**g.parts, PART: g.parts[PART].replace(b"Ada", b"Eve", 1)}), PART, "has another digest"),
    "the id of another bundle": (lambda g: pack(g.parts, g.out, top=NOTHING), NOTHING, "the bundle's id is"),
    "a format to come": (
        lambda g: tags_altered(g, BAG_INFO, b"Format: %d" % FORMAT, b"Format: %d" % (FORMAT + 1)),
        BAG_INFO, f"states format {FORMAT + 1}"),
    "a checkpoint of other changes": (
        lambda g: tags_altered(g, BAG_INFO, b"Annotator-Checkpoint-Head: ", b"Annotator-Checkpoint-Head: 0"),
        BAG_INFO, "another checkpoint"),
    "a list of what to fetch": (
        lambda g: g.with_member("fetch.txt", data=b"https://example.org/ 1 data/x"),
        "fetch.txt", f"not listed in {TAG_MANIFEST}"),
    "a signature that is none": (
        lambda g: g.with_member("signature.dsse.json"), "signature.dsse.json", "is no DSSE envelope"),
    "keys that vouch for no signature": (
        lambda g: g.with_member("succession.dsse.jsonl"), "succession.dsse.jsonl", "is there without a signature"),
    "something to smuggle": (
        lambda g: g.packed(resealed({**g.parts, f"data/text/{NOTHING}.txt": b"words"})),
        NOTHING, "belongs to nothing that the history refers to"),
    # the lines of the history
    "not a number": (lambda g: g.member(PART, b'"generation":1', b'"generation":NaN'), PART, "line 1: JSON is malformed"),
    "a huge number": (lambda g: g.member(PART, b'"generation":1', b'"generation":1' + b"0" * 400), PART, "line 1"),
    "a depth without end": (
        lambda g: g.member(PART, b'"label":"Start"', b'"label":' + b"[" * 9999 + b"]" * 9999), PART, "line 1: holds values"),
    "a blank": (lambda g: g.member(PART, b'"label":', b'"label": '), PART, "line 1: is not canonical JSON"),
    "a key twice": (lambda g: g.member(PART, b'"label":', b'"label":"","label":'), PART, "is not canonical JSON"),
    "a lone surrogate": (lambda g: g.member(PART, b'"Start"', b'"\\ud800"'), PART, "line 1"),
    "bytes that are no UTF-8": (lambda g: g.member(PART, b'"Start"', b'"\xed\xa0\x80"'), PART, "line 1"),
    "a forged header": (lambda g: g.member(PART, b'"Start"', b'"Begin"'), PART, "digest that names it"),
    "a forged seal": (lambda g: g.member(PART, b'"name":"Ada"', b'"name":"Eve"'), PART, "the seal of the change"),
    # a history whose digests all fit
    "changes in another order": (lambda g: g.history(swapped, tidy=False), PART, "stands below what builds on it"),
    "a parent that is missing": (lambda g: g.history(lambda c: c[0].header.update(parents=[NOTHING])), PART, "is not there"),
    "a parent that is no digest": (lambda g: g.history(lambda c: c[0].header.update(parents=["A" * 64])), PART, "not a digest"),
    "a cycle": (lambda g: g.history(cycle), PART, "is not there, or stands below"),
    "a parent of another entity": (
        lambda g: g.history(lambda c: of_kind(c, "note").update(parents=[c[0].old])), "data/history", "none of its earlier"),
    "a kind that nobody knows": (lambda g: g.history(lambda c: of_kind(c, "claim").update(kind="opinion")), PART, "“opinion”"),
    "an id of two kinds": (
        lambda g: g.history(lambda c: of_kind(c, "note").update(entity=of_kind(c, "claim")["entity"])),
        "data/history", "an entity of two kinds"),
    "a number that no table holds": (
        lambda g: g.history(lambda c: fields(c, "version").update(sequence=2**63)), PART, "$.sequence"),
    "an area that no table holds": (
        lambda g: g.history(lambda c: fields(c, "passage").update(area=dict.fromkeys(EDGES, 2**62))), PART, "$.area"),
    "a quote that nobody wrote": (
        lambda g: g.history(lambda c: fields(c, "passage")["fragments"][0].update(quote="Pity")),
        "data/history", "its quote does not stand"),
    "a quote that nobody wrote, later": (lambda g: g.history(later_quote), "data/history", "its quote does not stand"),
    "a quote that nobody wrote, deleted": (lambda g: g.history(deleted_quote), "data/history", "its quote does not stand"),
    "a quote between other words": (
        lambda g: g.history(lambda c: fields(c, "passage")["fragments"][0].update(suffix=" is not")),
        "data/history", "its quote stands between other words"),
    "a fragment outside its text": (
        lambda g: g.history(lambda c: fields(c, "passage")["fragments"][0].update(end=10**6)),
        "data/history", "outside its text"),
    # stored bytes
    "a text with NUL": (lambda g: g.stored("data/text/", b"one\0two"), "data/text/", "no canonical text has"),
    "a text with other line ends": (lambda g: g.stored("data/text/", b"one\r\ntwo"), "data/text/", "no canonical text has"),
    "a structure outside its text": (
        lambda g: g.stored("data/structure/", canonical({"blocks": [{"kind": "paragraph", "start": 0, "end": 10**6}]})),
        "data/structure/", "outside its text"),
    "a structure of another text": (second_structure, "data/structure/", "outside its text"),
    "a text of another digest": (
        lambda g: g.member(only(g.parts, "data/text/"), b"City", b"Town"), "data/text/", "the digest that names it"),
    # what is derived
    "an annotation that was altered": (lambda g: g.member(ANNOTATIONS, b'"refutes"', b'"affirms"'), ANNOTATIONS, "differs from"),
    "a review that was altered": (lambda g: g.member(CLAIMS, b'"supported"', b'"refuted"'), CLAIMS, "differs from"),
    "a codebook that was altered": (lambda g: g.member(CODEBOOK, b'"label":"No"', b'"label":"Yes"'), CODEBOOK, "differs from"),
    "a description that was altered": (lambda g: g.member(CRATE, b"Fact-checking", b"Fast-checking"), CRATE, "differs from"),
    "annotations without a first part": (
        lambda g: g.packed(resealed({n.replace(ANNOTATIONS, LATER_PART): data for n, data in g.parts.items()})),
        ANNOTATIONS, "is missing"),
}  # fmt: skip
"""What is done to a sound bundle, and what of the member's name and of the reason the refusal tells."""

HOSTILE |= {
    name: (lambda good, alter=alter: good.history(alter), member, reason)  # type: ignore[misc]
    for name, (alter, member, reason) in work.FORGED.items()
}
