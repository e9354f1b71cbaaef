"""The picture of the screen in the README, taken from the program itself: `python -m tests.picture`."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from store.demo import fill
from store.door import open_store
from store.searches import SavedSearch
from tui import i18n
from tui.app import Kartoteka
from tui.cli.demo import SEED

PICTURE = Path(__file__).parent.parent / "docs" / "screen.svg"
SIZE = (120, 32)
TYPED = ("slash", *"бонда", "enter", "enter", "5")
"""Search, open the first client found, go to the purchases."""
SAVED = {"VIP Київ": "tag:vip city:Київ", "Без пошти": "no:email"}


async def take(folder: str) -> str:
    with open_store(Path(folder) / "store", create=True, operator="demo") as store:
        fill(store, 5000, seed=SEED)
        for name, line in SAVED.items():
            store.searches.save(SavedSearch(name, line, shared=True))
        app = Kartoteka(store)
        async with app.run_test(size=SIZE) as pilot:
            for key in TYPED:
                await pilot.press(key)
                await pilot.pause(0.3)
            return app.export_screenshot(title="Kartoteka")


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
