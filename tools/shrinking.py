"""Makes a picture of the window smaller: a palette of 256 colours instead of millions."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

_EXACT = 192
"""How many of the 256 colours of a picture are taken as they are."""

Colour = tuple[int, int, int]


def shrink(path: Path) -> None:
    """Make the file smaller where Pillow is at hand: 256 colours, without a colour that means something being altered.

    The colours that most of a picture has stay as they are; the edges of letters, which have hundreds, go to the nearest.
    """
    with suppress(ImportError):
        from PIL import Image

        with Image.open(path) as image:
            plain = image.convert("RGB")
        data = plain.tobytes()
        pixels = list(zip(data[::3], data[1::3], data[2::3], strict=True))
        counts = Counter(pixels)
        exact = [colour for colour, _ in counts.most_common(_EXACT)]
        others = [colour for colour in counts if colour not in set(exact)]
        palette = [*exact, *_spread(others, 256 - len(exact))]
        place = {colour: number for number, colour in enumerate(palette)}
        place |= {colour: _nearest(colour, palette) for colour in others}
        small = Image.new("P", plain.size)
        small.putpalette([part for colour in palette for part in colour])
        small.putdata([place[pixel] for pixel in pixels])
        small.save(path, optimize=True)


def _spread(colours: list[Colour], count: int) -> list[Colour]:
    """Return ``count`` of the colours, each as far from those before it as can be."""
    if not colours:
        return []
    chosen = [colours[0]]
    far = {colour: _distance(colour, chosen[0]) for colour in colours}
    while len(chosen) < min(count, len(colours)):
        chosen.append(max(far, key=far.__getitem__))
        far = {colour: min(distance, _distance(colour, chosen[-1])) for colour, distance in far.items()}
    return chosen


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    return min(range(len(palette)), key=lambda number: _distance(colour, palette[number]))


def _distance(one: Colour, other: Colour) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
