"""The thrifty driver shows what the plain one shows, for a fraction of the bytes."""

import asyncio
import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.terminal.mirror import Mirror
from tests.tui.terminal.sample import Desk, People, PeopleList, Sample
from tui.widgets.form_view import FormView, Line
from tui.widgets.tab_bar import TabBar

NAMES = [
    "Шевченко Олена",
    "漢字 漢字漢字",
    "Zoë Ångström",
    "e\u0301 Vie\u0323\u0302t",
    "한국어 이름",
    "👍 OK 🎉🎉",
    "ｱｲｳ wide ＡＢ",
    "\x1b[31mred\x07",
    "a" * 200,
    "漢" * 100,
    "",
]
THEMES = ["textual-dark", "textual-light", "ansi-dark", "nord"]


class Anyone(People):
    """Clients with names of all scripts."""

    def __init__(self, total: int, seed: int) -> None:
        super().__init__(total)
        self.seed = seed

    def rows(self, start: int, count: int) -> Sequence[str]:
        return [NAMES[(at * 7 + self.seed) % len(NAMES)] for at in range(start, min(start + count, self.total))]


class MirroredSample(Sample):
    def __init__(self) -> None:
        super().__init__(driver_class=Mirror)

    @property
    def mirror(self) -> Mirror:
        assert isinstance(self._driver, Mirror)
        return self._driver


def steps(app: MirroredSample, dice: random.Random) -> list[Callable[[], Any]]:
    """What may happen next."""
    desk = app.screen
    assert isinstance(desk, Desk)
    people, form, tabs = desk.query_one(PeopleList), desk.query_one(FormView), desk.query_one(TabBar)
    return [
        lambda: people.action_move(dice.choice([1, 1, 1, -1, 30])),
        lambda: people.action_page(dice.choice([1, -1])),
        lambda: people.show(Anyone(dice.choice([0, 3, 50, 10_000]), dice.randrange(9)), cursor=dice.randrange(5)),
        lambda: desk.fill([dice.choice(NAMES) for _ in range(dice.randrange(1, 12))]),
        lambda: form.action_move(1),
        lambda: form.edit(dice.choice(NAMES), suggestions=NAMES[: dice.randrange(9)]),
        lambda: form.stop_editing(),
        lambda: setattr(tabs, "active", dice.randrange(4)),
        lambda: setattr(app, "theme", dice.choice(THEMES)),
        lambda: app.action_redraw(),
        # No toast goes by itself between two looks at the screen.
        lambda: app.notify(dice.choice(NAMES), markup=False, timeout=3_600),
        lambda: app.mirror.resize(dice.randrange(40, 130), dice.randrange(10, 40)),
        lambda: app.screen.focus_next(),
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_screen_is_the_same_whatever_happens(seed: int) -> None:
    app, dice = MirroredSample(), random.Random(seed)
    async with app.run_test(headless=False, notifications=True) as pilot:
        await pilot.pause()
        for number in range(100):
            step = dice.choice(steps(app, dice))
            step()
            await pilot.pause()
            assert app.mirror.differences() == [], f"after step {number}"
        assert app.mirror.thrifty.taken * 3 < app.mirror.plain.taken


async def test_a_cursor_step_costs_two_short_lines() -> None:
    app = MirroredSample()
    async with app.run_test(headless=False) as pilot:
        await pilot.pause()
        before = app.mirror.thrifty.taken
        await press(pilot, "down")
        assert 0 < app.mirror.thrifty.taken - before <= 150


async def test_painting_the_same_again_costs_nothing() -> None:
    app = MirroredSample()
    async with app.run_test(headless=False) as pilot:
        await pilot.pause()
        before = app.mirror.thrifty.taken
        app.screen.refresh()
        await pilot.pause()
        assert app.mirror.thrifty.taken == before


async def test_what_another_program_wrote_goes_away_with_redraw() -> None:
    app = MirroredSample()
    async with app.run_test(headless=False) as pilot:
        await pilot.pause()
        for paper in (app.mirror.plain, app.mirror.thrifty):
            paper.stream.feed("\x1b[5;5Hmail for you\r\n\n\n\n")
        app.action_redraw()
        await pilot.pause()
        assert "mail for you" not in "\n".join(app.mirror.thrifty.screen.display)
        assert app.mirror.differences() == []


async def test_no_sequence_from_a_name_reaches_the_terminal() -> None:
    app = MirroredSample()
    async with app.run_test(headless=False, notifications=True) as pilot:
        desk = app.screen
        assert isinstance(desk, Desk)
        desk.query_one(FormView).lines = (Line("\x1b]52;c;bGFiZWw=\x07", "\x1b[2J\x9b31m", error="\x1bc"),)
        app.notify("\x1b]0;title\x07", markup=False)
        await pilot.pause()
        for hostile in ("\x1b]52", "\x1b[2J", "\x9b", "\x1bc", "\x1b]0"):
            assert hostile not in app.mirror.thrifty.text
        assert "␛[2J" in "\n".join(app.mirror.thrifty.screen.display)


async def test_a_stalled_line_is_owed_one_whole_screen_and_gets_it() -> None:
    app = MirroredSample()
    async with app.run_test(headless=False) as pilot:
        await pilot.pause()
        paper = app.mirror.thrifty
        paper.waiting, paper.idle = 1_000_000, False
        before = paper.taken
        for _ in range(9):
            app.screen.query_one(PeopleList).action_move(1)
            await pilot.pause()
        assert paper.taken == before
        paper.waiting, paper.idle = 0, True
        app.mirror._catch_up()
        await pilot.pause()
        assert app.mirror.differences() == []


async def press(pilot: Pilot[Any], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


@pytest.mark.parametrize("sizes", [[(120, 40), (80, 24)], [(120, 40), (60, 12)], [(160, 45), (40, 10), (80, 24)]])
@pytest.mark.parametrize("slow", [True, False])
async def test_nothing_of_another_size_stays_when_the_window_changes_quickly(
    sizes: list[tuple[int, int]], slow: bool
) -> None:
    app = MirroredSample()
    async with app.run_test(headless=False) as pilot:
        await pilot.pause()
        for columns, rows in sizes:
            app.mirror.resize(columns, rows)
            for paper in (app.mirror.plain, app.mirror.thrifty):
                paper.stream.feed("\x1b[2;1H" + "garbage " * 3)
            if slow:
                # The application knows of the size, and paints before it has laid itself out by it.
                await asyncio.sleep(0)
                app.screen.refresh()
                await asyncio.sleep(0)
                app.screen._on_timer_update()
        async with asyncio.timeout(60):
            while [line.rstrip() for line in app.mirror.thrifty.screen.display] != laid_out(app):
                await pilot.pause(0.01)


def laid_out(app: MirroredSample) -> list[str]:
    """The lines of the screen as Textual has them in mind."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]
