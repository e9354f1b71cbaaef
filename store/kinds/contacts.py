"""Kinds a client is reached by: phones, e-mail addresses, links.

Libraries are imported when first asked: a question that reads no phone doesn't pay for them.
"""

import datetime
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from store.errors import Invalid
from store.kinds.kind import Kind, Reading, refused
from store.schema import Field

_E164 = re.compile(r"\+[1-9]\d{4,14}(?:;ext=\d{1,8})?", re.ASCII)
_EXTENSION = re.compile(r"[\s,;]*(?:дод|доб|вн|ext|extension|x)\.?\s*:?\s*(\d{1,8})\s*$", re.IGNORECASE)
_SPELT = re.compile(r"\d[\s().-]*[A-Za-z]{2}")
_TRUNK_8 = re.compile(r"8[\s\-(]*0(?=(?:\D*\d){9}\D*$)")
_PLAIN_ADDRESS = re.compile(
    r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_LINK = re.compile(r"(?:(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://)?(?:[^\s/]+\.[^\s/.]{2,}(?:[/?#]\S*)?|[^\s/]+:\d+\S*)")


class PhoneKind(Kind):
    """A phone number, stored as E.164 (`+380671234567`, with `;ext=12` behind where there is an extension)."""

    name: ClassVar[str] = "phone"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        import phonenumbers

        number, extension = text, ""
        if match := _EXTENSION.search(text):
            number, extension = text[: match.start()], match[1]
        elif ";ext=" in text:
            number, _, extension = text.partition(";ext=")
        # The library reads letters as the keys of a dial they stand on: of a word that would make a phone.
        for candidate in () if _SPELT.search(number) else _spellings(number, reading.region):
            try:
                parsed = phonenumbers.parse(candidate, reading.region)
            except phonenumbers.NumberParseException:
                continue
            if phonenumbers.is_possible_number(parsed) and phonenumbers.is_valid_number(parsed):
                stored = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
                return f"{stored};ext={extension}" if extension else stored
        raise refused("phone-unreadable", text)

    def check(self, value: Any, field: Field) -> str | None:
        """It is E.164. (A number that couldn't be parsed is kept beside its `typed`: see `store.clients`.)"""
        return None if isinstance(value, str) and _E164.fullmatch(value) else "phone-unreadable"

    def show(self, value: Any, field: Field, language: str) -> str:
        """`+380 67 123 4567`; Ukrainian numbers as they are said, without a library."""
        text = super().show(value, field, language)
        if not _E164.fullmatch(text):
            return text
        number, _, extension = text.partition(";ext=")
        if number.startswith("+380") and len(number) == 13:
            number = f"+380 {number[4:6]} {number[6:9]} {number[9:11]} {number[11:]}"
        elif number.startswith("+7") and len(number) == 12:
            number = f"+7 {number[2:5]} {number[5:8]} {number[8:10]} {number[10:]}"
        return f"{number} ext. {extension}" if extension else number

    def texts(self, value: Any) -> Iterable[str]:
        """Its digits, without the extension."""
        return super().texts(str(value).partition(";ext=")[0] if value else value)


class EmailKind(Kind):
    """An e-mail address; its domain in small letters, as it makes no difference there."""

    name: ClassVar[str] = "email"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        address = text.removeprefix("mailto:").strip("<>")
        if not _is_address(address):
            raise refused("email-unreadable", text)
        local, _, domain = address.rpartition("@")
        return f"{local}@{domain.lower()}"

    def check(self, value: Any, field: Field) -> str | None:
        """It has the form of an address."""
        return None if isinstance(value, str) and _is_address(value) else "email-unreadable"

    def order(self, value: Any) -> Any:
        """By domain, then name."""
        local, _, domain = str(value).casefold().rpartition("@")
        return (domain, local)


class LinkKind(Kind):
    """A web address; `https://` is added where no scheme was typed."""

    name: ClassVar[str] = "link"

    def _read(self, text: str, field: Field, reading: Reading) -> str:
        match = _LINK.fullmatch(text)
        if not match or "@" in text.partition("/")[0]:
            raise refused("link-unreadable", text)
        if match["scheme"] and match["scheme"].lower() not in ("http", "https", "ftp", "tg", "viber"):
            raise refused("link-unreadable", text)
        return text if match["scheme"] else f"https://{text}"

    def check(self, value: Any, field: Field) -> str | None:
        """It has the form of a web address, with a scheme that opens nothing but pages and chats."""
        try:
            good = isinstance(value, str) and self._read(value, field, _ANY) == value
        except Invalid:
            good = False
        return None if good else "link-unreadable"

    def order(self, value: Any) -> Any:
        """Without the scheme."""
        return str(value).casefold().partition("://")[2] or str(value).casefold()


def _spellings(text: str, region: str) -> Iterable[str]:
    """Ways to read a number: as it stands; with a slip of habit put right (8 067…, 380 67… without a plus, 00…)."""
    if region == "UA" and (match := _TRUNK_8.match(text)):
        yield text[match.end() - 1 :]
    yield text
    digits = re.sub(r"\D", "", text)
    if len(digits) == 11 and digits.startswith("8") and not text.lstrip().startswith("+"):
        # The trunk prefix of Russia; with a plus before it, `8 495…` would be a number in Viet Nam.
        yield "+7" + digits[1:]
        return
    if not text.lstrip().startswith("+") and 10 < len(digits) <= 15:
        yield "+" + (digits[2:] if digits.startswith("00") else digits)


def _is_address(text: str) -> bool:
    # Most addresses are plain; the library (34 ms to import) is for the rest.
    if _PLAIN_ADDRESS.fullmatch(text):
        return len(text) <= 254 and len(text.partition("@")[0]) <= 64
    if "@" not in text:
        return False
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


_ANY = Reading(today=datetime.date(2000, 1, 1))
