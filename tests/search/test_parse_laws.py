from datetime import date

from hypothesis import assume, example, given
from hypothesis import strategies as st

from search import grammar
from search.hints import hints
from search.lexer import lex
from search.parse import MAX_DEPTH, parse
from search.syntax import (
    AllOf,
    AnyOf,
    Anything,
    Between,
    Exclude,
    Field,
    Fuzzy,
    InField,
    Nearby,
    Parsed,
    Quoted,
    Wildcard,
    Word,
)

CONTROLS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىة"
PUNCTUATION = "؟،؛«»?,;.!…[]{}/\\<>#@%+"

FRAGMENTS = (
    *"()|&-\u2212*?=:\"“”«».,_'ـ/…\u0651\u200f\u202b\u200d\ufeff\x00\ud800😀 \n",
    *(
        "سوريا",
        "قُوّات",
        "كوفيد-19",
        "title",
        "3.5",
        "٢٠١٩",
        "أو",
        "او",
        "OR",
        "و",
        "AND",
        "ليس",
        "وليس",
        "NOT",
    ),
    *(
        "سور*",
        "*وريا",
        "سوريا~",
        "~2",
        '"قوات سوريا"~3',
        "قرب:3",
        "near: 5",
        "أمس",
        "الأسبوع الماضي",
        "آخر 7 أيام",
    ),
    *("رمضان 1436", "آب", "31 شباط 2019", "²", "½"),
    *(
        f"{word}:"
        for word in ("العنوان", "source", "الكاتب", "القسم", "body", "من", "منذ", "to", "date", "قال")
    ),
    *("2019", "2019-02", "28/2/2019", "2019-01..2018", "..2019", "2019-99", " -", " (", ") ", "((", "))"),
)

fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
surrogates = st.text(st.characters(codec=None))
texts = st.text() | surrogates | fragments


def told(text):
    """What a reader is told of words that are the names of times, and nothing else."""
    return tuple(hints(lex(text).tokens))


words = st.text(LETTERS, min_size=2, max_size=8).filter(
    lambda word: grammar.operator_of(word) is None and grammar.label_of(word) is None
)
invisible = st.text(CONTROLS, max_size=3)
blanks = st.builds(
    lambda *parts: "".join(parts), invisible, st.sampled_from([" ", "\n", "\t ", "\u00a0"]), invisible
)
gaps = st.builds(
    lambda *parts: "".join(parts), invisible, st.text(PUNCTUATION + " \n", min_size=1, max_size=4), invisible
).filter(lambda gap: set(grammar.visible(gap)) - set("?"))  # between two letters it is any letter


def children(node):
    match node:
        case AllOf(nodes) | AnyOf(nodes):
            return nodes
        case Exclude(child) | InField(_, child):
            return (child,)
        case Nearby(nodes):
            return nodes
    return ()


def walk(node):
    waiting = [(node, 1)] if node else []
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in children(node)]


@given(texts)
def test_any_text_is_read_and_its_tree_is_in_order(text):
    node = parse(text).node
    for part, depth in walk(node):
        kinds = [type(child) for child in children(part)]
        assert depth <= 4 * (MAX_DEPTH + 2)
        assert not isinstance(part, (AllOf, AnyOf)) or len(kinds) >= 2
        assert not isinstance(part, (AllOf, AnyOf, Exclude)) or type(part) not in kinds
        assert not isinstance(part, Between) or part.first or part.last
        assert part is node or not isinstance(part, Anything)


@given(texts)
def test_between_is_in_order_of_time(text):
    for part, _ in walk(parse(text).node):
        if isinstance(part, Between) and part.first and part.last:
            assert part.first <= part.last


@given(texts)
def test_words_and_phrases_are_as_typed_and_hold_something(text):
    typed = grammar.visible(text)
    for part, _ in walk(parse(text).node):
        if isinstance(part, (Word, Quoted, Wildcard, Fuzzy)):
            assert grammar.visible(part.text) in typed
            assert any(char.isalnum() and char != "ـ" for char in part.text)
            assert part.text == part.text.strip(CONTROLS + " \n\0")


@given(texts)
def test_no_word_holds_white_space_or_a_sign(text):
    for part, _ in walk(parse(text).node):
        if isinstance(part, Word):
            assert not set(part.text) & set(' \n\0()|&*:"“”«»؟،؛\ud800')


@given(texts)
def test_words_that_are_close_are_two_and_have_their_gaps(text):
    for part, _ in walk(parse(text).node):
        if isinstance(part, Nearby):
            assert len(part.nodes) == len(part.gaps) + 1 >= 2
            assert all(0 <= gap <= grammar.WIDEST_GAP for gap in part.gaps)
            assert all(isinstance(node, (Word, Quoted, AnyOf)) for node in part.nodes)
        if isinstance(part, Fuzzy):
            assert 1 <= part.edits <= grammar.MOST_EDITS
        if isinstance(part, Wildcard):
            assert set(part.text) & set("*?")


@given(texts, st.dates(date(1, 1, 1)))
def test_any_day_may_be_today(text, today):
    assert isinstance(parse(text, today), Parsed)


@given(texts)
def test_notices_are_sentences_told_once(text):
    notices = parse(text).notices
    assert all(notice == notice.strip() and notice.endswith(".") for notice in notices)
    assert len(set(notices)) == len(notices)


@given(texts)
def test_nothing_is_left_out_in_silence(text):
    parsed = parse(text)
    assert (parsed.node is None) == (grammar.NOTHING_TO_FIND in parsed.notices)
    has_letters = any(kind in "a9" for kind in grammar.kinds_of(text))
    assert has_letters or parsed.node in (None, Anything())


