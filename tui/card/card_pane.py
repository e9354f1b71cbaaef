"""The card: whose it is, its sections as tabs, the section that is open."""

from dataclasses import dataclass, field
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.getters import query_one
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from store.errors import Problem
from store.schema import Section
from tui.card.header import CardHeader
from tui.card.section_panel import SectionPanel
from tui.card.section_view import SectionView
from tui.commands.bindings import bindings
from tui.commands.command import Place
from tui.forms.editing import Editing
from tui.i18n import _, ngettext
from tui.i18n.formats import count
from tui.i18n.labels import section_label
from tui.widgets.drawn import Drawn
from tui.widgets.tab_bar import TabBar


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card as it is shown: the document being edited, and what belongs to it."""

    editing: Editing
    serial: int | None = None
    """None for a new client."""
    trashed: bool = False
    names: dict[str, str] = field(default_factory=dict)
    """What the clients it names by uid are called."""
    told: object = None
    """The revision that another saved meanwhile, as far as the operator was told of it."""

    @property
    def uid(self) -> str:
        """The client's lasting key; a new one has it too."""
        return str(self.editing.before.get("uid", ""))


class CardNote(Drawn):
    """The line under the tabs: how many rows there are, or which of them is open."""

    DEFAULT_CSS = "CardNote { height: 1; color: $text-muted; background: $surface; }"
    text = ""

    def say(self, text: str) -> None:
        """Say something else."""
        if text != self.text:
            self.text = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        return self.strip([(" " + self.text, "")], self.size.width)


class CardPane(Widget):
    """One client's card. It shows and takes what is typed; reading and saving are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(Place.CARD)
    DEFAULT_CSS = """
    CardPane { layout: vertical; background: $surface; }
    """

    header = query_one(CardHeader)
    tabs = query_one(TabBar)
    note = query_one(CardNote)
    panel = query_one(SectionPanel)

    class Left(Message):
        """The operator wants to go back to the list."""

    class NumberWanted(Message):
        """Another client number is to be chosen."""

    def __init__(self, *, read_only: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.read_only = read_only
        self.card: OpenCard | None = None
        """The card shown, or None before the first."""
        self._section = 0
        self._cursors: dict[int, int] = {}

    def compose(self) -> ComposeResult:
        """Four lines' worth of widgets, whatever the card holds."""
        yield CardHeader()
        yield TabBar()
        yield CardNote()
        yield SectionPanel()

    def on_mount(self) -> None:
        """Show what was given before the parts were there."""
        self.panel.read_only = self.read_only
        self.panel.table.empty = _("Nothing here yet") if self.read_only else _("Nothing here yet: a adds a row")
        if self.card is not None:
            self.show(self.card)

    # What the screen asks

    def show(self, card: OpenCard) -> None:
        """Show another card, or the same one anew: section and cursor stay where they were."""
        same = self.card is not None and self.card.serial == card.serial
        if same and self.is_mounted:
            self._cursors[self._section] = self.panel.cursor
        elif not same:
            self._cursors.clear()
        self.card = card
        self.visible = True
        if self.is_mounted:
            self.tabs.titles = tuple(section_label(section) for section in self._sections)
            self._show_section()

    def put_away(self) -> None:
        """Show no card."""
        self.card = None
        self.visible = False

    def go_to(self, section: int) -> None:
        """Open the section of that place, counted from 0."""
        if self.card is None or not 0 <= section < len(self._sections):
            return
        self.panel.finish()
        self._cursors[self._section] = self.panel.cursor
        self._section = section
        self._show_section()

    def step(self, sections: int) -> None:
        """Open the neighbouring section; after the last comes the first."""
        if self.card is not None:
            self.go_to((self._section + sections) % len(self._sections))

    def point_at(self, problem: Problem) -> None:
        """Put the cursor on the field of a problem."""
        place = self.card.editing.locate(problem.path) if self.card else None
        if place is None:
            return
        key, row, field = place
        self.go_to([section.key for section in self._sections].index(key))
        self.panel.point_at(row, field)
        self.panel.refresh_values()
        self.panel.focus_body()

    def refresh_head(self) -> None:
        """Show name, number and state as they are now."""
        if self.card is None:
            return
        editing = self.card.editing
        self.header.name_shown = editing.name if editing.name != editing.number else _("(no name yet)")
        self.header.number = editing.number
        tags = editing.row("tags").values.get("tags") if editing.schema.section("tags") else ()
        self.header.tags = tuple(str(tag) for tag in tags or ())
        self.header.state = self._state()

    @property
    def changed(self) -> bool:
        """Whether there is something that is not saved."""
        return self.card is not None and self.card.editing.changed

    # Actions

    def action_go(self, section: int) -> None:
        """Open the section of that digit."""
        self.go_to(section)

    def action_sideways(self, to_the_right: int) -> None:
        """Open the section on the left or on the right."""
        self.step(1 if to_the_right else -1)

    def action_add_row(self) -> None:
        """Add a row to the section."""
        self.panel.add_row()

    def action_remove_row(self) -> None:
        """Remove the row under the cursor when the card is saved."""
        self.panel.remove_row()

    def action_choose_number(self) -> None:
        """Ask for another client number."""
        self.post_message(self.NumberWanted())

    def action_back(self) -> None:
        """Back to the rows, else to the list."""
        if not self.panel.back():
            self.post_message(self.Left())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Rows are added and removed where there are rows."""
        if action in ("add_row", "remove_row"):
            return self.section is not None and self.section.is_table
        return True

    # What the parts say

    def on_tab_bar_chosen(self, message: TabBar.Chosen) -> None:
        """Open the section of a tab that was clicked."""
        message.stop()
        self.go_to(message.index)

    def on_section_panel_changed(self) -> None:
        """Keep the head true; the message goes on to the screen, which keeps the draft."""
        self.refresh_head()
        self._say_where()

    def on_section_view_moved(self, message: SectionView.Moved) -> None:
        """Say which row is open."""
        self._say_where()

    # How it is done

    @property
    def section(self) -> Section | None:
        """The section that is open."""
        return self._sections[self._section] if self.card is not None else None

    @property
    def _sections(self) -> tuple[Section, ...]:
        return self.card.editing.schema.sections if self.card is not None else ()

    def _show_section(self) -> None:
        if self.card is None or self.section is None:
            return
        self.tabs.active = self._section
        self.panel.read_only = self.read_only or self.card.trashed
        self.panel.show(self.card.editing, self.section, self.card.names, self._cursors.get(self._section, 0))
        self.refresh_head()
        self._say_where()

    def _state(self) -> str:
        if self.card is None:
            return ""
        if self.card.trashed:
            return _("in the trash")
        if self.card.editing.new:
            return _("new")
        if self.card.editing.changed:
            return _("not saved")
        return _("read-only") if self.read_only else ""

    def _say_where(self) -> None:
        if self.card is None or self.section is None or not self.section.is_table:
            self.note.say("")
            return
        rows = len(self.card.editing.rows(self.section.key))
        if (row := self.panel.open_row) is not None:
            text = _("{section}: {row} of {rows}").format(
                section=section_label(self.section), row=count(row + 1), rows=count(rows)
            )
        elif rows:
            text = ngettext("{rows} row", "{rows} rows", rows).format(rows=count(rows))
        else:
            text = ""
        self.note.say(text)
