"""Reads Web Annotations: targets become passages, bodies labels, notes and judgements."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.codec import Json
from annotator.domain.errors import ImportFailedError
from annotator.domain.foreign import (
    Foreign,
    ForeignClaim,
    ForeignLinkage,
    ForeignNote,
    ForeignPassage,
    ForeignPerson,
    ForeignSource,
    ForeignStretch,
)
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.domain.passage import Area, Fidelity
from annotator.importers.annotations.json_file import digest_key, listed, parse_json, word
from annotator.importers.annotations.linked import iri, plain_name, things, types
from annotator.importers.annotations.own import PREFIX, own_fields, own_linkage
from annotator.importers.annotations.selectors import Place, place_of
from annotator.importers.annotations.tags import Tags
from annotator.importers.annotations.words_of_html import words_of_html

_LABELS = frozenset({"tagging", "classifying", "identifying"})
_TEXT = "sha256:"
_SHOWN = 160
_LONGEST_RUN = 64
_Marked = tuple[str, tuple[ForeignStretch, ...], Area | None]
"""A source's key and the place marked in it."""


def read_web_annotations(data: bytes, name: str) -> Foreign:
    """Return what a file of Web Annotations says. Raises ``ImportFailedError`` where there is none in it."""
    values = parse_json(data, name)
    found = list(things(values, frozenset({"Annotation"}), ("items", "first", "@graph", "member", "rows")))
    if not found and any(_is_elsewhere(value) for value in values):
        raise ImportFailedError(
            name=name,
            reason="it is a collection whose annotations are on pages that are kept elsewhere and never fetched",
            advice="Save these pages (“first”, then each “next”), and take them in.",
        )
    if not found:
        raise ImportFailedError(
            name=name,
            reason="there is no Web Annotation in it",
            advice="Choose the file that the other program calls W3C or JSON-LD.",
        )
    reading = _Reading()
    for annotation in sorted(found, key=_is_judgement):
        reading.annotation(annotation)
    return reading.foreign()


def _is_elsewhere(value: Json) -> bool:
    """Tell whether a collection only names its first page."""
    return "AnnotationCollection" in types(value) and isinstance(value, dict) and isinstance(value.get("first"), str)


def _is_judgement(annotation: Json) -> bool:
    """Tell whether an annotation may rest on passages that others highlight: those are read first."""
    return "assessing" in map(plain_name, filter(None, map(word, listed(annotation.get("motivation")))))


