"""A query as SQL over the search tables: statements that stream ranks in name order."""

from dataclasses import dataclass, replace

from store.query import Digits, Filter, Query, Word, facet, name_token, number_token

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
    excluded = _any([_together(group) for group in query.excluded] + _facets(query, excluded=True))
    required = _required(query)
    if query.digits:
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
    is_number = any(form.startswith("§") for word in query.words for form in word.forms)
    if not query.words or query.digits or query.phrases or is_number:
        return None
    excluded = _any([_together(group) for group in query.excluded] + _facets(query, excluded=True))
    named = [replace(word, forms=tuple(map(name_token, word.forms))) for word in query.words]
    required = [*map(_beginning, named), *_facets(query, excluded=False)]
    span = (-(1 << 60), 0) if query.in_trash else (0, 1 << 60)
    chosen = _text(" AND ".join(required) + (f" NOT {excluded}" if excluded else ""), query, span)
    return Selection(f"{chosen.sql} order by 1", chosen.parameters)


def _with_digits(query: Query, required: list[str], excluded: str, span: tuple[int, int]) -> Selection:
    """Digits are of a phone, or they are of words beside the others; every run of the one or every run of the other."""
    as_words = " AND ".join([*required, *(_digits_as_words(run) for run in query.digits)])
    chosen = _text(as_words + (f" NOT {excluded}" if excluded else ""), query, span)
    runs = [run for run in query.digits if len(run.in_phone) >= LEAST_PHONE_DIGITS]
    if len(runs) == len(query.digits):
        of_phone = _phone(runs[0], span)
        for run in runs[1:]:
            of_phone = _joined(of_phone, "intersect", _phone(run, span))
        if required:
            of_phone = _joined(of_phone, "intersect", _text(" AND ".join(required), query, span))
        if excluded:
            of_phone = _joined(of_phone, "except", _text(excluded, None, span))
        chosen = _joined(of_phone, "union", chosen)
    return Selection(f"{chosen.sql} order by 1", chosen.parameters)


def _required(query: Query) -> list[str]:
    terms = [_beginning(word) for word in query.words]
    terms += [f"({_together(phrase, whole=True)})" for phrase in query.phrases]
    return terms + _facets(query, excluded=False)


def _facets(query: Query, *, excluded: bool) -> list[str]:
    return [_facet(f) for f in query.filters if f.excluded == excluded and f.key != "in"]


def _facet(condition: Filter) -> str:
    token = number_token(condition.value) if condition.key == "number" else facet(condition.key, condition.value)
    return _quoted(token) if condition.whole else f"{_quoted(token)}*"


def _digits_as_words(digits: Digits) -> str:
    joined = f'"{digits.run}"*'
    if len(digits.pieces) == 1:
        return joined
    apart = " AND ".join(f'"{piece}"*' for piece in dict.fromkeys(digits.pieces))
    return f"({joined} OR ({apart}))"


def _beginning(word: Word) -> str:
    # A form that begins with another finds nothing that the shorter one does not.
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
    if query is None or not query.phrases:
        return Selection("select rowid from fts where fts match ? and rowid > ? and rowid < ?", (match, *span))
    checks: list[str] = []
    parameters: list[Parameter] = [match, *span]
    for phrase in query.phrases:
        spelled = {" ".join(word.forms[0] for word in phrase), " ".join(word.forms[-1] for word in phrase)}
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
