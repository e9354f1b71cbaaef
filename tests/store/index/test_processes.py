"""Other processes begin with what they are given to do, and not with the script of whoever opened the store."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import os
from concurrent.futures import ProcessPoolExecutor
from store.index.processes import CONTEXT

print("begun", flush=True)
with ProcessPoolExecutor(1, CONTEXT) as pool:
    print(pool.submit(os.getpid).result() != os.getpid(), "__main__" in repr(__import__("sys").modules["__main__"]))
"""


def test_a_script_that_does_not_ask_for_its_own_name_is_run_once(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, encoding="utf-8", env={"PYTHONPATH": str(root)}
    )
    assert (done.returncode, done.stdout.split()) == (0, ["begun", "True", "True"]), done.stderr
