"""What a long list says when it has nothing to show: what to do next."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.ui.actions import Actions


def nothing_here(actions: Actions, kind: str, *, words: bool, only: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return words with places for keys, and the keys. ``words`` and ``only`` tell what narrows the list."""
    translate = QCoreApplication.translate
    if words:
        return translate("lists", "Nothing has these words. {0} empties the filter."), (translate("lists", "Esc"),)
    if only:
        return _narrowed(kind, only), ()
    needed = {
        "sources": (translate("lists", "No sources yet. Drop some on the window, or press {0}"), ("import",)),
        "passages": (
            translate("lists", "No passages yet. Open a source with {0} , select words in it and press {1}"),
            ("show_read", "highlight"),
        ),
        "claims": (
            translate("lists", "No claims yet. Write one with {0} , or select words in a source and press {1}"),
            ("add_claim", "link"),
        ),
        "linkages": (
            translate("lists", "No linkages yet. Open a source with {0} , select words in it and press {1}"),
            ("show_read", "link"),
        ),
    }
    sentence, names = needed[kind]
    return sentence, tuple(actions.key(name) for name in names)


def _narrowed(kind: str, only: tuple[str, ...]) -> str:
    translate = QCoreApplication.translate
    if len(only) > 1:
        return translate("lists", "Nothing is all of this at once.")
    words = {
        ("sources", "unread"): translate("lists", "Every source has a passage."),
        ("sources", "unlinked"): translate("lists", "Every passage of every source is linked."),
        ("sources", "unconfirmed"): translate("lists", "The details of every source are confirmed."),
        ("passages", "unlinked"): translate("lists", "Every passage is linked to a claim."),
        ("passages", "mine"): translate("lists", "You have not highlighted a passage yet."),
        ("claims", "open"): translate("lists", "Every claim has a conclusion."),
        ("claims", "unlinked"): translate("lists", "Every claim has a passage."),
        ("linkages", "mine"): translate("lists", "You have not linked a passage yet."),
        ("linkages", "withdrawn"): translate("lists", "No linkage was withdrawn."),
    }
    return words.get((kind, only[0]), translate("lists", "Nothing is disputed."))
