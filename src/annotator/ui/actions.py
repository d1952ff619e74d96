"""Every action of the window in one table: its words, its keys, its icon, and where its keys work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from annotator.ui.marks import key_name


class Spec(NamedTuple):
    """One action. ``place`` is where its keys work: the whole window, or a named part that has the focus.

    ``menu`` is the menu it stands in (empty: none); ``needs`` is what must be there for it to be enabled: nothing, a
    ``project``, a ``version``, a ``passage``, a ``claim`` or a ``linkage``; a judgement to ``review``, a ``finding``;
    ``conflicts`` on the screen, a ``conflict`` to settle; two ``versions`` beside each other, an ``anchor`` to settle; an
    earlier ``state`` to restore; a ``merge`` to take back; something to ``undo`` or ``redo``; a ``selection`` of any kind.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    menu: str = ""
    place: str = "window"
    needs: str = "project"


WINDOW, READER, LINKAGE, CLAIM, SOURCES = "window", "reader", "linkage", "claim", "sources"
AUDIT, FINDINGS, HISTORY = "audit", "findings", "history"
CONFLICT = "conflict"
VERSIONS = "versions"
FIND = "find"
LISTS = "lists"

SPECS: tuple[Spec, ...] = (
    Spec("new_project", "New project…", ("Ctrl+N",), "file-plus", "Project", needs=""),
    Spec("open_project", "Open a project…", ("Ctrl+O",), "folder-open", "Project", needs=""),
    Spec("open_bundle", "Open a bundle…", ("Ctrl+Shift+O",), "package-open", "Project", needs=""),
    Spec("open_sample", "Open the sample case", (), "graduation-cap", "Project", needs=""),
    Spec("close_project", "Close project", ("Ctrl+Shift+W",), "x", "Project"),
    Spec("merge", "Merge a bundle…", ("Ctrl+Shift+M",), "git-merge", "Project"),
    Spec("import_annotations", "Import annotations…", (), "highlighter", "Project"),
    Spec("export", "Export…", ("Ctrl+E",), "upload", "Project"),
    Spec("verify", "Verify project", (), "shield-check", "Project"),
    Spec("compare", "Compare with a bundle…", (), "file-search", "Project"),
    Spec("signing_keys", "Signing keys…", (), "key-round", "Project", needs=""),
    Spec("settings", "Settings…", ("Ctrl+,",), "settings", "Project", needs=""),
    Spec("quit", "Quit", ("Ctrl+Q",), "log-out", "Project", needs=""),
    Spec("import", "Import sources…", ("Ctrl+I",), "download", "Source"),
    Spec("import_folder", "Import a folder…", (), "folder-open", "Source"),
    Spec("fetch_address", "Fetch an address…", ("Ctrl+U",), "globe", "Source"),
    Spec("paste_source", "Paste text or HTML as a source", ("Ctrl+Shift+V",), "clipboard-paste", "Source"),
    Spec("type_source", "Write down a source…", ("Ctrl+Shift+T",), "pencil", "Source"),
    Spec("source_details", "Source details…", ("Ctrl+D",), "info", "Source", needs="version"),
    Spec("confirm_sources", "Confirm source details…", ("Ctrl+Shift+I",), "list-checks", "Source"),
    Spec("agents", "People and organisations…", ("Ctrl+Shift+P",), "user", "Source"),
    Spec("add_version", "Add a new version…", (), "file-plus", "Source", needs="version"),
    Spec("paste_version", "Paste as a new version", (), "clipboard-paste", "Source", needs="version"),
    Spec("show_original", "Show the original…", (), "external-link", "Source", needs="version"),
    Spec("save_original", "Save the original as…", (), "download", "Source", needs="version"),
    Spec("check_original", "Check the original", (), "shield-check", "Source", needs="version"),
    Spec("read_again", "Read in another encoding…", (), "file-search", "Source", needs="version"),
    Spec("compare_versions", "Compare versions", ("Ctrl+Shift+D",), "file-diff", "Source", needs="version"),
    Spec("part_of_article", "Part of the article", ("B",), "", "Source", READER, "version"),
    Spec("not_of_article", "Not part of the article", ("Shift+B",), "", "Source", READER, "version"),
    Spec("delete_source", "Delete source", (), "trash-2", "Source", needs="version"),
    Spec("undo", "Undo", ("Ctrl+Z",), "undo-2", "Edit", needs="undo"),
    Spec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", "Edit", needs="redo"),
    Spec("search", "Search or run a command", ("Ctrl+K",), "search", "Edit", needs=""),
    Spec("find", "Find in this source", ("Ctrl+F",), "search", "Edit", needs="version"),
    Spec("find_next", "Next hit", ("Ctrl+G", "F3"), "", "Edit", needs="version"),
    Spec("find_previous", "Previous hit", ("Ctrl+Shift+G", "Shift+F3"), "", "Edit", needs="version"),
    Spec("find_case", "Match case", ("Alt+C",), "", "", FIND, "version"),
    Spec("find_words", "Whole words", ("Alt+W",), "", "", FIND, "version"),
    Spec("find_accents", "Ignore accents", ("Alt+A",), "", "", FIND, "version"),
    Spec("find_regex", "Regular expression", ("Alt+R",), "", "", FIND, "version"),
    Spec("copy_citation", "Copy with citation", ("Ctrl+Shift+C",), "copy", "Edit", needs="version"),
    Spec("highlight", "Highlight", ("H",), "highlighter", "Passage", READER, "version"),
    Spec("add_fragment", "Add the selection to the passage", ("Shift+H",), "plus", "Passage", READER, "passage"),
    Spec("link", "Link to claim", ("L",), "link", "Passage", READER, "version"),
    Spec("gather", "Gather for a joint linkage", ("Shift+L",), "link", "Passage", READER, "version"),
    Spec("who_says", "Who says this", ("W",), "user", "Passage", READER, "version"),
    Spec("note", "Note", ("A",), "message-square-text", "Passage", READER, "version"),
    Spec("next_under_cursor", "Next passage under the cursor", ("O",), "", "Passage", READER, "version"),
    Spec("next_passage", "Next passage", ("N",), "", "Passage", READER, "version"),
    Spec("previous_passage", "Previous passage", ("P",), "", "Passage", READER, "version"),
    Spec("show_card", "What has been judged here", ("I",), "info", "Passage", READER, "version"),
    Spec("filter_passages", "Filter the passages…", ("Shift+F",), "list-filter", "Passage", READER, "version"),
    Spec("delete_passage", "Delete passage", ("Del",), "trash-2", "Passage", READER, "passage"),
    Spec("fold_boilerplate", "Fold what is not the article", ("F",), "", "View", READER, "version"),
    Spec("pages_or_text", "Pages or text", ("T",), "file-text", "View", READER, "version"),
    Spec("area", "Mark an area of the page", ("M",), "square-dashed", "Passage", READER, "version"),
    Spec("next_page", "Next page", ("J",), "", "View", READER, "version"),
    Spec("previous_page", "Previous page", ("K",), "", "View", READER, "version"),
    Spec("go_to_page", "Go to a page", ("G",), "", "View", READER, "version"),
    Spec("thumbnails", "Show or hide the small pages", ("Shift+T",), "", "View", READER, "version"),
    Spec("whole_page", "Whole page or page width", ("Shift+W",), "", "View", READER, "version"),
    Spec("check_quotation", "Check a quotation…", ("Q",), "quote", "Passage", READER),
    Spec("add_claim", "Write a claim…", ("Ctrl+Shift+A",), "plus", "Claim"),
    Spec("edit_claim", "Edit claim…", ("F2",), "pencil", "Claim", CLAIM, "claim"),
    Spec("delete_claim", "Delete claim", ("Del",), "trash-2", "Claim", CLAIM, "claim"),
    Spec("same_claims", "Claims that may be the same…", ("Ctrl+Shift+J",), "equal", "Claim"),
    Spec("conclude", "Conclude…", ("Ctrl+Return",), "scale", "Claim", CLAIM, "claim"),
    Spec("edit_linkage", "Edit linkage…", ("Return",), "pencil", "Claim", LINKAGE, "linkage"),
    Spec("withdraw", "Withdraw linkage…", ("Ctrl+Backspace",), "", "Claim", LINKAGE, "linkage"),
    Spec("delete_linkage", "Delete linkage", ("Del",), "trash-2", "Claim", LINKAGE, "linkage"),
    Spec("accept", "Accept judgement", ("A",), "check", "Audit", AUDIT, "review"),
    Spec("contest", "Contest judgement", ("C",), "circle-question-mark", "Audit", AUDIT, "review"),
    Spec("reject", "Reject judgement", ("R",), "x", "Audit", AUDIT, "review"),
    Spec("needs_work", "Judgement needs work", ("W",), "circle-dashed", "Audit", AUDIT, "review"),
    Spec("next_review", "Next to review", ("J",), "", "Audit", AUDIT, "review"),
    Spec("previous_review", "Back to the one before", ("K",), "", "Audit", AUDIT, "review"),
    Spec("judge_before", "Decide on the judgement to the left", ("Left",), "", "Audit", AUDIT, "review"),
    Spec("judge_after", "Decide on the judgement to the right", ("Right",), "", "Audit", AUDIT, "review"),
    Spec("waive", "Waive finding…", ("X",), "", "Audit", FINDINGS, "finding"),
    Spec("take_ours", "Take ours", ("1",), "", "Conflict", CONFLICT, "conflict"),
    Spec("take_theirs", "Take theirs", ("2",), "", "Conflict", CONFLICT, "conflict"),
    Spec("take_third", "Take the third value", ("3",), "", "Conflict", CONFLICT, "conflict"),
    Spec("take_fourth", "Take the fourth value", ("4",), "", "Conflict", CONFLICT, "conflict"),
    Spec("take_base", "Take base", ("0",), "", "Conflict", CONFLICT, "conflict"),
    Spec("write_new", "Write a new value", ("E",), "pencil", "Conflict", CONFLICT, "conflict"),
    Spec("leave_both", "Leave all values standing", ("B",), "git-fork", "Conflict", CONFLICT, "conflict"),
    Spec("settle_all", "Settle all alike…", ("Shift+A",), "list-checks", "Conflict", CONFLICT, "conflict"),
    Spec("next_conflict", "Next conflict", ("J",), "", "Conflict", CONFLICT, "conflicts"),
    Spec("previous_conflict", "Back to the conflict before", ("K",), "", "Conflict", CONFLICT, "conflicts"),
    Spec("accept_anchor", "Accept the new words", ("1",), "", "Versions", VERSIONS, "anchor"),
    Spec("place_anchor", "Move the passage by hand", ("2",), "", "Versions", VERSIONS, "anchor"),
    Spec("keep_anchor", "Keep the passage on its own version", ("3",), "", "Versions", VERSIONS, "anchor"),
    Spec("withdraw_anchor", "Withdraw what rests on the passage…", ("4",), "", "Versions", VERSIONS, "anchor"),
    Spec("next_anchor", "Next passage of this version", ("J",), "", "Versions", VERSIONS, "versions"),
    Spec("previous_anchor", "Back to the passage before", ("K",), "", "Versions", VERSIONS, "versions"),
    Spec("next_difference", "Next difference", ("N",), "", "Versions", VERSIONS, "versions"),
    Spec("previous_difference", "Previous difference", ("P",), "", "Versions", VERSIONS, "versions"),
    Spec("restore", "Restore this state", ("R",), "undo-2", "Edit", HISTORY, "state"),
    Spec("turn_merge", "Take a merge back, or bring it back", ("T",), "", "Edit", HISTORY, "merge"),
    Spec("history", "History of this", ("Ctrl+H",), "history", "View", needs="selection"),
    Spec("show_read", "Read", ("Ctrl+1",), "book-open", "View"),
    Spec("show_claims", "Claims", ("Ctrl+2",), "scale", "View"),
    Spec("show_audit", "Audit", ("Ctrl+3",), "list-checks", "View"),
    Spec("show_history", "History", ("Ctrl+4",), "history", "View"),
    Spec("show_conflicts", "Conflicts", ("Ctrl+5",), "git-fork", "View"),
    Spec("show_lists", "Lists", ("Ctrl+6",), "rows-3", "View"),
    Spec("show_versions", "Versions", ("Ctrl+7",), "file-diff", "View"),
    Spec("list_sources", "List of sources", ("1",), "", "View", LISTS),
    Spec("list_passages", "List of passages", ("2",), "", "View", LISTS),
    Spec("list_claims", "List of claims", ("3",), "", "View", LISTS),
    Spec("list_linkages", "List of linkages", ("4",), "", "View", LISTS),
    Spec("sort_by_column", "Sort by this column", ("S",), "", "View", LISTS),
    Spec("news", "New since I last looked", ("Ctrl+Shift+N",), "bell", "View"),
    Spec("to_do", "What is left to do", ("Ctrl+L",), "list-todo", "View"),
    Spec("zoom_in", "Larger text", ("Ctrl++", "Ctrl+="), "zoom-in", "View", needs="version"),
    Spec("zoom_out", "Smaller text", ("Ctrl+-",), "zoom-out", "View", needs="version"),
    Spec("zoom_reset", "Normal text size", ("Ctrl+0",), "", "View", needs="version"),
    Spec("theme", "Dark or light", (), "sun-moon", "View", needs=""),
    Spec("back", "Back", ("Alt+Left",), "arrow-left", "View", needs="version"),
    Spec("forward", "Forward", ("Alt+Right",), "arrow-right", "View", needs="version"),
    Spec("older_version", "Version before this one", ("Alt+PgUp",), "", "View", needs="version"),
    Spec("newer_version", "Version after this one", ("Alt+PgDown",), "", "View", needs="version"),
    Spec("split", "Show two sources side by side, or one", ("Ctrl+\\",), "columns-2", "View", needs="version"),
    Spec("other_half", "Go to the other side", ("F8",), "", "View", needs="version"),
    Spec("move_tab", "Move the tab to the other side", ("Shift+F8",), "", "View", needs="version"),
    Spec("next_tab", "Next tab", ("Ctrl+Tab", "Ctrl+PgDown"), "", "View", needs="version"),
    Spec("previous_tab", "Previous tab", ("Ctrl+Shift+Tab", "Ctrl+PgUp"), "", "View", needs="version"),
    Spec("close_tab", "Close tab", ("Ctrl+W",), "x", "View", needs="version"),
    Spec("next_part", "Go to the next part of the window", ("F6",), "", "View"),
    Spec("left_panel", "Show or hide the sources", ("Ctrl+Shift+L",), "panel-left", "View"),
    Spec("right_panel", "Show or hide claims and linkage", ("Ctrl+Shift+R",), "", "View"),
    Spec("filter", "Filter the list", ("/",), "list-filter", "View"),
    Spec("main_menu", "Menu", ("F10",), "menu", needs=""),
    Spec("keys", "Keys", ("?", "F1"), "", "Help", needs=""),
    Spec("about", "About Annotator", (), "info", "Help", needs=""),
)


