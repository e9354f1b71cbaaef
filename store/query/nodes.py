"""What a search line asks for, as a tree: words, digits, conditions on fields, and how they are joined.

A tree is about one client: it holds for a card or it does not. It is immutable and goes between threads.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from store import folding

Span = tuple[int | None, int | None]
"""A least and a greatest integer, both meant; None where that side is open."""


@dataclass(frozen=True, slots=True)
class Word:
    """A beginning of a word to be found."""

    text: str
    """As typed: small letters, without marks and apostrophes."""

    forms: tuple[str, ...]
    """The skeletons it is looked for by, any of which will do (see `folding.forms`)."""

    whole: bool = False
    """True where exactly that word is meant, not a beginning."""

    named: bool = False
    """True where it is looked for in clients' names alone."""


@dataclass(frozen=True, slots=True)
class Digits:
    """A run of digits: of a phone, an identifier, a client number or a house."""

    run: str
    pieces: tuple[str, ...]
    """The run as it was parted by spaces and dashes."""

    @property
    def in_phone(self) -> str:
        """What a stored international number must contain: the run without a trunk or exit prefix."""
        return in_phone(self.run)


@dataclass(frozen=True, slots=True)
class Number:
    """A beginning of a client number, `К-48…`, and of nothing else."""

    digits: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side in one value, each of them whole; as a test, in a value of the field."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What a condition is about: a field, a section, or a figure that follows from the card."""

    key: str
    """`person.last_name`, a whole section `purchases`, or one of `FIGURES`."""

    kind: str = ""
    """Of a table with rows of kinds: only the rows of that kind (`contacts.value` of `email`; `consent` to `sms`)."""


@dataclass(frozen=True, slots=True)
class Present:
    """There is a value: anything but nothing, an empty text and an empty list. Of a section: in any of its fields."""


@dataclass(frozen=True, slots=True)
class Words:
    """All of these words, each in some value of the field.

    Where the field (or the row's kind) is a phone, there is one word of digits, and the digits of the stored
    number contain it. An identifier's words are those of its text and all of them written together.
    """

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A value that is this: a choice's code, `yes` or `no`, one tag, the code of a segment, a text (`whole_key`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Spans:
    """An ordered value (see `Kind.ordinal`) within one of these; no value is in none."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another client, for whom something holds."""

    node: "Node"


Test = Present | Words | Whole | Spans | Phrase | Related


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of a field, a section or a figure: some value of it passes."""

    target: Target
    test: Test


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class All:
    """All of these; of none of them, everybody."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """One of these at least."""

    nodes: tuple["Node", ...]


Node = Word | Digits | Number | Phrase | Condition | Not | All | Any

FIGURES = (
    "birth",
    "birthday",
    "spent",
    "bought",
    "last_purchase",
    "first_purchase",
    "last_contact",
    "created",
    "updated",
    "task",
    "consent",
    "completeness",
    "rfm",
)
"""What follows from a card and has an order, each as integers that do not depend on today:

- `birth`: the day of birth, where its year is known; `birthday`: month × 31 + day, the year need not be known;
- `spent`: the sum of kept purchases in hryvnias, in kopiykas; `bought`: how many were kept. Every card has both, 0 too;
- `last_purchase`, `first_purchase`: days of kept purchases; `last_contact`: the day of the latest conversation;
- `created`, `updated`: the days of the envelope, as stored (UTC);
- `task`: the days of the tasks not done, 0 for one without a day;
- `consent`: the last valid day of each consent that stands (the newest row of its kind says it was given);
- `completeness`: percent; `rfm`: no integer but the code of a segment, see `store.rfm`.

Days are `date.toordinal()`.
"""


WORDY = frozenset(("text", "note", "tags", "email", "link"))
"""Kinds whose words are searched as words."""


def words_of(text: str, *, whole: bool = False) -> tuple[Word, ...]:
    """The words of a text, as they are looked for."""
    told = [(word, folding.forms(word)) for word in folding.words(text)]
    for otherwise in () if text.isascii() else folding.said_otherwise(text):
        others = map(folding.forms, folding.words(otherwise))
        told = [(word, (*forms, *other)) for (word, forms), other in zip(told, others, strict=True)]
    return tuple(Word(word, tuple(dict.fromkeys(forms)), whole) for word, forms in told if forms)


PHONE_DIGITS = 9
"""A phone has so many at least."""

COUNTRY_DIGITS = 3
"""A country's code has so many at most (ITU-T E.164)."""


def in_phone(run: str) -> str:
    """What a stored international number must contain: a run of digits without a trunk or exit prefix."""
    if len(run) >= PHONE_DIGITS:
        if run.startswith("00"):
            return run[2:]
        if run.startswith(("0", "80")) or (len(run) == 11 and run.startswith("8")):
            return run[1:]
    return run


_TELLING = re.compile("[+#\u2190-\u2bff\U0001f000-\U0001faff]|(?<=[\\w+])-(?!\\w)")
"""Signs that tell values apart: pluses, emoji, a minus behind a word; those between words and letters do not."""

_DASHES = str.maketrans("\u2212\u2013", "--")


def whole_key(text: str) -> str:
    """What whole values are compared by: their folded words, a space between, then what tells apart the same ones.

    These are signs (`A+` is not `A-`) and doubled letters of short words (`XXL` is not `XL`, but `Одесса` is `Одеса`).
    """
    signs = "".join(_TELLING.findall(text.translate(_DASHES)))
    return " ".join(filter(None, (folding.fold(text), folding.doubled(text), signs)))


def rewrite(node: Node, change: Callable[[Word], Node]) -> Node:
    """The tree with its words changed: those that are asked for, not those excluded or in conditions and phrases."""
    match node:
        case Word():
            return change(node)
        case All() | Any():
            return replace(node, nodes=tuple(rewrite(each, change) for each in node.nodes))
    return node


def wordy(node: Node) -> list[Node]:
    """The words a node asks for, each with what it may have been meant as; none where it asks for digits or phrases."""
    nodes = node.nodes if isinstance(node, All) else (node,)
    words: list[Node] = [each for each in nodes if not isinstance(each, Not | Condition)]
    return words if all(map(_is_wordy, words)) else []


def _is_wordy(node: Node) -> bool:
    if isinstance(node, Any):
        return all(map(_is_wordy, node.nodes))
    return isinstance(node, Word)
