"""The sample case: plays the judgements in ``resources/sample/case.toml`` through the jobs a person would do."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotator.domain.ids import EntityId
from annotator.resources import resource
from annotator.services.identity import new_id
from annotator.services.project import Project, open_as

Entry = Mapping[str, Any]

SAMPLE_PERSON = "Ines Calder"
"""Whose eyes the pictures of the sample are taken with."""


def build_sample(folder: Path) -> Path:
    """Make the sample project in ``folder`` and return its path; one that is there already is left alone.

    Raises the ``ProjectError`` family.
    """
    case = tomllib.loads(resource("sample", "case.toml").read_text(encoding="utf-8"))
    path = folder / f"{case['title']}.annotator"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    ids: dict[str, EntityId] = {}
    names = case["annotators"]
    for name in names:
        with open_as(draft, name, new_id, create=True) as project:
            _Player(project, name, case, ids).judge(first=name == names[0])
    for name in names:
        with open_as(draft, name, new_id) as project:
            _Player(project, name, case, ids).conclude()
    draft.replace(path)
    return path


class _Player:
    """Does one annotator's part of the case. ``ids`` maps the keys of the case to what was made for them."""

    def __init__(self, project: Project, name: str, case: Entry, ids: dict[str, EntityId]) -> None:
        self._project = project
        self._name = name
        self._case = case
        self._ids = ids

    def judge(self, *, first: bool) -> None:
        """Mark and judge what is this annotator's; the first one also takes in the sources and names the agents."""
        if first:
            for entry in self._case["source"]:
                self._source(entry)
            for entry in self._case["agent"]:
                self._project.agent(entry["name"], kind=entry["kind"], interests=entry.get("interests", ""))
        for entry in self._own("passage"):
            self._passage(entry)
        for entry in self._own("claim"):
            self._claim(entry)
        for entry in self._own("appearance"):
            self._appearance(entry)
        for entry in self._own("linkage"):
            passages = tuple(self._ids[f"passage {key}"] for key in entry["passages"])
            rest = {name: entry[name] for name in _JUDGED if name in entry}
            self._project.link(passages, self._ids[f"claim {entry['claim']}"], **rest)

    def conclude(self) -> None:
        """Draw this annotator's conclusions, once all the evidence is there."""
        for entry in self._own("conclusion"):
            rest = {name: entry[name] for name in _CONCLUDED if name in entry}
            self._project.conclude(self._ids[f"claim {entry['claim']}"], **rest)

    def _own(self, table: str) -> list[Entry]:
        return [entry for entry in self._case.get(table, ()) if entry["by"] == self._name]

    def _source(self, entry: Entry) -> None:
        path = resource("sample", entry["file"])
        version = self._project.import_source((path.name, path.read_bytes()), url=entry["url"])
        self._ids[f"source {entry['key']}"] = version.id
        fields = {name: entry[name] for name in _DETAILS if name in entry}
        self._project.edit(
            version.source_id, authors=entry["author"], publishers=entry["publisher"], confirmed=True, **fields
        )

    def _passage(self, entry: Entry) -> None:
        version = self._ids[f"source {entry['source']}"]
        spans = [self._place(version, quote) for quote in entry["quotes"]]
        passage = self._project.highlight(version, spans, note=entry.get("note", ""), label=entry.get("label", ""))
        self._ids[f"passage {entry['key']}"] = passage.id

    def _place(self, version: EntityId, quote: str) -> tuple[int, int]:
        start = self._project.text(version).index(quote)
        return start, start + len(quote)

    def _claim(self, entry: Entry) -> None:
        parent = entry.get("parent")
        claim = self._project.add_claim(
            entry["text"],
            claimants=entry.get("claimants", ()),
            wording=self._wording(entry.get("wording")),
            types=entry.get("types", ()),
            date=entry.get("date"),
            location=entry.get("location", ""),
            parent=self._ids[f"claim {parent}"] if parent else None,
            relation=entry.get("relation"),
        )
        self._ids[f"claim {entry['key']}"] = claim.id

    def _wording(self, wording: Entry | None) -> EntityId | None:
        """Return the passage with the claim's original words."""
        if wording is None:
            return None
        for passage in self._case["passage"]:
            if passage["source"] == wording["source"] and passage["quotes"] == [wording["quote"]]:
                return self._ids[f"passage {passage['key']}"]
        version = self._ids[f"source {wording['source']}"]
        return self._project.highlight(version, [self._place(version, wording["quote"])]).id

    def _appearance(self, entry: Entry) -> None:
        origin = entry.get("derived_from")
        appearance = self._project.appear(
            self._ids[f"passage {entry['passage']}"],
            self._ids[f"claim {entry['claim']}"],
            agent=None,
            agent_name=entry.get("agent", ""),
            role=entry["role"],
            voice=entry.get("voice"),
            derived_from=self._ids[f"appearance {origin}"] if origin else None,
        )
        self._ids[f"appearance {entry['key']}"] = appearance.id


_DETAILS = ("title", "date_published", "language", "medium", "genre")
_JUDGED = ("stance", "verdict", "confidence", "reasons", "rationale", "basis", "question")
_CONCLUDED = ("verdict", "confidence", "reasons", "justification", "flags", "as_of", "stage")
