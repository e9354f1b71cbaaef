"""Does all that has a place in an order stand in it: clients by their names, a field's values by their text?"""

import sqlite3

from store import folding
from store.index.plan import PLACED, Plan
from store.index.postings import LAST
from store.index.said import value_of
from store.index.tables import OF_SALT, placed, verified
from store.index.terms import unsigned


def names_wrong(db: sqlite3.Connection) -> tuple[int, list[str]]:
    """Look at every client's rank.

    Returns:
        All ranks added up, unsigned; and `rank` where they are not in the order of the names.
    """
    total, last, key_before = 0, 0, ("", -1)
    is_wrong = False
    for rank, name, serial, mark in db.execute(
        f"select rank, name, serial, mark - {OF_SALT} from client order by rank"
    ):
        placed(serial, rank, mark)
        key = (folding.sort_key(name), serial)
        is_wrong = is_wrong or rank <= last or key <= key_before
        last, key_before = rank, key
        total += unsigned(rank)
    return total, ["rank"] if is_wrong else []


def values_wrong(db: sqlite3.Connection, plan: Plan) -> list[str]:
    """`whole` where the values of a field do not stand in the order of their texts, or are not those of the cards."""
    last: tuple[str, int, tuple[str, str]] = ("", 0, ("", ""))
    for field, place, term, total in db.execute(
        f"select field, place, term, sum - {OF_SALT} from whole order by field, place"
    ):
        verified(total, term, place)
        key = (folding.sort_key(value_of(term)), term)
        if field != term[1:3] or (field == last[0] and (place <= last[1] or key <= last[2])):
            return ["whole"]
        last = (field, place, key)
    codes = [planned.code for planned in plan.targets.values() if planned.form in PLACED]
    kept = db.execute("select term from whole order by term")
    for code in sorted(codes):
        beginning = f"={code}"
        held = db.execute(
            "select distinct term from posting where term >= ? and term < ? order by term",
            (beginning, beginning + LAST),
        )
        if any(term != next(kept, None) for term in held):
            return ["whole"]
    return [] if next(kept, None) is None else ["whole"]
