"""Articles to documents, many at once: the same as one by one."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from index import pieces
from index.archive import Changed
from index.article import Article
from index.blocks import Analysis, Words
from index.documents import LEAD_WORDS, document
from index.engines.columns import by_columns
from index.engines.contract import GAP, Document, KeywordField, TextField
from index.pieces import Numbering

WORDS = (
    "القوات",
    "قواتُنا،",
    "في",
    "«من",
    "الى:",
    "1,500",
    "G20",
    "ـ",
    "(",
    "سوريا/لبنان",
    "ﷺ",
    "ـقال",
    "x\u0301",
)
SPACES = (" ", "\n", "\u00a0", "\u2028", "\x1f")


def texts(most=40):
    words = st.sampled_from(WORDS) | st.text(max_size=6).filter(lambda text: text.isprintable())
    pairs = st.tuples(words, st.sampled_from(SPACES))
    return st.lists(pairs, max_size=most).map(lambda pairs: "".join(map("".join, pairs)))


def articles():
    names = st.none() | texts(3)
    bodies = texts(2 * LEAD_WORDS)
    return st.lists(
        st.builds(Article, st.uuids().map(str), texts(5), bodies, source=names, author=names, category=names),
        max_size=12,
        unique_by=lambda article: article.id,
    )


class Listed:
    """An archive of these articles, as far as it is read here."""

    def __init__(self, articles):
        self._articles = articles

    def changes(self, after, upto):
        for seq in range(after, upto):
            yield Changed(seq + 1, self._articles[seq].id, self._articles[seq])


@given(articles(), st.integers(1, 5), st.sampled_from((1, 3, 1000)), st.sampled_from((0, 0.4, 1)))
def test_many_articles_become_what_each_of_them_does(one_by_one, articles, stride, limit, share):
    numbering, analysis, made = Numbering(), Analysis(Words()), []
    with patch.object(pieces, "LIMIT", limit), patch.object(pieces, "STRIDE", stride):
        for after, upto in pieces.strides(0, len(articles)):
            made += one_by_one(analysis.documents(numbering.read(Listed(articles), after, upto, share)))
    assert [document(article) for article in articles] == made


def test_documents_stand_by_columns_and_are_read_back(one_by_one):
    given = [
        Document("1", {TextField.BODY: ["a", GAP, "b"], TextField.LEAD: ["a"]}, {}, "2019-02-17"),
        Document("2", {}, {KeywordField.SOURCE: "سانا"}),
        Document("3", {TextField.BODY: ["b"]}, {}),
    ]
    columns = by_columns(given)
    assert given == one_by_one(columns)
    assert [GAP, "a", "b"] == columns.vocabulary
    assert [1, 0, 2, 2] == columns.texts[TextField.BODY].terms.tolist()
