"""Where a word begins and ends, for “whole words”, also in scripts that put no space between words."""

from __future__ import annotations

import regex

from annotator.domain.letters import UNSEEN

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_BEFORE = regex.compile(rf"(?V1)(?<=[[\p{{L}}\p{{M}}\p{{Nd}}\p{{Nl}}\p{{Pc}}]--[{_UNSPACED}]][{UNSEEN}]*)")
_BEHIND = regex.compile(rf"(?V1)[{UNSEEN}]*[[\p{{L}}\p{{M}}\p{{Nd}}\p{{Nl}}\p{{Pc}}]--[{_UNSPACED}]]")


def is_whole_words(text: str, start: int, end: int) -> bool:
    """Tell whether half-open code points begin and end with a word, or with no part of one.

    Chinese, Japanese, Thai, Lao, Khmer and Burmese are written without spaces: any of their letters may begin a word.
    """
    return is_word_edge(text, start) and is_word_edge(text, end)


def is_word_edge(text: str, offset: int) -> bool:
    """Tell whether no word goes on across an offset. An apostrophe parts words; a soft hyphen does not."""
    return not (_BEFORE.match(text, offset) and _BEHIND.match(text, offset))
