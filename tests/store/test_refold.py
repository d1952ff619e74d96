"""The search index follows the rules of folding."""

from __future__ import annotations

from pathlib import Path

from annotator.store.local import FOLDING
from annotator.store.refold import refold
from annotator.store.search import search
from annotator.store.verify import verify
from tests.factories import Maker, fill, new_store, reopen
from tests.store.rich import raw


def test_an_index_of_other_rules_is_made_anew(project_path: Path, make: Maker) -> None:
    store = new_store(project_path)
    fill(store, make)
    hits = search(store.read(), "a") or search(store.read(), "the")
    store.close()
    assert verify(project_path).index
    store = reopen(project_path)
    store.write_local(lambda reader: reader.local.set(FOLDING, "unicode 1.0")).result()
    store.close()
    with raw(project_path) as database:
        database.execute("INSERT INTO search(search) VALUES ('delete-all')")
    assert not verify(project_path).index, "not compared, and not called altered"
    store = reopen(project_path)
    assert (search(store.read(), "a") or search(store.read(), "the")) == hits
    store.close()
    assert verify(project_path).index


def test_a_version_without_words_is_passed_over(project_path: Path, make: Maker) -> None:
    store = new_store(project_path)
    fill(store, make)
    store.close()
    with raw(project_path) as database:
        version = "(SELECT n FROM entity WHERE kind = 'version')"
        database.execute(f"UPDATE revision SET body = NULL WHERE entity = {version}")  # noqa: S608 our own words
        database.execute(f"DELETE FROM version WHERE n = {version}")  # noqa: S608 our own words
    store = reopen(project_path)
    store.write_local(lambda reader: refold(reader.connection)).result()
    assert make.claim.id in {hit.entity_id for hit in search(store.read(), "water")}
    store.close()