MENUS = ("Project", "Source", "Edit", "Passage", "Claim", "Audit", "Conflict", "Versions", "View", "Help")


def words_of(spec: Spec) -> str:
    """Return the words of an action in the person's language."""
    return QCoreApplication.translate("actions", spec.text)


def menu_words(menu: str) -> str:
    """Return the title of a menu in the person's language."""
    return QCoreApplication.translate("menus", menu)


def keys_of(spec: Spec, own: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action: a person's own, else those of the table. An empty own key takes them away."""
    if spec.name in own:
        return (own[spec.name],) if own[spec.name] else ()
    return spec.keys


def conflicts(own: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return for each action the other actions that the same keys would run in the same place."""
    found: dict[str, tuple[str, ...]] = {}
    for spec in SPECS:
        keys = {QKeySequence(key).toString() for key in keys_of(spec, own)}
        others = tuple(
            other.name
            for other in SPECS
            if other is not spec
            and (other.place == spec.place or WINDOW in (other.place, spec.place))
            and keys & {QKeySequence(key).toString() for key in keys_of(other, own)}
        )
        if others:
            found[spec.name] = others
    return found


class Actions(QObject):
    """The actions as Qt knows them. Screens ``bind`` what an action does and ``place`` it where its keys are to work."""

    keys_changed = Signal()
    ran = Signal()
    """An action was run, by key or by click."""

    def __init__(self, window: QWidget, keys: Mapping[str, str] | None = None) -> None:
        """``keys`` are a person's own shortcuts by action name."""
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        self._bound: dict[str, Callable[[], object]] = {}
        self._there: Mapping[str, bool] | None = None
        self._paused = 0
        group = QActionGroup(self)
        group.setExclusive(False)
        group.triggered.connect(lambda action: self._run(action.objectName()))
        for spec in SPECS:
            action = group.addAction(words_of(spec))
            action.setEnabled(False)
            action.setObjectName(spec.name)
            if spec.place == WINDOW:
                window.addAction(action)
            else:
                action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._actions[spec.name] = action
        self.set_keys(keys or {})

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def show_icons(self) -> None:
        """Give the actions their icons: wanted where a menu is opened, and not before the window is painted."""
        from annotator.ui.icons import icon

        for spec in SPECS:
            if spec.icon:
                self._actions[spec.name].setIcon(icon(spec.icon))

    def set_keys(self, own: Mapping[str, str]) -> None:
        """Put a person's own keys in force; what they say nothing about has those of the table."""
        for spec in SPECS:
            self._actions[spec.name].setShortcuts([QKeySequence(key) for key in keys_of(spec, own)])
        self.keys_changed.emit()

    def key(self, name: str) -> str:
        """Return how a key cap names the first key of an action, such as ``Ctrl I``; empty when it has none."""
        sequence = self._actions[name].shortcut()
        return "" if sequence.isEmpty() else key_name(sequence)

    def bind(self, name: str, does: Callable[[], object]) -> QAction:
        """Say what an action does; binding again replaces what it did."""
        self._bound[name] = does
        self._enable(_BY_NAME[name])
        return self._actions[name]

    def place(self, place: str, widget: QWidget) -> None:
        """Let the keys of all actions of a place work while ``widget`` or something in it has the focus."""
        for spec in SPECS:
            if spec.place == place:
                widget.addAction(self._actions[spec.name])

    def update_enabled(self, there: Mapping[str, bool]) -> None:
        """Enable what can be done: ``there`` tells for each word that a ``Spec`` needs whether it is there.

        Until it is first told, everything bound can be done.
        """
        self._there = dict(there)
        self._enable()

    def pause(self) -> None:
        """Let no action run while something lies over the window; ``resume`` as often as paused."""
        self._paused += 1
        self._enable()

    def resume(self) -> None:
        """Take back one ``pause``."""
        self._paused -= 1
        self._enable()

    def _enable(self, *specs: Spec) -> None:
        for spec in specs or SPECS:
            there = self._there is None or not spec.needs or self._there.get(spec.needs, False)
            self._actions[spec.name].setEnabled(there and spec.name in self._bound and not self._paused)

    def _run(self, name: str) -> None:
        self.ran.emit()
        self._bound[name]()


_BY_NAME = {spec.name: spec for spec in SPECS}
