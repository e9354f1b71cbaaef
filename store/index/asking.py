"""A query as SQL over the search tables: statements that stream ranks in name order."""

from dataclasses import dataclass, replace

from store.query import (
    All,
    Any,
    Condition,
    Digits,
    Node,
    Not,
    Number,
    Phrase,
    Query,
    Whole,
    Word,
    Words,
    facet,
    name_token,
    number_token,
)

LEAST_PHONE_DIGITS = 3
"""Fewer digits are asked of words only. Three: a phone's closing ones, or any three of it."""

Parameter = str | int


@dataclass(frozen=True, slots=True)
class Selection:
    """A statement that gives ranks in rising order."""

    sql: str
    parameters: tuple[Parameter, ...]


def selection(query: Query, after: int | None = None, before: int | None = None) -> Selection:
    """The ranks a query finds, in name order.

    Args:
        query: What is asked. Its trash filter decides which half of the ranks is looked at.
        after: Only ranks greater than this.
        before: Only ranks smaller than this.
    """
    low, high = (-(1 << 60), 0) if query.in_trash else (0, 1 << 60)
    span = (low if after is None else max(low, after), high if before is None else min(high, before))
    excluded = _excluded(query)
    required = _required(query)
    if _digits(query):
        return _with_digits(query, required, excluded, span)
    if required:
        chosen = _text(" AND ".join(required) + (f" NOT {excluded}" if excluded else ""), query, span)
        return Selection(f"{chosen.sql} order by 1", chosen.parameters)
    everyone = Selection("select rank from client where rank > ? and rank < ?", span)
    if excluded:
        return _joined(everyone, "except", _text(excluded, None, span), ordered=True)
    return Selection(f"{everyone.sql} order by 1", span)


def of_names(query: Query) -> Selection | None:
    """The ranks whose names hold all that is asked, in name order; None where more than plain words is asked."""
    nodes = _nodes(query)
    asked = [node for node in nodes if not isinstance(node, Not | Condition)]
    words = [node for node in asked if isinstance(node, Word)]
    if not words or len(words) < len(asked):
        return None
    excluded = _excluded(query)
    named = [replace(word, forms=tuple(map(name_token, word.forms))) for word in words]
    required = [*map(_beginning, named), *(_expression(node) for node in nodes if isinstance(node, Condition))]
    span = (-(1 << 60), 0) if query.in_trash else (0, 1 << 60)
    chosen = _text(" AND ".join(required) + (f" NOT {excluded}" if excluded else ""), query, span)
    return Selection(f"{chosen.sql} order by 1", chosen.parameters)


def _with_digits(query: Query, required: list[str], excluded: str, span: tuple[int, int]) -> Selection:
    """Digits are of a phone, or they are of words beside the others; every run of the one or every run of the other."""
    as_words = " AND ".join([*required, *(_digits_as_words(run) for run in _digits(query))])
    chosen = _text(as_words + (f" NOT {excluded}" if excluded else ""), query, span)
    runs = [run for run in _digits(query) if len(run.in_phone) >= LEAST_PHONE_DIGITS]
    if len(runs) == len(_digits(query)):
        of_phone = _phone(runs[0], span)
        for run in runs[1:]:
            of_phone = _joined(of_phone, "intersect", _phone(run, span))
        if required:
            of_phone = _joined(of_phone, "intersect", _text(" AND ".join(required), query, span))
        if excluded:
            of_phone = _joined(of_phone, "except", _text(excluded, None, span))
        chosen = _joined(of_phone, "union", chosen)
    return Selection(f"{chosen.sql} order by 1", chosen.parameters)


def _nodes(query: Query) -> tuple[Node, ...]:
    return query.root.nodes if isinstance(query.root, All) else (query.root,)


def _digits(query: Query) -> list[Digits]:
    return [node for node in _nodes(query) if isinstance(node, Digits)]


def _required(query: Query) -> list[str]:
    return [term for node in _nodes(query) if not isinstance(node, Digits | Not) and (term := _expression(node))]


