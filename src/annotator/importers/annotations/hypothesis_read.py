"""Reads Hypothesis: highlights become passages, comments and page notes notes, replies notes on notes."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

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
)
from annotator.domain.foreign_reasons import LeftOut, Why
from annotator.importers.annotations.json_file import digest_key, listed, parse_json, word
from annotator.importers.annotations.own import own_fields, own_linkage
from annotator.importers.annotations.selectors import place_of
from annotator.importers.annotations.tags import Tags

_ADDRESS = "https://hypothes.is/a/"
_NOTE = "#note"
_OURS = "annotator"
_UUID_BYTES = 16
_SHOWN = 160


def read_hypothesis(data: bytes, name: str) -> Foreign:
    """Return what an export or an answer of Hypothesis says. Raises ``ImportFailedError`` where no annotation is in it."""
    values = parse_json(data, name)
    head = values[0] if isinstance(values[0], dict) else {}
    found = [each for value in values for each in _annotations(value)]
    if not found:
        raise ImportFailedError(
            name=name,
            reason="there is no annotation of Hypothesis in it",
            advice="Export again in Hypothesis as JSON: that is the form that keeps where everything stands.",
        )
    reading = _Reading(found, is_ours=word(head.get("client_version")).startswith(_OURS))
    for annotation in sorted(found, key=_rests_on_others):
        reading.annotation(annotation)
    return reading.foreign()


def _annotations(value: Json) -> Iterator[dict[str, Json]]:
    """Yield the annotations of an export, of an answer of the service, of a list, or one alone."""
    if isinstance(value, dict):
        for name in ("annotations", "rows", "replies"):
            if isinstance(value.get(name), list):
                yield from (each for each in value[name] if isinstance(each, dict))
        if "uri" in value or "target" in value:
            yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, dict))


def _rests_on_others(annotation: dict[str, Json]) -> bool:
    """Tell whether an annotation is a judgement of ours, which names passages that must be known first."""
    return "claim" in own_fields(annotation)


class _Reading:
    def __init__(self, annotations: list[dict[str, Json]], *, is_ours: bool) -> None:
        self._is_ours = is_ours
        self._known = {word(each.get("id")) for each in annotations if not each.get("deleted")} - {""}
        self._people: dict[str, ForeignPerson] = {}
        self._sources: dict[str, ForeignSource] = {}
        self._passages: list[ForeignPassage] = []
        self._claims: dict[str, ForeignClaim] = {}
        self._linkages: list[ForeignLinkage] = []
        self._notes: dict[str, ForeignNote] = {}
        self._left: list[LeftOut] = []
        self._tags = Tags()

    def foreign(self) -> Foreign:
        return Foreign(
            format="hypothesis",
            people=tuple(self._people.values()),
            sources=tuple(self._sources.values()),
            codes=self._tags.codes,
            passages=tuple(self._passages),
            codings=self._tags.codings,
            claims=tuple(self._claims.values()),
            linkages=tuple(self._linkages),
            notes=tuple(self._on_notes()),
            left_out=tuple(self._left),
        )

    def _on_notes(self) -> Iterator[ForeignNote]:
        """Yield the notes; an answer to an annotation that says something is one to its words."""
        for note in self._notes.values():
            answered = f"{note.about}{_NOTE}"
            yield replace(note, about=answered) if answered in self._notes and answered != note.key else note

    def annotation(self, annotation: dict[str, Json]) -> None:
        """Read one annotation, page note or reply."""
        key, by = self._key(annotation), self._person(annotation)
        text, tags = word(annotation.get("text")), [tag for tag in map(word, listed(annotation.get("tags"))) if tag]
        if annotation.get("deleted") or annotation.get("hidden"):
            self._leave("note", text or key, Why.DELETED if annotation.get("deleted") else Why.HIDDEN)
        elif "claim" in own_fields(annotation):
            self._linkage(key, by, own_fields(annotation))
        elif references := [each for each in map(word, listed(annotation.get("references"))) if each]:
            parent = next((each for each in reversed(references) if each in self._known), references[-1])
            named = key if self._is_ours else f"{key}{_NOTE}"
            self._note(named, self._named(parent), _with_tags(text, tags), by, annotation)
        else:
            self._marked(key, by, text, tags, annotation)

    def _marked(self, key: str, by: str, text: str, tags: list[str], annotation: dict[str, Json]) -> None:
        """Read what marks words, or a page as a whole."""
        source = self._source(annotation)
        places = [place_of(each.get("selector")) for each in listed(annotation.get("target")) if isinstance(each, dict)]
        stretches = tuple(stretch for place in places if (stretch := place.stretch))
        unusable = dict.fromkeys(kind for place in places for kind in place.unusable)
        if stretches:
            self._passages.append(ForeignPassage(key=key, source=source, stretches=stretches, by=by))
            self._tags.put(key, tags, by)
            self._note(f"{key}{_NOTE}", key, text, by, annotation)
        elif unusable:
            self._leave("passage", text or key, Why.SELECTOR, ", ".join(unusable))
        elif text or tags:
            self._note(f"{key}{_NOTE}", source, _with_tags(text, tags), by, annotation)
        else:
            self._leave("passage", key, Why.EMPTY)

    def _note(self, key: str, about: str, text: str, by: str, annotation: dict[str, Json]) -> None:
        """Enter a note, if it says anything."""
        if not text.strip():
            return
        permissions = annotation.get("permissions")
        readers = listed(permissions.get("read")) if isinstance(permissions, dict) else []
        private = bool(readers) and all(word(each) == word(annotation.get("user")) for each in readers)
        self._notes.setdefault(key, ForeignNote(key=key, about=about, text=text, by=by, private=private))

    def _linkage(self, key: str, by: str, said: dict[str, Json]) -> None:
        """Enter a judgement that this program wrote out."""
        claim = word(said.get("claim"))
        self._claims.setdefault(claim, ForeignClaim(key=claim, text=word(said.get("claimText"))))
        passages = tuple(map(word, listed(said.get("passages"))))
        rationale, question = word(said.get("rationale")), word(said.get("question"))
        self._linkages.append(own_linkage(key, passages, claim, said, rationale=rationale, question=question, by=by))

    def _source(self, annotation: dict[str, Json]) -> str:
        """Return the key of the page, described on first sight."""
        targets = [each for each in listed(annotation.get("target")) if isinstance(each, dict)]
        address = word(annotation.get("uri")) or word(targets[0].get("source") if targets else "")
        document = annotation.get("document")
        title = word(document.get("title")) if isinstance(document, dict) else ""
        digest = word(own_fields(annotation).get("text")).removeprefix("sha256:")
        key = f"{address or title} {digest}".strip()
        if key and key not in self._sources:
            self._sources[key] = ForeignSource(key=key, address=address, title=title, text_digest=digest)
        return key

    def _person(self, annotation: dict[str, Json]) -> str:
        """Return the key of who made an annotation, described on first sight."""
        key, info = (
            word(own_fields(annotation).get("creator")) or word(annotation.get("user")),
            annotation.get("user_info"),
        )
        if key and key not in self._people:
            name = word(info.get("display_name")) if isinstance(info, dict) else ""
            self._people[key] = ForeignPerson(key=key, name=name or key.removeprefix("acct:").partition("@")[0])
        return key

    def _key(self, annotation: dict[str, Json]) -> str:
        id_ = word(annotation.get("id"))
        return self._named(id_) if id_ else digest_key(annotation)

    def _named(self, id_: str) -> str:
        """Return the key of an id: the address of the annotation, or for one of ours the id of its entity."""
        own = _uuid(id_) if self._is_ours else ""
        return own or _ADDRESS + id_

    def _leave(self, kind: str, words: str, why: Why, detail: str = "") -> None:
        self._left.append(LeftOut(kind=kind, words=words[:_SHOWN], why=why, detail=detail[:_SHOWN]))


def _with_tags(text: str, tags: list[str]) -> str:
    """Return the words of what is no passage, so that its tags have no other place."""
    return "\n\n".join(filter(None, (text, ", ".join(tags))))


def _uuid(id_: str) -> str:
    """Return the URN of the UUID that an id of Hypothesis is (base64 without its end), or nothing."""
    try:
        data = base64.urlsafe_b64decode(id_ + "==")
    except (binascii.Error, ValueError):
        return ""
    return f"urn:uuid:{UUID(bytes=data)}" if len(data) == _UUID_BYTES else ""
