"""Search as one types: every prefix of mixed queries, first page and count, beside plain ways of the same errand.

The queries are drawn from the store itself, with a seed: last names, beginnings of two names, phones in several
spellings, parts of e-mails, romanised names, names typed in another keyboard layout, client numbers, identifiers.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from store import folding
from store.card import Document, rows
from store.door import Store, open_store
from store.index.matching import searched_texts
from store.layouts import other_layouts
from store.query import parse
from tests.bench.figures import Figure
from tests.bench.stores import store_of

CLIENTS = 100_000
QUERIES = 200
SEED = 101
PAGE = 50

_ROMANISED = str.maketrans(
    {
        **dict(zip("абвгґдезиіїйклмнопрстуфыэё", "abvhgdezyiiiklmnoprstufyee", strict=True)),
        "є": "ie",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "iu",
        "я": "ia",
        **dict.fromkeys("ьъ'’ʼ", ""),
    }
)
"""KMU 55-2010, its simple half: no rules for the beginning of a word."""

Draw = Callable[[Document, random.Random], str]


def measure() -> Iterator[Figure]:
    at = f"{CLIENTS:,} clients"
    with open_store(store_of(CLIENTS)) as store:
        asked = queries(store)
        typed = [query[:end] for query in asked for end in range(1, len(query) + 1) if query[:end].strip()]
        _times(store, typed[:200])
        times = _times(store, typed)
        found = sum(store.find(query).total > 0 for query in asked)
        beside = (
            f"plain TinyDB {_plain_tinydb(store.path, asked[0]):,.0f} ms; a Python scan {_scan(store, typed):.1f} ms"
        )
        what = f"search as typed, {len(typed):,} prefixes: first page and count"
        yield Figure(f"{what}, p50", at, statistics.median(times), 0.6, "ms", beside)
        yield Figure(f"{what}, p95", at, times[int(len(times) * 0.95)], 3, "ms")
        yield Figure(f"{what}, worst", at, times[-1], None, "ms")
        yield Figure("queries that found somebody", at, 100 * found / len(asked), 95, "%", more_is_better=True)


def queries(store: Store) -> list[str]:
    """Queries that each mean one client drawn from the store."""
    draw = random.Random(SEED)
    kinds: tuple[Draw, ...] = (_last_name, _two_names, _phone, _email, _romanised, _layout, _two_names, _number, _card)
    found: list[str] = []
    while len(found) < QUERIES:
        document = store.card(draw.randint(1, CLIENTS)).document
        if query := kinds[len(found) % len(kinds)](document, draw):
            found.append(query)
    return found


def _times(store: Store, lines: list[str]) -> list[float]:
    """Milliseconds of each search, reading the line included, in rising order."""
    times = []
    for line in lines:
        before = time.perf_counter()
        store.index.find(parse(line, store.schema, store.reading.today), PAGE).rows(0, PAGE)
        times.append((time.perf_counter() - before) * 1000)
    return sorted(times)


def _plain_tinydb(store: Path, word: str) -> float:
    """Milliseconds of one search by plain TinyDB over the same files."""
    from tinydb import TinyDB, where

    def begins(person: Mapping[str, object]) -> bool:
        return any(str(value).lower().startswith(word) for value in person.values())

    before = time.perf_counter()
    for file in sorted((store / "clients").glob("*[0-9].json")):
        with TinyDB(file, access_mode="r", encoding="utf-8") as database:
            database.table("clients").search(where("person").test(begins))
    return (time.perf_counter() - before) * 1000


def _scan(store: Store, lines: list[str]) -> float:
    """The median milliseconds of `in` over folded lines held in memory, stopping at 1,001."""
    held = [folding.fold("\n".join(searched_texts(card.document, store.schema))) for card in store.cards()]
    times = []
    for line in lines[::50]:
        word = folding.fold(line)
        before = time.perf_counter()
        count = 0
        for text in held:
            count += word in text
            if count > 1000:
                break
        times.append((time.perf_counter() - before) * 1000)
    return statistics.median(times)


def _person(document: Document, key: str) -> str:
    return str(document.get("person", {}).get(key) or "").lower()


def _contact(document: Document, kind: str) -> str:
    return next((str(row["value"]) for row in rows(document, "contacts") if row.get("kind") == kind), "")


def _last_name(document: Document, _draw: random.Random) -> str:
    return _person(document, "last_name")


def _two_names(document: Document, draw: random.Random) -> str:
    last, first = _person(document, "last_name"), _person(document, "first_name")
    return draw.choice((f"{last[: draw.randint(3, 5)]} {first[: draw.randint(2, 4)]}", f"{first} {last[:4]}"))


def _phone(document: Document, draw: random.Random) -> str:
    phone = _contact(document, "phone")
    if not phone.startswith("+380"):
        return phone[-7:]
    home = phone[3:]
    return draw.choice(
        (f"{home[:3]} {home[3:6]}", home, home[-4:], home[-7:], phone, home[1:6], f"8 {home[:3]} {home[3:]}")
    )


def _email(document: Document, draw: random.Random) -> str:
    name, _, host = _contact(document, "email").partition("@")
    return draw.choice((name, f"{name}@{host}", name[:6], f"{name}@{host[:1]}"))


def _romanised(document: Document, _draw: random.Random) -> str:
    return f"{_person(document, 'last_name')} {_person(document, 'first_name')[:4]}".translate(_ROMANISED)


def _layout(document: Document, _draw: random.Random) -> str:
    return next(iter(other_layouts(_person(document, "last_name"))), "")


def _number(document: Document, _draw: random.Random) -> str:
    return str(document["number"])


def _card(document: Document, _draw: random.Random) -> str:
    return next((str(row["value"]) for row in rows(document, "identifiers")), "")
