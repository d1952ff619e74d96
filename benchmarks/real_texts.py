"""Real texts in three languages, from public repositories: what people write, not what a generator makes."""

from __future__ import annotations

import json

from benchmarks.corpora import there

ENGLISH = "scrapinghub/article-extraction-benchmark"
RUSSIAN = "nevmenandr/word2vec-russian-novels"
CHINESE = "p-moon/text-generator"
NEEDED = (ENGLISH, RUSSIAN, CHINESE)


def english() -> str:
    """Return the bodies of some news articles, one behind the other."""
    truth = json.loads((there(ENGLISH) / "ground-truth.json").read_text(encoding="utf-8"))
    return "\n".join(article["articleBody"] for article in truth.values())


def russian() -> str:
    """Return a novel."""
    return (there(RUSSIAN) / "books_before/CrimeAndPunishment.txt").read_text(encoding="utf-8")


def chinese() -> str:
    """Return a novel."""
    return (there(CHINESE) / "data/红楼梦.txt").read_text(encoding="utf-8")


def all_texts() -> tuple[str, str, str]:
    """Return all three."""
    return english(), russian(), chinese()
