"""A card while it is edited: values, texts that cannot be read yet, rows added and removed, the draft of it all."""

import copy
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from store.card import ENVELOPE, Document, Path, Row, display_name, rows
from store.errors import Invalid, Problem
from store.kinds import Reading
from store.schema import Field, Schema, Section
from tui.forms.edited_row import EditedRow

if TYPE_CHECKING:
    from store.drafts import Draft
    from store.journal import FieldChange


class Editing:
    """A document as an operator edits it. It is shown from here even while nothing was changed yet."""

    def __init__(
        self, document: Document, schema: Schema, reading: Reading, *, language: str = "en", new: bool = False
    ) -> None:
        """Begin to edit a document.

        Args:
            document: as it is stored, or a blank one; it is not changed.
            schema: the sections and fields.
            reading: how to read what is typed.
            language: the language values are shown in.
            new: the store does not have the document yet.
        """
        self.before = document
        """The document the operator started from: the base of the merge with what others saved meanwhile."""
        self.new = new
        self.number = str(document.get("number", ""))
        self.schema = schema
        self.reading = reading
        self.language = language
        self._rows = {section.key: _edited_rows(document, section) for section in schema.sections}

    # Reading it

    def rows(self, section: str) -> Sequence[EditedRow]:
        """The rows of a section, removed ones too; a form has one."""
        return self._rows[section]

    def row(self, section: str, at: int = 0) -> EditedRow:
        """One row of a section."""
        return self._rows[section][at]

    def text(self, section: str, at: int, field: Field) -> str:
        """What the input of that field begins with."""
        return self.row(section, at).text(field, self.language)

    @property
    def name(self) -> str:
        """The client's name as edited, or its number."""
        return display_name({**self._document(), "number": self.number})

    @property
    def changed(self) -> bool:
        """Whether there is anything to save; a new card counts only when something was typed."""
        return next(self._changes(), None) is not None

    @property
    def changes(self) -> "tuple[FieldChange, ...]":
        """What differs from the start, with the values before and after; of what cannot be read yet, the text.

        Each has its path: `person.last_name`, `contacts#k3f9.value`, `contacts[2]`.
        """
        return tuple(self._changes())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that keeps the card from being saved, each with the path of its field."""
        return tuple(
            replace(problem, path=str(Path(key, field, at if self._is_table(key) else None)))
            for key in self._rows
            for at, row in enumerate(self._kept(key))
            for field, problem in row.problems.items()
        )

    def after(self) -> Document:
        """The document to save. Raises Invalid where something typed cannot be read."""
        if unread := [problem for problem in self.problems if self._is_unread(problem.path)]:
            raise Invalid(unread)
        return self._document()

    def locate(self, path: str) -> tuple[str, int, str] | None:
        """Section, place among the rows and field of a problem's path; None where the card has no such field.

        Rows are counted in the document to be saved: those marked for removal are not in it.
        """
        try:
            place = Path.parse(path)
        except Invalid:
            return None
        for count, row in enumerate(self._kept(place.section) if place.section in self._rows else ()):
            if row.values.get("id") == place.row_id if place.row_id else count == (place.row or 0):
                return place.section, self._rows[place.section].index(row), place.field
        return None

    # Changing it

    def type(self, section: str, at: int, field: Field, text: str) -> None:
        """Take what was typed into a field (see `EditedRow.type`); the same text again changes nothing."""
        row = self.row(section, at)
        if text != row.text(field, self.language):
            row.removed = False  # who writes into a row wants it
            row.type(field, text, self._section(section), self.reading, self.language)

    def add_row(self, section: str) -> int:
        """Add a row with the section's defaults and return its place."""
        self._rows[section].append(EditedRow.fresh(self._section(section), self.reading))
        return len(self._rows[section]) - 1

    def remove_row(self, section: str, at: int) -> None:
        """Mark a row for removal, or take the mark off; a row added here in which nothing was typed goes at once."""
        if not self.drop_untouched(section, at):
            row = self.row(section, at)
            row.removed = not row.removed

    def drop_taken_off(self) -> None:
        """Drop the rows that were added here and taken off again (see `taken_off`)."""
        gone = taken_off(self)
        for key, edited in self._rows.items():
            self._rows[key] = [row for row in edited if row not in gone]

    def drop_untouched(self, section: str, at: int) -> bool:
        """Drop a row that was added and left as it began; returns whether it was."""
        row = self.row(section, at)
        if row.new and not row.typed and row.values == EditedRow.fresh(self._section(section), self.reading).values:
            del self._rows[section][at]
            return True
        return False

    def blame(self, problems: Sequence[Problem]) -> Problem | None:
        """Lay the store's problems at their fields; returns the first that belongs to none."""
        homeless = None
        for problem in problems:
            place = self.locate(problem.path)
            if place and place[2]:
                self.row(*place[:2]).problems[place[2]] = problem
            else:
                homeless = homeless or problem
        return homeless

    def rebased(self, current: Document, theirs: Collection[str]) -> Document:
        """The operator's changes laid over what is stored now.

        Args:
            current: the document as somebody else saved it.
            theirs: paths of the fields where the other's value is to stay.
        """
        document = copy.deepcopy(current)
        if self.number != self.before.get("number") and "number" not in theirs:
            document["number"] = self.number
        for section in self.schema.sections:
            for row in self._rows[section.key]:
                if row.touched or row.new:
                    _lay_over(document, section, row, theirs)
        return document

    # The draft of it

    def draft(self, serial: int | None) -> "Draft":
        """All that was typed, to outlive the program.

        Args:
            serial: the client's place in the store; None for a new one.
        """
        texts = {
            str(Path(key, field, at if self._is_table(key) else None)): text
            for key in self._rows
            for at, row in enumerate(self._kept(key))
            for field, text in row.typed.items()
        }
        from store.drafts import Draft

        before = None if self.new else self.before
        return Draft(str(self.before.get("uid", "")), serial, self._document(), before, texts)

    @classmethod
    def from_draft(cls, draft: "Draft", schema: Schema, reading: Reading, *, language: str = "en") -> Self:
        """What `draft` kept."""
        new = draft.before is None
        before = draft.before or {key: draft.document[key] for key in ENVELOPE if key in draft.document}
        editing = cls(before, schema, reading, language=language, new=new)
        editing.number = str(draft.document.get("number", ""))
        for section in schema.sections:
            editing._rows[section.key] = _resumed_rows(before, draft.document, section)
        for path, text in draft.texts.items():
            place = editing.locate(path)
            section_found = schema.section(place[0]) if place else None
            field = section_found.field(place[2]) if place and section_found else None
            if place and field:
                editing.type(place[0], place[1], field, text)
        return editing

    # How it is done

    def _section(self, key: str) -> Section:
        section = self.schema.section(key)
        if section is None:
            raise KeyError(key)
        return section

    def _is_table(self, key: str) -> bool:
        return self._section(key).is_table

    def _is_unread(self, path: str) -> bool:
        place = self.locate(path)
        return place is not None and place[2] in self.row(*place[:2]).typed

    def _kept(self, section: str) -> list[EditedRow]:
        return [row for row in self._rows[section] if not row.removed]

    def _changes(self) -> "Iterator[FieldChange]":
        from store.journal import FieldChange

        if self.number != (before := str(self.before.get("number", ""))):
            yield FieldChange("number", before, self.number)
        for key, edited in self._rows.items():
            for at, row in enumerate(edited):
                if row.removed if row.new else not row.touched:
                    continue
                place = _place(key, at, row, table=self._is_table(key))
                now = {**row.values, **row.typed}
                if row.new or row.removed:
                    yield FieldChange(str(place), None if row.new else row.start, None if row.removed else now)
                    continue
                for field in row.changed_fields():
                    path = str(Path(key, field, place.row, place.row_id))
                    yield FieldChange(path, row.start.get(field), now.get(field))

    def _document(self) -> Document:
        document = {**self.before, "number": self.number}
        for section in self.schema.sections:
            edited = self._rows[section.key]
            if not any(row.touched or row.new for row in edited):
                continue
            kept = [dict(row.values) for row in edited if not row.removed]
            value: Any = kept if section.is_table else kept[0]
            if value or section.key in self.before:
                document[section.key] = value
        return document


