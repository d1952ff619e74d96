"""How many letters must be changed, put in or left out to make one text of another, and where that ends best.

The bit-parallel way of Myers and Hyyrö: a column of the table is two whole numbers, as long as the pattern has letters.
"""

from __future__ import annotations


def best_end(pattern: str, text: str, *, from_start: bool = False) -> tuple[int, int]:
    """Return the fewest changes that make a stretch of ``text`` of ``pattern``, and where that stretch ends.

    The stretch may begin anywhere, or with ``from_start`` only where the text begins. Of equally good ends the one that has the
    pattern's last letter counts, else the first.
    """
    if not pattern:
        return 0, 0
    places: dict[str, int] = {}
    for number, letter in enumerate(pattern):
        places[letter] = places.get(letter, 0) | 1 << number
    full, top = (1 << len(pattern)) - 1, 1 << (len(pattern) - 1)
    more, less, errors = full, 0, len(pattern)
    best, best_at, is_alike = errors, 0, False
    for at, letter in enumerate(text, 1):
        equal = places.get(letter, 0)
        rise = (((equal & more) + more) ^ more) | equal | less
        up, down = less | ~(rise | more) & full, more & rise
        errors += bool(up & top) - bool(down & top)
        up = (up << 1 | from_start) & full
        down = down << 1 & full
        more, less = down | ~((equal | less) | up) & full, up & (equal | less)
        if errors < best or (errors == best and not is_alike and letter == pattern[-1]):
            best, best_at, is_alike = errors, at, letter == pattern[-1]
    return best, best_at
