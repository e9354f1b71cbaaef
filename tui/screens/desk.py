"""Conversations about the card that is open: saving it, leaving it, taking changes back."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from store.door import Edit, Written
from store.errors import Conflict, Invalid, Problem, StoreError
from store.journal import Change
from tui.card.card_pane import OpenCard
from tui.forms.describing import act_in_words, change_lines, place_in_words, value_in_words
from tui.forms.editing import Editing
from tui.i18n import _, language, ngettext
from tui.i18n.formats import count, moment
from tui.i18n.labels import why_label
from tui.i18n.problems import say
from tui.screens.drafting import DraftKeeper
from tui.screens.loading import client_names, load_card, new_card

if TYPE_CHECKING:
    from tui.screens.conversing import ConversingScreen

Got = TypeVar("Got")


class Desk:
    """Holds the conversations with the operator. Each is read top to bottom and runs in a worker of the screen's."""

    def __init__(self, screen: "ConversingScreen", drafts: DraftKeeper) -> None:
        self._screen = screen
        self._store = screen.store
        self._drafts = drafts

    async def save(self) -> bool:
        """Save the card that is open; returns whether nothing is left unsaved."""
        pane = self._screen.pane
        if pane is None or pane.card is None:
            return True
        pane.panel.finish()
        if not pane.card.editing.changed:
            self._screen.tell(_("Nothing to save"))
            return True
        card = pane.card
        pane.panel.read_only = True  # what is typed while the disk works would belong to neither card
        try:
            written = await self._write(card)
        except StoreError as error:
            self._tell_refused(card.editing, error)
            return False
        finally:
            pane.panel.read_only = self._store.read_only
        if written is None:
            self._screen.tell(_("Not saved; your text is kept"))
            return False
        self._drafts.forget(card.uid)
        serial = written.cards[0].serial if written.cards else card.serial
        if serial is not None and (fresh := await self.load(serial)) is not None:
            pane.show(fresh)
            self._screen.saved(serial)
        self._tell_saved(written)
        return True

    async def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes; returns whether the card may be left."""
        pane = self._screen.pane
        if pane is None or pane.card is None:
            return True
        pane.panel.finish()
        card = pane.card
        if not card.editing.changed:
            self._drafts.forget(card.uid)
            return True
        answer = await self._choose(
            _("Save the changes of {name}?").format(name=card.editing.name),
            [("s", _("save"), "save"), ("d", _("discard them"), "discard")],
            lines=self._unsaved_lines(card.editing),
            stay=_("stay here"),
        )
        if answer == "save":
            return await self.save()
        if answer != "discard":
            return False
        self._drafts.forget(card.uid)
        if card.serial is None:
            pane.card = None
        elif (fresh := await self.load(card.serial)) is not None:
            pane.show(fresh)
        return True

    async def undo(self, serial: int, change: Change | None = None) -> None:
        """Show what a change did and take it back if the operator says so.

        Args:
            serial: whose card.
            change: which change; without it the card's last.
        """
        if change is None:
            changes = await self._ask(lambda: self._store.history(serial))
            if not changes:
                return
            change = changes[0]
        lines = [act_in_words(change), *change_lines(change.fields, self._store.schema)]
        changeset = change.changeset
        others = len({ref.serial for ref in await self._ask(lambda: self._store.index.changeset(changeset)) or ()}) - 1
        if others > 0:
            text = ngettext(
                "{others} other card was changed together with it and is taken back too",
                "{others} other cards were changed together with it and are taken back too",
                others,
            )
            lines.append(text.format(others=count(others)))
        answer = await self._choose(
            _("Take this change back? {when}, {who}: {why}").format(
                when=moment(change.at), who=change.who, why=why_label(change.why)
            ),
            [("u", _("take it back"), "undo")],
            lines=[line for line in lines if line],
            stay=_("leave it as it is"),
        )
        undone = await self._ask(lambda: self._store.undo(changeset)) if answer else None
        if undone is not None:
            await self.reload(serial)
            self._screen.saved(serial)
            self._screen.tell(_("Taken back; u again brings it back"))

    async def history(self, serial: int, name: str) -> None:
        """Show a card's history; a change chosen there is taken back."""
        from tui.dialogs.history import History

        changes = await self._ask(lambda: self._store.history(serial))
        if changes is None:
            return
        change = await self._screen.app.push_screen_wait(History(name, changes, self._store.schema))
        if change is not None and await self.may_leave():
            await self.undo(serial, change)

    async def begin(self) -> None:
        """Begin a new client's card."""
        card = await self._ask(lambda: new_card(self._store))
        if card is not None:
            await self._screen.show_card(card, focus=True)
            if self._screen.pane is not None:
                self._screen.pane.go_to(0)
                self._screen.pane.panel.edit()

    async def choose_number(self) -> None:
        """Offer free client numbers."""
        pane = self._screen.pane
        numbers = await self._ask(lambda: self._store.free_numbers(5))
        if pane is None or pane.card is None or not numbers:
            return
        number = await self._choose(
            _("Which client number?"),
            [(str(at), number, number) for at, number in enumerate(numbers, 1)],
            lines=[_("Now: {number}").format(number=pane.card.editing.number)],
        )
        if number:
            pane.card.editing.number = number
            pane.on_section_panel_changed()
            self._screen.keep_draft()

    async def load(self, serial: int) -> OpenCard | None:
        """Read a card; an error is told, and the answer is None."""
        return await self._ask(lambda: load_card(self._store, serial))

    async def reload(self, serial: int) -> None:
        """Show the card as it is stored now, unless something in it is not saved."""
        pane = self._screen.pane
        if pane is not None and self._shows(serial) and not self._is_edited():
            fresh = await self.load(serial)
            if fresh is not None and self._shows(serial) and not self._is_edited():
                pane.show(fresh)

    async def catch_up(self, serial: int) -> None:
        """Somebody saved something: show the card anew; of one that is being edited, only tell."""
        if not self._is_edited():
            await self.reload(serial)
            return
        fresh = await self.load(serial)
        pane = self._screen.pane
        if fresh is None or pane is None or pane.card is None or not self._shows(serial):
            return
        if fresh.editing.before.get("revision") != pane.card.editing.before.get("revision"):
            changes = await self._ask(lambda: self._store.history(serial))
            who = changes[0].who if changes else "?"
            self._screen.tell(_("{who} just saved this card; yours is merged with it when you save").format(who=who))

    async def offer_drafts(self) -> None:
        """Offer back what was typed and not saved before the program ended."""
        drafts = await self._ask(lambda: list(self._store.drafts.list()))
        for draft in drafts or ():
            editing = Editing.from_draft(draft, self._store.schema, self._store.reading, language=language())
            answer = await self._choose(
                _("{name}: typed {when} and not saved. Go on with it?").format(
                    name=editing.name, when=moment(draft.at)
                ),
                [("r", _("bring it back"), "restore"), ("d", _("discard it"), "discard")],
                lines=self._unsaved_lines(editing),
                stay=_("later"),
            )
            if answer is None:
                return
            if answer == "discard" and not await self._discards(editing.name):
                return
            self._drafts.adopt(draft.uid)
            if answer == "restore":
                names = await self._ask(partial(client_names, self._store, editing))
                await self._screen.show_card(OpenCard(editing, draft.serial, names=names or {}), focus=True)
                return
            self._drafts.forget(draft.uid)

    async def _discards(self, name: str) -> bool:
        # Asked again: a letter typed ahead while the program started must not cost what was typed before.
        question = _("Discard what was typed for {name}, for good?").format(name=name)
        return await self._choose(question, [("delete", _("discard it for good"), "discard")], enter=False) is not None

    async def _choose(
        self,
        title: str,
        answers: Sequence[tuple[str, str, str]],
        *,
        lines: Sequence[str] = (),
        stay: str = "",
        enter: bool = True,
    ) -> str | None:
        """Ask the operator (see `Question`): each answer is its key, its words and its meaning."""
        from tui.dialogs.question import Answer, Question

        offered = [Answer(*answer) for answer in answers]
        return await self._screen.app.push_screen_wait(Question(title, offered, lines=lines, stay=stay, enter=enter))

    def _shows(self, serial: int) -> bool:
        pane = self._screen.pane
        return pane is not None and pane.card is not None and pane.card.serial == serial

    def _is_edited(self) -> bool:
        pane = self._screen.pane
        return pane is not None and (pane.changed or pane.panel.form.editing)

    async def _write(self, card: OpenCard) -> Written | None:
        """Write the card, asking about fields that two people changed; None where the operator went back."""
        editing = card.editing
        edit = Edit(card.serial, None if editing.new else editing.before, editing.after())
        why = "new" if editing.new else "edit"
        while True:
            try:
                return await asyncio.to_thread(self._store.write, [edit], why=why)
            except Conflict as conflict:
                if not conflict.clashes or conflict.current is None:
                    raise
                theirs = await self._settle(conflict)
                if theirs is None:
                    return None
                current = conflict.current.document
                edit = Edit(card.serial, current, editing.rebased(current, theirs))

    async def _settle(self, conflict: Conflict) -> frozenset[str] | None:
        from tui.dialogs.conflict import ConflictDialog, Disagreement

        schema = self._store.schema
        serial = conflict.current.serial
        changes = await self._ask(lambda: self._store.history(serial)) or []
        fields = [
            Disagreement(
                clash.path,
                place_in_words(clash.path, schema),
                *(value_in_words(clash.path, value, schema) for value in (clash.before, clash.mine, clash.theirs)),
            )
            for clash in conflict.clashes
        ]
        return await self._screen.app.push_screen_wait(ConflictDialog(fields, changes[0].who if changes else ""))

    async def _ask(self, question: Callable[[], Got]) -> Got | None:
        """Ask the store in a thread; an error is told, and the answer is None."""
        try:
            return await asyncio.to_thread(question)
        except StoreError as error:
            self._screen.warn(say(error, self._store.schema))
            return None

    def _tell_refused(self, editing: Editing, error: StoreError) -> None:
        """Lay what is wrong at its fields, go to the first, and say that nothing was saved."""
        problems: Sequence[Problem] = ()
        match error:
            case Invalid():
                problems = error.problems
            case Conflict(details={"path": path, "value": value}):
                problems = [Problem(str(path), error.code, str(value), details=error.details)]
        homeless = editing.blame(problems)
        if problems and homeless is None and self._screen.pane is not None:
            self._screen.pane.point_at(problems[0])
            self._screen.tell(_("Not saved. {reason}").format(reason=say(problems[0], self._store.schema)))
        else:
            reason = say(homeless or error, self._store.schema)
            self._screen.warn(_("Not saved. {reason}").format(reason=reason))

    def _tell_saved(self, written: Written) -> None:
        schema = self._store.schema
        if written.merged:
            fields = ", ".join(dict.fromkeys(place_in_words(path, schema) for path in written.merged))
            self._screen.tell(_("Saved. Others changed meanwhile, and it is kept: {fields}").format(fields=fields))
        else:
            self._screen.tell(_("Saved"))

    def _unsaved_lines(self, editing: Editing) -> list[str]:
        paths = editing.changed_paths
        fields = list(dict.fromkeys(place_in_words(path, editing.schema) for path in paths))
        lines = fields[:6]
        if len(fields) > 6:
            more = len(fields) - 6
            lines.append(ngettext("and {more} more", "and {more} more", more).format(more=more))
        if editing.problems:
            lines.append(_("Not readable yet: {problem}").format(problem=say(editing.problems[0], editing.schema)))
        return lines
