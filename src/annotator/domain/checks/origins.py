"""Who stands at the beginning of what a passage says about a claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from annotator.domain.checks.words import shortened
from annotator.domain.claim import Appearance
from annotator.domain.ids import Digest, EntityId
from annotator.domain.joined import stands_for
from annotator.domain.judgement import Linkage
from annotator.domain.passage import Passage
from annotator.domain.people import Agent
from annotator.domain.source import Source, Version

DENIES, ASKS = "denies", "asks"
"""Roles of appearances that do not say the claim."""

Entities = tuple[EntityId, ...]


class Origins:
    """Follows appearances back to their roots.

    An appearance goes back to the one that it is derived from, and so on; a denial is no repetition of what it denies (nor the
    other way round), so the chain ends there. The root's agent is the origin, or the root itself where its agent is unknown. A
    passage in which nobody was said to speak on the claim has the publisher of its source as its origin, else the source.
    """

    def __init__(
        self,
        sources: Mapping[EntityId, Source],
        versions: Mapping[EntityId, Version],
        passages: Mapping[EntityId, Passage],
        agents: Mapping[EntityId, Agent],
        appearances: Mapping[EntityId, Appearance],
    ) -> None:
        self._sources = sources
        self._passages = passages
        self._agents = agents
        self._appearances = appearances
        self._source_of: dict[Digest, EntityId] = {}
        for version in versions.values():
            self._source_of.setdefault(version.text, version.source_id)
        self._said: dict[tuple[EntityId, EntityId], list[Appearance]] = defaultdict(list)
        for appearance in appearances.values():
            self._said[appearance.passage_id, appearance.claim_id].append(appearance)
        self._roots: dict[EntityId, Appearance] = {}
        self._known: dict[tuple[EntityId, EntityId], Entities] = {}

    def said(self, passage: EntityId, claim: EntityId) -> list[Appearance]:
        """Return the appearances of a claim in a passage, sorted by id."""
        return self._said.get((passage, claim), [])

    def source(self, passage: EntityId) -> Source | None:
        """Return the source in which a passage stands."""
        found = self._passages.get(passage)
        source = self._source_of.get(found.text) if found else None
        return self._sources.get(source) if source else None

    def agent(self, id_: EntityId) -> EntityId:
        """Return an agent, or the one that it was joined to."""
        return stands_for(self._agents, id_)

    def root(self, appearance: Appearance) -> Appearance:
        """Return the appearance that one goes back to at last; of a circle that with the smallest id."""
        path: dict[EntityId, Appearance] = {}
        step = appearance
        while step.id not in path and step.id not in self._roots:
            path[step.id] = step
            step = self._earlier(step) or step
        root = self._roots.get(step.id)
        if root is None:
            ids = list(path)
            root = path[min(ids[ids.index(step.id) :])]
        self._roots.update(dict.fromkeys(path, root))
        return root

    def _earlier(self, appearance: Appearance) -> Appearance | None:
        earlier = self._appearances.get(appearance.derived_from) if appearance.derived_from else None
        return earlier if earlier and (earlier.role == DENIES) == (appearance.role == DENIES) else None

    def origin(self, appearance: Appearance) -> EntityId:
        """Return the root's agent, else the root."""
        root = self.root(appearance)
        return self.agent(root.agent_id) if root.agent_id else root.id

    def of_passage(self, passage: EntityId, claim: EntityId) -> Entities:
        """Return the origins of what a passage says about a claim, sorted."""
        found = self._known.get((passage, claim))
        if found is None:
            said = self.said(passage, claim)
            found = tuple(sorted({self.origin(each) for each in said})) if said else (self._published(passage),)
            self._known[passage, claim] = found
        return found

    def of(self, linkage: Linkage) -> set[EntityId]:
        """Return the origins of the evidence of a linkage."""
        return {origin for passage in linkage.passage_ids for origin in self.of_passage(passage, linkage.claim_id)}

    def of_all(self, linkages: Iterable[Linkage], *, enough: int) -> set[EntityId]:
        """Return the origins of several linkages; when there are ``enough`` the rest is not looked at."""
        origins: set[EntityId] = set()
        for linkage in linkages:
            origins |= self.of(linkage)
            if len(origins) >= enough:
                break
        return origins

    def name(self, origin: EntityId) -> str:
        """Return an origin in words."""
        if origin in self._agents:
            return self._agents[origin].name
        if origin in self._sources:
            return f"“{shortened(self._sources[origin].title)}”"
        return "an unknown voice"

    def _published(self, passage: EntityId) -> EntityId:
        source = self.source(passage)
        if source is None:
            return passage
        return self.agent(source.publishers[0]) if source.publishers else source.id
