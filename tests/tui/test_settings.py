from pathlib import Path

import pytest

from tui.places import default_store, settings_file
from tui.settings import Settings, SettingsUnreadable


def test_without_a_file_everything_is_as_the_program_has_it(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "none.toml") == Settings()


def test_language_theme_and_keys_are_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('language = "ru"\ntheme = "nord"\n[keys]\n"card.save" = "f2"\n', encoding="utf-8")
    assert Settings.load(file) == Settings("ru", "nord", {"card.save": "f2"})


@pytest.mark.parametrize("content", [b"language = ", b"\xff\xfe", b"[keys\n"])
def test_a_broken_file_is_named_with_the_reason(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsUnreadable, match=r"settings\.toml: "):
        Settings.load(file)


def test_the_users_folders_are_those_of_the_desktop_standard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "not/absolute")
    assert default_store() == Path("/srv/data/kartoteka/store")
    assert settings_file() == Path.home() / ".config/kartoteka/settings.toml"
