"""Times of an errand done many times, by the clock on the wall and by the processor.

Where the machine does other things as well, the two part: a slow program shows in both, a busy machine in the first.
"""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

from tests.bench.figures import Figure

Result = TypeVar("Result")


def as_the_screen_does() -> None:
    """Let no collection of garbage look again at what there is before an errand begins (`tui.cli.screen`)."""
    gc.collect()
    gc.freeze()


class Timings:
    """Milliseconds, in the order they were taken."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.processor: list[float] = []

    def take(self, errand: Callable[[], Result]) -> Result:
        """Do an errand and note how long it took."""
        processor, wall = time.process_time(), time.perf_counter()
        result = errand()
        self.add(time.perf_counter() - wall, time.process_time() - processor)
        return result

    def add(self, wall: float, processor: float) -> None:
        """Note what was timed elsewhere, in seconds."""
        self.wall.append(wall * 1000)
        self.processor.append(processor * 1000)

    def figure(self, what: str, at: str, percent: float, target: float | None, beside: str = "") -> Figure:
        """The time that so many percent did not exceed; the processor's likewise, of its own times."""
        measured, processor = percentile(self.wall, percent), percentile(self.processor, percent)
        return Figure(what, at, measured, target, "ms", beside, processor=processor)


def percentile(values: list[float], percent: float) -> float:
    """The value that so many percent of the values do not exceed (nearest rank); 100: the greatest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]
