"""ClaimReview as it is found: in elements of a page, in graphs whose parts name each other, in answers of services."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotator.domain.foreign import Foreign
from annotator.importers.annotations.claimreview_read import read_claim_reviews
from annotator.importers.annotations.microdata import microdata
from annotator.importers.annotations.words_of_html import words_of_html

MICRODATA = """<!doctype html><body itemscope itemtype="https://schema.org/WebPage"><article itemscope
  itemtype="http://schema.org/ClaimReview"><p>Words <b>of</b> no use<p>More
  <meta itemprop="datePublished" content="2026-03-16T12:53:32+00:00"/>
  <span itemprop="image" itemscope itemtype="http://schema.org/ImageObject"><meta itemprop="url" content="/a.jpg"></span>
  <span itemprop="author" itemscope itemtype="http://schema.org/Organization"><meta itemprop="name" content="The Checkers"></span>
  <a itemprop="url" href="https://checkers.example/1">Read</a>
  <h2 itemprop="claimReviewed">The wall <i>cost</i>
    4.2 million.</h2>
  <div itemprop="itemReviewed" itemscope itemtype="http://schema.org/CreativeWork">
    <li itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">The mayor</span></li>
    <time itemprop="datePublished" datetime="2026-03-01">in March</time></div>
  <span itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating" style="display:none">
    <span itemProp="alternateName">False</span><meta itemprop="ratingValue" content="1"><meta itemprop="bestRating" content="5">
    <data itemprop="worstRating" value="1">one</data></span>
</article></body>"""

RDFA = """<div vocab="https://schema.org/" typeof="ClaimReview" resource="https://checkers.example/2">
  <span property="claimReviewed">The wall stands.</span><meta property="og:title" content="Not this">
  <a property="url" href="https://checkers.example/2">Here</a>
  <div property="author" typeof="schema:Organization"><span property="schema:name">The Checkers</span></div>
  <div property="reviewRating" typeof="Rating"><span property="alternateName">True</span></div></div>"""

GRAPH: dict[str, Any] = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "Organization", "@id": "https://checkers.example/#org", "name": "The Checkers"},
        {"@type": "Person", "@id": "#mayor", "name": "The mayor"},
        {
            "@type": "ClaimReview",
            "url": "https://checkers.example/3",
            "author": {"@id": "https://checkers.example/#org"},
            "itemReviewed": {"@id": "#claim"},
            "reviewRating": {"@type": "Rating", "alternateName": "False"},
        },
        {"@type": "Claim", "@id": "#claim", "text": "The wall fell.", "author": {"@type": "Person", "@id": "#mayor"},
         "firstAppearance": {"@id": "#post"}},
        {"@type": "SocialMediaPosting", "@id": "#post", "url": "https://example.org/post", "author": {"@id": "#mayor"}},
    ],
}  # fmt: skip

PAGES = {
    "pages": [
        {
            "pageUrl": "https://checkers.example/4",
            "publishDate": "2026-04-02",
            "claimReviewAuthor": {"name": "The Checkers"},
            "claimReviewMarkups": [
                {"url": "https://checkers.example/4", "claimReviewed": "The wall is blue.", "claimDate": "2026-04-01",
                 "claimFirstAppearance": "https://example.org/blue", "claimAppearances": ["https://example.org/again"],
                 "claimAuthor": {"name": "The mayor"}, "rating": {"textualRating": "False", "ratingValue": 1}},
                {"claimReviewed": "The wall is red.", "rating": {"textualRating": "True"}},
            ],
        }
    ],
    "nextPageToken": "x",
}  # fmt: skip
CLAIM = {"text": "The wall sings.", "claimant": "The mayor", "claimDate": "2026-05-01T00:00:00Z",
         "claimReview": [{"publisher": {"name": "The Checkers", "site": "checkers.example"}, "textualRating": "False",
                          "url": "https://checkers.example/5", "reviewDate": "2026-05-02T00:00:00Z"}]}  # fmt: skip


def read(value: Any) -> Foreign:
    data = value if isinstance(value, str) else json.dumps(value)
    return read_claim_reviews(data.encode(), "a.html")


def told(foreign: Foreign) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what is told of each conclusion: the claim, the rating, who made the claim."""
    claims = {claim.key: claim for claim in foreign.claims}
    return [
        (claims[each.claim].text, each.verdict.words, tuple(agent.name for agent in claims[each.claim].claimants))
        for each in foreign.conclusions
    ]


