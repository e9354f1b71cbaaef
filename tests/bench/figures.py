"""A measured figure beside its baseline and its target, and how a table of them is printed."""

from collections.abc import Sequence
from dataclasses import dataclass

MILLION = 1_000_000
"""Clients of the second column, which has a run of its own (`make bench-million`)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the benchmark table."""

    what: str
    at: str
    """The size it was measured at, such as `100,000 clients` or `80x24`."""
    measured: float
    target: float | None
    """The most (or, with `more_is_better`, the least) that counts as reached; None where there is no target."""
    unit: str
    baseline: str = ""
    """The same errand done the plain way in the same run, in words: `plain TinyDB 12,412 ms`."""
    more_is_better: bool = False
    processor: float | None = None
    """The same measured by the processor's time: on a busy machine it is much less than that of the wall clock."""

    @property
    def reached(self) -> bool:
        """Whether the target was met."""
        if self.target is None:
            return True
        return self.measured >= self.target if self.more_is_better else self.measured <= self.target


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    head = "| what | at | measured | target | reached | beside it |\n|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| {f.what} | {f.at} | {_number(f.measured)} {f.unit}{_processor(f)} | "
        f"{'' if f.target is None else ('≥ ' if f.more_is_better else '≤ ') + _number(f.target) + ' ' + f.unit} | "
        f"{'yes' if f.reached else '**no**'} | {f.baseline} |\n"
        for f in figures
    )


def _processor(figure: Figure) -> str:
    return "" if figure.processor is None else f" (CPU {_number(figure.processor)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"
