"""W3C Web Annotation JSON-LD: one collection with one page that holds every annotation."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.codec import canonical
from annotator.domain.ids import EntityId
from annotator.domain.view import View
from annotator.domain.webannotation import CONTEXT, web_annotations
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_linkages

_STEP = 256


@dataclass(frozen=True, slots=True)
class WebAnnotationExporter:
    """Passages as highlights, linkages as assessments."""

    code: str = "webannotation"
    label: str = "W3C Web Annotation (JSON-LD)"
    suffix: str = ".jsonld"
    media_type: str = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    lacks: str = "Conclusions, who said a claim, notes and the history stay behind."

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the collection, annotation by annotation; its id is made from their digest, so it comes last."""
        wanted = _wanted(view, options)
        label = canonical(options.title or "Passages and linkages")
        out.write(b'{"@context":' + canonical(CONTEXT) + b',"type":"AnnotationCollection","label":' + label)
        out.write(b',"first":{"type":"AnnotationPage","startIndex":0,"items":[')
        digest, total = hashlib.sha256(), 0
        for annotation in web_annotations(view):
            if wanted is not None and annotation["id"].removeprefix("urn:uuid:") not in wanted:
                continue
            del annotation["@context"]
            data = canonical(annotation)
            digest.update(data)
            out.write(b",\n" + data if total else b"\n" + data)
            total += 1
            if total % _STEP == 0:
                progress(total, total + 1)
        name = f"urn:x-annotator:collection:{digest.hexdigest()}"
        collection = {"id": name, "total": total}
        out.write(b'\n],"partOf":' + canonical(collection) + b',"id":' + canonical(f"{name}:page1"))
        out.write(b'},"total":' + canonical(total) + b',"id":' + canonical(name) + b"}\n")
        progress(1, 1)


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
