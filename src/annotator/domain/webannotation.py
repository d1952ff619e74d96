"""Passages and linkages as W3C Web Annotations (https://www.w3.org/TR/annotation-model/).

What the model has no word for (stance, verdict, confidence …) stands under the prefix ``annotator:`` with the codes of the
codebook, and once more in plain words as the value of the body. Where people set values without having seen each other's, one of
them stands here and ``annotator:disputed`` names the fields.
"""

from __future__ import annotations

import base64
import heapq
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

from msgspec import UNSET, Raw, UnsetType

from annotator.domain.anchoring import Anchor
from annotator.domain.annotation_shapes import (
    CHANGED,
    DISPUTED,
    Annotation,
    PdfPlace,
    Position,
    Quote,
    Target,
    Words,
    encode,
)
from annotator.domain.changed_words import all_changed, changed_sentence
from annotator.domain.claim import Claim
from annotator.domain.codec import Json, canonical, to_plain
from annotator.domain.ids import Digest, EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.passage import Area, Passage
from annotator.domain.people import Annotator
from annotator.domain.places import Places, web_address
from annotator.domain.source import Medium, Version
from annotator.domain.view import Stamp, View

CONTEXT: Json = ["http://www.w3.org/ns/anno.jsonld", {"annotator": "urn:x-annotator:"}]
"""The JSON-LD context of every annotation and collection written here."""

_GIVEN = {
    "stance": "annotator:stance",
    "verdict": "annotator:verdict",
    "confidence": "annotator:confidence",
    "confidence_percent": "annotator:confidencePercent",
    "reasons": "annotator:reasons",
    "basis": "annotator:basis",
    "directness": "annotator:directness",
    "credibility": "annotator:credibility",
    "withdrawn": "annotator:withdrawn",
}
"""The fields of a linkage that are its judgement, each with its property."""

_given = attrgetter(*_GIVEN)

_context = Raw(canonical(CONTEXT))
_REMEMBERED = 2_000
_DATE_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
_FORMAT = re.compile(r"(?:application|audio|image|multipart|text|video)/[0-9A-Za-z.+-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[0-9A-Za-z]+)*")
_TYPES = {
    Medium.IMAGE: "Image",
    Medium.VIDEO: "Video",
    Medium.AUDIO: "Sound",
    Medium.WEB_TABLE: "Dataset",
}


def urn(id_: EntityId) -> str:
    """Return the IRI of an entity."""
    return f"urn:uuid:{id_}"


def web_annotations(view: View) -> Iterator[bytes]:
    """Yield one annotation a passage (highlighting) and one a linkage (assessing) as canonical JSON, sorted by id.

    A linkage none of whose passages stands any longer has no target, so it makes no annotation.
    """
    maker = AnnotationMaker(view)
    passages = ((passage.id, maker.of_passage(passage, stamp)) for passage, stamp in view.stamped(Passage))
    linkages = ((linkage.id, maker.of_linkage(linkage, stamp)) for linkage, stamp in view.stamped(Linkage))
    for _, annotation in heapq.merge(passages, linkages):
        if annotation is not None:
            yield annotation


