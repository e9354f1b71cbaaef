"""`kartoteka doctor`: what this program stands on, and how the store is, for whoever is asked why it does not work."""

import argparse
import locale
import os
import platform
import sys
from collections.abc import Mapping
from typing import Any

from tui.cli.exits import Exit
from tui.cli.opening import store_path
from tui.cli.output import Output
from tui.cli.parser import PROGRAM, Parser
from tui.i18n import N_, _, language
from tui.i18n.formats import count, moment, size

_LIBRARIES = (PROGRAM, "textual", "tinydb", "pyroaring")

_COPIES = ("kitty", "wezterm", "alacritty", "foot", "ghostty", "iterm", "contour", "rio", "windows_terminal")
"""Terminals known to take what is copied (OSC 52) by default."""

_LABELS = {
    "format": N_("format"),
    "clients": N_("clients"),
    "trash": N_("in the trash"),
    "segments": N_("files of cards"),
    "index": N_("search index"),
    "drafts": N_("drafts"),
    "snapshots": N_("snapshots"),
    "last_snapshot": N_("last snapshot"),
    "quarantined": N_("damaged files set aside"),
    "filesystem": N_("file system"),
    "free": N_("free space"),
    "mode": N_("permissions"),
    "writable": N_("may be written"),
    "lock": N_("saving now"),
}


def arguments(parser: Parser) -> None:
    """Say what the command takes: nothing of its own."""


def run(options: argparse.Namespace, output: Output) -> Exit:
    """Look, and tell."""
    from store.health import look

    health = look(store_path(options.store))
    terminal = _terminal(os.environ)
    encoding = {"language": language(), "encoding": locale.getencoding(), "LANG": os.environ.get("LANG", "")}
    problems = [(code, details) for code, details in health.problems]
    if locale.getencoding().lower().replace("-", "") != "utf8":
        problems.append(("locale-not-utf8", {"encoding": locale.getencoding()}))
    if output.json:
        found = [{"code": code, "message": _sentence(code, details)} for code, details in problems]
        parts = {"versions": _versions(), "locale": encoding, "terminal": terminal, "store": health.facts}
        output.value({**parts, "problems": found})
    else:
        output.line("  ".join(f"{name} {number}" for name, number in _versions().items()))
        output.line("  ".join(f"{name} {value}" for name, value in encoding.items() if value))
        output.line("  ".join(f"{name} {_said(value)}" for name, value in terminal.items()))
        output.line(str(health.facts["path"]))
        for name, label in _LABELS.items():
            if name in health.facts:
                output.line(f"  {_(label)}: {_fact(name, health.facts[name])}")
        for code, details in problems:
            output.line(f"! {_sentence(code, details)}")
        output.line(_("All is in order.") if not problems else _("“kartoteka check” reads every file of the store."))
    return Exit.STORE if problems else Exit.DONE


def _versions() -> dict[str, str]:
    from importlib.metadata import version

    found = {name: version(name) for name in _LIBRARIES}
    return {**found, "python": platform.python_version(), "system": f"{platform.system()} {platform.release()}"}


def _terminal(environment: Mapping[str, str]) -> dict[str, Any]:
    """What the terminal says of itself; it is not asked, as it might answer into the operator's next command."""
    name = " ".join(environment.get(key, "") for key in ("TERM", "TERM_PROGRAM", "LC_TERMINAL")).lower()
    if environment.get("KITTY_WINDOW_ID"):
        name += " kitty"
    try:
        columns, lines = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        columns, lines = 0, 0
    return {
        "TERM": environment.get("TERM", ""),
        "colours": _colours(environment),
        "size": f"{columns}x{lines}" if columns else None,
        "multiplexer": next((key for key in ("TMUX", "STY", "ZELLIJ") if environment.get(key)), None),
        "ssh": bool(environment.get("SSH_CONNECTION")),
        "osc52": any(known in name for known in _COPIES) or None,
        "kitty_keys": any(known in name for known in ("kitty", "wezterm", "foot", "ghostty")) or None,
    }


def _colours(environment: Mapping[str, str]) -> int:
    if environment.get("NO_COLOR") or environment.get("TERM", "dumb") in ("", "dumb"):
        return 0
    if environment.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return 1 << 24
    return 256 if "256" in environment.get("TERM", "") else 16


def _fact(name: str, value: Any) -> str:
    match name:
        case "free":
            return size(value)
        case "last_snapshot":
            return moment(value) if value else _("none")
        case "index":
            return _("behind the files") if value == "stale" else _("as the files")
        case "lock":
            return f"{value['operator']} ({value['pid']}), {moment(value['since'])}" if value else _("nobody")
        case "quarantined":
            return ", ".join(value) or _("none")
    return count(value) if isinstance(value, int) and not isinstance(value, bool) else _said(value)


def _said(value: Any) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _sentence(code: str, details: Mapping[str, Any]) -> str:
    from tui.i18n.problems import say_code

    return say_code(code, {**details, "free": size(details["free"])} if "free" in details else details)
