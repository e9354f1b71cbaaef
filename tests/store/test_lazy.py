"""A sequence of items made when they are asked for."""

from store.lazy import Lazy


def test_items_are_made_when_they_are_asked_for_and_not_kept() -> None:
    made: list[int] = []

    def double(key: int) -> int:
        made.append(key)
        return key * 2

    items = Lazy([1, 2, 3], double)
    assert (len(items), made) == (3, [])
    assert (items[-1], list(items[:2]), list(items)) == (6, [2, 4], [2, 4, 6])
    assert made == [3, 1, 2, 1, 2, 3]
