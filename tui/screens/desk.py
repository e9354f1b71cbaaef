"""Conversations about the card that is open: beginning it, saving it, leaving it, going on with a draft."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from store.card import Document
from store.errors import Conflict, Invalid, NotFound, Problem, StoreError
from tui.card.card_pane import OpenCard
from tui.commands.command import key_name, keys_of
from tui.commands.registry import command
from tui.forms.describing import change_lines, is_hidden, place_in_words, value_in_words
from tui.forms.editing import Editing, taken_off
from tui.i18n import _, language, ngettext
from tui.i18n.formats import moment
from tui.i18n.labels import path_label
from tui.i18n.problems import say
from tui.screens.drafting import DraftKeeper, left_behind
from tui.screens.loading import client_names, load_card, new_card

if TYPE_CHECKING:
    from store.door import Written
    from tui.screens.conversing import ConversingScreen


class Desk:
    """Holds the conversations with the operator. Each is read top to bottom and runs in a worker of the screen's."""

    def __init__(self, screen: "ConversingScreen", drafts: DraftKeeper) -> None:
        self._screen = screen
        self._store = screen.store
        self._drafts = drafts
        self._failed_snapshot: StoreError | OSError | None = None
        """Of which snapshot it was told that it could not be taken."""

    async def save(self) -> bool:
        """Save the card that is open; returns whether nothing is left unsaved."""
        pane = self._screen.pane
        if pane is None or pane.card is None:
            return True
        pane.panel.finish()
        if not pane.card.editing.changed:
            if taken_off(pane.card.editing):
                pane.card.editing.drop_taken_off()
                pane.show(pane.card)
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
        self._screen.archive.begin_anew()
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
            if taken_off(card.editing):
                self._screen.archive.discarded(card)
            return True
        answer = await self._screen.choose(
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
        self._screen.archive.discarded(card)
        if card.serial is None:
            pane.card = None
        elif (fresh := await self.load(card.serial)) is not None:
            pane.show(fresh)
        else:
            self._screen.put_away(card.serial)  # merged or erased meanwhile: nothing is left to be shown
        return True

    async def begin(self, line: str = "") -> None:
        """Begin a new client's card.

        Args:
            line: a search line that found nobody; the name, phone or e-mail in it is put into the card.
        """
        card = await self._screen.ask_store(lambda: new_card(self._store, line))
        if card is None:
            return
        await self._screen.show_card(card, focus=True)
        if (pane := self._screen.pane) is not None:
            pane.go_to(0)
            pane.panel.edit_first_empty()
        self._screen.keep_draft()

    async def choose_number(self) -> None:
        """Offer free client numbers."""
        pane = self._screen.pane
        numbers = await self._screen.ask_store(lambda: self._store.free_numbers(5))
        if pane is None or pane.card is None or not numbers:
            return
        number = await self._screen.choose(
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
        return await self._screen.ask_store(lambda: load_card(self._store, serial))

    async def reload(self, serial: int) -> None:
        """Show the card as it is stored now, unless something in it is not saved."""
        pane = self._screen.pane
        if pane is not None and self._shows(serial) and not self._is_edited():
            fresh = await self._reread(serial)
            if fresh is not None and self._shows(serial) and not self._is_edited():
                pane.show(fresh)

    async def catch_up(self, serial: int) -> None:
        """Somebody saved something: show the card anew; of one that is being edited, only tell."""
        if not self._is_edited():
            await self.reload(serial)
            return
        fresh = await self._reread(serial)
        pane = self._screen.pane
        if fresh is None or pane is None or pane.card is None or not self._shows(serial):
            return
        is_moved = fresh.trashed != pane.card.trashed
        revision = fresh.editing.before.get("revision")
        known = (pane.card.editing.before.get("revision"), pane.card.told)
        pane.card = replace(pane.card, trashed=fresh.trashed, told=revision)
        if revision not in known or is_moved:
            changes = await self._screen.ask_store(lambda: self._store.history(serial))
            who = changes[0].who if changes else "?"
            if fresh.trashed:
                key = key_name(keys_of(command("client.restore"))[0])
                text = _("{who} put this card into the trash; {key} restores it, then save yours")
                self._screen.tell(text.format(who=who, key=key))
                return
            text = (
                _("{who} just saved this card and changed the same; whose stays is asked when you save")
                if _clash(pane.card.editing, fresh.editing.before)
                else _("{who} just saved this card; yours is merged with it when you save")
            )
            self._screen.tell(text.format(who=who))

    async def _reread(self, serial: int) -> OpenCard | None:
        """Read a card that is shown; one that others merged or erased meanwhile gives way, unless it is edited."""

        def read() -> OpenCard | StoreError:
            try:
                return load_card(self._store, serial)
            except (NotFound, Conflict) as error:
                return error

        found = await self._screen.ask_store(read)
        if not isinstance(found, StoreError):
            return found
        self._screen.tell(say(found, self._store.schema))
        if not self._is_edited():
            self._screen.put_away(serial)
        return None

    async def offer_drafts(self) -> None:
        """Offer back what was typed and not saved before the program ended."""
        drafts = await self._screen.ask_store(lambda: left_behind(self._store))
        for draft in drafts or ():
            editing = Editing.from_draft(draft, self._store.schema, self._store.reading, language=language())
            answer = await self._screen.choose(
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
                names = await self._screen.ask_store(partial(client_names, self._store, editing))
                await self._screen.show_card(OpenCard(editing, draft.serial, names=names or {}), focus=True)
                if draft.serial is not None:
                    await self.catch_up(draft.serial)
                return
            self._drafts.forget(draft.uid)

    async def _discards(self, name: str) -> bool:
        # Asked again: a letter typed ahead while the program started must not cost what was typed before.
        question = _("Discard what was typed for {name}, for good?").format(name=name)
        answers = [("delete", _("discard it for good"), "discard")]
        return await self._screen.choose(question, answers, enter=False) is not None

    def _shows(self, serial: int) -> bool:
        pane = self._screen.pane
        return pane is not None and pane.card is not None and pane.card.serial == serial

    def _is_edited(self) -> bool:
        pane = self._screen.pane
        return pane is not None and (pane.changed or pane.panel.form.editing)

    async def _write(self, card: OpenCard) -> "Written | None":
        """Write the card, asking about fields that two people changed; None where the operator went back."""
        from store.door import Edit

        editing = card.editing
        edit = Edit(card.serial, None if editing.new else editing.before, editing.after())
        why = "new" if editing.new else "edit"
        while True:
            try:
                return await self._screen.in_thread(partial(self._store.write, [edit], why=why))
            except Conflict as conflict:
                if not conflict.clashes or conflict.current is None:
                    raise
                theirs = await self._settle(conflict)
                if theirs is None:
                    return None
                current = conflict.current.document
                edit = Edit(card.serial, current, editing.rebased(current, theirs))

    async def _settle(self, conflict: Conflict) -> frozenset[str] | None:
        from store.journal.merging import authors
        from tui.dialogs.conflict import ConflictDialog, Disagreement

        schema = self._store.schema
        serial = conflict.current.serial
        changes = await self._screen.ask_store(lambda: self._store.history(serial)) or []
        document = conflict.current.document
        fields = [
            Disagreement(
                clash.path,
                place_in_words(clash.path, schema),
                *(
                    value_in_words(clash.path, value, schema, document)
                    for value in (clash.before, clash.mine, clash.theirs)
                ),
            )
            for clash in conflict.clashes
            if not is_hidden(clash.path, schema)
        ]
        who = ", ".join(authors(changes, conflict.clashes))
        self._screen.fall_silent()  # that another saved is told by the question
        theirs = await self._screen.app.push_screen_wait(ConflictDialog(fields, who)) if fields else frozenset[str]()
        if theirs is None:
            return None
        # What nobody sees goes with what is seen of its row: how a phone was typed, with the phone.
        rows = {path.rpartition(".")[0] for path in theirs}
        return theirs | {
            clash.path
            for clash in conflict.clashes
            if clash.path.rpartition(".")[0] in rows and is_hidden(clash.path, schema)
        }

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
            self._screen.reveal_card()
            self._screen.pane.point_at(problems[0])
            # What is wrong stands at the field.
            field = path_label(self._store.schema, problems[0].path)
            self._screen.tell(_("Not saved. See {field}").format(field=field))
        else:
            reason = say(homeless or error, self._store.schema)
            self._screen.warn(_("Not saved. {reason}").format(reason=reason))

    def _tell_saved(self, written: "Written") -> None:
        schema = self._store.schema
        error = self._store.daily.error
        if error is not None and error is not self._failed_snapshot:
            self._failed_snapshot = error
            self._screen.warn(_("Saved. The snapshot of the day failed: {reason}").format(reason=say(error, schema)))
            return
        if written.merged:
            fields = ", ".join(dict.fromkeys(place_in_words(path, schema) for path in written.merged))
            self._screen.tell(_("Saved. Others changed meanwhile, and it is kept: {fields}").format(fields=fields))
        else:
            self._screen.tell(_("Saved"))

    def _unsaved_lines(self, editing: Editing) -> list[str]:
        changes = change_lines(editing.changes, editing.schema)
        lines = changes[:6]
        if len(changes) > 6:
            more = len(changes) - 6
            lines.append(ngettext("and {more} more", "and {more} more", more).format(more=more))
        if editing.problems:
            lines.append(_("Not readable yet: {problem}").format(problem=say(editing.problems[0], editing.schema)))
        return lines


def _clash(editing: Editing, current: Document) -> bool:
    """Whether what is typed so far and what is stored now are different changes of the same fields."""
    from store.clients.identity import identified
    from store.journal.merging import merge

    typed = editing.draft(None).document
    return bool(merge(*map(identified, (editing.before, typed, current))).clashes)
