"""How much is tried: with every change as much as ten minutes allow, `make faults` tries the long figures."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The figures."""

    stores: int
    """Stores, each filled at random, in which every operation is killed at every system call."""
    crash_states: int
    """Replayed of each operation at most; of more, as many are drawn at random."""
    writers: int
    edits: int
    """Edits each writer must have acknowledged."""
    every_error: bool
    """Every error at every call; else every call fails once, with one error after the other."""
    levels: int
    """Fill levels of a full disk."""
    damages: int
    """Cases of damaged files."""
    drops: int
    """Dropped lines, terminations and kills at the screen."""
    runs: int
    """Runs of the state machine, of 30 steps."""


SHORT = Scale(
    stores=1, crash_states=700, writers=8, edits=200, every_error=False, levels=8, damages=2_400, drops=30, runs=300
)
LONG = Scale(
    stores=6, crash_states=3_000, writers=32, edits=500, every_error=True, levels=60, damages=100_000, drops=300,
    runs=20_000,
)  # fmt: skip

SCALE = LONG if os.environ.get("KARTOTEKA_FAULTS") == "long" else SHORT
