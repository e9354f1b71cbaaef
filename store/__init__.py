"""Client cards in TinyDB segment files, a journal of changes and a derived search index; knows no screen.

`open_store` is the one door. Names are loaded when asked for, so that one quick question from the shell
does not pay for what it does not use.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from store.door import Store as Store
    from store.door import open_store as open_store

__all__ = ["Store", "open_store"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        import store.door

        return getattr(store.door, name)
    raise AttributeError(name)
