"""A bundle with many linkages by a colleague, and its merge into a project that has none of them."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter

from annotator.bundle.read import read_bundle
from annotator.bundle.write import write_bundle
from annotator.domain.signing import BundleSignature, SignatureState
from annotator.services.identity import now
from annotator.services.merging import take_in
from annotator.store.exchanges import Direction
from annotator.store.store import Store
from benchmarks.linking import Linking

PAIRS_A_CHANGE = 10_000


def make_bundle(folder: Path, pairs: int) -> Path:
    """Write a bundle of a project with this many passages and linkages; its project lies beside it."""
    linking = Linking(folder / "colleague.annotator")
    for _ in range(pairs // PAIRS_A_CHANGE):
        linking.add(PAIRS_A_CHANGE)
    out = folder / "colleague.bundle.zip"
    with linking.store.snapshot() as view:
        write_bundle(view, out)
    linking.store.close()
    return out


_UNSIGNED = BundleSignature(state=SignatureState.UNSIGNED)


def new_project(folder: Path) -> Store:
    """Make an empty project."""
    return Store.create(folder / "ours.annotator", nonce=os.urandom, now=now, holder="benchmark")


def open_project(folder: Path) -> Store:
    """Open the project that ``new_project`` made there."""
    return Store.open(folder / "ours.annotator", nonce=os.urandom, now=now, holder="benchmark")


def merge_into(store: Store, bundle: Path) -> tuple[float, float]:
    """Read, check and merge a bundle; return the seconds of reading and checking, and those of merging."""
    start = perf_counter()
    with read_bundle(bundle) as incoming:
        checked = perf_counter()
        take_in(store, incoming, bundle, Direction.IN, lambda _done, _total: None, _UNSIGNED)
    return checked - start, perf_counter() - checked
