"""Made-up clients: to try the program on, to measure it with."""

from store.demo.filling import fill

__all__ = ["fill"]
