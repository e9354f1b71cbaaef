"""Files that tests read."""

from pathlib import Path

DATA = Path(__file__).parent