def taken_off(editing: Editing) -> list[EditedRow]:
    """The rows in which something was typed that were added and taken off again: no change, but typed all the same."""
    return [row for section in editing.schema.sections for row in editing.rows(section.key) if row.new and row.removed]


def _edited_rows(document: Document, section: Section) -> list[EditedRow]:
    found = [EditedRow.of(row) for row in rows(document, section.key)]
    return found if section.is_table or found else [EditedRow()]


def _resumed_rows(before: Document, document: Document, section: Section) -> list[EditedRow]:
    """The rows of a section as a draft left them: changed ones, removed ones, then those that were added."""
    left = list(rows(document, section.key))
    if not section.is_table:
        start = next(iter(rows(before, section.key)), {})
        return [EditedRow(start=dict(start), values=dict(left[0]) if left else {})]
    resumed: list[EditedRow] = []
    for start in rows(before, section.key):
        identity = start.get("id")
        end = next((row for row in left if (row.get("id") == identity if identity else row == start)), None)
        resumed.append(EditedRow(start=dict(start), values=dict(end or start), removed=end is None))
        if end is not None:
            left.remove(end)
    return [*resumed, *(EditedRow(values=dict(row), new=True) for row in left)]


def _place(section: str, at: int, row: EditedRow, *, table: bool) -> Path:
    if not table:
        return Path(section)
    identity = str(row.start.get("id", ""))
    return Path(section, row_id=identity) if identity else Path(section, row=at)


def _lay_over(document: Document, section: Section, row: EditedRow, theirs: Collection[str]) -> None:
    """Lay one edited row over the document as stored now."""
    identity = str(row.start.get("id", ""))
    whole = str(Path(section.key, row_id=identity)) if section.is_table else section.key
    there = _stored_row(document, section, row)
    if row.new:
        if not row.removed:
            document.setdefault(section.key, []).append(dict(row.values))
    elif whole in theirs:
        return
    elif row.removed:
        if there is not None:
            document[section.key].remove(there)
    elif there is None:  # somebody removed the row this operator changed, and the operator wants it
        document.setdefault(section.key, []).append(dict(row.values))
    else:
        _set_fields(there, row, [key for key in row.changed_fields() if f"{whole}.{key}" not in theirs])


def _set_fields(there: Row, row: EditedRow, keys: Sequence[str]) -> None:
    for key in keys:
        if key in row.values:
            there[key] = row.values[key]
        else:
            there.pop(key, None)


def _stored_row(document: Document, section: Section, row: EditedRow) -> Row | None:
    if not section.is_table:
        form: Row = document.setdefault(section.key, {})
        return form
    identity = row.start.get("id")
    for there in rows(document, section.key):
        if there.get("id") == identity if identity else there == row.start:
            return there
    return None
