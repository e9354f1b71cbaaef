"""Made-up clients' documents: the same seed and day give the same clients, whatever their number.

Phones come from ranges that are set aside for fiction (Ofcom's 020 7946 0xxx and its like) or that no operator gives
out (subscriber numbers that begin with 00), e-mail addresses from the domains of RFC 2606: nobody is rung up by a
demonstration.
"""

import datetime
import math
from collections.abc import Iterator
from random import Random
from typing import Any

from store.card import Document, Row
from store.demo.people import feminine, patronymics, people
from store.demo.wording import CLOTHES, OPERATORS, TAGS, Wording, wording

_LATIN = "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch iu ia e y e"
_LETTERS = str.maketrans(
    dict(zip("абвгґдеєжзиіїйклмнопрстуфхцчшщюяёыэ", _LATIN.split(), strict=True)) | dict.fromkeys("ьъ'’")
)
_DOMAINS = ("example.com", "example.org", "example.net", "mail.example", "poshta.example")
_UKRAINIAN_CODES = ("67", "50", "97", "68", "96", "66", "98", "95", "99", "63", "93", "73", "91", "77")
# https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
_FICTIONAL_CODES = ("2079460", "1134960", "1144960", "1174960", "1214960", "1314960", "1414960", "1514960", "1614960")
_MOST_PURCHASES = 60
_IDS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
"""First letters of rows' ids: one a place, so that no two rows of a table have the same."""
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def clients(seed: int = 1, today: datetime.date = datetime.date(2026, 11, 22)) -> Iterator[Document]:
    """Yield made-up clients without end, each about 2 KB of JSON, without numbers and revisions.

    Args:
        seed: Another seed, other clients.
        today: What "recently" and "soon" are counted from.
    """
    maker = _Maker(Random(seed), today)
    while True:
        yield maker.client()


