import tracemalloc

import pytest
from archive_samples import raw, some

from index.archive import (
    CHUNK,
    PAGE,
    Archive,
    ArchiveBusyError,
    ArchiveError,
    Change,
    Changed,
    Summary,
)
from index.article import Article
from index.record import names, replace

FULL = Article(
    id="a1",
    title="عنوان",
    body="نص الخبر",
    url="https://example.org/1",
    source="سبق",
    author="محرر",
    category="سياسة",
    published="2015-07-21T10:00:00",
)


def ids_of(changes):
    return [changed.id for changed in changes]


class TestAdding:
    def test_added_unchanged_updated(self, archive):
        assert [Change.ADDED] == archive.add([FULL])
        assert [Change.UNCHANGED] == archive.add([FULL])
        changed = replace(FULL, body="نص آخر")
        assert [Change.UPDATED] == archive.add([changed])
        assert changed == archive.get("a1")
        assert 1 == archive.count() == len(archive)

    @pytest.mark.parametrize("field", [name for name in names(Article) if name != "id"])
    def test_a_change_in_any_field_is_kept(self, archive, field):
        archive.add([FULL])
        changed = replace(FULL, **{field: "2016-01-01"})
        assert [Change.UPDATED] == archive.add([changed])
        assert changed == archive.get("a1")

    def test_none_and_empty_are_told_apart(self, archive):
        bare = Article("a1", "", "نص")
        empty = Article("a1", "", "نص", "", "", "", "", "")
        archive.add([bare])
        assert bare == archive.get("a1")
        assert [Change.UPDATED] == archive.add([empty])
        assert empty == archive.get("a1")

    def test_the_same_id_twice_in_a_call(self, archive):
        second = replace(FULL, title="ثان")
        outcome = archive.add([FULL, second, second, FULL])
        assert [Change.ADDED, Change.UPDATED, Change.UNCHANGED, Change.UPDATED] == outcome
        assert [Changed(3, "a1", FULL)] == list(archive.changes(0))

    def test_a_call_of_many(self, archive):
        articles = some(2 * CHUNK + 1)
        assert [Change.ADDED] * len(articles) == archive.add(articles)
        assert [Change.UNCHANGED] * len(articles) == archive.add(articles)
        assert articles == list(archive.get_many(article.id for article in articles).values())

    def test_nothing_to_add(self, archive):
        assert [] == archive.add([])
        assert 0 == archive.last_seq()

    def test_unchanged_articles_write_nothing(self, archive):
        archive.add(some(50))
        before = archive.summary().bytes
        archive.add(some(50))
        assert before == archive.summary().bytes
        assert 50 == archive.last_seq()

    @pytest.mark.parametrize("field", names(Article))
    def test_half_a_surrogate_pair_is_refused_and_nothing_kept(self, archive, field):
        with pytest.raises(ValueError, match=f"its {field} has half a surrogate pair"):
            archive.add([*some(3), replace(FULL, **{field: "ab\ud83dc"})])
        assert 0 == archive.count()
        assert [Change.ADDED] == archive.add([FULL])

    def test_an_article_without_an_id_is_refused(self, archive):
        with pytest.raises(ValueError, match="without an id"):
            archive.add([replace(FULL, id="")])

    def test_an_error_in_the_middle_keeps_nothing(self, archive):
        archive.add([FULL])
        with pytest.raises(ArchiveError, match="NOT NULL"):
            archive.add([*some(3), replace(FULL, title=None), *some(3, "m")])
        assert [Changed(1, "a1", FULL)] == list(archive.changes(0))
        assert 1 == archive.last_seq()

    def test_an_interruption_keeps_nothing(self, archive):
        def interrupt():
            with archive._connections.write() as connection:
                connection.execute("DELETE FROM article")
                raise KeyboardInterrupt

        archive.add([FULL])
        with pytest.raises(KeyboardInterrupt):
            interrupt()
        assert FULL == archive.get("a1")
        assert [Change.ADDED] * 3 == archive.add(some(3))

    def test_another_writer_is_waited_for_and_then_named(self, path):
        with Archive.open(path, create=True, busy_timeout=0.05) as archive, raw(path) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(ArchiveBusyError, match="another process"):
                archive.add([FULL])
            with pytest.raises(ArchiveBusyError, match="another process"):
                archive.remove(["a1"])
            assert 0 == archive.count()
            other.execute("COMMIT")
            assert [Change.ADDED] == archive.add([FULL])


