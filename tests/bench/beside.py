"""The plain ways of the same errands, to be measured in the same run: ripgrep, fzf, plain TinyDB, khard.

Each says in words what it took; of a program that is not installed it says so.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

KHARD_CONTACTS = 1_000
"""Each is a file of its own, and khard reads them all: with a thousand it takes a second."""

_TINYDB = """
import sys
from pathlib import Path
from tinydb import TinyDB, where
found = []
for file in sorted(Path(sys.argv[1]).glob("*[0-9].json")):
    with TinyDB(file, access_mode="r", encoding="utf-8") as database:
        begins = lambda person: any(str(value).lower().startswith(sys.argv[2]) for value in person.values())
        found += database.table("clients").search(where("person").test(begins))
print(len(found))
"""
_KHARD = "[addressbooks]\n[[clients]]\npath = {}\n[general]\ndefault_action = list\n"


def milliseconds(command: Sequence[str], text: Path | None = None) -> float:
    """One run of a program, from start to end; exit code 1 is an answer as well: nothing found."""
    with (text or Path(os.devnull)).open("rb") as stdin:
        before = time.perf_counter()
        done = subprocess.run(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        took = (time.perf_counter() - before) * 1000
    if done.returncode not in (0, 1):
        raise RuntimeError(f"failed: {' '.join(command)}")
    return took


def tinydb(store: Path, *asked: str, program: str = _TINYDB) -> str:
    """One search by plain TinyDB over the same segment files, in a process; once, it takes long enough.

    Args:
        store: The store.
        asked: The beginning of a word of a client's form `person`; or what the program wants.
        program: Another search than that.
    """
    took = milliseconds([sys.executable, "-c", program, str(store / "clients"), *asked])
    return f"plain TinyDB {took:,.0f} ms"


def ripgrep(place: Path, words: Sequence[str]) -> str:
    """A plain text search by ripgrep, which knows no spellings, fields or clients; the median of the words."""
    return _median("ripgrep", "rg", [["--count", "--ignore-case", "--fixed-strings", "--", word, os.fspath(place)] for word in words])  # fmt: skip # noqa: E501


def fzf(lines: Path, words: Sequence[str]) -> str:
    """The lines filtered and ranked by fzf, the way its list is; the median of the words."""
    return _median("`fzf --filter`", "fzf", [["--filter", word] for word in words], lines)


def khard(people: Sequence[tuple[str, str]], words: Sequence[str]) -> str:
    """The address book of the terminal, over the first clients' names and phones alone."""
    if shutil.which("khard") is None:
        return "khard: not installed"
    with tempfile.TemporaryDirectory(prefix="kartoteka-khard-") as folder:
        book = Path(folder) / "book"
        book.mkdir()
        for number, (name, phone) in enumerate(people[:KHARD_CONTACTS]):
            card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{number}\r\nN:{name};;;;\r\nFN:{name}\r\n"
            card += f"TEL;TYPE=cell:{phone}\r\nEND:VCARD\r\n"
            (book / f"{number}.vcf").write_text(card, encoding="utf-8", newline="")
        config = Path(folder) / "khard.conf"
        config.write_text(_KHARD.format(book), encoding="utf-8")
        took = _median("khard", "khard", [["--config", str(config), "list", word] for word in words[:3]])
    return f"{took} (of {len(people[:KHARD_CONTACTS]):,} contacts)"


def first_50(lines: Path, program: Sequence[str], word: str) -> Iterator[str]:
    """The first 50 lines that a program finds in the lines."""
    with lines.open("rb") as stdin:
        done = subprocess.run([*program, word], stdin=stdin, capture_output=True, check=False)
    yield from done.stdout.decode("utf-8", "replace").splitlines()[:50]


def _median(name: str, program: str, arguments: Sequence[Sequence[str]], text: Path | None = None) -> str:
    if shutil.which(program) is None:
        return f"{name}: not installed"
    took = statistics.median(milliseconds([program, *each], text) for each in arguments)
    return f"{name} {took:,.0f} ms"
