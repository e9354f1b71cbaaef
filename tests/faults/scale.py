"""How much is tried: with every change as much as ten minutes allow, `make faults` tries the long figures."""

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """The figures."""

    stores: int
    """Stores, each filled at random, in which every operation is killed at every system call."""
    every_kill: bool
    """Of calls between which no file is changed each; else the first: the others leave the same."""
    crash_stores: int
    """Stores, each filled at random, in which the states after lost power are replayed."""
    crash_states: int
    """Replayed of each operation and store at most; of more, as many are drawn at random."""
    writers: int
    edits: int
    """Edits each writer must have acknowledged."""
    every_error: bool
    """Every error at every call; else every call fails once, with one error after the other."""
    failed_calls: int
    """Of each operation at most, spread evenly over it."""
    of_variants: int
    """Of an operation that goes like another one each so-manieth call only."""
    levels: int
    """Fill levels of a full disk."""
    damages: int
    """Cases of damaged files."""
    parts: int
    """Tests into which the damages and the runs of the state machine are cut: each is resumed by itself."""
    drops: int
    """Dropped lines, terminations and kills at the screen."""
    runs: int
    """Runs of the state machine, of 30 steps."""


SHORT = Scale(
    stores=1,
    every_kill=False,
    crash_stores=1,
    crash_states=900,
    writers=8,
    edits=200,
    every_error=False,
    failed_calls=150,
    of_variants=5,
    levels=8,
    damages=2_400,
    parts=2,
    drops=30,
    runs=300,
)
LONG = Scale(
    stores=2,
    every_kill=True,
    crash_stores=4,
    crash_states=4_000,
    writers=32,
    edits=500,
    every_error=True,
    failed_calls=100_000,
    of_variants=1,
    levels=60,
    damages=108_000,
    parts=40,
    drops=300,
    runs=20_000,
)

SCALE = LONG if os.environ.get("KARTOTEKA_FAULTS") == "long" else SHORT
