"""Reads a search line: words, digits, phrases and filters, with `-` to exclude and `or` between two neighbours.

`шевч оле`, `067 123-45`, `"олена петрівна"`, `-київ`, `tag:vip`, `К-4821`: words in any order, each a beginning.
"""

import datetime
import re
import unicodedata
from functools import partial

from store import folding
from store.errors import Problem
from store.query.nodes import COUNTRY_DIGITS, PHONE_DIGITS, All, Any, Digits, Node, Not, Number, Phrase, words_of
from store.query.query import Mistake, Query, joined
from store.schema import Schema

_JOINING = "\u00a0\u202f"
"""Blanks that do not part: those within an amount, as this program shows it."""
_APOSTROPHES = re.escape(folding.APOSTROPHES)
_TOKEN = re.compile(
    rf"(?P<minus>-)?(?:(?P<key>[^\W\d_](?:[\w.{_APOSTROPHES}-]*\w)?):(?!/))?"
    rf'(?:"(?P<phrase>[^"]*)"?|(?P<bare>(?:[^\s"]|[{_JOINING}])+))?'
)
_DECIMALS = r"(?:[.,]\d{1,2}(?!\d))?"
_GROUPED = rf"[1-9]\d{{0,2}}(?: \d{{3}})+{_DECIMALS}"
THOUSANDS, HRYVNIA = r"(?:тисяч[аі]?|тысяч[аи]?|тис|тыс|млн)\.?", r"(?:грн\.?|uah|₴)"
"""What may stand behind an amount, one or both, with a blank before each."""
_TIMES = rf" {THOUSANDS}(?!\w)"
_CURRENCY = rf" {HRYVNIA}(?!\w)"
_SCALED = rf"\d[\d.,]*(?:{THOUSANDS}|[kкmм]|{_TIMES})?"
_AMOUNT = re.compile(
    rf"(?<!\S)-?(?P<key>[^\W\d_][\w.{_APOSTROPHES}-]*):(?:"
    rf"{_GROUPED}-(?:{_GROUPED}|\d{{4,}}{_DECIMALS})|\d+{_DECIMALS}(?:\.\.|-){_GROUPED}"
    rf'|[^\s"\d]*{_GROUPED}(?:\.\.(?:{_GROUPED}|\d+{_DECIMALS})?)?'
    rf'|[^\s"\d]*(?:{_SCALED}(?:\.\.|-))?{_SCALED}(?={_TIMES}|{_CURRENCY}))'
    rf"(?:{_TIMES})?(?:{_CURRENCY})?(?! ?\d|[-/()])",
    re.IGNORECASE,
)
"""A filter in whose value blanks part thousands, their name or the currency, if its key is that of an amount."""
_PHONE_LIKE = re.compile(rf"[+(]*\d[\d()+\-./*_{_JOINING}]*|\+|[()\-./]+")
_SIGNS = "!?…«»‹›<>'’#№*=:.,;[]{}_~`|“”„‘"
"""What stands beside a number that was copied out of a text or a table."""
_TRUNK = "(0)"
"""In a foreign number, what is dialled at home alone: `+49 (0) 171`."""
_WITH_TRUNK = ("38", "39")
"""Before these it is a part of the number: of Ukraine's code, and in Italy."""
_EXTENSION = re.compile(
    r"(?<=\d)(?:[\s,;]{0,3}\(?(?:дод|доб|вн|внутр|ext|extension)|[\s,;]{1,3}\(?x)\.?[\s:=]{0,2}\d{1,8}\)?(?![^\W_])",
    re.IGNORECASE,
)
_PHONE_BEFORE = re.compile(r"(?:^|(?<=\s))[+(]*\d[\d\s()\-./]*$")
_LONGEST_PHONE = 30
_SHORT_PHONE = 7
"""Digits of a phone with a sign or a zero that tells it is one."""
_DECIMAL = re.compile(r"[^\d,;]*\d+,\d{1,2}[^\d,;]*")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"))
_QUOTE_IN_WORD = re.compile(r'(?<=[^\W\d_])"(?=[^\W\d_])')
_APART = re.compile("[^,;]+")
_NUMBER = re.compile(r"[KkКк][\s\-–—]?(?=\d{2})(?P<digits>\d[\d\s\-–—]*)")
_BLANK = re.compile(r"\s")
_AMOUNTS = frozenset(("number", "money"))
_OR = frozenset(("or", "або", "или"))


