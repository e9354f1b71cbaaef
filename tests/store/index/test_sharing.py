"""The index is shared, thrown away and made again without anybody noticing more than a short wait."""

import os
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from store.errors import Busy, Damaged
from store.index import Index
from store.index.tables import Malformed
from store.schema import Schema
from store.standard import STANDARD_SECTIONS
from tests.store.index.conftest import SCHEMA, Client, found, parse, put


def test_a_new_index_needs_a_rebuild_and_a_filled_one_does_not(place: Path, client: Client) -> None:
    with_nothing = Index.open(place, SCHEMA)
    assert with_nothing.needs_rebuild
    put(with_nothing, [client(1, "Шевченко")])
    with_nothing.close()
    again = Index.open(place, SCHEMA)
    assert not again.needs_rebuild
    assert found(again, "шевч") == ["Шевченко"]
    again.close()


def test_only_its_owner_may_read_it(index: Index, place: Path) -> None:
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", [b"not a database at all, but some text", b"SQLite format 3\0" + b"\xff" * 9000, b"x"]
)
def test_a_malformed_file_is_emptied_and_asks_for_a_rebuild(place: Path, client: Client, content: bytes) -> None:
    place.write_bytes(content)
    index = Index.open(place, SCHEMA)
    assert index.needs_rebuild
    put(index, [client(1, "Шевченко")])
    assert found(index, "шевч") == ["Шевченко"]
    index.close()


def test_an_index_of_another_version_is_emptied(place: Path, client: Client) -> None:
    index = Index.open(place, SCHEMA)
    put(index, [client(1, "Шевченко")])
    index._connection().execute("update meta set value = 0 where key = 'version'")
    index.close()
    again = Index.open(place, SCHEMA)
    assert again.needs_rebuild
    assert (found(again, ""), again.stamps()) == ([], {})
    again.close()


_KINDS = ("phone", "email", "telegram", "viber", "whatsapp", "website", "other", "skype")
_OTHER_FIELDS: dict[str, list[dict[str, Any]]] = {
    "a field more": [{"key": "person", "fields": [{"key": "nickname", "kind": "text", "searchable": True}]}],
    "a choice more": [
        {"key": "contacts", "shape": "table", "fields": [{"key": "kind", "kind": "choice", "choices": _KINDS}]}
    ],
    "choices in another order": [
        {"key": "person", "fields": [{"key": "sex", "kind": "choice", "choices": ["male", "female"]}]}
    ],
    "a text that no form shows": [{"key": "addresses", "fields": [{"key": "city", "kind": "text", "hidden": True}]}],
}


@pytest.mark.parametrize("own", _OTHER_FIELDS.values(), ids=_OTHER_FIELDS.keys())
def test_another_schema_asks_for_a_rebuild(place: Path, client: Client, own: list[dict[str, Any]]) -> None:
    index = Index.open(place, SCHEMA)
    put(index, [client(1, "Шевченко")])
    index.close()
    again = Index.open(place, Schema.from_data(STANDARD_SECTIONS, own))
    assert again.needs_rebuild
    again.close()


def test_who_knows_other_fields_neither_reads_nor_writes_what_another_made(place: Path, client: Client) -> None:
    early = Index.open(place, SCHEMA)
    put(early, [client(1, "Шевченко", city="Київ")])
    asked = early.find(parse("шевч"))
    late = Index.open(place, Schema.from_data(STANDARD_SECTIONS, _OTHER_FIELDS["a field more"]))
    put(late, [client(1, "Шевченко", city="Київ")])
    for act in (
        lambda: early.needs_rebuild,
        lambda: early.find(parse("city:Київ")),
        lambda: asked.rows(50, 50) or asked.position(1),
        lambda: put(early, [client(2, "Бойко")]),
    ):
        with pytest.raises(Damaged) as told:
            act()
        assert told.value.code == "schema-changed"
    assert found(late, "") == ["Шевченко"]
    assert found(late, "city:Київ") == ["Шевченко"]
    early.close()
    late.close()


def test_a_file_that_breaks_while_in_use_is_told_and_made_anew(place: Path, client: Client) -> None:
    index = Index.open(place, SCHEMA)
    put(index, [client(serial, f"Шевченко{serial}") for serial in range(1, 200)])
    index.tidy()
    index.close()
    healthy = place.read_bytes()
    place.write_bytes(healthy[:8192] + os.urandom(len(healthy) - 8192))
    index = Index(place, SCHEMA, read_only=False)
    with pytest.raises(Damaged) as told:
        index.find(parse("шевч"))
    assert told.value.code == "index-damaged"
    assert index.needs_rebuild
    put(index, [client(1, "Шевченко")])
    assert found(index, "шевч") == ["Шевченко"]
    index.close()


