"""Clients' cards: values as typed, validation, uniqueness, and how a changeset is written and taken back."""

from store.clients.steps import Edit
from store.clients.typed import apply_typed, defaults, read_row

__all__ = ["Edit", "apply_typed", "defaults", "read_row"]