class _Item:
    """What one or more tokens of the line say."""

    __slots__ = ("end", "is_filter", "is_or", "is_place", "node", "pieces", "start")

    def __init__(self, node: Node | None, start: int, end: int, pieces: tuple[str, ...] = ()) -> None:
        self.node = node
        """None for `or`, for what was not understood and for what says nothing."""
        self.start = start
        self.end = end
        self.pieces = pieces
        """Digits, as far as they were read: the next token may go on with them."""
        self.is_filter = False
        self.is_or = False
        self.is_place = False
        """Where to look: `in:trash`."""


def parse(line: str, schema: Schema, today: datetime.date) -> Query:
    """Read a search line. Never fails: what cannot be understood is in `problems`.

    Args:
        line: As typed. Places in the answer are of its `line`: composed, and without invisible characters.
        schema: Which fields there are to filter by.
        today: What `30d`, `age:` and the like count from.
    """
    line = seen(line)
    mistakes: list[Mistake] = []
    items: list[_Item] = []
    in_trash = False
    for token in _tokens(line, schema):
        if token["key"] is None:
            _add_typed(items, token)
            continue
        item = _Item(None, token.start(), token.end())
        item.is_filter = True
        items.append(item)
        # Here, as most searches have no filter.
        from store.query.filters import read_filter

        read = read_filter(token, schema, today)
        if isinstance(read, Mistake):
            mistakes.append(read)
        elif read is None:
            item.is_place = True
            in_trash = in_trash or not token["minus"]
        else:
            item.node = Not(read) if token["minus"] else read
    nodes = tuple(dict.fromkeys(_joined(items, line, mistakes)))
    if not nodes and not mistakes and not in_trash and line.strip():
        # Signs alone ask for nobody; that everybody is found must not pass for the answer.
        start, end = items[0].start, items[-1].end
        mistakes.append(Mistake(start, end, Problem("", "says-nothing", line[start:end])))
    return Query(
        line=line,
        root=nodes[0] if len(nodes) == 1 else All(nodes),
        in_trash=in_trash,
        problems=tuple(sorted(mistakes, key=lambda mistake: mistake.start)),
        typed=" ".join([line[item.start : item.end] for item in items if not (item.is_filter or item.is_or)]),
        parts=tuple([(item.start, item.end, item.is_filter or item.is_or) for item in items]),
        reread=partial(parse, schema=schema, today=today),
    )


def seen(line: str) -> str:
    """The line as it is seen: letters and their marks composed, all dashes one, without characters that nobody sees."""
    if "mailto:" in line:
        line = line.replace("mailto:", " " * len("mailto:"))
    line = folding.with_apostrophes(line)
    if line.count('"') % 2:
        line = _QUOTE_IN_WORD.sub("'", line)  # Лук"яненко: an apostrophe, where the keyboard has none
    if line.isascii():
        return line
    composed = unicodedata.normalize("NFC", line).translate(_DASHES)
    return "".join([char for char in composed if unicodedata.category(char) != "Cf"])


def narrowed(line: str, more: str) -> str:
    """A line with more behind it, which leaves what it asks as it is: also a phrase that was not closed."""
    known = line.strip()
    if _NUMBER.fullmatch(known):
        known = _BLANK.sub("-", known)  # a number is written with spaces only where it is all of the line
    if known.count('"') % 2:
        known += '"'
    pieces = more.split(None, 1)
    if pieces and pieces[0].lower() in _OR:
        pieces[0] = f'"{pieces[0]}"'  # at the beginning of a line it is a word
        more = " ".join(pieces)
    return joined([known, more])


def _tokens(line: str, schema: Schema) -> list[re.Match[str]]:
    whole = _NUMBER.fullmatch(line.strip())
    if whole:
        # Spaces within a number stand for dashes; so the places stay.
        line = " " * (len(line) - len(line.lstrip())) + _BLANK.sub("-", line.strip())
    elif ":" in line:
        line = _AMOUNT.sub(partial(_in_one, schema), line)
    line = _EXTENSION.sub(_without_extension, line)
    return [token for token in _TOKEN.finditer(line) if token[0].strip()]


def _in_one(schema: Schema, amount: re.Match[str]) -> str:
    """A filter with its thousands joined by blanks that do not part, if it is one by an amount."""
    from store.query.keys import keys_of  # as `read_filter`

    key = keys_of(schema).find(amount["key"])
    return amount[0].replace(" ", _JOINING[0]) if key and key.kind in _AMOUNTS else amount[0]


