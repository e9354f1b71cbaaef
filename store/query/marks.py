"""Words that only say what stands beside them: `вулиця Морська, дом 15` is `Морська 15`, `ТОВ «Мир»` is `Мир`.

A card may have them in another language, shortened, or not at all.
"""

import re
from dataclasses import replace

from store.query.query import Query, joined

_OF_ADDRESSES = """
вулиця вул улица ул street str st road rd
проспект просп пр пр-т пр-кт avenue ave
бульвар бульв бул бр б-р boulevard blvd
провулок пров переулок пер lane ln
площа пл площадь square sq
набережна наб набережная шосе шоссе проїзд проезд
будинок буд б дом д house building
корпус корп
квартира кв apartment apt flat
офіс офис оф office кабінет кабинет каб
місто м город г city town
село с смт пгт селище поселок
область обл район
"""
_OF_COMPANIES = """
тов тзов тдв пп пат прат зат ват ат фоп спд ооо ао пао зао оао чао чп флп ип llc ltd inc gmbh jsc pjsc prjsc
кп кнп дп гп фг сфг стов осбб осмд жбк жск приватне частное державне государственное комунальне коммунальное
товариство підприємство предприятие компанія компания company фірма фирма магазин
"""
_OF_PEOPLE = """
пан пані панове г-н г-жа господин госпожа mr mrs ms dr
клієнт клиент client номер number
"""
_OF_NUMBERS = """
іпн ипн инн рнокпп єдрпоу едрпоу егрпоу код паспорт серія серия картка карта рахунок счет счёт iban
авто індекс индекс zip т
"""
_OF_CONTACTS = """
тел телефон моб мобільний мобильный tel phone mob mobile факс fax
пошта почта email e-mail mail імейл имейл viber telegram whatsapp вайбер телеграм ватсап
"""

MARKS = frozenset(_OF_ADDRESSES.split())
"""Those of addresses, in small letters."""

COMPANIES = frozenset(_OF_COMPANIES.split())
OF_ONE = frozenset(("фоп", "спд", "флп", "ип"))
"""Of those of companies: they stand before the name of a person."""
BESIDE_NAMES = frozenset((*_OF_PEOPLE.split(), *_OF_CONTACTS.split()))
"""Those of people and of how to reach them."""

_ALL = MARKS | COMPANIES | BESIDE_NAMES | frozenset(_OF_NUMBERS.split())
_WORD = re.compile(r"(?<![\w'’ʼ@.-])([^\W\d_]+(?:-[^\W\d_]+)?)(?![\w'’ʼ@-])\.?:?")
_LINK = re.compile(r"(?:https?://)?(?:www\.|t\.me/|wa\.me/)?", re.IGNORECASE)


def without_marks(query: Query) -> Query | None:
    """A query without these words; None where it has none of them, or nothing else."""
    if query.reread is None:
        return None
    left = []
    for start, end, is_kept in query.parts:
        piece = query.line[start:end]
        if not is_kept and piece[0] not in '-"':
            link = _LINK.match(piece)
            piece = _WORD.sub(_unless_mark, piece[link.end() :] if link else piece)
        left.append(piece)
    read = query.reread(joined(left))
    is_shorter = read.root != query.root and any(map(str.isalnum, read.typed))
    return replace(read, problems=()) if is_shorter else None


def _unless_mark(word: re.Match[str]) -> str:
    return " " if word[1].lower() in _ALL else word[0]
