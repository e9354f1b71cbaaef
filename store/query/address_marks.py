"""Words that only say what in an address comes next: `вулиця Морська, дом 15` is `Морська 15`.

A card may have them in another language, shortened, or not at all.
"""

import re
from dataclasses import replace

from store.query.query import Query, joined

_WORDS = """
вулиця вул улица ул street str st road rd
проспект просп пр avenue ave
бульвар бульв бул бр boulevard blvd
провулок пров переулок пер lane ln
площа пл площадь square sq
набережна наб набережная шосе шоссе
будинок буд дом д house building
корпус корп
квартира кв apartment apt flat
офіс офис оф office кабінет кабинет каб
місто м город г city town
село с смт пгт селище поселок
область обл район
"""

MARKS = frozenset(_WORDS.split())
"""In small letters."""

_WORD = re.compile(r"(?<![\w'’ʼ-])([^\W\d_]+)(?![\w'’ʼ-])\.?")


def without_marks(query: Query) -> Query | None:
    """A query without these words; None where it has none of them, or nothing else."""
    if query.reread is None:
        return None
    left = []
    for start, end, is_kept in query.parts:
        piece = query.line[start:end]
        left.append(piece if is_kept or piece[0] in '-"' else _WORD.sub(_unless_mark, piece))
    read = query.reread(joined(left))
    is_shorter = read.root != query.root and any(map(str.isalnum, read.typed))
    return replace(read, problems=()) if is_shorter else None


def _unless_mark(word: re.Match[str]) -> str:
    return " " if word[1].lower() in MARKS else word[0]
