"""Speaking with the operator: messages in the footer, and conversations, one at a time, in order."""

import asyncio
import os
import time
import weakref
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from textual.getters import query_one
from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from store.door import Store
from store.errors import StoreError
from store.progress import Progress
from tui.i18n import _
from tui.i18n.formats import count
from tui.i18n.problems import say
from tui.terminal.application import TerminalApp
from tui.terminal.cells import width
from tui.terminal.safe import safe
from tui.widgets.footer import Footer
from tui.widgets.line_input import LineInput
from tui.widgets.quiet_screen import QuietModal, QuietScreen

Got = TypeVar("Got")

SEEN = 1.5
"""Seconds something works until the operator has seen that it does, and types no further as if it were done."""

WAITING = 2.0
"""Seconds somebody waits for the store until they are told for whom."""

SAID = 4.0
"""Seconds a message stands in the footer."""


class SpeakingScreen(QuietScreen[None]):
    """A screen over a store, with a footer to speak in."""

    footer = query_one(Footer)

    @dataclass
    class Ready(Message):
        """The conversations are over."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self._turn = asyncio.Lock()
        self._conversations = 0
        self.is_making_progress = False
        """Whether something is done of which it is told how far it is."""
        self._saying: Timer | None = None

    def tell(self, text: str) -> None:
        """Say something in the footer for a while."""
        self.footer.message = text
        if self._saying is not None:
            self._saying.stop()
        self._saying = self.set_timer(SAID, self.fall_silent)

    def _keep_telling(self, text: str) -> None:
        """Say something in the footer until something else is said, or silence falls."""
        self.tell(text)
        if self._saying is not None:
            self._saying.stop()

    def warn(self, text: str) -> None:
        """Say something that must be read whole: in the footer if it fits there, else in a dialog."""
        if width(safe(text)) <= self.size.width - 2 or self.app.screen is not self:
            self.tell(text)
            return
        from tui.dialogs.question import Question

        notice: Question[None] = Question(text, [])
        self.app.push_screen(notice)

    def fall_silent(self) -> None:
        """Show the hints again."""
        self.footer.message = ""

    async def choose(
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

        self.fall_silent()  # what was told before is not of this
        offered = [Answer(*answer) for answer in answers]
        return await self.app.push_screen_wait(Question(title, offered, lines=lines, stay=stay, enter=enter))

    async def ask_store(self, question: Callable[[], Got]) -> Got | None:
        """Ask the store in a thread; an error is told, and the answer is None."""
        try:
            return await self.in_thread(question)
        except StoreError as error:
            self.warn(say(error, self.store.schema))
            return None

    async def do(self, act: Callable[[], object]) -> bool:
        """Do something in a thread; whether it was done: an error is told."""

        def done() -> bool:
            act()
            return True

        return bool(await self.ask_store(done))

    async def in_thread(self, act: Callable[[], Got]) -> Got:
        """Do something in a thread. Whoever has to wait there for another who writes is told for whom."""
        acting = asyncio.ensure_future(asyncio.to_thread(act))
        try:
            await asyncio.wait([acting], timeout=WAITING)
            if not acting.done() and (holder := self._holder()):
                self._keep_telling(_("Waiting for {operator}, who writes to the store…").format(operator=holder))
                await asyncio.wait([acting])
                self.fall_silent()
            return await acting
        finally:
            acting.cancel()

    def _holder(self) -> str:
        """Who else holds the store's lock; empty for nobody."""
        state = self.store.lock_state()
        return state.operator if state.pid and state.pid != os.getpid() else ""

    async def with_progress(self, doing: str, act: Callable[[Progress], Got]) -> Got | None:
        """Do something in a thread and say how far it is; an error is told, and the answer is None.

        Keys that are pressed while it is seen to work mean nothing afterwards: neither Esc nor `q` stops it.
        """
        last = -1
        began = time.monotonic()

        def told(done: int, of: int) -> None:
            nonlocal last
            percent = 100 * done // max(of, 1)
            if percent != last:
                last = percent
                self.app.call_from_thread(show, f"{doing} {percent} %")

        def show(text: str) -> None:
            # What a signal ends goes on to its end, and nobody is left to be told.
            if self.is_attached and self.query(Footer):
                self._keep_telling(text)

        self._keep_telling(doing)
        self.is_making_progress = True
        try:
            found = await asyncio.to_thread(act, told)
        except (StoreError, OSError) as error:
            self.fall_silent()  # it works no more
            self.warn(say(error, self.store.schema))
            return None
        finally:
            self.is_making_progress = False
            if time.monotonic() - began >= SEEN and isinstance(self.app, TerminalApp):
                self.app.drop_typed()
        self.fall_silent()
        return found

    def tell_dialogs(self, tell: Callable[[QuietModal[Any]], None]) -> None:
        """Tell the dialogs that stand over the screen that something is otherwise now."""
        for dialog in self.app.screen_stack:
            # One that was only just pushed has not drawn anything yet.
            if isinstance(dialog, QuietModal) and dialog.is_mounted:
                tell(dialog)

    @property
    def is_busy(self) -> bool:
        """Whether a conversation works, without a dialog that waits for the operator."""
        return self._conversations > 0 and self.app.screen_stack[-1:] == [self]

    def converse(self, conversation: Coroutine[Any, Any, object]) -> None:
        """Hold a conversation as soon as those before it are over."""
        self._conversations += 1
        turn = self._in_turn(conversation)
        worker = self.run_worker(turn, group="conversation", exit_on_error=False)
        # The program may end before its turn comes: Python complains of coroutines that nobody began.
        for begun in (turn, conversation):
            weakref.finalize(worker, begun.close).atexit = False

    async def _in_turn(self, conversation: Coroutine[Any, Any, object]) -> None:
        try:
            async with self._turn:
                await conversation
        finally:
            self._conversations -= 1
            if not self._conversations:
                self.app.post_message(self.Ready())

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell what went wrong in a worker; nothing that was typed is lost by it."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            if isinstance(error, StoreError | OSError):
                self.tell(say(error, self.store.schema))
            else:
                self.tell(_("This did not work: {reason}").format(reason=f"{type(error).__name__}: {error}"))

    def on_screen_suspend(self) -> None:
        """A dialog stands before the screen: what is typed now is meant for it."""
        self.app.post_message(self.Ready())

    def on_line_input_cut(self, message: LineInput.Cut) -> None:
        """Tell that not all of what was pasted was taken."""
        message.stop()
        self.tell(
            _("Too long: only the first {number} characters of what was pasted were taken").format(
                number=count(message.taken)
            )
        )

    def refuse(self) -> None:
        """Say why nothing can be changed."""
        self.tell(_("The store is read-only for you: nothing can be changed here"))