def _excluded(query: Query) -> str:
    return _any([term for node in _nodes(query) if isinstance(node, Not) and (term := _expression(node.node))])


def _expression(node: Node) -> str:
    """A node in the words of the full-text search."""
    match node:
        case Word():
            return _beginning(node)
        case Digits():
            return _digits_as_words(node)
        case Number(digits):
            return f"{_quoted(number_token(digits))}*"
        case Phrase(words):
            return f"({_together(words, whole=True)})"
        case Condition(target, Words(words)):
            return f"{_quoted(facet(target.key, ''.join(word.forms[0] for word in words)))}*"
        case Condition(target, Whole(text)):
            return _quoted(facet(target.key, text))
        case Condition():
            return '"§unknown"'  # Nobody: rather than everybody.
        case Not(inner):
            return _expression(inner)
        case All(nodes):
            return f"({' AND '.join(map(_expression, nodes))})"
        case Any(nodes):
            return _any(list(map(_expression, nodes)))
    return ""


def _digits_as_words(digits: Digits) -> str:
    joined = f'"{digits.run}"*'
    if len(digits.pieces) == 1:
        return joined
    apart = " AND ".join(f'"{piece}"*' for piece in dict.fromkeys(digits.pieces))
    return f"({joined} OR ({apart}))"


def _beginning(word: Word) -> str:
    # A form that begins with another finds nothing that the shorter one does not.
    if word.whole:
        return _any([_quoted(form) for form in word.forms])
    forms = [f for f in word.forms if not any(f != g and f.startswith(g) for g in word.forms)]
    return _any([f"{_quoted(form)}*" for form in forms])


def _together(words: tuple[Word, ...], *, whole: bool = False) -> str:
    if whole:
        return " AND ".join(_any([_quoted(form) for form in word.forms]) for word in words)
    return "(" + " AND ".join(_beginning(word) for word in words) + ")"


def _any(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})" if terms else ""


def _quoted(token: str) -> str:
    return '"' + token.replace('"', "") + '"'


def _text(match: str, query: Query | None, span: tuple[int, int]) -> Selection:
    phrases = [node for node in _nodes(query) if isinstance(node, Phrase)] if query else []
    if not phrases:
        return Selection("select rowid from fts where fts match ? and rowid > ? and rowid < ?", (match, *span))
    checks: list[str] = []
    parameters: list[Parameter] = [match, *span]
    for phrase in phrases:
        spelled = {" ".join(word.forms[place] for word in phrase.words) for place in (0, -1)}
        checks.append("(" + " or ".join("instr(said.words, ?)" for _ in spelled) + ")")
        parameters += [f" {text} " for text in sorted(spelled)]
    return Selection(
        "select fts.rowid from fts join client on client.rank = fts.rowid join said on said.serial = client.serial"
        f" where fts match ? and fts.rowid > ? and fts.rowid < ? and {' and '.join(checks)}",
        tuple(parameters),
    )


def _phone(digits: Digits, span: tuple[int, int]) -> Selection:
    run = digits.in_phone
    if len(run) <= 4:
        match = f'"{run}"' if len(run) == 4 else f'"{run}"*'
        return Selection("select rowid from phones where phones match ? and rowid > ? and rowid < ?", (match, *span))
    grams = dict.fromkeys(run[start : start + 4] for start in range(len(run) - 3))
    # Grams of two phones of one client can make up a third: the run itself is looked for as well.
    return Selection(
        "select phones.rowid from phones join client on client.rank = phones.rowid where phones match ?"
        " and phones.rowid > ? and phones.rowid < ? and instr(client.digits, ?)",
        (" AND ".join(f'"{gram}"' for gram in grams), *span, run),
    )


def _joined(first: Selection, how: str, second: Selection, *, ordered: bool = False) -> Selection:
    """Two selections as one compound statement: SQLite evaluates compounds from left to right."""
    sql = f"{first.sql} {how} {second.sql}" + (" order by 1" if ordered else "")
    return Selection(sql, (*first.parameters, *second.parameters))
