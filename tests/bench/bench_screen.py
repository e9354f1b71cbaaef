"""The screen in a pseudo-terminal of 80x24: bytes, latency, start and memory, beside bare Textual in the same run."""

import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.stores import store_of
from tests.tui.terminal import Step, Terminal

SMALL, BIG = 1_000, 100_000
STARTS = 7
CARDS, WARM = 500, 100
"""Cards opened, edited and saved; after how many of them growth is counted."""

BARE = [sys.executable, "-m", "tests.bench.bare_application"]
NUMBER = re.compile(r"K-\d")
AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": None}
"""As users have it: Python keeps what it compiled. Without that each start would compile the program again."""

_COLOURED = re.compile(rb"\x1b\[[0-9;]+m ")
_VISIBLE = re.compile(rb"(?:\x1b\[[0-9;?<>=]*[ $]?[A-Za-z])*[^\x1b\s]")


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="kartoteka-bench-") as folder:
        small, big = (copied(clients, Path(folder)) for clients in (SMALL, BIG))
        yield from sizes(small)
        yield from latencies(big)
        yield from starts([(SMALL, small), (BIG, big)])
        yield from memory(big)


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


def latencies(store: Path) -> Iterator[Figure]:
    """How long a key takes to be seen."""
    at = f"{BIG:,} clients"
    with screen(store) as terminal:
        steps = pressed(terminal, ["Down"] * 20)
        yield Figure("cursor step echoed", at, median(steps, lambda step: step.first_ms), 10, "ms")
        painted: list[float] = []
        for word in ("шевч", "oleks", "067", "київ"):
            terminal.measure("/")
            painted += filter(None, [results_painted(terminal, letter) for letter in word])
            terminal.measure("Esc")
        worst = f"worst {max(painted):.0f} of {len(painted)}"
        yield Figure("results of a letter painted", at, statistics.median(painted), 50, "ms", worst)


def results_painted(terminal: Terminal, letter: str) -> float:
    """Milliseconds from a letter until the rows of the list stand as they stay; 0 where they do not change."""
    terminal.settle(0.2)
    rows, begin, painted = terminal.lines[2:-1], time.perf_counter(), 0.0
    terminal.press(letter)
    while terminal.read(0.2):
        if terminal.lines[2:-1] != rows:
            rows, painted = terminal.lines[2:-1], terminal.read_at - begin
    return painted * 1000


def starts(stores: list[tuple[int, Path]]) -> Iterator[Figure]:
    """How soon something is seen and can be used, beside an empty Textual application; taken in turns."""
    empty: list[float] = []
    seen: dict[int, list[float]] = {clients: [] for clients, _ in stores}
    usable: dict[int, list[float]] = {clients: [] for clients, _ in stores}
    for _ in range(STARTS):
        empty.append(first(_COLOURED, [*BARE, "empty"]))
        for clients, store in stores:
            with program(store) as terminal:
                seen[clients].append(first_in(_VISIBLE, terminal))
                terminal.wait_until(lambda shown=terminal: NUMBER.search(shown.text) is not None)  # type: ignore[misc]
                usable[clients].append((terminal.read_at - terminal.began) * 1000)
    bare = statistics.median(empty)
    for clients, _ in stores:
        at, beside = f"{clients:,} clients", f"empty Textual application {bare:.0f} ms"
        yield Figure("start: something painted", at, statistics.median(seen[clients]), 40, "ms", beside)
        frame = statistics.median(usable[clients])
        beside = f"{frame:.0f} ms; {beside}"
        yield Figure("start: usable first frame", at, frame / bare, 1.6, "times empty", beside)


def first(pattern: re.Pattern[bytes], argv: list[str]) -> float:
    """Milliseconds until a program sends something of that kind."""
    with Terminal(argv, environment=AS_INSTALLED) as terminal:
        return first_in(pattern, terminal)


def first_in(pattern: re.Pattern[bytes], terminal: Terminal) -> float:
    """Milliseconds until the program sends something of that kind."""
    while not pattern.search(terminal.read(5)):
        if terminal.wait(0) is not None:
            raise RuntimeError(f"ended: {terminal.text}")
    return (terminal.read_at - terminal.began) * 1000


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
