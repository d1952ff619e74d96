"""What Hypothesis imports: one annotation a passage, one a linkage, and the notes on them as replies."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from annotator.domain.claim import Claim
from annotator.domain.codec import Json, canonical
from annotator.domain.ids import Digest, EntityId, to_bytes
from annotator.domain.judgement import Linkage
from annotator.domain.note import Note
from annotator.domain.passage import Fragment, Passage
from annotator.domain.people import Annotator, pseudonym
from annotator.domain.places import Places, web_address
from annotator.domain.view import Stamp
from annotator.domain.webannotation import urn
from annotator.exporters.base import ExportOptions, Progress, ProjectView, chosen_linkages

_AUTHORITY = "annotator"
_EVERYBODY = "group:__world__"
_NO_NAME = re.compile(r"[^A-Za-z0-9._]+")
_NO_DATE = "1970-01-01T00:00:00Z"
_MARKS = re.compile(r"([\\`*_{}\[\]<>#+|~!-])")
_STEP = 64


@dataclass(frozen=True, slots=True)
class HypothesisExporter:
    """Passages of words, linkages told in words and by codes, shared notes. The date is that of the newest of them."""

    code: str = "hypothesis"
    label: str = "Hypothesis (JSON)"
    suffix: str = ".json"
    media_type: str = "application/json"
    lacks: str = "Conclusions, who said a claim, areas of pages, private notes and the history stay behind."

    def write(self, view: ProjectView, out: BinaryIO, options: ExportOptions, progress: Progress) -> None:
        """Write the export, annotation by annotation."""
        newest = _NO_DATE
        out.write(b'{"annotations":[')
        for total, annotation in enumerate(_Maker(view).annotations(options), 1):
            out.write((b",\n" if total > 1 else b"\n") + canonical(annotation))
            newest = max(newest, str(annotation["updated"]))
            if total % _STEP == 0:
                progress(total, total + 1)
        head = {"client_version": _AUTHORITY, "export_date": newest, "export_userid": f"acct:{_AUTHORITY}@{_AUTHORITY}"}
        out.write(b"\n]," + canonical(head)[1:] + b"\n")
        progress(1, 1)


class _Maker:
    def __init__(self, view: ProjectView) -> None:
        self._view, self._places, self._codebook = view, Places(view), view.codebook()
        self._names = {annotator.id: annotator.name for annotator in view.all(Annotator)}
        self._disputed = view.disputed()
        self._made: dict[EntityId, Digest] = {}

    def annotations(self, options: ExportOptions) -> Iterator[dict[str, Json]]:
        """Yield passages, linkages and the shared notes on them, those of the claims asked for or all."""
        linkages = list(chosen_linkages(self._view, options))
        wanted = {id_ for linkage, _ in linkages for id_ in linkage.passage_ids} if options.claims else None
        for passage, stamp in self._view.stamped(Passage):
            if passage.fragments and (wanted is None or passage.id in wanted):
                by = passage.annotator_id or stamp.annotator
                annotation = self._frame(passage.id, passage.text, stamp, by)
                annotation["target"] = self._targets(passage, annotation["uri"])
                yield annotation | {"tags": [passage.label] if passage.label else [], "text": ""}
        for linkage, stamp in linkages:
            passages = [each for id_ in linkage.passage_ids if (each := self._view.find(Passage, id_)) is not None]
            if passages and all(passage.fragments for passage in passages):
                yield self._judged(linkage, passages, stamp)
        for note, stamp in self._view.stamped(Note):
            if note.about in self._made and not note.private:
                annotation = self._frame(note.id, self._made[note.about], stamp, note.annotator_id)
                answered = {"references": [_short(note.about)], "target": [{"source": annotation["uri"]}]}
                yield annotation | answered | {"tags": [], "text": note.text}

    def _judged(self, linkage: Linkage, passages: list[Passage], stamp: Stamp) -> dict[str, Json]:
        annotation = self._frame(linkage.id, passages[0].text, stamp, linkage.annotator_id)
        claim = self._view.find(Claim, linkage.claim_id)
        words = claim.text if claim else ""
        given: dict[str, Json] = {
            "claim": urn(linkage.claim_id),
            "claimText": words,
            "passages": [urn(passage.id) for passage in passages],
            "stance": linkage.stance,
            "verdict": linkage.verdict,
            "confidence": linkage.confidence,
            "confidencePercent": linkage.confidence_percent,
            "reasons": list(linkage.reasons),
            "rationale": linkage.rationale,
            "basis": linkage.basis,
            "directness": linkage.directness,
            "question": linkage.question,
            "credibility": linkage.credibility,
            "withdrawn": linkage.withdrawn,
        }
        annotation |= {f"annotator:{name}": value for name, value in given.items() if value not in ("", None, [])}
        annotation["target"] = self._targets(passages[0], annotation["uri"])
        levels = [
            self._codebook.label(scale, code)
            for scale, code in (("stance", linkage.stance), ("verdict", linkage.verdict))
            if code
        ]
        return annotation | {"tags": levels, "text": self._told(linkage, words, passages)}

    def _told(self, linkage: Linkage, claim: str, passages: list[Passage]) -> str:
        """Return a judgement in Markdown, which is what Hypothesis shows."""
        label = self._codebook.label
        said = [
            label("stance", linkage.stance),
            label("verdict", linkage.verdict),
            f"{label('confidence', linkage.confidence)} confidence" if linkage.confidence else "",
            f"withdrawn: {linkage.withdrawn}" if linkage.withdrawn else "",
            f"disputed: {', '.join(self._disputed[linkage.id])}" if linkage.id in self._disputed else "",
        ]
        parts = [f"**{_plain('; '.join(filter(None, said)))}**", f"> {_plain(claim)}", _plain(linkage.question)]
        further = [f"Together with: “{_plain(passage.quote)}”" for passage in passages[1:]]
        return "\n\n".join(filter(None, (*parts, _plain(linkage.rationale), *further)))

    def _frame(self, id_: EntityId, text: Digest, stamp: Stamp, by: EntityId) -> dict[str, Json]:
        version, source = self._places.version(text), self._places.source(text)
        address = web_address(version.url if version else "", source.url if source else "")
        name = self._names.get(by, pseudonym(by))
        user = f"acct:{_NO_NAME.sub('_', name)}@{_AUTHORITY}"
        self._made[id_] = text
        return {
            "id": _short(id_),
            "annotator:creator": urn(by),
            "annotator:text": f"sha256:{text}",
            "created": stamp.created,
            "updated": stamp.modified,
            "user": user,
            "user_info": {"display_name": name},
            "uri": address or (urn(source.id) if source else f"urn:sha256:{text}"),
            "document": {"title": [source.title]} if source else {},
            "group": "__world__",
            "permissions": {"admin": [user], "delete": [user], "read": [_EVERYBODY], "update": [user]},
            "links": {},
            "flagged": False,
            "hidden": False,
        }

    def _targets(self, passage: Passage, uri: Json) -> list[Json]:
        return [{"source": uri, "selector": self._selectors(passage, each)} for each in passage.fragments]

    def _selectors(self, passage: Passage, fragment: Fragment) -> list[Json]:
        quote = {"exact": fragment.quote, "prefix": fragment.prefix, "suffix": fragment.suffix}
        selectors: list[Json] = [
            {"type": "TextPositionSelector", "start": fragment.start, "end": fragment.end},
            {"type": "TextQuoteSelector", **quote},
        ]
        page = self._places.page(passage.text, fragment.start)
        return (
            selectors if page is None else [*selectors, {"type": "PageSelector", "index": page, "label": str(page + 1)}]
        )


def _short(id_: EntityId) -> str:
    """Return an id as Hypothesis writes it: the bytes of the UUID in base64, without its end."""
    return base64.urlsafe_b64encode(to_bytes(id_)).decode().rstrip("=")


def _plain(words: str) -> str:
    """Return words that Markdown takes for nothing but words."""
    return _MARKS.sub(r"\\\1", words)


HYPOTHESIS = HypothesisExporter()
