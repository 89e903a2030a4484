import itertools
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from index.archive import Archive, Change
from index.article import Article

any_text = st.text()
maybe_text = st.none() | any_text
any_article = st.builds(
    Article,
    id=st.text(min_size=1),
    title=any_text,
    body=any_text,
    url=maybe_text,
    source=maybe_text,
    author=maybe_text,
    category=maybe_text,
    published=maybe_text,
)

few_ids = st.sampled_from(["a", "b", "c", "أ", "a\0", "A", "0", "00"])
few_articles = st.builds(
    Article,
    id=few_ids,
    title=st.sampled_from(["عنوان", ""]),
    body=st.sampled_from(["نص", "نص آخر"]),
    source=st.sampled_from([None, "سبق", "واس"]),
)


@settings(max_examples=60, deadline=None)
@given(articles=st.lists(any_article, max_size=8))
def test_any_text_comes_back_exactly(articles):
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder, "a.db"), create=True) as archive:
        archive.add(articles)
        latest = {article.id: article for article in articles}
        assert latest == archive.get_many(latest)
        assert latest == {article.id: article for article in archive.articles()}
        assert latest == {changed.id: changed.article for changed in archive.changes(0)}
        assert sorted({article.source for article in latest.values() if article.source}) == list(
            archive.sources()
        )
        assert [Change.UNCHANGED] * len(latest) == archive.add(list(latest.values()))


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.characters(categories=["Cs", "L"]), min_size=1))
def test_any_id_can_be_asked_for(text):
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder, "a.db"), create=True) as archive:
        assert archive.get(text) is None
        assert {} == archive.get_many([text])
        assert [] == archive.remove([text])


class ArchiveMachine(RuleBasedStateMachine):
    """An archive against a dict, and an index that catches up from any moment of the past."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "archive.db")
        self.archive = Archive.open(self.path, create=True)
        self.identity = self.archive.identity
        self.model: dict[str, Article] = {}
        self.numbers = itertools.count(1)
        self.latest: dict[str, int] = {}
        self.past: list[tuple[int, dict[str, Article]]] = [(0, {})]

    def teardown(self):
        if hasattr(self, "archive"):
            self.archive.close()
            self.folder.cleanup()

    def _change(self, article_id):
        self.latest[article_id] = next(self.numbers)

    def _remember(self):
        self.past.append((max(self.latest.values(), default=0), dict(self.model)))

    @rule(articles=st.lists(few_articles, max_size=6))
    def add(self, articles):
        expected = []
        for article in articles:
            before = self.model.get(article.id)
            if before == article:
                expected.append(Change.UNCHANGED)
                continue
            expected.append(Change.ADDED if before is None else Change.UPDATED)
            self.model[article.id] = article
            self._change(article.id)
        assert expected == self.archive.add(articles)
        self._remember()

    @rule(ids=st.lists(few_ids, max_size=4))
    def remove(self, ids):
        expected = [each for each in dict.fromkeys(ids) if each in self.model]
        for article_id in expected:
            del self.model[article_id]
            self._change(article_id)
        assert expected == self.archive.remove(iter(ids))
        self._remember()

    @rule(articles=st.lists(few_articles, max_size=3), field=st.sampled_from(["title", "body"]))
    def add_what_is_refused(self, articles, field):
        bad = Article(**{"id": "bad", "title": "", "body": "نص", field: "\udfff"})
        try:
            self.archive.add([*articles, bad])
        except ValueError:
            return
        raise AssertionError("half a surrogate pair was kept")

    @rule()
    def reopen(self):
        self.archive.close()
        self.archive = Archive.open(self.path)
        assert self.identity == self.archive.identity

    @rule(data=st.data())
    def catch_up(self, data):
        """Replaying the changes after k onto the state at k gives the state now."""
        seq, then = data.draw(st.sampled_from(self.past))
        state, changes = dict(then), list(self.archive.changes(seq))
        for changed in changes:
            if changed.article is None:
                state.pop(changed.id, None)
            else:
                state[changed.id] = changed.article
        assert self.model == state
        assert len(changes) == self.archive.count_changes(seq)
        expected = sorted((number, each) for each, number in self.latest.items() if number > seq)
        assert expected == [(changed.seq, changed.id) for changed in changes]

    @invariant()
    def agrees(self):
        if not hasattr(self, "archive"):
            return
        assert max(self.latest.values(), default=0) == self.archive.last_seq()
        assert self.model == self.archive.get_many([*self.model, "x"])
        in_order = sorted(self.model, key=self.latest.__getitem__)
        assert in_order == [article.id for article in self.archive.articles()]
        summary = self.archive.summary()
        assert len(self.model) == summary.articles == self.archive.count()
        named = [article.source for article in self.model.values() if article.source]
        assert {name: named.count(name) for name in named} == dict(summary.sources)
        assert len(self.model) - len(named) == summary.without_source


TestArchiveMachine = ArchiveMachine.TestCase
TestArchiveMachine.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
