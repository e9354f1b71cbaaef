"""A process that dies at a system call, without a process: from there on every call of it raises."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CALLS = ("open", "write", "fsync", "rename", "unlink", "pwrite", "fchmod", "mkdir", "link", "chmod", "rmdir")


class Dead(BaseException):
    """What a dead process does."""


@contextmanager
def dying_at(call: int) -> Iterator[None]:
    """Die at that call of those that change something, counted from 1; nothing is cleaned up after it."""
    real = {name: getattr(os, name) for name in CALLS}
    count = 0

    def counted(name: str) -> Any:
        def called(*arguments: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count >= call:
                raise Dead
            return real[name](*arguments, **options)

        return called

    try:
        for name in CALLS:
            setattr(os, name, counted(name))
        yield
    except Dead:
        pass
    finally:
        for name, function in real.items():
            setattr(os, name, function)
