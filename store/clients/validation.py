"""Is what somebody changed fit to be kept? What was there before is left in peace, however it looks."""

from collections.abc import Iterable, Mapping
from typing import Any

from store import numbers
from store.card import Document
from store.errors import Invalid, Problem
from store.journal.differences import is_table
from store.kinds import kind_of
from store.schema import Field, Schema, Section
from store.segments.sealing import encode


def problems(schema: Schema, before: Document | None, after: Document) -> list[Problem]:
    """What is wrong with the values that differ.

    Args:
        before: What the card was, None for a new one. Its rows and those of `after` have ids.
        after: What it shall be.
    """
    old = before or {}
    found: list[Problem] = []
    if after.get("number") != old.get("number"):
        found += _number(after)
    for section in schema.sections:
        if after.get(section.key) != old.get(section.key) and section.key in after:
            found += _section(section, old.get(section.key), after[section.key])
    if not found:
        found += _unwritable(after)
    return found


def _number(after: Document) -> Iterable[Problem]:
    number = after.get("number")
    if number is None:
        return
    try:
        good = isinstance(number, str) and numbers.parse(number) == number
        code = "" if good else "client-number-unreadable"
    except Invalid as error:
        code = error.code
    if code:
        yield Problem("number", code, str(number))


def _section(section: Section, before: Any, after: Any) -> Iterable[Problem]:
    if not section.is_table:
        if not isinstance(after, dict):
            yield Problem(section.key, "section-shape", str(after)[:80])
        else:
            yield from _row(section, section.key, before if isinstance(before, dict) else {}, after)
        return
    if not isinstance(after, list) or (after and not is_table(after)):
        yield Problem(section.key, "section-shape", str(after)[:80])
        return
    old = {row.get("id"): row for row in before} if is_table(before) else {}
    for place, row in enumerate(after):
        known = old.get(row.get("id"), {})
        if row != known:
            yield from _row(section, f"{section.key}[{place}]", known, row)


def _row(section: Section, place: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Problem]:
    for field in section.fields:
        value = after.get(field.key)
        if value is None or value == "":
            if field.required and (not before or before.get(field.key)):
                yield Problem(f"{place}.{field.key}", "required")
        elif value != before.get(field.key) or _kind_changed(field, before, after):
            code = kind_of(field, after).check(value, field)
            if code and not kept_as_typed(field, after):
                yield Problem(f"{place}.{field.key}", code, _as_text(value), details=_bounds(field))


def kept_as_typed(field: Field, row: Mapping[str, Any]) -> bool:
    """Whether a value could not be read and is kept on purpose as it was typed: its row's `typed` says the same."""
    return field.key == "value" and row.get("typed") is not None and row.get("typed") == row.get("value")


def _kind_changed(field: Field, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return bool(field.kind_by) and field.kind_in(before) != field.kind_in(after)


def _bounds(field: Field) -> Mapping[str, Any]:
    if field.kind == "choice":
        return {"choices": [choice.code for choice in field.choices]}
    return {"least": field.least, "most": field.most} if field.least is not None or field.most is not None else {}


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _unwritable(after: Document) -> Iterable[Problem]:
    """Keys the schema doesn't know may hold anything that JSON can."""
    if _writable(after):
        return
    for key, value in after.items():
        if not _writable({key: value}):
            yield Problem(key, "value-unwritable")


def _writable(document: Document) -> bool:
    try:
        encode(document)
    except (ValueError, TypeError, RecursionError):
        return False
    return True
