"""W3C Web Annotation JSON-LD: one collection with one page that holds every annotation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.annotation_shapes import DISPUTED
from annotator.domain.codec import Json, canonical, parse
from annotator.domain.ids import EntityId
from annotator.domain.view import View
from annotator.domain.webannotation import CONTEXT, web_annotations
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_linkages

_STEP = 256


@dataclass(frozen=True, slots=True)
class WebAnnotationExporter:
    """Passages as highlights, linkages as assessments. The collection states how many of their values are disputed."""

    code: str = "webannotation"
    label: str = "W3C Web Annotation (JSON-LD)"
    suffix: str = ".jsonld"
    media_type: str = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    lacks: str = (
        "Conclusions, who said a claim, notes and the history stay behind; "
        "of a disputed value one is given, with the field named."
    )

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the collection, annotation by annotation; its id is made from their digest, so it comes last."""
        wanted = _wanted(view, options)
        label = canonical(options.title or "Passages and linkages")
        out.write(b'{"@context":' + canonical(CONTEXT) + b',"type":"AnnotationCollection","label":' + label)
        out.write(b',"first":{"type":"AnnotationPage","startIndex":0,"items":[')
        digest, total, disputed = hashlib.sha256(), 0, dict[str, int]()
        for annotation in map(parse, web_annotations(view)):
            if wanted is not None and annotation["id"].removeprefix("urn:uuid:") not in wanted:
                continue
            del annotation["@context"]
            disputed.update(_disputed_in(annotation))
            data = canonical(annotation)
            digest.update(data)
            out.write(b",\n" + data if total else b"\n" + data)
            total += 1
            if total % _STEP == 0:
                progress(total, total + 1)
        name = f"urn:x-annotator:collection:{digest.hexdigest()}"
        collection = {"id": name, "total": total}
        out.write(b'\n],"partOf":' + canonical(collection) + b',"id":' + canonical(f"{name}:page1"))
        if disputed:
            out.write(f'}},"{DISPUTED}":{sum(disputed.values())}'.encode())
        else:
            out.write(b"}")
        out.write(b',"total":' + canonical(total) + b',"id":' + canonical(name) + b"}\n")
        progress(1, 1)


def _disputed_in(annotation: Json) -> Iterator[tuple[str, int]]:
    """Yield what of an annotation is disputed: its own entity and the claim, with how many of their values."""
    bodies = annotation.get("body", ())
    named = (
        [annotation, *(body for body in bodies if isinstance(body, dict))] if isinstance(bodies, list) else [annotation]
    )
    for each in named:
        source = each.get("source", {})
        if DISPUTED in each:
            yield annotation["id"], len(each[DISPUTED])
        if DISPUTED in source:
            yield source["id"], len(source[DISPUTED])


def _wanted(view: View, options: ExportOptions) -> set[EntityId] | None:
    """Return the linkages of the claims that are asked for and the passages they rest on; None stands for all."""
    if not options.claims:
        return None
    found: set[EntityId] = set()
    for linkage, _ in chosen_linkages(view, options):
        found.add(linkage.id)
        found.update(linkage.passage_ids)
    return found


WEB_ANNOTATION = WebAnnotationExporter()
