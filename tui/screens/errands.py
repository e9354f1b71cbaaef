"""Errands about a client or the whole store, each a conversation: taking back, the trash, merging, erasing, backups."""

from collections.abc import Awaitable, Callable

from store.door import Store
from tui.i18n import _
from tui.screens.conversing import ConversingScreen, Meant
from tui.screens.erasing import Erasing
from tui.screens.keeping import Keeping
from tui.screens.merging import Merging


class ErrandsScreen(ConversingScreen):
    """A screen that goes on errands."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._merging = Merging(self)
        self._erasing = Erasing(self)
        self._keeping = Keeping(self)

    def action_undo(self) -> None:
        """Take the client's last change back; right after a removal, the removal."""

        async def undo() -> None:
            if await self.archive.bring_back_discarded():
                return
            meant, done = self.meant, await self.archive.next_undone()
            if self.store.read_only:
                self.refuse()
            elif done is not None:
                await self.archive.undo_again(done)
            elif meant is None:
                self.tell(_("There is nothing to take back"))
            elif await self.desk.may_leave():
                await self.archive.undo(meant.serial)

        self.converse(undo())

    def action_remove(self) -> None:
        """Put the client into the trash."""

        self._about_one(
            lambda meant: self.archive.remove(meant.serial, meant.name), _("There is no saved card here to remove")
        )

    def action_restore(self) -> None:
        """Take the client out of the trash."""

        async def restore() -> None:
            if self.store.read_only:
                self.refuse()
            elif (meant := self.meant) is not None and meant.trashed:
                await self.archive.restore(meant.serial, meant.name)
            else:
                self.tell(_("This card is not in the trash; in:trash finds those that are"))

        self.converse(restore())

    def action_merge(self) -> None:
        """Merge another client's card into this one."""
        self._about_one(lambda meant: self._merging.merge(meant.serial), _("There is no saved card here to merge"))

    def action_erase(self) -> None:
        """Erase the client for good."""
        none = _("There is no saved card here to erase")
        self._about_one(lambda meant: self._erasing.erase(meant.serial), none, trashed=True)

    def _about_one(self, errand: Callable[[Meant], Awaitable[None]], none: str, *, trashed: bool = False) -> None:
        """Go on an errand about the client that is meant, once nothing of the open card is unsaved.

        Args:
            errand: takes the client.
            none: said where no client is meant.
            trashed: whether one in the trash may be meant.
        """

        async def go() -> None:
            if self.store.read_only:
                self.refuse()
            elif (meant := self.meant) is None:
                self.tell(none)
            elif meant.trashed and not trashed:
                self.say_trashed()
            elif await self.desk.may_leave():
                await errand(meant)

        self.converse(go())

    def action_history(self) -> None:
        """Show who changed what and when."""

        async def look() -> None:
            if (meant := self.meant) is not None:
                await self.archive.history(meant.serial, meant.name)

        self.converse(look())

    def action_snapshot(self) -> None:
        """Keep the state of the store as it is now."""
        if self.store.read_only:
            self.refuse()
        else:
            self.converse(self._keeping.snapshot())

    def action_restore_state(self) -> None:
        """Bring an earlier state of the store back."""
        if self.store.read_only:
            self.refuse()
        else:
            self.converse(self._keeping.restore())

    def action_backup(self) -> None:
        """Write the state of the store to another place."""
        self.converse(self._keeping.back_up())

    def action_restore_backup(self) -> None:
        """Bring back a state that was written to another place."""
        if self.store.read_only:
            self.refuse()
        else:
            self.converse(self._keeping.bring_back_backup())
