"""What the store's codes mean, as sentences: what is wrong, where, and what to do.

The store raises codes with named values; here each code has its sentence. A test compares the two.
"""

from collections.abc import Mapping
from typing import Any

from store.errors import Conflict, Invalid, Problem, StoreError
from store.schema import Schema
from tui.i18n import N_, _
from tui.i18n.labels import path_label

SENTENCES: Mapping[str, str] = {
    # The store and its files.
    "store-missing": N_(
        "There is no store in {path}. Make one with “kartoteka new” or “kartoteka import”, or name another with --store."
    ),
    "store-newer": N_(
        "The store {path} is of format {format}; this program knows formats up to {known}. Update the program."
    ),
    "not-a-store": N_("{path} is not a Kartoteka store. Name another folder with --store."),
    "store-network": N_(
        "The store {path} lies on a network file system ({filesystem}), where files cannot be locked safely. Move it to a local disk and work there over SSH."
    ),
    "segment-damaged": N_(
        "The file {file} is damaged: its contents are not what was written. Restore it from a backup; all other cards can be used."
    ),
    "read-only": N_("The store {path} can only be read by this user: nothing was written."),
    "lock-held": N_("The store is being written by {holder}. Nothing was saved; try again in a moment."),
    # Clients and changes.
    "client-missing": N_("There is no client “{reference}”."),
    "reference-ambiguous": N_("“{reference}” is more than one client: {numbers}. Use a client number."),
    "value-taken": N_("{field}: “{value}” already belongs to client {number}."),
    "changed-meanwhile": N_("Somebody else changed the same fields meanwhile; nothing was saved."),
    "revision-moved": N_(
        "The card was changed meanwhile: it is at revision {revision}, not {expected}. Nothing was saved; look at it again."
    ),
}


class _Named(dict[str, Any]):
    """Values for a sentence; one that is missing shows as an ellipsis instead of ending the program."""

    def __missing__(self, key: str) -> str:
        return "…"


def say(error: Problem | StoreError | OSError, schema: Schema | None = None) -> str:
    """A problem or an error in the operator's language.

    Args:
        error: what happened.
        schema: names fields by their labels; without it they are named by their paths, as the command line writes them.
    """
    match error:
        case Problem():
            return _problem(error, schema)
        case Invalid():
            return "\n".join(_problem(problem, schema) for problem in error.problems)
        case Conflict(clashes=clashes) if clashes:
            fields = ", ".join(_place(clash.path, schema) for clash in clashes)
            return f"{say_code(error.code, error.details)} {_('Fields: {fields}').format(fields=fields)}"
        case StoreError():
            return say_code(error.code, {**error.details, "field": _place(str(error.details.get("path", "")), schema)})
    return _file_error(error)


def say_code(code: str, details: Mapping[str, Any]) -> str:
    """The sentence of a code with its values filled in; a code without a sentence is shown itself."""
    sentence = SENTENCES.get(code)
    return _(sentence).format_map(_Named(details)) if sentence else code


def _problem(problem: Problem, schema: Schema | None) -> str:
    field = _place(problem.path, schema)
    values = {"value": problem.value, "path": problem.path, "field": field, **problem.details}
    sentence = say_code(problem.code, values)
    if problem.row is not None:
        where = _("Row {row}").format(row=problem.row) + (f", {field}" if field else "")
    else:
        where = field
    return f"{where}: {sentence}" if where else sentence


def _place(path: str, schema: Schema | None) -> str:
    return path_label(schema, path) if schema and path else path


def _file_error(error: OSError) -> str:
    file = error.filename if isinstance(error.filename, str) else ""
    match error:
        case FileNotFoundError():
            return _("There is no file {file}.").format(file=file)
        case PermissionError():
            return _("You may not open {file}: its permissions do not allow it.").format(file=file)
        case IsADirectoryError():
            return _("{file} is a folder, not a file.").format(file=file)
    reason = error.strerror or str(error)
    return _("{file}: {reason}").format(file=file, reason=reason) if file else reason
