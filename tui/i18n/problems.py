"""What the store's codes mean, as sentences: what is wrong, where, and what to do.

The store raises codes with named values; here each code has its sentence. A test compares the two.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from store.card import Path
from store.clock import is_stamp
from store.errors import Conflict, Invalid, Problem, StoreError
from store.schema import Schema
from tui.i18n import _, language, ngettext
from tui.i18n.formats import count, moment
from tui.i18n.labels import choice_label, path_label
from tui.i18n.refusals import REASONS
from tui.i18n.sentences import SENTENCES

MOST_SAID = 20
"""Problems of one error that are told in words."""

LONGEST_SAID = 1_000
"""Letters of a value that are repeated in a sentence."""


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
            return "\n".join(_problems(error.problems, schema))
        case Conflict(clashes=clashes) if clashes:
            fields = ", ".join(_place(clash.path, schema) for clash in clashes)
            # Of many cards that are changed at once, which one it is.
            whose = f"{error.details['number']}: " if "number" in error.details else ""
            return f"{whose}{say_code(error.code, error.details)} {_('Fields: {fields}').format(fields=fields)}"
        case Conflict(details={"path": str(path)}):
            return f"{_place(path, schema)}: {say_code(error.code, error.details)}"
        case StoreError():
            return say_code(error.code, error.details)
    return _file_error(error)


def _problems(problems: Sequence[Problem], schema: Schema | None) -> list[str]:
    lines = [_problem(problem, schema) for problem in problems[:MOST_SAID]]
    if (more := len(problems) - MOST_SAID) > 0:
        lines.append(ngettext("and {more} more", "and {more} more", more).format(more=count(more)))
    return lines


def say_reason(problem: Problem, schema: Schema | None = None) -> str:
    """What is wrong, without where: for a place where the field is seen already."""
    values = {"value": problem.value, "path": problem.path, **problem.details}
    if schema and "choices" in values:
        values["choices"] = _choices(problem, schema)
    elif problem.code == "choice-unknown":
        from store.query.choice_words import offered_choice

        place = Path.parse(problem.path)
        path = f"{place.section}.{place.field}"
        values["choices"] = [offered_choice(path, str(code), language()) for code in problem.details["choices"]]
    elif problem.code == "filter-choice":
        from store.query.choice_words import offered_choice
        from store.query.completing import written

        # What a filter takes, it takes in every language.
        values["choices"] = [
            written(labels.get(language()) or offered_choice(problem.path, code, language()))
            for code, labels in problem.details["labels"].items()
        ]
    return say_code(problem.code, values)


def problem_data(problem: Problem) -> dict[str, Any]:
    """A problem for programs: where it is, code and value as they are, and the sentence."""
    row = {} if problem.row is None else {"row": problem.row}
    return {**row, "field": problem.path, "code": problem.code, "value": problem.value, "message": say(problem)}


def say_code(code: str, details: Mapping[str, Any]) -> str:
    """The sentence of a code with its values filled in; a code without a sentence is shown itself."""
    sentence = SENTENCES.get(code)
    if sentence is None:
        return code
    if code.startswith(("filter-", "sort-")) and "known" in details:
        from store.query.aliases import SEGMENTS, called, offered

        def name(key: str) -> str:
            return offered(SEGMENTS[key], language()) if code == "filter-segment" else called(key, language())

        details = {**details, "known": list(map(name, details["known"]))}
    return _(sentence).format_map(_Named({name: _said(name, value) for name, value in details.items()}))


def _said(name: str, value: Any) -> Any:
    """A value as it stands in a sentence: a list with commas between, when it was as the operator's clock shows it."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if name == "reason" and value in REASONS:
        return _(value)
    if isinstance(value, str) and len(value) > LONGEST_SAID:
        return value[:LONGEST_SAID] + "…"
    return moment(value) if name == "at" and is_stamp(value) else value


def _problem(problem: Problem, schema: Schema | None) -> str:
    # A filter is quoted in its sentence.
    field = "" if problem.code.startswith("filter-") else _place(problem.path, schema)
    if problem.row is not None:
        where = _("Row {row}").format(row=problem.row) + (f", {field}" if field else "")
    else:
        where = field
    sentence = say_reason(problem, schema)
    return f"{where}: {sentence}" if where else sentence


def _choices(problem: Problem, schema: Schema) -> list[str]:
    """The choices of the problem's field by their labels, as the form offers them."""
    codes = [str(code) for code in problem.details["choices"]]
    place = Path.parse(problem.path)
    section = schema.section(place.section)
    field = section.field(place.field) if section else None
    return [choice_label(section, field, code) for code in codes] if section and field else codes


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
    reason = _said("reason", error.strerror or str(error))
    return _("{file}: {reason}").format(file=file, reason=reason) if file else reason
