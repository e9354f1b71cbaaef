"""Whatever was done to a client before: erased, it is nowhere, and everybody else is as before."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from store import erasing, trash
from store.card import Card
from store.clients import committing
from store.door import Store
from store.drafts import Draft
from store.errors import Conflict, NotFound, StoreError
from store.segments import read
from store.segments.cards import cards_of
from store.snapshots import snapshots, take
from store.snapshots.restoring import prove, restore
from tests.store.stores import add, change, opened, remove

TOKEN = "Жбурцовий"
"""In every text of the client, and in no other's."""

FIELDS = st.sampled_from(
    ["person.last_name", "person.company", "notes.text", "tags.tags", "tasks[+].text", "purchases[+].item"]
)
DEEDS = st.one_of(
    st.tuples(st.just("edit"), FIELDS, st.integers(0, 9)),
    st.tuples(
        st.sampled_from(["snapshot", "remove", "restore", "merge", "lend", "undo", "number", "draft", "befriend"])
    ),
    st.tuples(st.just("unfriend")),
    st.tuples(st.just("back"), st.integers(0, 3)),
)


class Life:
    """What was done to a client, deed by deed; what the store refuses is left undone."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.doubles: list[str] = []
        """What only one card that was merged into the client holds."""
        self.other = add(store, last_name="Коваль")
        self.client = add(store, last_name=f"{TOKEN} 0").serial
        self.friend = add(store, last_name="Бондар").serial
        self.keeper = add(store, last_name="Мельник").serial
        take(store)

    def live(self, deed: tuple[Any, ...]) -> None:
        with suppress(StoreError):
            getattr(self, deed[0])(*deed[1:])

    @property
    def card(self) -> Card:
        return self.store.card(self.client)

    def edit(self, path: str, number: int) -> None:
        change(self.store, self.card, (path, f"{TOKEN} {number}"))

    def snapshot(self) -> None:
        take(self.store)

    def remove(self) -> None:
        remove(self.store, self.card)

    def restore(self) -> None:
        trash.restore(self.store, [self.client])

    def merge(self) -> None:
        name = f"Двійник{len(self.doubles)}овий"
        self.doubles.append(name)
        self.store.merge(self.client, add(self.store, last_name=name, company=name).serial)

    def lend(self) -> None:
        """The client goes into another's card by mistake, and comes back."""
        self.store.undo(self.store.merge(self.keeper, self.client).changeset)

    def undo(self) -> None:
        self._undo_last()
        if self.store.history(self.client)[0].act == "merge":
            self._undo_last()

    def _undo_last(self) -> None:
        """Take back the client's last change that was not."""
        undone: set[str] = set()
        for one in self.store.history(self.client):
            if one.why == "undo":
                undone.add(one.undoes)
            elif one.changeset not in undone:
                self.store.undo(one.changeset)
                return

    def number(self) -> None:
        change(self.store, self.card, ("number", self.store.free_numbers(1)[0]))

    def draft(self) -> None:
        document = {**self.card.document, "person": {"last_name": f"{TOKEN} typed"}}
        self.store.drafts.save(Draft(str(self.card.document["uid"]), self.client, document, self.card.document))

    def befriend(self) -> None:
        uid = str(self.card.document["uid"])
        values = (("relations[+].client", uid), ("relations[+].note", f"{TOKEN} friend"))
        change(self.store, self.store.card(self.friend), *values)

    def unfriend(self) -> None:
        change(self.store, self.store.card(self.friend), ("relations[0]", ""))

    def back(self, place: int) -> None:
        # Not the first, of the day: it was taken before the client was there.
        known = snapshots(self.store.path)[1:]
        restore(self.store, known[place % len(known)].path, yes=True)


def is_a_client(folder: Path, name: str) -> bool:
    """Whether a card of that name stands alone, in the store or in a snapshot: another client, not to be erased."""
    segments = [read(file) for file in folder.rglob("0*.json") if ".history-" not in file.name]
    return any(card.name == name for segment in segments for card in cards_of(segment))


def holding(folder: Path, text: str = TOKEN) -> list[str]:
    forms = (text, text.casefold(), text.encode("unicode-escape").decode())
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [str(file) for file in files if any(form.encode() in file.read_bytes() for form in forms)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(deeds=st.lists(DEEDS, max_size=14))
@example(deeds=[("number",), ("merge",), ("back", 0)])
@example(deeds=[("lend",), ("back", 0)])
@example(deeds=[("edit", "person.company", 1), ("snapshot",), ("lend",), ("undo",), ("snapshot",)])
def test_nothing_is_left_whatever_was_done_before(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, deeds: list[tuple[Any, ...]]
) -> None:
    monkeypatch.setattr(committing, "JOURNAL_BYTES", 900)
    folder = tmp_path_factory.mktemp("law") / "store"
    with opened(folder) as store:
        life = Life(store)
        for deed in deeds:
            life.live(deed)
        number = life.card.number
        erasing.erase(store, number)
        assert holding(folder) == []
        assert [name for name in life.doubles if holding(folder, name) and not is_a_client(folder, name)] == []
        assert store.check().findings == ()
        assert store.card(life.other.serial).document == life.other.document
        assert "relations" not in store.card(life.friend).document
        for snapshot in snapshots(folder):
            prove(snapshot.path)
        with pytest.raises(NotFound):
            store.get(number)
        with pytest.raises(Conflict):
            add(store, ("number", number), last_name="Ткач")
        for place in range(len(snapshots(folder))):
            life.live(("back", place))
            assert holding(folder) == []
