"""The words that are no words of a text: by these the index knows numbers, names and the values of filters."""

from store import folding
from store.query.nodes import whole_key


def number_token(number: str) -> str:
    """The word a client number is indexed by, so that `К-48` asks for numbers and for nothing else."""
    return "§n" + folding.digits(number)


def name_token(form: str) -> str:
    """The word a part of a client's name is indexed by beside its plain form, so that names can be asked alone."""
    return f"¶{form}"


def facet(key: str, value: str) -> str:
    """The word a filter's value is indexed by: no word of a text is ever equal to it."""
    return f"§{'c' if key.endswith('city') else 't'}" + whole_key(value)
