"""The index takes in one save after another, 1,500 in a row; what that costs, and search between and after them.

Saves as operators make them, of random clients, by turns: another phone, a purchase more, a note, another last name, a
tag more, a new client. Timed is the index's part of a save (`Index.update`), and the whole of it; beside it a plain
TinyDB file of 1,000 clients. After every tenth save a letter is
searched, when nothing that searches remembered is true any more.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from store.card import Document, rows
from store.door import Edit, Store, open_store
from tests.bench.bench_save import plain_tinydb
from tests.bench.bench_search import WARMING_SEED, find, search
from tests.bench.figures import MILLION, Figure
from tests.bench.queries import SEEDS, prefixes, queries
from tests.bench.stores import store_of
from tests.bench.timing import Timings, as_the_screen_does, percentile

SAVES = 1_500
SEED = 105

_TARGETS: dict[int, tuple[float, float, float, float]] = {100_000: (1.5, 20, 0.5, 2), MILLION: (2, 30, 0.7, 6)}
"""Most milliseconds: of 95 in 100 updates, of all; of half the searches after them, of 95 in 100."""


def measure(clients: int = 100_000) -> Iterator[Figure]:
    at = f"{clients:,} clients"
    what = f"index update of one save, {SAVES:,} in a row"
    with tempfile.TemporaryDirectory(prefix="kartoteka-update-") as folder:
        copy = Path(shutil.copytree(store_of(clients), Path(folder) / "store"))
        plain = plain_tinydb(store_of(1_000), Path(folder) / "plain.json")
        # A store in use lies on the disk: of one just copied the first checkpoint would wait for all 200 MB of it.
        os.sync()
        with open_store(copy, operator="bench") as store:
            saving = _Saving(store, clients)
            saving.run()
            most, longest, half, nearly_all = _TARGETS[clients]
            beside = f"plain TinyDB, one file of 1,000: {plain:.0f} ms"
            yield saving.updates.figure(f"{what}, p50", at, 50, None, beside)
            yield saving.updates.figure(f"{what}, p95", at, 95, most, saving.by_kind())
            yield saving.updates.figure(f"{what}, worst", at, 100, longest, saving.slowest())
            whole = f"p95 {percentile(saving.whole.wall, 95):.2f}"
            yield saving.whole.figure("the whole save, p50", at, 50, None, whole)
            yield saving.between.figure("search of a letter between these saves, p95", at, 95, None)
            wal = f"at the end {_megabytes(_wal(store)):.1f}"
            yield Figure("write-ahead log of the index, at most", at, _megabytes(saving.wal), None, "MB", wal)
            after = search(store, list(prefixes(queries(store, clients, SEEDS[0]))))
            typed = f"search right after {SAVES:,} saves, {len(after.wall):,} prefixes"
            yield after.figure(f"{typed}, p50", at, 50, half)
            yield after.figure(f"{typed}, p95", at, 95, nearly_all, f"worst {max(after.wall):.1f}")


def measure_million() -> Iterator[Figure]:
    yield from measure(MILLION)


class _Saving:
    """Saves one card after another."""

    def __init__(self, store: Store, clients: int) -> None:
        self._store = store
        self._clients = clients
        self._random = Random(SEED)
        self._index_update = store.index.update
        self.updates, self.whole, self.between = Timings(), Timings(), Timings()
        self.kinds: list[str] = []
        """Of each save, in their order."""
        self.wal = 0
        """The greatest size of the write-ahead log, in bytes."""
        store.index.update = self._update  # type: ignore[method-assign]

    def run(self) -> None:
        """Make all the saves."""
        letters = list(prefixes(queries(self._store, self._clients, WARMING_SEED)))
        search(self._store, letters[:100])
        as_the_screen_does()
        for turn in range(SAVES):
            kind = _KINDS[turn % len(_KINDS)]
            while not self._saved(kind, turn):
                pass  # somebody who has that name, tag or note already
            self.kinds.append(kind)
            self.wal = max(self.wal, _wal(self._store))
            if turn % 10 == 9:
                self.between.take(lambda: find(self._store, self._random.choice(letters)))

    def by_kind(self) -> str:
        """What 95 of 100 took of each kind of save."""
        return ", ".join(f"{kind} {percentile(self._of(kind), 95):.2f}" for kind in dict.fromkeys(self.kinds))

    def slowest(self) -> str:
        """Which save took longest."""
        place = max(range(len(self.kinds)), key=self.updates.wall.__getitem__)
        return f"the {place + 1:,}th, {self.kinds[place]}"

    def _of(self, kind: str) -> list[float]:
        return [took for took, made in zip(self.updates.wall, self.kinds, strict=True) if made == kind]

    def _saved(self, kind: str, turn: int) -> bool:
        """Save something of that kind; False where nothing differed and so nothing was."""
        edit = self._edit(kind, turn)
        before = len(self.updates.wall)
        whole = Timings()
        whole.take(lambda: self._store.write([edit]))
        if len(self.updates.wall) == before:
            return False
        self.whole.wall += whole.wall
        self.whole.processor += whole.processor
        return True

    def _update(self, segments: Sequence[Any]) -> None:
        self.updates.take(lambda: self._index_update(segments))

    def _edit(self, kind: str, turn: int) -> Edit:
        if kind == "new client":
            return Edit(None, None, self._store.apply_typed(self._store.blank(), self._newcomer(turn)))
        serial = self._random.randint(1, self._clients)
        document = self._store.card(serial).document
        return Edit(serial, document, self._store.apply_typed(document, self._typed(kind, document, turn)))

    def _typed(self, kind: str, document: Document, turn: int) -> list[tuple[str, str]]:
        match kind:
            case "phone":
                place = next(place for place, row in enumerate(rows(document, "contacts")) if row["kind"] == "phone")
                return [(f"contacts[{place}].value", self._phone(turn))]
            case "purchase":
                bought = (
                    ("date", "2026-11-20"),
                    ("item", f"Чайник {turn % 40}"),
                    ("amount", "1250"),
                    ("status", "paid"),
                )
                return [(f"purchases[+].{key}", value) for key, value in bought]
            case "note":
                return [("notes.text", f"Передзвонити після {1 + turn % 28} числа, питала про доставку")]
            case "name":
                return [("person.last_name", self._surname())]
            case _:
                return [("tags.tags", ", ".join((*document.get("tags", {}).get("tags", ()), f"акція {turn % 30}")))]

    def _newcomer(self, turn: int) -> list[tuple[str, str]]:
        return [
            ("person.last_name", self._surname()),
            ("person.first_name", self._random.choice(("Олена", "Марія", "Іван", "Сергій"))),
            ("contacts[+].kind", "phone"),
            ("contacts[+].value", self._phone(turn)),
        ]

    def _surname(self) -> str:
        """Somebody's, or of two halves: operators meet new ones."""
        names = [self._store.card(self._random.randint(1, self._clients)).document["person"] for _ in range(2)]
        first, second = (str(name.get("last_name") or "Гнатюк") for name in names)
        return first if self._random.random() < 0.7 else f"{first[:3]}{second[-4:].lower()}"

    def _phone(self, turn: int) -> str:
        return f"0{self._random.choice(('67', '50', '93'))}00{turn:05d}"


_KINDS = ("phone", "purchase", "note", "name", "tag", "new client")


def _wal(store: Store) -> int:
    file = store.index.path.with_name(f"{store.index.path.name}-wal")
    return file.stat().st_size if file.exists() else 0


def _megabytes(size: int) -> float:
    return size / 1e6
