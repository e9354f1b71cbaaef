"""Conversations about saved searches: saving one, opening one, putting them in order."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import Conflict, Invalid
from store.searches import LONGEST, SavedSearch, good_name
from tui.i18n import _
from tui.i18n.problems import say
from tui.sidebar.found_lines import UNCOUNTED
from tui.sidebar.sidebar import Wish
from tui.sidebar.tried import mistakes_in_words

if TYPE_CHECKING:
    from tui.dialogs.searches import SearchAct
    from tui.screens.choosing import ChoosingScreen


class SavedSearches:
    """Holds the conversations with the operator."""

    def __init__(self, screen: "ChoosingScreen") -> None:
        self._screen = screen
        self._searches = screen.store.searches

    async def save(self) -> None:
        """Save the search line and its order under a name."""
        if self._screen.store.read_only:
            self._screen.refuse()
            return
        wish = self._screen.wish
        known = next((each for each, _n in self._screen.searches if each.line == wish.line), None)
        about = " · ".join([wish.line or _("all clients"), *mistakes_in_words(self._screen.found.query)])
        title = _("Save the search under which name?")
        name = await self._ask_name(title, known.name if known else wish.line[:LONGEST], about)
        if name is None or not await self._may_replace(name):
            return
        shared = await self._whose(name)
        if shared is None:
            return
        search = SavedSearch(name, wish.line, wish.sort, shared)
        if await self._do(lambda: self._searches.save(search)):
            self._screen.tell(_("Saved: {name}").format(name=name))

    async def show(self) -> None:
        """Show them until one is opened or the operator goes back."""
        from tui.dialogs.searches import SearchesPage

        cursor = 0
        while True:
            page = SearchesPage(lambda: self._screen.searches, self._order_in_words, cursor=cursor)
            act = await self._screen.app.push_screen_wait(page)
            if act is None:
                return
            if act.what == "open":
                self._screen.open_search(act.search)
                return
            known = [search.name for search, _number in self._screen.searches]
            at = known.index(act.search.name) if act.search.name in known else 0
            name = await self._change(act)
            names = [search.name for search in self._searches.all()]
            # In the place of one that is gone stands the next.
            cursor = names.index(name) if name in names else min(at, max(0, len(names) - 1))

    async def _change(self, act: "SearchAct") -> str:
        """Do what is to be done with a search; what it is called then."""
        if self._screen.store.read_only:
            self._screen.refuse()
            return act.search.name
        name = act.search.name
        match act.what:
            case "rename":
                others = [each.name for each, _n in self._screen.searches if each.name != name]
                other = await self._ask_name(_("Which name instead?"), name, taken=others)
                if other and await self._do(lambda: self._searches.rename(name, other)):
                    return other
            case "remove":
                question = _("Remove the saved search “{name}”?").format(name=name)
                answers = [("d", _("remove it"), "remove")]
                if await self._screen.choose(question, answers, lines=_whom_it_concerns(act.search), enter=False):
                    await self._do(lambda: self._searches.remove(name))
            case "share":
                if not act.search.shared or await self._may_take(act.search):
                    await self._do(lambda: self._turn_over(name))
            case "up" | "down":
                await self._do(lambda: self._searches.move(name, -1 if act.what == "up" else 1))
        return name

    async def _ask_name(self, title: str, text: str, about: str = "", taken: Sequence[str] = ()) -> str | None:
        """Ask for a name until it is a good one; None where the operator goes back."""
        from tui.dialogs.typed_line import TypedLine

        while True:
            typed = await self._screen.app.push_screen_wait(TypedLine(title, text, about=about))
            if not typed or not typed.strip():
                return None
            try:
                return good_name(typed, taken)
            except (Invalid, Conflict) as error:
                text, about = typed, say(error)

    async def _may_replace(self, name: str) -> bool:
        """Ask before a search takes the place of another of that name."""
        known = await self._screen.ask_store(self._searches.all)
        there = next((each for each in known or () if each.is_called(name)), None)
        if there is None:
            return known is not None
        question = _("There is a saved search “{name}” already. Replace it?").format(name=there.name)
        lines = [there.line or _("all clients"), *([_("All operators of the store see it.")] if there.shared else [])]
        answers = [("r", _("replace it"), "replace")]
        return bool(await self._screen.choose(question, answers, lines=lines, enter=False))

    async def _may_take(self, search: SavedSearch) -> bool:
        """Ask before a search that all share becomes the operator's own."""
        question = _("Make “{name}” your own?").format(name=search.name)
        answers = [("w", _("make it your own"), "own")]
        return bool(await self._screen.choose(question, answers, lines=_whom_it_concerns(search), enter=False))

    def _turn_over(self, name: str) -> None:
        """Make a search shared that is one's own, and the other way round, as it is stored now."""
        search = self._searches.named(name)
        self._searches.save(replace(search, shared=not search.shared))

    def _order_in_words(self, sort: str) -> str:
        return self._screen.order_in_words(Wish(sort=sort))

    async def _whose(self, name: str) -> bool | None:
        """Whether the search is to be shared; None where it is not to be saved."""
        answer = await self._screen.choose(
            _("Who is to see “{name}”?").format(name=name),
            [("o", _("only you"), "own"), ("a", _("all operators of the store"), "shared")],
            stay=_("do not save it"),
        )
        return None if answer is None else answer == "shared"

    async def _do(self, act: Callable[[], None]) -> bool:
        """Change the saved searches; whether it was done. What could not be done is told."""
        was_done = await self._screen.do(act)
        known = dict(self._screen.searches)
        fresh = await self._screen.ask_store(self._searches.all)
        if fresh is not None:
            self._screen.searches = [(search, known.get(search, UNCOUNTED)) for search in fresh]
        self._screen.count_searches()
        return was_done


def _whom_it_concerns(search: SavedSearch) -> list[str]:
    return [_("It is shared: the other operators will not see it any more.")] if search.shared else []