class _Reading:
    def __init__(self) -> None:
        self._people: dict[str, ForeignPerson] = {}
        self._sources: dict[str, ForeignSource] = {}
        self._passages: dict[str, ForeignPassage] = {}
        self._marked: dict[_Marked, str] = {}
        self._claims: dict[str, ForeignClaim] = {}
        self._linkages: list[ForeignLinkage] = []
        self._notes: list[ForeignNote] = []
        self._left: list[LeftOut] = []
        self._tags = Tags()

    def foreign(self) -> Foreign:
        return Foreign(
            format="webannotation",
            people=tuple(self._people.values()),
            sources=tuple(self._sources.values()),
            codes=self._tags.codes,
            passages=tuple(self._passages.values()),
            codings=self._tags.codings,
            claims=tuple(self._claims.values()),
            linkages=tuple(self._linkages),
            notes=tuple(self._notes),
            left_out=tuple(self._left),
        )

    def annotation(self, annotation: Json) -> None:
        """Read one annotation."""
        key, by = iri(annotation) or digest_key(annotation), self._person(annotation.get("creator"))
        bodies = [*_flat(annotation.get("body", annotation.get("hasBody"))), *_values(annotation.get("bodyValue"))]
        targets = [self._target(target, key) for target in _flat(annotation.get("target", annotation.get("hasTarget")))]
        claim = next((found for body in bodies if (found := self._claim(body))), "")
        if claim:
            self._linkage(key, by, claim, bodies, [target for target in targets if target])
            return
        labels = [word(body.get("value")) for body in bodies if _purposes(body) & _LABELS and _is_words(body)]
        others = [body for body in bodies if not (_purposes(body) & _LABELS and _is_words(body))]
        notes = [text for body in others if (text := self._words(body, key))]
        about = ""
        for number, (source, places) in enumerate(_by_source([target for target in targets if target])):
            marked = self._mark(f"{key}#{number}" if number else key, source, places, labels, by, annotation)
            about = about or marked or ("" if places else source)
        if about in self._sources and labels:
            notes.insert(0, "; ".join(labels))
        for number, text in enumerate(notes if about else ()):
            self._notes.append(ForeignNote(key=f"{key}#note{number or ''}", about=about, text=text, by=by))
        if (about in self._sources and not notes and not bodies) or not targets:
            self._leave("passage", key, Why.EMPTY)

    # -- where

    def _target(self, target: Json, key: str) -> tuple[str, Place] | None:
        """Return the key of a target's source and what its selectors say; None for a target that is none."""
        is_specific = isinstance(target, dict) and ("source" in target or "hasSource" in target)
        described = target.get("source", target.get("hasSource")) if is_specific else target
        source = self._source(described, target if is_specific else {})
        if not source:
            self._leave("passage", key, Why.NOT_ONE, "a target without a source")
            return None
        place = place_of(target.get("selector", target.get("hasSelector")) if is_specific else None)
        fragment = source.partition("#")[2]
        if fragment and not place.stretch and place.area is None:
            place = place_of({"type": "FragmentSelector", "value": fragment})
            place.unusable.clear()
        return source, place

    def _source(self, described: Json, target: Json) -> str:
        """Return the key of a source, described on first sight."""
        address, digest = iri(described), word(target.get(f"{PREFIX}text")).removeprefix(_TEXT)
        key = f"{address} {digest}".strip()
        if key and key not in self._sources:
            title = word(described.get("title", described.get("name"))) if isinstance(described, dict) else ""
            self._sources[key] = ForeignSource(key=key, address=address, title=title, text_digest=digest)
        return key

    def _mark(self, key: str, source: str, places: list[Place], labels: list[str], by: str, annotation: Json) -> str:
        """Enter the passage that places of one source are, and return its key; empty where nothing is marked."""
        stretches = tuple(stretch for place in places if (stretch := place.stretch))
        area = next((place.area for place in places if place.area), None) if not stretches else None
        if not stretches and area is None:
            unusable = [kind for place in places for kind in place.unusable]
            if unusable:
                self._leave("passage", "; ".join(labels) or key, Why.SELECTOR, ", ".join(dict.fromkeys(unusable)))
            return ""
        fidelity = word(annotation.get(f"{PREFIX}fidelity"))
        self._passages[key] = ForeignPassage(
            key=key,
            source=source,
            stretches=stretches,
            area=area,
            fidelity=Fidelity(fidelity) if fidelity in set(Fidelity) else None,
            by=by,
        )
        self._tags.put(key, labels, by)
        self._marked.setdefault((source, stretches, area), key)
        return key

    # -- what

    def _linkage(self, key: str, by: str, claim: str, bodies: list[Json], targets: list[tuple[str, Place]]) -> None:
        """Enter the judgement of a claim by passages: those that are highlighted in the file, else ones of its own."""
        said: dict[str, Json] = {}
        texts = {"commenting": "", "questioning": ""}
        for body in bodies:
            if isinstance(body, dict):
                said |= own_fields(body)
                for purpose in _purposes(body) & texts.keys():
                    texts[purpose] = texts[purpose] or self._words(body, key)
        passages = tuple(dict.fromkeys(self._rests_on(key, by, targets)))
        self._linkages.append(
            own_linkage(key, passages, claim, said, rationale=texts["commenting"], question=texts["questioning"], by=by)
        )

    def _rests_on(self, key: str, by: str, targets: list[tuple[str, Place]]) -> Iterator[str]:
        """Yield the passages that targets are, the longest run of them that somebody highlighted together first."""
        at = 0
        while at < len(targets):
            for end in range(min(len(targets), at + _LONGEST_RUN), at, -1):
                run = targets[at:end]
                stretches = tuple(stretch for _, place in run if (stretch := place.stretch))
                area = run[0][1].area if not stretches else None
                known = self._marked.get((run[0][0], stretches, area))
                if known and len({source for source, _ in run}) == 1:
                    yield known
                    break
            else:
                end = at + 1
                source, place = targets[at]
                made = self._mark(f"{key}#passage{at}", source, [place], [], by, {})
                if made:
                    yield made
            at = end

    def _claim(self, body: Json) -> str:
        """Return the key of the claim that a body links to; empty for any other body."""
        source = body.get("source") if isinstance(body, dict) else None
        words = word(source.get(f"{PREFIX}claim")) if isinstance(source, dict) else ""
        key = iri(source)
        if not words or not key:
            return ""
        self._claims.setdefault(key, ForeignClaim(key=key, text=words))
        return key

    def _words(self, body: Json, key: str) -> str:
        """Return the words of a body; what is kept elsewhere is told."""
        if not isinstance(body, str | dict):
            self._leave("note", key, Why.NOT_ONE, "a body that is none")
            return ""
        if isinstance(body, str) or not _is_words(body):
            kept = iri(body) or _kept_elsewhere(body)
            self._leave("note", key, Why.BODY, kept)
            return ""
        text = word(body.get("value", body.get("chars", body.get("cnt:chars"))))
        return words_of_html(text) if "html" in word(body.get("format")) else text

    def _person(self, creator: Json) -> str:
        """Return the key of who made an annotation, described on first sight."""
        one = listed(creator)[0] if listed(creator) else None
        key = iri(one) or (word(one.get("name")) if isinstance(one, dict) else "")
        if key and key not in self._people:
            name = word(one.get("name", one.get("nickname"))) if isinstance(one, dict) else ""
            self._people[key] = ForeignPerson(key=key, name=name)
        return key

    def _leave(self, kind: str, words: str, why: Why, detail: str = "") -> None:
        self._left.append(LeftOut(kind=kind, words=words[:_SHOWN], why=why, detail=detail[:_SHOWN]))


