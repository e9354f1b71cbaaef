"""The difference of two documents by path, applied and reversed.

Forms differ by field, tables by row (each has a lasting `id`) and field, everything else as a whole.
A key whose value is None is the same as no key.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeGuard

from store.card import Document, Row
from store.journal.changes import FieldChange

KEPT = frozenset(("uid", "revision", "created", "updated"))
"""Keys of a document that no change is about."""


def difference(before: Document, after: Document) -> tuple[FieldChange, ...]:
    """What leads from one document to the other. Every row of a table must have an `id` (`identify`)."""
    changes: list[FieldChange] = []
    for key in dict.fromkeys((*before, *after)):
        if key not in KEPT:
            changes += _part(_escaped(key), before.get(key), after.get(key))
    return tuple(changes)


def apply(document: Document, changes: Iterable[FieldChange]) -> Document:
    """The document with the changes made to it; what is not there to be changed is made.

    The document itself is left as it was. Adding a row that is there replaces it.
    """
    made = dict(document)
    touched: set[str] = set()
    # Orders last: a row that is put back must be there to be put in its place.
    for change in sorted(changes, key=is_order):
        section, row, field = _split(change.path)
        if section not in touched:
            made[section] = _copy(made.get(section))
            touched.add(section)
        value = made[section]
        if row:
            made[section] = _with_row(value if is_table(value) else [], row, field, change.after)
        elif field:
            form: dict[str, Any] = value if isinstance(value, dict) else {}
            _set(form, field, change.after)
            made[section] = form
        elif is_order(change) and (not value or is_table(value)):
            made[section] = in_order(value or [], change.after)
        else:
            made[section] = change.after
    for section in touched:
        if made[section] is None or made[section] == {} or made[section] == []:
            del made[section]
    return made


def reversed_changes(changes: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    """The changes that take the others back. In the same order: rows come back in the one they had."""
    return tuple(FieldChange(change.path, change.after, change.before) for change in changes)


def value_at(document: Document, path: str) -> Any:
    """The value a change of that path is about; None where there is none."""
    section, row, field = _split(path)
    value = document.get(section)
    if row:
        found = next((item for item in value if item.get("id") == row), None) if is_table(value) else None
        return found.get(field) if found is not None and field else found
    if field:
        return value.get(field) if isinstance(value, dict) else None
    return value


def is_table(value: Any) -> TypeGuard[list[Row]]:
    """Whether a section's value is rows (and not a list of something else)."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def in_order(rows: Sequence[Row], order: Sequence[str]) -> list[Row]:
    """The rows in that order of ids; those it does not name keep their places behind the one they followed."""
    place = {row_id: number for number, row_id in enumerate(order)}
    keys: list[tuple[int, int]] = []
    last = -1
    for number, row in enumerate(rows):
        last = place.get(str(row.get("id")), last)
        keys.append((last, number))
    return [row for _, row in sorted(zip(keys, rows, strict=True), key=lambda pair: pair[0])]


def _part(key: str, before: Any, after: Any) -> Iterable[FieldChange]:
    if before == after:
        return
    if _is_rows(before) and _is_rows(after):
        yield from _table(key, before or [], after or [])
    elif _is_form(before) and _is_form(after):
        yield from _fields(key, before or {}, after or {})
    else:
        yield FieldChange(key, before, after)


def _is_rows(value: Any) -> bool:
    return value is None or value == [] or is_table(value)


def _is_form(value: Any) -> bool:
    return value is None or isinstance(value, dict)


def is_order(change: FieldChange) -> bool:
    """Whether a change is about the order of a table's rows and nothing else."""
    if "." in change.path or "#" in change.path:
        return False
    return all(
        isinstance(value, list) and value and all(isinstance(row_id, str) for row_id in value)
        for value in (change.before, change.after)
    )


def _fields(prefix: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[FieldChange]:
    for field in dict.fromkeys((*before, *after)):
        if before.get(field) != after.get(field):
            yield FieldChange(f"{prefix}.{field}", before.get(field), after.get(field))


def _table(key: str, before: Sequence[Row], after: Sequence[Row]) -> Iterable[FieldChange]:
    old = {str(row["id"]): row for row in before}
    new = {str(row["id"]): row for row in after}
    for row_id, row in old.items():
        if row_id not in new:
            yield FieldChange(f"{key}#{row_id}", row, None)
    for row_id, row in new.items():
        if row_id not in old:
            yield FieldChange(f"{key}#{row_id}", None, row)
        else:
            yield from _fields(f"{key}#{row_id}", old[row_id], row)
    # The order is said only where adding at the end and taking away don't bring it about, there or back.
    common = [row_id for row_id in old if row_id in new]
    forth = common + [row_id for row_id in new if row_id not in old]
    back = common + [row_id for row_id in old if row_id not in new]
    if list(new) != forth or list(old) != back:
        yield FieldChange(key, list(old), list(new))


def _split(path: str) -> tuple[str, str, str]:
    """Section, row id and field of a path of the journal."""
    place, _, field = path.partition(".")
    section, _, row = place.partition("#")
    return _unescaped(section), row, field


def _escaped(key: str) -> str:
    """A section's key in a path: another hand's may hold what divides a path."""
    if "." in key or "#" in key or "%" in key:
        return key.replace("%", "%25").replace(".", "%2E").replace("#", "%23")
    return key


def _unescaped(key: str) -> str:
    return key.replace("%23", "#").replace("%2E", ".").replace("%25", "%") if "%" in key else key


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return dict(value)
    if is_table(value):
        return [dict(row) for row in value]
    return value


def _set(holder: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        holder.pop(key, None)
    else:
        holder[key] = value


def _with_row(rows: list[Row], row_id: str, field: str, value: Any) -> list[Row]:
    found = next((number for number, row in enumerate(rows) if row.get("id") == row_id), None)
    if field:
        if found is None:
            rows.append({"id": row_id})
            found = -1
        _set(rows[found], field, value)
    elif value is None:
        if found is not None:
            del rows[found]
    elif found is None:
        rows.append(dict(value))
    else:
        rows[found] = dict(value)
    return rows
