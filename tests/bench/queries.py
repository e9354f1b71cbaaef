"""What operators type to find one client, drawn from a store: 235 queries a seed, of eleven kinds.

| kind | how many | what is typed |
|---|---|---|
| `surname` | 30 | the whole last name |
| `names` | 35 | 3 to 5 letters of the last name, 2 to 4 of the first: `шевч оле` |
| `first surname` | 15 | both names in full, the first one first |
| `first patronymic` | 12 | both in full |
| `phone` | 28 | `067 001`, `067-001-23-45`, `0670012345`, the last 4, the last 7, `+380…`, 5 inside; in turn |
| `email` | 15 | before the @, all, 6 letters, `@` and the domain, to the domain's first letter; in turn |
| `romanised` | 15 | last name and 4 letters of the first: by KMU 55-2010 or ICAO 9303, every other as people write |
| `layout` | 15 | last name and 4 letters of the first, typed while the keyboard was in another layout |
| `number` | 6 | the client number, small letters |
| `account` | 4 | the number of the account |
| `typo` | 60 | last name with a letter changed, put in, left out or two swapped; 4 letters of the first |

A slip is never in the first letter and never in the last.

All is drawn by `random.Random(seed)`: the same store and seed give the same queries. The engine was tuned looking at
other queries than those of `SEEDS`. Of a query in the wrong layout, romanised or with a slip `Meant` says what was
meant, for counting by brute force whom it could mean.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from store.card import Document, rows
from store.door import Store

SEEDS = (101, 102, 103)

_ALPHABETS = {
    "uk": "абвгдежзиіклмнопрстухцчшюя",
    "ru": "абвгдежзиклмнопрстухцчшюя",
    "en": "abcdefghijklmnoprstuvwy",
}
_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_UKRAINIAN_KEYS = "'йцукенгшщзхїфівапролджєячсмитьбю"
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_WRONG_LAYOUT = {
    "uk": str.maketrans(_UKRAINIAN_KEYS, _KEYS),
    "ru": str.maketrans(_RUSSIAN_KEYS, _KEYS),
    "en": str.maketrans(_KEYS, _UKRAINIAN_KEYS),
}
_SIGNS = dict.fromkeys("ьъ'’ʼ", "")


def _system(pairs: str) -> dict[str, str]:
    return {**dict(zip(pairs.split()[::2], pairs.split()[1::2], strict=True)), **_SIGNS}


_BOTH = "а a б b в v д d ж zh з z к k л l м m н n о o п p р r с s т t у u ф f ц ts ч ch ш sh"
# https://zakon.rada.gov.ua/laws/show/55-2010-п
_KMU = _system(f"{_BOTH} г h ґ g е e є ie и y і i ї i й i х kh щ shch ю iu я ia")
_KMU_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# ICAO Doc 9303, part 3, section 6.B
_ICAO = _system(f"{_BOTH} г g е e ё e и i й i х kh щ shch ы y э e ю iu я ia") | {"ъ": "ie"}
_EVERYDAY = {
    "uk": _system(f"{_BOTH} г g ґ g е e є ye и y і i ї yi й y х h щ sch ю yu я ya"),
    "ru": _system(f"{_BOTH} г g е e ё yo и i й y х h щ sch ы y э e ю yu я ya"),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a query could mean: clients of whom all of this holds."""

    names: tuple[tuple[str, str], ...] = ()
    """Field of the person, and with what it begins, in small letters."""
    digits: str = ""
    """What a phone, an identifier or the client number contains, among its digits."""
    email: str = ""
    """What an e-mail address contains."""
    serial: int = 0
    """Exactly this client, and nobody else: numbers and accounts are unique."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and whom it was drawn from."""

    kind: str
    line: str
    serial: int
    meant: Meant


def queries(store: Store, clients: int, seed: int) -> list[Asked]:
    """The 235 queries of a seed."""
    drawing = _Drawing(store, clients, Random(seed))
    return [
        asked
        for draw, count in (
            (drawing.surname, 30),
            (drawing.two_beginnings, 35),
            (drawing.first_and_surname, 15),
            (drawing.first_and_patronymic, 12),
            (drawing.phone, 28),
            (drawing.email, 15),
            (drawing.romanised, 15),
            (drawing.wrong_layout, 15),
            (drawing.number, 6),
            (drawing.account, 4),
            (drawing.slip, 60),
        )
        for asked in map(draw, range(count))
    ]


def prefixes(asked: list[Asked]) -> Iterator[str]:
    """What the search bar holds after each letter of each query."""
    for each in asked:
        for end in range(1, len(each.line) + 1):
            if each.line[:end].strip():
                yield each.line[:end]


