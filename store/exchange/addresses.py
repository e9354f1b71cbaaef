"""A whole address in one cell, taken apart as far as its marks go: `01001, м. Київ, вул. Хрещатик, буд. 1, кв. 5`."""

import re
from collections.abc import Iterator

from store.query.place_names import is_city

_HOUSE = r"\d+(?:[ -]?[^\W\d_](?![^\W\d_]))?(?:[/-]\d+)?"
_STREET = r"(?:вул|вулиця|ул|улица|просп|проспект|пр-т|пр|бульвар|бул|б-р|пров|провулок|пер|переулок|площа|пл|шосе)"
_BEFORE_STREET = re.compile(rf"(?<=\w)\s+(?={_STREET}\b\.?\s*\w)", re.IGNORECASE)
_HOUSE_BEHIND = re.compile(rf"({_STREET}\b.*\D)\s+({_HOUSE})", re.IGNORECASE)

_CITY = re.compile(
    r"(?:м|г|смт|пгт|с|місто|город|село)\.?\s+(?=[^\W\d_])(.+)|(?:м|г|с)\.(?=[^\W\d_])(.+)", re.IGNORECASE
)

_MARKS = (
    ("postcode", re.compile(r"\d{5}")),
    ("country", re.compile(r"(?:україна|украина|ukraine)", re.IGNORECASE)),
    ("city", _CITY),
    ("region", re.compile(r".+\s(?:обл\.?|область|р-н|район)", re.IGNORECASE)),
    ("flat", re.compile(r"(?:кв|квартира|оф|офіс|офис|apt|flat)\.?\s*№?\s*(\S+)", re.IGNORECASE)),
    ("house", re.compile(rf"(?:буд|будинок|д|дом)\.?\s*№?\s*(\d\S*)|({_HOUSE})", re.IGNORECASE)),
)


def split_address(cell: str, *, whole: bool = False) -> dict[str, str]:
    """The fields of `addresses` that a whole address comes to; what bears no mark is the street.

    Args:
        cell: As it stands in the file.
        whole: Leave all in the street (the city has a column of its own), but for house and flat after commas.
    """
    found: dict[str, str] = {}
    street: list[str] = []
    for part in (" ".join(piece.split()) for comma in cell.split(",") for piece in _behind_city(comma)):
        if not part:
            continue
        if "city" not in found and not (whole or street) and is_city(part):
            found["city"] = part
            continue
        for key, mark in _MARKS:
            match = mark.fullmatch(part)
            if match and key not in found and not (whole and key == "city") and (key != "house" or street):
                found[key] = next(filter(None, match.groups()), part)
                break
        else:
            street.append(part)
    if street and "house" not in found and (match := _HOUSE_BEHIND.fullmatch(street[-1])) and not whole:
        street[-1], found["house"] = match.groups()
    if street:
        found["street"] = ", ".join(street)
    return found


def _behind_city(part: str) -> Iterator[str]:
    """`м.Львів вул.Городоцька 367` in two, though no comma stands between."""
    street = _BEFORE_STREET.search(part)
    city = part[: street.start()].strip() if street else ""
    if street and (_CITY.fullmatch(city) or is_city(city)):
        yield city
        yield part[street.end() :]
    else:
        yield part