class TestReading:
    def test_what_is_not_there(self, archive):
        archive.add([FULL])
        assert archive.get("a2") is None
        assert {} == archive.get_many([])
        assert {"a1": FULL} == archive.get_many(["a2", "a1"])

    def test_many_come_in_the_order_asked_each_once(self, archive):
        archive.add(some(5))
        assert ["n3", "n0", "n4"] == list(archive.get_many(["n3", "n0", "n3", "x", "n4"]))

    def test_an_id_that_no_utf8_can_write_is_not_there(self, archive):
        archive.add([FULL])
        assert archive.get("\udcff") is None
        assert {"a1": FULL} == archive.get_many(["\udcff", "a1"])
        assert ["a1"] == archive.remove(["\udcff", "a1"])

    def test_nul_characters_do_not_cut_anything(self, archive):
        first = Article("x\0y", "a\0b", "\0", "u\0", "s\0t", "\0w", "c\0", "2015\0")
        second = Article("x\0z", "a", "b", source="s\0u")
        archive.add([first, second])
        assert first == archive.get("x\0y")
        assert second == archive.get("x\0z")
        assert archive.get("x") is None
        assert ("s\0t", "s\0u") == archive.sources()
        assert ["x\0y"] == archive.remove(["x\0y"])

    def test_all_articles_the_latest_changed_last(self, archive):
        archive.add(some(3))
        archive.add([Article("n0", "جديد", "نص")])
        archive.remove(["n1"])
        assert ["n2", "n0"] == [article.id for article in archive.articles()]

    def test_none_is_missed_while_others_write(self, archive):
        archive.add(some(PAGE + 10))
        read = archive.articles()
        seen = [next(read).id]
        archive.add(some(PAGE + 10, body="نص آخر"))
        seen += [article.id for article in read]
        assert {article.id for article in some(PAGE + 10)} == set(seen)


class TestRemoving:
    def test_says_what_was_there(self, archive):
        archive.add(some(4))
        assert ["n2", "n0"] == archive.remove(["n2", "x", "n0", "n2"])
        assert ["n1", "n3"] == list(archive.get_many(f"n{number}" for number in range(4)))
        assert [] == archive.remove(["n2"])

    def test_any_iterable_of_many(self, archive):
        archive.add(some(CHUNK + 10))
        assert CHUNK + 10 == len(archive.remove(f"n{number}" for number in range(2 * CHUNK)))
        assert 0 == archive.count()

    def test_leaves_a_tombstone_until_it_comes_again(self, archive):
        archive.add([FULL])
        archive.remove(["a1"])
        assert [Changed(2, "a1", None)] == list(archive.changes(0))
        assert [Change.ADDED] == archive.add([FULL])
        assert [Changed(3, "a1", FULL)] == list(archive.changes(0))

    def test_numbers_are_never_given_again(self, path):
        with Archive.open(path, create=True) as archive:
            archive.add(some(2))
            archive.remove(["n0", "n1"])
        with Archive.open(path) as archive:
            assert 4 == archive.last_seq()
            archive.add([FULL])
            assert 5 == archive.last_seq()
            assert [(3, "n0"), (4, "n1"), (5, "a1")] == [(each.seq, each.id) for each in archive.changes(0)]


