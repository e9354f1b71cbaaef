"""A key pressed until the list is repainted, in a pseudo-terminal of 80x24, as the operator's eyes would see it.

Typed are queries of `tests.bench.queries`, letter by letter, each after the screen has come to rest. Repainted is a
list when its rows stand as they stay; letters that change no row are left out of that, not out of the echo. The
processor's time is that of the program's threads.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from store.door import open_store
from tests.bench.bench_screen import NUMBER, copied, program
from tests.bench.figures import MILLION, Figure
from tests.bench.queries import SEEDS, queries
from tests.bench.timing import Timings, percentile
from tests.tui.terminal import Terminal

TYPED = 24
"""Queries typed, some 240 letters."""

STEPS = 40

_TARGETS: dict[int, float] = {100_000: 30, MILLION: 45}


def measure(clients: int = 100_000) -> Iterator[Figure]:
    at = f"80x24, {clients:,} clients"
    with tempfile.TemporaryDirectory(prefix="kartoteka-typing-") as folder:
        store = copied(clients, Path(folder))
        with open_store(store) as opened:
            asked = Random(1).sample(queries(opened, clients, SEEDS[0]), TYPED)
        with program(store) as terminal:
            terminal.wait_until(lambda: NUMBER.search(terminal.text) is not None, timeout=60)
            terminal.settle(1)
            steps = Timings()
            for _ in range(STEPS):
                _press(terminal, "Down", steps, Timings())
            echoed, painted = Timings(), Timings()
            for each in asked:
                terminal.measure("/")
                for letter in each.line:
                    _press(terminal, letter, echoed, painted)
                terminal.measure("Esc")
        shutil.rmtree(store)
    yield steps.figure("cursor step echoed, p95", at, 95, 10, f"p50 {percentile(steps.wall, 50):.1f}")
    letters = f"of {len(echoed.wall)} letters typed"
    yield echoed.figure(f"echo {letters}, p95", at, 95, 10, f"p50 {percentile(echoed.wall, 50):.1f}")
    what = f"key pressed to list repainted, {len(painted.wall)} {letters}"
    yield painted.figure(f"{what}, p50", at, 50, None)
    yield painted.figure(f"{what}, p95", at, 95, _TARGETS[clients], f"worst {max(painted.wall):.0f}")


def measure_million() -> Iterator[Figure]:
    yield from measure(MILLION)


def _press(terminal: Terminal, key: str, echoed: Timings, painted: Timings) -> None:
    """Press a key, and note when the first of an answer came and when the rows stood as they stay."""
    rows, processor = terminal.lines[2:-1], terminal.processor
    shown = terminal.watch(key)
    processor = terminal.processor - processor
    if shown:
        echoed.add(shown[0][0] / 1000, processor)
    last = 0.0
    for after, lines in shown:
        if lines[2:-1] != rows:
            rows, last = lines[2:-1], after
    if last:
        painted.add(last / 1000, processor)
