"""What the standard card's sections, fields, choices and the reasons of changes are called.

Those an operator added carry their own labels in the schema; where one has none in the language spoken, its key
is shown.
"""

from collections.abc import Mapping

from store.card import Path
from store.errors import Invalid
from store.schema import Field, Labels, Schema, Section
from tui.i18n import N_, _, language

SECTIONS: Mapping[str, str] = {
    "person": N_("Person"),
    "contacts": N_("Contacts"),
    "identifiers": N_("Identifiers"),
    "addresses": N_("Addresses"),
    "purchases": N_("Purchases"),
    "interactions": N_("Conversations"),
    "tasks": N_("Tasks"),
    "preferences": N_("Preferences"),
    "feedback": N_("Feedback"),
    "consents": N_("Consents"),
    "relations": N_("Relations"),
    "tags": N_("Tags"),
    "notes": N_("Notes"),
}

ENVELOPE: Mapping[str, str] = {
    "uid": N_("Permanent key"),
    "number": N_("Client number"),
    "revision": N_("Revision"),
    "created": N_("Created"),
    "updated": N_("Changed"),
}

_COMMON_FIELDS: Mapping[str, str] = {
    "kind": N_("Kind"),
    "value": N_("Value"),
    "label": N_("Label"),
    "note": N_("Note"),
    "date": N_("Date"),
    "text": N_("Text"),
    "status": N_("Status"),
    "since": N_("Since"),
    "until": N_("Until"),
    "channel": N_("Channel"),
}
"""Fields that mean the same in several sections; a section's own word stands in `_FIELDS`."""

_FIELDS: Mapping[str, Mapping[str, str]] = {
    "person": {
        "last_name": N_("Last name"),
        "first_name": N_("First name"),
        "patronymic": N_("Patronymic"),
        "birth_date": N_("Birth date"),
        "sex": N_("Sex"),
        "language": N_("Language"),
        "company": N_("Company"),
        "position": N_("Position"),
        "source": N_("Came from"),
    },
    "contacts": {"main": N_("Main"), "typed": N_("As typed")},
    "identifiers": {"value": N_("Identifier")},
    "addresses": {
        "country": N_("Country"),
        "region": N_("Region"),
        "city": N_("City"),
        "street": N_("Street"),
        "house": N_("House"),
        "flat": N_("Flat"),
        "postcode": N_("Postcode"),
    },
    "purchases": {
        "item": N_("Item"),
        "quantity": N_("Quantity"),
        "amount": N_("Amount"),
        "currency": N_("Currency"),
    },
    "interactions": {"direction": N_("Direction"), "by": N_("Handled by")},
    "tasks": {"due": N_("Due"), "text": N_("Task"), "done": N_("Done"), "assignee": N_("Assignee")},
    "preferences": {
        "channel": N_("Preferred channel"),
        "contact_time": N_("Time to call"),
        "likes": N_("Likes"),
        "dislikes": N_("Dislikes"),
        "sizes": N_("Sizes"),
    },
    "feedback": {"rating": N_("Rating")},
    "consents": {"kind": N_("Consent to"), "given": N_("Given"), "channel": N_("Given through")},
    "relations": {"client": N_("Client"), "kind": N_("Relation")},
    "tags": {"tags": N_("Tags")},
    "notes": {"text": N_("Notes")},
}

