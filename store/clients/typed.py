"""Values as people type them, put into a document: by the operator's form, by the command line, by an import."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store import numbers
from store.card import Document, Path, Row
from store.errors import Invalid, Problem
from store.journal.differences import is_table
from store.kinds import KINDS, Reading, kind_of
from store.query.choice_words import code_of_choice
from store.schema import Field, Schema, Section

TYPED = "typed"
"""The hidden field that keeps what was typed where the value is stored in another form."""

CURRENCY = "currency"
"""The field beside an amount of money that says in what it is."""

_HRYVNIA = "UAH"
"""Where a section has no such field."""

_FIGURES = re.compile(r"[\d\s.,'’_+−-]+")


@dataclass(slots=True)
class _Target:
    """A row, or form, that values are meant for."""

    section: Section
    place: str
    """How its path begins: `person`, `contacts[0]`, `contacts[+]`."""
    row: Row | None
    """None: a new one."""
    texts: dict[str, str] = field(default_factory=dict)
    removed: bool = False


def apply_typed(schema: Schema, document: Document, values: Sequence[tuple[str, str]], reading: Reading) -> Document:
    """The document with the typed values in it; an empty text removes a value, for a path without a field its row.

    Several `[+]` of one section fill one new row until a field repeats.

    Raises:
        Invalid: All that is wrong, each problem with the path as it was given.
    """
    made = {key: [dict(row) for row in value] if is_table(value) else value for key, value in document.items()}
    problems: list[Problem] = []
    targets: list[_Target] = []
    for text, typed in values:
        try:
            _aim(schema, made, Path.parse(text), typed, targets)
        except Invalid as error:
            problems += [_at(problem, text, typed) for problem in error.problems]
    for target in targets:
        try:
            _fill(made, target, reading)
        except Invalid as error:
            problems += error.problems
    for target in targets:
        if target.removed:
            rows = [row for row in made[target.section.key] if row is not target.row]
            made[target.section.key] = rows
    if problems:
        raise Invalid(problems)
    return made


def read_row(
    section: Section,
    texts: Mapping[str, str],
    reading: Reading,
    row: Mapping[str, Any] | None = None,
    place: str = "",
) -> Row:
    """A row, or form, with the typed values in it.

    Args:
        section: Which section it is of.
        texts: Field key -> what was typed; empty: no value.
        row: What it was; None for a new row, which gets the section's defaults.
        place: How the paths of problems begin.

    Raises:
        Invalid: All that is wrong.
    """
    made = dict(row) if row is not None else defaults(section, reading)
    problems: list[Problem] = []
    known: dict[str, str] = {}
    for key, typed in texts.items():
        if section.field(key):
            known[key] = typed
        else:
            problems.append(Problem(_path(place, key), "field-unknown", typed))
    # What decides another field's kind is read before it.
    deciding = {field.kind_by for field in section.fields if field.kind_by}
    for key in sorted(known, key=lambda key: key not in {*deciding, CURRENCY}):
        wanted = section.field(key)
        assert wanted is not None
        try:
            if wanted.kind_by and wanted.kind_by not in known and row is None:
                _guess_kind(wanted, known[key], made, reading)
            _set(made, wanted, known[key], reading, section)
            if wanted.kind == "money":
                _take_currency(made, section, known[key], is_told=bool(known.get(CURRENCY)))
        except Invalid as error:
            problems += [_at(problem, _path(place, key), known[key]) for problem in error.problems]
    if problems:
        raise Invalid(problems)
    return made


def read_value(section: Section, wanted: Field, row: Mapping[str, Any], typed: str, reading: Reading) -> Any:
    """The value a field of a row gets by what was typed into it; None for none. Raises Invalid where it is no value."""
    kind = kind_of(wanted, row)
    try:
        return kind.read(typed, wanted, reading)
    except Invalid:
        # What the schema itself does not call so may be what everybody does.
        code = code_of_choice(f"{section.key}.{wanted.key}", typed) if kind.name == "choice" else None
        if code is None:
            raise
        return kind.read(code, wanted, reading)


def defaults(section: Section, reading: Reading) -> Row:
    """A new row, or form, of a section: the defaults of its fields."""
    made: Row = {}
    for wanted in section.fields:
        if wanted.default is not None:
            is_today = wanted.default == "today" and wanted.kind == "date"
            made[wanted.key] = reading.today.isoformat() if is_today else wanted.default
    return made


def _aim(schema: Schema, document: Document, path: Path, typed: str, targets: list[_Target]) -> None:
    if path.section == "number" and not path.field:
        document["number"] = numbers.parse(typed)
        return
    section = schema.section(path.section)
    if section is None:
        raise Invalid([Problem("", "section-unknown", typed, details={"section": path.section})])
    place, row = _place(section, document, path)
    if not path.field:
        if typed.strip() or row is None or not section.is_table:
            raise Invalid([Problem("", "path-unreadable", typed)])
        targets.append(_Target(section, place, row, removed=True))
        return
    target = next((known for known in reversed(targets) if known.place == place), None)
    if target is None or (path.new_row and path.field in target.texts):
        target = _Target(section, place, row)
        targets.append(target)
    target.texts[path.field] = typed


def _place(section: Section, document: Document, path: Path) -> tuple[str, Row | None]:
    value = document.get(section.key)
    if not section.is_table:
        if path.new_row or path.row is not None or path.row_id:
            raise Invalid([Problem("", "path-unreadable")])
        return section.key, value if isinstance(value, dict) else {}
    rows: list[Row] = value if is_table(value) else []
    if not path.new_row and path.row is None and not path.row_id:
        raise Invalid([Problem("", "path-unreadable")])
    if path.new_row:
        return f"{section.key}[+]", None
    if path.row_id:
        for row in rows:
            if row.get("id") == path.row_id:
                return f"{section.key}#{path.row_id}", row
    elif path.row is not None and path.row < len(rows):
        return f"{section.key}[{path.row}]", rows[path.row]
    raise Invalid([Problem("", "row-missing", details={"section": section.key, "rows": len(rows)})])


def _fill(document: Document, target: _Target, reading: Reading) -> None:
    if target.removed:
        return
    made = read_row(target.section, target.texts, reading, target.row, target.place)
    key = target.section.key
    if not target.section.is_table:
        document[key] = made
    elif target.row is None:
        document[key] = [*(document.get(key) or ()), made]
    else:
        target.row.clear()
        target.row.update(made)


def _set(row: Row, wanted: Field, typed: str, reading: Reading, section: Section) -> None:
    value = read_value(section, wanted, row, typed, reading)
    if value is None:
        row.pop(wanted.key, None)
    else:
        row[wanted.key] = value
    beside = section.field(TYPED)
    if wanted.kind_by and beside is not None and beside.hidden:
        row.pop(TYPED, None)
        if kind_of(wanted, row).name == "phone" and value is not None and typed.strip() != value:
            row[TYPED] = typed.strip()


def currency_in(amount: str) -> str:
    """The code of the currency that is named beside an amount (`12 €`), or ""."""
    letters = _FIGURES.sub("", amount)
    return (code_of_choice("purchases.currency", letters) or "") if letters else ""


def _take_currency(row: Row, section: Section, typed: str, *, is_told: bool) -> None:
    """Who types `12 EUR` says two things at once. Raises Invalid where the second has no place."""
    named = currency_in(typed)
    beside = section.field(CURRENCY)
    if not named or named == (row.get(CURRENCY) if beside else _HRYVNIA):
        return
    if beside is None or is_told or all(choice.code != named for choice in beside.choices):
        raise Invalid([Problem("", "money-currency", typed)])
    row[CURRENCY] = named


def _guess_kind(wanted: Field, typed: str, row: Row, reading: Reading) -> None:
    """Nobody said what kind of contact it is: the default kind, else the first that the text can be read as."""
    for deciding in _kinds_in_turn(wanted, row):
        try:
            KINDS[wanted.kind_in({wanted.kind_by: deciding})].read(typed, wanted, reading)
        except Invalid:
            continue
        row[wanted.kind_by] = deciding
        return


def _kinds_in_turn(wanted: Field, row: Row) -> Iterator[str]:
    if wanted.kind_by in row:
        yield str(row[wanted.kind_by])
    yield from wanted.kinds or ()


def _at(problem: Problem, path: str, typed: str) -> Problem:
    return Problem(path, problem.code, typed, problem.row, problem.details)


def _path(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key
