"""10,000 linkages and their passages merged into a project of 1,000,000 ÷ the same into an empty one.

Timed is what a merge writes, from the first row to the commit on the disk. The large project has been on the disk for a while,
as projects have: its copy is synced before the time begins. A person's merge does two things more, which are told beside. The
preview compares what comes in with what is here and does not grow with that. The backup does: it is a copy of the whole
project, with every digest of its history checked. That is the price of a merge that can be gone back from.

The large project is made once, by changes as a person's work makes them, which are the rows that a merge would write. It takes
minutes; ``ANNOTATOR_LARGE_PROJECT`` names a file to keep it in.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from time import perf_counter

from annotator.services.project import Project
from benchmarks.linking import Linking
from benchmarks.mark import Mark
from benchmarks.merging import PAIRS_A_CHANGE, make_bundle, merge_into, new_project, open_project

KEPT = "ANNOTATOR_LARGE_PROJECT"
_THERE = 1_000_000


def product(folder: Path) -> float:
    """Return the seconds of merging into the large project, commit included."""
    _copy_large(folder)
    return _merged(folder)


def floor(folder: Path) -> float:
    """Return the seconds of merging into an empty project, commit included."""
    return _merged(folder)


def with_preview_and_backup(folder: Path) -> float:
    """Return the seconds of merging into the large project as a person does: looked at first, after a verified backup."""
    _copy_large(folder)
    return _whole(folder)


def with_preview_and_backup_into_empty(folder: Path) -> float:
    """Return the seconds of the same with an empty project."""
    new_project(folder).close()
    return _whole(folder)


def _large(folder: Path) -> Path:
    """Return the large project, made where it is not there yet."""
    path = Path(os.environ.get(KEPT) or folder.parent / "large.annotator")
    if not path.exists():
        unfinished = path.with_name(f"{path.name}.unfinished")
        unfinished.unlink(missing_ok=True)
        linking = Linking(unfinished)
        for _ in range(_THERE // PAIRS_A_CHANGE):
            linking.add(PAIRS_A_CHANGE)
        linking.store.close()
        unfinished.rename(path)
    return path


def _copy_large(folder: Path) -> None:
    copy = folder / "ours.annotator"
    shutil.copyfile(_large(folder), copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())


def _merged(folder: Path) -> float:
    bundle = make_bundle(folder, PAIRS_A_CHANGE)
    store = open_project(folder) if (folder / "ours.annotator").exists() else new_project(folder)
    seconds = merge_into(store, bundle)[1]
    store.close()
    return seconds


def _whole(folder: Path) -> float:
    bundle = make_bundle(folder, PAIRS_A_CHANGE)
    with Project(open_project(folder), None) as project:
        start = perf_counter()
        project.merge(project.plan_merge(bundle))
        return perf_counter() - start


MARK = Mark(
    name="10,000 linkages merged into a project of 1,000,000",
    against="the same into an empty project",
    limit=1.5,
    product=product,
    floor=floor,
    rounds=3,
    beside={
        "with preview and backup": with_preview_and_backup,
        "with preview and backup into an empty one": with_preview_and_backup_into_empty,
    },
)
