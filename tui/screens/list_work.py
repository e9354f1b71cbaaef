"""Conversations about all clients of a list at once: a file of them, their e-mail addresses, one change to all."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from store import bulk
from store.errors import NotAllowed
from store.progress import Progress
from tui.i18n import _, language, ngettext
from tui.i18n.formats import count
from tui.sidebar.tried import mistakes_in_words

if TYPE_CHECKING:
    from store.mailing import Mailing
    from tui.screens.choosing import ChoosingScreen

MOST_COPIED = 50_000
"""Letters that go to the clipboard by OSC 52 at most: terminals take no more."""


class ListWork:
    """Holds the conversations with the operator about the list as it stands."""

    def __init__(self, screen: "ChoosingScreen") -> None:
        self._screen = screen
        self._store = screen.store

    async def ask(self) -> None:
        """Ask what is to be done."""
        number = self._screen.listed
        if not number:
            self._screen.tell(_("The list is empty"))
            return
        title = ngettext(
            "What is to be done with {number} client?", "What is to be done with {number} clients?", number
        )
        answers = [
            ("e", _("write them to a file"), "export"),
            ("m", _("their e-mail addresses"), "mail"),
            ("b", _("change a field or add a row in all their cards"), "bulk"),
        ]
        title = title.format(number=count(number))
        answer = await self._screen.choose(title, answers, lines=self._unsure(), enter=False)
        match answer:
            case "export":
                await self.export()
            case "mail":
                await self.mail()
            case "bulk":
                await self.change()

    async def export(self) -> None:
        """Write the list to a file."""
        from store.exchange.exporting import FORMATS, export

        if not await self._serials():
            return
        path = await self._file(_("Write the list to which file? .csv or .jsonl"), "clients.csv", FORMATS)
        if path is None:
            return
        # Once more: whom another removed or erased while the name was typed is not to be in it.
        serials = await self._serials()
        if not serials:
            return
        form = _ending(path)

        def write(told: Progress) -> int:
            return export(self._store, path, serials=serials, format=form, language=language(), progress=told)

        written = await self._screen.with_progress(_("Writing…"), write)
        if written is not None:
            text = ngettext("{number} client is in {file}", "{number} clients are in {file}", written)
            self._screen.warn(text.format(number=count(written), file=path))

    async def mail(self) -> None:
        """Copy the e-mail addresses of the list, or write them to a file."""
        from store.mailing import addresses_of

        serials = await self._serials()
        if not serials:
            return
        found = await self._screen.with_progress(
            _("Reading…"), lambda told: addresses_of(self._store, serials, progress=told)
        )
        if found is None:
            return
        text = "\n".join(found.addresses)
        if not text:
            self._screen.warn(" ".join([_("Nobody here can be written to."), *_left_out(found)]))
            return
        number = len(found.addresses)
        title = ngettext("{number} e-mail address", "{number} e-mail addresses", number).format(number=count(number))
        answers = [("f", _("write them to a file, one a line"), "file"), ("b", _("as a Bcc line in a file"), "bcc")]
        if len(text) <= MOST_COPIED:
            answers.insert(0, ("y", _("copy them, one a line"), "copy"))
        answer = await self._screen.choose(title, answers, lines=[*self._unsure(), *_left_out(found)])
        if answer == "copy":
            self._screen.app.copy_to_clipboard(text)
            self._screen.tell(_("Copied: {text}").format(text=title))
        elif answer is not None:
            path = await self._file(_("Write the addresses to which file?"), "addresses.txt")
            if path is not None:
                written = text + "\n" if answer == "file" else f"Bcc: {', '.join(found.addresses)}\n"
                if await self._screen.ask_store(lambda: _written(path, written)):
                    self._screen.warn(_("{title}: in {file}").format(title=title, file=path))

    async def change(self) -> None:
        """Change all cards of the list at once."""
        from tui.screens.bulk_change import ask_change

        if self._store.read_only:
            self._screen.refuse()
            return
        serials = await self._serials()
        if not serials or not await self._screen.desk.may_leave():
            return
        edit = await ask_change(self._screen)
        if edit is None:
            return
        plan = await self._screen.with_progress(
            _("Looking…"), lambda told: bulk.plan(self._store, serials, edit.edit, progress=told)
        )
        if plan is None:
            return
        if not plan.serials:
            self._screen.warn(_("Nothing to change: all of them are so already, or in the trash"))
            return
        if not await self._may_change(plan, edit.text):
            return
        written = await self._screen.with_progress(
            _("Changing…"), lambda told: bulk.carry_out(self._store, plan, progress=told)
        )
        if written is not None and written.cards:
            row = self._screen.sidebar.list.client
            # Whose card is under the cursor, so that it stays there.
            stays = row is not None and row.serial in set(plan.serials) and len(written.cards) == len(plan.serials)
            first = written.cards[0].serial
            self._screen.archive.done(row.serial if row is not None and stays else first, written.changeset)
            self._screen.refresh_from_store()
            number = len(written.cards)
            text = ngettext(
                "{number} card was changed; u takes it back", "{number} cards were changed; u takes it back", number
            )
            self._screen.tell(text.format(number=count(number)))

    async def _may_change(self, plan: bulk.Plan, text: str) -> bool:
        """Say how many cards would change, and ask."""
        lines = [text, *self._unsure()]
        if plan.alike:
            lines.append(_("So already, and left alone: {number}").format(number=count(plan.alike)))
        if plan.left_out:
            lines.append(_("In the trash, and left alone: {number}").format(number=count(plan.left_out)))
        lines.append(_("u takes it back as a whole"))
        number = len(plan.serials)
        question = ngettext("Change {number} card?", "Change {number} cards?", number).format(number=count(number))
        answers = [("c", _("change them"), "change")]
        stay = _("leave it as it is")
        return await self._screen.choose(question, answers, lines=lines, stay=stay, enter=False) is not None

    def _unsure(self) -> list[str]:
        """What of the search line was not understood, and how many of the list nobody named as they are."""
        lines = mistakes_in_words(self._screen.found.query)
        if guessed := self._screen.guessed:
            text = ngettext(
                "{number} of them was found otherwise than as typed",
                "{number} of them were found otherwise than as typed",
                guessed,
            )
            lines.append(text.format(number=count(guessed)))
        return lines

    async def _serials(self) -> list[int]:
        """All clients of the list as it stands, in its order."""
        found = await self._screen.ask_store(self._screen.listed_serials)
        if found is None:
            return []  # why is told already
        if not found:
            self._screen.tell(_("The list is empty"))
        return found

    async def _file(self, title: str, name: str, endings: Sequence[str] = ()) -> Path | None:
        """Ask for a file, with one of these endings where there are some; None where the operator goes back.

        Of one that is there it is asked whether it may be replaced.
        """
        from tui.dialogs.typed_line import TypedLine

        about = " · ".join([*self._unsure(), str(Path.cwd())])
        while True:
            typed = await self._screen.app.push_screen_wait(TypedLine(title, name, about=about))
            if not typed or not typed.strip():
                return None
            path = Path(os.path.expanduser(typed.strip())).absolute()
            name, wrong = typed, ""
            if os.path.isdir(path):  # of a name that no disk takes it says no, where a Path would raise
                wrong = _("{file} is a folder, not a file.").format(file=path)
            elif not os.path.isdir(path.parent):
                wrong = _("There is no folder {folder}.").format(folder=path.parent)
            elif endings and _ending(path) not in endings:
                wrong = _("A list is written as .csv or .jsonl: let the name end in one of them.")
            if wrong:
                about = wrong
                continue
            if not os.path.exists(path):
                return path
            answer = await self._screen.choose(
                _("{file} is there already. Replace it?").format(file=path),
                [("r", _("replace it"), "replace")],
                stay=_("choose another name"),
                enter=False,
            )
            if answer is not None:
                return path


def _ending(path: Path) -> str:
    return path.suffix.lower().lstrip(".")


def _left_out(found: "Mailing") -> list[str]:
    """Who is not among the addresses."""
    lines = []
    if found.without:
        text = ngettext("{number} client has no e-mail.", "{number} clients have no e-mail.", found.without)
        lines.append(text.format(number=count(found.without)))
    if found.refused:
        text = ngettext("{number} client refused letters.", "{number} clients refused letters.", found.refused)
        lines.append(text.format(number=count(found.refused)))
    return lines


def _written(path: Path, text: str) -> bool:
    """Write a file whole or not at all. Raises NotAllowed (`disk-refused`)."""
    from store.exchange.writing_aside import written_aside

    try:
        with written_aside(path) as file:
            file.write(text)
    except OSError as error:
        raise NotAllowed("disk-refused", file=str(path), reason=error.strerror or "") from error
    return True
