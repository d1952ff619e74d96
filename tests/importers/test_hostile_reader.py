"""A reader that a document has taken over lies, floods, breaks down or never ends: one file is refused in a sentence."""

from __future__ import annotations

import os
import struct
import time
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from annotator.domain.errors import ImportFailedError
from annotator.domain.imported import Imported
from annotator.domain.protection import Protection, Reach
from annotator.domain.structure import Block, BlockKind, Inline, InlineKind, Line, Page, Structure
from annotator.importers.confined import wire
from annotator.importers.confined.isolate import ImportWorker
from annotator.importers.confined.wire import Limits
from annotator.walls.memory import resident_bytes
from tests.importers.conftest import OPTIONS, refusal
from tests.importers.outside import MARK

BROKE = "its reader broke down on it"


def said(*frames: bytes) -> bytes:
    """Return the order to answer with these frames."""
    return b"say " + b" ".join(struct.pack(">Q", len(frame)).hex().encode() + frame.hex().encode() for frame in frames)


def packed(**fields: Any) -> bytes:
    return msgspec.msgpack.encode(fields)


def lying(text: str = "short", **parts: Any) -> bytes:
    """Return the frame of an answer that does not hold together."""
    block = Block(kind=BlockKind.PARAGRAPH, start=0, end=5)
    structure = replace(Structure(blocks=(block,)), **parts)
    imported = Imported(text=text, structure=structure, media_type="a/b", importer="outside", importer_version="1")
    return msgspec.msgpack.encode(wire.Finished(imported))


@pytest.mark.parametrize(
    "order",
    [
        b"say " + struct.pack(">Q", 1 << 30).hex().encode(),
        b"say " + struct.pack(">Q", wire.MAX_ANSWER + 1).hex().encode(),
        b"say " + struct.pack(">Q", (1 << 64) - 1).hex().encode(),
        said(b""),
        said(b"\xc1\x00"),
        said(packed(type="Finished", imported=5)),
        said(packed(type="Finished", imported={"text": 7})),
        said(packed(type="Refused", reason=["a"], advice="")),
        said(packed(type="Advanced", done=3, total=2)),
        said(packed(type="Advanced", done=-1, total=2)),
        said(packed(type="Advanced", done=1 << 63, total=(1 << 64) - 1), packed(type="Nothing")),
        said(packed(type="Parts", count=0)),
        said(packed(type="Parts", count=-1)),
        said(packed(type="Parts", count=1 << 62)),
        said(packed(type="Parts", count=2), packed(type="RangeRead")),
        said(packed(type="Piece", number=0, text="a", body=b"")),
        said(packed(type="Parts", count=2), packed(type="Piece", number=1, text="a", body=b"")),
        said(packed(type="Parts", count=2), packed(type="Piece", number=1 << 40, text="a", body=b"")),
        said(packed(type="Request", options={}, limits={})),
        said(msgspec.msgpack.encode(wire.Tried(Protection(barred=tuple(Reach))))),
        b"say " + struct.pack(">Q", 200_000).hex().encode() + b" 91*200000",
        said(b"\x82\xa4type\xa8Advanced\xa1x" + b"\x91" * 100_000),
        said(b"\xa2\xff\xff"),
    ],
    ids=["gigabyte", "too long", "exabytes", "empty", "no msgpack", "no result", "no text", "no reason", "beyond", "before",
         "nonsense", "no pages", "minus pages", "pages", "too soon", "unasked", "order", "page", "request", "trial", "nested",
         "nested in a field", "no letters"],
)  # fmt: skip
def test_answers_that_make_no_sense(outside: ImportWorker, order: bytes) -> None:
    before = resident_bytes(os.getpid())
    assert refusal(outside, order).data["reason"] == BROKE
    assert resident_bytes(os.getpid()) - before < 64 << 20
    assert outside.read(MARK + b"please", OPTIONS).text == "fine"


def test_counting_pages_again_and_again_is_no_progress(outside: ImportWorker) -> None:
    until = time.monotonic() + 20
    with pytest.raises(ImportFailedError) as caught:
        outside.read(
            MARK + said(packed(type="Parts", count=2)) + b"~",
            OPTIONS,
            limits=Limits(stall=5),
            cancelled=lambda: time.monotonic() > until,
        )
    assert caught.value.data["reason"] == BROKE