def test_microdata() -> None:
    foreign = read(MICRODATA)
    assert told(foreign) == [("The wall cost 4.2 million.", "False", ("The mayor",))]
    (conclusion,), (person,), (claim,) = foreign.conclusions, foreign.people, foreign.claims
    assert (conclusion.verdict.value, conclusion.verdict.worst, conclusion.verdict.best) == (1, 1, 5)
    assert (person.name, conclusion.as_of[:10]) == ("The Checkers", "2026-03-16")
    assert [note.text for note in foreign.notes] == ["Published at https://checkers.example/1"]
    assert foreign.left_out == ()
    assert claim.key.startswith("sha256:")


def test_rdfa() -> None:
    foreign = read(RDFA)
    assert told(foreign) == [("The wall stands.", "True", ())]
    assert [person.name for person in foreign.people] == ["The Checkers"]


def test_scripts_and_elements_of_one_page() -> None:
    script = f"<script type='application/ld+json'>{json.dumps(GRAPH)}</script>"
    foreign = read(f"<!doctype html>{script}{RDFA}<script type='application/ld+json'>{{no</script>")
    assert [text for text, _, _ in told(foreign)] == ["The wall fell.", "The wall stands."]
    assert len(foreign.left_out) == 1


def test_parts_of_a_graph_that_name_each_other() -> None:
    foreign = read(GRAPH)
    assert told(foreign) == [("The wall fell.", "False", ("The mayor",))]
    assert [person.name for person in foreign.people] == ["The Checkers"]
    (appearance,) = foreign.appearances
    assert (appearance.source, appearance.agent and appearance.agent.name) == ("https://example.org/post", "The mayor")


@pytest.mark.parametrize(
    "value",
    [
        {"claims": [CLAIM], "nextPageToken": "x"},
        [{"claims": [CLAIM]}, {"claims": []}],
        {"results": [{"claim": CLAIM}, {"claim": None}, 7]},
    ],
)
def test_answers_of_a_search(value: Any) -> None:
    assert told(read(value)) == [("The wall sings.", "False", ("The mayor",))]


def test_a_list_of_pages_of_the_markup_tool() -> None:
    foreign = read(PAGES)
    assert told(foreign) == [("The wall is blue.", "False", ("The mayor",)), ("The wall is red.", "True", ())]
    blue = foreign.claims[0]
    assert (blue.date, {each.source for each in foreign.appearances}) == (
        "2026-04-01", {"https://example.org/blue", "https://example.org/again"},
    )  # fmt: skip


@pytest.mark.parametrize(
    "feed", [[GRAPH, GRAPH["@graph"][3]], {"@type": "DataFeed", "dataFeedElement": [{"item": GRAPH}]}]
)
def test_lists_and_feeds_hold_graphs(feed: Any) -> None:
    assert ("The wall fell.", "False", ("The mayor",)) in told(read(feed))


@pytest.mark.parametrize(
    "odd", ["<![doctype x", "<![if !mso]>", "<![x[", "<!", "<![CDATA[", "<!DOCTYPE [<!ENTITY a 'b'>", "<?x", "</", "&#"]
)
def test_pages_that_are_no_html_are_read_on(odd: str) -> None:
    script = f"<script type='application/ld+json'>{json.dumps(GRAPH)}</script>"
    assert [text for text, _, _ in told(read(f"<p>{script}{odd}<b>{odd}"))] == ["The wall fell."]
    assert isinstance(words_of_html(f"<p>{odd}"), str)


def test_odd_elements_are_no_trouble() -> None:
    odd = (
        "<p itemprop='name'>No item<div itemscope><div itemscope itemprop></div></i></b><span itemprop=' '>x"
        "<div itemscope itemtype='https://schema.org/ClaimReview/' itemid='urn:x'><p itemprop='a b'>Two<p itemprop='a'>More"
        "<script>var x = 'claim'</script><img itemprop='image'><link itemprop='url'>"
    )
    *_, review = microdata(odd)
    assert review == {"@id": "urn:x", "@type": ["ClaimReview"], "a": ["More", "TwoMore"], "b": "TwoMore"}
    deep = "<div itemscope itemprop=a>" * 5_000
    assert len(microdata(deep)) >= 1
