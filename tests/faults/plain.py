"""Plain TinyDB under the same faults, run as a program: `python -m tests.faults.plain kill|writers PLACE`."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from tests.faults.tracing import Say, Traced, killed_at, missing, points

OLD, NEW = "old" * 400, "new" * 300


def fresh(place: Path) -> Path:
    """A database of one file."""
    path = place / "db" / "db.json"
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    with TinyDB(path) as db:
        db.insert_multiple({"name": f"Client {n}", "note": OLD} for n in range(24))
    return path


def edit(path: Path) -> None:
    """One save."""
    with TinyDB(path) as db:
        db.update({"note": NEW}, doc_ids=[5])


def kill(place: Path) -> list[dict[str, str]] | dict[str, str]:
    """What is left when an edit is killed at each of its calls."""
    if reason := missing():
        return {"missing": reason}

    def traced() -> Traced:
        path = fresh(place)

        def act(say: Say) -> None:
            edit(path)
            say("done")

        return Traced(act)

    edit(fresh(place))
    found: list[dict[str, str]] = []
    for point in points(traced(), place / "db", place / "trace"):
        killed = traced()
        assert killed_at(killed, point)
        found.append({"at": point.text, "left": left(place / "db" / "db.json")})
    return found


def left(path: Path) -> str:
    """`old`, `new`, or what is wrong."""
    try:
        with TinyDB(path) as db:
            document: Any = db.get(doc_id=5)
            return "lost" if document is None else "new" if document["note"] == NEW else "old"
    except ValueError as error:
        return f"unreadable: {error!r}"


def writers(place: Path) -> dict[str, Any]:
    """Four processes of two hundred saves each, nobody killed."""
    path = fresh(place)
    reading, writing = os.pipe()
    children = []
    for name in range(4):
        if (process := os.fork()) == 0:
            try:
                for turn in range(200):
                    with TinyDB(path) as db:
                        db.insert({"token": f"{name}-{turn}"})
                    os.write(writing, f"{name}-{turn}\n".encode())
            finally:
                os._exit(0)
        children.append(process)
    os.close(writing)
    with open(reading, encoding="utf-8") as said:
        acknowledged = set(said.read().split())
    for process in children:
        os.waitpid(process, 0)
    try:
        with TinyDB(path) as db:
            found = {document.get("token") for document in db.all()}
    except ValueError as error:
        return {"acknowledged": len(acknowledged), "lost": len(acknowledged), "errors": repr(error)}
    return {"acknowledged": len(acknowledged), "lost": len(acknowledged - found), "errors": ""}


if __name__ == "__main__":
    print(json.dumps({"kill": kill, "writers": writers}[sys.argv[1]](Path(sys.argv[2]))))
