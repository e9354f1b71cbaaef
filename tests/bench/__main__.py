"""Run the benchmarks: `python -m tests.bench [SUBJECT…]`.

Each subject is a module `bench_SUBJECT.py` with `measure() -> Iterable[Figure]`. It runs in a process of its own, so
that none inherits another's imports and caches; its figures are printed as they come, and its part of
`docs/benchmarks.md` is written again. Exit code 1 where a figure missed its target.
"""

import argparse
import dataclasses
import importlib
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from store import clock
from tests.bench.figures import Figure, table

HERE = Path(__file__).parent
PAGE = HERE.parent.parent / "docs" / "benchmarks.md"


def main() -> int:
    subjects = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure, print, write down.")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"one of: {', '.join(subjects)}; all without it")
    parser.add_argument("--figures", action="store_true", help="measure here and print each figure as a line of JSON")
    options = parser.parse_args()
    if unknown := set(options.subjects) - set(subjects):
        parser.error(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(subjects)}")
    if options.figures:
        return _measure(options.subjects)
    missed = 0
    for subject in options.subjects or subjects:
        print(f"\n{subject}", flush=True)
        figures = list(_figures(subject))
        missed += sum(not figure.reached for figure in figures)
        PAGE.write_text(with_part(PAGE.read_text(encoding="utf-8"), subject, figures), encoding="utf-8")
    return 1 if missed else 0


def _measure(subjects: list[str]) -> int:
    for subject in subjects:
        for figure in importlib.import_module(f"tests.bench.bench_{subject}").measure():
            print(json.dumps(dataclasses.asdict(figure)), flush=True)
    return 0


def _figures(subject: str) -> Iterator[Figure]:
    """The figures of a subject, measured in a fresh process, each printed when it comes."""
    command = [sys.executable, "-m", "tests.bench", "--figures", subject]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        for line in process.stdout:
            figure = Figure(**json.loads(line))
            print(table([figure]).splitlines()[-1], flush=True)
            yield figure
    if process.returncode:
        raise SystemExit(f"bench_{subject} ended with {process.returncode}; its part of the page is as it was")


def with_part(page: str, subject: str, figures: list[Figure]) -> str:
    """The page with a subject's part written anew; a subject it does not hold yet goes to its end."""
    begin, end = f"<!-- {subject} -->", f"<!-- end of {subject} -->"
    part = (
        f"{begin}\n{table(figures)}\n"
        f"{clock.today():%Y-%m-%d}, {_machine()}. Again: `make bench SUBJECTS={subject}`\n{end}"
    )
    written, places = re.subn(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _found: part, page, flags=re.DOTALL)
    return written if places else f"{page.rstrip()}\n\n## {subject.replace('_', ' ').capitalize()}\n\n{part}\n"


def _machine() -> str:
    cpu = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = re.findall(r"model name\s*:\s*(.+)", cpuinfo.read_text(encoding="utf-8"))
        cpu = names[0] if names else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return f"{cpu}, {cores} cores, {platform.system()} {platform.release()}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
