"""A whole address in one cell, taken apart as far as its marks go: `01001, м. Київ, вул. Хрещатик, буд. 1, кв. 5`."""

import re

_MARKS = (
    ("postcode", re.compile(r"\d{5}")),
    ("country", re.compile(r"(?:україна|украина|ukraine)", re.IGNORECASE)),
    (
        "city",
        re.compile(
            r"(?:м|г|смт|пгт|с|місто|город|село)\.?\s+(?=[^\W\d_])(.+)|(?:м|г|с)\.(?=[^\W\d_])(.+)", re.IGNORECASE
        ),
    ),
    ("region", re.compile(r".+\s(?:обл\.?|область|р-н|район)", re.IGNORECASE)),
    ("flat", re.compile(r"(?:кв|квартира|оф|офіс|офис|apt|flat)\.?\s*№?\s*(\S+)", re.IGNORECASE)),
    ("house", re.compile(r"(?:буд|будинок|д|дом)\.?\s*№?\s*(\d\S*)|(\d+[^\W\d_]?(?:[/-]\d+)?)", re.IGNORECASE)),
)


def split_address(cell: str, *, whole: bool = False) -> dict[str, str]:
    """The fields of `addresses` that a whole address comes to; what bears no mark is the street.

    Args:
        cell: As it stands in the file.
        whole: Leave all in the street (the city has a column of its own), but for house and flat after commas.
    """
    found: dict[str, str] = {}
    street: list[str] = []
    for part in (" ".join(piece.split()) for piece in cell.split(",")):
        if not part:
            continue
        for key, mark in _MARKS:
            match = mark.fullmatch(part)
            if match and key not in found and not (whole and key == "city") and (key != "house" or street):
                found[key] = next(filter(None, match.groups()), part)
                break
        else:
            street.append(part)
    if street:
        found["street"] = ", ".join(street)
    return found
