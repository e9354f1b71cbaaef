"""The screen in a pseudo-terminal of 80x24: bytes, and memory after many cards; beside bare Textual in the same run."""

import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.stores import store_of
from tests.tui.terminal import Step, Terminal

SMALL, BIG = 1_000, 100_000
CARDS, WARM = 500, 100
"""Cards opened, edited and saved; after how many of them growth is counted."""

BARE = [sys.executable, "-m", "tests.bench.bare_application"]
NUMBER = re.compile(r"K-\d")
AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": None}
"""As users have it: Python keeps what it compiled. Without that each start would compile the program again."""


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="kartoteka-bench-") as folder:
        yield from sizes(copied(SMALL, Path(folder)))
        yield from memory(copied(BIG, Path(folder)))


def copied(clients: int, folder: Path) -> Path:
    """A store that may be written to."""
    return Path(shutil.copytree(store_of(clients), folder / f"store-{clients}"))


def program(store: Path) -> Terminal:
    """The program over that store, just started."""
    return Terminal([sys.executable, "-m", "tui", "--lang", "uk", "--store", str(store)], environment=AS_INSTALLED)


def screen(store: Path) -> Terminal:
    """The program over that store, its list shown."""
    terminal = program(store)
    terminal.wait_until(lambda: NUMBER.search(terminal.text) is not None)
    terminal.settle()
    return terminal


def sizes(store: Path) -> Iterator[Figure]:
    """Bytes a key."""
    bare = bare_sizes()
    at = f"80x24, {SMALL:,} clients"
    with screen(store) as terminal:
        yield Figure("first paint", at, len(terminal.received), 5_000, "bytes", f"bare {bare['start']:,.0f}")
        terminal.read_at = 0.0
        idle = len(terminal.received)
        terminal.settle(3)
        yield Figure("idle for 3 s", at, len(terminal.received) - idle, 0, "bytes", f"bare {bare['idle']:,.0f}")
        steps = pressed(terminal, ["Down"] * 12)
        yield Figure("cursor step", at, median(steps), 150, "bytes", f"bare {bare['step']:,.0f}")
        same, other = letters(terminal, "шевченко")
        yield Figure("typed search letter, list unchanged", at, median(same), 120, "bytes")
        yield Figure(
            "typed search letter, list changed", at, median(other), 1_500, "bytes", f"bare {bare['letter']:,.0f}"
        )
        pressed(terminal, ["Esc", "Enter"])
        tabs = pressed(terminal, ["2", "3", "4", "5", "1", "2"])
        yield Figure("tab change", at, median(tabs), 1_600, "bytes")
        pressed(terminal, ["1", "Enter"])
        fields = pressed(terminal, ["Tab"] * 6)
        yield Figure("next field while editing", at, median(fields), 300, "bytes")


def bare_sizes() -> dict[str, float]:
    """The same errands with Textual's own widgets."""
    with Terminal(BARE) as terminal:
        terminal.wait_until("Олена")
        terminal.settle()
        found = {"start": float(len(terminal.received))}
        found["step"] = median(pressed(terminal, ["Down"] * 6))
        pressed(terminal, ["S-Tab"])
        before = len(terminal.received)
        for _ in range(30):
            terminal.read(0.1)
        found["idle"] = float(len(terminal.received) - before)
        found["letter"] = median(pressed(terminal, list("бон")))
    return found


def pressed(terminal: Terminal, keys: list[str]) -> list[Step]:
    """What each key costs."""
    return [terminal.measure(key, quiet=0.25) for key in keys]


def letters(terminal: Terminal, word: str) -> tuple[list[Step], list[Step]]:
    """What typed letters cost, apart for those that left the list as it was and those that changed it."""
    terminal.measure("/")
    same: list[Step] = []
    other: list[Step] = []
    for letter in word:
        before = terminal.lines[2:-1]
        step = terminal.measure(letter, quiet=0.25)
        (same if terminal.lines[2:-1] == before else other).append(step)
    return same, other


def median(steps: list[Step], what: Callable[[Step], float] = lambda step: step.received) -> float:
    """The median of a figure of the steps."""
    return statistics.median(map(what, steps))


def memory(store: Path) -> Iterator[Figure]:
    """RAM, at first and after many cards."""
    at = f"{BIG:,} clients"
    with screen(store) as terminal:
        yield Figure("memory of the screen", at, terminal.resident, 80, "MB")
        for _ in range(WARM):
            edit_card(terminal)
        warm = terminal.resident
        for _ in range(CARDS - WARM):
            edit_card(terminal)
        yield Figure(f"memory after {CARDS} cards opened and edited", at, terminal.resident, 80, "MB")
        yield Figure(f"growth from card {WARM} to card {CARDS}", at, terminal.resident - warm, 1, "MB")


def edit_card(terminal: Terminal) -> None:
    """Open the card under the cursor, change a field, save, go back, one client further."""
    for keys in (["Enter", "Home", "Down", "Enter", "x", "Enter", "Esc", "C-s"], ["Esc", "Down"]):
        terminal.press(*keys)
        terminal.settle(0.06)
