"""Conversations about the whole store: keeping its state, and bringing an earlier one back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from store.errors import Conflict, NotAllowed
from tui.i18n import _, ngettext
from tui.i18n.formats import count, moment, size
from tui.i18n.labels import why_kept

if TYPE_CHECKING:
    from store.snapshots.restoring import Restored
    from tui.screens.conversing import ConversingScreen

Got = TypeVar("Got")


class Keeping:
    """Holds the conversations with the operator."""

    def __init__(self, screen: "ConversingScreen") -> None:
        self._screen = screen
        self._store = screen.store

    async def snapshot(self) -> None:
        """Keep the state of this moment."""
        from store.snapshots import take

        made = await self._screen.ask_store(lambda: take(self._store))
        if made is not None:
            self._screen.tell(_("Kept: the state of {when}").format(when=moment(made.contents.at)))

    async def restore(self) -> None:
        """Offer the snapshots, and bring the chosen one back."""
        from store.snapshots import snapshots
        from tui.dialogs.snapshots import Snapshots

        known = await self._screen.ask_store(lambda: snapshots(self._store.path))
        if not known:
            self._screen.tell(_("There is no snapshot yet: the first save of a day takes one."))
            return
        chosen = await self._screen.app.push_screen_wait(Snapshots(known[::-1]))
        if chosen is None:
            return
        await self._ask_and_bring_back(chosen.path, chosen.contents.at, why_kept(chosen.contents.why))

    async def back_up(self) -> None:
        """Write the state of this moment to a folder or into an archive that the operator names."""
        from store.snapshots.backup import back_up

        target = await self._place(_("Back up to: a folder, or a file ending in .tar.gz"))
        if target is None:
            return
        self._screen.tell(_("Backing up…"))
        made = await self._screen.ask_store(lambda: back_up(self._store, target))
        if made is None:
            return
        text = ngettext(
            "{number} client, {size}, written and read again: {path}",
            "{number} clients, {size}, written and read again: {path}",
            made.clients,
        )
        self._screen.tell(text.format(number=count(made.clients), size=size(made.size), path=made.path))
        if made.damaged:
            files = ", ".join(made.damaged)
            self._screen.warn(
                _("Damaged in the store already, so the backup cannot be restored: {files}.").format(files=files)
            )

    async def bring_back_backup(self) -> None:
        """Bring back the state that a backup elsewhere holds."""
        from store.snapshots.restoring import prove

        source = await self._place(_("Bring back from: the folder or the archive of a backup"))
        if source is None:
            return
        proven = await self._screen.ask_store(lambda: _told(lambda: prove(source)))
        if proven is None:
            return
        contents, clients = proven
        number = ngettext("{number} client", "{number} clients", clients).format(number=count(clients))
        await self._ask_and_bring_back(source, contents.at, number)

    async def _place(self, question: str) -> Path | None:
        from tui.dialogs.typed_line import TypedLine

        typed = await self._screen.app.push_screen_wait(TypedLine(question, about=str(Path.cwd())))
        return Path(typed.strip()).expanduser().absolute() if typed and typed.strip() else None

    async def _ask_and_bring_back(self, source: Path, at: str, about: str) -> None:
        answer = await self._screen.choose(
            _("Bring back the state of {when}?").format(when=moment(at)),
            [("r", _("bring it back"), "restore")],
            lines=[about, _("The present state is kept as a snapshot first")],
            stay=_("leave it as it is"),
            enter=False,
        )
        if answer is not None and await self._screen.desk.may_leave():
            await self._bring_back(source)

    async def _bring_back(self, source: Path) -> None:
        done = await self._restored(source, yes=False)
        if isinstance(done, Conflict):
            answer = await self._screen.choose(
                _("Changes made since would be gone from the cards. Bring it back all the same?"),
                [("y", _("bring it back all the same"), "restore")],
                lines=[
                    _("Changes: {changes}. Clients: {numbers}").format(
                        changes=count(done.details["changes"]), numbers=", ".join(done.details["numbers"])
                    )
                ],
                stay=_("leave it as it is"),
                enter=False,
            )
            done = await self._restored(source, yes=True) if answer is not None else None
        if done is None or isinstance(done, Conflict):
            return
        self._screen.refresh_from_store()
        if done.settings_changed:
            self._screen.warn(
                _("The state is back, with other settings of the store: leave the program and open it again")
            )
            return
        back = _("The state of {when} is back").format(when=moment(done.at))
        if done.erased_again:
            numbers = ", ".join(done.erased_again)
            without = _("Without {numbers}: erased since, and not brought back.").format(numbers=numbers)
            self._screen.warn(f"{back}. {without}")
        else:
            self._screen.tell(back)

    async def _restored(self, source: Path, *, yes: bool) -> "Restored | Conflict | None":
        from store.snapshots.restoring import restore

        def attempt() -> "Restored | Conflict":
            try:
                return restore(self._store, source, yes=yes)
            except Conflict as conflict:
                return conflict

        return await self._screen.ask_store(attempt)


def _told(act: Callable[[], Got]) -> Got:
    """Do it; what the disk refuses is an error with a sentence."""
    try:
        return act()
    except OSError as error:
        raise NotAllowed("disk-refused", file=str(error.filename or ""), reason=error.strerror or "") from error
