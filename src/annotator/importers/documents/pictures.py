"""What documents say of their pictures: nobody sees it on the page, so it is kept apart from the article."""

from __future__ import annotations

import re

PICTURE = "picture"
"""The label of a picture's description."""

_SAYS_NOTHING = re.compile(
    r"\S+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|webp)|"
    r"(?:picture|image|graphic|grafik|bild|imagen|immagine|рисунок|图片|cover|photo|logo|icon|img|figure)?[\s_-]*\d*",
    re.I,
)
_MACHINE = re.compile(
    r"\s*(?:Description automatically generated|AI-generated content may be incorrect\.?).*", re.I | re.S
)


def description(words: str) -> str:
    """Return what the description of a picture says, empty for one that a program made up of nothing."""
    told = " ".join(_MACHINE.sub("", words).split())
    return "" if _SAYS_NOTHING.fullmatch(told) else told
