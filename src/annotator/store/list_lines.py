"""The lines of the long lists: a page of them at a time, by their local numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from annotator.domain.codec import Json
from annotator.domain.ids import EntityId, from_bytes
from annotator.domain.listing import ClaimLine, Line, LinkageLine, PassageLine, SourceLine, made_at
from annotator.domain.people import Agent, Annotator, pseudonym
from annotator.domain.register import fold
from annotator.store.agents import standing_agent
from annotator.store.changed_words import changed_words
from annotator.store.connection import driver_of
from annotator.store.listing import LINKED, TEXTS_OF
from annotator.store.reader import Reader

_AT_ONCE = 500
_PROGRESS = (
    f"SELECT s.n, count(p.n), coalesce(sum(NOT {LINKED.format('p.n')}), 0) FROM source s "
    f"JOIN passage p ON p.text IN {TEXTS_OF.format('s.n')} WHERE s.n IN ({{0}}) GROUP BY s.n"
)
_VERSIONS = (
    "SELECT v.source, e.id FROM version v JOIN entity e ON e.n = v.n WHERE v.source IN ({0}) "
    "ORDER BY v.source, v.sequence, e.id"
)
_JUDGED = (
    "SELECT lp.passage, l.stance, k.conflicted FROM linkage_passage lp JOIN linkage l ON l.n = lp.linkage "
    "JOIN entity k ON k.n = l.n WHERE lp.passage IN ({0}) AND l.withdrawn = 0"
)
_HOMES = (
    "SELECT p.n, s.title, e.id FROM passage p JOIN version v ON v.text = p.text JOIN source s ON s.n = v.source "
    "JOIN entity e ON e.n = v.n WHERE p.n IN ({0}) ORDER BY v.sequence"
)
_MAKERS = (
    "SELECT r.entity, c.annotator FROM revision r JOIN change c ON c.n = r.change WHERE r.entity IN ({0}) "
    "AND r.change NOT IN (SELECT change FROM set_aside) ORDER BY r.entity, r.n DESC"
)
_EVIDENCE = (
    "SELECT l.claim, l.stance, lp.passage FROM linkage l JOIN linkage_passage lp ON lp.linkage = l.n "
    "WHERE l.claim IN ({0}) AND l.withdrawn = 0"
)
_CONCLUSIONS = (
    "SELECT k.claim, k.verdict, k.confidence, k.stage, e.conflicted FROM conclusion k JOIN entity e ON e.n = k.n "
    "WHERE k.claim IN ({0}) ORDER BY k.claim, e.id"
)
_PASSAGES_OF = "SELECT linkage, passage FROM linkage_passage WHERE linkage IN ({0})"
_CLAIMS_OF = "SELECT l.n, c.text, e.id FROM linkage l JOIN claim c ON c.n = l.claim JOIN entity e ON e.n = c.n WHERE l.n IN ({0})"

_Fields = Mapping[str, Json]


class Lines:
    """Reads lines over one reader; what does not live any more has none."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._driver = driver_of(reader.connection)
        self._names: dict[str, str] = {}

    def of(self, kind: str, numbers: Sequence[int]) -> dict[int, Line]:
        """Return the lines of ``numbers`` in the list ``kind``."""
        make: Callable[[Sequence[int]], dict[int, Line]] = getattr(self, f"_{kind}")
        return make(numbers)

    def _sources(self, numbers: Sequence[int]) -> dict[int, Line]:
        progress = {n: (passages, unlinked) for n, passages, unlinked in self._rows(_PROGRESS, numbers)}
        versions: dict[int, list[EntityId]] = {}
        for n, id_ in self._rows(_VERSIONS, numbers):
            versions.setdefault(n, []).append(from_bytes(id_))
        lines: dict[int, Line] = {}
        for n, (id_, fields, disputed) in self._states(numbers).items():
            own, (passages, unlinked) = versions.get(n, []), progress.get(n, (0, 0))
            agents = [*_list(fields, "publishers"), *_list(fields, "authors")]
            lines[n] = SourceLine(
                number=n,
                id=id_,
                title=_text(fields, "title"),
                publisher=next((name for each in agents if (name := self._name(each))), ""),
                published=_text(fields, "date_published"),
                medium=_text(fields, "medium") or "other",
                version_id=own[-1] if own else None,
                versions=len(own),
                passages=passages,
                unlinked=unlinked,
                made=made_at(id_),
                disputed=disputed,
            )
        return lines

    def _passages(self, numbers: Sequence[int]) -> dict[int, Line]:
        judged: dict[int, list[tuple[str, int]]] = {}
        for n, stance, conflicted in self._rows(_JUDGED, numbers):
            judged.setdefault(n, []).append((stance, conflicted))
        homes = {n: (title, from_bytes(id_)) for n, title, id_ in self._rows(_HOMES, numbers)}
        makers = {n: from_bytes(id_) for n, id_ in self._rows(_MAKERS, numbers)}
        lines: dict[int, Line] = {}
        states = self._states(numbers)
        changed = changed_words(self._reader, [id_ for id_, _, _ in states.values()])
        for n, (id_, fields, disputed) in states.items():
            own, home = judged.get(n, []), homes.get(n)
            fragments, area = _list(fields, "fragments"), fields.get("area")
            lines[n] = PassageLine(
                number=n,
                id=id_,
                words=_quote(fragments),
                label=_text(fields, "label"),
                page=area["page"] if isinstance(area, dict) else None,
                source=home[0] if home else "",
                version_id=home[1] if home else None,
                start=fragments[0]["start"] if fragments else 0,
                end=fragments[-1]["end"] if fragments else 0,
                stances=tuple(sorted({stance for stance, _ in own})),
                linkages=len(own),
                by=self._name(makers[n]) or pseudonym(makers[n]) if n in makers else "",
                made=made_at(id_),
                disputed=disputed or any(conflicted for _, conflicted in own),
                changed=changed.get(id_),
            )
        return lines

    def _claims(self, numbers: Sequence[int]) -> dict[int, Line]:
        evidence: dict[int, dict[str, set[int]]] = {}
        for n, stance, passage in self._rows(_EVIDENCE, numbers):
            evidence.setdefault(n, {}).setdefault(stance, set()).add(passage)
        conclusions = {n: rest for n, *rest in self._rows(_CONCLUSIONS, numbers)}
        lines: dict[int, Line] = {}
        for n, (id_, fields, disputed) in self._states(numbers).items():
            by_stance = evidence.get(n, {})
            verdict, confidence, stage, contested = conclusions.get(n, ("", "", "", 0))
            lines[n] = ClaimLine(
                number=n,
                id=id_,
                text=_text(fields, "text"),
                stances=tuple((stance, len(by_stance[stance])) for stance in sorted(by_stance)),
                passages=len(set[int]().union(*by_stance.values())),
                verdict=verdict,
                confidence=confidence,
                stage=stage,
                made=made_at(id_),
                disputed=disputed or bool(contested),
            )
        return lines

    def _linkages(self, numbers: Sequence[int]) -> dict[int, Line]:
        passages = [passage for _, passage in self._rows(_PASSAGES_OF, numbers)]
        quotes = {
            id_: (_quote(_list(fields, "fragments")), n) for n, (id_, fields, _) in self._states(passages).items()
        }
        titles = {n: title for n, title, _ in self._rows(_HOMES, passages)}
        claims = {n: (words, from_bytes(id_)) for n, words, id_ in self._rows(_CLAIMS_OF, numbers)}
        changed = changed_words(self._reader, quotes)
        lines: dict[int, Line] = {}
        for n, (id_, fields, disputed) in self._states(numbers).items():
            own = [each for each in _list(fields, "passage_ids") if each in quotes]
            by = _text(fields, "annotator_id")
            claim, claim_id = claims.get(n, ("", EntityId(_text(fields, "claim_id"))))
            lines[n] = LinkageLine(
                number=n,
                id=id_,
                claim=claim,
                claim_id=claim_id,
                words=" … ".join(quotes[each][0] for each in own),
                source=titles.get(quotes[own[0]][1], "") if own else "",
                passage_id=own[0] if own else None,
                stance=_text(fields, "stance"),
                verdict=_text(fields, "verdict"),
                confidence=_text(fields, "confidence"),
                by=self._name(by) or pseudonym(EntityId(by)),
                made=made_at(id_),
                disputed=disputed,
                withdrawn=bool(fields.get("withdrawn")),
                changed=next((changed[each] for each in own if each in changed), None),
            )
        return lines

    def _states(self, numbers: Sequence[int]) -> dict[int, tuple[EntityId, _Fields, bool]]:
        """Return id, fields, and whether any is disputed, of what lives."""
        found = {}
        for n, revisions in self._reader.history.revisions_of_numbers(dict.fromkeys(numbers)).items():
            state = fold(revisions)
            if not state.deleted:
                found[n] = (revisions[0].entity, state.fields, bool(state.conflicts))
        return found

    def _rows(self, sql: str, numbers: Sequence[int]) -> Iterable[tuple[Any, ...]]:
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            yield from self._driver.execute(sql.format(",".join("?" * len(some))), tuple(some))

    def _name(self, id_: str) -> str:
        """Return what a person or an agent is called."""
        if id_ not in self._names:
            found = self._reader.find_any(EntityId(id_)) if id_ else None
            if isinstance(found, Agent):
                found = standing_agent(self._reader, found.id)
            self._names[id_] = found.name if isinstance(found, (Agent, Annotator)) else ""
        return self._names[id_]


def _text(fields: _Fields, name: str) -> str:
    return str(fields.get(name) or "")


def _list(fields: _Fields, name: str) -> list[Any]:
    found = fields.get(name)
    return list(found) if isinstance(found, list | tuple) else []


def _quote(fragments: Iterable[Mapping[str, str]]) -> str:
    return " … ".join(fragment["quote"] for fragment in fragments)
