"""What a bundle may ask of this computer, raised by a person for one of them."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.bundle.refusal import Limits
from annotator.domain.errors import WrongArgumentError


def limits_with(allow: Iterable[str]) -> Limits:
    """Return the usual limits, ten times as high for each name in ``allow``; a name may stand there twice.

    Raises ``WrongArgumentError`` with the names that there are.
    """
    limits = Limits()
    for name in allow:
        try:
            limits = limits.raised(name)
        except ValueError as error:
            there = ", ".join(Limits.__dataclass_fields__)
            raise WrongArgumentError(argument="allow", problem=f"there is no limit “{name}”", allowed=there) from error
    return limits
