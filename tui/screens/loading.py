"""Cards from the store as the card pane shows them. Called in threads."""

from store.door import Store
from tui.card.card_pane import OpenCard
from tui.forms.beginning import begin_with
from tui.forms.editing import Editing
from tui.forms.naming import named_in, names_of
from tui.i18n import language


def load_card(store: Store, serial: int) -> OpenCard:
    """Read one card. Raises StoreError."""
    card = store.card(serial)
    editing = Editing(card.document, store.schema, store.reading, language=language())
    return OpenCard(editing, serial, card.trashed, client_names(store, editing))


def new_card(store: Store, line: str = "") -> OpenCard:
    """A card for a new client, with a number offered. Raises StoreError.

    Args:
        store: the store the card is for.
        line: what the operator searched for and did not find; what can be used of it is in the card.
    """
    editing = Editing(store.blank(), store.schema, store.reading, language=language(), new=True)
    begin_with(editing, line)
    return OpenCard(editing)


def client_names(store: Store, editing: Editing) -> dict[str, str]:
    """What the clients are called that the card names by uid; one that cannot be read is left out."""
    return names_of(store, named_in(editing.before, store.schema))
