import os
from pathlib import Path
from threading import Thread

import pytest

from store.errors import NotAllowed
from store.notebook import MOST_OPENED, Notebook


def test_marks_are_kept_in_order_and_taken_off(tmp_path: Path) -> None:
    book = Notebook(tmp_path, "olena")
    book.mark({7: "a", 3: "b"})
    book.mark({9: "c"})
    book.unmark([3])
    assert Notebook(tmp_path, "olena").marks == {7: "a", 9: "c"}


def test_the_client_opened_last_comes_first_and_the_fifty_first_is_forgotten(tmp_path: Path) -> None:
    book = Notebook(tmp_path, "olena")
    for serial in range(MOST_OPENED + 1):
        book.note_opened(serial, f"u{serial}")
    book.note_opened(3, "u3")
    assert list(book.opened)[:2] == [3, MOST_OPENED]
    assert len(book.opened) == MOST_OPENED and 0 not in book.opened


def test_each_operator_has_a_notebook_of_their_own_and_no_name_leads_elsewhere(tmp_path: Path) -> None:
    store = tmp_path / "store"
    Notebook(store, "../../etc").mark({1: "a"})
    assert Notebook(store, "petro").marks == {}
    assert [file.parent.name for file in tmp_path.rglob("*.json")] == ["notebooks"]


def test_what_another_session_of_the_operator_marks_is_seen(tmp_path: Path) -> None:
    one, other = Notebook(tmp_path, "olena"), Notebook(tmp_path, "olena")
    one.mark({1: "a"})
    assert other.marks == {1: "a"}
    other.mark({2: "b"})
    one.mark({3: "c"})
    assert list(other.marks) == [1, 2, 3]


def test_a_damaged_notebook_is_empty_and_kept_aside(tmp_path: Path) -> None:
    book = Notebook(tmp_path, "olena")
    book.mark({1: "a"})
    book.path.write_bytes(b'{"marks": [[1, "a"]')
    os.utime(book.path, (1, 1))  # a file system may tell times apart by some milliseconds only
    assert book.marks == {} and book.searches == []
    book.mark({2: "b"})
    assert Notebook(tmp_path, "olena").marks == {2: "b"}
    assert book.path.with_suffix(".damaged").read_bytes() == b'{"marks": [[1, "a"]'


def test_a_notebook_too_deep_to_be_read_is_empty(tmp_path: Path) -> None:
    book = Notebook(tmp_path, "olena")
    book.mark({1: "a"})
    book.path.write_bytes(b"[" * 100_000)
    os.utime(book.path, (1, 1))
    assert book.marks == {}


def test_a_notebook_of_a_foreign_shape_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    book = Notebook(tmp_path, "olena")
    book.mark({1: "a"})
    book.path.write_text('{"marks": [[2, "c"], "x", ["1", "b"], [2]], "opened": 5, "searches": {"a": 1}}', "utf-8")
    os.utime(book.path, (1, 1))
    assert (book.marks, book.opened, book.searches) == ({2: "c"}, {}, [])


def test_in_a_store_that_may_only_be_read_marks_live_as_long_as_the_program(tmp_path: Path) -> None:
    book = Notebook(tmp_path, "olena", read_only=True)
    book.mark({1: "a"})
    assert book.marks == {1: "a"} and not book.path.exists()


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "notebooks").write_text("in the way", "utf-8")
    with pytest.raises(NotAllowed, match="disk-refused"):
        Notebook(tmp_path, "olena").mark({1: "a"})


def test_what_two_sessions_of_the_operator_mark_at_once_is_all_kept(tmp_path: Path) -> None:
    def mark(book: Notebook, first: int) -> None:
        for serial in range(first, first + 60):
            book.mark({serial: "u"})

    sessions = [Thread(target=mark, args=(Notebook(tmp_path, "olena"), first)) for first in (0, 100)]
    for session in sessions:
        session.start()
    for session in sessions:
        session.join()
    assert len(Notebook(tmp_path, "olena").marks) == 120
