"""The conversation that makes one card of two, which are one client's."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.card import Card
from tui.forms.uniting import piece_lines
from tui.i18n import _, ngettext

if TYPE_CHECKING:
    from store.clients.uniting import United
    from store.door import Written
    from tui.screens.conversing import ConversingScreen

_AROUND = 14
"""Rows of the screen that the question takes besides what it tells."""


class Merging:
    """Holds the conversation with the operator; nothing typed stands open meanwhile."""

    def __init__(self, screen: "ConversingScreen") -> None:
        self._screen = screen
        self._store = screen.store

    async def merge(self, serial: int) -> None:
        """Choose another client, show what would be taken from where, and merge if the operator says so."""
        from tui.sidebar.finder import Finder

        kept = await self._screen.ask_store(lambda: self._store.card(serial))
        if kept is None:
            return
        title = _("Whose card goes into {name}  {number}?").format(name=kept.name, number=kept.number)
        chosen = await self._screen.app.push_screen_wait(Finder(self._store, title))
        other = await self._screen.ask_store(lambda: self._store.get(chosen.uid).card) if chosen else None
        while other is not None:
            answer = await self._ask(kept, other)
            if answer == "swap":
                kept, other = other, kept
                continue
            if answer == "merge":
                await self._merge(kept, other)
            return

    async def _ask(self, kept: Card, other: Card) -> str | None:
        def look() -> "tuple[United, dict[str, str]]":
            from store.clients.merging import preview

            united = preview(self._store.schema, kept, other, self._store.reading)
            return united, self._names(united)

        looked = await self._screen.ask_store(look)
        if looked is None:
            return None
        united, names = looked
        pieces = piece_lines(united.pieces, self._store.schema, names)
        question = _("Merge {other} into {kept}?").format(
            other=f"{other.name}  {other.number}", kept=f"{kept.name}  {kept.number}"
        )
        return await self._screen.choose(
            question,
            [("m", _("merge them"), "merge"), ("s", _("keep the other card instead"), "swap")],
            lines=self._fitting(pieces) or [_("The other card holds nothing that this one has not")],
            stay=_("leave both as they are"),
            enter=False,
        )

    def _fitting(self, lines: Sequence[str]) -> list[str]:
        room = max(3, self._screen.app.size.height - _AROUND)
        if len(lines) <= room:
            return list(lines)
        more = len(lines) - room + 1
        return [*lines[: room - 1], ngettext("and {more} more", "and {more} more", more).format(more=more)]

    def _names(self, united: "United") -> dict[str, str]:
        """What the clients are called whom the other card's relations name."""
        named = [piece.other.get("client") for piece in united.pieces if isinstance(piece.other, dict)]
        names: dict[str, str] = {}
        for uid in filter(None, named):
            for owner in self._store.index.owners(str(uid), kinds=("uid",)):
                names[str(uid)] = self._store.card(owner.serial).name
        return names

    async def _merge(self, kept: Card, other: Card) -> None:
        revisions = (kept.revision, other.revision)

        def merge() -> "Written":
            return self._store.merge(kept.serial, other.serial, revisions=revisions)

        if await self._screen.ask_store(merge) is None:
            return
        self._screen.archive.begin_anew()
        self._screen.drafts.forget(str(other.document.get("uid", "")))
        self._screen.put_away(other.serial)
        await self._screen.desk.reload(kept.serial)
        self._screen.saved(kept.serial)
        self._screen.tell(
            _("{other} is merged into {kept}; u parts them again").format(other=other.number, kept=kept.number)
        )