class AnnotationMaker:
    """Makes annotations of one project, remembering the parts that recur as the JSON that they are."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._places = Places(view)
        self._codebook = view.codebook()
        self._names = {annotator.id: annotator.name for annotator in view.all(Annotator)}
        self._disputed = view.disputed()
        self._changed = all_changed(view.all(Anchor), view.all(Version), view.all(Passage))
        self._targets: OrderedDict[EntityId, bytes] = OrderedDict()
        remembering = lru_cache(maxsize=_REMEMBERED)
        self._creator = remembering(self._make_creator)
        self._source = remembering(self._make_source)
        self._claim_body = remembering(self._make_claim_body)
        self._judgement = remembering(self._make_judgement)

    def of_passage(self, passage: Passage, stamp: Stamp) -> bytes | None:
        """Return the annotation that highlights a passage, or None where it has neither words nor area."""
        targets = self._targets_of(passage)
        if not targets:
            return None
        annotation = self._frame(passage.id, stamp, passage.annotator_id or stamp.annotator, targets, "highlighting")
        if passage.label:
            annotation.body = Words(purpose="tagging", value=passage.label)
        if passage.fidelity:
            annotation.fidelity = passage.fidelity.value
        if passage.id in self._disputed:
            annotation.disputed = self._disputed[passage.id]
        if passage.id in self._changed:
            annotation.changed = self._changes_of((passage.id,))
        return encode(annotation)

    def of_linkage(self, linkage: Linkage, stamp: Stamp) -> bytes | None:
        """Return the annotation that assesses a claim by passages, or None where none of them stands."""
        targets = b",".join(filter(None, map(self._targets_by_id, linkage.passage_ids)))
        if not targets:
            return None
        annotation = self._frame(linkage.id, stamp, linkage.annotator_id, targets, "assessing")
        bodies: list[Words | Raw] = [self._claim_body(linkage.claim_id), self._judgement_body(linkage)]
        if linkage.rationale:
            bodies.append(Words(purpose="commenting", value=linkage.rationale))
        if linkage.question:
            bodies.append(Words(purpose="questioning", value=linkage.question))
        annotation.body = bodies
        return encode(annotation)

    def _frame(self, id_: EntityId, stamp: Stamp, annotator: EntityId, targets: bytes, motivation: str) -> Annotation:
        return Annotation(
            context=_context,
            created=stamp.created,
            creator=self._creator(annotator),
            id=urn(id_),
            modified=UNSET if stamp.modified == stamp.created else stamp.modified,
            motivation=motivation,
            target=Raw(b"[%b]" % targets),
        )

    def _make_creator(self, annotator: EntityId) -> Raw:
        creator = {"id": urn(annotator), "type": "Person"}
        if annotator in self._names:
            creator["name"] = self._names[annotator]
        return _encoded(creator)

    def _make_claim_body(self, id_: EntityId) -> Raw:
        source: dict[str, Json] = {"id": urn(id_)}
        claim = self._view.find(Claim, id_)
        if claim is not None:
            source["annotator:claim"] = claim.text
        if id_ in self._disputed:
            source[DISPUTED] = self._disputed[id_]
        return _encoded({"type": "SpecificResource", "purpose": "linking", "source": source})

    def _judgement_body(self, linkage: Linkage) -> Raw:
        given = _given(linkage)
        if linkage.id not in self._disputed and self._changed.keys().isdisjoint(linkage.passage_ids):
            return self._judgement(given)
        disputed, changes = self._disputed.get(linkage.id, ()), self._changes_of(linkage.passage_ids)
        marks: dict[str, Sequence[str]] = {DISPUTED: disputed, CHANGED: changes}
        return _encoded(self._judged(given, disputed) | {name: said for name, said in marks.items() if said})

    def _make_judgement(self, given: tuple[Json, ...]) -> Raw:
        return _encoded(self._judged(given))

    def _judged(self, given: tuple[Json, ...], disputed: Sequence[str] = ()) -> dict[str, Json]:
        """Return the body for what a linkage gives of ``_GIVEN``, in this order."""
        said = dict(zip(_GIVEN, given, strict=True))
        body: dict[str, Json] = to_plain(Words(purpose="assessing", value=self._sentence(said, disputed)))
        return body | {name: said[field] for field, name in _GIVEN.items() if said[field] not in ("", None, ())}

    def _changes_of(self, passages: Iterable[EntityId]) -> list[str]:
        """Return which words a newer version of their source does not have, and what a person decided on that."""
        found = (self._changed[passage] for passage in passages if passage in self._changed)
        return list(dict.fromkeys(map(changed_sentence, found)))

    def _sentence(self, said: Mapping[str, Json], disputed: Sequence[str]) -> str:
        parts = [
            self._codebook.label("stance", said["stance"]),
            self._codebook.label("verdict", said["verdict"]),
            f"{self._codebook.label('confidence', said['confidence'])} confidence" if said["confidence"] else "",
            f"withdrawn: {said['withdrawn']}" if said["withdrawn"] else "",
            f"disputed: {', '.join(disputed)}" if disputed else "",
        ]
        return "; ".join(part for part in parts if part)

    def _targets_by_id(self, id_: EntityId) -> bytes:
        known = self._targets.get(id_)
        if known is not None:
            return known
        passage = self._view.find(Passage, id_)
        return self._targets_of(passage) if passage else b""

    def _targets_of(self, passage: Passage) -> bytes:
        """Return the targets of a passage as they stand in a list, none where it has neither words nor area."""
        source, state = self._source(passage.text)
        text = f"sha256:{passage.text}"
        targets = b",".join(
            [encode(Target(text=text, selector=each, source=source, state=state)) for each in self._selectors(passage)]
        )
        self._targets[passage.id] = targets
        if len(self._targets) > _REMEMBERED:
            self._targets.popitem(last=False)
        return targets

    def _selectors(self, passage: Passage) -> Iterator[Sequence[Quote | Position | PdfPlace]]:
        for fragment in passage.fragments:
            quote = Quote(fragment.quote, fragment.prefix, fragment.suffix)
            position = Position(fragment.end, fragment.start)
            page = self._places.page(passage.text, fragment.start)
            yield (quote, position) if page is None else (quote, position, _on_page(page, quote))
        if passage.area:
            yield (_area_selector(passage.area),)

    def _make_source(self, text: Digest) -> tuple[Raw, Raw | UnsetType]:
        """Return what a text belongs to, and the state in which it was captured, where that is known."""
        version, source = self._places.version(text), self._places.source(text)
        if version is None:
            return _encoded({"id": _name_of_text(text), "type": "Text"}), UNSET
        address = web_address(version.url, source.url if source else "")
        described: dict[str, Json] = {
            "id": address or urn(version.source_id),
            "type": _TYPES.get(source.medium, "Text") if source else "Text",
        }
        if _FORMAT.fullmatch(version.media_type):
            described["format"] = version.media_type
        if source and _LANGUAGE.fullmatch(source.language):
            described["language"] = source.language
        state = _time_state(version)
        return _encoded(described), _encoded(state) if state else UNSET


def _encoded(part: Json) -> Raw:
    """Return a part as the JSON that stands in each annotation that has it."""
    return Raw(canonical(part))


def _on_page(page: int, quote: Quote) -> PdfPlace:
    return PdfPlace(value=f"page={page + 1}", refinedBy=quote)


def _area_selector(area: Area) -> PdfPlace:
    sides = (area.left, area.top, area.right - area.left, area.bottom - area.top)
    rectangle = ",".join(f"{side // 100}.{side % 100:02d}" for side in sides)
    return PdfPlace(value=f"page={area.page + 1}&viewrect={rectangle}")


def _time_state(version: Version) -> Json:
    """Return the state in which a version was captured, where its moment is known."""
    if not _DATE_TIME.fullmatch(version.retrieved_at):
        return None
    state = {"type": "TimeState", "sourceDate": version.retrieved_at}
    cached = web_address(version.archived_url)
    if cached:
        state["cached"] = cached
    return state


def _name_of_text(text: Digest) -> str:
    """Return the RFC 6920 name of a text that belongs to no source any longer."""
    return "ni:///sha-256;" + base64.urlsafe_b64encode(bytes.fromhex(text)).decode().rstrip("=")
