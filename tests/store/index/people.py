"""Made-up clients for tests of the search: seeded, so that every run has the same ones."""

import random
from collections.abc import Iterator
from typing import Any

from store.card import Card, Document


def _words(text: str, between: str = " ") -> list[str]:
    return text.split(between)


UK_FIRST = {
    "female": _words("Олена Юлія Ганна Оксана Наталія Ірина Тетяна Марія Софія Дар'я Єва Ярослава Зоряна Соломія Люба"),
    "male": _words("Григорій Сергій Андрій Юрій Дмитро Олексій Євген Ігор Тарас Богдан Ілля Ян Щек Лук'ян Йосип"),
}
RU_FIRST = {
    "female": _words("Елена Юлия Анна Екатерина Наталья Ирина Татьяна Мария Фёкла Алёна Любовь Зоя Эмма Яна"),
    "male": _words("Григорий Сергей Андрей Юрий Дмитрий Алексей Евгений Игорь Фёдор Пётр Илья Семён Эдуард"),
}
EN_FIRST = {
    "female": _words("Helen Julia Anna Catherine Natalie Irene Mary Sophia Alice Jane Zoe Emma Grace"),
    "male": _words("Gregory Serge Andrew George Jack John Philip Theodore Peter Oscar Max Alexander Michael"),
}
STEMS = _words(
    "шевч бойк коваль бондар ткач кравч олійн поліщ мельн мороз петр гаврил ярем щерб харч хоменк жук чорн грицен лис "
    "сидор пан заєць їжак цимбал юр яцен ґудз гнат федор савч руд кобз левч дяч кучер тимош марч рибач стец гайд проц"
)
UK_TAILS = _words("енко ук ик ська ський ів чук няк ець ова ун ар ій")
RU_TAILS = _words("ов ев ин ская ский ёв ых иков анов")
EN_LAST = _words(
    "Smith Mack Werner Kovacs Wright Bishop Kowalczyk O'Brien Müller Schwarz Szymański Fisher Thornton Beck"
)
CITIES = _words("Київ Харків Одеса Львів Дніпро Запоріжжя Івано-Франківськ Кривий Ріг Вінниця Полтава Чернівці Суми")
STREETS = _words("Шевченка Хрещатик Дерибасівська Лесі Українки Франка Соборна Мазепи Грушевського Перемоги Садова")
ITEMS = _words(
    "кава чай чайник ковдра лампа стілець стіл шафа кабель ноутбук мишка клавіатура навушники рюкзак светр куртка"
)
SAYINGS = _words(
    "передзвонити після обіду; просила знижку; дуже задоволена обслуговуванням; не телефонувати вранці; "
    "перенесли зустріч на четвер; спитати про доставку; подарувала торт на свято; хоче більший розмір",
    "; ",
)
TAGS = _words("vip опт роздріб боржник партнер новий дніпро-схід")
DOMAINS = _words("gmail.com ukr.net i.ua meta.ua outlook.com firma.com.ua")


def document(serial: int, random_of: random.Random) -> Document:
    """One client's document of about 2 KB."""
    chosen = random_of.random()
    sex = random_of.choice(("female", "male"))
    stem = random_of.choice(STEMS) + random_of.choice(("", "", "", *STEMS))
    if chosen < 0.6:
        first, last = random_of.choice(UK_FIRST[sex]), stem + random_of.choice(UK_TAILS)
    elif chosen < 0.85:
        first, last = random_of.choice(RU_FIRST[sex]), stem.replace("і", "и") + random_of.choice(RU_TAILS)
    else:
        first, last = random_of.choice(EN_FIRST[sex]), random_of.choice(EN_LAST) + random_of.choice(("", "son", "er"))
    last = last[0].upper() + last[1:]
    person: dict[str, Any] = {"last_name": last, "first_name": first, "sex": sex, "birth_date": _day(random_of)}
    if chosen < 0.6:
        person["patronymic"] = random_of.choice(UK_FIRST["male"]).rstrip("йо") + "ович"
    if random_of.random() < 0.3:
        person["company"] = f"ТОВ «{random_of.choice(STEMS).title()} {random_of.choice(ITEMS)}»"
    contacts = [{"id": "c1", "kind": "phone", "value": phone(random_of), "main": True, "label": "mobile"}]
    if random_of.random() < 0.4:
        contacts.append({"id": "c2", "kind": "phone", "value": phone(random_of), "label": "work"})
    if random_of.random() < 0.7:
        address = f"{random_of.choice(EN_LAST).lower().replace(chr(39), '')}{serial}@{random_of.choice(DOMAINS)}"
        contacts.append({"id": "c3", "kind": "email", "value": address})
    return {
        "uid": f"01JD{serial:022}",
        "number": number(serial),
        "revision": 1,
        "created": f"2026-01-{serial % 28 + 1:02}T09:00:00Z",
        "updated": f"2026-02-{serial % 27 + 1:02}T09:00:00Z",
        "person": person,
        "contacts": contacts,
        "identifiers": [{"id": "i1", "kind": "loyalty", "value": f"2{serial * 7919 % 10**12:012}"}],
        "addresses": [
            {"id": "a1", "kind": "home", "city": random_of.choice(CITIES), "street": random_of.choice(STREETS)}
        ],
        "purchases": [_purchase(place, random_of) for place in range(random_of.randint(0, 10))],
        "interactions": [_interaction(place, random_of) for place in range(random_of.randint(0, 6))],
        "tags": {"tags": random_of.sample(TAGS, random_of.choice((0, 0, 1, 1, 2)))},
        "notes": {"text": random_of.choice(("", *SAYINGS))},
    }


def cards(count: int, seed: int = 1) -> Iterator[Card]:
    """The cards of clients 1 to `count`."""
    random_of = random.Random(seed)
    for serial in range(1, count + 1):
        yield Card(serial, document(serial, random_of))


def number(serial: int) -> str:
    """A client number, another for each serial."""
    payload = str(10_000 + serial * 7 % 9_000_000)
    return f"K-{payload[:-3]}-{payload[-3:]}-{serial % 10}"


def phone(random_of: random.Random) -> str:
    """A stored phone."""
    if random_of.random() < 0.9:
        return (
            f"+380{random_of.choice(('50', '63', '67', '68', '73', '93', '96', '99'))}{random_of.randrange(10**7):07}"
        )
    return f"+79{random_of.randrange(10**9):09}"


def _day(random_of: random.Random) -> str:
    return f"{random_of.randint(1945, 2008)}-{random_of.randint(1, 12):02}-{random_of.randint(1, 28):02}"


def _purchase(place: int, random_of: random.Random) -> dict[str, Any]:
    amount = f"{random_of.randint(50, 20_000)}.00"
    item = f"{random_of.choice(ITEMS)} {random_of.choice(ITEMS)}"
    return {
        "id": f"p{place}",
        "date": f"2026-{random_of.randint(1, 12):02}-15",
        "item": item,
        "quantity": "1",
        "amount": amount,
        "currency": "UAH",
        "status": random_of.choice(("new", "paid", "delivered")),
    }


def _interaction(place: int, random_of: random.Random) -> dict[str, Any]:
    return {
        "id": f"n{place}",
        "date": f"2026-{random_of.randint(1, 12):02}-15T10:30",
        "kind": "call",
        "direction": "in",
        "text": random_of.choice(SAYINGS),
        "by": "olena",
    }
