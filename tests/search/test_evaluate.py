"""`arshif evaluate`: figures worked out by hand, TREC's files, two runs compared, and broken input."""

import gzip
import json
import subprocess
import sys
from math import log2
from pathlib import Path

import ir_measures
import pytest

from index.article import Article
from index.library import Library
from search.commands.exits import Exit
from search.evaluate import (
    MEASURES,
    Topic,
    compare,
    document_names,
    measure,
    read_qrels,
    read_run,
    read_topics,
    run_topics,
    write_run,
)
from search.parse import MAX_LENGTH
from search.ranking import Level
from search.results import BadInputError, Match
from search.service import ranked

ROOT = Path(__file__).parents[2]
ADDRESS = "https://example.org/news/"
FILLER = "وصل الوفد إلى العاصمة مساء أمس ثم اجتمع مع المسؤولين في مقر الحكومة وناقش معهم قضايا كثيرة. "
ARTICLES = [
    Article("weak", "وفد في العاصمة", FILLER * 4 + "ثم زار القمر.", ADDRESS + "weak"),
    Article("strong", "القمر", "القمر يدور. القمر يضيء.", ADDRESS + "strong"),
    Article("middle", "ليلة هادئة", "ظهر القمر في السماء.", ADDRESS + "middle"),
    # Equal in everything that is scored; by date their order is neither that of their ids nor its reverse.
    Article("tie-1", "زلزال", "زلزال قوي.", published="2019-01-01"),
    Article("tie-2", "زلزال", "زلزال قوي.", published="2019-03-01"),
    Article("tie-3", "زلزال", "زلزال قوي.", published="2019-02-01"),
]
MOON = ["strong", "middle", "weak"]
NOTHING_FOUND = dict.fromkeys(MEASURES, 0.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder with `ARTICLES`, not to be written to."""
    path = tmp_path_factory.mktemp("judged") / "data"
    with Library.open(path, create=True) as library:
        library.add(ARTICLES)
        library.catch_up()
    return path


@pytest.fixture
def library(folder):
    with Library.open(folder) as opened:
        yield opened


@pytest.fixture
def save(tmp_path):
    """Writes a file, text or bytes, gzipped when it is named so; gives its path."""

    def write(name, content):
        raw = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return tmp_path / name

    return write


@pytest.fixture
def evaluate(arshif, folder, save):
    """Runs `arshif evaluate` on topics and judgements that are given as text."""

    def run(topics, qrels, *options):
        return arshif(
            "evaluate", save("topics.tsv", topics), save("qrels.txt", qrels), *options, folder=folder
        )

    return run


@pytest.fixture
def evaluate_files(arshif, folder, save):
    """Runs `arshif evaluate` on files that are sound, but for those given by part."""

    def run(broken):
        sound = {"topics": save("topics", "t1\tالقمر\n"), "qrels": save("qrels", "t1 0 weak 1\n")}
        files = sound | broken
        options = [word for part, path in files.items() if part.startswith("--") for word in (part, path)]
        return arshif("evaluate", files["topics"], files["qrels"], *options, folder=folder)

    return run


def figures(run, *judgements):
    """The figures of topic `t` for documents in order, judged as (document, grade)."""
    qrels = [ir_measures.Qrel("t", document, grade) for document, grade in judgements]
    return measure(run_topics([Topic("t", "")], lambda _: [(document, 1.0) for document in run]), qrels)


def reports(*per_topic):
    """A report for each list of reciprocal ranks: rank 1 or 2 of the one document that was judged."""
    made = []
    for ranks in per_topic:
        qrels = [ir_measures.Qrel(f"t{number:02}", "good", 1) for number in range(len(ranks))]
        run = {
            f"t{number:02}": {"good": 1.0, "bad": 2.0 if rank == 2 else 0.0}
            for number, rank in enumerate(ranks)
        }
        made.append(measure(run, qrels))
    return made


# Figures


@pytest.mark.parametrize(
    ("run", "judgements", "expected"),
    [
        pytest.param("a", [("a", 1)], (1, 1, 1, 1, 1), id="perfect"),
        pytest.param("xa", [("a", 1)], (1 / 2, 1 / log2(3), 1 / 2, 1, 1 / 2), id="second"),
        pytest.param("x", [("a", 1)], (0, 0, 0, 0, 0), id="missed"),
        pytest.param(
            "cab",  # gains 0, 2, 1 against the ideal 2, 1, 0; precision 1/2 and 2/3 where one was found
            [("a", 2), ("b", 1), ("c", 0)],
            (1 / 2, (2 / log2(3) + 1 / log2(4)) / (2 + 1 / log2(3)), (1 / 2 + 2 / 3) / 2, 1, 1),
            id="graded",
        ),
        pytest.param(
            "axb",  # one of three was not found
            [("a", 1), ("b", 2), ("d", 2)],
            (1, (1 + 2 / log2(4)) / (2 + 2 / log2(3) + 1 / log2(4)), (1 + 2 / 3) / 3, 2 / 3, 2 / 3),
            id="incomplete",
        ),
        pytest.param("012345678a", [("a", 1)], (1 / 10, 1 / log2(11), 1 / 10, 1, 1 / 10), id="tenth"),
        pytest.param("0123456789a", [("a", 1)], (1 / 11, 0, 1 / 11, 1, 0), id="eleventh"),
        pytest.param("ab", [("a", 0), ("b", 0)], (0, 0, 0, 0, 1), id="nothing relevant"),
    ],
)
def test_figures_are_those_worked_out_by_hand(run, judgements, expected):
    report = figures(run, *judgements)
    assert pytest.approx(dict(zip(MEASURES, expected, strict=True))) == report.figures
    assert {"t": report.figures} == report.per_topic


def test_recall_and_average_precision_look_as_far_as_they_say():
    others = [f"x{number}" for number in range(99)]
    assert pytest.approx(1.0) == figures([*others, "a"], ("a", 1)).figures["recall@100"]
    assert pytest.approx(0.0) == figures([*others, "x", "a"], ("a", 1)).figures["recall@100"]
    assert pytest.approx(1 / 101) == figures([*others, "x", "a"], ("a", 1)).figures["MAP"]


def test_a_topic_that_is_not_in_the_run_counts_as_0():
    qrels = [ir_measures.Qrel("found", "a", 1), ir_measures.Qrel("lost", "a", 1)]
    report = measure({"found": {"a": 1.0}}, qrels)
    assert dict.fromkeys(MEASURES, 0.5) == report.figures
    assert NOTHING_FOUND == report.per_topic["lost"]


def test_a_topic_without_judgements_does_not_count():
    report = measure({"t": {"a": 1.0}, "other": {"x": 1.0}}, [ir_measures.Qrel("t", "a", 1)])
    assert dict.fromkeys(MEASURES, 1.0) == report.figures
    assert ["t"] == list(report.per_topic)


def test_a_search_without_results_counts_as_0():
    assert NOTHING_FOUND == figures([], ("a", 1)).figures


def test_equal_scores_keep_the_order_of_the_hits():
    # trec_eval itself would put the equal ones in reverse order of their names: c, b, a.
    assert pytest.approx(1 / 2) == figures("bac", ("a", 1)).figures["MRR"]
    assert pytest.approx(1 / 3) == figures("bac", ("c", 1)).figures["MRR"]


def test_a_document_that_comes_twice_counts_where_it_came_first():
    run = run_topics([Topic("t", "")], lambda _: [("a", 3.0), ("b", 2.0), ("a", 1.0)])
    assert ["a", "b"] == sorted(run["t"], key=run["t"].get, reverse=True)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("topics", {"nDCG@10": 0.698, "MAP": 0.454, "recall@100": 0.645, "MRR": 0.854}),
        ("known-item", {"MRR": 0.6113}),  # its run is 20 deep, so its recall can't be checked
        ("questions", {"MRR": 0.7756, "recall@100": 0.981}),
    ],
)
def test_the_figures_of_lucene_are_those_published_with_its_runs(name, published, shared):
    judged = shared(f"relevance/{name}")
    report = measure(read_run(judged / "lucene-10.run.gz"), read_qrels(judged / "qrels.txt"))
    # Lucene and trec_eval order equal scores differently, and most of its rankings have some.
    assert pytest.approx(published, abs=0.0015) == {each: report.figures[each] for each in published}


# Searching


def test_the_run_is_what_a_search_finds_in_its_order(evaluate, arshif, folder, tmp_path):
    assert Exit.DONE == evaluate("t\tالقمر\n", "t 0 weak 1\n", "--run", tmp_path / "run").exit_code
    searched = json.loads(arshif("search", "القمر", "--json", folder=folder).stdout)
    assert MOON == [hit["id"] for hit in searched["hits"]]
    assert MOON == list(read_run(tmp_path / "run")["t"])


def test_figures_of_the_command_line(evaluate):
    result = evaluate("m\tالقمر\nx\tزرافات\nz\tزلزال\n", "m 0 middle 2\nm 0 weak 1\nz 0 tie-2 1\n")
    assert Exit.DONE == result.exit_code, result.output
    ndcg = ((2 / log2(3) + 1 / log2(4)) / (2 + 1 / log2(3)) + 1) / 2
    assert [
        "MRR         0.7500",
        f"nDCG@10     {ndcg:.4f}",
        f"MAP         {((1 / 2 + 2 / 3) / 2 + 1) / 2:.4f}",
        "recall@100  1.0000",
        "judged@10   0.5000",
    ] == result.stdout.splitlines()


def test_articles_that_are_equal_keep_the_order_of_the_hits(evaluate, library, tmp_path):
    ids = [hit.id for hit in ranked(library, "زلزال", 10, Match.ALL)]
    assert ["tie-2", "tie-3", "tie-1"] == ids
    result = evaluate("t\tزلزال\n", "t 0 tie-3 1\n", "--json", "--run", tmp_path / "run")
    assert 0.5 == json.loads(result.stdout)["figures"]["MRR"]
    assert ids == list(read_run(tmp_path / "run")["t"])


def test_a_query_that_finds_nothing_counts_as_0(evaluate):
    result = evaluate("z\tزلزال\nx\tزرافات\n", "z 0 tie-2 1\nx 0 tie-2 1\n", "--json")
    assert Exit.DONE == result.exit_code, result.output
    assert 0.5 == json.loads(result.stdout)["figures"]["MRR"]


@pytest.mark.parametrize(
    ("options", "found"),
    [(["--match", "all"], {"middle"}), (["--match", "any"], set(MOON)), ([], set(MOON))],
)
def test_all_words_or_any(evaluate, tmp_path, options, found):
    result = evaluate("t\tالقمر السماء\n", "t 0 weak 1\n", *options, "--run", tmp_path / "run")
    assert Exit.DONE == result.exit_code, result.output
    assert found == set(read_run(tmp_path / "run")["t"])


@pytest.mark.parametrize("level", Level)
def test_each_level_can_be_left_out(evaluate, level):
    result = evaluate("m\tالقمر\n", "m 0 strong 1\n", "--without", level, "--json")
    assert Exit.DONE == result.exit_code
    assert [level] == json.loads(result.stdout)["without"]


def test_what_was_left_out_is_shown_in_the_order_of_the_levels(evaluate):
    options = ("--without", "root", "--without", "form", "--without", "root", "--json")
    assert ["form", "root"] == json.loads(evaluate("m\tالقمر\n", "m 0 strong 1\n", *options).stdout)[
        "without"
    ]
    assert "without" not in json.loads(evaluate("m\tالقمر\n", "m 0 strong 1\n", "--json").stdout)


def test_a_level_that_is_not_there_is_refused(evaluate):
    result = evaluate("m\tالقمر\n", "m 0 strong 1\n", "--without", "luck")
    assert Exit.USAGE == result.exit_code
    assert "'luck' is not one of" in result.stderr
    assert "" == result.stdout


@pytest.mark.parametrize(("level", "query"), [("spelling", "القممر"), ("lead", "القمر زار")])
def test_leaving_a_level_out_changes_the_run(evaluate, tmp_path, level, query):
    topics, qrels = f"m\t{query}\n", "m 0 strong 1\n"
    runs = []
    for options in ((), ("--without", level)):
        assert Exit.DONE == evaluate(topics, qrels, *options, "--run", tmp_path / "run").exit_code
        runs.append(read_run(tmp_path / "run").get("m"))
    assert runs[0] != runs[1]


def test_the_depth_of_a_ranking_is_kept(library):
    assert MOON[:2] == [hit.id for hit in ranked(library, "القمر", 2, Match.ALL)]


def test_a_ranking_of_any_of_the_words_when_no_article_has_all(library):
    assert set(MOON) == {hit.id for hit in ranked(library, "القمر زرافات", 10, Match.ALL)}


@pytest.mark.parametrize("words", ["القمر " * 400, "ق" * (MAX_LENGTH + 1), '"القمر ' + "في " * 900 + '"'])
def test_a_query_that_is_too_long_to_be_typed_is_cut(evaluate, words):
    assert MAX_LENGTH < len(words)
    result = evaluate(f"t\t{words}\nz\tزلزال\n", "z 0 tie-2 1\n")
    assert Exit.DONE == result.exit_code, result.output


def test_the_beginning_of_a_long_query_is_searched(library):
    assert MOON == [hit.id for hit in ranked(library, "القمر " * 400 + "زرافات", 10, Match.ALL)]


def test_without_topics_every_judged_topic_counts_as_0(evaluate):
    result = evaluate("", "t 0 weak 1\n", "--json")
    assert Exit.DONE == result.exit_code, result.output
    assert {"figures": NOTHING_FOUND} == json.loads(result.stdout)


# Files


def test_a_run_comes_back_as_it_was_written(tmp_path):
    run = {"t1": {"ب": 2.0, "a": 1.0}, "t2": {"a": 1.0}}
    write_run(tmp_path / "run", run)
    assert run == read_run(tmp_path / "run")
    assert [
        "t1 Q0 ب 1 2.000000 arshif",
        "t1 Q0 a 2 1.000000 arshif",
        "t2 Q0 a 1 1.000000 arshif",
    ] == (tmp_path / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", ["run", "run.gz"])
def test_a_run_of_another_program_is_read(save, name):
    path = save(name, "t1\tQ0\td1\t1\t2.5e1\tlucene\n\nt1 Q0 d2 2 -3 lucene\n")
    assert {"t1": {"d1": 25.0, "d2": -3.0}} == read_run(path)


@pytest.mark.parametrize("name", ["qrels.txt", "qrels.txt.gz"])
def test_judgements_are_read(save, name):
    read = read_qrels(save(name, "t1 0 d1 2\n\nt2\t0\td1\t-1\n"))
    assert [("t1", "d1", 2), ("t2", "d1", -1)] == [qrel[:3] for qrel in read]


@pytest.mark.parametrize("name", ["topics.tsv", "topics.tsv.gz"])
def test_topics_are_read(save, name):
    path = save(name, "t1\tأسعار النفط\r\n\nt2\ta\tb\n")
    assert [Topic("t1", "أسعار النفط"), Topic("t2", "a\tb")] == read_topics(path)


def test_a_byte_order_mark_is_no_part_of_an_id(save):
    assert ["t1"] == [topic.id for topic in read_topics(save("topics.tsv", "\ufefft1\tx\n"))]
    assert ["t1"] == [qrel.query_id for qrel in read_qrels(save("qrels.txt", "\ufefft1 0 d 1\n"))]


@pytest.mark.parametrize("name", ["docids.tsv", "docids.tsv.gz"])
def test_documents_are_named_by_url_and_by_id_and_the_others_keep_their_ids(evaluate, save, tmp_path, name):
    docids = save(name, f"D7\t{ADDRESS}strong\nD8\tmiddle\textra column\nD9\tnot-here\n")
    result = evaluate(
        "t\tالقمر\n", "t 0 D8 1\nt 0 weak 1\n", "--docids", docids, "--run", tmp_path / "run", "--json"
    )
    assert Exit.DONE == result.exit_code, result.output
    assert {"t": {"D7": 3.0, "D8": 2.0, "weak": 1.0}} == read_run(tmp_path / "run")
    assert pytest.approx((1 / 2 + 2 / 3) / 2) == json.loads(result.stdout)["figures"]["MAP"]


def test_names_are_of_articles_that_are_there(library, save):
    docids = save("docids.tsv", f"D7\t{ADDRESS}strong\nD8\tmiddle\nD9\tnot-here\n")
    assert {"strong": "D7", "middle": "D8"} == document_names(docids, library.archive)


def test_a_name_of_two_articles_is_refused(library, save):
    with pytest.raises(BadInputError, match=r"docids\.tsv, line 2"):
        document_names(save("docids.tsv", "D7\tstrong\nD7\tmiddle\n"), library.archive)


@pytest.mark.parametrize("topics", ["\tx\n", "t 1\tx\n"])
def test_an_id_that_trec_can_not_write_is_refused(save, topics):
    with pytest.raises(BadInputError, match=r"topics\.tsv, line 1"):
        read_topics(save("topics.tsv", topics))


def test_a_run_that_could_not_be_read_again_is_not_written(tmp_path):
    with pytest.raises(BadInputError, match="a b"):
        write_run(tmp_path / "run", {"t": {"a b": 1.0}})


# Another run


def test_differences_are_sorted_from_won_to_lost():
    ours, theirs = reports([1, 1, 2, 1], [2, 1, 1, 2])
    compared = compare(ours, theirs, "MRR")
    assert (("t00", 0.5), ("t03", 0.5), ("t01", 0.0), ("t02", -0.5)) == compared.differences
    assert ("MRR", 0.875, 0.75) == (compared.measure, compared.ours, compared.theirs)


def test_equal_runs_are_parted_by_nothing():
    ours, theirs = reports([1, 2, 1], [1, 2, 1])
    assert 1.0 == compare(ours, theirs, "MAP").p


@pytest.mark.parametrize(
    ("ours", "theirs", "p"),
    [
        ([1], [2], 1.0),  # of the 2 sign changes both part as far
        ([1, 1, 1], [2, 2, 2], 2 / 8),
        ([1, 1, 1, 2], [2, 2, 2, 1], 10 / 16),
    ],
)
def test_with_few_topics_every_sign_change_is_counted(ours, theirs, p):
    assert pytest.approx(p) == compare(*reports(ours, theirs), "MRR").p


def test_a_clear_difference_over_20_topics_is_no_chance_and_always_the_same():
    ours, theirs = reports([1] * 18 + [2] * 2, [2] * 20)
    compared = compare(ours, theirs, "nDCG@10")
    assert 0.001 > compared.p > 0
    assert compared == compare(ours, theirs, "nDCG@10")
    assert pytest.approx(compared.p) == compare(theirs, ours, "nDCG@10").p


def test_a_run_of_another_program_is_compared(evaluate, save):
    theirs = save("theirs.gz", "m Q0 middle 1 9.5 lucene\nm Q0 strong 2 9.1 lucene\nu Q0 weak 1 1 lucene\n")
    topics, qrels = "m\tالقمر\nz\tزلزال\n", "m 0 middle 1\nz 0 tie-2 1\n"
    result = evaluate(topics, qrels, "--compare", theirs)
    assert Exit.DONE == result.exit_code, result.output
    assert [
        "MRR: 0.7500 against 0.5000, p = 1.0000",
        "  won\t+1.0000\tz\tزلزال",
        "  lost\t-0.5000\tm\tالقمر",
    ] == result.stdout.splitlines()[-3:]


def test_a_run_beside_itself(evaluate, tmp_path):
    topics, qrels = "m\tالقمر\nz\tزلزال\n", "m 0 middle 1\nz 0 tie-2 1\n"
    assert Exit.DONE == evaluate(topics, qrels, "--run", tmp_path / "run").exit_code
    shown = json.loads(evaluate(topics, qrels, "--compare", tmp_path / "run", "--json").stdout)
    assert {1.0} == {each["p"] for each in shown["comparisons"]}
    assert {0.0} == {value for each in shown["comparisons"] for value in each["differences"].values()}


# What is shown


def test_the_shape_of_the_json(evaluate, save):
    theirs = save("theirs", "t Q0 strong 1 1 x\n")
    shown = json.loads(
        evaluate("t\tالقمر\n", "t 0 strong 1\n", "--json", "--per-topic", "--compare", theirs).stdout
    )
    assert ["figures", "per_topic", "comparisons"] == list(shown)
    assert list(MEASURES) == list(shown["figures"])
    assert {"t": shown["figures"]} == shown["per_topic"]
    assert ["nDCG@10", "MAP", "MRR"] == [each["measure"] for each in shown["comparisons"]]
    same = {"ours": 1.0, "theirs": 1.0, "p": 1.0, "differences": {"t": 0.0}}
    assert {"measure": "MAP", **same} == shown["comparisons"][1]


def test_figures_of_each_topic(evaluate):
    result = evaluate("z\tزلزال\n", "z 0 tie-3 1\nu 0 weak 1\n", "--per-topic")
    assert Exit.DONE == result.exit_code
    assert [
        "",
        "topic\tMRR\tnDCG@10\tMAP\trecall@100\tjudged@10\tquery",
        f"z\t0.5000\t{1 / log2(3):.4f}\t0.5000\t1.0000\t{1 / 3:.4f}\tزلزال",
        "u\t0.0000\t0.0000\t0.0000\t0.0000\t0.0000\t",
    ] == result.stdout.splitlines()[5:]


# Broken input


def check_refused(result, where):
    assert Exit.USAGE == result.exit_code, result.output
    assert where in result.stderr
    assert "Traceback" not in result.output
    assert "" == result.stdout


BAD_BYTES = "t1\tx\nt2\tقمر\n".encode("cp1256")
TRUNCATED = gzip.compress(b"t1\tx\n")[:14]
DAMAGED = gzip.compress(b"t1\tx\n")[:10] + b"\xff" * 16


@pytest.mark.parametrize(
    ("part", "content", "where"),
    [
        ("topics", "t1\tx\nt2 y\n", "a.tsv, line 2"),
        ("topics", "t1\tx\nt1\ty\n", "b.tsv, line 2"),
        ("--docids", "D1\ta\nD2 b\n", "c.tsv, line 2"),
        ("qrels", "t1 0 a\n", "d.txt"),
        ("qrels", "t1 0 a good\n", "e.txt"),
        ("--compare", "t1 Q0 a 1 1\n", "f.run"),
        ("--compare", "t1 Q0 a 1 high x\n", "g.run"),
        ("topics", BAD_BYTES, "h.tsv"),
        ("--docids", BAD_BYTES, "i.tsv"),
        ("qrels", BAD_BYTES, "j.txt"),
        ("--compare", BAD_BYTES, "k.run"),
        ("topics", "t1\tx\n\nt2 y\n", "l.tsv, line 3"),
        ("qrels", "t1 0 a 1\nt1 0 a\n", "m.txt, line 2"),
        ("qrels", "t1 0 a 1\nt1 0 b good\n", "n.txt, line 2"),
        ("--compare", "\nt1 Q0 a 1 1\n", "o.run, line 2"),
        ("--compare", "t1 Q0 a 1 nan x\n", "p.run, line 1"),
        ("topics", BAD_BYTES, "q.tsv, line 2"),
        ("qrels", "", "r.txt"),
        ("qrels", "t1 0 a 99999999999999999999\n", "s.txt, line 1"),
        ("qrels", "t1 0 a 1\nt1 0 a 0\n", "t.txt, line 2"),
    ],
)
def test_broken_input_is_code_2_and_says_where(evaluate_files, save, part, content, where):
    name = where.partition(",")[0]
    check_refused(evaluate_files({part: save(name, content)}), where)


@pytest.mark.parametrize("part", ["topics", "qrels", "--docids", "--compare"])
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"t1\tx\n", id="plain"),
        pytest.param(TRUNCATED, id="truncated"),
        pytest.param(DAMAGED, id="damaged"),
    ],
)
def test_a_broken_gzip_file_is_code_2_and_named(evaluate_files, tmp_path, part, content):
    (tmp_path / "broken.gz").write_bytes(content)
    check_refused(evaluate_files({part: tmp_path / "broken.gz"}), "broken.gz")


@pytest.mark.parametrize("part", ["topics", "qrels", "--docids", "--compare"])
def test_a_missing_file_is_code_2_and_named(evaluate_files, tmp_path, part):
    check_refused(evaluate_files({part: tmp_path / "nowhere.tsv"}), "nowhere.tsv")


def test_without_an_archive_it_is_code_3(arshif, save, tmp_path):
    files = save("topics", "t1\tx\n"), save("qrels", "t1 0 a 1\n")
    result = arshif("evaluate", *files, folder=tmp_path / "none")
    assert Exit.DATA == result.exit_code
    assert "Error: " in result.stderr


# Processes


def test_files_are_utf_8_whatever_the_locale(start, folder, save):
    locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    files = save("topics", "t\tالقمر\n"), save("qrels", "t 0 قمر 1\n")
    docids = save("docids", f"قمر\t{ADDRESS}strong\n")
    process = start("evaluate", *files, "--docids", docids, "--json", folder=folder, environment=locale)
    out, err = process.communicate(timeout=60)
    assert (0, b"") == (process.returncode, err)
    assert 1.0 == json.loads(out)["figures"]["MRR"]


def python(script, *arguments):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_help_imports_no_measures():
    script = (
        "import sys\n"
        "from search.cli import main\n"
        "main(['evaluate', '--help'], standalone_mode=False)\n"
        "print(*{name.partition('.')[0] for name in sys.modules})\n"
    )
    done = python(script)
    assert 0 == done.returncode, done.stderr
    assert "TOPICS QRELS" in done.stdout
    heavy = {"scipy", "numpy", "ir_measures", "pytrec_eval", "index", "whoosh", "tashaphyne"}
    assert set() == heavy & set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("package", ["ir_measures", "scipy"])
def test_measures_that_are_not_installed_are_said(folder, save, package):
    script = (
        "import sys\n"
        "from importlib.abc import MetaPathFinder\n"
        "class Blocker(MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        f"        if name.partition('.')[0] == {package!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Blocker())\n"
        "from search.cli import main\n"
        "main(prog_name='arshif')\n"
    )
    files = save("topics", "t1\tx\n"), save("qrels", "t1 0 a 1\n")
    done = python(script, "--data", folder, "evaluate", *files)
    assert (Exit.USAGE, "") == (done.returncode, done.stdout)
    assert f"the measures are not installed ({package}): pip install 'arshif[evaluate]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_benches_are_not_collected(tmp_path):
    for name in ("test_unit.py", "bench/test_slow.py"):
        path = tmp_path / "tests" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("def test_one():\n    pass\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert 0 == done.returncode, done.stdout
    assert ["tests/test_unit.py::test_one"] == [line for line in done.stdout.splitlines() if "::" in line]