def test_not_listening_holds_nothing_up(outside: ImportWorker) -> None:
    """A page of 8 MB comes, and who sent it does not take it back when all is to be put together."""
    page = packed(type="Piece", number=0, text="a", body=b"")[:-2] + b"\xc6" + struct.pack(">I", 8 << 20)
    counted = said(packed(type="Parts", count=1)).removeprefix(b"say ")
    head = struct.pack(">Q", len(page) + (8 << 20)) + page
    ended = said(packed(type="RangeRead")).removeprefix(b"say ")
    order = b"mute " + b" ".join((counted, head.hex().encode(), b"00*%d" % (8 << 20), ended))
    error = refusal(outside, order, Limits(stall=3))
    assert error.data["reason"] == "nothing more came of it within 3 seconds"


def line(**changes: Any) -> Line:
    return replace(Line(page=0, start=0, end=5, top=0, bottom=10, edges=(0, 1) * 5), **changes)


PAGE = Page(width=100, height=100)


@pytest.mark.parametrize(
    "frame",
    [
        lying(blocks=(Block(kind=BlockKind.PARAGRAPH, start=0, end=6),)),
        lying(blocks=(Block(kind=BlockKind.PARAGRAPH, start=-1, end=5),)),
        lying(blocks=(Block(kind=BlockKind.PARAGRAPH, start=5, end=0),)),
        lying(
            blocks=(Block(kind=BlockKind.PARAGRAPH, start=3, end=5), Block(kind=BlockKind.PARAGRAPH, start=0, end=2))
        ),
        lying(inlines=(Inline(kind=InlineKind.STRONG, start=4, end=1 << 40),)),
        lying(pages=(PAGE,), lines=(line(page=1),)),
        lying(pages=(PAGE,), lines=(line(page=-1),)),
        lying(pages=(PAGE,), lines=(line(edges=(0, 1)),)),
        lying(text="a\r\nbc"),
        lying(text="\ufeffshort"),
        lying(text="a\x00bcd"),
    ],
    ids=["after", "before", "turned", "order", "mark", "page", "minus", "edges", "returns", "mark of order", "nul"],
)
def test_results_that_do_not_hold_together(outside: ImportWorker, frame: bytes) -> None:
    assert refusal(outside, said(frame)).data["reason"] == BROKE


@pytest.mark.parametrize("way", ["fault", "crash", "leave"])
def test_breaking_down(outside: ImportWorker, way: str) -> None:
    assert refusal(outside, way.encode()).data["reason"] == BROKE
    assert outside.read(MARK + b"please", OPTIONS).text == "fine"


def test_descending_without_end(outside: ImportWorker) -> None:
    assert refusal(outside, b"descend").data["reason"] == "its reader failed on it (RecursionError)"


@pytest.mark.parametrize("way", ["spin", "chatter"])
def test_being_busy_is_no_progress(outside: ImportWorker, way: str) -> None:
    error = refusal(outside, way.encode(), Limits(stall=0.5))
    assert error.data["reason"] == "nothing more came of it within 0.5 seconds"


def test_progress_may_take_its_time(outside: ImportWorker) -> None:
    assert outside.read(MARK + b"please", OPTIONS).text == "fine", (
        "a process that has to be started first may take long"
    )
    assert outside.read(MARK + b"slow", OPTIONS, limits=Limits(stall=1.2)).text == "fine"


def test_room_that_is_never_used_is_no_memory(outside: ImportWorker) -> None:
    assert outside.read(MARK + b"reserve", OPTIONS, limits=Limits(memory=400 << 20)).text == "fine"


def test_printing_without_end_fills_nothing(outside: ImportWorker) -> None:
    assert outside.read(MARK + b"shout", OPTIONS).text == "fine"


def test_more_text_than_one_source_may_hold(outside: ImportWorker) -> None:
    error = refusal(outside, b"long", Limits(memory=2 << 30))
    assert error.data["reason"] == "it holds more text than one source may"
