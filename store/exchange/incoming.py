"""A row of a file brought to a document: each cell read by its kind, what cannot be read kept and reported."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from store import numbers
from store.card import Document, Row
from store.clients.typed import CURRENCY, currency_in, read_value
from store.clients.validation import kept_as_typed
from store.errors import Invalid, Problem
from store.exchange.addresses import split_address
from store.exchange.cells import loses_time, of_table, parts
from store.exchange.headers import Column, Target
from store.exchange.lossless import unflatten
from store.exchange.names import split_name
from store.exchange.phones import e164, phones_in
from store.kinds import KINDS, Reading, kind_of
from store.schema import Field, Schema, Section

_BLANKS = frozenset(("", "-", "–", "—", "n/a", "#n/a", "null", "none", "nan"))
"""What stands in a cell of a phone, a date … where there is none."""
_CACHED = 50_000
_SHOWN = 80

Place = tuple[str, str, tuple[tuple[str, str], ...]]
"""Which row of which table: section, group of columns, what else the row says."""


@dataclass(slots=True)
class Incoming:
    """What one row of a file says of one client."""

    number: int
    """The row in the file."""
    document: Document = field(default_factory=dict)
    """Without the envelope but for what the file itself gave."""
    problems: list[Problem] = field(default_factory=list)
    read: bool = True
    """Every value was read by its kind; False: taken over as it stands, and to be checked."""
    unreadable: Problem | None = None
    """Why nothing of the row can be taken."""
    left: list[str] = field(default_factory=list)
    """What no field could take, as lines for the notes."""

    def keep(self, header: str, path: str, value: str, code: str = "", **details: Any) -> None:
        """Keep a value in the notes, and report it where a code says why."""
        self.left.append(f"{header}: {value}" if header else value)
        if code:
            self.report(path, code, value, header=header, **details)

    def report(self, path: str, code: str, value: str, **details: Any) -> None:
        """Say what is wrong with a value."""
        self.problems.append(Problem(path, code, value, self.number, details))


@dataclass(slots=True)
class _Gathered:
    """Cells of one row waiting for the others they belong with."""

    rows: dict[Place, dict[str, tuple[str, str]]] = field(default_factory=dict)
    """Field -> header and cell, of the rows of tables."""
    own: dict[str, dict[int | None, dict[str, str]]] = field(default_factory=dict)
    extra: str = ""
    name: tuple[str, str] = ("", "")


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, schema: Schema, columns: Sequence[Column], reading: Reading) -> None:
        self._schema = schema
        self._columns = columns
        self._reading = reading
        self._known: dict[tuple[str, str, str, str], Any] = {}
        self._special: Mapping[str, Callable[[Incoming, _Gathered, Column, str], None]] = {
            "name": self._take_name,
            "address": self._take_address,
            "number": self._take_number,
            "uid": self._take_envelope,
            "created": self._take_envelope,
            "extra": self._take_extra,
        }

    def read(self, number: int, cells: Sequence[str]) -> Incoming:
        """The document a row comes to; an empty one where nothing is said.

        Args:
            number: The row in the file.
            cells: As they stand in the file.
        """
        incoming = Incoming(number)
        gathered = _Gathered()
        for place, cell in enumerate(cells):
            if not cell:
                continue
            if place < len(self._columns):
                self._take(incoming, gathered, self._columns[place], cell)
            elif not cell.isspace():
                incoming.keep("", "", cell.strip(), "cell-without-header", column=place + 1)
        if gathered.own or gathered.extra:
            self._settle_own(incoming, gathered)
        for where, texts in gathered.rows.items():
            self._settle_row(incoming, where, texts)
        if gathered.name[1]:
            self._settle_name(incoming, *gathered.name)
        for cell in cells:
            if "\ufffd" in cell:
                incoming.report("", "letters-unreadable", cell.strip()[:_SHOWN])
        if incoming.left:
            notes = incoming.document.setdefault("notes", {})
            notes["text"] = "\n".join(filter(None, (notes.get("text", ""), *incoming.left)))
        return incoming

    def _take(self, incoming: Incoming, gathered: _Gathered, column: Column, cell: str) -> None:
        target = column.target
        if target and target.is_own:
            row = gathered.own.setdefault(target.section, {}).setdefault(target.place, {})
            if row.setdefault(target.field, cell) != cell:
                incoming.keep(column.header, target.path, cell.strip(), "field-given-twice")
        elif cell.isspace() or (target and target.section == "-"):
            return
        elif target is None:
            incoming.keep(column.header, "", cell.strip())
        elif not target.field:
            self._special[target.section](incoming, gathered, column, cell)
        elif target.section == "contacts" and target.field == "value":
            self._take_contacts(incoming, gathered, column, target, cell)
        else:
            self._take_field(incoming, gathered, column, target, cell)

    def _take_field(self, incoming: Incoming, gathered: _Gathered, column: Column, target: Target, cell: str) -> None:
        section = self._schema.section(target.section)
        wanted = section.field(target.field) if section else None
        if section is None or wanted is None:
            incoming.keep(column.header, target.path, cell.strip())
        elif section.is_table:
            row = gathered.rows.setdefault((section.key, target.group, target.preset), {})
            _, first = row.setdefault(wanted.key, (column.header, cell))
            if first.strip() != cell.strip():
                # Two columns for one field: the first stands, the other is not lost.
                incoming.keep(column.header, target.path, cell.strip(), "field-given-twice")
        else:
            self._put(incoming, section, incoming.document.setdefault(section.key, {}), wanted, column.header, cell)
            if not incoming.document[section.key]:
                del incoming.document[section.key]

    def _put(self, incoming: Incoming, section: Section, row: Row, wanted: Field, header: str, cell: str) -> None:
        """Read a cell into a field of a row, or keep it in the notes."""
        try:
            value = self.value(section, wanted, row, cell)
        except Invalid as error:
            if cell.strip().casefold() not in _BLANKS:
                problem = error.problems[0]
                path = f"{section.key}.{wanted.key}"
                incoming.keep(header, path, cell.strip(), problem.code, **problem.details)
            return
        if value is None:
            return
        if wanted.kind in ("date", "birthday") and loses_time(cell, with_time=wanted.with_time):
            incoming.keep(header, f"{section.key}.{wanted.key}", cell.strip())
        if wanted.kind == "note" and row.get(wanted.key):
            value = f"{row[wanted.key]}\n{value}"
        elif wanted.kind == "tags" and row.get(wanted.key):
            value = list(dict.fromkeys([*row[wanted.key], *value]))
        elif row.get(wanted.key, value) != value:
            incoming.keep(header, f"{section.key}.{wanted.key}", cell.strip(), "field-given-twice")
            return
        row[wanted.key] = value

    def value(self, section: Section, wanted: Field, row: Row, cell: str) -> Any:
        """The value of a cell by its kind; Invalid where it cannot be read. Values are remembered: files repeat."""
        kind = kind_of(wanted, row).name
        key = (section.key, wanted.key, kind, cell)
        found = self._known.get(key)
        if found is None:
            try:
                found = read_value(
                    section, wanted, row, of_table(cell, kind, with_time=wanted.with_time), self._reading
                )
            except Invalid as error:
                found = error
            if len(self._known) >= _CACHED:
                self._known.clear()
            self._known[key] = found
        if isinstance(found, Invalid):
            raise found
        return list(found) if isinstance(found, list) else found

    def _take_contacts(
        self, incoming: Incoming, gathered: _Gathered, column: Column, target: Target, cell: str
    ) -> None:
        if cell.strip().casefold() in _BLANKS:
            return
        preset = dict(target.preset)
        kind = preset.get("kind", "phone")
        rows = incoming.document.setdefault("contacts", [])
        if KINDS.get(kind) is KINDS["phone"]:
            found = self._phones(incoming, column.header, cell)
        else:
            found = [self._contact(incoming, column.header, kind, part) for part in parts(cell, kind)]
        for row in found:
            row = {**preset, **row}
            if not any(row["value"] == known["value"] and row["kind"] == known["kind"] for known in rows):
                rows.append(row)
        if target.group and found:
            # "Phone 1 - Label" has its say when all cells are in, about every number of "Phone 1 - Value".
            texts = gathered.rows.setdefault(("contacts", target.group, target.preset[:1]), {})
            texts["value"] = ("", "\n".join(row["value"] for row in found))

    def _phones(self, incoming: Incoming, header: str, cell: str) -> list[Row]:
        rows: list[Row] = []
        for phone in phones_in(cell, self._reading.region):
            row: Row = {"kind": phone.kind, "value": phone.value or phone.typed}
            if not phone.value:
                incoming.report("contacts.value", "phone-unreadable", phone.typed, header=header)
            if phone.label:
                row["label"] = phone.label
            if phone.note:
                row["note"] = phone.note
            if phone.typed != phone.value:
                row["typed"] = phone.typed
            rows.append(row)
        return rows

    def _contact(self, incoming: Incoming, header: str, kind: str, part: str) -> Row:
        section = self._schema.section("contacts")
        wanted = section.field("value") if section else None
        row: Row = {"kind": kind}
        if section is None or wanted is None:
            return {**row, "value": part}
        if wanted.kind_in(row) == "phone" and (value := e164(part, self._reading.region)):
            return {**row, "value": value, **({"typed": part} if part != value else {})}
        try:
            return {**row, "value": self.value(section, wanted, row, part)}
        except Invalid as error:
            incoming.report("contacts.value", error.code, part, header=header)
            return {**row, "value": part, "typed": part}

    def _take_name(self, incoming: Incoming, gathered: _Gathered, column: Column, cell: str) -> None:
        if gathered.name[1]:
            if cell.strip() != gathered.name[1]:
                incoming.keep(column.header, "person", cell.strip())
            return
        gathered.name = (column.header, cell.strip())

    def _settle_name(self, incoming: Incoming, header: str, cell: str) -> None:
        """A whole name fills what the columns of its parts left open."""
        person = incoming.document.get("person", {})
        given = [key for key in ("last_name", "first_name", "patronymic") if person.get(key)]
        found = split_name(cell)
        if given:
            words = {word.casefold() for key in given for word in person[key].split()}
            if not set(cell.casefold().replace(",", " ").split()) <= words:
                incoming.keep(header, "person", cell)
        elif person.get("company") and "company" in found:
            if person["company"] != found["company"]:
                incoming.keep(header, "person", cell)
        else:
            incoming.document["person"] = {**found, **person}

    def _take_address(self, incoming: Incoming, gathered: _Gathered, column: Column, cell: str) -> None:
        row = gathered.rows.setdefault(("addresses", "", ()), {})
        for key, value in split_address(cell, whole="city" in row).items():
            if key in row:
                incoming.keep(column.header, "addresses", value)
            else:
                row[key] = (column.header, value)

    def _take_number(self, incoming: Incoming, gathered: _Gathered, column: Column, cell: str) -> None:
        """A client number; in a foreign file only with its letter, as one in ten of others' numbers looks like ours."""
        typed = cell.strip()
        if column.header == "number" or typed[:1] in "KkКк":
            try:
                incoming.document["number"] = numbers.parse(typed)
            except Invalid as error:
                incoming.keep(column.header, "number", typed, error.code)
        elif value := e164(typed, self._reading.region):
            row = {"kind": "phone", "value": value, **({"typed": typed} if typed != value else {})}
            incoming.document.setdefault("contacts", []).append(row)
        else:
            identifier = {"kind": "account", "value": " ".join(typed.split())}
            incoming.document.setdefault("identifiers", []).append(identifier)

    def _take_envelope(self, incoming: Incoming, gathered: _Gathered, column: Column, cell: str) -> None:
        incoming.document[column.target.section if column.target else ""] = cell

    def _take_extra(self, incoming: Incoming, gathered: _Gathered, column: Column, cell: str) -> None:
        gathered.extra = cell

    def _settle_row(self, incoming: Incoming, where: Place, texts: Mapping[str, tuple[str, str]]) -> None:
        """Make a row of a table of its cells."""
        section = self._schema.section(where[0])
        if section is None:
            return
        if section.key == "contacts":
            self._settle_label(incoming, section, texts)
            return
        row: Row = dict(where[2])
        deciding = {wanted.kind_by for wanted in section.fields if wanted.kind_by}
        for key in sorted(texts, key=lambda key: key not in deciding):
            wanted = section.field(key)
            if wanted:
                self._put(incoming, section, row, wanted, *texts[key])
        if row == dict(where[2]):
            return
        if section.key == "purchases" and "amount" in row:
            header, cell = texts["amount"]
            named = currency_in(cell)
            if row.setdefault(CURRENCY, named or "UAH") != (named or row[CURRENCY]):
                incoming.keep(header, "purchases.amount", cell.strip(), "money-currency")
        for wanted in section.fields:
            if wanted.required and wanted.key not in row and wanted.default is not None:
                today = wanted.default == "today" and wanted.kind == "date"
                if today and texts.get(wanted.key, ("", ""))[1].strip().casefold() not in _BLANKS:
                    continue  # a day that was given and could not be read must not become today
                row[wanted.key] = self._reading.today.isoformat() if today else wanted.default
        missing = next((wanted for wanted in section.fields if wanted.required and wanted.key not in row), None)
        if missing:
            for key, (header, cell) in texts.items():
                if key != missing.key:  # it was kept when it could not be read
                    incoming.keep(header, f"{section.key}.{missing.key}", cell.strip())
            if missing.key not in texts:
                incoming.report(f"{section.key}.{missing.key}", "required", "")
        else:
            incoming.document.setdefault(section.key, []).append(row)

    def _settle_label(self, incoming: Incoming, section: Section, texts: Mapping[str, tuple[str, str]]) -> None:
        if "value" not in texts:
            return
        wanted = section.field("label")
        if wanted is None or "label" not in texts:
            return
        values = texts["value"][1].split("\n")
        labelled = [row for row in incoming.document.get("contacts", []) if row["value"] in values]
        if labelled:
            self._put(incoming, section, labelled[0], wanted, *texts["label"])
        for row in labelled[1:]:
            if label := labelled[0].get("label"):
                row.setdefault("label", label)

    def _settle_own(self, incoming: Incoming, gathered: _Gathered) -> None:
        """The columns of our own export: exact where the value is fit as it stands, else read as typed."""
        incoming.read = False
        try:
            made = unflatten(gathered.own, gathered.extra, self._schema)
        except Invalid as error:
            incoming.keep("extra", "extra", gathered.extra, error.code)
            made = unflatten(gathered.own, "", self._schema)
        for key, value in made.items():
            section = self._schema.section(key)
            if section and section.is_table and isinstance(value, list):
                rows = [self._checked(incoming, section, row) for row in value if isinstance(row, dict)]
                incoming.document[key] = [*rows, *incoming.document.get(key, ())]
            elif section and not section.is_table and isinstance(value, dict):
                incoming.document[key] = {**incoming.document.get(key, {}), **self._checked(incoming, section, value)}
            elif section:
                # A table where a form is to be, or the other way round: not in a card, and not lost.
                incoming.keep("extra", key, json.dumps(value, ensure_ascii=False), "extra-unreadable")
            else:
                incoming.document[key] = value

    def _checked(self, incoming: Incoming, section: Section, row: Row) -> Row:
        made = dict(row)
        if section.is_table:
            # First: what a value is may be decided by another field of its row.
            self._fill_required(section, made)
        for wanted in section.fields:
            value = row.get(wanted.key)
            if value is None or value == "":
                continue
            if kind_of(wanted, made).check(value, wanted) is None or kept_as_typed(wanted, made):
                continue
            del made[wanted.key]
            if isinstance(value, list):
                value = ", ".join(map(str, value))
            if section.key == "contacts" and wanted.key == "value":
                made.update(self._contact(incoming, f"{section.key}.value", str(made.get("kind", "phone")), str(value)))
            else:
                self._put(incoming, section, made, wanted, f"{section.key}.{wanted.key}", str(value))
        return made

    def _fill_required(self, section: Section, row: Row) -> None:
        for wanted in section.fields:
            if wanted.required and row.get(wanted.key) in (None, "") and wanted.default not in (None, "today"):
                row[wanted.key] = wanted.default
