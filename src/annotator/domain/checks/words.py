"""Words that findings are told in."""

from __future__ import annotations

from collections.abc import Sequence

SENTENCE_LENGTH = 80
"""How many characters of a quotation a sentence bears."""

UNKNOWN_PERSON = "somebody unnamed"


def shortened(text: str, length: int = SENTENCE_LENGTH) -> str:
    """Return ``text`` on one line, cut between words to about ``length`` characters with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[:length].rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:.–—-") + "…"


def listed(names: Sequence[str], at_most: int = 3) -> str:
    """Return names in a row, the last joined by “and”; of many only the first are named and the rest counted."""
    names = list(dict.fromkeys(names))
    if len(names) > at_most:
        names = [*names[: at_most - 1], f"{len(names) - at_most + 1} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
