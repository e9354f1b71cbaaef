import os
from pathlib import Path

import pytest

from tui.dialogs.editor import EditorFailed, EditorMissing, edit_text


def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = tmp_path / "editor"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("EDITOR", f"{program} -w")


def test_the_text_comes_back_as_the_editor_saved_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, 'printf "перше\\nдруге\\n" > "$2"')
    assert edit_text("перше") == "перше\nдруге"


def test_an_editor_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, 'echo half > "$2"; exit 1')
    with pytest.raises(EditorFailed, match="editor"):
        edit_text("було")


def test_a_file_that_is_no_text_any_more_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, 'printf "\\377\\376\\0" > "$2"')
    with pytest.raises(EditorFailed):
        edit_text("було")


def test_an_empty_setting_means_the_usual_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", " ")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(EditorMissing, match="nano"):
        edit_text("")


def test_a_missing_editor_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "no-such-editor-anywhere")
    with pytest.raises(EditorMissing, match="no-such-editor-anywhere"):
        edit_text("")


def test_a_setting_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "vim 'x")
    with pytest.raises(EditorMissing, match="vim 'x"):
        edit_text("")


def test_nobody_else_can_read_the_file_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(tmp_path, monkeypatch, f'stat -c %a "$(dirname "$2")" > {tmp_path}/mode; echo "$2" > {tmp_path}/path')
    edit_text("таємне")
    assert (tmp_path / "mode").read_text().strip() == "700"
    assert not os.path.exists((tmp_path / "path").read_text().strip())
