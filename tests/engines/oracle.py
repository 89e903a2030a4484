"""What every engine has to answer: a reference that looks at one document after the other."""

import math
from collections import Counter
from datetime import date

from index.engines.contract import DAY, GAP, TIMES, Hit, Page, Request, Sort, moment
from index.engines.query import (
    And,
    Best,
    Boosted,
    Combined,
    DateRange,
    Everything,
    Keyword,
    Near,
    Not,
    Nothing,
    Or,
    Phrase,
    Promoted,
    Recent,
    Term,
)


class Oracle:
    """Documents by id, searched by the contract's letter."""

    def __init__(self):
        self.documents = {}

    def add(self, added):
        self.documents[added.id] = added

    def remove(self, document_id):
        self.documents.pop(document_id, None)

    def search(self, request):
        found = {}
        for candidate in self.documents.values():
            score = self._score(request.node, candidate, request.scoring)
            filtered = (self._score(node, candidate, request.scoring) for node in request.filters)
            if score is not None and all(passed is not None for passed in filtered):
                found[candidate.id] = score
        ordered = sorted(found, key=lambda id_: self.key(request.sort, id_, found[id_]))
        hits = tuple(Hit(id_, found[id_]) for id_ in ordered[request.offset : request.offset + request.limit])
        return Page(len(found), hits, {name: self._facet(name, found) for name in request.facets})

    def counts(self, nodes):
        return tuple(self.search(Request(node)).total for node in nodes)

    def terms(self, field, prefix=""):
        """What `Engine.terms` gives where nothing was taken out."""
        having = [{term for term in each.terms.get(field, ()) if term} for each in self.documents.values()]
        counted = Counter(term for terms in having for term in terms if term.startswith(prefix))
        return sorted(counted.items())

    def key(self, sort, document_id, score):
        """What an order goes by, lowest first."""
        newer = -moment(self.documents[document_id].published)
        first = {Sort.RELEVANCE: 0, Sort.NEWEST: newer, Sort.OLDEST: -newer or math.inf}[sort]
        return first, -score, newer, document_id

    def _facet(self, name, ids):
        found = [self.documents[id_] for id_ in ids]
        if name in TIMES:
            length = 10 if name == DAY else 7
            return tuple(sorted(Counter(each.published[:length] for each in found if each.published).items()))
        values = Counter(each.keywords[name] for each in found if name in each.keywords)
        return tuple(sorted(values.items(), key=lambda pair: (-pair[1], pair[0])))

    def _score(self, node, candidate, scoring):  # noqa: PLR0911 - one return for each kind of node
        """The score; None when the document doesn't match."""
        match node:
            case Term(field, term):
                return self._bm25(field, (term,), (0,), candidate, scoring)
            case Combined(terms, fields, weaker):
                weights = {
                    word: max(weight for each, weight in weaker if each == word) for word, _ in weaker
                } | dict.fromkeys(terms, 1)
                having = self._having(lambda words: any(word in terms for word in words), fields)
                return self._bm25f(
                    lambda words: sum(weights.get(word, 0) for word in words),
                    having,
                    fields,
                    candidate,
                    scoring,
                )
            case Near():
                return self._bm25f(lambda words: _neighbours(words, node), 0, node.fields, candidate, scoring)
            case Phrase(field, terms, offsets):
                return self._bm25(field, terms, offsets, candidate, scoring)
            case Promoted(inner, by):
                score = self._score(inner, candidate, scoring)
                added = [self._score(each, candidate, scoring) or 0.0 for each in by]
                return None if score is None else score + sum(added)
            case Boosted(inner, factor):
                score = self._score(inner, candidate, scoring)
                return None if score is None else score * factor
            case Recent(inner):
                score = self._score(inner, candidate, scoring)
                return None if score is None else score * _newer(node, candidate)
            case And(nodes) | Or(nodes) | Best(nodes):
                scores = [self._score(inner, candidate, scoring) for inner in nodes]
                return _joined(node, [score for score in scores if score is not None], len(nodes))
            case Not(inner):
                return 0.0 if self._score(inner, candidate, scoring) is None else None
        return 0.0 if _passes(node, candidate) else None

    def _having(self, has, fields):
        """How many documents have something in any of these fields."""
        return sum(
            any(has(each.terms.get(field, ())) for field, _ in fields) for each in self.documents.values()
        )

    def _bm25f(self, count, having, fields, candidate, scoring):
        """The score of what `count` counts in a text, and so many documents have: 0 for those that match."""

        def frequency(each):
            return sum(weight * count(each.terms.get(field, ())) for field, weight in fields)

        def mean(field):
            lengths = [_length(each.terms.get(field, ())) for each in self.documents.values()]
            kept = [length for length in lengths if length]
            return sum(kept) / len(kept) if kept else 1

        if not frequency(candidate):
            return None
        having = having or self._having(count, fields)
        length = sum(weight * _length(candidate.terms.get(field, ())) for field, weight in fields)
        norm = 1 - scoring.b + scoring.b * length / sum(weight * mean(field) for field, weight in fields)
        weighted = frequency(candidate)
        full = _idf(having, len(self.documents)) * (scoring.k1 + 1)
        return full * weighted / (weighted + scoring.k1 * norm)

    def _bm25(self, field, terms, offsets, candidate, scoring):
        words = candidate.terms.get(field, ())
        frequency = _occurrences(words, terms, offsets)
        if not frequency:
            return None
        texts = [each.terms.get(field, ()) for each in self.documents.values()]
        lengths = [_length(text) for text in texts if _length(text)]
        share = scoring.field_b.get(field, scoring.b)
        norm = 1 - share + share * _length(words) * len(lengths) / sum(lengths)
        weight = sum(_idf(sum(term in text for text in texts), len(texts)) for term in terms)
        return weight * frequency * (scoring.k1 + 1) / (frequency + scoring.k1 * norm)


def _joined(node, scores, nodes):
    if not scores or (isinstance(node, And) and len(scores) < nodes):
        return None
    if isinstance(node, Best):
        return max(scores) + node.tie * (sum(scores) - max(scores))
    return sum(scores)


def _passes(node, candidate):
    match node:
        case Keyword(field, value):
            return candidate.keywords.get(field) == value
        case DateRange(first, last):
            day = candidate.published and date.fromisoformat(candidate.published[:10])
            return bool(day) and (first or date.min) <= day <= (last or date.max)
        case Everything():
            return True
        case Nothing():
            return False
    raise TypeError(node)


def _newer(node, candidate):
    if not candidate.published:
        return 1
    age = (node.newest - date.fromisoformat(candidate.published[:10])).days
    return 1 + node.weight * 2 ** (-max(0, age) / node.half_life)


def _occurrences(words, terms, offsets):
    placed = dict(enumerate(words))
    starts = range(len(words))
    return sum(
        all(placed.get(start + offset) == term for term, offset in zip(terms, offsets, strict=True))
        for start in starts
    )


def _neighbours(words, node):
    """How many of the left terms have one of the right beside them."""
    return sum(
        any(word in node.right for word in words[place + 1 : place + 1 + node.after])
        or any(word in node.right for word in words[max(0, place - node.before) : place])
        for place, word in enumerate(words)
        if word in node.left
    )


def _length(words):
    return sum(word != GAP for word in words)


def _idf(documents, total):
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5))
