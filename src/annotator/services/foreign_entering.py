"""What taking in another program's file shares: ids, counts, people, dates, and the lines on what was left out."""

from __future__ import annotations

from collections import Counter, defaultdict

from annotator.domain.change import Blob, Write
from annotator.domain.dates import PartialDate, partial_date
from annotator.domain.entity import Entity
from annotator.domain.foreign import Foreign, ForeignAgent, ForeignPassage, ForeignSource
from annotator.domain.foreign_levels import Levels
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.domain.foreign_words import clean_text
from annotator.domain.ids import Digest, EntityId
from annotator.domain.names import clean_name
from annotator.domain.passage import Fragment, Passage
from annotator.domain.people import Agent, Annotator
from annotator.services.foreign_here import Here, Standing
from annotator.store.agents import agent_named
from annotator.store.reader import Reader

_DATE = 10
_SHOWN = 160


class Entering:
    """Collects what is written for one file. Whatever cannot come in is told, and nothing else suffers from it."""

    def __init__(self, reader: Reader, foreign: Foreign, levels: Levels, me: EntityId) -> None:
        """``me`` is who works: what nobody is named for is theirs."""
        self.reader, self.foreign, self.levels, self.me = reader, foreign, levels, me
        self.here = Here(reader)
        self.writes: dict[EntityId, Write] = {}
        self.blobs: dict[Digest, Blob] = {}
        self.new, self.known = Counter[str](), Counter[str]()
        self.left_out: list[LeftOut] = list(foreign.left_out)
        self.waiting: list[LeftOut] = []
        self.by: dict[EntityId, str] = {}
        self._ids: dict[str, dict[str, EntityId]] = defaultdict(dict)
        self._codes = {code.key: code.name for code in foreign.codes}
        self._people = {person.key: person.name for person in foreign.people}

    def enter(self, entity: Entity, key: str) -> None:
        """Write an entity that is not here, and count it; from now on others may refer to its key."""
        self.name(entity.kind, key, entity.id)
        if self.here.standing(type(entity), entity.id) is Standing.LIVING:
            self.known[entity.kind] += 1
            return
        self.new[entity.kind] += 1
        self.writes[entity.id] = self.here.write(entity)

    def passage(self, passage: ForeignPassage, text: Digest, fragments: tuple[Fragment, ...]) -> Passage:
        """Write a passage that stands in a text, and return it; one that is an area has no fragments."""
        labels = [passage.label, *(self._codes.get(code, "") for code in passage.codes)]
        made = Passage(
            id=self.here.id_for(Passage, passage.key, text),
            text=text,
            fragments=fragments,
            area=passage.area if not fragments else None,
            label="; ".join(dict.fromkeys(filter(None, map(clean_name, labels)))),
            fidelity=passage.fidelity,
            annotator_id=self.person(passage.by) if passage.by else None,
        )
        self.enter(made, passage.key)
        return made

    def name(self, kind: str, key: str, id_: EntityId) -> None:
        """Say which entity a key of the file means."""
        self._ids[kind][key] = id_

    def id_of(self, kind: str, key: str) -> EntityId | None:
        """Return the entity of a kind that a key of the file means; None where there is none, or it was left out."""
        return self._ids[kind].get(key)

    def any_of(self, key: str) -> EntityId | None:
        """Return the entity of whatever kind that a key of the file means."""
        return next((ids[key] for ids in self._ids.values() if key in ids), None)

    def is_second(self, kind: str, key: str, words: str) -> bool:
        """Tell whether a key came before in the file, and leave it out then."""
        if key in self._ids[kind]:
            self.leave(kind, words, Why.TWICE)
        return key in self._ids[kind]

    def leave(self, kind: str, words: str, why: Why, detail: str = "") -> None:
        """Note that something was left out: ``words`` by which a person knows it."""
        self.left_out.append(LeftOut(kind=kind, words=shortened(words), why=why, detail=shortened(detail)))

    def person(self, key: str) -> EntityId:
        """Return who made something, entered where nobody knows them yet; nobody named: who works."""
        if not key:
            return self.me
        id_ = self.here.id_for(Annotator, key)
        if id_ not in self.by:
            known = self.reader.find(Annotator, id_)
            name = known.name if known else clean_name(self._people.get(key, "")) or clean_name(key) or "?"
            self.by[id_] = name
            if known is None and id_ != self.me:
                self.writes[id_] = self.here.write(Annotator(id=id_, name=name))
        return id_

    def agent(self, agent: ForeignAgent | None) -> EntityId | None:
        """Return the agent of this name, entered where there is none; None for one without a name."""
        name = clean_name(agent.name) if agent else ""
        if agent is None or not name:
            return None
        known = agent_named(self.reader, name)
        if known is not None:
            return known.id
        made = Agent(id=self.here.id_for(Agent, name), name=name, agent_kind=agent.agent_kind)
        if made.id not in self.writes:
            self.new[Agent.kind] += 1
            self.writes[made.id] = self.here.write(made)
        return made.id

    def date(self, kind: str, words: str, date: str) -> PartialDate | None:
        """Return the day of a date or a moment; what is none is told."""
        if not date.strip():
            return None
        try:
            return partial_date(date.strip()[:_DATE])
        except ValueError:
            self.leave(kind, words, Why.NOT_ONE, f"“{date}” as a date")
            return None


def called(source: ForeignSource) -> str:
    """Return what a source of the file is called."""
    return clean_name(source.title) or source.address or source.name or source.key


def shortened(words: str) -> str:
    """Return words on one line, harmless, and not too many."""
    plain = " ".join(clean_text(words).split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1].rstrip()}…"
