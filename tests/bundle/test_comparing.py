"""Members are held against lines without having more of them in memory than need be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.bundle.archive import open_archive
from annotator.bundle.comparing import compare_lines
from annotator.bundle.layout import CLAIMS
from annotator.bundle.read import USUAL
from annotator.bundle.refusal import Refusal

_MEBIBYTE = 1 << 20


def test_long_lines_are_compared_one_by_one(bundle: Path) -> None:
    made = list[int]()

    def lines() -> Iterator[bytes]:
        for number in range(100):
            made.append(number)
            yield b"x" * _MEBIBYTE

    with bundle.open("rb") as file, pytest.raises(Refusal, match="line 1 differs"):
        compare_lines(open_archive(file, USUAL), CLAIMS, lines(), lambda _: None)
    assert made == [0]