@given(st.lists(words, min_size=2, max_size=8))
@example(["من", "العنوان"])
def test_plain_words_are_these_words_in_order(typed):
    expected = AllOf(tuple(map(Word, typed)))
    parsed = parse(" ".join(typed))
    assert (expected, told(" ".join(typed))) == (parsed.node, parsed.notices)


@given(words, st.lists(st.tuples(gaps, words), min_size=1, max_size=6), gaps, gaps)
def test_what_stands_between_words_changes_nothing(first, others, before, after):
    text = before + first + "".join(gap + word for gap, word in others) + after
    expected = AllOf((Word(first), *(Word(word) for _, word in others)))
    parsed = parse(text)
    assert (expected, told(text)) == (parsed.node, parsed.notices)


TOKENS = (
    *(
        "سوريا",
        "لبنان",
        "كوفيد-19",
        "-نفط",
        "--نفط",
        "-العنوان:نفط",
        "=نفط",
        "-=نفط",
        '"مهلة استسلام"',
        '-"مهلة"',
        "-(نفط غاز)",
        "نف*",
        "-نفط~",
        '"نفط غاز"~3',
        "قرب:3",
    ),
    *("أو", "OR", "|", "و", "AND", "&", "ليس", "وليس", "NOT", "العنوان:نفط", "title:", "المصدر:"),
    *("من:2019-02", "إلى:2019", "date:2018", "من:أمس", "قال:", "-", "😀", '""', "()"),
)
queries = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=12)


@given(queries, st.data())
def test_blanks_and_controls_between_tokens_change_nothing(tokens, data):
    spread = "".join(data.draw(blanks) + token for token in tokens) + data.draw(blanks)
    assert parse(" ".join(tokens)) == parse(spread)


@given(queries, st.sampled_from(["،", "؛", "؟", "!", "»", "]"]), st.data())
def test_punctuation_after_tokens_changes_nothing(tokens, sign, data):
    spread = " ".join(token + data.draw(st.sampled_from(["", sign])) for token in tokens)
    assert parse(" ".join(tokens)) == parse(spread)


@given(
    words | st.sampled_from(["أو", "title", "كوفيد-19"]), st.sampled_from(["", "-", "العنوان:", "title:-"])
)
def test_an_equals_sign_before_a_word_is_quotes_around_it(word, prefix):
    assert parse(f'نفط {prefix}"{word}" غاز') == parse(f"نفط {prefix}={word} غاز")


@given(queries)
def test_brackets_around_a_query_change_nothing(tokens):
    query = " ".join(tokens)
    assert parse(query) == parse(f"({query})")


@given(queries)
def test_an_exclusion_of_a_query_is_one_exclusion(tokens):
    plain = parse(" ".join(tokens)).node
    assume(plain is not None)
    excluded = plain if isinstance(plain, Exclude) else Exclude(plain)
    assert excluded == parse(f"-({' '.join(tokens)})").node
    assert excluded == parse(f"ليس -({' '.join(tokens)})").node


def flat(kind):
    """A node of a kind as the parser makes it: none of its own kind inside."""
    return lambda nodes: kind(
        tuple(n for node in nodes for n in (node.nodes if isinstance(node, kind) else [node]))
    )


days = st.dates(date(1000, 1, 1)).filter(lambda day: day.year not in grammar.HIJRI_YEARS)
leaves = (
    words.map(Word)
    | words.map(lambda word: Wildcard(f"{word}*"))
    | st.builds(Fuzzy, words, st.integers(1, grammar.MOST_EDITS))
    | st.lists(words, min_size=2, max_size=4).flatmap(
        lambda near: st.lists(st.integers(0, 99), min_size=len(near) - 1, max_size=len(near) - 1).map(
            lambda gaps: Nearby(tuple(map(Word, near)), tuple(gaps))
        )
    )
    | st.lists(words, min_size=1, max_size=4).map(" ".join).map(Quoted)
    | st.tuples(days, days).map(sorted).map(lambda pair: Between(*pair))
)
trees = st.recursive(
    leaves,
    lambda nodes: (
        st.lists(nodes, min_size=2, max_size=4).map(flat(AllOf))
        | st.lists(nodes, min_size=2, max_size=4).map(flat(AnyOf))
        | nodes.map(lambda node: node if isinstance(node, Exclude) else Exclude(node))
        | st.builds(InField, st.sampled_from(Field), nodes)
    ),
    max_leaves=12,
)


def written(node):  # noqa: C901, PLR0911 - one return for each kind of node
    """A query for a tree, every group in brackets."""
    match node:
        case Word(text):
            return text
        case Quoted(text):
            return f'"{text}"'
        case Wildcard(text):
            return text
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
        case Nearby(nodes, gaps):
            others = (f" قرب:{gap} {written(each)}" for each, gap in zip(nodes[1:], gaps, strict=True))
            return f"({written(nodes[0])}{''.join(others)})"
        case AllOf(nodes):
            return f"({' '.join(map(written, nodes))})"
        case AnyOf(nodes):
            return f"({' | '.join(map(written, nodes))})"
        case Exclude(child):
            return f"-{written(child)}"
        case InField(field, child):
            return f"{field}:({written(child)})"
        case Between(first, last):
            return f"date:{first}..{last}"


@given(trees)
def test_every_tree_can_be_asked_for(tree):
    parsed = parse(written(tree))
    assert (tree, told(written(tree))) == (parsed.node, parsed.notices)