def _without_extension(extension: re.Match[str]) -> str:
    """Blanks in the place of an extension: a client is found by the phone, as it was given or is shown."""
    line, end = extension.string, extension.start()
    # What is quoted, and the value of a filter, is meant as it stands.
    if line.count('"', 0, end) % 2 or not (phone := _PHONE_BEFORE.search(line[:end], max(0, end - _LONGEST_PHONE))):
        return extension[0]
    least = _SHORT_PHONE if phone[0].lstrip("(")[0] in "+0" else PHONE_DIGITS
    is_phone = sum(map(str.isdecimal, phone[0])) >= least
    return " " * len(extension[0]) if is_phone else extension[0]


def _without_trunk(phone: str, before: tuple[str, ...]) -> str:
    """A phone, or the rest of one, without the zero in parentheses behind the code of another country."""
    begin, zero, rest = phone.partition(_TRUNK)
    country = ("".join(before) or folding.digits(begin) * begin.startswith("+")).removeprefix("00")
    is_abroad = zero and 0 < len(country) <= COUNTRY_DIGITS and country not in _WITH_TRUNK
    return f"{begin} {rest}" if is_abroad else phone


def _add_typed(items: list[_Item], token: re.Match[str]) -> None:
    """Take in a token that is no filter."""
    start, end = token.span()
    excluded, phrase, bare = bool(token["minus"]), token["phrase"], token["bare"] or ""
    if phrase is not None:
        words = words_of(phrase, whole=True)
        node: Node | None = Phrase(words) if len(words) > 1 else words[0] if words else None
        items.append(_Item(Not(node) if excluded and node else node, start, end))
    elif not excluded and items and bare.lower() in _OR:
        items.append(_Item(None, start, end))
        items[-1].is_or = True
    elif _is_listed(bare) and not _DECIMAL.fullmatch(bare):
        # As numbers stand in a table or a list: none goes on behind a comma.
        if bare[0] in ",;" and items:
            items[-1].pieces = ()
        for part in _APART.finditer(bare):
            _add_bare(items, part[0], end - len(bare) + part.start(), excluded=excluded)
            if part.end() < len(bare):
                items[-1].pieces = ()
    else:
        _add_bare(items, bare, start, excluded=excluded, end=end)


def _is_listed(bare: str) -> bool:
    """Whether commas or semicolons stand beside digits."""
    return ("," in bare or ";" in bare) and any(map(str.isdecimal, bare))


def _add_bare(items: list[_Item], bare: str, start: int, *, excluded: bool, end: int | None = None) -> None:
    """Take in a word, a number or a run of digits, which may go on with the one before."""
    end = start + len(bare) if end is None else end
    node: Node | None
    pieces: tuple[str, ...] = ()
    core = bare.strip(_SIGNS)
    if number := _NUMBER.fullmatch(core.strip("()")):
        node = Number(folding.digits(number["digits"]))
    elif _PHONE_LIKE.fullmatch(core or bare):
        before = items[-1] if items and items[-1].pieces else None
        pieces = tuple(map(folding.digits, re.findall(r"\d+", _without_trunk(core, before.pieces if before else ()))))
        if before:
            before.pieces += pieces
            run = Digits("".join(before.pieces), before.pieces)
            before.node = Not(run) if isinstance(before.node, Not) else run
            before.end = end
            return
        node = Digits("".join(pieces), pieces) if pieces else None
    else:
        found = words_of(bare)
        node = found[0] if len(found) == 1 else All(found) if found else None
    items.append(_Item(Not(node) if excluded and node else node, start, end, pieces))


def _joined(items: list[_Item], line: str, mistakes: list[Mistake]) -> list[Node]:
    """The nodes of the items, those with `or` between them as one."""
    nodes: list[Node] = []
    groups: list[list[_Item]] = []
    pending: _Item | None = None
    for item in items:
        if item.node is None and not item.is_filter and not item.is_or:
            continue  # signs between words
        if item.is_or:
            if pending or not groups:
                mistakes.append(_wrong(pending or item, line, "or-alone"))
            pending = item if groups else None
        elif pending and (item.is_place or groups[-1][-1].is_place):
            mistakes.append(_wrong(pending, line, "or-place"))
            groups.append([item])
            pending = None
        elif pending:
            groups[-1].append(item)
            pending = None
        else:
            groups.append([item])
    if pending:
        mistakes.append(_wrong(pending, line, "or-alone"))
    for group in groups:
        said = list(dict.fromkeys(item.node for item in group if item.node is not None))
        if len(said) > 1:
            nodes.append(Any(tuple(said)))
        elif said and isinstance(said[0], All):
            nodes.extend(said[0].nodes)
        else:
            nodes.extend(said)
    return nodes


def _wrong(item: _Item, line: str, code: str) -> Mistake:
    return Mistake(item.start, item.end, Problem("", code, line[item.start : item.end]))
