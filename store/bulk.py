"""The same change to many cards: one changeset, so it is undone whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from store.card import Card, Document, Path, rows
from store.clients.steps import Edit
from store.errors import Conflict, Invalid, NotFound, Problem
from store.kinds import kind_of
from store.lazy import Lazy
from store.segments import segment_number

if TYPE_CHECKING:
    from store.door import Store
    from store.door import Written as Written
    from store.progress import Progress

Act = Literal["set", "clear", "add", "remove", "row"]

_TOLD_EACH = 256
_GONE = ("client-in-trash", "client-merged", "client-erased", "client-missing")


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What becomes of one place of each card."""

    act: Act
    """`set` and `clear` a field of a form; `add` tags to it or `remove` them; `row`: add a row to a table."""
    path: str
    """`person.source`, `tags.tags`; for `row` the section: `tasks`."""
    typed: tuple[tuple[str, str], ...] = ()
    """What was typed: for `row` by the field's key, else one pair whose key does not matter."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bulk edit would do."""

    edit: BulkEdit
    serials: tuple[int, ...]
    """The clients that would change."""
    alike: int
    """How many are so already."""
    left_out: int
    """How many are in the trash or gone."""


def plan(store: "Store", serials: Sequence[int], edit: BulkEdit, progress: "Progress | None" = None) -> Plan:
    """Look at the cards and tell which would change; nothing is written.

    Raises:
        Invalid: What was typed cannot be taken, or the place cannot be edited so (`bulk-impossible`).
    """
    change = _changer(store, edit)
    change(store.apply_typed({}, []))  # what is wrong with the typed value is wrong on every card
    changing: list[int] = []
    seen = 0
    wanted = sorted(set(serials))
    for seen, card in enumerate((card for card in store.cards(wanted) if not card.trashed), 1):
        if change(card.document) != card.document:
            changing.append(card.serial)
        if progress and seen % _TOLD_EACH == 0:
            progress(seen, len(wanted))
    return Plan(edit, tuple(changing), seen - len(changing), len(wanted) - seen)


def carry_out(store: "Store", planned: Plan, progress: "Progress | None" = None) -> "Written":
    """Change the cards of a plan, all or none. What others change meanwhile in other fields is kept.

    Those that went to the trash, were merged or erased meanwhile are left out.

    Raises:
        As `Store.write`.
    """
    while True:
        try:
            return _carried_out(store, planned, progress)
        except (Conflict, NotFound) as error:
            if error.code not in _GONE:
                raise
            left = plan(store, planned.serials, planned.edit)
            if len(left.serials) == len(planned.serials):
                raise
            planned = left


def _carried_out(store: "Store", planned: Plan, progress: "Progress | None") -> "Written":
    change = _changer(store, planned.edit)
    card = _Reader(store, planned.serials).card

    def edit_of(serial: int) -> Edit:
        document = card(serial).document
        return Edit(serial, document, change(document))

    return store.write(Lazy(planned.serials, edit_of), why="bulk", progress=progress)


class _Reader:
    """Reads cards in rising order of their serials, each segment once a pass."""

    def __init__(self, store: "Store", serials: Sequence[int]) -> None:
        self._store = store
        self._by_segment: dict[int, list[int]] = {}
        for serial in serials:
            self._by_segment.setdefault(segment_number(serial), []).append(serial)
        self._number = -1
        self._cards: dict[int, Card] = {}

    def card(self, serial: int) -> Card:
        """A card. Raises NotFound."""
        number = segment_number(serial)
        if number != self._number:
            self._cards = {card.serial: card for card in self._store.cards(self._by_segment[number])}
            self._number = number
        return self._cards.get(serial) or self._store.card(serial)


def _changer(store: "Store", edit: BulkEdit) -> Callable[[Document], Document]:
    """What makes the card that shall be of the card that is."""
    place = Path.parse(edit.path)
    section = store.schema.section(place.section)
    field = section.field(place.field) if section else None
    if section is None or (edit.act == "row") != (section.is_table and not place.field):
        raise _impossible(edit)
    if edit.act == "row":
        typed = [(f"{section.key}[+].{key}", text) for key, text in edit.typed if text.strip()]
        return lambda document: _with_row(store, document, section.key, typed)
    if field is None or section.is_table:
        raise _impossible(edit)
    text = edit.typed[0][1] if edit.typed else ""
    if edit.act == "set":
        if not text.strip():
            raise Invalid([Problem(edit.path, "required", text)])
        return lambda document: store.apply_typed(document, [(edit.path, text)])
    if edit.act == "clear":
        return lambda document: _without(document, section.key, field.key)
    if field.kind != "tags":
        raise _impossible(edit)
    tags: list[str] = kind_of(field, {}).read(text, field, store.reading) or []
    if not tags:
        raise Invalid([Problem(edit.path, "required", text)])
    adding = edit.act == "add"
    return lambda document: _with_tags(document, section.key, field.key, tags, adding=adding)


def _impossible(edit: BulkEdit) -> Invalid:
    return Invalid([Problem(edit.path, "bulk-impossible", edit.act)])


def _with_row(store: "Store", document: Document, section: str, typed: Sequence[tuple[str, str]]) -> Document:
    if not typed:
        raise Invalid([Problem(section, "required", "")])
    made = store.apply_typed(document, typed)
    *before, row = rows(made, section)
    # Done twice by mistake, it is there once.
    if any({key: value for key, value in known.items() if key != "id"} == row for known in before):
        return document
    return made


def _without(document: Document, section: str, field: str) -> Document:
    form = document.get(section)
    if not isinstance(form, dict) or field not in form:
        return document
    return {**document, section: {key: value for key, value in form.items() if key != field}}


def _with_tags(document: Document, section: str, field: str, tags: Sequence[str], *, adding: bool) -> Document:
    form = document.get(section)
    form = form if isinstance(form, dict) else {}
    held = form.get(field)
    known = [str(tag) for tag in held] if isinstance(held, list) else []
    meant = {tag.casefold() for tag in tags}
    if adding:
        have = {tag.casefold() for tag in known}
        left = [*known, *(tag for tag in tags if tag.casefold() not in have)]
    else:
        left = [tag for tag in known if tag.casefold() not in meant]
    if left == known:
        return document
    return {**document, section: {**form, field: left}} if left else _without(document, section, field)