class _Maker:
    """Makes one client after another from one stream of chances."""

    def __init__(self, random: Random, today: datetime.date) -> None:
        self._random = random
        self._chance = random.random
        self._today = today
        self._count = 0
        self._salt = random.getrandbits(30) | 1
        self._earlier: list[str] = []
        # A date's text costs more than all else of a row; a demonstration spans fifteen years.
        self._days = [(today + datetime.timedelta(days=offset)).isoformat() for offset in range(-5500, 61)]

    def client(self) -> Document:
        self._count += 1
        language = self._drawn(("uk",) * 12 + ("ru",) * 5 + ("en",) * 3)
        words = wording(language)
        person = self._person(language, words)
        since = self._below(3000) + 2
        document: Document = {"uid": self._uid(since), "person": person}
        document["contacts"] = self._contacts(language, person)
        document["identifiers"] = self._identifiers(since)
        document["addresses"] = [self._address(words)]
        document["purchases"] = self._purchases(words, since)
        document["interactions"] = self._interactions(words, since)
        if self._chance() < 0.3:
            document["tasks"] = self._tasks(words)
        document["preferences"] = self._preferences(words)
        if self._chance() < 0.25:
            document["feedback"] = [self._feedback(words, since)]
        document["consents"] = self._consents(since)
        if self._earlier and self._chance() < 0.06:
            document["relations"] = [self._relation()]
        if self._chance() < 0.7:
            document["tags"] = {"tags": sorted({self._drawn(TAGS) for _ in range(1 + self._below(3))})}
        if self._chance() < 0.3:
            document["notes"] = {"text": self._drawn(words.notes)}
        if self._count % 7 == 0:
            self._earlier.append(document["uid"])
        for rows in document.values():
            if isinstance(rows, list):
                rows[:] = [{"id": f"{_IDS[place]}{self._below(1000):03d}", **row} for place, row in enumerate(rows)]
        return {key: value for key, value in document.items() if value}

    def _below(self, limit: int) -> int:
        # Ten times quicker than randrange, and even enough here.
        return int(self._chance() * limit)

    def _drawn(self, values: tuple[Any, ...]) -> Any:
        return values[int(self._chance() * len(values))]

    def _few(self, values: tuple[str, ...]) -> str:
        """One of the values, the first far oftener (a place by the square of an even chance)."""
        chance = self._chance()
        return values[int(chance * chance * len(values))]

    def _day(self, ago: int) -> str:
        return self._days[5500 - ago]

    def _uid(self, since: int) -> str:
        """A ULID of the day the card was made: 48 bits of milliseconds, 80 bits of chance."""
        moment = (self._today.toordinal() - 719163 - since) * 86_400_000 + self._below(86_400_000)
        value = moment << 80 | self._random.getrandbits(80)
        return "".join([_CROCKFORD[value >> shift & 31] for shift in range(125, -1, -5)])

    def _person(self, language: str, words: Wording) -> Row:
        names = people(language)
        male = self._chance() < 0.45
        last = names.surnames(self._random)
        person: Row = {
            "last_name": last if male else feminine(last, language),
            "first_name": (names.men if male else names.women)(self._random),
        }
        if language != "en" and self._chance() < 0.85:
            person["patronymic"] = patronymics(names.fathers(self._random), language)[not male]
        if self._chance() < 0.85:
            person["birth_date"] = self._birthday()
        person["sex"] = "male" if male else "female"
        person["language"] = language
        if self._chance() < 0.4:
            person["company"] = self._drawn(words.companies)
            person["position"] = self._drawn(words.positions)
        if self._chance() < 0.6:
            person["source"] = self._drawn(words.sources)
        return person

    def _birthday(self) -> str:
        # The sum of three even chances is near enough to a bell.
        age = 18 + int((self._chance() + self._chance() + self._chance()) / 3 * 64)
        month, day = 1 + self._below(12), 1 + self._below(28)
        return (
            f"--{month:02d}-{day:02d}" if self._chance() < 0.08 else f"{self._today.year - age}-{month:02d}-{day:02d}"
        )

    def _contacts(self, language: str, person: Row) -> list[Row]:
        contacts: list[Row] = [{"kind": "phone", "value": self._phone(language), "label": "mobile", "main": True}]
        if self._chance() < 0.35:
            label = "work" if self._chance() < 0.6 else "home"
            contacts.append({"kind": "phone", "value": self._phone(language), "label": label})
        first, last = (person[key].lower().translate(_LETTERS) for key in ("first_name", "last_name"))
        if self._chance() < 0.75:
            name = self._drawn((f"{first}.{last}", f"{last}.{first[0]}", f"{first[0]}{last}", f"{last}{first}"))
            digits = str(self._below(100)) if self._chance() < 0.6 else ""
            contacts.append({"kind": "email", "value": f"{name}{digits}@{self._few(_DOMAINS)}"})
        if self._chance() < 0.3:
            contacts.append({"kind": "telegram", "value": f"@{last}_{first[:3]}{self._below(1000)}"})
        elif self._chance() < 0.2:
            contacts.append({"kind": "viber", "value": contacts[0]["value"]})
        return contacts

    def _phone(self, language: str) -> str:
        if language == "en":
            return f"+44{self._drawn(_FICTIONAL_CODES)}{self._below(1000):03d}"
        if language == "ru" and self._chance() < 0.2:
            return f"+79{self._below(100):02d}00{self._below(100_000):05d}"
        return f"+380{self._few(_UKRAINIAN_CODES)}00{self._below(100_000):05d}"

    def _identifiers(self, since: int) -> list[Row]:
        # Numbers in an order that does not show, each once: a product by a number prime to the modulus.
        account = (self._count * 7_368_787 + self._salt) % 100_000_000
        rows: list[Row] = [{"kind": "account", "value": f"26{account:08d}", "since": self._day(since)}]
        if self._chance() < 0.55:
            card = (self._count * 2_654_435_761 + self._salt) % 10_000_000_000
            rows.append({"kind": "loyalty", "value": _ean13(f"29{card:010d}"), "since": self._day(self._below(since))})
        return rows

    def _address(self, words: Wording) -> Row:
        chance = self._chance()
        city, region, code = words.cities[int(chance * chance * chance * len(words.cities))]
        address: Row = {
            "kind": "home",
            "country": words.country,
            "region": region,
            "city": city,
            "street": self._drawn(words.streets),
            "house": str(1 + self._below(160)),
        }
        if self._chance() < 0.7:
            address["flat"] = str(1 + self._below(220))
        address["postcode"] = (
            f"{code}{self._below(1000):03d}" if code[0].isdigit() else f"{code}{1 + self._below(19)} 1AA"
        )
        return address

    def _purchases(self, words: Wording, since: int) -> list[Row]:
        count = min(_MOST_PURCHASES, int(-5.5 * math.log(1.0 - self._chance())))
        return [self._purchase(words, ago) for ago in sorted((self._below(since) for _ in range(count)), reverse=True)]

    def _purchase(self, words: Wording, ago: int) -> Row:
        item, price = self._drawn(words.items)
        quantity = 1 if self._chance() < 0.8 else 2 + self._below(3)
        amount = int(price * quantity * (0.85 + self._chance() * 0.4))
        if ago < 10:
            status = self._drawn(("new", "paid", "sent"))
        else:
            status = "delivered" if self._chance() < 0.92 else self._drawn(("cancelled", "returned"))
        return {
            "date": self._day(ago),
            "item": item,
            "quantity": str(quantity),
            "amount": f"{amount}.00" if self._chance() < 0.8 else f"{amount}.50",
            "currency": "UAH",
            "status": status,
        }

    def _interactions(self, words: Wording, since: int) -> list[Row]:
        days = sorted((self._below(min(since, 1200)) for _ in range(self._below(6))), reverse=True)
        return [
            {
                "date": f"{self._day(ago)}T{9 + self._below(10):02d}:{self._below(12) * 5:02d}",
                "kind": self._drawn(("call", "call", "chat", "meeting", "letter", "visit")),
                "direction": self._drawn(("in", "out")),
                "text": self._drawn(words.openings) + self._drawn(words.closings),
                "by": self._drawn(OPERATORS),
            }
            for ago in days
        ]

    def _tasks(self, words: Wording) -> list[Row]:
        # From a week late to a month ahead; today is the likeliest day.
        ahead = 0 if self._chance() < 0.15 else self._below(38) - 7
        done = ahead < 0 and self._chance() < 0.8
        return [
            {
                "due": self._day(-ahead),
                "text": self._drawn(words.errands),
                "done": done,
                "assignee": self._drawn(OPERATORS),
            }
        ]

    def _preferences(self, words: Wording) -> Row:
        preferences: Row = {"channel": self._drawn(("phone", "phone", "sms", "email", "messenger", "none"))}
        if self._chance() < 0.4:
            preferences["contact_time"] = self._drawn(words.times)
        if self._chance() < 0.4:
            preferences["likes"] = sorted({self._drawn(words.likes) for _ in range(2)})
        if self._chance() < 0.3:
            preferences["sizes"] = self._drawn(CLOTHES)
        return preferences

    def _feedback(self, words: Wording, since: int) -> Row:
        glad = self._chance() < 0.75
        return {
            "date": self._day(self._below(since)),
            "kind": "praise" if glad else "complaint",
            "rating": str(5 - self._below(2)) if glad else str(1 + self._below(3)),
            "text": self._drawn(words.praise if glad else words.complaints),
            "status": self._drawn(("answered", "closed")) if self._chance() < 0.8 else "new",
        }

    def _consents(self, since: int) -> list[Row]:
        consents: list[Row] = [{"kind": "processing", "given": True, "date": self._day(since), "channel": "web"}]
        if self._chance() < 0.5:
            given = self._chance() < 0.7
            consents.append({"kind": "marketing", "given": given, "date": self._day(self._below(since))})
        return consents

    def _relation(self) -> Row:
        kind = self._drawn(("spouse", "relative", "friend", "colleague", "referred_by"))
        return {"client": self._earlier[self._below(len(self._earlier))], "kind": kind}


def _ean13(payload: str) -> str:
    """Twelve digits and their check digit (GS1 General Specifications, 7.9)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(payload))
    return f"{payload}{-total % 10}"
