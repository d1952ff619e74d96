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
from collections.abc import Iterable, Iterator
from typing import TypeVar

from annotator.domain.anchoring import Anchor
from annotator.domain.changed_words import all_changed, changed_sentence
from annotator.domain.claim import Claim
from annotator.domain.codec import Json
from annotator.domain.ids import Digest, EntityId
from annotator.domain.judgement import Linkage
from annotator.domain.passage import Area, Fragment, Passage
from annotator.domain.people import Annotator
from annotator.domain.places import Places, web_address
from annotator.domain.source import Medium, Version
from annotator.domain.view import Stamp, View

CONTEXT: Json = ["http://www.w3.org/ns/anno.jsonld", {"annotator": "urn:x-annotator:"}]
"""The JSON-LD context of every annotation and collection written here."""

DISPUTED = "annotator:disputed"
"""The property that names the fields that hold several values."""

CHANGED = "annotator:wordsChanged"
"""The property that says, a sentence each, which words a newer version of their source does not have."""

T = TypeVar("T")

_PDF_FRAGMENT = "http://tools.ietf.org/rfc/rfc3778"
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


def web_annotations(view: View) -> Iterator[Json]:
    """Yield one annotation a passage (highlighting) and one a linkage (assessing), sorted by id.

    A linkage none of whose passages stands any longer has no target, so it makes no annotation.
    """
    maker = AnnotationMaker(view)
    passages = ((passage.id, maker.of_passage(passage, stamp)) for passage, stamp in view.stamped(Passage))
    linkages = ((linkage.id, maker.of_linkage(linkage, stamp)) for linkage, stamp in view.stamped(Linkage))
    for _, annotation in heapq.merge(passages, linkages, key=lambda pair: pair[0]):
        if annotation is not None:
            yield annotation


