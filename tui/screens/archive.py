"""Conversations about cards as they are stored: what was done to them, taking it back, the trash."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.commands.command import key_name, keys_of
from tui.commands.registry import command
from tui.forms.describing import Names, act_in_words, change_lines
from tui.forms.editing import taken_off
from tui.forms.naming import named_in_changes, names_of
from tui.i18n import _, ngettext
from tui.i18n.formats import count, moment
from tui.i18n.labels import why_label

if TYPE_CHECKING:
    from store.journal import Change, FieldChange
    from tui.card.card_pane import OpenCard
    from tui.screens.conversing import ConversingScreen


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done, which undo may mean: told by whose card, and all that was done together."""

    serial: int
    changeset: str


class Archive:
    """Holds the conversations with the operator; nothing typed stands open meanwhile."""

    def __init__(self, screen: "ConversingScreen") -> None:
        self._screen = screen
        self._store = screen.store
        self._done: Done | None = None
        """What undo means, until something else is done: who was put into the trash is under no cursor, and of a change
        of many each may have been changed by somebody since."""
        self._taken_back: Done | None = None
        """What was taken back last: where that took the client out of the list, undo means it again."""

        self._discarded: OpenCard | None = None
        """The card whose unsaved changes were discarded last: undo means these until something else is done."""

    def begin_anew(self) -> None:
        """Something else is done: undo means the client under the cursor."""
        self._done = self._taken_back = None
        self._forget_discarded()

    def done(self, serial: int, changeset: str) -> None:
        """Something was done that undo means now, whoever is under the cursor.

        Args:
            serial: by whose card it is told.
            changeset: all that was done together.
        """
        self.begin_anew()
        self._done = Done(serial, changeset)

    def discarded(self, card: "OpenCard") -> None:
        """What was typed into a card was discarded."""
        self._discarded = card
        key = key_name(keys_of(command("change.undo"))[0])
        text = _("{key} brings back what was discarded: {name}")
        self._screen.tell(text.format(name=card.editing.name, key=key))

    def _forget_discarded(self) -> None:
        if self._discarded is not None:
            self._discarded = None
            self._screen.fall_silent()  # it promises to bring it back

    async def bring_back_discarded(self) -> bool:
        """Show the card again with what was typed into it, if that was discarded last."""
        card = self._discarded
        if card is None or self._screen.store.read_only:
            return False
        self._forget_discarded()
        for row in taken_off(card.editing):
            row.removed = False
        if card.serial is not None and await self._screen.desk.load(card.serial) is None:
            return True  # erased or merged meanwhile, which is told
        await self._screen.show_card(card, focus=True)
        self._screen.keep_draft()
        if card.serial is not None:
            await self._screen.desk.catch_up(card.serial)
        return True

    def look_elsewhere(self) -> None:
        """Another list is wanted: who is not in it may still be in the last one."""
        self._taken_back = None
        self._forget_discarded()

    async def next_undone(self) -> Done | None:
        """What undo means, if not the last change of the client under the cursor; after it that is meant."""
        first, last = self._done, self._taken_back
        self._forget_discarded()
        if first is not None or last is None:
            return first
        # In a thread: where a client stands the index is asked.
        is_listed = await self._screen.ask_store(lambda: self._screen.lists(last.serial))
        return last if is_listed is False else None

    async def undo_again(self, done: Done) -> None:
        """Take back what undo means, as `undo` does."""
        changes = await self._screen.ask_store(lambda: self._store.history(done.serial))
        change = next((each for each in changes or () if each.changeset == done.changeset), None)
        if change is not None:
            await self.undo(done.serial, change)
        elif changes is not None:
            self._screen.tell(_("There is nothing to take back"))

    async def history(self, serial: int, name: str) -> None:
        """Show a card's history; a change chosen there is taken back."""
        from tui.dialogs.history import History

        changes = await self._screen.ask_store(lambda: self._store.history(serial))
        if changes is None:
            return
        names = await self._names([field for change in changes for field in change.fields])
        change = await self._screen.app.push_screen_wait(History(name, changes, self._store.schema, names))
        if change is not None and await self._screen.desk.may_leave():
            await self.undo(serial, change)

    async def undo(self, serial: int, change: "Change | None" = None) -> None:
        """Show what a change did and take it back if the operator says so.

        Args:
            serial: whose card.
            change: which change; without it the card's last.
        """
        if change is None:
            changes = await self._screen.ask_store(lambda: self._store.history(serial))
            if not changes:
                return
            change = changes[0]
        changeset = change.changeset
        others = await self._others(changeset)
        lines = [*await self._about(serial, change), *(_others_in_words(others) if others else ())]
        makes_none = change.act == "new"
        if makes_none:
            text = ngettext(
                "{number} client goes to the trash by it", "{number} clients go to the trash by it", others + 1
            )
            lines.append(text.format(number=count(others + 1)))
        answer = await self._screen.choose(
            _("Take this change back? {when}, {who}: {why}").format(
                when=moment(change.at), who=change.who, why=why_label(change.why)
            ),
            # As with `remove`: who is out of the list by it must have been meant. A key that is held down asks and
            # would answer at once.
            [("d", _("into the trash"), "undo")] if makes_none else [("u", _("take it back"), "undo")],
            lines=lines,
            stay=_("leave it as it is"),
            enter=not makes_none,
        )
        if not answer:
            return
        undone = await self._screen.with_progress(
            _("Taking it back…"), lambda told: self._store.undo(changeset, progress=told)
        )
        if undone is not None:
            self.begin_anew()
            await self._screen.desk.reload(serial)
            self._screen.saved(serial)
            self._taken_back = Done(serial, undone.changeset)
            self._screen.tell(_("Taken back; u again brings it back"))

    async def remove(self, serial: int, name: str) -> None:
        """Put a client into the trash if the operator says so."""
        card = await self._screen.ask_store(lambda: self._store.card(serial))
        if card is None:
            return
        question = _("Put {name} into the trash?").format(name=name)
        lines = [card.number, _("in:trash finds the card there, and it can be restored with all it holds")]
        # Not by Enter: it stands under a finger that opens cards all day.
        answer = await self._screen.choose(
            question, [("d", _("into the trash"), "remove")], lines=lines, stay=_("leave it as it is"), enter=False
        )
        if answer is None:
            return
        from store.door import Edit

        edit = Edit(serial, card.document, None)
        removed = await self._screen.ask_store(lambda: self._store.write([edit], why="remove"))
        if removed is None:
            return
        self._screen.put_away(serial)
        self.done(serial, removed.changeset)
        self._screen.saved(serial)
        self._screen.tell(_("{name} is in the trash; u brings the card back").format(name=name))

    async def restore(self, serial: int, name: str) -> None:
        """Take a client out of the trash."""
        from store import trash

        done = await self._screen.ask_store(lambda: trash.restore(self._store, [serial]))
        if done is None:
            return
        self.begin_anew()
        await self._screen.desk.reload(serial)
        self._screen.saved(serial)
        said = [_("{name} is out of the trash").format(name=name)]
        said += [
            _("Without “{value}”: it is client {number}'s now.").format(value=each.value, number=each.number)
            for each in done.given_up
        ]
        self._screen.warn(". ".join(said))

    async def _about(self, serial: int, change: "Change") -> list[str]:
        """What a change did; of a card as a whole, whose card it is."""
        card = await self._screen.ask_store(lambda: self._store.card(serial))
        named = [each for each in (card.name if card else "", act_in_words(change)) if each]
        lines = change_lines(change.fields, self._store.schema, await self._names(change.fields))
        return [*([": ".join(named)] if named else ()), *lines]

    async def _names(self, fields: "Sequence[FieldChange]") -> Names:
        """What the clients are called that changes name."""
        uids = set(named_in_changes(fields, self._store.schema))
        return (await self._screen.ask_store(lambda: names_of(self._store, uids)) if uids else None) or {}

    async def _others(self, changeset: str) -> int:
        """How many cards were changed together with this one."""
        changed = await self._screen.ask_store(lambda: self._store.index.changeset(changeset)) or ()
        return max(0, len({ref.serial for ref in changed}) - 1)


def _others_in_words(others: int) -> list[str]:
    text = ngettext(
        "{others} other card was changed together with it and is taken back too",
        "{others} other cards were changed together with it and are taken back too",
        others,
    )
    return [text.format(others=count(others))]
