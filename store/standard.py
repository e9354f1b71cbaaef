"""The standard card, as data of the same shape as the sections and fields an operator adds.

Labels are not here: those of the standard card are texts of the program, in its catalogues.
"""

from typing import Any

CONTACT_KINDS = {"phone": "phone", "email": "email", "viber": "phone", "whatsapp": "phone", "website": "link"}
"""Which kind a contact's value is of; what is not named (telegram, instagram …) is text."""

STANDARD_SECTIONS: tuple[dict[str, Any], ...] = (
    {
        "key": "person",
        "shape": "form",
        "fields": [
            {"key": "last_name", "kind": "text", "personal": True, "searchable": True},
            {"key": "first_name", "kind": "text", "personal": True, "searchable": True},
            {"key": "patronymic", "kind": "text", "personal": True, "searchable": True},
            {"key": "birth_date", "kind": "birthday", "personal": True},
            {"key": "sex", "kind": "choice", "choices": ["female", "male"], "personal": True},
            {"key": "language", "kind": "choice", "choices": ["uk", "ru", "en"]},
            {"key": "company", "kind": "text", "searchable": True},
            {"key": "position", "kind": "text", "searchable": True},
            {"key": "source", "kind": "text"},
        ],
    },
    {
        "key": "contacts",
        "shape": "table",
        "fields": [
            {
                "key": "kind",
                "kind": "choice",
                "required": True,
                "default": "phone",
                "choices": [
                    "phone",
                    "email",
                    "telegram",
                    "viber",
                    "whatsapp",
                    "signal",
                    "instagram",
                    "facebook",
                    "website",
                    "other",
                ],
            },
            {
                "key": "value",
                "kind": "text",
                "kind_by": "kind",
                "kinds": CONTACT_KINDS,
                "required": True,
                "personal": True,
                "searchable": True,
            },
            {"key": "label", "kind": "choice", "choices": ["mobile", "home", "work", "other"]},
            {"key": "main", "kind": "yes_no"},
            {"key": "note", "kind": "text"},
            {"key": "typed", "kind": "text", "personal": True, "hidden": True},
        ],
    },
    {
        "key": "identifiers",
        "shape": "table",
        "fields": [
            {
                "key": "kind",
                "kind": "choice",
                "required": True,
                "default": "account",
                "choices": ["account", "profile", "loyalty", "tax", "passport", "number", "other"],
            },
            {
                "key": "value",
                "kind": "identifier",
                "required": True,
                "unique": True,
                "personal": True,
                "searchable": True,
            },
            {"key": "since", "kind": "date"},
            {"key": "until", "kind": "date"},
            {"key": "note", "kind": "text"},
        ],
    },
    {
        "key": "addresses",
        "shape": "table",
        "fields": [
            {"key": "kind", "kind": "choice", "choices": ["home", "work", "delivery", "other"], "default": "home"},
            {"key": "country", "kind": "text"},
            {"key": "region", "kind": "text"},
            {"key": "city", "kind": "text", "searchable": True},
            {"key": "street", "kind": "text", "personal": True, "searchable": True},
            {"key": "house", "kind": "text", "personal": True},
            {"key": "flat", "kind": "text", "personal": True},
            {"key": "postcode", "kind": "text", "personal": True},
            {"key": "note", "kind": "text"},
        ],
    },
    {
        "key": "purchases",
        "shape": "table",
        "fields": [
            {"key": "date", "kind": "date", "required": True, "default": "today"},
            {"key": "item", "kind": "text", "searchable": True},
            {"key": "quantity", "kind": "number", "default": "1"},
            {"key": "amount", "kind": "money"},
            {
                "key": "currency",
                "kind": "choice",
                "choices": ["UAH", "USD", "EUR", "PLN", "GBP", "RUB"],
                "default": "UAH",
            },
            {
                "key": "status",
                "kind": "choice",
                "default": "new",
                "choices": ["new", "paid", "sent", "delivered", "cancelled", "returned"],
            },
            {"key": "note", "kind": "text"},
        ],
    },
    {
        "key": "interactions",
        "shape": "table",
        "fields": [
            {"key": "date", "kind": "date", "with_time": True, "required": True, "default": "today"},
            {
                "key": "kind",
                "kind": "choice",
                "choices": ["call", "meeting", "letter", "chat", "visit", "note"],
                "default": "call",
            },
            {"key": "direction", "kind": "choice", "choices": ["in", "out"]},
            {"key": "text", "kind": "note", "personal": True, "searchable": True},
            {"key": "by", "kind": "text"},
        ],
    },
    {
        "key": "tasks",
        "shape": "table",
        "fields": [
            {"key": "due", "kind": "date", "with_time": True},
            {"key": "text", "kind": "text", "required": True, "searchable": True},
            {"key": "done", "kind": "yes_no", "default": False},
            {"key": "assignee", "kind": "text"},
        ],
    },
    {
        "key": "preferences",
        "shape": "form",
        "fields": [
            {"key": "channel", "kind": "choice", "choices": ["phone", "sms", "email", "messenger", "none"]},
            {"key": "contact_time", "kind": "text"},
            {"key": "likes", "kind": "tags", "personal": True, "searchable": True},
            {"key": "dislikes", "kind": "tags", "personal": True},
            {"key": "sizes", "kind": "text", "personal": True},
            {"key": "note", "kind": "note", "personal": True},
        ],
    },
    {
        "key": "feedback",
        "shape": "table",
        "fields": [
            {"key": "date", "kind": "date", "required": True, "default": "today"},
            {
                "key": "kind",
                "kind": "choice",
                "choices": ["praise", "complaint", "suggestion", "review"],
                "default": "review",
            },
            {"key": "rating", "kind": "number", "least": 1, "most": 5},
            {"key": "text", "kind": "note", "personal": True, "searchable": True},
            {"key": "status", "kind": "choice", "choices": ["new", "answered", "closed"], "default": "new"},
        ],
    },
    {
        "key": "consents",
        "shape": "table",
        "fields": [
            {
                "key": "kind",
                "kind": "choice",
                "required": True,
                "default": "processing",
                "choices": ["processing", "marketing", "email", "sms", "calls", "photo", "third_party"],
            },
            {"key": "given", "kind": "yes_no", "default": True},
            {"key": "date", "kind": "date", "required": True, "default": "today"},
            {"key": "until", "kind": "date"},
            {"key": "channel", "kind": "text"},
            {"key": "note", "kind": "text"},
        ],
    },
    {
        "key": "relations",
        "shape": "table",
        "fields": [
            {"key": "client", "kind": "client", "required": True, "personal": True},
            {
                "key": "kind",
                "kind": "choice",
                "default": "other",
                "choices": [
                    "spouse",
                    "parent",
                    "child",
                    "relative",
                    "friend",
                    "colleague",
                    "employer",
                    "referred_by",
                    "other",
                ],
            },
            {"key": "note", "kind": "text"},
        ],
    },
    {"key": "tags", "shape": "form", "fields": [{"key": "tags", "kind": "tags", "searchable": True}]},
    {
        "key": "notes",
        "shape": "form",
        "fields": [{"key": "text", "kind": "note", "personal": True, "searchable": True}],
    },
)
