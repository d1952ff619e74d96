"""What things are called: also those that have been deleted, which only their history knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from annotator.domain.codec import Json, to_plain
from annotator.domain.errors import NotFoundError
from annotator.domain.ids import EntityId

if TYPE_CHECKING:
    from annotator.domain.entity import Entity
    from annotator.domain.scales import Codebook
    from annotator.services.project import Project

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LENGTH = 120


class Names:
    """Names entities by their words instead of their ids; asked within one job."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._fields: dict[EntityId, tuple[str, dict[str, Json]]] = {}
        self._sources: dict[str, str] | None = None

    @property
    def codebook(self) -> Codebook:
        """The scales in force."""
        return self._project.codebook

    @staticmethod
    def is_id(value: str) -> bool:
        """Tell whether a value is an entity's id."""
        return bool(_ID.fullmatch(value))

    def kind(self, id_: EntityId) -> str:
        """Return the kind of an entity."""
        return self._known(id_)[0]

    def of(self, id_: EntityId) -> str:
        """Return the words that an entity is known by."""
        kind, fields = self._known(id_)
        match kind:
            case "passage":
                said = " … ".join(str(part["quote"]) for part in _dicts(fields.get("fragments")))
                return _quoted(said) if said else self._tr("an area of a page")
            case "claim":
                return _short(str(fields.get("text", "")))
            case "version":
                return self._tr("{0}, version {1}").format(
                    self._inner(fields, "source_id"), fields.get("sequence") or 1
                )
            case "linkage":
                passages = fields.get("passage_ids")
                first = passages[0] if isinstance(passages, list) and passages else ""
                passage = self.of(EntityId(str(first))) if first else ""
                return self._tr("{0} for “{1}”").format(passage, self._inner(fields, "claim_id"))
            case "conclusion":
                return self._tr("on “{0}”").format(self._inner(fields, "claim_id"))
            case "appearance":
                agent = self._inner(fields, "agent_id") or self._tr("somebody unknown")
                return self._tr("{0} on “{1}”").format(agent, self._inner(fields, "claim_id"))
            case "note":
                return self._tr("on {0}").format(self._about(fields))
            case "review" | "waiver":
                return self._tr("of {0}").format(self._about(fields))
            case "anchor":
                return self._inner(fields, "passage")
            case _:
                words = (fields.get(name) for name in ("label", "title", "name"))
                return _short(str(next(filter(None, words), id_[:8])))

    def of_text(self, digest: str) -> str:
        """Return the title of the source whose text has this digest."""
        if self._sources is None:
            rows = self._project.source_rows()
            self._sources = {version.text: row.source.title for row in rows for version in row.versions}
        return self._sources.get(digest, "")

    def _inner(self, fields: dict[str, Json], field: str) -> str:
        value = fields.get(field)
        return self.of(EntityId(value)) if isinstance(value, str) and value else ""

    def _about(self, fields: dict[str, Json]) -> str:
        """Return what a note or review is about, its words in quotation marks."""
        said, about = self._inner(fields, "about"), str(fields.get("about") or "")
        if said and self.kind(EntityId(about)) == "conclusion":
            return self._tr("the conclusion {0}").format(said)
        return said if not said or "“" in said else _quoted(said)

    def _known(self, id_: EntityId) -> tuple[str, dict[str, Json]]:
        if id_ not in self._fields:
            try:
                found = self._project.entity(id_)
            except NotFoundError:
                self._fields[id_] = self._from_history(id_)
            else:
                self._fields[id_] = (found.kind, _plain(found))
        return self._fields[id_]

    def _from_history(self, id_: EntityId) -> tuple[str, dict[str, Json]]:
        fields: dict[str, Json] = {}
        kind = ""
        for event in self._project.history(id_):
            kind = event.kind
            fields |= {name: after for name, _, after in event.fields if after is not None}
        return kind, fields

    @staticmethod
    def _tr(words: str) -> str:
        return QCoreApplication.translate("history", words)


def _plain(found: Entity) -> dict[str, Json]:
    plain: dict[str, Json] = to_plain(found)
    return plain


def _dicts(value: Json) -> list[dict[str, Json]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _short(said: str) -> str:
    said = " ".join(said.split())
    return said if len(said) <= _LENGTH else said[: _LENGTH - 1].rstrip() + "…"


def _quoted(said: str) -> str:
    """Return words in quotation marks, unless they bring their own."""
    return _short(said) if said[:1] in '“„«"' else f"“{_short(said)}”"
