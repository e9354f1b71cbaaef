"""Why a disk refuses, as systems and SQLite say it."""

from tui.i18n import N_

REASONS = (
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("No such file or directory"),
    N_("Not a directory"),
    N_("Is a directory"),
    N_("File exists"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Too many open files"),
    N_("File too large"),
    N_("File name too long"),
    N_("Too many levels of symbolic links"),
    N_("Invalid cross-device link"),
    N_("Resource temporarily unavailable"),
    N_("Cannot allocate memory"),
    N_("No such device"),
    N_("Operation not supported"),
    N_("No locks available"),
    N_("Stale file handle"),
    N_("database or disk is full"),
    N_("disk I/O error"),
    N_("attempt to write a readonly database"),
    N_("unable to open database file"),
)
"""What systems and SQLite say of a disk, as they say it: always in English, whatever the locale."""