class TestChanges:
    def test_after_a_number(self, archive):
        archive.add(some(3))
        assert ["n2"] == ids_of(archive.changes(2))
        assert [] == ids_of(archive.changes(3))
        assert [] == ids_of(archive.changes(99))
        assert [3, 1, 0, 0] == [archive.count_changes(after) for after in (0, 2, 3, 99)]

    def test_an_article_comes_once_in_its_latest_state(self, archive):
        archive.add(some(2))
        latest = Article("n0", "جديد", "نص")
        archive.add([latest])
        assert [Changed(2, "n1", some(2)[1]), Changed(3, "n0", latest)] == list(archive.changes(0))

    def test_over_many_pages_with_removals_between(self, archive):
        count = 2 * PAGE + 50
        archive.add(some(count))
        archive.remove(f"n{number}" for number in range(0, count, 3))
        changes = list(archive.changes(0))
        assert count == len(changes) == archive.count_changes(0)
        assert sorted(changed.seq for changed in changes) == [changed.seq for changed in changes]
        removed = {f"n{number}" for number in range(0, count, 3)}
        assert removed == {changed.id for changed in changes if changed.article is None}

    @pytest.mark.parametrize("count", [PAGE - 1, PAGE, PAGE + 1])
    def test_at_the_edge_of_a_page(self, archive, count):
        archive.add(some(count))
        assert [article.id for article in some(count)] == ids_of(archive.changes(0))

    def test_ends_where_it_stood_when_asked_and_the_rest_comes_after(self, archive):
        archive.add(some(PAGE + 10))
        read = archive.changes(0)
        first = next(read)
        archive.add(some(PAGE + 10, body="نص آخر"))
        seen = [first, *read]
        assert len({changed.id for changed in seen}) == len(seen)
        assert max(changed.seq for changed in seen) <= PAGE + 10
        after = list(archive.changes(seen[-1].seq))
        assert some(PAGE + 10, body="نص آخر") == [changed.article for changed in after]

    def test_a_paused_reader_holds_no_transaction(self, archive, path):
        archive.add(some(PAGE + 10))
        read = archive.changes(0)
        next(read)
        archive.add([FULL])
        with raw(path) as other:
            busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert 0 == busy
        assert PAGE + 9 == len(list(read))

    def test_streams_with_bounded_memory(self, archive):
        size, count = 20_000, 10 * PAGE
        archive.add(some(count, body="x" * size))
        tracemalloc.start()
        try:
            assert count == sum(1 for _ in archive.changes(0))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 4 * PAGE * size < count * size


class TestSummary:
    def test_of_nothing(self, archive, path):
        summary = archive.summary()
        assert (0, (), 0, None, None) == (
            summary.articles,
            summary.sources,
            summary.without_source,
            summary.first,
            summary.last,
        )
        assert path.stat().st_size <= summary.bytes

    def test_counts_and_days(self, archive, path):
        archive.add(
            [
                Article("1", "", "نص", source="ب", published="2015-07-22"),
                Article("2", "", "نص", source="ا", published="2015-07-21T23:59:59"),
                Article("3", "", "نص", source="ج", published="2015-08-11T00:00:00"),
                Article("4", "", "نص", source="ج"),
                Article("5", "", "نص", source="ا", published=""),
                Article("6", "", "نص", source=""),
                Article("7", "", "نص", source="ا", published="2015-07-30"),
                Article("8", "", "نص", source="ج"),
            ]
        )
        size = path.stat().st_size + path.with_name("archive.db-wal").stat().st_size
        expected = Summary(8, (("ا", 3), ("ج", 3), ("ب", 1)), 1, "2015-07-21", "2015-08-11", size)
        assert expected == archive.summary()

    def test_names(self, archive):
        archive.add([replace(FULL, id=str(n), source="سا"[n % 2], author="بتا"[n % 3]) for n in range(12)])
        archive.add([Article("bare", "", "نص"), Article("empty", "", "نص", source="", author="")])
        assert ("ا", "س") == archive.sources()
        assert ("ا", "ب", "ت") == archive.authors()

    def test_reads_the_index_alone(self, archive):
        """What is quick at a thousand articles and slow at a million would not be noticed otherwise."""
        statements: list[str] = []
        with archive._connections.lend() as connection:
            connection.set_trace_callback(statements.append)
        archive.summary()
        archive.sources()
        archive.authors()
        with archive._connections.lend() as connection:
            connection.set_trace_callback(None)
            plans = [connection.execute(f"EXPLAIN QUERY PLAN {each}").fetchall() for each in statements]
        assert 3 == len(plans)
        assert all("USING COVERING INDEX" in plan[0][-1] and 1 == len(plan) for plan in plans)
