"""10,000 linkages and their passages merged into a project of 1,000,000 ÷ the same into an empty one."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.bundles import write_pairs
from benchmarks.mark import Mark
from benchmarks.merging import PAIRS_A_CHANGE, make_bundle, merge_into, new_project, open_project

_THERE = 1_000_000


def product(folder: Path) -> float:
    """Return the seconds of merging into the large project, commit included."""
    large = folder.parent / "large.annotator"
    if not large.exists():
        write_pairs(folder / "large.bundle.zip", _THERE, PAIRS_A_CHANGE)
        store = new_project(folder)
        merge_into(store, folder / "large.bundle.zip")
        store.close()
        (folder / "ours.annotator").rename(large)
    shutil.copyfile(large, folder / "ours.annotator")
    return _merged(folder)


def floor(folder: Path) -> float:
    """Return the seconds of merging into an empty project, commit included."""
    return _merged(folder)


def _merged(folder: Path) -> float:
    bundle = make_bundle(folder, PAIRS_A_CHANGE)
    store = open_project(folder) if (folder / "ours.annotator").exists() else new_project(folder)
    seconds = merge_into(store, bundle)[1]
    store.close()
    return seconds


MARK = Mark(
    name="10,000 linkages merged into a project of 1,000,000",
    against="the same into an empty project",
    limit=1.5,
    product=product,
    floor=floor,
    rounds=3,
)
