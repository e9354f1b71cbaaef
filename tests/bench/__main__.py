"""Run the benchmarks: `python -m tests.bench [--million] [SUBJECT…]`.

Each subject is a module `bench_SUBJECT.py` with `measure() -> Iterable[Figure]`, and `measure_million()` where it is
measured with a million clients too, which has a part of its own on the page, `SUBJECT_million`. It runs in a process
of its own, so that none inherits another's imports and caches; its figures are printed as they come, and its part of
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
_MILLION = "measure_million"
PAGE = HERE.parent.parent / "docs" / "benchmarks.md"


def main() -> int:
    subjects = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure, print, write down.")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"one of: {', '.join(subjects)}; all without it")
    parser.add_argument("--million", action="store_true", help="with 1,000,000 clients: what has figures for so many")
    parser.add_argument("--figures", action="store_true", help="measure here and print each figure as a line of JSON")
    options = parser.parse_args()
    if options.million:
        subjects = [subject for subject in subjects if _MILLION in (HERE / f"bench_{subject}.py").read_text("utf-8")]
    if unknown := set(options.subjects) - set(subjects):
        parser.error(f"no such subject: {', '.join(sorted(unknown))}; there are {', '.join(subjects)}")
    if options.figures:
        return _measure(options.subjects, million=options.million)
    missed = 0
    for subject in options.subjects or subjects:
        part = f"{subject}_million" if options.million else subject
        print(f"\n{part}", flush=True)
        figures = list(_figures(subject, million=options.million))
        missed += sum(not figure.reached for figure in figures)
        PAGE.write_text(with_part(PAGE.read_text(encoding="utf-8"), part, figures), encoding="utf-8")
    return 1 if missed else 0


def _measure(subjects: list[str], *, million: bool) -> int:
    for subject in subjects:
        module = importlib.import_module(f"tests.bench.bench_{subject}")
        for figure in getattr(module, _MILLION if million else "measure")():
            print(json.dumps(dataclasses.asdict(figure)), flush=True)
    return 0


def _figures(subject: str, *, million: bool) -> Iterator[Figure]:
    """The figures of a subject, measured in a fresh process, each printed when it comes."""
    command = [sys.executable, "-m", "tests.bench", "--figures", *(["--million"] if million else []), subject]
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
    plain = subject.removesuffix("_million")
    again = f"make bench{'-million' if plain != subject else ''} SUBJECTS={plain}"
    part = f"{begin}\n{table(figures)}\n{clock.today():%Y-%m-%d}, {_machine()}. Again: `{again}`\n{end}"
    written, places = re.subn(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _found: part, page, flags=re.DOTALL)
    heading = f"{plain.capitalize()} with 1,000,000 clients" if plain != subject else subject.capitalize()
    return written if places else f"{page.rstrip()}\n\n## {heading}\n\n{part}\n"


def _machine() -> str:
    cpu = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = re.findall(r"model name\s*:\s*(.+)", cpuinfo.read_text(encoding="utf-8"))
        cpu = names[0] if names else platform.machine()
    cores = len(os.sched_getaffinity(0))
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    # On a busy machine the wall's time says little.
    return f"{cpu}, {cores} cores, {system}, load of the last 15 minutes {os.getloadavg()[2]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
