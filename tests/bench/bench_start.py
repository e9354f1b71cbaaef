"""Start to the first frame, and the memory of the screen, in stores of different sizes, beside an empty application.

The stores are started in turns, so that what else the machine does weighs on all alike.
"""

import re
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.bench_screen import AS_INSTALLED, BARE, NUMBER, copied, program
from tests.bench.figures import MILLION, Figure
from tests.tui.terminal import Terminal

SMALL = 1_000
STARTS = 9

_COLOURED = re.compile(rb"\x1b\[[0-9;]+m ")
_VISIBLE = re.compile(rb"(?:\x1b\[[0-9;?<>=]*[ $]?[A-Za-z])*[^\x1b\s]")

_TARGETS: dict[int, tuple[float, float]] = {100_000: (1.1, 80), MILLION: (1.2, 85)}
"""At most: how many times as much as with `SMALL` clients; MB."""


class _Starts:
    """What the starts of one store took."""

    def __init__(self) -> None:
        self.seen: list[float] = []
        """Milliseconds until anything was."""
        self.usable: list[float] = []
        """Milliseconds until the list was."""
        self.processor: list[float] = []
        """Milliseconds of the processor until then."""
        self.memory: list[float] = []
        """MB, when it had come to rest."""


def measure(clients: int = 100_000) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="kartoteka-start-") as folder:
        stores = {size: copied(size, Path(folder)) for size in (SMALL, clients)}
        starts = {size: _Starts() for size in stores}
        for store in stores.values():
            _start(store, _Starts())  # the copies have other inodes, which the first start takes note of
        empty: list[float] = []
        for _ in range(STARTS):
            empty.append(_empty())
            for size, store in stores.items():
                _start(store, starts[size])
    bare = statistics.median(empty)
    for size, start in starts.items():
        yield from _figures(size, start, bare)
    more, _ = _TARGETS[clients]
    small, big = starts[SMALL], starts[clients]
    at = f"{clients:,} clients against {SMALL:,}"
    processor = _ratio(big.processor, small.processor)
    yield Figure("start to first frame", at, _ratio(big.usable, small.usable), more, "times", processor=processor)
    yield Figure("memory of the screen", at, _ratio(big.memory, small.memory), more, "times")


def measure_million() -> Iterator[Figure]:
    yield from measure(MILLION)


def _figures(size: int, start: _Starts, bare: float) -> Iterator[Figure]:
    at, beside = f"{size:,} clients", f"empty Textual application {bare:.0f} ms"
    yield Figure("start: something painted", at, statistics.median(start.seen), 40, "ms", beside)
    frame = statistics.median(start.usable)
    beside = f"{frame:.0f} ms (CPU {statistics.median(start.processor):.0f}); {beside}"
    yield Figure("start: usable first frame", at, frame / bare, 1.6, "times empty", beside)
    if size != SMALL:
        yield Figure("memory of the screen", at, statistics.median(start.memory), _TARGETS[size][1], "MB")


def _ratio(big: list[float], small: list[float]) -> float:
    return statistics.median(big) / statistics.median(small)


def _start(store: Path, start: _Starts) -> None:
    with program(store) as terminal:
        start.seen.append(_first(_VISIBLE, terminal))
        terminal.wait_until(lambda: NUMBER.search(terminal.text) is not None, timeout=120)
        start.usable.append((terminal.read_at - terminal.began) * 1000)
        start.processor.append(terminal.processor * 1000)
        terminal.settle(0.5)
        start.memory.append(terminal.resident)


def _empty() -> float:
    """Milliseconds until an empty application has painted itself."""
    with Terminal([*BARE, "empty"], environment=AS_INSTALLED) as terminal:
        return _first(_COLOURED, terminal)


def _first(pattern: re.Pattern[bytes], terminal: Terminal) -> float:
    """Milliseconds until the program sends something of that kind."""
    while not pattern.search(terminal.read(5)):
        if terminal.wait(0) is not None:
            raise RuntimeError(f"ended: {terminal.text}")
    return (terminal.read_at - terminal.began) * 1000