_CHOICES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("person", "sex"): {"female": N_("female"), "male": N_("male")},
    ("person", "language"): {"uk": N_("Ukrainian"), "ru": N_("Russian"), "en": N_("English")},
    ("contacts", "kind"): {
        "phone": N_("phone"),
        "email": N_("e-mail"),
        "telegram": "Telegram",
        "viber": "Viber",
        "whatsapp": "WhatsApp",
        "signal": "Signal",
        "instagram": "Instagram",
        "facebook": "Facebook",
        "website": N_("website"),
        "other": N_("other"),
    },
    ("contacts", "label"): {
        "mobile": N_("mobile"),
        "home": N_("home"),
        "work": N_("work"),
        "other": N_("other"),
    },
    ("identifiers", "kind"): {
        "account": N_("account"),
        "profile": N_("user profile"),
        "loyalty": N_("loyalty card"),
        "tax": N_("tax number"),
        "passport": N_("passport"),
        "number": N_("former client number"),
        "other": N_("other"),
    },
    ("addresses", "kind"): {
        "home": N_("home"),
        "work": N_("work"),
        "delivery": N_("delivery"),
        "other": N_("other"),
    },
    ("purchases", "currency"): {
        "UAH": N_("hryvnia"),
        "USD": N_("US dollar"),
        "EUR": N_("euro"),
        "PLN": N_("zloty"),
        "GBP": N_("pound sterling"),
        "RUB": N_("Russian rouble"),
    },
    ("purchases", "status"): {
        "new": N_("ordered"),
        "paid": N_("paid"),
        "sent": N_("sent"),
        "delivered": N_("delivered"),
        "cancelled": N_("cancelled"),
        "returned": N_("returned"),
    },
    ("interactions", "kind"): {
        "call": N_("call"),
        "meeting": N_("meeting"),
        "letter": N_("letter"),
        "chat": N_("chat"),
        "visit": N_("visit"),
        "note": N_("remark"),
    },
    ("interactions", "direction"): {"in": N_("from the client"), "out": N_("to the client")},
    ("preferences", "channel"): {
        "phone": N_("phone"),
        "sms": N_("SMS"),
        "email": N_("e-mail"),
        "messenger": N_("messenger"),
        "none": N_("do not contact"),
    },
    ("feedback", "kind"): {
        "praise": N_("praise"),
        "complaint": N_("complaint"),
        "suggestion": N_("suggestion"),
        "review": N_("review"),
    },
    ("feedback", "status"): {"new": N_("not answered yet"), "answered": N_("answered"), "closed": N_("closed")},
    ("consents", "kind"): {
        "processing": N_("processing of personal data"),
        "marketing": N_("marketing"),
        "email": N_("e-mails"),
        "sms": N_("SMS messages"),
        "calls": N_("phone calls"),
        "photo": N_("photographs"),
        "third_party": N_("passing data to others"),
    },
    ("relations", "kind"): {
        "spouse": N_("spouse"),
        "parent": N_("parent"),
        "child": N_("child"),
        "relative": N_("relative"),
        "friend": N_("friend"),
        "colleague": N_("colleague"),
        "employer": N_("employer"),
        "referred_by": N_("referred by"),
        "other": N_("other"),
    },
}

_WHYS: Mapping[str, str] = {
    "new": N_("new card"),
    "edit": N_("card changed"),
    "import": N_("import of a file"),
    "undo": N_("change taken back"),
    "remove": N_("moved to the trash"),
    "restore": N_("restored from the trash"),
    "empty": N_("erased from the trash"),
    "merge": N_("cards merged"),
    "erase": N_("client erased for good"),
    "unmerge": N_("card parted again"),
    "bulk": N_("many cards changed"),
    "demo": N_("demonstration data"),
    "foreign": N_("changed outside Kartoteka"),
}


_KEPT = {
    "daily": N_("of the day"),
    "asked": N_("by hand"),
    "restore": N_("before a restore"),
    "restored": N_("after a restore"),
    "upgrade": N_("before an upgrade"),
    "repair": N_("before a repair"),
}


def section_label(section: Section) -> str:
    """The section's name as its tab shows it."""
    return _own(section.labels) or (_(SECTIONS[section.key]) if section.key in SECTIONS else section.key)


def field_label(section: Section, field: Field) -> str:
    """The field's name as its form or column shows it."""
    label = _FIELDS.get(section.key, {}).get(field.key) or _COMMON_FIELDS.get(field.key)
    return _own(field.labels) or (_(label) if label and section.key in SECTIONS else field.key)


def field_in_full(section: Section, field: Field) -> str:
    """The field's name with its section's before it, where that is another."""
    names = dict.fromkeys((section_label(section), field_label(section, field)))
    return ": ".join(names)


def choice_label(section: Section, field: Field, code: str) -> str:
    """What a choice's code is called."""
    for choice in field.choices:
        if choice.code == code and (own := _own(choice.labels)):
            return own
    label = _CHOICES.get((section.key, field.key), {}).get(code)
    return _(label) if label else code


def why_kept(code: str) -> str:
    """Why a snapshot was taken."""
    return _(_KEPT[code]) if code in _KEPT else code


def why_label(code: str) -> str:
    """What made a change."""
    return _(_WHYS[code]) if code in _WHYS else code


def path_label(schema: Schema, path: str) -> str:
    """A path in words: `contacts[0].value` is `Contacts 1: Value`; what the schema does not know is left as it is."""
    if path in ENVELOPE:
        return _(ENVELOPE[path])
    try:
        place = Path.parse(path)
    except Invalid:
        return path
    section = schema.section(place.section)
    if section is None:
        return path
    where = section_label(section) + ("" if place.row is None else f" {place.row + 1}")
    field = section.field(place.field)
    if field is None:
        return f"{where}: {place.field}" if place.field else where
    return field_in_full(section, field) if place.row is None else f"{where}: {field_label(section, field)}"


def _own(labels: Labels) -> str:
    return labels.get(language(), "")
