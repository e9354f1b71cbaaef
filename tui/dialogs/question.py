"""A question with a few answers, each given by a key."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.commands.command import key_name
from tui.i18n import _
from tui.terminal.cells import width, wrap
from tui.terminal.safe import safe
from tui.widgets.drawn import Drawn, Piece
from tui.widgets.quiet_screen import QuietModal

Value = TypeVar("Value")

PAUSE = 0.8
"""Seconds of quiet behind a sign that is no answer: until then letters are those of a word that somebody types blindly,
`/davies` for whom the `d` would discard."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[Value]):
    """One answer: its key by Textual's name, its words, and what it means."""

    key: str
    label: str
    value: Value


class QuestionBox(Drawn, can_focus=True):
    """The question, what there is to know, and the answers, drawn as one box."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"box--title", "box--muted", "box--key"}
    DEFAULT_CSS = """
    QuestionBox { background: $panel; color: $foreground; padding: 1 2; width: auto; height: auto; }
    QuestionBox > .box--title { background: $panel; color: $foreground; text-style: bold; }
    QuestionBox > .box--muted { background: $panel; color: $text-muted; }
    QuestionBox > .box--key { background: $panel; color: $text-accent; text-style: bold; }
    """

    def __init__(self, rows: Sequence[Sequence[Piece]], room: int) -> None:
        super().__init__()
        self._rows = rows
        self.styles.width = room + 4
        self.styles.height = len(rows) + 2

    def render_line(self, y: int) -> Strip:
        """One row of the box."""
        return self.strip(self._rows[y] if y < len(self._rows) else (), self.size.width)


class Question(QuietModal[Value]):
    """Asks one thing. Enter gives the first answer, Escape none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stay", show=False, id="question.stay"),
        Binding("enter", "first", show=False, id="question.first"),
    ]

    def __init__(
        self,
        title: str,
        answers: Sequence[Answer[Value]],
        *,
        lines: Sequence[str] = (),
        stay: str = "",
        enter: bool = True,
    ) -> None:
        """Prepare a question.

        Args:
            title: the question.
            answers: what can be answered; the first one is also given by Enter.
            lines: what there is to know before answering.
            stay: the words for Escape.
            enter: whether Enter gives the first answer.
        """
        super().__init__()
        self._title, self._answers, self._lines, self._stay = title, answers, lines, stay or _("back")
        self._enter = enter
        self._stray_at = -PAUSE
        """When a sign came last that is no answer (`monotonic`)."""

    def compose(self) -> ComposeResult:
        """The box, no wider than the screen has room for."""
        screen = self.app.size
        most = max(20, min(screen.width - 6, 100))
        text = [part for line in self._lines for part in wrap(safe(line), most)]
        text = text[: max(1, screen.height - len(self._answers) - 9)]
        rows: list[list[Piece]] = [[(part, "box--title")] for part in wrap(safe(self._title), most)]
        rows += [[("", "")], *([(part, "")] for part in text)] if text else []
        rows.append([("", "")])
        first = key_name("enter")
        keys = [
            key_name(answer.key) + (f" {first}" if at == 0 and self._enter else "")
            for at, answer in enumerate(self._answers)
        ]
        keys.append(key_name("escape"))
        widest = max(width(key) for key in keys)
        labels = [answer.label for answer in self._answers] + [self._stay]
        for key, label in zip(keys, labels, strict=True):
            blanks = " " * (widest - width(key) + 2)
            head, *more = wrap(safe(label), max(1, most - widest - 2)) or [""]
            rows.append([(key, "box--key"), (blanks + head, "")])
            rows += [[(" " * (widest + 2) + part, "")] for part in more]
        room = max(sum(width(safe(piece)) for piece, _look in row) for row in rows)
        yield QuestionBox(rows, min(most, room))

    def on_key(self, event: events.Key) -> None:
        """Take an answer by its key; not from within a word that was meant for somewhere else."""
        now = monotonic()
        if event.is_printable and now - self._stray_at < PAUSE:
            self._stray_at = now
            event.stop()
            return
        for answer in self._answers:
            if event.key == answer.key:
                event.stop()
                self.dismiss(answer.value)
                return
        if event.is_printable:
            self._stray_at = now

    def action_first(self) -> None:
        """Give the first answer."""
        if monotonic() - self._stray_at < PAUSE:
            return  # the end of that word
        if self._enter or not self._answers:
            self.dismiss(self._answers[0].value if self._answers else None)

    def action_stay(self) -> None:
        """Give no answer."""
        self.dismiss(None)
