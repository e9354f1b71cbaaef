"""Why a client is in a found list: which letters of the name were meant, and what else was found where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.card import Document, Path, rows
from store.errors import Invalid
from store.query import All, Any, Condition, Node, Not, Query
from store.schema import Schema, Section
from tui.forms.wording import shown
from tui.i18n import _
from tui.i18n.labels import ENVELOPE, choice_label, field_label, path_label, section_label
from tui.terminal.safe import marked, safe

if TYPE_CHECKING:
    from store.index.matching import Match
    from store.index.tables import ListRow, Owner

NAMES = ("last_name", "first_name", "patronymic")
"""Fields of a person that the list shows."""

BEFORE, LONGEST = 6, 28
"""Letters of a long value shown before the first that was found, and in all."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a client is in the list."""

    hits: tuple[Span, ...] | None = ()
    """Letters of the listed name that were found, as places of their first and behind their last; None: not known."""
    text: str = ""
    """Why, as short as can be; empty where the name tells."""
    where: str = ""
    """The same with the whole value, for where there is room for it."""
    first: int = 0
    """The place in `text` of the first letter that was found."""
    value: str = ""
    """What the list goes by, where that is not the name."""


def listed_reason(row: "ListRow", schema: Schema, query: Query, how: str = "") -> tuple[bool, Reason]:
    """Why a client was found, as far as what the list knows tells it; and whether that is all there is to tell.

    Args:
        row: the client as listed.
        schema: names the fields.
        query: what was looked for in that part of the list.
        how: how that part of the list was found; empty as asked.
    """
    asked = _asked(query, how)
    if asked.is_empty:
        return True, Reason()
    # Here: the card pane imports this module, and not every card was searched for.
    from store.index.matching import told

    named = {"number": row.number, "person": {NAMES[0]: row.name}}
    is_told, matches = told(named, schema, asked, how)
    hits = tuple(span for match in matches if match.path != "number" for span in match.spans)
    if any(match.how == "language" for match in matches):
        other = " ".join(row.name[start:end] for start, end in hits)
        text = _("name in another language: {name}").format(name=safe(other))
        return True, Reason(hits, text, where=text)
    listed = Reason(hits, where=_slip(how, query))
    if is_told:
        return True, listed
    known = {
        **named,
        "contacts": [{"kind": "phone", "value": row.phone}],
        "addresses": [{"city": row.city}],
    }
    is_told, matches = told(known, schema, asked, how)
    best = next(filter(_tells_more, matches), None)
    return is_told, _told_by(best, known, schema, query, how, listed) if is_told and best else listed


def card_reason(
    document: Document,
    schema: Schema,
    query: Query,
    how: str,
    listed: Reason,
    former: "Callable[[], Sequence[Owner]]" = tuple,
) -> Reason:
    """Why a card was found of which the list does not tell it.

    Args:
        document: the card.
        schema: names the fields.
        query: what was looked for in that part of the list.
        how: how that part of the list was found; empty as asked.
        listed: the reason as far as the list tells it.
        former: gives the numbers and identifiers the client had (`Index.former`); asked where the card does not tell.
    """
    from store.index.matching import matched

    asked = _asked(query, how)
    found = list(filter(_tells_more, matched(document, schema, asked, how=how)))
    if how == "field":  # what was found so is a figure
        found.sort(key=lambda match: not any(map(str.isdigit, match.value)))
    best = found[0] if found else None
    best = best or next(filter(_tells_more, matched(document, schema, asked, former(), how)), None)
    return _told_by(best, document, schema, query, how, listed) if best else listed


def _told_by(best: "Match", document: Document, schema: Schema, query: Query, how: str, listed: Reason) -> Reason:
    where = "; ".join(filter(None, (_whole(document, schema, best), _slip(how, query))))
    text, first = _short(document, schema, best)
    return Reason(listed.hits, text, where, first)


def _asked(query: Query, how: str) -> Query:
    """What is asked for besides conditions: who asks for a city knows that it is theirs, unless nobody named it."""
    if how == "field":
        nodes = query.root.nodes if isinstance(query.root, All) else (query.root,)
        return replace(query, root=All(tuple(each for each in nodes if not isinstance(each, Condition | Not))))
    return replace(query, root=_without_filters(query.root))


