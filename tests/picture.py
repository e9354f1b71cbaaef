"""The picture of the screen in the README, taken from the program itself: `python -m tests.picture`."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from store.demo import fill
from store.door import open_store
from store.searches import SavedSearch
from tests.tui.screens.operator import at_work
from tui import i18n
from tui.cli.demo import SEED

PICTURE = Path(__file__).parent.parent / "docs" / "screen.svg"
SIZE = (120, 32)
SAVED = {"VIP Київ": "tag:vip city:Київ", "Без пошти": "no:email"}
COUNTED = re.compile(r"VIP Київ \d+ +2 Без пошти \d+")
"""How the saved searches stand under the list when they have been counted."""


async def take(folder: str) -> str:
    """Search, open the first client found, go to the purchases."""
    with open_store(Path(folder) / "store", create=True, operator="demo") as store:
        fill(store, 5000, seed=SEED)
        for name, line in SAVED.items():
            store.searches.save(SavedSearch(name, line, shared=True))
        async with at_work(store, SIZE) as operator:
            await operator.search("бонда")
            await operator.sees("▌Бондар", " з 5")
            await operator.press("enter", "enter")
            await operator.until(lambda: operator.main.pane is not None and operator.main.pane.has_focus_within)
            await operator.press("5")
            await operator.sees("▌5 Покупки", "Товар або послуга")
            await operator.until(lambda: COUNTED.search(operator.screen), "the counts of the saved searches")
            return operator.app.export_screenshot(title="Kartoteka")


def main() -> int:
    i18n.activate("uk")
    with tempfile.TemporaryDirectory() as folder:
        picture = asyncio.run(take(folder))
    # The names of the classes are random: without them a picture of the same screen is the same file.
    picture = re.sub(r"terminal-\d+", "terminal", picture)
    PICTURE.write_text(picture, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
