"""Whether a stopped program could be woken: only a shell with job control does that."""

import os


def can_be_woken() -> bool:
    """Whether the parent is a shell that started this program as a job of its own.

    Not so under `ssh host kartoteka`, as a terminal's own command, or under `make`, which would wait for ever: the
    parent is of another session, or of the same job (POSIX.1-2017, 11.1.3 and 3.264, orphaned process groups).
    """
    parent = os.getppid()
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:  # it is gone, or of somebody else
        return False