def test_what_another_process_saves_is_seen_and_changes_the_data_version(index: Index, place: Path) -> None:
    before = index.data_version()
    assert index.data_version() == before
    program = (
        "import sys; from pathlib import Path; from tests.store.index.conftest import SCHEMA, put\n"
        "from store.card import Card; from store.index import Index\n"
        "index = Index.open(Path(sys.argv[1]), SCHEMA)\n"
        "put(index, [Card(1, {'number': 'K-1-1', 'person': {'last_name': 'Шевченко'}})])\n"
    )
    subprocess.run([sys.executable, "-c", program, str(place)], check=True)
    assert index.data_version() != before
    assert found(index, "шевч") == ["Шевченко"]


def test_ones_own_saves_change_the_data_version_too(index: Index, client: Client) -> None:
    before = index.data_version()
    put(index, [client(1, "Шевченко")])
    assert index.data_version() != before


def test_a_file_replaced_by_another_process_is_opened_anew(place: Path, client: Client) -> None:
    index = Index.open(place, SCHEMA)
    put(index, [client(1, "Шевченко")])
    before = index.data_version()
    for name in (place, Path(f"{place}-wal"), Path(f"{place}-shm")):
        name.unlink(missing_ok=True)
    other = Index.open(place, SCHEMA)
    put(other, [client(2, "Бойко")])
    assert index.data_version() != before
    assert found(index, "") == ["Бойко"]
    index.close()
    other.close()


def test_threads_search_while_another_saves(index: Index, client: Client) -> None:
    put(index, [client(serial, f"Шевченко{serial}") for serial in range(1, 60)])

    def search() -> bool:
        return all(len(found(index, "шевч")) >= 59 for _ in range(60))

    with ThreadPoolExecutor(3) as pool:
        searches = [pool.submit(search) for _ in range(3)]
        for serial in range(60, 100):
            put(index, [client(serial, f"Шевченко{serial}")])
        assert all(done.result() for done in searches)
    assert len(found(index, "шевч")) == 99


def _open_files(place: Path) -> list[str]:
    """The files beside the index, and itself, that this process has open, removed ones too."""
    links = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
    return [name for link in links if os.path.lexists(link) and (name := os.readlink(link)).startswith(str(place))]


def _open_connections(place: Path) -> int:
    return _open_files(place).count(str(place))


def test_threads_that_ask_in_turn_share_one_connection(index: Index, client: Client, place: Path) -> None:
    put(index, [client(1, "Шевченко")])
    for _ in range(5):
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(found, index, "шевч").result() == ["Шевченко"]
    assert _open_connections(place) == 1


def test_a_reader_without_rights_reads_and_leaves_no_trace(place: Path, client: Client) -> None:
    writer = Index.open(place, SCHEMA)
    put(writer, [client(1, "Шевченко")])
    writer.tidy()
    writer.close()
    before = {name: name.stat().st_mtime_ns for name in place.parent.iterdir()}
    reader = Index.open(place, SCHEMA, read_only=True)
    assert found(reader, "шевч") == ["Шевченко"]
    reader.data_version()
    reader.close()
    assert {name: name.stat().st_mtime_ns for name in place.parent.iterdir()} == before


def test_a_reader_without_rights_catches_up_in_a_copy_of_its_own(place: Path, client: Client) -> None:
    writer = Index.open(place, SCHEMA)
    put(writer, [client(1, "Шевченко")])
    writer.close()
    reader = Index.open(place, SCHEMA, read_only=True)
    put(reader, [client(2, "Бойко")])
    assert found(reader, "") == ["Бойко", "Шевченко"]
    aside = reader._private
    assert aside is not None
    reader.close()
    assert not aside.exists()
    writer = Index.open(place, SCHEMA)
    assert found(writer, "") == ["Шевченко"]
    writer.close()


