"""Every state that a lost power may leave of an operation, rebuilt and judged: the method of ALICE.

T. S. Pillai and others, "All File Systems Are Not Created Equal", OSDI 2014. The model is weaker than any file system
in use, about what POSIX promises: what was written to a file is on the disk for sure after fsync(file); names (made,
renamed, linked, removed) after fsync(folder). Until then any of the pending names may be there or not, and of pending
data nothing, all, a torn part, or the right length full of zeros, independently.

    python -m tests.faults.crash_states OPERATION PLACE MOST DICE [MUTANT]

prints one JSON value. The search index is left out of the model: it is derived, and is replayed as it was before.
"""

import itertools
import json
import math
import random
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from store.lookup import INDEX
from store.segments import lock
from tests.faults.killing import STORE, Victim, judge
from tests.faults.mutants import MUTANTS
from tests.faults.operations import OPERATIONS
from tests.faults.tracing import missing

RECORDED = (
    "openat,write,pwrite64,writev,lseek,close,fsync,fdatasync,ftruncate,rename,renameat,renameat2,link,linkat,unlink,"
    "unlinkat,mkdir,mkdirat,rmdir,symlink,symlinkat,copy_file_range,sendfile,fallocate,truncate"
)
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (\d+)")
_DESCRIPTOR = re.compile(r"(\d+)<((?:\\x..)*)")
_STRING = re.compile(r'"((?:\\x..)*)"')

SECTOR = 512

Edit = tuple[int, bytes]
"""Bytes at a place of a file; at -1: cut to that length, as decimal digits."""


