"""Snapshots and backups by the command line."""

from pathlib import Path

from tests.tui.cli.conftest import Type


def test_a_snapshot_is_taken_listed_and_restored_by_its_name(kartoteka: Type, olena: str) -> None:
    made = kartoteka("backup", "--json").value
    listed = kartoteka("backup", "--list", "--json").value["snapshots"]
    assert listed[0] == {"name": made["snapshot"], "at": made["at"], "why": "asked"}
    kartoteka("set", olena, "person.position=кравчиня")
    refused = kartoteka("restore", made["snapshot"], "--json")
    assert (refused.code, refused.error["code"], refused.error["changes"]) == (5, "restore-newer", 1)
    done = kartoteka("restore", made["snapshot"], "--yes", "--json").value
    assert done["clients"] == 1 and done["lost"] == {"changes": 1, "numbers": [olena]}
    assert "position" not in kartoteka("show", olena, "--json").value["person"]
    assert kartoteka("restore", done["kept"], "--json").code == 0
    assert kartoteka("show", olena, "--json").value["person"]["position"] == "кравчиня"


def test_a_backup_goes_to_a_folder_and_comes_back_where_there_was_no_store(
    kartoteka: Type, olena: str, tmp_path: Path
) -> None:
    for target in ("usb", "usb.tar.gz"):
        made = kartoteka("backup", str(tmp_path / target), "--json").value
        assert (made["clients"], made["path"], made["damaged"]) == (1, str(tmp_path / target), [])
        new = str(tmp_path / f"new-{target}")
        assert kartoteka("restore", str(tmp_path / target), "--store", new).code == 0
        assert kartoteka("show", olena, "--store", new).code == 0


def test_nothing_is_made_for_a_backup_that_is_none(kartoteka: Type, tmp_path: Path) -> None:
    done = kartoteka("restore", str(tmp_path / "nowhere"), "--json")
    assert (done.code, done.error["code"]) == (2, "backup-missing")
    assert not (tmp_path / "store").exists()


def test_the_list_of_snapshots_says_when_and_why(kartoteka: Type, olena: str) -> None:
    assert "of the day" in kartoteka("backup", "--list").out
    assert kartoteka("backup", "elsewhere", "--list").code == 2


def test_a_backup_of_a_damaged_store_is_written_and_told(kartoteka: Type, olena: str, tmp_path: Path) -> None:
    segment = tmp_path / "store" / "clients" / "00000.json"
    content = segment.read_bytes()
    segment.unlink()
    segment.write_bytes(content[:-40])
    done = kartoteka("backup", str(tmp_path / "usb"))
    assert done.code == 3 and "00000.json" in done.err
    assert (tmp_path / "usb" / "clients" / "00000.json").read_bytes() == content[:-40]
