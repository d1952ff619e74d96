"""Which judgements rest on words that a newer version does not have: the newest version in which they were looked for decides."""

from pathlib import Path

from annotator.domain.anchoring import Anchor
from annotator.domain.changed_words import ChangedWords, all_changed, changed_sentence
from annotator.domain.ids import EntityId
from annotator.domain.passage import Passage
from annotator.domain.rows import LinkageRow
from annotator.domain.source import Version
from annotator.services.project import Project, open_project

_TEXT = (
    "The auditor, who looked at all accounts, found a rise of {0} per cent in the pilot.\nNobody else has counted them."
)


def _start(project: Project) -> tuple[EntityId, EntityId]:
    version = project.import_source(("a.txt", _TEXT.format("14.2").encode()))
    start = _TEXT.index("found a rise")
    passage = project.highlight(version.id, [(start, start + len("found a rise of 14.2 per cent"))])
    project.link_to_new_claim(passage.id, "Bills rose.", stance="supports", verdict="supported")
    return version.source_id, passage.id


def _row(project: Project) -> LinkageRow:
    (row,) = project.linkage_rows()
    return row


def _add(project: Project, source: EntityId, figure: str, end: str = "") -> None:
    project.add_version(source, (f"{figure}{len(end)}.txt", (_TEXT.format(figure) + end).encode()))


def _seen_by_exports(project: Project) -> dict[EntityId, ChangedWords]:
    reader = project.store.read()
    return all_changed(reader.all(Anchor), reader.all(Version), reader.all(Passage))


def test_words_that_changed_are_told_of_with_version_and_day(project_path: Path) -> None:
    with open_project(project_path, annotator="Ada", create=True) as project:
        source, passage = _start(project)
        assert _row(project).changed is None
        _add(project, source, "12.9")
        changed = _row(project).changed
        assert changed is not None
        assert (changed.passage, changed.sequence, changed.gone, changed.waits) == (passage, 2, False, True)
        assert changed_sentence(changed).startswith("Words changed in version 2 · ")
        assert project.claim_rows()[0].unsettled == 1
        assert [(row.versions, row.waiting) for row in project.revised_rows()] == [(2, 1)]
        assert project.source_rows()[0].unsettled == 1


def test_words_that_are_back_in_the_newest_version_are_the_same(project_path: Path) -> None:
    with open_project(project_path, annotator="Ada", create=True) as project:
        source, _ = _start(project)
        _add(project, source, "12.9")
        _add(project, source, "14.2", "\nThe figure was given wrongly for a day.")
        assert _row(project).changed is None
        assert project.claim_rows()[0].unsettled == 0


def test_the_own_text_come_back_is_no_change(project_path: Path) -> None:
    with open_project(project_path, annotator="Ada", create=True) as project:
        source, _ = _start(project)
        _add(project, source, "12.9")
        project.add_version(source, ("again.txt", ("\ufeff" + _TEXT.format("14.2")).encode()))
        assert [version.sequence for version in project.versions(source)] == [1, 2, 3]
        _nothing_waits(project)


def test_an_older_version_is_none_in_which_words_changed(project_path: Path) -> None:
    with open_project(project_path, annotator="Ada", create=True) as project:
        version = project.import_source(("a.txt", _TEXT.format("14.2").encode()))
        end = "\nA sentence that only the second version has."
        _add(project, version.source_id, "14.2", end)
        newer = project.versions(version.source_id)[-1]
        text = project.text(newer.id)
        passage = project.highlight(newer.id, [(text.index("A sentence"), len(text))])
        project.link_to_new_claim(passage.id, "There is one.", stance="supports", verdict="supported")
        report = project.find_again(version.id)
        assert report.orphaned == (passage.id,), "it is told that the older version does not have it"
        _nothing_waits(project)


def _nothing_waits(project: Project) -> None:
    assert _row(project).changed is None
    assert _seen_by_exports(project) == {}
    assert [row.unsettled for row in project.claim_rows()] == [0]
    assert [row.unsettled for row in project.source_rows()] == [0]
    assert [row.waiting for row in project.revised_rows()] == [0]


def test_a_decision_is_told_with_the_words(project_path: Path) -> None:
    with open_project(project_path, annotator="Ada", create=True) as project:
        source, passage = _start(project)
        _add(project, source, "12.9")
        first = _row(project).changed
        assert first is not None
        (anchor,) = project.anchors(first.version)
        project.keep_anchor(anchor.id)
        changed = _row(project).changed
        assert changed is not None
        assert changed_sentence(changed).endswith(", kept on its own version")
        assert project.claim_rows()[0].unsettled == 0
        assert project.revised_rows()[0].waiting == 0
        project.undo()
        assert _row(project).changed == first
        assert _seen_by_exports(project) == {passage: first}