def _without_filters(node: Node) -> Node:
    match node:
        case All(nodes):
            return All(tuple(left for each in nodes if (left := _without_filters(each)) != All(())))
        case Any(nodes):
            asked = tuple(left for each in nodes if (left := _without_filters(each)) != All(()))
            return Any(asked) if asked else All(())
        case Condition() | Not():
            return All(())
    return node


def _tells_more(match: "Match") -> bool:
    return match.how == "old" or match.path not in {"number", *(f"person.{key}" for key in NAMES)}


def _slip(how: str, query: Query) -> str:
    """How a part of the list was found, which its heading in the list says too."""
    match how:
        case "part":
            return _("inside a word")
        case "layout":
            return _("layout: {words}").format(words=" ".join(query.typed.split()))
        case "typo":
            return _("1 typing error")
        case "language":
            return _("name in another language")
        case "both":
            return _("1 typing error, another language")
        case "field":
            return _("in a field not looked into otherwise")
        case "shorter":
            return _("by “{words}” alone").format(words=" ".join(query.typed.split()))
    return ""


def _short(document: Document, schema: Schema, match: "Match") -> tuple[str, int]:
    """Field and value in a few letters, and where the first that was found stands.

    A value that is too long is cut where the first found letters are seen.
    """
    value, first = marked(match.value), match.spans[0][0] if match.spans else 0
    start = 0
    if _is_phone(match):
        # Of a number in pieces the last: country and network are everybody's.
        start = first = match.spans[-1][0] if match.spans else 0
    elif len(value) > LONGEST:
        start = value.rfind(" ", 0, max(0, first - BEFORE)) + 1
        if first - start > LONGEST - BEFORE:
            start = first - BEFORE  # an address has no blanks
    if start > 0:
        value = "…" + value[start:]
        first += 1 - start
    label = safe(_label(document, schema, match))
    return safe(f"{label} {value[: LONGEST + 1]}"), len(label) + 1 + first


def _is_phone(match: "Match") -> bool:
    return match.value[:1] == "+" and match.value[1:].isdigit() and match.path.startswith("contacts")


def _label(document: Document, schema: Schema, match: "Match") -> str:
    place, section = _place(schema, match.path)
    field = section.field(place.field) if section and place else None
    if match.how == "old":
        return _("former")
    if match.path in ENVELOPE:
        return _small(_(ENVELOPE[match.path]))
    if place is None or section is None or field is None:
        return _small(path_label(schema, match.path))
    deciding = section.field(field.kind_by or "kind") if field.key == "value" else None
    if deciding is not None:
        known = rows(document, section.key)
        row = known[place.row or 0] if (place.row or 0) < len(known) else {}
        return choice_label(section, deciding, str(row.get(deciding.key, "")))
    return _small(field_label(section, field))


def _whole(document: Document, schema: Schema, match: "Match") -> str:
    """Section and value in words."""
    text = _section_and_value(document, schema, match)
    match match.how:
        case "layout":
            return _("{where} (in another keyboard layout)").format(where=text)
        case "old":
            return _("{where} (old)").format(where=text)
    return text


def _section_and_value(document: Document, schema: Schema, match: "Match") -> str:
    place, section = _place(schema, match.path)
    field = section.field(place.field) if section and place else None
    if place is None or section is None or field is None:
        return f"{path_label(schema, match.path)}: {match.value}"
    there = rows(document, section.key)
    row = there[place.row or 0] if (place.row or 0) < len(there) else {}
    known = row.get(field.key) == match.value
    return f"{section_label(section)}: {shown(match.value, section, field, row, {}) if known else match.value}"


def _place(schema: Schema, path: str) -> tuple[Path | None, Section | None]:
    try:
        place = Path.parse(path)
    except Invalid:
        return None, None
    return place, schema.section(place.section)


def _small(label: str) -> str:
    return label[:1].lower() + label[1:]