def _flat(value: Json) -> list[Json]:
    """Return bodies or targets, those of a choice or a list apart."""
    flat: list[Json] = []
    for each in listed(value):
        held = each.get("items", each.get("members")) if isinstance(each, dict) else None
        if isinstance(held, list) and types(each) & {"Choice", "List", "Composite", "Independents"}:
            flat += held
        else:
            flat.append(each)
    return flat


def _values(value: Json) -> list[Json]:
    """Return the words that stand in the place of bodies as bodies."""
    return [{"type": "TextualBody", "value": each} for each in listed(value) if isinstance(each, str)]


def _by_source(targets: list[tuple[str, Place]]) -> list[tuple[str, list[Place]]]:
    """Return the places of each source together; a source that is meant as a whole has none."""
    found: dict[str, list[Place]] = {}
    for source, place in targets:
        held = found.setdefault(source, [])
        if place.stretch or place.area or place.unusable:
            held.append(place)
    return list(found.items())


def _purposes(body: Json) -> frozenset[str]:
    found = listed(body.get("purpose", body.get("role"))) if isinstance(body, dict) else []
    is_tag = "Tag" in types(body) or "oa:Tag" in types(body)
    return frozenset(plain_name(each) for each in found if isinstance(each, str)) | ({"tagging"} if is_tag else set())


def _kept_elsewhere(body: Json) -> str:
    """Return what a body without words is: an address, or its kinds."""
    return (iri(body.get("source")) or ", ".join(sorted(types(body)))) if isinstance(body, dict) else ""


def _is_words(body: Json) -> bool:
    return isinstance(body, dict) and any(isinstance(body.get(name), str) for name in ("value", "chars", "cnt:chars"))
