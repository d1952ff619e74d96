"""A person's key pair: made, written down as text, read again, and signed with. The private part is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from annotator.domain.signing import PublicKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class KeyPair:
    """An Ed25519 key pair (RFC 8032)."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @classmethod
    def make(cls) -> Self:
        """Make a new one of the system's random bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what ``text`` wrote; raises ``ValueError`` where it is no such key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        private = load_pem_private_key(text.encode(), password=None)
        if not isinstance(private, Ed25519PrivateKey):
            raise ValueError("is a key of another kind")  # noqa: TRY004 all that is no such key is one error
        return cls(private)

    def text(self) -> str:
        """Return the private key in PEM (PKCS 8), to be kept where nobody else can read it."""
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        return self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    @property
    def public(self) -> PublicKey:
        """The public part."""
        return PublicKey(self._private.public_key().public_bytes_raw().hex())

    def sign(self, message: bytes) -> bytes:
        """Return the signature over bytes."""
        return self._private.sign(message)

    def __repr__(self) -> str:
        return f"<key pair {self.public[:8]}…>"
