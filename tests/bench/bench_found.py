"""Whether who is looked for is in the first 50, however it is typed; beside ripgrep and fzf over the same text.

The queries are those of `tests.bench.queries`. Counted are those that name one client: a query that by brute force
over all cards could mean more than 50 clients, each as well as the other, names none of them (they have that very
surname and first letters, those digits in a phone, an identifier or the client number, that piece of an e-mail
address). What could be meant is told by
what the query was made of, before a letter slipped, was romanised or typed in another layout; spellings that only
fold alike do not count, so that the rule leaves out as few as can be.

What was missed is told on the standard error stream, each with its reason.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from store.card import Document, rows
from store.door import Store, open_store
from tests.bench import beside
from tests.bench.figures import MILLION, Figure
from tests.bench.queries import SEEDS, Asked, Meant, person, queries
from tests.bench.stores import lines_of, store_of

PAGE = 50
PLAIN_QUERIES = {100_000: 40, MILLION: 8}
"""So many are asked of other programs: fzf takes its time."""

_TARGETS = {100_000: (97, None), MILLION: (92, 98)}
"""Least percent: of all, of typing errors and wrong layouts."""


def measure(clients: int = 100_000) -> Iterator[Figure]:
    at = f"{clients:,} clients"
    with open_store(store_of(clients)) as store:
        asked = [each for seed in SEEDS for each in queries(store, clients, seed)]
        could_be = alternatives(store, [each.meant for each in asked])
        naming = [each for each, count in zip(asked, could_be, strict=True) if count <= PAGE]
        missed = {each: reason for each in naming if (reason := _missed(store, each))}
        numbers = {each.serial: store.card(each.serial).number for each in naming}
    for each, reason in missed.items():
        print(f"missed at {at}: {each.kind}: {each.line!r}, client {each.serial}: {reason}", file=sys.stderr)
    least, least_slips = _TARGETS[clients]
    left_out = f"of {len(asked):,} queries {len(asked) - len(naming):,} could mean more than {PAGE} clients each"
    what = f"found in the first {PAGE}"
    yield _figure(f"{what}: {len(naming):,} queries that name one client", at, naming, missed, least, left_out)
    slips = [each for each in naming if each.kind in ("typo", "layout")]
    sample = Random(1).sample(naming, PLAIN_QUERIES[clients])
    plain = f"ripgrep and fzf, {len(sample)} of all: {_plain(clients, sample, numbers)}"
    yield _figure(f"{what}: typing errors and layouts alone, {len(slips)}", at, slips, missed, least_slips, plain)
    by_kind = Counter(each.kind for each in naming)
    lost = Counter(each.kind for each in missed)
    kinds = ", ".join(f"{kind} {lost[kind]} of {count}" for kind, count in by_kind.items() if lost[kind])
    reasons = Counter(reason.split(":")[0] for reason in missed.values())
    told = "; ".join(f"{reason} {count}" for reason, count in reasons.most_common())
    yield Figure("missed", at, len(missed), None, "queries", f"{kinds}; {told}" if missed else "")


def measure_million() -> Iterator[Figure]:
    yield from measure(MILLION)


def alternatives(store: Store, meant: Sequence[Meant]) -> list[int]:
    """How many clients each of these could mean, by a walk over all cards."""
    counts = [int(each.serial > 0) for each in meant]
    names: dict[tuple[str, str], list[int]] = {}
    digits: dict[str, list[int]] = {}
    emails: dict[str, list[int]] = {}
    for place, each in enumerate(meant):
        if each.names:
            names.setdefault(each.names[0], []).append(place)
        elif each.digits:
            digits.setdefault(each.digits[:4], []).append(place)
        elif each.email:
            emails.setdefault(each.email[:3], []).append(place)
    fields = {field for field, _ in names}
    for card in store.cards():
        possible: set[int] = set()
        for field in fields:
            name = person(card.document, field)
            for end in range(1, len(name) + 1):
                possible.update(names.get((field, name[:end]), ()))
        numbers, addresses = _numbers(card.document), _addresses(card.document)
        for text in numbers:
            for start in range(len(text) - 3):
                possible.update(digits.get(text[start : start + 4], ()))
        for text in addresses:
            for start in range(len(text) - 2):
                possible.update(emails.get(text[start : start + 3], ()))
        for place in possible:
            counts[place] += _holds(meant[place], card.document, numbers, addresses)
    return counts


def _holds(meant: Meant, document: Document, numbers: Sequence[str], addresses: Sequence[str]) -> bool:
    if meant.names:
        return all(person(document, field).startswith(beginning) for field, beginning in meant.names)
    if meant.digits:
        return any(meant.digits in number for number in numbers)
    return any(meant.email in address for address in addresses)


def _numbers(document: Document) -> list[str]:
    """The digits of the phones, of the identifiers and of the client number."""
    texts = [str(row["value"]) for row in rows(document, "contacts") if row["kind"] == "phone"]
    texts += [str(row["value"]) for row in rows(document, "identifiers")]
    return ["".join(filter(str.isdigit, text)) for text in (*texts, str(document["number"]))]


def _addresses(document: Document) -> list[str]:
    return [str(row["value"]).lower() for row in rows(document, "contacts") if row["kind"] == "email"]


def _missed(store: Store, asked: Asked) -> str:
    """Why the client is not in the first 50; "" where it is."""
    found = store.find(asked.line, limit=PAGE)
    if any(row.serial == asked.serial for row in found.rows(0, PAGE)):
        return ""
    told = ", ".join(f"{phase.how or 'as typed'} {phase.count}" for phase in found.phases)
    place = found.position(asked.serial)
    if place is not None:
        return f"beyond the first {PAGE}: at {place + 1} of {found.total} ({told})"
    if found.total >= PAGE:
        return f"others are called so as it is typed: {told}"
    return f"not found: {told}"


def _figure(
    what: str, at: str, asked: Sequence[Asked], missed: dict[Asked, str], least: float | None, told: str
) -> Figure:
    found = sum(each not in missed for each in asked)
    return Figure(what, at, 100 * found / len(asked), least, "%", told, more_is_better=True)


def _plain(clients: int, sample: Sequence[Asked], numbers: dict[int, str]) -> str:
    """How many percent of the sample other programs have in their first 50 lines."""
    lines = lines_of(clients)
    told = []
    for name, program in (
        ("ripgrep", ["rg", "--ignore-case", "--fixed-strings", "--max-count", str(PAGE), "--"]),
        ("fzf", ["fzf", "--filter"]),
    ):
        try:
            hits = [
                any(line.startswith(f"{numbers[each.serial]} ") for line in beside.first_50(lines, program, each.line))
                for each in sample
            ]
            told.append(f"{name} {100 * sum(hits) / len(hits):.0f} %")
        except FileNotFoundError:
            told.append(f"{name}: not installed")
    return ", ".join(told)
