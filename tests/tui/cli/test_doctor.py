"""The doctor tells what a question about this program needs."""

from pathlib import Path

import pytest

from store.errors import Damaged
from tests.tui.cli.conftest import Type


@pytest.fixture(autouse=True)
def utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("locale.getencoding", lambda: "UTF-8")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORTERM", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_a_sound_store_is_well(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    done = kartoteka("doctor", "--json")
    assert (done.code, done.value["problems"]) == (0, [])
    store = done.value["store"]
    assert (store["clients"], store["segments"], store["format"], store["index"]) == (1, 1, 1, "current")
    assert store["snapshots"] == 1 and store["last_snapshot"] and store["free"] > 0 and store["mode"] == "700"
    assert store["lock"] is None and store["filesystem"]
    assert {"kartoteka", "python", "textual", "tinydb"} <= set(done.value["versions"])
    assert done.value["terminal"]["colours"] == 256


def test_it_speaks_in_words_and_tells_no_client_data(kartoteka: Type, olena: str) -> None:
    out = kartoteka("doctor", "--lang", "uk").out
    assert "знімків" in out.lower() or "знімки" in out.lower()
    assert "Шевченко" not in out and olena not in out


def test_snapshots_that_cannot_be_looked_at_are_told(
    kartoteka: Type, olena: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path) -> None:
        raise Damaged("segment-unreadable", file="backups", reason="no")

    monkeypatch.setattr("store.health.snapshots", refused)
    done = kartoteka("doctor", "--json")
    assert [each["code"] for each in done.value["problems"]] == ["segment-unreadable"]
    assert done.value["store"]["clients"] == 1


def test_a_damaged_store_is_told_and_what_was_set_aside(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    segment = tmp_path / "store" / "clients" / "00000.json"
    segment.unlink()
    segment.write_text("{", encoding="utf-8")
    done = kartoteka("doctor", "--json")
    assert done.code == 3 and [each["code"] for each in done.value["problems"]] == ["index-behind"]
    kartoteka("check", "--repair")
    (aside,) = kartoteka("doctor", "--json").value["store"]["quarantined"]
    assert aside.startswith("00000.json.damaged-")


def test_a_store_that_cannot_be_opened_is_told_like_any_other_fault(kartoteka: Type, tmp_path: Path) -> None:
    done = kartoteka("doctor", "--json")
    assert (done.code, [each["code"] for each in done.value["problems"]]) == (3, ["store-missing"])


def test_permissions_room_snapshots_and_locale_are_looked_at(
    kartoteka: Type, olena: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "store").chmod(0o755)
    (tmp_path / "store" / "backups").rename(tmp_path / "elsewhere")
    monkeypatch.setattr("store.health.LITTLE_ROOM", 1 << 60)
    monkeypatch.setattr("locale.getencoding", lambda: "KOI8-U")
    codes = {each["code"] for each in kartoteka("doctor", "--json").value["problems"]}
    assert codes == {"store-open-to-all", "snapshot-none", "disk-little-room", "locale-not-utf8"}
    assert kartoteka("doctor").out.count("! ") == 4


def test_a_file_is_no_store(kartoteka: Type, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("")
    done = kartoteka("doctor", "--json")
    assert (done.code, [each["code"] for each in done.value["problems"]]) == (3, ["not-a-store"])
    assert "python" in done.value["versions"]
