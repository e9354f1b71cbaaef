"""Kinds that are amounts: decimal strings, so that no cent is lost in binary fractions."""

import re
from typing import Any, ClassVar

from store.kinds.kind import Kind, Reading, refused
from store.schema import Field

_GROUPING = re.compile(r"(?<=\d)[\s'’_\u00a0\u202f](?=\d)")
_STORED = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_MOST_DIGITS = 18
"""With sign and point. Longer numbers are no amounts, and would not fit where 64 bits are."""
_MONEY_SIGNS = re.compile(
    r"^\s*(?:[₴$€£₽]|uah|usd|eur|pln|gbp)\s*"
    r"|\s*(?:[₴$€£₽]|грн\.?|грив\w*|uah|usd|eur|pln|gbp|rub|zł|зл\.?|дол\.?|євро|евро|руб\.?|р\.)\s*$",
    re.IGNORECASE,
)

_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)

FOREIGN = re.compile(r"[$€£₽]|usd|eur|pln|gbp|rub|zł|зл|дол|євро|евро|руб|коп", re.IGNORECASE)
"""What says that an amount is in another unit than the hryvnia."""


class NumberKind(Kind):
    """A number of any size, with or without a fraction: `1`, `1250.5`."""

    name: ClassVar[str] = "number"
    _decimals: ClassVar[int] = 3

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        value = self._decimal(text)
        if value is None:
            raise refused(f"{self.name}-unreadable", text)
        if len(value) > _MOST_DIGITS:
            raise refused("number-too-long", text, most=_MOST_DIGITS)
        if code := self._outside(value, field):
            raise refused(code, text, least=field.least, most=field.most)
        return value

    def check(self, value: Any, field: Field) -> str | None:
        """A decimal string within the field's bounds."""
        if not isinstance(value, str) or not _STORED.fullmatch(value):
            return f"{self.name}-unreadable"
        return self._outside(value, field)

    def show(self, value: Any, field: Field, language: str) -> str:
        """With a decimal comma: `2,5` (English: `2.5`)."""
        text = super().show(value, field, language)
        return text if language == "en" or not _STORED.fullmatch(text) else text.replace(".", ",")

    def order(self, value: Any) -> Any:
        """By size; what is no number comes first."""
        try:
            return (1, float(value))
        except (TypeError, ValueError):
            return (0, 0.0)

    def ordinal(self, value: Any, field: Field) -> int | None:
        """In thousandths; money in hundredths."""
        if not isinstance(value, str) or not _STORED.fullmatch(value) or len(value) > _MOST_DIGITS:
            return None
        whole, _, fraction = value.lstrip("-").partition(".")
        digits = f"{fraction[: self._decimals]:0<{self._decimals}}"
        # Half of the last place goes up, and away from zero: as people round.
        size = int(whole + digits) + (fraction[self._decimals : self._decimals + 1] >= "5")
        return -size if value.startswith("-") else size

    def _decimal(self, text: str) -> str | None:
        return plain_decimal(text)

    @staticmethod
    def _outside(value: str, field: Field) -> str | None:
        amount = float(value)
        if field.least is not None and amount < field.least:
            return "number-too-small"
        if field.most is not None and amount > field.most:
            return "number-too-large"
        return None


class MoneyKind(NumberKind):
    """An amount of money, with two decimals at least; the currency is a field of its own."""

    name: ClassVar[str] = "money"
    _decimals: ClassVar[int] = 2

    def show(self, value: Any, field: Field, language: str) -> str:
        """With thousands apart: `1 250,00` (English: `1,250.00`)."""
        text = Kind.show(self, value, field, language)
        if not _STORED.fullmatch(text) or len(text) > _MOST_DIGITS:
            return text
        sign = "-" if text.startswith("-") else ""
        whole, _, rest = text.partition(".")
        thousands, point = (",", ".") if language == "en" else ("\u00a0", ",")
        if point == "," and len(rest) == len("000"):
            rest += "0"  # three figures behind a comma are read as thousands
        return sign + f"{abs(int(whole)):,}".replace(",", thousands) + (point + rest if rest else "")

    def _decimal(self, text: str) -> str | None:
        value = plain_sum(text)
        if value is None:
            return None
        whole, _, fraction = value.partition(".")
        return f"{whole}.{fraction.ljust(2, '0')}"


def plain_sum(text: str) -> str | None:
    """A sum with or without the sign of a currency (`1 250 грн`) as a decimal string, or None.

    As it has no third decimal, `1,250` is a thousand and more.
    """
    text = _MONEY_SIGNS.sub("", text)
    return plain_decimal(text.replace(",", "") if _THOUSANDS.fullmatch(text.strip()) else text)


def plain_decimal(text: str) -> str | None:
    """A number as people write it (`1 250,00`, `1'250.00`, `1,250.00`, `−3`) as a decimal string, or None.

    Of two dividers the last is the decimal one; a single one divides thousands only where it comes twice.
    """
    text = _GROUPING.sub("", text.strip()).replace("−", "-")
    sign = "-" if text.startswith("-") else ""
    text = text[1:] if text.startswith(("+", "-")) else text
    comma, dot = text.rfind(","), text.rfind(".")
    if comma >= 0 and dot >= 0:
        grouping, decimal = (",", ".") if dot > comma else (".", ",")
    elif text.count(",") > 1 or text.count(".") > 1:
        grouping, decimal = (",", ".") if comma >= 0 else (".", ",")
    else:
        grouping, decimal = "", "," if comma >= 0 else "."
    if grouping:
        if not re.fullmatch(rf"\d{{1,3}}(?:\{grouping}\d{{3}})+(?:\{decimal}\d*)?", text, re.ASCII):
            return None
        text = text.replace(grouping, "")
    whole, _, fraction = text.replace(decimal, ".").partition(".")
    if not re.fullmatch(r"\d*", whole + fraction, re.ASCII) or not whole + fraction:
        return None
    whole = whole.lstrip("0") or "0"
    fraction = fraction.rstrip("0")
    if not fraction and whole == "0":
        sign = ""
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"