class AnnotationMaker:
    """Makes annotations of one project, remembering names and recent targets."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._places = Places(view)
        self._codebook = view.codebook()
        self._names = {annotator.id: annotator.name for annotator in view.all(Annotator)}
        self._disputed = view.disputed()
        self._changed = all_changed(view.all(Anchor), view.all(Version), view.all(Passage))
        self._claims: OrderedDict[EntityId, str | None] = OrderedDict()
        self._targets: OrderedDict[EntityId, list[Json]] = OrderedDict()

    def of_passage(self, passage: Passage, stamp: Stamp) -> Json:
        """Return the annotation that highlights a passage, or None where it has neither words nor area."""
        targets = self._targets_of(passage)
        if not targets:
            return None
        annotation = self._frame(passage.id, stamp, passage.annotator_id or stamp.annotator, targets)
        annotation["motivation"] = "highlighting"
        if passage.label:
            annotation["body"] = _words(passage.label, "tagging")
        if passage.fidelity:
            annotation["annotator:fidelity"] = passage.fidelity.value
        self._mark(annotation, passage.id)
        self._mark_changed(annotation, (passage.id,))
        return annotation

    def of_linkage(self, linkage: Linkage, stamp: Stamp) -> Json:
        """Return the annotation that assesses a claim by passages, or None where none of them stands."""
        targets = [target for id_ in linkage.passage_ids for target in self._targets_by_id(id_)]
        if not targets:
            return None
        annotation = self._frame(linkage.id, stamp, linkage.annotator_id, targets)
        annotation["motivation"] = "assessing"
        bodies = [self._claim_body(linkage), self._judgement_body(linkage)]
        if linkage.rationale:
            bodies.append(_words(linkage.rationale, "commenting"))
        if linkage.question:
            bodies.append(_words(linkage.question, "questioning"))
        annotation["body"] = bodies
        return annotation

    def _frame(self, id_: EntityId, stamp: Stamp, annotator: EntityId, targets: list[Json]) -> dict[str, Json]:
        creator = {"id": urn(annotator), "type": "Person"}
        if annotator in self._names:
            creator["name"] = self._names[annotator]
        annotation: dict[str, Json] = {
            "@context": CONTEXT,
            "id": urn(id_),
            "type": "Annotation",
            "created": stamp.created,
            "creator": creator,
            "target": targets,
        }
        if stamp.modified != stamp.created:
            annotation["modified"] = stamp.modified
        return annotation

    def _claim_body(self, linkage: Linkage) -> Json:
        source: dict[str, Json] = {"id": urn(linkage.claim_id)}
        words = self._claim_text(linkage.claim_id)
        if words is not None:
            source["annotator:claim"] = words
        self._mark(source, linkage.claim_id)
        return {"type": "SpecificResource", "purpose": "linking", "source": source}

    def _judgement_body(self, linkage: Linkage) -> Json:
        body: dict[str, Json] = _words(self._sentence(linkage), "assessing")
        given: dict[str, Json] = {
            "stance": linkage.stance,
            "verdict": linkage.verdict,
            "confidence": linkage.confidence,
            "confidencePercent": linkage.confidence_percent,
            "reasons": list(linkage.reasons),
            "basis": linkage.basis,
            "directness": linkage.directness,
            "credibility": linkage.credibility,
            "withdrawn": linkage.withdrawn,
        }
        for name, value in given.items():
            if value not in ("", None, []):
                body[f"annotator:{name}"] = value
        self._mark(body, linkage.id)
        self._mark_changed(body, linkage.passage_ids)
        return body

    def _mark(self, described: dict[str, Json], id_: EntityId) -> None:
        """Name the fields of an entity that hold several values."""
        if id_ in self._disputed:
            described[DISPUTED] = list(self._disputed[id_])

    def _mark_changed(self, described: dict[str, Json], passages: Iterable[EntityId]) -> None:
        """Say which words a newer version of their source does not have, and what a person decided on that."""
        found = [self._changed[passage] for passage in passages if passage in self._changed]
        if found:
            described[CHANGED] = list(dict.fromkeys(changed_sentence(each) for each in found))

    def _sentence(self, linkage: Linkage) -> str:
        parts = [
            self._codebook.label("stance", linkage.stance),
            self._codebook.label("verdict", linkage.verdict),
            f"{self._codebook.label('confidence', linkage.confidence)} confidence" if linkage.confidence else "",
            f"withdrawn: {linkage.withdrawn}" if linkage.withdrawn else "",
            f"disputed: {', '.join(self._disputed[linkage.id])}" if linkage.id in self._disputed else "",
        ]
        return "; ".join(part for part in parts if part)

    def _claim_text(self, id_: EntityId) -> str | None:
        if id_ not in self._claims:
            claim = self._view.find(Claim, id_)
            _remember(self._claims, id_, claim.text if claim else None)
        return self._claims[id_]

    def _targets_by_id(self, id_: EntityId) -> list[Json]:
        known = self._targets.get(id_)
        if known is not None:
            return known
        passage = self._view.find(Passage, id_)
        return self._targets_of(passage) if passage else []

    def _targets_of(self, passage: Passage) -> list[Json]:
        source, state = self._source(passage.text)
        targets: list[Json] = []
        for selector in self._selectors(passage):
            target: dict[str, Json] = {
                "type": "SpecificResource",
                "source": source,
                "selector": selector,
                "annotator:text": f"sha256:{passage.text}",
            }
            if state:
                target["state"] = state
            targets.append(target)
        _remember(self._targets, passage.id, targets)
        return targets

    def _selectors(self, passage: Passage) -> Iterator[list[Json]]:
        for fragment in passage.fragments:
            yield _text_selectors(fragment, self._places.page(passage.text, fragment.start))
        if passage.area:
            yield [_area_selector(passage.area)]

    def _source(self, text: Digest) -> tuple[Json, Json]:
        version, source = self._places.version(text), self._places.source(text)
        if version is None:
            return {"id": _name_of_text(text), "type": "Text"}, None
        address = web_address(version.url, source.url if source else "")
        described: dict[str, Json] = {
            "id": address or urn(version.source_id),
            "type": _TYPES.get(source.medium, "Text") if source else "Text",
        }
        if _FORMAT.fullmatch(version.media_type):
            described["format"] = version.media_type
        if source and _LANGUAGE.fullmatch(source.language):
            described["language"] = source.language
        return described, _time_state(version)


def _words(value: str, purpose: str) -> dict[str, Json]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _text_selectors(fragment: Fragment, page: int | None) -> list[Json]:
    quote = {
        "type": "TextQuoteSelector",
        "exact": fragment.quote,
        "prefix": fragment.prefix,
        "suffix": fragment.suffix,
    }
    selectors: list[Json] = [
        quote,
        {"type": "TextPositionSelector", "start": fragment.start, "end": fragment.end},
    ]
    if page is not None:
        selectors.append(_pdf_selector(f"page={page + 1}", refined_by=quote))
    return selectors


def _area_selector(area: Area) -> Json:
    sides = (area.left, area.top, area.right - area.left, area.bottom - area.top)
    rectangle = ",".join(f"{side // 100}.{side % 100:02d}" for side in sides)
    return _pdf_selector(f"page={area.page + 1}&viewrect={rectangle}")


def _pdf_selector(value: str, *, refined_by: Json = None) -> dict[str, Json]:
    selector: dict[str, Json] = {"type": "FragmentSelector", "conformsTo": _PDF_FRAGMENT, "value": value}
    if refined_by:
        selector["refinedBy"] = refined_by
    return selector


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


def _remember(known: OrderedDict[EntityId, T], id_: EntityId, value: T) -> None:
    known[id_] = value
    if len(known) > _REMEMBERED:
        known.popitem(last=False)
