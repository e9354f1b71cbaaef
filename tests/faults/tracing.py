"""Run an operation under strace, once to see its system calls, then once for each of them with a fault.

A process with all imports done and a store open forks for every fault; strace takes hold of the fork before the
operation begins, so its calls are counted from there and a point takes some hundredths of a second.
"""

import ctypes
import json
import os
import re
import select
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CHANGING = (
    "openat,creat,write,pwrite64,writev,ftruncate,truncate,fallocate,rename,renameat,renameat2,link,linkat,symlink,"
    "symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,fchmod,chmod,fchmodat,fchown,copy_file_range,sendfile,utimensat"
)
_READING = (
    "read,pread64,readv,lseek,fsync,fdatasync,flock,fcntl,close,newfstatat,fstat,statx,getdents64,mmap,access,"
    "faccessat2"
)
"""Calls after which the files are what they were before: to the next one, if not to the disk."""
CALLS = f"{_CHANGING},{_READING}"
_PR_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+|\?)")


_UNTRACED = "untraced\n"
"""What a fork says that wants to go on without strace."""

Say = Callable[[Any], None]
"""Tells the process that forked something, as JSON."""


@dataclass(frozen=True, slots=True)
class Point:
    """One system call of an operation."""

    call: str
    nth: int
    """Which of the calls of that name, counted from 1."""
    text: str
    """As strace shows it."""
    before: int
    """How many calls before it changed something. Killed at calls of one number, an operation leaves the same."""


def missing() -> str:
    """Why nothing can be traced here, or ""."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = Traced(lambda say: say("done"))
    tried.run(["-o", os.devnull, "-e", "trace=write"])
    return "" if tried.said == ["done"] else f"strace may not trace here: {tried.complaint}"


class Traced:
    """A fork of this process that runs something under strace."""

    def __init__(
        self,
        act: Callable[[Say], None],
        prepare: Callable[[], object] | None = None,
        after: Callable[[Say], None] | None = None,
    ) -> None:
        """Remember what to do.

        Args:
            act: Run under strace; called with what tells this process something.
            prepare: Run before, untraced.
            after: Run afterwards, untraced: no fault falls into it.
        """
        self._act = act
        self._prepare = prepare
        self._after = after
        self.said: list[Any] = []
        """What the fork told."""
        self.complaint = ""
        self.pid = 0
        """Of the fork."""
        self.status = 0
        """The exit status; a signal's number negative."""

    def run(self, options: list[str]) -> None:
        """Run it once under strace with these options; returns when it has ended."""
        go_read, go_write = os.pipe()
        said_read, said_write = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(go_write)
            self._be_traced(go_read, said_write)
        self.pid = process
        os.close(said_write)
        os.close(go_read)
        with open(said_read, encoding="utf-8") as saying:
            saying.readline()
            tracer = subprocess.Popen(
                ["strace", *options, "-p", str(process)], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
            )
            assert tracer.stderr is not None
            # Said once it holds the process; from then on no call escapes it.
            self.complaint = tracer.stderr.readline()
            os.write(go_write, b"go")
            for line in saying:
                if line == _UNTRACED:
                    tracer.terminate()
                    tracer.wait()
                    os.write(go_write, b"on")
                elif line.endswith("\n"):
                    self.said.append(json.loads(line))
        os.close(go_write)
        self.status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        tracer.communicate()

    def _be_traced(self, go: int, said: int) -> None:
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)

        def say(what: Any) -> None:
            os.write(said, json.dumps(what).encode() + b"\n")

        try:
            if self._prepare:
                self._prepare()
            say("ready")
            # Waits in a call that is never traced: one that is would be counted or not, as chance has it.
            select.select([go], [], [])
            self._act(say)
            if self._after:
                os.read(go, 2)
                os.write(said, _UNTRACED.encode())
                select.select([go], [], [])
                self._after(say)
        finally:
            os._exit(0)


def points(traced: Traced, path: Path, trace: Path) -> list[Point]:
    """All calls of an operation that have to do with the store."""
    traced.run(["-y", "-s", "64", "-o", str(trace), "-e", f"trace={CALLS}"])
    assert traced.status == 0 and traced.said, f"not to be traced: {traced.complaint}"
    counted: Counter[str] = Counter()
    found: list[Point] = []
    changes = 0
    changing = _CHANGING.split(",")
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if match := _CALL.match(line):
            call, arguments = match[1], match[2]
            counted[call] += 1
            if re.search(rf"{re.escape(str(path))}[/>\"]", line):
                found.append(Point(call, counted[call], line.replace(str(path), "…")[:120], changes))
            # What is only opened to be read stays as it is; what is mapped is the index's, which nobody trusts after.
            if call != "openat" or "O_CREAT" in arguments or "O_TRUNC" in arguments:
                changes += call in changing
    return found


def killed_at(traced: Traced, point: Point) -> bool:
    """Run it and kill it when it enters that call: the call itself is not done.

    Returns:
        False where it ended before: names that are made up at random lie in another order in a folder each time.
    """
    traced.run(
        ["-o", os.devnull, "-e", f"trace={point.call}", "-e", f"inject={point.call}:signal=KILL:when={point.nth}"]
    )
    assert traced.status in (0, -signal.SIGKILL), f"not killed at {point}: {traced.status} {traced.complaint}"
    return traced.status != 0


def failed_at(traced: Traced, point: Point, error: str, trace: Path) -> bool:
    """Run it and let that one call fail; False where it ended before (see `killed_at`).

    Args:
        traced: What is run.
        point: The call.
        error: Its error, such as `ENOSPC`.
        trace: A file for what strace tells.
    """
    inject = f"inject={point.call}:error={error}:when={point.nth}"
    traced.run(["-o", str(trace), "-e", f"trace={point.call}", "-e", inject])
    return "(INJECTED)" in trace.read_text(encoding="utf-8", errors="replace")
