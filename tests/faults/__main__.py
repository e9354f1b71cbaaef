"""`make faults`: the long figures, and a table of what was reached.

python -m tests.faults [short] [PYTEST ARGUMENT…]
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.ledger import VARIABLE, table


def main(arguments: list[str]) -> int:
    """Run the harness and print the table; the exit status is that of the tests."""
    scale, *rest = arguments
    with tempfile.TemporaryDirectory() as place:
        ledger = Path(place) / "ledger"
        ledger.touch()
        environment = {**os.environ, VARIABLE: str(ledger), "KARTOTEKA_FAULTS": scale}
        command = [sys.executable, "-m", "pytest", "-n", "2", "-rs", str(Path(__file__).parent)]
        done = subprocess.run([*command, *rest], env=environment)
        print(table(ledger))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
