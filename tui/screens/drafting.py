"""Drafts: what was typed and not saved is on disk within a second, whatever becomes of the program."""

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.card import ENVELOPE, Document
from store.errors import StoreError

if TYPE_CHECKING:
    from store.door import Store
    from store.drafts import Draft, Drafts

PAUSE = 0.4
"""Seconds a text may still be in memory only: one write for several letters."""


class DraftKeeper:
    """Writes drafts in a thread of its own: a stalled line may hold the event loop up, and a draft must not wait."""

    def __init__(self, drafts: "Drafts") -> None:
        self._drafts = drafts
        self._kept: set[str] = set()
        self._waiting: dict[str, Draft | None] = {}
        self._change = threading.Condition()
        self._writing = threading.Lock()
        """Held while it is written, so that a newer draft of a card is written after the older one."""
        self._closing = False
        self._thread: threading.Thread | None = None
        self.error: StoreError | OSError | None = None
        """Why the last draft could not be written; None where it was."""

    def keep(self, draft: "Draft") -> None:
        """Have a draft written soon; a newer one of the same card takes its place."""
        self._kept.add(draft.uid)
        self._put(draft.uid, draft)

    def forget(self, uid: str) -> None:
        """Have a card's draft removed: it was saved, or given up."""
        if uid in self._kept:
            self._kept.discard(uid)
            self._put(uid, None)

    def adopt(self, uid: str) -> None:
        """Take care of a draft that an earlier run of the program left."""
        self._kept.add(uid)

    def flush(self) -> None:
        """Write what still waits, now, in this thread."""
        with self._writing:
            with self._change:
                waiting, self._waiting = self._waiting, {}
            # Whoever types has only to put a draft down: a slow disk holds up no key.
            self._write(waiting)

    def close(self) -> None:
        """Write what still waits and end the thread."""
        with self._change:
            self._closing = True
            self._change.notify()
        if self._thread is not None:
            self._thread.join()
        self.flush()

    def _put(self, uid: str, draft: "Draft | None") -> None:
        with self._change:
            self._waiting[uid] = draft
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)
                self._thread.start()
            self._change.notify()

    def _run(self) -> None:
        while not self._closing:
            with self._change:
                self._change.wait_for(lambda: self._waiting or self._closing)
                # Not a second wait for changes: a hand that types without a pause must not postpone the write.
                if not self._closing:
                    self._change.wait_for(lambda: self._closing, PAUSE)
            self.flush()

    def _write(self, waiting: "Mapping[str, Draft | None]") -> None:
        for uid, draft in waiting.items():
            try:
                if draft is None:
                    self._drafts.remove(uid)
                else:
                    self._drafts.save(draft)
                self.error = None
            except (StoreError, OSError) as error:
                self.error = error


def left_behind(store: "Store") -> "list[Draft]":
    """The drafts of which something was not saved. One that a program was ended right after it had saved it goes."""
    left: list[Draft] = []
    for draft in store.drafts.list():
        if _is_saved(store, draft):
            store.drafts.remove(draft.uid)
        else:
            left.append(draft)
    return left


def _is_saved(store: "Store", draft: "Draft") -> bool:
    try:
        card = store.get(draft.uid).card if draft.serial is None else store.card(draft.serial)
    except StoreError:
        return False
    return not draft.texts and _said(draft.document) == _said(card.document)


def _said(document: Document) -> Document:
    """What a card says, without what the store adds when it is saved."""
    from store.journal.differences import is_table  # not when the screen starts

    said = {key: value for key, value in document.items() if value and (key not in ENVELOPE or key == "number")}
    for key, value in said.items():
        if is_table(value):
            said[key] = [{name: part for name, part in row.items() if name != "id"} for row in value]
    return said
