"""Notes of another program's file, and the answers to them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable

from annotator.domain.foreign import ForeignNote
from annotator.domain.foreign_reasons import Why
from annotator.domain.foreign_words import clean_text
from annotator.domain.note import Note
from annotator.services.foreign_entering import Entering
from annotator.services.foreign_marks import Marks


class Notes:
    """Enters notes, each after what it is about: an answer is a note on a note."""

    def __init__(self, entering: Entering, marks: Marks) -> None:
        self._entering, self._marks = entering, marks

    def enter(self, notes: Iterable[ForeignNote]) -> None:
        """Enter all notes of the file; those on what is not here are told, and so are those that answer each other."""
        waiting: dict[str, list[ForeignNote]] = defaultdict(list)
        for note in notes:
            waiting[note.about].append(note)
        ready = deque(key for key in list(waiting) if self._entering.any_of(key) is not None)
        while ready:
            for note in waiting.pop(ready.popleft(), ()):
                self._note(note)
                ready.append(note.key)
        for note in (note for left in waiting.values() for note in left):
            self._unheld(note)

    def _unheld(self, note: ForeignNote) -> None:
        if self._marks.described(note.about) is not None:
            self._marks.versions(Note.kind, note.about, note.text)
        else:
            self._entering.leave(Note.kind, note.text, Why.UNKNOWN_KEY, "what it is about")

    def _note(self, note: ForeignNote) -> None:
        """Enter a note. Only its author could give a private one away, so it is theirs who takes it in."""
        text, about = clean_text(note.text), self._entering.any_of(note.about)
        if about is None or self._entering.is_second(Note.kind, note.key, text):
            return
        if not text:
            self._entering.leave(Note.kind, note.key, Why.EMPTY)
            return
        by = self._entering.me if note.private else self._entering.person(note.by)
        id_ = self._entering.here.id_for(Note, note.key)
        self._entering.enter(Note(id=id_, about=about, annotator_id=by, text=text, private=note.private), note.key)
