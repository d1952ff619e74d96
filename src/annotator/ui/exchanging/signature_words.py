"""What is said of signatures and keys, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from annotator.domain import signing_words
from annotator.domain.signing import BundleSignature, SignatureState, Signing, signed_name
from annotator.ui.when import moment

_ACCEPTED = {
    SignatureState.UNKNOWN: "Know this key as {0}’s from now on",
    SignatureState.CHANGED: "I asked {0}: take this key in place of the one I know",
    SignatureState.RENEWED: "Take this key of {0}’s in place of the one I know",
    SignatureState.RETIRED: "Take it this once",
    SignatureState.STRIPPED: "Take it although it is not signed",
}
"""What a person says by accepting a signature; in the other states there is nothing to accept."""


def signature_sentences(signature: BundleSignature) -> tuple[str, ...]:
    """Return all that is to be said of who signed a bundle."""
    return signing_words.signature_sentences(signature, _translated, moment)


def acceptance_words(signature: BundleSignature) -> str:
    """Return what a person says by accepting a signature; nothing where there is nothing to accept."""
    return _translated(_ACCEPTED.get(signature.state, "")).format(signature.name)


def signing_sentences(signing: Signing) -> tuple[str, ...]:
    """Return who signs what goes out, and what that person should know of it."""
    said = signing_words.signing_sentences(signing, _translated)
    if signing.own is None:
        return said
    by = QCoreApplication.translate("signatures", "Signed by {0}.")
    return (by.format(signed_name(signing.own.name, signing.own.key)), *said)


def author_words(name: str, signature: BundleSignature) -> str:
    """Return the name of an author; beside it the beginning of the key, where the key that signed is theirs."""
    return f"{name} @ {signature.who.rpartition(' @ ')[2][:4]}" if signature.proves(name) else name


def _translated(template: str) -> str:
    return QCoreApplication.translate("signatures", template) if template else ""
