"""What is said of signatures and keys, in plain words: the one table, for the window, the command line and errors alike."""

from __future__ import annotations

from collections.abc import Callable

from annotator.domain.names import NameWarning
from annotator.domain.signing import BundleSignature, Reception, SignatureState, Signing, fingerprint, signed_name

Translated = Callable[[str], str]
"""Gives a template in the person's language."""

STATES: dict[SignatureState, str] = {
    SignatureState.UNSIGNED: "It is not signed: nothing tells who made it.",
    SignatureState.STRIPPED: "It is not signed, though {signers} signed before: somebody may have altered it and taken the "
    "signature off.",
    SignatureState.UNKNOWN: "Signed by {who}. You have not taken this key for anybody’s yet: compare it with what its owner "
    "tells you.",
    SignatureState.KNOWN: "Signed by {who}, whose key you know.",
    SignatureState.OWN: "Signed by {who}, on this computer.",
    SignatureState.CHANGED: "Signed by {who}, but the key you know for that name is {expected}: somebody else may have made it.",
    SignatureState.RENEWED: "Signed by {who}, a new key; the one you know, {expected}, states that this one takes its place.",
    SignatureState.RETIRED: "Signed by {who}, a key that another one ({expected}) has replaced: whoever found the "
    "old one may have made it.",
}

RECEPTIONS: dict[Reception, str] = {
    Reception.AGAIN: "It is the one that came before ({previous}, {at}).",
    Reception.OLDER: "It is older than what came before ({previous}, {at}): it has nothing new, and lacks {missing} of "
    "the changes that came then.",
    Reception.SHORTENED: "Its history is shortened: {missing} changes that came from this sender before ({previous}, {at}) are "
    "not in it any more, such as “{missed}”. They stay in this project. Its sender may have taken them back; ask.",
}

NOTICES: dict[str, str] = {
    "nobody": "Nobody is named, so it is not signed: say who you are, and export it again.",
    "made": "A key was made to sign with: {0}. Tell it to your teammates, by another way than the bundle.",
    "lost": "The key {0} that signed before is gone; a new one takes its place. Tell your teammates.",
    "in-file": "The key lies in a file that only you may read, as the keyring of this computer cannot be used: {0}.",
    "unreachable": "It is not signed: the key lies in the keyring of this computer, which cannot be used now ({0}).",
    "unreadable": "It is not signed: the keys of this computer cannot be used ({0}).",
}

LOOKS_LIKE = "“{name}” looks like “{like}”, and is not the same name."
MIXED = "“{name}” has letters of several scripts that look alike."
_NOBODY = "nobody that is named"


def state_sentence(signature: BundleSignature, translated: Translated = str) -> str:
    """Return who signed a bundle and what that is worth."""
    who = signed_name(signature.name or translated(_NOBODY), signature.key) if signature.key else signature.name
    return translated(STATES[signature.state]).format(
        who=who, expected=", ".join(map(fingerprint, signature.expected)), signers=", ".join(signature.signers)
    )


def reception_sentence(signature: BundleSignature, at: str, translated: Translated = str) -> str:
    """Return how a bundle stands to what came from its sender before, which was ``at``; nothing where that is as it should be."""
    template = RECEPTIONS.get(signature.reception, "")
    return translated(template).format(
        previous=signature.previous, at=at, missing=signature.missing, missed="”, “".join(signature.missed)
    )


def warning_sentence(warning: NameWarning, translated: Translated = str) -> str:
    """Return what is to be seen in a name."""
    return translated(LOOKS_LIKE if warning.like else MIXED).format(name=warning.name, like=warning.like)


def signature_sentences(
    signature: BundleSignature, translated: Translated = str, moment: Callable[[str], str] = str
) -> tuple[str, ...]:
    """Return all that is to be said of a signature; ``moment`` tells a time (UTC, ISO 8601) as people write it."""
    reception = reception_sentence(signature, moment(signature.previous_at), translated)
    warnings = (warning_sentence(each, translated) for each in signature.warnings)
    return tuple(each for each in (state_sentence(signature, translated), reception, *warnings) if each)


def signing_sentences(signing: Signing, translated: Translated = str) -> tuple[str, ...]:
    """Return what a person should know of how their exports are signed."""
    parts = (notice.partition(":") for notice in signing.notices)
    return tuple(translated(NOTICES[code]).format(detail) for code, _, detail in parts)
