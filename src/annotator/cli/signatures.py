"""How signatures are told on the command line: of bundles that come in, and of those that go out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.domain.codec import Json
    from annotator.domain.signing import BundleSignature, Signing


def signature_lines(signature: BundleSignature) -> Iterator[str]:
    """Yield all that is to be said of a signature, a sentence a line."""
    from annotator.domain.signing_words import signature_sentences

    yield from signature_sentences(signature, moment=lambda at: at[:16].replace("T", " "))


def signature_record(signature: BundleSignature) -> dict[str, Json]:
    """Return a signature for machines."""
    from annotator.domain.codec import to_plain
    from annotator.domain.signing import fingerprint

    plain = to_plain(signature)
    assert isinstance(plain, dict)  # noqa: S101 a dataclass
    shown = fingerprint(signature.key) if signature.key else ""
    return {**plain, "fingerprint": shown, "refused": signature.refused}


def signing_lines(signing: Signing) -> Iterator[str]:
    """Yield who signed what went out, and what they should know of it."""
    from annotator.domain.signing import signed_name
    from annotator.domain.signing_words import signing_sentences

    if signing.own is not None:
        yield f"Signed by {signed_name(signing.own.name, signing.own.key)}."
    yield from signing_sentences(signing)
