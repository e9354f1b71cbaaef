"""A query as sets of clients: every node of its tree is one, and they are joined as the tree says."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeGuard

from store import clock, folding
from store.card import Card, Document, rows, texts
from store.index.cache import Cache
from store.index.docs import NOBODY, Docs, docs_of
from store.index.holding import holds, holds_words, is_of
from store.index.plan import LONGEST_WHOLE, ORDERED, PLACED, WHOLE, Plan, Planned
from store.index.runs import as_beginnings, closings
from store.index.sets import Sets, intersection, union
from store.index.slices import within
from store.index.tables import OF_SALT, verified
from store.index.terms import ALL, WRITTEN, covering
from store.query import (
    All,
    Any,
    Condition,
    Digits,
    Node,
    Not,
    Number,
    Phrase,
    Present,
    Related,
    Spans,
    Target,
    Whole,
    Word,
    Words,
    whole_key,
    words_of,
)
from store.query.nodes import PHONE_DIGITS, in_phone, wordy

_FEW = 200
"""So many cards are read sooner than all that is said of a field."""

_OWN = ("number", "identifier")
"""What of a client's own is typed in quotation marks."""

Read = Callable[[Sequence[int]], Iterator[Card]]
"""Gives the cards of serials."""


class Asking(Sets):
    """Questions to one state of the index: inside one transaction."""

    def __init__(self, db: sqlite3.Connection, plan: Plan, cache: Cache, read: Read, *, in_trash: bool = False) -> None:
        super().__init__(db, plan, cache, in_trash=in_trash)
        self._read = read

    def found(self, node: Node) -> Docs:
        """Who of everybody a node holds for."""
        return self.meant(self._found(node, "w"))

    def named(self, node: Node) -> Docs | None:
        """Whose names hold all that is asked; None where more than plain words is asked."""
        return self.meant(self._found(node, "n")) if wordy(node) else None

    def begun(self, target: Target, node: Node, among: Docs) -> Docs:
        """Of whom among some the value of a field begins with one of `wordy`; of e-mails any word does."""
        if isinstance(node, Any):
            return union(self.begun(target, each, among) for each in node.nodes)
        planned = self.plan.targets.get((target.key, target.kind))
        if planned is None or not isinstance(node, Word) or (node.whole and not among & self._word("w", node)):
            return NOBODY
        if planned.form not in PLACED:
            return among & self._word_in(planned, node, None)
        if node.whole:
            return among & self._just(planned, node)
        return among & union(self.beginning(f"={planned.code}{form}") for form in node.forms)

    def called(self, target: Target, node: Node) -> Docs:
        """Whose value of a field is just one of `wordy`."""
        if isinstance(node, Any):
            return union(self.called(target, each) for each in node.nodes)
        planned = self.plan.targets.get((target.key, target.kind))
        return self._just(planned, node) if isinstance(node, Word) and planned is not None else NOBODY

    def _just(self, planned: Planned, word: Word) -> Docs:
        """Whose value of a field is that word and nothing else."""
        # As `whole_key` makes it.
        ends = dict.fromkeys((WRITTEN, f" {folding.doubled(word.text)}".rstrip() + WRITTEN))
        return union(self.beginning(f"={planned.code}{form}{end}") for form in word.forms for end in ends)

    def least_texts(self, several: Sequence[Planned], serials: Sequence[int]) -> dict[int, str]:
        """Of clients the value of some fields that comes first, as it is sorted; their cards are read."""
        return {
            card.serial: min(
                [folding.sort_key(text) for planned in several for text in self._values(card, planned)], default=""
            )
            for card in self._read(serials)
        }

    def _found(self, node: Node, space: str, among: Docs | None = None) -> Docs:
        """Who a node holds for; where only cards tell it, those among whom it is asked: of others it is not known."""
        match node:
            case Word():
                return self._word(space, node)
            case All(nodes):
                return self._all(nodes, space, among)
            case Any(nodes):
                # What one word may have been meant as is often some forty whole ones: these are joined at once.
                whole = [f"{_space(space, each)}{form}" for each in nodes if _is_whole(each) for form in each.forms]
                rest = [self._found(each, space, among) for each in nodes if not _is_whole(each)]
                return union([*map(self.term, whole), *rest])
            case Not(inner):
                return self.everybody - self._found(inner, "w")
            case Digits():
                return self._digits(node)
            case Number(digits):
                return self._number(digits)
            case Phrase(words):
                return self._phrase(words, among)
            case Condition(target, _):
                return self._condition(target, node, among)

    def _all(self, nodes: Sequence[Node], space: str, among: Docs | None = None) -> Docs:
        found = self.everybody if among is None else among & self.everybody
        # For phrases and filters cards may have to be read: as few as the words leave. What is excluded comes last: it
        # is only taken out of what is left.
        for node in sorted(nodes, key=lambda node: (isinstance(node, Not), isinstance(node, Phrase | Condition))):
            if isinstance(node, Not):
                found = found - self._found(node.node, "w", found)
            else:
                held = self._found(node, space, found)
                found = self.meant(held) if found is self.everybody else found & held
            if not found:
                return NOBODY
        return found

    def _word(self, space: str, word: Word) -> Docs:
        space = _space(space, word)
        if word.whole:
            found = union(self.term(f"{space}{form}") for form in word.forms)
            return found | self._owning((word,)) if space == "w" else found
        # A form that begins with another finds nothing that the shorter one does not.
        forms = [f for f in word.forms if not any(f != g and f.startswith(g) for g in word.forms)]
        return union(self.beginning(f"{space}{form}") for form in forms)

    def _digits(self, digits: Digits) -> Docs:
        """A run is somewhere as a whole, or every piece of it is."""
        found = self._run_or_word(digits.run)
        if len(digits.pieces) > 1:
            apart = self.everybody
            for piece in digits.pieces:
                apart = apart & self._run_or_word(piece)
            found = found | apart
        return found

    def _run_or_word(self, run: str) -> Docs:
        """Who has digits as the beginning of a word, or in a phone, an identifier, the client number."""
        found = self.beginning(f"w{run}")
        for digits in dict.fromkeys((in_phone(run), run)):
            found = found | self._run(digits)
        return found

    def _run(self, run: str) -> Docs:
        """Who has a run of digits in a phone, an identifier or the client number."""
        if len(run) < 3:
            return self.term(f"^{run}")
        if len(run) == 3:
            return self.beginning(f"g{run}") | self.term(f"${run}")
        found = self._grams(run)
        if len(run) == 4 or not found:
            return found
        # Grams of two phones of one client can make up a third: the run itself is looked for as well.
        begun = union(self.term(f"p{run_}") for run_ in as_beginnings(run)) & found
        rest = self.told(found - begun)
        return begun | docs_of([serial for serial, number, _, *others in rest if holds(run, number, *others)])

    def _grams(self, run: str) -> Docs:
        return intersection(self.term(f"g{run[start : start + 4]}") for start in range(len(run) - 3))

    def _number(self, digits: str) -> Docs:
        """Whose client number begins so, or once did; or that of a client who was merged into this one."""
        found = self.term(f"k{digits[:3]}")
        merged = self.plan.targets.get(("identifiers.value", "number"))
        taken = union(self._word(f"f{merged.code}", word) for word in words_of(f"k{digits}")) if merged else NOBODY
        if len(digits) <= 3:
            return found | taken
        held = self.told(found & self._grams(digits))
        now = docs_of([serial for serial, number, *_ in held if folding.digits(number).startswith(digits)])
        once = self.db.execute(
            f"select sum - {OF_SALT}, serial, kind, key, path, value from former"
            " where key >= ? and key < ? and kind = 'number'",
            (digits, digits + ":"),
        )
        had: list[int] = []
        for total, *values in once:
            verified(total, *values)
            had.append(values[0])
        # Who was merged away or erased had a number as well, and is nobody.
        return now | taken | docs_of(had) & self.term(ALL)

    def _phrase(self, words: Sequence[Word], among: Docs | None) -> Docs:
        found = self._all([Word(word.text, word.forms, whole=True) for word in words], "w", among)
        begun = self._begun_with([each for each in self.plan.targets.values() if each.searched], words) & found
        by_name = {serial for serial, _, name, *_ in self.told(found - begun) if holds_words(name, words)}
        rest = found - begun - docs_of(by_name)
        more = [card.serial for card in self._read(list(rest)) if self._says(card.document, words)]
        return begun | docs_of(by_name) | docs_of(more) | self._owning(words)

    def _beside(self, planned: Planned, words: Sequence[Word], among: Docs | None) -> Docs:
        """Of whom words stand side by side in one value of a field."""
        found = self._words([planned], words, among) & (self.everybody if among is None else among)
        begun = self._begun_with([planned], words) & found
        return begun | docs_of(
            [
                card.serial
                for card in self._read(list(found - begun))
                if any(holds_words(text, words) for text in self._values(card, planned))
            ]
        )

    def _begun_with(self, several: Iterable[Planned], words: Sequence[Word]) -> Docs:
        """Who has a value that begins with these words, as far as no card has to be read for it."""
        from store.index.said import value_of  # as in `_whole`

        key = " ".join(word.forms[0] for word in words)
        found: list[Docs] = []
        for space in [f"={each.code}{key}" for each in several if each.form in PLACED]:
            found.append(self.beginning(f"{space} "))
            # Of a long text the beginning is kept: its last word may go on.
            wholes = self.postings.each(f"{space}{WRITTEN}")
            found += [docs for term, docs in wholes if len(value_of(term)) < LONGEST_WHOLE]
        return union(found)

    def _related(self, planned: Planned, others: Docs) -> Docs:
        """Who names one of these others in a field."""
        if len(others) <= _FEW:
            uids = [str(card.document.get("uid", "")) for card in self._read(list(others))]
            return union(self.term(f"={planned.code}{uid}") for uid in uids)
        from store.index.keys import holders_of, named_key  # as in `_whole`
        from store.index.said import value_of

        # A client is named by its uid, and whose that is stands among the numbers and identifiers.
        naming = {
            named_key(folding.identifier_key(value_of(term))): docs
            for term, docs in self.postings.each(f"={planned.code}")
        }
        return union(naming[key] for key, serial in holders_of(self.db, naming, "uid") if serial in others)

    def _owning(self, words: Sequence[Word]) -> Docs:
        """Whose number, identifier or phone is this and nothing else, in any spelling of it."""
        text = "".join(word.text for word in words)
        if not any(map(str.isdigit, text)):
            return NOBODY
        found = self.owning(text)
        if text.isdigit() and len(text) >= PHONE_DIGITS:
            from store.index.owning import ringing  # as in `_whole`

            found = found | docs_of(ringing(self._read(list(self._run(in_phone(text)))), self.plan, text))
        return found

    def owning(self, text: str) -> Docs:
        """Whose number or identifier this is, in any spelling of it, or was."""
        from store.index.owning import owners  # as in `_whole`

        keys = {folding.identifier_key(text), folding.number_key(text)}
        return docs_of([owner.serial for owner in owners(self.db, self.plan, self._read, keys, _OWN)])

    def _says(self, document: Document, words: Sequence[Word]) -> bool:
        """Whether words stand side by side in one searched value."""
        for planned in self.plan.sections:
            for row in rows(document, planned.section.key):
                for each, _ in planned.fields:
                    if each.searchable and any(holds_words(text, words) for text in texts(row.get(each.key))):
                        return True
        return False

    def _condition(self, target: Target, condition: Condition, among: Docs | None) -> Docs:
        planned = self.plan.find(target.key, target.kind)
        if target.key == "rfm":
            from store.index.segments import members_of

            return members_of(self, condition.test)
        match condition.test:
            case Present():
                return self.having(planned)
            case Words(words):
                # A phone is asked for by digits alone, and so only where phones are meant.
                wordy = [each for each in planned if each.form != "phone" or not each.kind or target.kind]
                return self._words(wordy, words, among)
            case Phrase(words):
                return union(self._beside(each, words, among) for each in planned if each.form != "phone")
            case Related(node):
                # Whoever is asked about may be in the trash: `_all` would leave those out.
                asked = node.nodes if isinstance(node, All) else (node,)
                others = intersection(self._found(each, "w") for each in asked)
                return union(self._related(each, others) for each in planned)
            case Whole(text):
                return union(self._whole(each, text, among) for each in planned)
            case Spans(spans):
                return union(self._span(each, *span, among) for each in planned for span in spans)

    def _words(self, planned: Sequence[Planned], words: Sequence[Word], among: Docs | None) -> Docs:
        """Who has all of these words there, each in some value."""
        return intersection(union(self._word_in(each, word, among) for each in planned) for word in words)

    def _word_in(self, planned: Planned, word: Word, among: Docs | None) -> Docs:
        if planned.form == "phone" or (planned.form == "identifier" and word.text.isdigit()):
            return self._by_digits(planned, word, among)
        found = self._word(f"f{planned.code}", word)
        if planned.form in PLACED:
            # A value's first word stands at the beginning of the whole.
            ends = (" ", WRITTEN) if word.whole else ("",)
            found = found | union(self.beginning(f"={planned.code}{form}{end}") for form in word.forms for end in ends)
        return found

    def _by_digits(self, planned: Planned, word: Word, among: Docs | None) -> Docs:
        """Who has digits in that very field: found by all digits a client has, then the cards are asked."""
        run = folding.digits(word.text)
        held = self.present(planned.code) & (self.everybody if among is None else among)
        if not planned.searched:
            pass  # its digits are nowhere but in the cards
        elif len(run) > 2:
            held = held & self._run(run)
        elif planned.form == "phone":
            held = held & (self.beginning(f"g{run}") | self.postings.any_of(closings(run)))
        else:
            held = held & (self.term(f"^{run}") | self._word(f"f{planned.code}", word))
        known: set[int] = set()
        if planned.kind == "phone":
            # The phone that is shown is known here, and most have no other.
            known = {serial for serial, _, _, phone, _ in self.told(held) if is_of(phone, "phone", word)}
        rest = held - docs_of(known)
        more = [
            card.serial
            for card in self._read(list(rest))
            if any(is_of(text, planned.form, word) for text in self._values(card, planned))
        ]
        return docs_of(known) | docs_of(more)

    def _values(self, card: Card, planned: Planned) -> Iterator[str]:
        section, _, key = planned.key.partition(".")
        for row in rows(card.document, section):
            if not planned.kind or row.get("kind") == planned.kind:
                yield from texts(row.get(key))

    def _whole(self, planned: Planned, text: str, among: Docs | None) -> Docs:
        # Of a longer text the beginning is kept, which is not the whole of it.
        if planned.form in WHOLE and len(text) < LONGEST_WHOLE:
            # Here: most searches have no filter.
            from store.index.said import whole_term

            term = whole_term(planned.code, planned.form, text)
            # Of a text every spelling that folds to it.
            return self.beginning(term.partition(WRITTEN)[0] + WRITTEN) if planned.form in PLACED else self.term(term)
        parts = folding.words(text)
        # An identifier is one word too, however it is grouped.
        parts = ["".join(parts)] if planned.form == "identifier" else parts
        words = [Word(word, forms) for word in parts if (forms := folding.forms(word))]
        found = self._words([planned], words, among) & (self.everybody if among is None else among)
        key = folding.identifier_key if planned.form == "identifier" else whole_key
        return docs_of(
            [
                card.serial
                for card in self._read(list(found))
                if any(key(value) == key(text) for value in self._values(card, planned))
            ]
        )

    def _span(self, planned: Planned, least: int | None, most: int | None, among: Docs | None) -> Docs:
        if planned.key in ("created", "updated"):
            least = None if least is None else clock.beginning_of(least)
            most = None if most is None else clock.beginning_of(most + 1) - 1
        if planned.form not in ORDERED:
            return NOBODY
        slices, having = self.slices(planned.code), self.sliced(planned.code)
        having = having if among is None else having & among
        found = within(slices, having, least, most)
        if planned.single or most is None:
            return found
        # Of several values the greatest is sliced: who has that one beyond the span may have another in it.
        beyond = within(slices, having, most + 1, None)
        if not beyond:
            return found
        return found | beyond & union(self.beginning(text) for text in covering(planned.code, least, most))


def _space(space: str, word: Word) -> str:
    """Where a word is looked for."""
    return "n" if word.named else space


def _is_whole(node: Node) -> TypeGuard[Word]:
    return isinstance(node, Word) and node.whole
