"""The conversation that ends with a client erased for good."""

from typing import TYPE_CHECKING

from store import folding
from tui.i18n import _

if TYPE_CHECKING:
    from tui.screens.conversing import ConversingScreen


class Erasing:
    """Holds the conversation with the operator."""

    def __init__(self, screen: "ConversingScreen") -> None:
        self._screen = screen
        self._store = screen.store

    async def erase(self, serial: int) -> None:
        """Erase a client if the operator types its number."""
        from store import erasing
        from tui.dialogs.typed_answer import TypedAnswer

        card = await self._screen.ask_store(lambda: self._store.card(serial))
        if card is None:
            return
        lines = [
            _("All that is known of this client will be gone for good, also from the snapshots."),
            _("It cannot be taken back. The trash (D) can be."),
            "",
            _("To erase, type the client number {number}:").format(number=card.number),
        ]
        title = _("Erase {name} for good?").format(name=card.name)
        typed = await self._screen.app.push_screen_wait(TypedAnswer(title, lines, _("leave it as it is")))
        if typed is None:
            return
        if folding.number_key(typed) != folding.number_key(card.number):
            self._screen.tell(_("This is another number: nothing was erased"))
            return
        gone = await self._screen.with_progress(_("Erasing…"), lambda _told: erasing.erase(self._store, card.number))
        if gone is None:
            return
        self._screen.archive.begin_anew()
        self._screen.drafts.forget(str(card.document.get("uid", "")))
        self._screen.put_away(serial)
        self._screen.saved(serial)
        self._screen.tell(_("{number} is erased; the number stays taken").format(number=card.number))
