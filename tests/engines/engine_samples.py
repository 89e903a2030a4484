"""Documents to try engines with, and what is asked of engines again and again."""

from index.engines.contract import GAP, Document, KeywordField, Request, TextField
from index.engines.query import Term


def document(id_, body="", published=None, **others):
    """A document written short: texts as words with spaces, `_` for a gap, keywords as they are."""
    texts = {TextField.BODY: body} | {
        TextField(name): text for name, text in others.items() if name in set(TextField)
    }
    keywords = {KeywordField(name): value for name, value in others.items() if name in set(KeywordField)}
    terms = {field: [GAP if word == "_" else word for word in text.split()] for field, text in texts.items()}
    return Document(id_, terms, keywords, published)


WAR, OIL, RAIN = Term("body", "حرب"), Term("body", "نفط"), Term("body", "مطر")

NEWS = (
    document("1", "حرب نفط حرب", "2019-02-17", title="حرب", source="سانا", category="سياسة"),
    document("2", "نفط مطر", "2019-02-17T09:30:00", source="واس", author="هدى"),
    document("3", "مطر مطر مطر", "2019-03-01", title="مطر", source="سانا"),
    document("4", "حرب", "2018-12-31T23:59:59", source="واس", category="سياسة"),
    document("5", "نفط حرب _ مطر", title="حرب نفط", source="رويترز"),
)


def fill(engine, *documents):
    with engine.batch() as batch:
        for each in documents:
            batch.add(each)
    engine.refresh()


def take_out(engine, *ids):
    with engine.batch() as batch:
        for each in ids:
            batch.remove(each)
    engine.refresh()


def found(engine, node, **request):
    """The ids that match, in no order; as many as the total says."""
    page = engine.search(Request(node, limit=1000, **request))
    assert page.total == len(page.hits)
    return {hit.id for hit in page.hits}


def ordered(engine, node, **request):
    return [hit.id for hit in engine.search(Request(node, **request)).hits]


def scores(engine, node, **request):
    return {hit.id: hit.score for hit in engine.search(Request(node, limit=1000, **request)).hits}


def files(folder, pattern="*"):
    """The names of an index's files."""
    return sorted(path.name for path in folder.glob(pattern))


def put(path, data):
    """Another file in the place of one: who has that one mapped, as engines do, still has it whole."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)
