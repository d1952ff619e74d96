"""What a person or the world can do something about. Everything else is a bug.

An error carries data. Its ``sentence`` says what happened and where, its ``next_step`` what to do; both are templates that
the window translates and then fills with the data. The command line prints the same two.
"""

from __future__ import annotations

from typing import ClassVar


class AnnotatorError(Exception):
    """The family. Keyword arguments become ``data`` and fill the templates."""

    sentence: ClassVar[str] = "Something went wrong."
    next_step: ClassVar[str] = ""

    def __init__(self, **data: object) -> None:
        super().__init__()
        self.data = data

    def __str__(self) -> str:
        parts = (self.sentence.format(**self.data), self.next_step.format(**self.data))
        return " ".join(part for part in parts if part)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.data))


def _rebuild(kind: type[AnnotatorError], data: dict[str, object]) -> AnnotatorError:
    return kind(**data)


class WrongArgumentError(AnnotatorError):
    """An argument that is not allowed: ``argument``, ``problem``, ``allowed``."""

    sentence = "{argument}: {problem}."
    next_step = "Allowed: {allowed}."


class NotFoundError(AnnotatorError):
    """An id that nothing goes by: ``kind``, ``id``."""

    sentence = "There is no {kind} {id} in this project."
    next_step = "It may have been deleted; undo brings it back."


class UndoRefusedError(AnnotatorError):
    """A field that somebody has set since: ``field``, ``entity``, ``who``."""

    sentence = "Not undone: {who} has changed “{field}” of {entity} since."
    next_step = "Restore the state you want from its history."


class NothingToUndoError(AnnotatorError):
    """The undo or redo stack is empty: ``what``."""

    sentence = "There is nothing to {what}."


class ProjectError(AnnotatorError):
    """A project file that cannot be opened or written: ``path``."""

    sentence = "{path} could not be opened."


class ProjectMissingError(ProjectError):
    """There is no file: ``path``."""

    sentence = "There is no project at {path}."
    next_step = "Check the name, or make a new project there."


class ProjectExistsError(ProjectError):
    """A new project would overwrite a file: ``path``."""

    sentence = "{path} exists already."
    next_step = "Open it, or choose another name."


class NotAProjectError(ProjectError):
    """A file of another kind: ``path``."""

    sentence = "{path} is not an Annotator project."
    next_step = "Choose a file that ends in .annotator, or import this one as a source. It was not changed."


class NewerProjectError(ProjectError):
    """A project of a later program: ``path``, ``found``, ``known``."""

    sentence = "{path} was made by a newer Annotator (format {found}; this one reads up to {known})."
    next_step = "Install the newer program. The file was not changed."


class ProjectInUseError(ProjectError):
    """Another process holds the project: ``path``, ``holder``."""

    sentence = "{path} is open in another Annotator ({holder})."
    next_step = "Close it there first."


class ProjectNotWritableError(ProjectError):
    """A folder or file that cannot be written: ``path``, ``reason``."""

    sentence = "{path} cannot be written: {reason}."
    next_step = "Choose a folder you may write to, or make room. Nothing was changed."


class AlteredError(ProjectError):
    """Something stored is not what was recorded: ``path``, ``where``, ``problem``."""

    sentence = "{path}: {where} was altered: {problem}."
    next_step = "Go back to a backup or to a bundle exported earlier."


class UnsafeSqliteError(AnnotatorError):
    """A SQLite that can corrupt WAL databases: ``version``."""

    sentence = "This computer's SQLite {version} can damage projects."
    next_step = "Install the package pysqlite3 0.6.1 or newer."


class ImportFailedError(AnnotatorError):
    """A source that could not be imported: ``name``, ``reason``, ``advice``."""

    sentence = "{name}: {reason}."
    next_step = "{advice}"


class PageNotShownError(AnnotatorError):
    """A page that cannot be shown as it was published: ``reason``."""

    sentence = "This page cannot be shown: {reason}."
    next_step = "Its words, if it has any, are in the text."


class BundleRefusedError(AnnotatorError):
    """A bundle that does not hold what it says: ``path``, ``member``, ``reason``."""

    sentence = "{path}: {member}: {reason}."
    next_step = "Ask for the bundle again. Nothing was taken from it."


class BundleBasisError(AnnotatorError):
    """A bundle that builds on changes which are not here: ``path``, ``count``, the first one’s ``example`` and day ``at``."""

    sentence = (
        "{path} holds what came after an earlier exchange; {count} changes that it builds on are not here, "
        "the first is “{example}” ({at})."
    )
    next_step = "Ask for the bundle that came before it, or for one of the whole project. Nothing was taken from it."


class BundleOverLimitError(BundleRefusedError):
    """A bundle that asks more of this computer than is allowed: ``path``, ``member``, ``reason``, ``limit`` (its name)."""

    next_step = "Allow more of “{limit}” for this one bundle if you trust who sent it. Nothing was taken from it."


class SignatureRefusedError(AnnotatorError):
    """A bundle whose signature is not what was expected, and nobody said that it is to be taken: ``path``, ``reason``."""

    sentence = "{path} is not taken in: {reason}"
    next_step = (
        "Ask its sender, by another way than this one. If you know that it is right, say so (accept its signature)."
    )


class KeysUnreadableError(AnnotatorError):
    """The file with what is known of keys cannot be read or written: ``path``, ``reason``."""

    sentence = "{path} cannot be used: {reason}."
    next_step = "It says whose keys you trust. Put it right, or move it away and take in your teammates' keys anew."


class PatternError(AnnotatorError):
    """What is no regular expression: ``pattern``, ``problem``, ``place`` (from 1)."""

    sentence = "“{pattern}” is not a regular expression: {problem} (character {place})."
    next_step = "Correct it, or look for it as plain words."


class PatternTooSlowError(AnnotatorError):
    """A regular expression that would take minutes or years: ``pattern``."""

    sentence = "“{pattern}” takes too long in this text."
    next_step = "Make it simpler: a repetition inside a repetition is what takes long."


class MergeStandsError(AnnotatorError):
    """A merge that cannot be taken back: ``name``, ``count``, ``example``."""

    sentence = "{name} was not taken back: later work builds on it ({count} in all, such as “{example}”)."
    next_step = "Delete or correct what you do not want, or go back to the backup that was made before the merge."


class MergeLeansError(AnnotatorError):
    """A merge that cannot come back alone: ``name``, ``other``."""

    sentence = "{name} was not brought back: it builds on {other}, which was taken back too."
    next_step = "Bring {other} back first."


class ExportFailedError(AnnotatorError):
    """An export that could not be written: ``path``, ``reason``."""

    sentence = "{path} could not be written: {reason}."
    next_step = "Choose another place. What stood there before is unchanged."


class ReportNotSetError(AnnotatorError):
    """A report that could not be set as PDF: ``reason``."""

    sentence = "The report could not be set as PDF: {reason}."
    next_step = "Export one claim at a time, or the HTML page, and print that. What stood there before is unchanged."


class CancelledError(AnnotatorError):
    """A person stopped the work: ``what``."""

    sentence = "Stopped: {what}."