def test_who_asks_while_another_thread_goes_on_in_a_copy_keeps_what_he_asks_with(place: Path, client: Client) -> None:
    writer = Index.open(place, SCHEMA)
    put(writer, [client(1, "Шевченко")])
    writer.close()
    reader = Index.open(place, SCHEMA, read_only=True)
    with reader._reading() as db:
        catching_up = threading.Thread(target=put, args=(reader, [client(2, "Бойко")]))
        catching_up.start()
        catching_up.join()
        assert db.execute("select count(*) from client").fetchone() == (1,)
    assert found(reader, "") == ["Бойко", "Шевченко"]
    reader.close()


@pytest.mark.parametrize("content", [None, b"garbage" * 100])
def test_a_reader_without_rights_and_without_an_index_makes_one_of_its_own(
    place: Path, client: Client, content: bytes | None
) -> None:
    if content is not None:
        place.write_bytes(content)
    reader = Index.open(place, SCHEMA, read_only=True)
    assert reader.needs_rebuild
    put(reader, [client(1, "Шевченко")])
    assert found(reader, "шевч") == ["Шевченко"]
    reader.close()
    assert (place.read_bytes() if place.exists() else None) == content


def test_a_search_imports_nothing_that_takes_long(place: Path, client: Client) -> None:
    writer = Index.open(place, SCHEMA)
    put(writer, [client(1, "Шевченко")])
    writer.close()
    program = (
        "import datetime, sys; from pathlib import Path; from store.index import Index; from store.query import parse\n"
        "from store.schema import Schema; from store.standard import STANDARD_SECTIONS\n"
        "schema = Schema.from_data(STANDARD_SECTIONS)\n"
        "index = Index.open(Path(sys.argv[1]), schema)\n"
        "assert index.find(parse('шевч', schema, datetime.date(2026, 11, 26))).rows(0, 10)\n"
        "slow = {'tinydb', 'phonenumbers', 'stdnum', 'multiprocessing', 'concurrent.futures', 'asyncio'}\n"
        "print(sorted(slow & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(place)], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_save_that_waits_too_long_for_another_says_so_and_throws_nothing_away(
    place: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.index.files._WAIT_SECONDS", 0.01)
    index = Index.open(place, SCHEMA)
    put(index, [client(1, "Шевченко")])
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(Busy) as told:
        put(index, [client(2, "Бойко")])
    assert told.value.code == "index-busy"
    assert found(index, "") == ["Шевченко"]
    other.execute("rollback")
    put(index, [client(2, "Бойко")])
    assert found(index, "") == ["Бойко", "Шевченко"]
    other.close()
    index.close()


def test_a_list_that_is_read_after_the_file_broke_says_so(place: Path, client: Client) -> None:
    index = Index.open(place, SCHEMA)
    put(index, [client(serial, f"Шевченко{serial}") for serial in range(1, 200)])
    hits = index.find(parse("шевч"), 10)
    db = index._connection()
    db.execute("drop table client")
    with pytest.raises(Damaged) as told:
        hits.rows(50, 50)
    assert told.value.code == "index-damaged"
    assert index.needs_rebuild
    index.close()


def test_a_reader_goes_on_where_the_shared_log_cannot_be_opened(place: Path, client: Client) -> None:
    writer = Index.open(place, SCHEMA)
    put(writer, [client(1, "Шевченко")])
    writer.close()
    Path(f"{place}-wal").mkdir()
    reader = Index.open(place, SCHEMA, read_only=True)
    assert found(reader, "шевч") == ["Шевченко"]
    reader.close()


def test_a_reader_notices_that_others_began_to_share_the_index(place: Path, client: Client) -> None:
    writer = Index.open(place, SCHEMA)
    put(writer, [client(1, "Шевченко")])
    writer.close()
    reader = Index.open(place, SCHEMA, read_only=True)
    before = reader.data_version()
    writer = Index.open(place, SCHEMA)
    put(writer, [client(2, "Бойко")])
    assert reader.data_version() != before
    assert found(reader, "") == ["Бойко", "Шевченко"]
    reader.close()
    writer.close()


@pytest.mark.parametrize("at", [18, 19])
def test_a_header_that_says_the_file_may_not_be_written_is_damage(place: Path, client: Client, at: int) -> None:
    writer = Index.open(place, SCHEMA)
    put(writer, [client(1, "Шевченко")])
    writer.tidy()
    writer.close()
    content = bytearray(place.read_bytes())
    content[at] ^= 0x80
    place.write_bytes(content)
    index = Index.open(place, SCHEMA)
    try:
        put(index, [client(1, "Шевченко")])
    except Damaged as told:
        # Noticed with the first save; emptied, so that the next one may.
        assert told.code == "index-damaged"
        put(index, [client(1, "Шевченко")])
    assert found(index, "шевч") == ["Шевченко"]
    index.close()


def test_an_index_given_up_by_one_thread_is_not_closed_under_the_question_of_another(
    index: Index, client: Client
) -> None:
    put(index, [client(1, "Шевченко", "Олена")])

    def give_up() -> None:
        with pytest.raises(Damaged), index._reading():
            raise Malformed("a row is not what was written")

    with index._reading() as asking:
        other = threading.Thread(target=give_up)
        other.start()
        other.join()
        # What SQLite does with a connection closed under it is to crash.
        assert asking.execute("select count(*) from client").fetchone() == (1,)
    assert index.needs_rebuild


def test_an_index_is_not_closed_under_the_question_of_a_thread(place: Path, client: Client) -> None:
    index = Index.open(place, SCHEMA)
    put(index, [client(1, "Шевченко")])
    asking, closed = threading.Event(), threading.Event()
    told: list[object] = []

    def ask() -> None:
        with index._reading() as db:
            asking.set()
            closed.wait()
            told.append(db.execute("select count(*) from client").fetchone())
        with pytest.raises(Damaged) as refusal, index._reading():
            pass
        told.append(refusal.value.code)

    other = threading.Thread(target=ask)
    other.start()
    asking.wait()
    index.close()
    closed.set()
    other.join()
    assert told == [(1,), "index-unusable"]
    assert _open_connections(place) == 0


def test_connections_to_a_file_that_was_replaced_are_closed(index: Index, place: Path, client: Client) -> None:
    put(index, [client(1, "Шевченко")])
    for serial in range(2, 6):
        index.data_version()
        with pytest.raises(Damaged), index._reading():
            raise Malformed("a row is not what was written")
        put(index, [client(serial, "Шевченко")])
    assert len(_open_files(place)) <= 3


def test_a_file_that_was_replaced_while_all_connections_were_asked_with_is_left(place: Path, client: Client) -> None:
    index = Index.open(place, SCHEMA)
    put(index, [client(1, "Шевченко")])
    with index._reading():
        for file in place.parent.glob(place.name + "*"):
            file.unlink()
        other = Index.open(place, SCHEMA)
        put(other, [client(1, "Бойко")])
        with ThreadPoolExecutor(1) as thread:
            assert thread.submit(found, index, "бойко").result() == ["Бойко"]
    assert found(index, "бойко") == ["Бойко"]
    other.close()
    index.close()
    assert _open_connections(place) == 0


@pytest.mark.parametrize("value", ["rank = x'41'", "rank = 'A'", "serial = 7", "mark = x'41'"])
def test_a_value_of_another_type_is_damage(index: Index, client: Client, value: str) -> None:
    put(index, [client(1, "Шевченко"), client(2, "Бойко")])
    hits = index.find(parse(""))
    index._connection().execute(f"update client set {value} where serial = 1")
    with pytest.raises(Damaged):
        hits.serials()
    put(index, [client(1, "Шевченко"), client(2, "Бойко")])
    index._connection().execute(f"update client set {value} where serial = 1")
    with pytest.raises(Damaged):
        index.find(parse(""))


def test_an_index_that_others_hold_is_none_to_be_thrown_away(
    place: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.index.files._WAIT_SECONDS", 0.01)
    index = Index.open(place, SCHEMA)
    put(index, [client(1, "Шевченко")])
    other = sqlite3.connect(place, isolation_level=None)
    other.execute("begin immediate")
    inode = place.stat().st_ino
    own = Schema.from_data(STANDARD_SECTIONS, [{"key": "pets", "fields": [{"key": "name", "kind": "text"}]}])
    with pytest.raises(Busy):
        Index.open(place, own)
    assert place.stat().st_ino == inode
    other.execute("rollback")
    other.close()
    assert found(index, "шевч") == ["Шевченко"]
    index.close()


def test_what_is_saved_after_another_made_the_file_anew_is_in_the_new_one(place: Path, client: Client) -> None:
    index, other = Index.open(place, SCHEMA), Index.open(place, SCHEMA)
    put(index, [client(1, "Шевченко")])
    with pytest.raises(Damaged):
        other._give_up(OSError("a flipped bit"))
    put(index, [client(2, "Бойко")])
    assert found(other, "") == ["Бойко"]
    other.close()
    index.close()