class _Drawing:
    """Draws clients and makes of each what would be typed for it."""

    def __init__(self, store: Store, clients: int, random: Random) -> None:
        self._store = store
        self._clients = clients
        self._random = random

    def surname(self, _turn: int) -> Asked:
        serial, document = self._client()
        last = person(document, "last_name")
        return Asked("surname", last, serial, Meant((("last_name", last),)))

    def two_beginnings(self, _turn: int) -> Asked:
        serial, document = self._client()
        last = person(document, "last_name")[: self._random.randint(3, 5)]
        first = person(document, "first_name")[: self._random.randint(2, 4)]
        return Asked("names", f"{last} {first}", serial, _called(last, first))

    def first_and_surname(self, _turn: int) -> Asked:
        serial, document = self._client()
        last, first = person(document, "last_name"), person(document, "first_name")
        return Asked("first surname", f"{first} {last}", serial, _called(last, first))

    def first_and_patronymic(self, _turn: int) -> Asked:
        serial, document = self._client(lambda document: bool(person(document, "patronymic")))
        first, patronymic = person(document, "first_name"), person(document, "patronymic")
        meant = Meant((("patronymic", patronymic), ("first_name", first)))
        return Asked("first patronymic", f"{first} {patronymic}", serial, meant)

    def phone(self, turn: int) -> Asked:
        serial, document = self._client(lambda document: contact(document, "phone").startswith("+380"))
        home = contact(document, "phone")[3:]
        spaced, dashed = f"{home[:3]} {home[3:6]}", f"{home[:3]}-{home[3:6]}-{home[6:8]}-{home[8:]}"
        line = (spaced, dashed, home, home[-4:], home[-7:], f"+38{home}", home[4:9])[turn % 7]
        digits = "".join(filter(str.isdigit, line))
        return Asked("phone", line, serial, Meant(digits=digits))

    def email(self, turn: int) -> Asked:
        serial, document = self._client(lambda document: bool(contact(document, "email")))
        name, _, domain = contact(document, "email").partition("@")
        line = (name, f"{name}@{domain}", name[:6], f"@{domain}", f"{name}@{domain[0]}")[turn % 5]
        return Asked("email", line, serial, Meant(email=line.lower()))

    def romanised(self, turn: int) -> Asked:
        serial, document = self._client(lambda document: _language(document) != "en")
        last, first = person(document, "last_name"), person(document, "first_name")
        line = f"{_romanised(last, _language(document), turn)} {_romanised(first, _language(document), turn)[:4]}"
        # Four Latin letters are at least two of the name.
        return Asked("romanised", line, serial, _called(last, first[:2]))

    def wrong_layout(self, _turn: int) -> Asked:
        serial, document = self._client()
        last, first = person(document, "last_name"), person(document, "first_name")[:4]
        line = f"{last} {first}".translate(_WRONG_LAYOUT[_language(document)])
        return Asked("layout", line, serial, _called(last, first))

    def number(self, _turn: int) -> Asked:
        serial, document = self._client()
        return Asked("number", str(document["number"]).lower(), serial, Meant(serial=serial))

    def account(self, _turn: int) -> Asked:
        serial, document = self._client()
        value = next(str(row["value"]) for row in rows(document, "identifiers") if row["kind"] == "account")
        return Asked("account", value, serial, Meant(serial=serial))

    def slip(self, _turn: int) -> Asked:
        serial, document = self._client(lambda document: len(person(document, "last_name")) >= 5)
        last, first = person(document, "last_name"), person(document, "first_name")[:4]
        place = self._random.randrange(1, len(last) - 1)
        letter = self._random.choice(_ALPHABETS[_language(document)])
        before, here, after = last[:place], last[place], last[place + 1 :]
        way = self._random.randrange(4)
        slipped = (before + letter + after, before + letter + here + after, before + after,
                   before + after[0] + here + after[1:])[way]  # fmt: skip
        if slipped == last:
            slipped = before + after
        return Asked("typo", f"{slipped} {first}", serial, _called(last, first))

    def _client(self, fits: Callable[[Document], bool] = lambda _document: True) -> tuple[int, Document]:
        while True:
            serial = self._random.randint(1, self._clients)
            document = self._store.card(serial).document
            if fits(document):
                return serial, document


def person(document: Document, key: str) -> str:
    """A name of the person, in small letters."""
    return str(document.get("person", {}).get(key) or "").lower()


def contact(document: Document, kind: str) -> str:
    """The first contact of a kind."""
    return next((str(row["value"]) for row in rows(document, "contacts") if row.get("kind") == kind), "")


def _language(document: Document) -> str:
    return person(document, "language") or "uk"


def _called(last: str, first: str) -> Meant:
    return Meant((("last_name", last), ("first_name", first)))


def _romanised(name: str, language: str, turn: int) -> str:
    if turn % 2:
        return _spelled(name, _EVERYDAY[language])
    if language == "ru":
        return _spelled(name, _ICAO)
    name = name.replace("зг", "zgh")
    return _KMU_FIRST.get(name[0], _KMU.get(name[0], name[0])) + _spelled(name[1:], _KMU)


def _spelled(name: str, system: Mapping[str, str]) -> str:
    return "".join(system.get(letter, letter) for letter in name)
