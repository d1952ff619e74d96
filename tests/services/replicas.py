"""Copies of one project in the hands of several people, what they do at random, and an oracle that counts lost writes.

The oracle knows nothing of parents and heads: it notes what each person had in their copy when they wrote, and holds that a
value stands until somebody who had it before them set the field anew.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pysqlite3 import dbapi2

from annotator.domain.change import DELETED, Change, StoredRevision, revision
from annotator.domain.codec import Json, canonical
from annotator.domain.errors import AnnotatorError
from annotator.domain.ids import ChangeId, Digest, EntityId
from annotator.domain.source import Version
from annotator.services.base import Step
from annotator.services.identity import new_id
from annotator.services.project import Project, open_as
from annotator.store.exchanges import Direction, Exchanges, LoggedExchange
from annotator.store.merge import merge
from annotator.store.reader import Reader

NAMES = ("Ada", "Bo", "Cy")

SCALES = """
[[scale]]
id = "e04545cb-6e0f-5254-afe1-72c7391f3811"
name = "stance"
levels = [{ id = "bc176931-640f-5c3e-9b2f-2a3a1eca6886", code = "supports", label = "supports" },
          { id = "164ac0b5-fe23-5fa1-a05b-14de449acaeb", code = "refutes", label = "refutes" }]
[[scale]]
id = "e04545cb-6e0f-5254-afe1-72c7391f3812"
name = "verdict"
levels = [{ id = "bc176931-640f-5c3e-9b2f-2a3a1eca6887", code = "supported", label = "supported" },
          { id = "164ac0b5-fe23-5fa1-a05b-14de449acaec", code = "refuted", label = "refuted" }]
[[scale]]
id = "e04545cb-6e0f-5254-afe1-72c7391f3813"
name = "confidence"
levels = [{ id = "bc176931-640f-5c3e-9b2f-2a3a1eca6888", code = "low", label = "low", percent = 25 },
          { id = "164ac0b5-fe23-5fa1-a05b-14de449acaed", code = "high", label = "high", percent = 90 }]
"""


def make_base(folder: Path) -> Path:
    """Make the project that all copies start from: a source, two claims, two linkages."""
    codebook = folder / "scales.toml"
    codebook.write_text(SCALES)
    path = folder / "base.annotator"
    with open_as(path, "Dot", new_id, create=True, codebook=codebook) as project:
        version = project.type_source("A call", "The wall cost twice as much. Nobody was told.")
        for start, words in ((0, "The wall was dear."), (29, "It was kept secret.")):
            claim = project.add_claim(words)
            project.link_many(
                [{"version": version.id, "fragments": [(start, start + 10)], "claim": claim.id, "stance": "supports",
                  "verdict": "supported", "confidence": "low", "rationale": "It says so."}]
            )  # fmt: skip
    return path


class FromProject:
    """What a bundle of a project as it stands would bring, without writing and reading one."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def changes(self) -> Iterator[tuple[Change, bytes, Iterable[StoredRevision]]]:
        """Yield the changes that stand."""
        for change, header in self._reader.history.changes(standing=True):
            yield change, header, self._reader.history.revisions_of_change(change.id)

    def blobs(self) -> Iterator[tuple[str, Digest]]:
        """Yield what versions name that stand."""
        for version in self._reader.all(Version):
            yield "text", version.text
            yield "structure", version.structure
            if version.original:
                yield "original", version.original

    def blob(self, _kind: str, digest: Digest) -> bytes:
        """Return stored bytes."""
        return self._reader.blob(digest)


@dataclass(slots=True)
class Written:
    """One value that somebody gave a field, and the changes that they had in their copy."""

    entity: EntityId
    field: str
    values: list[Json]
    change: ChangeId
    had: frozenset[ChangeId]


@dataclass(slots=True)
class Oracle:
    """Notes what was written, and says what must stand once everybody has everything."""

    written: list[Written] = field(default_factory=list)
    known: set[ChangeId] = field(default_factory=set)

    def note(self, project: Project) -> None:
        """Take in what was committed to a copy since it was looked at last."""
        history = project.store.read().history
        standing: set[ChangeId] = set()
        for change, _ in history.changes(standing=True):
            if change.id not in self.known:
                self.known.add(change.id)
                had = frozenset(standing - {change.id})
                for stored in history.revisions_of_change(change.id):
                    made = revision(stored.entity, stored.kind, change.id, (), stored.body)
                    self.written += [
                        Written(stored.entity, name, list(values), change.id, had) for name, values in made.writes()
                    ]
            standing.add(change.id)

    def lost(self, project: Project) -> list[tuple[EntityId, str, Json]]:
        """Return the values that must stand in a copy that has everything, and do not."""
        by_field: dict[tuple[EntityId, str], list[Written]] = {}
        by_entity: dict[EntityId, list[Written]] = {}
        for each in self.written:
            by_field.setdefault((each.entity, each.field), []).append(each)
            by_entity.setdefault(each.entity, []).append(each)
        missing = []
        for (entity, name), all_ in by_field.items():
            stands = [each for each in all_ if not any(each.change in other.had for other in all_)]
            expected = {canonical(value): value for each in stands for value in each.values}
            if name == DELETED:
                expected = {key: value for key, value in expected.items() if value is True}
                if expected and _is_edited_beside(stands, by_entity[entity]):
                    expected[canonical(value=False)] = False
            shown = _shown(project, entity, name)
            missing += [(entity, name, value) for key, value in expected.items() if key not in shown]
        return missing


