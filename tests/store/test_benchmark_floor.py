"""The floor of the store's marks writes the very rows that the product writes: the file it makes verifies."""

from __future__ import annotations

from pathlib import Path

from benchmarks.linking import Linking, Raw, rows_by_change

from annotator.store.verify import verify


def test_the_rows_put_in_by_hand_are_a_sound_project(tmp_path: Path) -> None:
    linking = Linking(tmp_path / "product.annotator")
    for pairs in (1, 3, 1):
        linking.add(pairs)
    linking.store.close()
    by_hand = Raw(tmp_path / "raw.annotator")
    for rows in rows_by_change(tmp_path / "product.annotator"):
        by_hand.add(rows)
    assert verify(tmp_path / "raw.annotator") == verify(tmp_path / "product.annotator")
