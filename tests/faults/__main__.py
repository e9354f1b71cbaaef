"""`make faults`: the long figures, and a table of what was reached.

    python -m tests.faults [short|long] [--again] [PYTEST ARGUMENT…]

What was tried without a fault is kept (`$KARTOTEKA_FAULTS_KEPT`, else beside other temporary files) and not tried
again: a run that was ended goes on, and a part (`long -k kill`) adds its figures to the table. `--again` begins anew.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.ledger import DONE, VARIABLE, table


def main(arguments: list[str]) -> int:
    """Run the harness and print the table; the exit status is that of the tests."""
    scale, *rest = arguments or ["long"]
    kept = Path(os.environ.get("KARTOTEKA_FAULTS_KEPT") or Path(tempfile.gettempdir()) / "kartoteka-faults")
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    ledger = kept / f"{scale}.jsonl"
    if "--again" in rest:
        rest.remove("--again")
        ledger.unlink(missing_ok=True)
    ledger.touch()
    before = shutil.copyfile(ledger, ledger.with_suffix(f".before-{os.getpid()}"))
    try:
        environment = {**os.environ, VARIABLE: str(ledger), DONE: str(before), "KARTOTEKA_FAULTS": scale}
        command = [sys.executable, "-m", "pytest", "-n", "2", "-rs", "-v", str(Path(__file__).parent)]
        ended = subprocess.run([*command, *rest], env=environment)
    finally:
        before.unlink()
        print(table(ledger))
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
