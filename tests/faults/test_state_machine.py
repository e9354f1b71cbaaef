"""Whatever two operators do in whatever order, with crashes between: the store holds what a plain dict would."""

import copy
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from store import numbers
from store.card import Card
from store.door import Edit, Store, open_store
from tests.faults.dying import dying_at
from tests.faults.ledger import note
from tests.faults.scale import SCALE
from tests.faults.truth import what_is_wrong

STEPS = 30

WHO = st.sampled_from((0, 1))
PICK = st.integers(0, 1_000)
WORD = st.sampled_from(("Шевченко", "Коваль", "O'Brien", "дзвінок", "[/]", "ї" * 40))

Client = dict[str, Any]
"""A client as the dict has it: name, number, tasks, trashed."""

Act = Callable[[Store], object]


class Operators(RuleBasedStateMachine):
    """Two operators at one store."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="kartoteka-faults-"))
        open_store(self.place / "store", create=True).close()
        self.stores = [self.open(0), self.open(1)]
        self.model: dict[int, Client] = {}
        self.last: list[tuple[int, Client | None, Client] | None] = [None, None]
        self.payload = 1_000

    def open(self, who: int) -> Store:
        """Another session of that operator."""
        return open_store(self.place / "store", operator=f"operator{who}")

    def teardown(self) -> None:
        """Everything is looked at once more by somebody else."""
        for store in self.stores:
            store.close()
        wrong = what_is_wrong(self.place / "store") if self.model else ""
        shutil.rmtree(self.place)
        assert not wrong, wrong

    @rule(who=WHO, name=WORD)
    def create(self, who: int, name: str) -> None:
        self.payload += 1
        number = numbers.pretty(f"{self.payload}")
        edit = Edit(None, None, {"number": number, "person": {"last_name": name}})
        serial = self.stores[who].write([edit]).cards[0].serial
        assert serial not in self.model
        self.keep(who, serial, {"name": name, "number": number, "tasks": [], "trashed": False})

    @precondition(lambda self: self.model)
    @rule(who=WHO, pick=PICK, text=WORD)
    def edit(self, who: int, pick: int, text: str) -> None:
        serial = self.one_of(pick)
        if self.model[serial]["trashed"]:
            card = self.stores[who].card(serial)
            self.stores[who].write([Edit(serial, card.document, card.document, restore=True)])
            self.keep(who, serial, {**self.model[serial], "trashed": False})
            return
        self.add_task(serial, text)(self.stores[who])
        self.keep(who, serial, {**self.model[serial], "tasks": [*self.model[serial]["tasks"], text]})

    @precondition(lambda self: self.model)
    @rule(who=WHO, pick=PICK)
    def remove(self, who: int, pick: int) -> None:
        serial = self.one_of(pick)
        if not self.model[serial]["trashed"]:
            self.stores[who].write([Edit(serial, self.stores[who].card(serial).document, None)])
            self.keep(who, serial, {**self.model[serial], "trashed": True})

    @precondition(lambda self: self.model)
    @rule(who=WHO, pick=PICK)
    def renumber(self, who: int, pick: int) -> None:
        serial = self.one_of(pick)
        if not self.model[serial]["trashed"]:
            self.payload += 1
            old, number = self.model[serial]["number"], numbers.pretty(f"{self.payload}")
            document = self.stores[who].card(serial).document
            self.stores[who].write([Edit(serial, document, {**document, "number": number})])
            self.keep(who, serial, {**self.model[serial], "number": number})
            found = self.stores[1 - who].get(old)
            assert (found.card.serial, found.old) == (serial, True)

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        last = self.last[who]
        if last is None or self.model[last[0]] != last[2]:
            return
        serial, before, after = last
        # A new card taken back rests in the trash.
        self.stores[who].undo()
        self.model[serial] = before or {**after, "trashed": True}
        self.last = [None, None]

    @rule(who=WHO)
    def reopen(self, who: int) -> None:
        self.stores[who].close()
        self.stores[who] = self.open(who)

    @precondition(lambda self: self.model)
    @rule(who=WHO, pick=PICK, text=WORD, call=st.integers(1, 30))
    def crash_in_an_edit(self, who: int, pick: int, text: str, call: int) -> None:
        serial = self.one_of(pick)
        if self.model[serial]["trashed"]:
            return
        done = False
        with dying_at(call):
            self.add_task(serial, text)(self.stores[who])
            done = True
        self.stores[who].close()
        self.stores[who] = self.open(who)
        tasks = self.seen(self.stores[who].card(serial))["tasks"]
        known = self.model[serial]["tasks"]
        assert tasks == [*known, text] or (tasks == known and not done)
        self.model[serial] = {**self.model[serial], "tasks": tasks}
        self.last = [None, None]

    @precondition(lambda self: len(self.model) > 1)
    @rule(who=WHO, text=WORD, call=st.integers(1, 40))
    def crash_in_an_edit_of_all(self, who: int, text: str, call: int) -> None:
        live = [serial for serial, client in self.model.items() if not client["trashed"]]
        store = self.stores[who]
        documents = {serial: store.card(serial).document for serial in live}
        with dying_at(call):
            store.write(
                [Edit(n, d, {**d, "tasks": [*d.get("tasks", ()), {"text": text}]}) for n, d in documents.items()]
            )
        store.close()
        self.stores[who] = self.open(who)
        # All of them or none.
        lengths = {len(self.seen(self.stores[who].card(n))["tasks"]) - len(self.model[n]["tasks"]) for n in live}
        assert len(lengths) <= 1
        if lengths == {1}:
            for serial in live:
                self.model[serial] = {**self.model[serial], "tasks": [*self.model[serial]["tasks"], text]}
        self.last = [None, None]

    @invariant()
    def both_see_what_the_dict_holds(self) -> None:
        for store in self.stores:
            store.finish_for_the_dead()
            assert {serial: self.seen(store.card(serial)) for serial in self.model} == self.model
            live = sorted(serial for serial, client in self.model.items() if not client["trashed"])
            assert sorted(row.serial for row in store.find("").rows(0, 100)) == live

    def one_of(self, pick: int) -> int:
        return sorted(self.model)[pick % len(self.model)]

    def keep(self, who: int, serial: int, client: Client) -> None:
        self.last[who] = (serial, copy.deepcopy(self.model.get(serial)), client)
        self.model[serial] = client

    @staticmethod
    def add_task(serial: int, text: str) -> Act:
        def act(store: Store) -> object:
            before = store.card(serial).document
            return store.write([Edit(serial, before, {**before, "tasks": [*before.get("tasks", ()), {"text": text}]})])

        return act

    @staticmethod
    def seen(card: Card) -> Client:
        tasks = [row["text"] for row in card.document.get("tasks", ())]
        name = card.document["person"]["last_name"]
        return {"name": name, "number": card.number, "tasks": tasks, "trashed": card.trashed}


@pytest.mark.parametrize("part", range(SCALE.parts))
def test_the_store_holds_what_a_plain_dict_would(part: int) -> None:
    class Seeded(Operators):
        """The same with dice of its own."""

    runs = SCALE.runs // SCALE.parts
    run_state_machine_as_test(
        seed(part)(Seeded),
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    note(f"state machine against a plain dict, {STEPS} steps a run", runs, "runs", 0, "differences")
