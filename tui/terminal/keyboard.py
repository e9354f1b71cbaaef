"""What the terminal sends, as keys: nothing it sends ends the program or is taken for typing.

Textual's own reading ends the program at one byte that is not UTF-8 (a KOI8 terminal), at a kitty key with alternates,
and types sequences it does not know as letters, which here would be commands. So what comes in is first cut into whole
sequences; those Textual's parser does not know are dropped, and a fault in it costs that one sequence.
"""

import codecs
import re
from collections.abc import Generator, Iterator

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

ESC = "\x1b"
PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"

SPLIT_WAIT = 0.1
"""Seconds to wait for the rest of a sequence cut in two by a slow line."""

PASTE_WAIT = 2.0
"""Seconds of silence after which a paste whose end never came is taken as it is."""

LONGEST = 32
"""Characters of the longest sequence Textual's parser takes; a longer one it would type out."""

_WHOLE = re.compile(
    "\x1b(?:"
    "\\[M[^\x1b]{3}"  # mouse, as old terminals send it
    "|\\[\\[[A-E]"  # function keys of the Linux console
    "|\\[[0-?]*[ -/]*[@-~]"  # CSI
    "|O[0-9;]*[@-Z\\\\^-~]"  # SS3
    "|[\\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\\\)"  # OSC, DCS, SOS, PM, APC
    "|(?=\x1b)"  # Esc itself, before another sequence
    "|[^\x1b\\[\\]OPX^_]"  # Alt and a character
    ")",
    re.DOTALL,
)
_STRING = re.compile("\x1b[\\]PX^_].", re.DOTALL)
_CHORDS = {f"\x1b{letter}": f"alt+{letter}" for letter in "0123456789f"}
"""What most terminals send for Alt and a key where Textual reads what one of them types: `¡`, or a word further."""
_FAULTS = (ValueError, LookupError, ArithmeticError, TypeError, AttributeError, RuntimeError, StopIteration)
"""What reading a malformed number, code point or mode can raise inside Textual's parser."""


class Keyboard:
    """Bytes in, messages out. It has no clock of its own: `patience` says when to call `expire`."""

    def __init__(self, escape_delay: float) -> None:
        """Begin with nothing read.

        Args:
            escape_delay: Seconds after which a lone ESC is the Esc key.
        """
        self._escape_delay = escape_delay
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._parser = XTermParser()
        self._held = ""
        self._pasted: list[str] | None = None

    @property
    def patience(self) -> float | None:
        """Seconds to wait for more before `expire`; None where nothing is waited for."""
        if self._pasted is not None:
            return PASTE_WAIT
        if not self._held:
            return None
        return self._escape_delay if self._held == ESC else SPLIT_WAIT

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that the bytes complete."""
        # U+FFFD stands for bytes that are not UTF-8: no key that anybody pressed.
        self._held += self._decoder.decode(data).replace("\N{REPLACEMENT CHARACTER}", "")
        while self._held:
            if self._pasted is not None:
                if not (yield from self._paste()):
                    return
                continue
            before, escape, rest = self._held.partition(ESC)
            if before:
                self._held = escape + rest
                yield from self._parse(before)
                continue
            whole = _WHOLE.match(self._held)
            if whole is None:
                return
            self._held = self._held[whole.end() :]
            yield from self._sequence(whole[0])

    def expire(self) -> Iterator[Message]:
        """The messages that what is held comes to when nothing more arrives."""
        held, self._held = self._held, ""
        if self._pasted is not None:
            text, self._pasted = "".join(self._pasted) + held, None
            yield _paste_of(text)
        elif held == ESC or (len(held) == 2 and held[0] == ESC and held[1] not in "[O"):
            yield from self._sequence(held)
        # Anything else is half a sequence whose rest was lost.

    def _paste(self) -> Generator[Message, None, bool]:
        """Take pasted text up to its end; whether the end has come."""
        assert self._pasted is not None
        text, end, rest = self._held.partition(PASTE_END)
        if end:
            self._held = rest
            yield _paste_of("".join(self._pasted) + text)
            self._pasted = None
            return True
        # The end mark may be cut in two: its beginning stays held.
        keep = next((n for n in range(len(PASTE_END) - 1, 0, -1) if text.endswith(PASTE_END[:n])), 0)
        self._pasted.append(text[: len(text) - keep])
        self._held = text[len(text) - keep :]
        return False

    def _sequence(self, sequence: str) -> Iterator[Message]:
        if sequence == PASTE_START:
            self._pasted = []
        elif chord := _CHORDS.get(sequence):
            yield events.Key(chord, None)
        elif sequence != PASTE_END and len(sequence) <= LONGEST and not _STRING.match(sequence):
            yield from self._parse(sequence)
            yield from self._settle(keys=len(sequence) <= 2)

    def _parse(self, text: str) -> Iterator[Message]:
        try:
            yield from self._parser.feed(text)
        except _FAULTS:
            self._parser = XTermParser()

    def _settle(self, *, keys: bool) -> Iterator[Message]:
        """Bring the parser back to where it waits for nothing: by its own timeout, or by dropping what it holds."""
        if self._parser._timeout_time is None:
            return
        if not keys:
            self._parser = XTermParser()
            return
        self._parser._timeout_time = 0.0
        try:
            yield from self._parser.tick()
        except _FAULTS:
            self._parser = XTermParser()


def _paste_of(text: str) -> events.Paste:
    return events.Paste(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))