@dataclass(slots=True)
class File:
    """A file or folder, whatever it is called."""

    durable: bytes | None
    """None: a folder."""
    pending: list[Edit] = field(default_factory=list)

    def contents(self) -> Iterator[bytes | None]:
        """What it may hold after a crash."""
        yield self.durable
        if self.durable is None:
            return
        now = self.durable
        for place, data in self.pending:
            if place >= 0:
                for cut in sorted({1, len(data) // 3, len(data) // 2, len(data) - 1} - {0, len(data)}):
                    yield _edited(now, (place, data[:cut]))
                for lost in _sectors_lost(len(data)):
                    yield _edited(now, (place, b"".join(bytes(len(s)) if n in lost else s for n, s in _sectors(data))))
            now = _edited(now, (place, data))
            yield now

    def sync(self) -> None:
        """Bring it to the disk."""
        for edit in self.pending:
            self.durable = _edited(self.durable or b"", edit)
        self.pending.clear()


def _sectors(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Data as a disk takes it: sector by sector, in any order."""
    yield from enumerate(data[start : start + SECTOR] for start in range(0, len(data), SECTOR))


def _sectors_lost(size: int) -> Iterator[set[int]]:
    """Which sectors never reached the disk: all, each of the first few alone, every other."""
    count = -(-size // SECTOR)
    yield set(range(count))
    for lost in range(min(count, 6)):
        yield {lost}
    yield set(range(0, count, 2))
    yield set(range(1, count, 2))


def _edited(content: bytes, edit: Edit) -> bytes:
    place, data = edit
    if place < 0:
        size = int(data)
        return content[:size].ljust(size, b"\0")
    return content[:place].ljust(place, b"\0") + data + content[place + len(data) :]


Names = dict[str, File]
Change = tuple[str, File | None]
"""A name and what it names from then on; None: nothing."""


class Disk:
    """What is on it for sure, what may be, and what a running program sees."""

    def __init__(self, root: Path) -> None:
        self.durable: Names = {}
        for path in sorted(root.rglob("*")):
            if not path.name.startswith(INDEX):
                self.durable[str(path.relative_to(root))] = File(None if path.is_dir() else path.read_bytes())
        self.live = dict(self.durable)
        self.pending: list[list[Change]] = []
        """Each at once or not at all: a rename takes one name away and gives another."""

    def change(self, *changes: Change) -> None:
        """Names change."""
        self.pending.append(list(changes))
        _apply(self.live, changes)

    def sync_folder(self, folder: str) -> None:
        """Bring the names in a folder to the disk; of a rename between two folders both."""
        rest = []
        for changes in self.pending:
            if any(_folder(name) == folder for name, _ in changes):
                _apply(self.durable, changes)
            else:
                rest.append(changes)
        self.pending = rest

    def states(self, dice: random.Random, most: int) -> Iterator[dict[str, bytes | None]]:
        """All that a crash may leave now; of more than `most` as many at random."""
        named = list(_subsets(self))
        dice.shuffle(named)
        for names in named:
            choices = [[(name, content) for content in dict.fromkeys(file.contents())] for name, file in names.items()]
            # Nothing else than the seed decides which: a failure can be looked at again.
            if math.prod(map(len, choices)) * len(named) <= most:
                yield from map(dict, itertools.product(*choices))
            else:
                for _ in range(max(most // len(named), 1)):
                    yield dict(dice.choice(choice) for choice in choices)


def _subsets(disk: Disk) -> Iterator[Names]:
    for kept in itertools.product((False, True), repeat=len(disk.pending)):
        names = dict(disk.durable)
        for changes in itertools.compress(disk.pending, kept):
            _apply(names, changes)
        # What lies in a folder that is not there is not there either.
        yield {name: file for name, file in names.items() if all(folder in names for folder in _folders(name))}


def _apply(names: Names, changes: "list[Change] | tuple[Change, ...]") -> None:
    for name, file in changes:
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _folders(name: str) -> Iterator[str]:
    while name := _folder(name):
        yield name


def _unquoted(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _derived(name: str) -> bool:
    return any(part.startswith((INDEX, ".index-")) for part in name.split("/"))


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


class Replay:
    """The recorded calls of an operation, carried out on a model of the disk."""

    def __init__(self, disk: Disk, root: Path) -> None:
        self.disk = disk
        self.acknowledged = False
        self._root = str(root)
        self._open: dict[int, str] = {}
        self._place: dict[int, int] = {}

    def step(self, line: str) -> bool:
        """Carry out a line of strace; False where it changed nothing that matters."""
        match = _CALL.match(line)
        if not match:
            return False
        call, arguments, result = match[1], match[2], int(match[3])
        names = [self._name(text) for text in _STRING.findall(arguments)]
        if call == "openat":
            return self._opened(names[0], arguments, result)
        if call in ("write", "pwrite64", "writev", "fsync", "fdatasync", "ftruncate", "lseek", "close"):
            return self._on_descriptor(call, arguments, result)
        ours = [name for name in names if name is not None and not _derived(name)]
        return bool(ours) and self._on_names(call, ours)

    def _name(self, text: str) -> str | None:
        path = _unquoted(text).decode(errors="replace")
        if path == self._root:
            return ""
        return path.removeprefix(self._root + "/") if path.startswith(self._root + "/") else None

    def _opened(self, name: str | None, arguments: str, descriptor: int) -> bool:
        if name is None or _derived(name):
            return False
        self._open[descriptor], self._place[descriptor] = name, 0
        made = "O_CREAT" in arguments and name not in self.disk.live
        if made:
            self.disk.change((name, File(b"")))
        elif "O_TRUNC" in arguments:
            self.disk.live[name].pending.append((-1, b"0"))
        return made

    def _on_descriptor(self, call: str, arguments: str, result: int) -> bool:
        match = _DESCRIPTOR.match(arguments)
        assert match, arguments
        descriptor, name = int(match[1]), self._name(match[2])
        if call == "write" and name is None and "done" in self._said(arguments):
            self.acknowledged = True
            return True
        if name is None or _derived(name):
            return False
        name = self._open.get(descriptor, name)
        if call == "close":
            self._open.pop(descriptor, None)
        elif call == "lseek":
            self._place[descriptor] = result
        elif call in ("fsync", "fdatasync"):
            self._sync(name)
        else:
            self._write(call, name, descriptor, arguments, result)
        return call not in ("close", "lseek")

    def _said(self, arguments: str) -> str:
        return "".join(_unquoted(text).decode(errors="replace") for text in _STRING.findall(arguments))

    def _sync(self, name: str) -> None:
        if name == "" or self.disk.live[name].durable is None:
            self.disk.sync_folder(name)
        else:
            self.disk.live[name].sync()

    def _write(self, call: str, name: str, descriptor: int, arguments: str, result: int) -> None:
        file = self.disk.live[name]
        if call == "ftruncate":
            file.pending.append((-1, arguments.rpartition(", ")[2].encode()))
            return
        data = b"".join(_unquoted(text) for text in _STRING.findall(arguments))[:result]
        place = int(arguments.rpartition(", ")[2]) if call == "pwrite64" else self._place[descriptor]
        file.pending.append((place, data))
        if call != "pwrite64":
            self._place[descriptor] = place + len(data)

    def _on_names(self, call: str, names: list[str]) -> bool:
        live = self.disk.live
        match call:
            case "mkdir" | "mkdirat":
                self.disk.change((names[0], File(None)))
            case "unlink" | "unlinkat" | "rmdir":
                self.disk.change((names[0], None))
            case "link" | "linkat":
                self.disk.change((names[1], live[names[0]]))
            case "rename" | "renameat" | "renameat2":
                old, new = names
                below = [name for name in live if name.startswith(old + "/")]
                moved: list[Change] = [(new + name.removeprefix(old), live[name]) for name in (old, *below)]
                self.disk.change(*((name, None) for name in (old, *below)), *moved)
            case _:
                raise AssertionError(f"the model of the disk does not know {call} {names}")
        return True


def replay(victim: Victim, place: Path, most: int) -> Counter[str]:
    """Record the operation, and judge every state a crash may leave."""
    trace = place / "trace"
    traced = victim.traced()
    traced.run(["-y", "-xx", "-s", "99999999", "-o", str(trace), "-e", f"trace={RECORDED}"])
    assert traced.said == ["done"], (traced.said, traced.complaint)
    lines = trace.read_text(encoding="ascii").splitlines()
    # Whoever comes after lost power comes in another run of the machine.
    lock._boot = "another"
    # As many of each moment: what an operation does last must not go short.
    counting = Replay(Disk(victim.base), victim.root)
    moments = 1 + sum(counting.step(line) for line in lines)
    share = max(most // moments, 3)
    replayed = Replay(Disk(victim.base), victim.root)
    dice = random.Random(20261122)
    tally: Counter[str] = Counter()
    seen: set[int] = set()
    for line in ("", *lines):
        if line and not replayed.step(line):
            continue
        left = share
        for state in replayed.disk.states(dice, share):
            key = hash((replayed.acknowledged, frozenset(state.items())))
            if left and key not in seen:
                seen.add(key)
                left -= 1
                tally[_judged(victim, state, acknowledged=replayed.acknowledged)] += 1
    return tally


def _judged(victim: Victim, state: dict[str, bytes | None], *, acknowledged: bool) -> str:
    build(state, victim.root)
    if victim.path.is_dir():
        for file in (victim.base / STORE).glob(f"{INDEX}*"):
            shutil.copy2(file, victim.path / file.name)
    return judge(victim, acknowledged=acknowledged)


def build(state: dict[str, bytes | None], path: Path) -> None:
    """Make the state real."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(mode=0o700)
    for name, content in sorted(state.items()):
        if content is None:
            (path / name).mkdir(mode=0o700)
        else:
            (path / name).write_bytes(content)


def main(operation: str, place: Path, most: int, dice: int, mutant: str = "") -> Counter[str] | dict[str, str]:
    """The tally of an operation, by a writer with a fault where `mutant` names one."""
    if reason := missing():
        return {"missing": reason}
    if mutant:
        MUTANTS[mutant]()
    return replay(Victim(OPERATIONS[operation], place, dice), place, most)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:])))
