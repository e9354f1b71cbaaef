"""Search as one types: every prefix of mixed queries, first page and count, beside plain ways of the same errand.

The queries are those of `tests.bench.queries`, 235 of each of three seeds that nobody tuned on.
"""

from collections.abc import Iterator
from functools import partial
from random import Random

from store.door import Store, open_store
from store.query import parse
from tests.bench import beside
from tests.bench.figures import MILLION, Figure
from tests.bench.queries import SEEDS, contact, person, prefixes, queries
from tests.bench.stores import lines_of, store_of
from tests.bench.timing import Timings, as_the_screen_does, percentile

PAGE = 50
WARMING_SEED = 100
PLAIN_WORDS = {100_000: 15, MILLION: 5}
"""So many of the queries are asked of other programs."""

_TARGETS: dict[int, tuple[float, float, float | None]] = {100_000: (0.5, 2, None), MILLION: (0.7, 6, 35)}
"""Most milliseconds: of half the prefixes, of 95 in 100, of all."""


def measure(clients: int = 100_000) -> Iterator[Figure]:
    at = f"{clients:,} clients"
    kept = store_of(clients)
    with open_store(kept) as store:
        typed = {seed: list(prefixes(queries(store, clients, seed))) for seed in SEEDS}
        as_the_screen_does()
        # As in a program that has been open for a while.
        search(store, list(prefixes(queries(store, clients, WARMING_SEED)))[:500])
        by_seed = {seed: search(store, lines) for seed, lines in typed.items()}
        words = [each.line for each in Random(1).sample(queries(store, clients, SEEDS[0]), PLAIN_WORDS[clients])]
        people = [
            (
                " ".join(person(card.document, key) for key in ("last_name", "first_name")),
                contact(card.document, "phone"),
            )
            for card in store.cards(range(1, beside.KHARD_CONTACTS + 1))
        ]
    times = Timings()
    for each in by_seed.values():
        times.wall += each.wall
        times.processor += each.processor
    what = f"search as typed, {len(times.wall):,} prefixes: first page and count"
    half, most, all_of_them = _TARGETS[clients]
    lines = lines_of(clients)
    plain = (beside.ripgrep(lines, words), beside.fzf(lines, words), beside.tinydb(kept, words[0]))
    yield times.figure(f"{what}, p50", at, 50, half, "; ".join((*plain, beside.khard(people, words))))
    yield times.figure(f"{what}, p95", at, 95, most, _seeds(by_seed, 95))
    yield times.figure(f"{what}, worst", at, 100, all_of_them, _seeds(by_seed, 100))


def measure_million() -> Iterator[Figure]:
    yield from measure(MILLION)


def search(store: Store, lines: list[str]) -> Timings:
    """The times of each search, reading the line included."""
    times = Timings()
    for line in lines:
        times.take(partial(find, store, line))
    return times


def find(store: Store, line: str) -> None:
    """What the screen does for a letter, without the screen."""
    store.index.find(parse(line, store.schema, store.reading.today), PAGE).rows(0, PAGE)


def _seeds(by_seed: dict[int, Timings], percent: float) -> str:
    each = (f"{seed}: {percentile(times.wall, percent):.2f}" for seed, times in by_seed.items())
    return f"by seeds {', '.join(each)}"
