"""What the panels at the selection ask of the project, as jobs that run off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotator.domain.ids import EntityId
from annotator.domain.judgement import Linkage
from annotator.ui.annotating.judgement import Judgement, Target
from annotator.ui.annotating.speaker import Said
from annotator.ui.annotating.who_panel import as_id


def link_job(target: Target, said: Judgement) -> Callable[[Any], Linkage]:
    """Return what links words, an area or passages to a claim, or to a new one."""
    place = {} if target.passage else _place(target)
    passage, levels = as_id(target.passage), said.levels()
    together = [EntityId(each) for each in (target.passage, *target.together)] if target.together else passage
    if said.claim:
        return lambda project: project.link(together, EntityId(said.claim), **place, **levels)
    return lambda project: project.link_to_new_claim(together, said.words, **place, **levels)


def who_job(target: Target, said: Said) -> Callable[[Any], EntityId]:
    """Return what says who says something; its result is the passage."""

    def job(project: Any) -> EntityId:
        appearance = project.appear(
            as_id(target.passage),
            EntityId(said.claim),
            agent=None,
            agent_name=said.agent,
            role=said.role,
            voice=said.voice or None,
            derived_from=as_id(said.derived_from),
            **_place(target),
        )
        return EntityId(appearance.passage_id)

    return job


def note_job(target: Target, text: str) -> Callable[[Any], EntityId]:
    """Return what writes a note; its result is the passage."""

    def job(project: Any) -> EntityId:
        passage = as_id(target.passage)
        if passage is None and target.area is not None:
            return EntityId(project.highlight_area(target.version, target.area, note=text).id)
        if passage is None:
            return EntityId(project.highlight(target.version, target.spans, note=text).id)
        project.note(passage, text)
        return passage

    return job


def _place(target: Target) -> dict[str, Any]:
    """Return where a passage is to be made, as the jobs take it."""
    if target.area is not None:
        return {"version": target.version, "area": target.area}
    return {"version": target.version, "fragments": target.spans}
