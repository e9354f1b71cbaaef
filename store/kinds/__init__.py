"""The kinds a field can be of. A new kind is one class and a line here."""

from collections.abc import Mapping
from typing import Any

from store.kinds.amounts import MoneyKind, NumberKind
from store.kinds.choices import ChoiceKind, TagsKind, YesNoKind
from store.kinds.contacts import EmailKind, LinkKind, PhoneKind
from store.kinds.dates import BirthdayKind, DateKind
from store.kinds.kind import Kind, Reading
from store.kinds.texts import ClientKind, IdentifierKind, NoteKind, TextKind
from store.schema import Field

__all__ = ["KINDS", "Kind", "Reading", "kind_of"]

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        TextKind(),
        NoteKind(),
        NumberKind(),
        MoneyKind(),
        DateKind(),
        BirthdayKind(),
        ChoiceKind(),
        TagsKind(),
        PhoneKind(),
        EmailKind(),
        LinkKind(),
        IdentifierKind(),
        ClientKind(),
        YesNoKind(),
    )
}


def kind_of(field: Field, row: Mapping[str, Any]) -> Kind:
    """The kind of a field in a row; a kind this version doesn't know is text."""
    return KINDS.get(field.kind_in(row)) or KINDS["text"]