def _is_edited_beside(deletions: list[Written], all_: list[Written]) -> bool:
    gone = [each for each in deletions if True in each.values]
    return any(
        edit.change not in deletion.had and deletion.change not in edit.had and edit.change != deletion.change
        for deletion in gone
        for edit in all_
        if edit.field != DELETED or True not in edit.values
    )


def _shown(project: Project, entity: EntityId, name: str) -> set[bytes]:
    state = project.store.read().state(entity)
    assert state is not None
    if name in state.conflicts:
        return {canonical(each.value) for each in state.conflicts[name]}
    return {canonical(state.deleted if name == DELETED else state.fields.get(name))}


class Replicas:
    """Some copies of a project, each in the hands of a person."""

    def __init__(self, base: Path, folder: Path, names: Iterable[str] = NAMES) -> None:
        folder.mkdir()
        self._folder = folder
        self.projects = [open_copy(base, folder / f"{name}.annotator", name) for name in names]
        self.oracle = Oracle()

    def close(self) -> None:
        """Let go of all copies, and throw them away."""
        for project in self.projects:
            project.close()
        shutil.rmtree(self._folder)

    def copy(self, index: int, name: str) -> Project:
        """Return another copy of what somebody has."""
        path = self._folder / f"{name}.annotator"
        with closing(dbapi2.connect(str(self.projects[index].path), isolation_level=None)) as database:
            database.execute("VACUUM INTO ?", (str(path),))
        project = open_as(path, name, new_id)
        self.projects.append(project)
        return project


def open_copy(base: Path, path: Path, name: str) -> Project:
    """Return a copy of a project, opened by a person."""
    shutil.copy(base, path)
    return open_as(path, name, new_id)


def take(into: Project, other: Project, part: FromProject | None = None) -> int:
    """Merge what somebody has, or a part of it, into a copy, as one step, and return how many changes came in."""
    incoming = part or FromProject(other.store.read())

    def job(reader: Reader) -> int:
        log = Exchanges(reader.connection)
        after = reader.history.count()
        taken = merge(reader.connection, incoming, lambda _: None)  # type: ignore[arg-type]
        if not taken.changes:
            return 0
        line = LoggedExchange(
            number=log.next_number(), direction=Direction.IN, at="2026-01-01T00:00:00Z", name=other.name,
            bundle=Digest("00" * 32), checkpoint=reader.checkpoint(), after=after, changes=taken.changes,
        )  # fmt: skip
        log.add(line)
        into.done.append(Step(ChangeId(""), "Merge", exchange=line.number))
        into.undone.clear()
        return len(taken.changes)

    return into.store.rewrite(job).result()


Act = tuple[str, int, int, int]
"""What is done, by whom, and two numbers that pick what it is done to."""


def act(replicas: Replicas, what: str, who: int, one: int, two: int) -> None:
    """Do one thing in one copy; what cannot be done there is refused by the program and changes nothing."""
    project = replicas.projects[who]
    with suppress(AnnotatorError):
        _ACTS[what](replicas, project, one, two)
    replicas.oracle.note(project)
    check_closed(project)


def check_closed(project: Project) -> None:
    """Fail where something stands that builds on a change set aside: no bundle of it could be read."""
    aside = "(SELECT change FROM set_aside)"
    sql = f"SELECT count(*) FROM change_parent WHERE parent IN {aside} AND child NOT IN {aside}"  # noqa: S608 our own words
    assert project.store.read().connection.exec_driver_sql(sql).scalar() == 0


def _pick(items: Iterable[EntityId], number: int) -> EntityId:
    found = sorted(items)
    return found[number % len(found)] if found else new_id()


def _edit_claim(_: Replicas, project: Project, one: int, two: int) -> None:
    project.edit(_pick((claim.id for claim in project.claims()), one), text=f"Words {two}")


def _edit_linkage(_: Replicas, project: Project, one: int, two: int) -> None:
    fields: dict[str, Json] = [
        {"rationale": f"Because {two}"},
        {"verdict": ("supported", "refuted")[two % 2]},
        {"confidence": ("low", "high")[two % 2], "stance": ("supports", "refutes")[two // 2 % 2]},
    ][two % 3]
    project.edit(_pick((linkage.id for linkage in project.linkages()), one), **fields)


def _delete(_: Replicas, project: Project, one: int, two: int) -> None:
    claims = [claim.id for claim in project.claims()]
    linkages = [linkage.id for linkage in project.linkages()]
    project.delete(_pick(linkages if two % 3 else claims, one))


def _settle(_: Replicas, project: Project, one: int, two: int) -> None:
    conflicts = project.conflicts()
    if conflicts:
        chosen = conflicts[one % len(conflicts)]
        project.settle(chosen.entity_id, chosen.field, chosen.sides[two % len(chosen.sides)].value)


def _line(project: Project, number: int) -> int:
    merged = [each.number for each in project.exchanges() if each.direction == "in"]
    return merged[number % len(merged)] if merged else 0


_ACTS: dict[str, Callable[[Replicas, Project, int, int], object]] = {
    "add": lambda _, project, one, two: project.add_claim(f"Claim {one}{two}"),
    "edit claim": _edit_claim,
    "edit linkage": _edit_linkage,
    "delete": _delete,
    "settle": _settle,
    "undo": lambda _, project, __, ___: project.undo(),
    "redo": lambda _, project, __, ___: project.redo(),
    "merge": lambda replicas, project, one, _: take(project, replicas.projects[one % len(NAMES)]),
    "take back": lambda _, project, one, __: project.take_back(_line(project, one)),
    "bring back": lambda _, project, one, __: project.bring_back(_line(project, one)),
}

ACTS = tuple(_ACTS)
